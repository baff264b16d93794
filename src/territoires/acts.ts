import type { Database } from '../platform/database/index.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import { type Resultat, refuser, reussi } from '../platform/result.ts';
import { type ContourLu, lireContours, positionDans, type RefusContours, reunir } from './contours.rules.ts';
import { listDepartements } from './departements.store.ts';
import { type NiveauContour, normaliserNom } from './rules.ts';
import { type ContourOfficiel, enregistrerContours, listCommunesByCode } from './store.ts';

export type RapportContours = {
  readonly niveau: NiveauContour;
  /** Outlines in the file. */
  readonly lus: number;
  /** Outlines written, one for a current commune or département. */
  readonly ecrits: number;
  /** Communes whose position is now official. */
  readonly positions: number;
  /**
   * Codes that are no current commune or département. A former commune (`communeCode`: the one it is in today) is
   * drawn with that commune when the file has it too; nothing is written for the others.
   */
  readonly inconnus: readonly {
    readonly code: string;
    readonly nom: string | null;
    readonly communeCode: string | null;
  }[];
};

type Prepared = {
  readonly contours: readonly ContourOfficiel[];
  readonly inconnus: RapportContours['inconnus'];
};

const prepareDepartements = async (
  db: Database,
  lus: readonly ContourLu[],
): Promise<Resultat<Prepared, 'noms' | 'inconnus'>> => {
  const names = new Map((await listDepartements(db)).map(({ code, nom }) => [code, nom]));
  // Régions have two digits too: their outlines must not be taken for départements.
  const wrong = lus.find(
    ({ code, nom }) =>
      nom !== null && names.has(code) && normaliserNom(nom) !== normaliserNom(names.get(code) ?? ''),
  );
  if (wrong) {
    return refuser(
      'noms',
      `Ce fichier n’est pas celui des départements : il nomme « ${wrong.nom} » le code ${wrong.code}, qui est celui du département « ${names.get(wrong.code)} ».`,
    );
  }
  return reussi({
    contours: lus.map(({ code, geometrie }) => ({ code, geometrie, position: null })),
    inconnus: [],
  });
};

const prepareCommunes = async (
  db: Database,
  lus: readonly ContourLu[],
): Promise<Resultat<Prepared, 'noms' | 'inconnus'>> => {
  const known = await listCommunesByCode(
    db,
    lus.map(({ code }) => code),
  );
  const today = new Map(
    lus.flatMap(({ code }) => (known.get(code)?.code === code ? [[code, [] as ContourLu[]]] : [])),
  );
  if (today.size === 0)
    return refuser('inconnus', 'Aucun code de ce fichier n’est celui d’une commune actuelle.');
  const inconnus = lus.flatMap(({ code, nom }) =>
    today.has(code) ? [] : [{ code, nom, communeCode: known.get(code)?.code ?? null }],
  );
  for (const lu of lus) today.get(known.get(lu.code)?.code ?? '')?.push(lu);
  const contours = [...today].map(([code, parts]): ContourOfficiel => {
    const own = parts.filter((part) => part.code === code);
    return {
      code,
      geometrie: reunir(
        [...own, ...parts.filter((part) => part.code !== code)].map(({ geometrie }) => geometrie),
      ),
      position: positionDans(reunir(own.map(({ geometrie }) => geometrie))),
    };
  });
  return reussi({ contours, inconnus });
};

/**
 * Imports the official outlines of a GeoJSON text (départements or communes) and takes the positions of communes from
 * them, as `officielle`. `source` says where the file comes from and is shown with the maps. Refuses what is not such
 * a file, writing nothing; codes that are not current ones are reported, not refused, unless no code is.
 */
export const importerContours = async (
  db: Database,
  acteur: Acteur,
  fichier: { readonly texte: string; readonly source: string },
): Promise<Resultat<RapportContours, RefusContours | 'noms' | 'inconnus'>> => {
  const read = lireContours(fichier.texte);
  if (!read.ok) return read;
  const { niveau, contours: lus } = read.valeur;
  return db.transaction().execute(async (transaction) => {
    const prepare = niveau === 'departement' ? prepareDepartements : prepareCommunes;
    const prepared = await prepare(transaction, lus);
    if (!prepared.ok) return prepared;
    const { contours, inconnus } = prepared.valeur;
    await enregistrerContours(transaction, niveau, contours, fichier.source);
    const positions = contours.filter(({ position }) => position !== null).length;
    const rapport = { niveau, lus: lus.length, ecrits: contours.length, positions, inconnus };
    await journaliser(transaction, acteur, {
      acte: 'territoires.importer_contours',
      objetType: 'contours',
      objetId: niveau,
      contenu: { source: fichier.source, lus: rapport.lus, ecrits: rapport.ecrits, positions },
    });
    return reussi(rapport);
  });
};
