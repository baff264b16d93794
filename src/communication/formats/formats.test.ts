import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { convertFonts } from '../../../scripts/fonts.ts';
import { dessinable } from '../../platform/typst.ts';
import { avecLaureats, FAITS_AISNE, laureat } from '../fixtures.ts';
import { type Communique, composerCommunique, type FaitsCommunique } from '../rules.ts';
import { csv } from './csv.ts';
import { html } from './html.tsx';
import { odt } from './odt.ts';
import { lirePdf } from './pdf.fixtures.ts';
import { pdf } from './pdf.ts';
import { texte } from './texte.ts';

const fontsFolder = join(tmpdir(), 'maillage-test-fonts');
beforeAll(() => convertFonts(fontsFolder));

const aisne = composerCommunique(FAITS_AISNE);
/** A logo of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const avecLogo: FaitsCommunique = {
  ...FAITS_AISNE,
  enTete: { ...FAITS_AISNE.enTete, logo: { octets: PIXEL, type: 'png', alt: 'Blason de Laon', rapport: 1 } },
};

const signataire = {
  nom: 'Dominique Martin',
  fonction: 'La secrétaire générale',
  delegation: 'arrêté préfectoral n° 2021-12 du 4 janvier 2021',
};

/** The words of a document, whatever its spaces. */
const plat = (lu: string): string => lu.replace(/\s+/g, ' ').trim();
const lireOdt = (octets: Uint8Array): string =>
  plat(strFromU8(unzipSync(octets)['content.xml'] ?? new Uint8Array()).replace(/<[^>]*>/g, ' '))
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"');
const lireHtml = (page: string): string =>
  plat(page.replace(/<(style|title)>[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' ')).replaceAll('&amp;', '&');
const nombres = (lu: string): string[] =>
  // Numbers of the body: those of the page footers (date and pages) differ between formats.
  [...plat(lu).matchAll(/\d[\d ,]*(?=€|%| conseill| poste| structure| ans?\b| mois| million)/g)]
    .map((n) => n[0].trim())
    .sort();

/** What every format must say. */
function phrases(communique: Communique): string[] {
  const { titre, paragraphes, liste, suite, signature, contact, lieuDate, marques } = communique;
  return [
    titre.texte,
    lieuDate,
    liste.intertitre.texte,
    ...marques,
    ...paragraphes.map((paragraphe) => paragraphe.texte),
    ...liste.lignes.map((ligne) => ligne.texte),
    ...(suite === null ? [] : [suite.paragraphe.texte]),
    ...(signature === null
      ? []
      : [[...signature.avant, signature.nom, `(${signature.delegation})`].join(' ')]),
    ...(contact === null ? [] : contact.lignes.map((ligne) => ligne.texte)),
  ].map(plat);
}

describe('all formats say the same', () => {
  async function tous(communique: Communique): Promise<Record<string, string>> {
    return {
      texte: plat(texte(communique).replace(/\n(?! )/g, ' ')),
      html: lireHtml(html(communique)),
      odt: lireOdt(await odt(communique)),
      pdf: plat((await lirePdf(await pdf(communique, fontsFolder))).texte),
    };
  }

  test('the Aisne, to the sentence', async () => {
    for (const [format, lu] of Object.entries(await tous(aisne))) {
      for (const phrase of phrases(aisne)) expect(lu, format).toContain(phrase);
    }
  });

  test('who signs, by which delegation, in the same words', async () => {
    const signe = composerCommunique({ ...FAITS_AISNE, signataire });
    expect(phrases(signe)).toContain(
      'Pour le préfet et par délégation, La secrétaire générale Dominique Martin (arrêté préfectoral n° 2021-12 du 4 janvier 2021)',
    );
    const lus = await tous(signe);
    for (const [format, lu] of Object.entries(lus))
      for (const phrase of phrases(signe)) expect(lu, format).toContain(phrase);
    for (const [format, lu] of Object.entries(await tous(aisne)))
      expect(lu, format).not.toContain('délégation');
    const prefete = composerCommunique({
      ...FAITS_AISNE,
      signataire: { nom: 'Camille Durand', fonction: 'La préfète', delegation: null },
    });
    for (const [format, lu] of Object.entries(await tous(prefete))) {
      expect(lu, format).toContain('La préfète Camille Durand');
      expect(lu, format).not.toContain('délégation');
    }
  });

  test('any list: every figure, in every format and in the table', async () => {
    const faits = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 45 }).map((postes) =>
      avecLaureats(
        postes.map((nombre, rang) =>
          laureat(`tiers-lieu ${'abcdefghij'.charAt(rang % 10)} & « amis »`, nombre),
        ),
        { etat: { type: 'brouillon' } },
      ),
    );
    await fc.assert(
      fc.asyncProperty(faits, async (quelconques) => {
        const communique = composerCommunique(quelconques);
        const lus = await tous(communique);
        const attendus = nombres(phrases(communique).join(' . '));
        for (const [format, lu] of Object.entries(lus)) expect(nombres(lu), format).toEqual(attendus);
        const lignes = parse(csv(communique), { bom: true, columns: true, delimiter: ';' }) as {
          postes: string;
        }[];
        const somme = lignes.reduce((total, ligne) => total + Number(ligne.postes), 0);
        expect(somme).toBe(quelconques.totaux.postes);
        expect(lignes).toHaveLength(quelconques.totaux.structures);
      }),
      { numRuns: 25 },
    );
  });
});

describe('PDF', () => {
  test('is PDF/UA-1, tagged, in French, with a title', async () => {
    const lu = await lirePdf(await pdf(aisne, fontsFolder));
    expect(lu.langue).toBe('fr-FR');
    expect(lu.titre).toBe('L’État finance 32 conseillers numériques dans l’Aisne');
    expect(lu.marque).toBe(true);
    expect(lu.partieUa).toBe('1');
    expect(lu.pages).toBe(1);
    expect(lu.taille).toEqual([595, 842]);
  });

  test('has real headings and one list of sixteen items', async () => {
    const { structure } = await lirePdf(await pdf(aisne, fontsFolder));
    const roles = structure.map(({ role }) => role);
    expect(roles.filter((role) => role === 'H1')).toHaveLength(1);
    expect(structure.filter(({ role }) => role === 'H2').map(({ texte: lu }) => plat(lu))).toEqual([
      'Les 16 structures retenues',
      'Prochaine étape',
      'Contact presse',
    ]);
    expect(roles.filter((role) => role === 'L')).toHaveLength(1);
    expect(roles.filter((role) => role === 'LI')).toHaveLength(16);
    expect(roles.filter((role) => role === 'Link')).toHaveLength(2);
  });

  test('numbers its pages and repeats its mark on each', async () => {
    const beaucoup = avecLaureats(
      Array.from({ length: 80 }, (_, rang) => laureat(`ville du lieu ${'a'.repeat(1 + (rang % 9))}`)),
      { etat: { type: 'brouillon' } },
    );
    const lu = await lirePdf(await pdf(composerCommunique(beaucoup), fontsFolder));
    expect(lu.pages).toBe(2);
    for (const [rang, page] of lu.textesDesPages.entries()) {
      expect(plat(page)).toContain('Brouillon – ne pas diffuser');
      expect(plat(page)).toContain(`${rang + 1}/2`);
    }
    expect(lu.structure.filter(({ role }) => role === 'L')).toHaveLength(1);
    expect(lu.structure.filter(({ role }) => role === 'LI')).toHaveLength(80);
    expect(plat(lu.textesDesPages[0] ?? '')).toContain('La liste des structures retenues figure à la fin');
  });

  test('shows a logo with its alternative', async () => {
    const { structure } = await lirePdf(await pdf(composerCommunique(avecLogo), fontsFolder));
    expect(structure.find(({ role }) => role === 'Figure')?.alt).toBe('Blason de Laon');
  });

  test('is the same to the byte for the same communiqué', async () => {
    const un = await pdf(aisne, fontsFolder);
    await pdf(composerCommunique(avecLogo), fontsFolder);
    expect(await pdf(composerCommunique(FAITS_AISNE), fontsFolder)).toEqual(un);
  });

  test('nothing typed is read as markup', async () => {
    const ruse = '#sys.version *gras* $x^2$ _i_ = Titre @cle \\ <a> [x] // rien "fin" #{1+1}';
    const { texte: lu, structure } = await lirePdf(
      await pdf(composerCommunique(avecLaureats([laureat(ruse), laureat('= Titre')])), fontsFolder),
    );
    expect(plat(lu)).toContain('#sys.version *gras* $x^2$ _i_ = Titre @cle \\ <a> [x] // rien');
    expect(structure.filter(({ role }) => role.startsWith('H'))).toHaveLength(4);
  });

  test('signs without a glyph do not stop it', async () => {
    const rare = 'Łódź ğ ş ȷ 漢字 😀 ﬁ ǆ №';
    const { texte: lu } = await lirePdf(
      await pdf(composerCommunique(avecLaureats([laureat(rare)])), fontsFolder),
    );
    expect(lu).toContain('Łódź');
    expect(dessinable('漢é\u2011')).toBe('?é-');
    expect(dessinable('un\r\ndeux\n')).toBe('un\ndeux\n');
  });

  test('every sign said to be drawable is drawn', async () => {
    const tous = Array.from({ length: 0x2300 }, (_, code) => String.fromCharCode(code)).filter(
      (signe) => !/[\p{C}\p{Z}\p{M}]/u.test(signe) && dessinable(signe) === signe,
    );
    expect(tous.length).toBeGreaterThan(200);
    const communique = composerCommunique(FAITS_AISNE);
    await pdf({ ...communique, lieuDate: tous.join(' ') }, fontsFolder);
  });

  test('says clearly that fonts are missing', async () => {
    await expect(pdf(aisne, join(fontsFolder, 'absent'))).rejects.toThrow();
  });
});

describe('ODT', () => {
  test('is in French, with its title, headings and list', async () => {
    const fichiers = unzipSync(await odt(aisne));
    const lire = (nom: string): string => strFromU8(fichiers[nom] ?? new Uint8Array());
    expect(Object.keys(fichiers)[0]).toBe('mimetype');
    expect(lire('styles.xml')).toMatch(/style:name="Standard"[\s\S]*?fo:language="fr" fo:country="FR"/);
    expect(lire('meta.xml')).toContain('<dc:language>fr-FR</dc:language>');
    expect(lire('meta.xml')).toContain(
      '<dc:title>L’État finance 32 conseillers numériques dans l’Aisne</dc:title>',
    );
    expect(lire('content.xml').match(/<text:h [^>]*outline-level="(\d)"/g)).toHaveLength(4);
    expect(lire('content.xml').match(/<text:list-item>/g)).toHaveLength(16);
  });

  test('is the same to the byte, keeps its logo and its mark', async () => {
    expect(await odt(aisne)).toEqual(await odt(composerCommunique(FAITS_AISNE)));
    const brouillon = unzipSync(await odt(composerCommunique({ ...avecLogo, etat: { type: 'brouillon' } })));
    expect(strFromU8(brouillon['content.xml'] ?? new Uint8Array())).toContain('Blason de Laon');
    expect(strFromU8(brouillon['styles.xml'] ?? new Uint8Array())).toContain('Brouillon – ne pas diffuser');
  });
});

describe('HTML', () => {
  test('is semantic, and escapes what is typed', () => {
    const page = html(composerCommunique(avecLaureats([laureat('<script>alert(1)</script>')])));
    expect(page).toContain('<html lang="fr">');
    expect(page.match(/<h1[ >]/g)).toHaveLength(1);
    expect(page).toContain('<time datetime="2021-03-18">18 mars 2021</time>');
    expect(page).not.toContain('<script');
    expect(page).not.toMatch(/ style="/);
    expect(html(composerCommunique(avecLogo))).toContain('alt="Blason de Laon"');
  });
});

describe('plain text', () => {
  test('fits in eighty columns and never cuts a figure from its unit', () => {
    const lignes = texte(aisne).split('\n');
    expect(Math.max(...lignes.map((ligne) => ligne.length))).toBeLessThanOrEqual(80);
    expect(lignes.filter((ligne) => /\d$/.test(ligne) && !/(20\d\d|\d\d)$/.test(ligne))).toEqual([]);
  });
});

describe('CSV', () => {
  test('opens in a spreadsheet: BOM, semicolons, no formula', () => {
    const fichier = csv(composerCommunique(avecLaureats([laureat('=1+1;"x"'), laureat('@SOMME(A1)', 2)])));
    expect(fichier.startsWith('\ufeffdepartement;seance;libelle;postes;')).toBe(true);
    const lignes = parse(fichier, { bom: true, columns: true, delimiter: ';' }) as {
      libelle: string;
      postes: string;
    }[];
    expect(lignes.map(({ libelle }) => libelle.slice(0, 2))).toEqual(["'@", "'="]);
    expect(lignes.map(({ postes }) => postes)).toEqual(['2', '1']);
  });

  test('holds the sixteen structures with their place and number', () => {
    const lignes = parse(csv(aisne), { bom: true, columns: true, delimiter: ';' }) as Record<
      string,
      string
    >[];
    expect(lignes).toHaveLength(16);
    expect(lignes[0]).toEqual({
      departement: '02',
      seance: '2021-03-24',
      libelle: 'Conseil départemental de l’Aisne',
      postes: '16',
      commune: 'Laon',
      code_commune: '',
      siret: '22020002600015',
      itinerant: 'non',
    });
  });
});
