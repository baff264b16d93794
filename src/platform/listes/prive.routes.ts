import type { Database } from '../database/index.ts';
import { acteurDe } from '../http/identite.ts';
import { type Access, type DeclaredRoute, defineRoute, type Fichier } from '../http/route.ts';
import { type Acteur, journaliser, personneDe } from '../journal.ts';
import { schemaDeFichier } from './demande.ts';
import { parcourirListe } from './lecture.ts';
import type { Liste, Tri } from './liste.ts';
import { type FormatPrive, fichierDeListe, formatsPrives } from './prive.ts';

export type Export = {
  /** Code and title of what leaves. */
  readonly code: string;
  readonly titre: string;
  readonly format: string;
  readonly lignes: number;
  readonly filtres: Readonly<Record<string, unknown>>;
  /** What was typed to choose the rows: it may name somebody. */
  readonly saisis?: Readonly<Record<string, string>>;
};

/** Writes down that private rows leave the product: who took which, how many, in which file. */
export const journaliserExport = (
  db: Database,
  acteur: Acteur,
  { code, saisis = {}, ...contenu }: Export,
): Promise<void> => {
  const personne = personneDe(acteur);
  return journaliser(db, acteur, {
    acte: 'liste.exporter',
    objetType: 'liste',
    objetId: code,
    contenu: { ...contenu, saisis: Object.keys(saisis) },
    personnel: personne === null || Object.keys(saisis).length === 0 ? [] : [{ personne, valeurs: saisis }],
  });
};

/** A private list as a file, as filtered, holding what the acting role sees of it; that it leaves is in the journal. */
export const exporterListe = async (
  db: Database,
  acteur: Acteur,
  liste: Liste,
  demande: {
    readonly format: FormatPrive;
    readonly filtres: Readonly<Record<string, string>>;
    readonly tri: Tri;
    /** Whose data they are. */
    readonly source?: string;
    /** Of the file, without its format. */
    readonly nom?: string;
  },
): Promise<Fichier> => {
  const { code, titre } = liste;
  const { format, source = 'Données personnelles : ne les gardez pas plus longtemps que nécessaire.' } =
    demande;
  const { lignes, ...fichier } = await fichierDeListe(
    liste,
    format,
    parcourirListe(db, liste, demande),
    source,
  );
  const filtres = Object.entries(demande.filtres);
  const estLibre = ([nom]: readonly [string, string]): boolean => liste.filtres[nom]?.libre === true;
  await journaliserExport(db, acteur, {
    code,
    titre,
    format,
    lignes,
    filtres: Object.fromEntries(filtres.filter((filtre) => !estLibre(filtre))),
    saisis: Object.fromEntries(filtres.filter(estLibre)),
  });
  return { type: 'fichier', ...fichier, nom: `${demande.nom ?? code}.${format}` };
};

/** The files of a private list. */
export const routesDeFichiers = (
  liste: Liste,
  base: string,
  access: Extract<Access, { readonly type: 'role' }>,
  formats: readonly FormatPrive[] = formatsPrives,
): readonly DeclaredRoute[] =>
  formats.map((format) =>
    defineRoute({
      path: `${base}.${format}`,
      access: { type: 'role', roles: access.roles },
      limite: 'export',
      input: schemaDeFichier(liste, {}),
      handler: ({ input, db, identite }) =>
        exporterListe(db, acteurDe(identite), liste, { ...input, format }),
    }),
  );
