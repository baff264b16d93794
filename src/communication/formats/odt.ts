import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { OdtDocument } from 'odf-kit';
import type { Communique } from '../document.ts';

const BLEU = '#1e3a5f';
const ROUGE = '#9c1f1f';
const TYPES = { png: 'image/png', jpeg: 'image/jpeg', svg: 'image/svg+xml' } as const;

/**
 * The communiqué as an OpenDocument text that a word processor may go on editing: real headings and list,
 * French as its language. The same communiqué gives the same bytes.
 */
export async function odt(communique: Communique): Promise<Uint8Array> {
  const { enTete, liste, suite, signature, contact, marques } = communique;
  const doc = new OdtDocument();
  doc.setMetadata({
    title: communique.titre.texte,
    creator: enTete.service.join(' '),
    description: communique.banniere,
    creationDate: new Date(`${communique.date}T12:00:00Z`),
  });
  doc.setPageLayout({ width: '21cm', height: '29.7cm', marginLeft: '2.2cm', marginRight: '2.2cm' });
  if (marques.length > 0) {
    doc.setHeader((entete) => entete.addText(marques.join(' – '), { bold: true, color: ROUGE }));
  }
  doc.setFooter(`${communique.banniere} – ${communique.lieuDate} – page ###`);
  const { logo } = enTete;
  if (logo !== null) {
    const width = `${(1.8 * logo.rapport).toFixed(2)}cm`;
    doc.addImage(logo.octets, { width, height: '1.8cm', mimeType: TYPES[logo.type], alt: logo.alt });
  }
  for (const ligne of enTete.service) {
    doc.addParagraph((p) => p.addText(ligne, { bold: true, fontSize: 13 }), { spaceAfter: '0cm' });
  }
  for (const ligne of enTete.adresse) doc.addParagraph(ligne, { spaceAfter: '0cm' });
  doc.addParagraph((p) => p.addText(communique.banniere, { bold: true, color: BLEU, fontSize: 14 }), {
    align: 'end',
    spaceBefore: '0.3cm',
    spaceAfter: '0cm',
  });
  doc.addParagraph(communique.lieuDate, { align: 'end', spaceAfter: '0.6cm' });
  doc.addHeading(communique.titre.texte, 1);
  for (const { cle, texte } of communique.paragraphes) {
    if (cle === 'chapo') doc.addParagraph((p) => p.addText(texte, { bold: true }));
    else doc.addParagraph(texte);
  }
  const ajouterListe = (): void => {
    doc.addHeading(liste.intertitre.texte, 2);
    doc.addList(liste.lignes.map(({ texte, marque }) => (marque === null ? texte : `${texte} [${marque}]`)));
  };
  if (liste.renvoi === null) ajouterListe();
  else doc.addParagraph(liste.renvoi);
  if (suite !== null) {
    doc.addHeading(suite.intertitre, 2);
    doc.addParagraph(suite.paragraphe.texte);
  }
  if (signature !== null) {
    const { avant, nom, delegation } = signature;
    avant.forEach((ligne, rang) => {
      doc.addParagraph(ligne, { align: 'end', spaceBefore: rang === 0 ? '0.6cm' : '0cm', spaceAfter: '0cm' });
    });
    doc.addParagraph((p) => p.addText(nom, { bold: true }), {
      align: 'end',
      spaceBefore: '0.3cm',
      spaceAfter: '0cm',
    });
    if (delegation !== null)
      doc.addParagraph((p) => p.addText(`(${delegation})`, { fontSize: 9 }), {
        align: 'end',
        spaceAfter: '0cm',
      });
  }
  if (contact !== null) {
    doc.addHeading(contact.intertitre, 2);
    for (const { texte, lien } of contact.lignes) {
      if (lien === null) doc.addParagraph(texte, { spaceAfter: '0cm' });
      else doc.addParagraph((p) => p.addLink(texte, lien), { spaceAfter: '0cm' });
    }
  }
  if (liste.renvoi !== null) {
    doc.addPageBreak();
    ajouterListe();
  }
  return finir(await doc.save());
}

/** What the builder cannot say: language, sizes and colours of styles, and a date for the archive. */
function finir(brut: Uint8Array): Uint8Array {
  const fichiers: Zippable = {};
  for (const [nom, octets] of Object.entries(unzipSync(brut))) {
    const corrige = CORRECTIONS[nom];
    const contenu = corrige === undefined ? octets : strToU8(corrige(strFromU8(octets)));
    // The format wants `mimetype` first and stored; the order of the archive is kept.
    fichiers[nom] = [contenu, { level: nom === 'mimetype' ? 0 : 6, mtime: EPOQUE_ZIP }];
  }
  return zipSync(fichiers);
}

/** The earliest date an archive can hold, in local time as the format wants. */
export const EPOQUE_ZIP = new Date(1980, 0, 1);

const LANGUE = 'fo:language="fr" fo:country="FR"';

const CORRECTIONS: Readonly<Record<string, (xml: string) => string>> = {
  'styles.xml': (xml) =>
    remplacer(xml, [
      [/Liberation Serif/g, 'Liberation Sans'],
      [/style:font-family-generic="roman"/, 'style:font-family-generic="swiss"'],
      [
        /<office:styles>/,
        `<office:styles>\n<style:default-style style:family="paragraph"><style:text-properties ${LANGUE}/></style:default-style>`,
      ],
      [/(<style:style style:name="Standard"[\s\S]*?<style:text-properties )/, `$1${LANGUE} `],
      [/12pt/g, '11pt'],
      [/(<style:style style:name="Heading" [\s\S]*?<style:text-properties )/, `$1fo:color="${BLEU}" `],
      [/28pt/g, '20pt'],
      [/24pt/g, '14pt'],
      [
        /(<style:style style:name="List_20_Bullet"[^>]*)\/>/,
        '$1><style:paragraph-properties fo:margin-bottom="0.05cm"/></style:style>',
      ],
      [
        /(<style:style style:name="Footer"[^>]*)\/>/,
        '$1><style:text-properties fo:font-size="9pt"/></style:style>',
      ],
    ]),
  'meta.xml': (xml) =>
    remplacer(xml, [[/<\/office:meta>/, '<dc:language>fr-FR</dc:language>\n</office:meta>']]),
};

/** Each replacement must be made: if the builder changes its output, the failure is here and not in the reader. */
function remplacer(xml: string, remplacements: readonly (readonly [RegExp, string])[]): string {
  return remplacements.reduce((texte, [motif, par]) => {
    const apres = texte.replace(motif, par);
    if (apres === texte) throw new Error(`The document builder no longer writes ${motif.source}`);
    return apres;
  }, xml);
}
