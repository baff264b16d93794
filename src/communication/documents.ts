import type { Database } from '../platform/database/index.ts';
import { fontsFolder } from '../platform/fonts.ts';
import type { Fichier } from '../platform/http/route.ts';
import { listContours } from '../territoires/index.ts';
import type { Dossier } from './faits.store.ts';
import { cartePng, carteSvg, type FondCarte } from './formats/carte.ts';
import { csv } from './formats/csv.ts';
import { html } from './formats/html.tsx';
import { kit } from './formats/kit.ts';
import { odt } from './formats/odt.ts';
import { pdf } from './formats/pdf.ts';
import { texte } from './formats/texte.ts';
import { composerCommunique, nomDeFichier } from './rules.ts';

export const formats = ['html', 'pdf', 'odt', 'texte', 'csv', 'svg', 'png', 'kit'] as const;
export type Format = (typeof formats)[number];

const extensions: Readonly<Record<Format, string>> = {
  html: 'html',
  pdf: 'pdf',
  odt: 'odt',
  texte: 'txt',
  csv: 'csv',
  svg: 'svg',
  png: 'png',
  kit: 'zip',
};
const mimes: Readonly<Record<Format, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  odt: 'application/vnd.oasis.opendocument.text',
  texte: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  kit: 'application/zip',
};

/** What the map of a communiqué is drawn on; nothing where the département has no outline. */
const fondOf = async (db: Database, dossier: Dossier): Promise<FondCarte | null> => {
  const { code } = dossier.faits.departement;
  const contour = (await listContours(db, 'departement', code))[0];
  if (!contour) return null;
  const points = dossier.points.map(({ longitude, latitude, postes, libelle, commune }) => ({
    lon: longitude,
    lat: latitude,
    postes,
    libelle,
    etiquette: commune,
  }));
  return {
    contour: contour.geometrie,
    points,
    source: `Contour : ${contour.source}. Positions : GeoNames et fichier du comité.`,
  };
};

/** Makes a communiqué in a format. The picture of a département without an outline does not exist: nothing is given. */
export const produire = async (
  db: Database,
  dossier: Dossier,
  format: Format,
): Promise<Fichier | undefined> => {
  const communique = composerCommunique(dossier.faits);
  const fichier = (corps: string | Uint8Array): Fichier => ({
    type: 'fichier',
    mime: mimes[format],
    corps,
    nom: nomDeFichier(communique, extensions[format]),
  });
  switch (format) {
    case 'html':
      return fichier(html(communique));
    case 'texte':
      return fichier(texte(communique));
    case 'csv':
      return fichier(csv(communique));
    case 'odt':
      return fichier(await odt(communique));
    case 'pdf':
      return fichier(await pdf(communique, fontsFolder));
    case 'kit':
      return fichier(await kit(communique, { fond: await fondOf(db, dossier), fontsFolder }));
    case 'svg':
    case 'png': {
      const fond = await fondOf(db, dossier);
      if (fond === null) return undefined;
      const svg = carteSvg(communique, fond);
      return fichier(format === 'svg' ? svg : await cartePng(svg, fontsFolder));
    }
  }
};
