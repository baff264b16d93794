import { dateLongue, liste, nombre, pluriel } from '../../platform/francais/index.ts';
import type { ChampVague, ContenuVague, Mode, Quota, Section, Vie } from './rules.ts';

/** The régimes in force on a day. */
export type RegimesEnVigueur = (jour: string) => readonly Mode[];

export type Manque = {
  readonly section: Section;
  readonly texte: string;
  /** Written on the pages of régimes too. */
  readonly regimes: boolean;
};

/** The country as the rules of a wave need it. */
export type Pays = {
  readonly regionDe: (departement: string) => string | null;
  /** How many départements it has. */
  readonly departements: number;
};

/** Posts that minimums ask for together: what a région asks for holds what its départements do. */
export const sommeDesMinimums = (quotas: readonly Quota[], { regionDe }: Pick<Pays, 'regionDe'>): number => {
  const parRegion = new Map<string, { region: number; departements: number }>();
  for (const { departement, region, minimum } of quotas) {
    const cle = region ?? regionDe(departement ?? '') ?? `departement ${departement}`;
    const somme = parRegion.get(cle) ?? { region: 0, departements: 0 };
    if (region === null) somme.departements += minimum;
    else somme.region += minimum;
    parRegion.set(cle, somme);
  }
  return [...parRegion.values()].reduce((sum, each) => sum + Math.max(each.region, each.departements), 0);
};

export type Contradiction = {
  /** Where it is told, and what may be changed to undo it. */
  readonly champ: ChampVague;
  readonly autres: readonly ChampVague[];
  readonly texte: string;
};

/** What of a wave cannot be true together, whether it is published or not. */
export const contradictionsDe = (
  { objectifPostes: objectif, quotas, departements, minimumDepartement }: ContenuVague,
  pays: Pays,
): readonly Contradiction[] => {
  if (objectif === null) return [];
  const visent = `l’objectif est de ${pluriel(objectif, 'poste', 'postes')}\u00a0: changez l’un ou l’autre.`;
  const minimums = sommeDesMinimums(quotas, pays);
  const ouverts = departements.length === 0 ? pays.departements : departements.length;
  return [
    ...(minimums > objectif
      ? [
          {
            champ: 'quotas' as const,
            autres: ['objectifPostes'] as const,
            texte: `Les minimums des quotas font ensemble ${pluriel(minimums, 'poste', 'postes')}, et ${visent}`,
          },
        ]
      : []),
    ...(minimumDepartement * ouverts > objectif
      ? [
          {
            champ: 'minimumDepartement' as const,
            autres: ['departements', 'objectifPostes'] as const,
            texte: `${pluriel(minimumDepartement, 'poste', 'postes')} au moins dans ${pluriel(ouverts, 'département', 'départements')} font ${pluriel(minimumDepartement * ouverts, 'poste', 'postes')}, et ${visent}`,
          },
        ]
      : []),
  ];
};

/** What is missing or wrong before a wave is published, each with the part where it is written. */
export const manquesVague = (
  vague: ContenuVague & Pick<Vie, 'ouverturePrecision'>,
  contexte: Pays & { readonly enVigueur: RegimesEnVigueur },
): readonly Manque[] => {
  const { ouvreLe, fermeLe, objectifPostes: objectif, departements, quotas } = vague;
  const manques: Manque[] = [];
  const dire = (section: Section, si: boolean, texte: string, regimes = false) => {
    if (si) manques.push({ section, texte, regimes });
  };
  dire('identite', vague.enveloppeId === null, 'l’enveloppe qui paie les postes');
  dire('identite', objectif === null, 'le nombre de postes visé');
  dire('identite', vague.presentation === null, 'le texte qui présente la vague aux candidats');
  dire('calendrier', ouvreLe === null || vague.ouverturePrecision !== 'jour', 'le jour d’ouverture');
  dire('calendrier', fermeLe === null, 'le jour de clôture');
  if (ouvreLe !== null) {
    const absents = vague.regimes.filter((mode) => !contexte.enVigueur(ouvreLe).includes(mode));
    dire(
      'identite',
      absents.length > 0,
      `des règles en vigueur le ${dateLongue(ouvreLe)} pour ${absents.length === 1 ? 'le régime' : 'les régimes'} ${absents.map((mode) => `«\u00a0${mode}\u00a0»`).join(' et ')}, ou un autre jour d’ouverture`,
      true,
    );
  }
  dire('criteres', vague.criteres.length === 0, 'au moins un critère');
  const ouvert = (code: string) => departements.length === 0 || departements.includes(code);
  const hors = quotas.filter(
    ({ departement, region }) =>
      (departement !== null && !ouvert(departement)) ||
      (region !== null &&
        departements.length > 0 &&
        !departements.some((code) => contexte.regionDe(code) === region)),
  );
  dire('quotas', hors.length > 0, 'des quotas sur les seuls territoires ouverts');
  const contraires = contradictionsDe(vague, contexte).map(({ champ }) => champ);
  dire(
    'quotas',
    contraires.includes('quotas'),
    `un objectif au moins égal à la somme des minimums (${nombre(sommeDesMinimums(quotas, contexte))} postes)`,
  );
  dire(
    'territoires',
    contraires.includes('minimumDepartement'),
    'un minimum par département que l’objectif permette',
  );
  return manques;
};

/** Everything that is missing, in one sentence that says what to do. */
export const phraseDesManques = (
  manques: readonly { readonly texte: string }[],
  statut: 'preparation' | 'publiee' = 'preparation',
): string => {
  const dit = liste(manques.map(({ texte }) => texte));
  return statut === 'publiee'
    ? `La vague est publiée et doit rester complète\u00a0: il manquerait ${dit}.`
    : `Complétez la vague avant de la publier\u00a0: il manque ${dit}.`;
};
