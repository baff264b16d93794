import { listeStructures } from '../candidatures/index.ts';
import { type ChoixCommuniques, type CommuniquePublie, listCommuniques } from '../communication/index.ts';
import type { Database } from '../platform/database/index.ts';
import { dateLongue } from '../platform/francais/index.ts';
import { type Demande, lireListe, lirePage } from '../platform/listes/index.ts';
import type { Choix } from '../platform/views/liste.tsx';
import { type Filtre, listChiffres, listeSeances } from '../statistiques/index.ts';

export const lirePageStructures = (
  db: Database,
  demande: Demande,
  fixes: Readonly<Record<string, string>> = {},
) => lirePage(db, listeStructures, demande, fixes);

/** What the public calls the kinds of structure. */
const nomsDesCategories: Readonly<Record<string, string>> = { publique: 'publique', privee: 'privée' };

export const choixCategories: Choix = Object.entries(nomsDesCategories).map(([valeur, texte]) => ({
  valeur,
  texte,
}));

/** Sessions to choose from, the latest first. */
export const enChoixDeSeances = (seances: readonly { readonly cle: string | null }[]): Choix =>
  seances.flatMap(({ cle }) => (cle === null ? [] : [{ valeur: cle, texte: dateLongue(cle) }])).toReversed();

/** The sessions that retained somebody there, latest first. */
export const choixSeances = async (db: Database, filtre: Filtre): Promise<Choix> =>
  enChoixDeSeances(await listChiffres(db, 'seance', filtre));

export type SeanceAnnoncee = {
  readonly date: string;
  /** Name of its wave, if it is known. */
  readonly vague: string | null;
  readonly structures: number;
  readonly postes: number;
};

/** More sessions than a programme can hold. */
const seancesMax = 10_000;

/** The sessions of which decisions are announced, in order. */
export const listSeancesAnnoncees = async (db: Database): Promise<readonly SeanceAnnoncee[]> => {
  const { lignes } = await lireListe(db, listeSeances, {
    filtres: {},
    tri: { champ: 'date', sens: 'asc' },
    debut: 0,
    limite: seancesMax,
  });
  return lignes.flatMap(({ date, vague, structures, postes }) =>
    date === null ? [] : [{ date, vague, structures: structures ?? 0, postes: postes ?? 0 }],
  );
};

/** A communiqué as a link to its page. */
export const lienDuCommunique = ({ departement, departementNom, seance, date }: CommuniquePublie) => ({
  texte: `${departementNom}\u00a0: communiqué du ${dateLongue(date)}`,
  href: `/communiques/${departement}/${seance}`,
});

/** Communiqués as links, the latest first. */
export const liensCommuniques = async (db: Database, choix: Omit<ChoixCommuniques, 'ordre'>) =>
  (await listCommuniques(db, choix)).map(lienDuCommunique);
