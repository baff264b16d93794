import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

interface PdfLu {
  pages: number;
  taille: number[];
  texte: string;
  textesDesPages: string[];
  titre: string | undefined;
  langue: string | undefined;
  marque: boolean;
  /** `pdfuaid:part` of the metadata. */
  partieUa: string | undefined;
  /** Elements of the structure tree in reading order, with the text below them. */
  structure: { role: string; alt: string | undefined; texte: string }[];
}

interface Noeud {
  role?: string;
  alt?: string;
  type?: string;
  id?: string;
  children?: Noeud[];
}

/** Opens a PDF as a reader would, to see what it really holds. */
export async function lirePdf(octets: Uint8Array): Promise<PdfLu> {
  const lecture = getDocument({ data: octets.slice(), verbosity: 0 });
  const document = await lecture.promise;
  const { info, metadata } = await document.getMetadata();
  const marques: unknown = await document.getMarkInfo();
  const infos = info as { Title?: string; Language?: string };
  const lu: PdfLu = {
    pages: document.numPages,
    taille: [],
    texte: '',
    textesDesPages: [],
    titre: infos.Title,
    langue: infos.Language,
    marque: marques instanceof Map && marques.get('Marked') === true,
    partieUa: /<pdfuaid:part>(\d)</.exec(metadata?.getRaw() ?? '')?.[1],
    structure: [],
  };
  for (let numero = 1; numero <= document.numPages; numero += 1) {
    const page = await document.getPage(numero);
    const { width, height } = page.getViewport({ scale: 1 });
    lu.taille = [Math.round(width), Math.round(height)];
    const contenu = await page.getTextContent({ includeMarkedContent: true });
    const parId = new Map<string, string>();
    const ouverts: (string | undefined)[] = [];
    let texte = '';
    for (const element of contenu.items) {
      if ('str' in element) {
        // A line that ends on a hyphen goes on with the same word.
        const enMotCompose = /-$/.test(texte + element.str) && !/ -$/.test(texte + element.str);
        const morceau = element.str + (element.hasEOL && !enMotCompose ? ' ' : '');
        texte += morceau;
        const id = ouverts.findLast((ouvert) => ouvert !== undefined);
        if (id !== undefined) parId.set(id, (parId.get(id) ?? '') + morceau);
      } else if (element.type === 'endMarkedContent') ouverts.pop();
      else ouverts.push(element.id);
    }
    lu.textesDesPages.push(texte);
    const parcourir = (noeud: Noeud): string => {
      if (noeud.type === 'content') return parId.get(noeud.id ?? '') ?? '';
      const entree = { role: noeud.role ?? '', alt: noeud.alt, texte: '' };
      lu.structure.push(entree);
      entree.texte = (noeud.children ?? []).map(parcourir).join('');
      return entree.texte;
    };
    const arbre = await page.getStructTree();
    if (arbre !== null) parcourir(arbre as Noeud);
  }
  lu.texte = lu.textesDesPages.join(' ');
  await lecture.destroy();
  return lu;
}
