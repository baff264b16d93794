/** A file that may receive posts. */
export type Dossier = {
  readonly id: string;
  readonly departement: string;
  /** Null where the territory has none. */
  readonly region: string | null;
  /** Where its need is counted. */
  readonly epci: string | null;
  /** Posts it may receive: what it asks for, within what the préfecture proposes. */
  readonly plafond: number;
  /** What a post commits, in cents. */
  readonly cout: number;
  /** Weighted mean of its criteria, from 0 to 1. */
  readonly score: number;
  readonly prioritaire: boolean;
};

/** A ceiling and a floor of posts in a département (`D02`) or a région (`R32`). */
export type Quota = { readonly cle: string; readonly minimum: number; readonly maximum: number | null };

/** Posts that an EPCI needs beyond those it has; a fraction counts. */
export type Besoin = { readonly epci: string; readonly postes: number };

/** Points that a post earns, 0 to 100 each: where it covers a need, by its criteria (in full at the best mark), by its label. */
export type Poids = { readonly besoin: number; readonly criteres: number; readonly priorite: number };

export type Probleme = {
  readonly dossiers: readonly Dossier[];
  /** What may still be committed, in cents. */
  readonly enveloppe: number;
  /** Posts that may still be decided; null where the wave sets none. */
  readonly objectif: number | null;
  readonly quotas: readonly Quota[];
  readonly besoins: readonly Besoin[];
  readonly poids: Poids;
};

/** Posts of each file, in the order of the files. */
export type Allocation = readonly number[];

/** What a post of the file earns whatever the others receive, in points. One point for being a post at all. */
const valeurPropre = ({ poids }: Probleme, { score, prioritaire }: Dossier): number =>
  1 + poids.criteres * score + (prioritaire ? poids.priorite : 0);

const quotasDe = (quotas: ReadonlyMap<string, Quota>, { departement, region }: Dossier): readonly Quota[] =>
  [`D${departement}`, ...(region === null ? [] : [`R${region}`])].flatMap((cle) => quotas.get(cle) ?? []);

const parCle = (probleme: Probleme): ReadonlyMap<string, Quota> =>
  new Map(probleme.quotas.map((quota) => [quota.cle, quota]));

/** Missing posts of a floor weigh more than anything that a post may earn. */
const manque = 10_000;

/** A number as the LP format reads it: never in scientific notation. */
const nombre = (valeur: number): string => valeur.toFixed(6).replace(/\.?0+$/, '');

const sommeDe = (termes: readonly (readonly [number, string])[]): string =>
  termes.length === 0 ? '0 x0' : termes.map(([poids, nom]) => `+ ${nombre(poids)} ${nom}`).join('\n ');

/**
 * The problem in LP format: integer posts `x`, need covered `u` by EPCI, missing `m` of each floor. A floor that no file
 * could fill asks for what they can; one that the enveloppe cannot pay is missed rather than refused.
 */
export const ecrireModele = (probleme: Probleme): string => {
  const { dossiers, enveloppe, objectif, besoins, poids } = probleme;
  const quotas = parCle(probleme);
  const parQuota = new Map<string, number[]>();
  const parEpci = new Map<string, number[]>();
  dossiers.forEach((dossier, rang) => {
    for (const { cle } of quotasDe(quotas, dossier)) parQuota.set(cle, [...(parQuota.get(cle) ?? []), rang]);
    if (dossier.epci !== null) parEpci.set(dossier.epci, [...(parEpci.get(dossier.epci) ?? []), rang]);
  });
  const utiles = besoins.filter(({ epci, postes }) => postes > 0 && parEpci.has(epci));
  const x = (rangs: readonly number[], poidsDe: (rang: number) => number) =>
    rangs.map((rang) => [poidsDe(rang), `x${rang}`] as const);
  const tous = dossiers.map((_, rang) => rang);
  const planchers = [...parQuota].flatMap(([cle, rangs]) => {
    const possible = rangs.reduce((total, rang) => total + (dossiers[rang]?.plafond ?? 0), 0);
    const minimum = Math.min(quotas.get(cle)?.minimum ?? 0, possible);
    return minimum > 0 ? [{ cle, rangs, minimum }] : [];
  });
  const lignes = [
    // In hundreds of euros: numbers of the size that the solver likes, exact to the cent.
    ` enveloppe: ${sommeDe(x(tous, (rang) => (dossiers[rang]?.cout ?? 0) / 10_000))} <= ${nombre(enveloppe / 10_000)}`,
    ...(objectif === null ? [] : [` objectif: ${sommeDe(x(tous, () => 1))} <= ${objectif}`]),
    ...[...parQuota].flatMap(([cle, rangs]) => {
      const maximum = quotas.get(cle)?.maximum ?? null;
      return maximum === null ? [] : [` max${cle}: ${sommeDe(x(rangs, () => 1))} <= ${maximum}`];
    }),
    ...planchers.map(
      ({ cle, rangs, minimum }) => ` min${cle}: ${sommeDe(x(rangs, () => 1))} + 1 m${cle} >= ${minimum}`,
    ),
    ...utiles.map(
      ({ epci }, rang) =>
        ` besoin${rang}: 1 u${rang}\n ${sommeDe(x(parEpci.get(epci) ?? [], () => -1))} <= 0`,
    ),
  ];
  return [
    'Maximize',
    ` points: ${sommeDe([
      ...dossiers.map((dossier, rang) => [valeurPropre(probleme, dossier), `x${rang}`] as const),
      ...utiles.map((_, rang) => [poids.besoin, `u${rang}`] as const),
      ...planchers.map(({ cle }) => [-manque, `m${cle}`] as const),
    ])}`,
    'Subject To',
    ...lignes,
    'Bounds',
    ...dossiers.map(({ plafond }, rang) => ` 0 <= x${rang} <= ${plafond}`),
    ...utiles.map(({ postes }, rang) => ` 0 <= u${rang} <= ${nombre(postes)}`),
    ...planchers.map(({ cle }) => ` m${cle} >= 0`),
    'General',
    ...dossiers.map((_, rang) => ` x${rang}`),
    'End',
    '',
  ].join('\n');
};

/** What an allocation uses of each limit and earns; the only count, exact in integers. */
export type Bilan = {
  readonly postes: number;
  /** In cents. */
  readonly montant: number;
  readonly points: number;
  readonly parQuota: ReadonlyMap<string, number>;
  readonly parEpci: ReadonlyMap<string, number>;
  /** Posts missing from each floor. */
  readonly manques: ReadonlyMap<string, number>;
};

export const faireBilan = (probleme: Probleme, allocation: Allocation): Bilan => {
  const quotas = parCle(probleme);
  const parQuota = new Map<string, number>();
  const parEpci = new Map<string, number>();
  let postes = 0;
  let montant = 0;
  let points = 0;
  probleme.dossiers.forEach((dossier, rang) => {
    const recus = allocation[rang] ?? 0;
    postes += recus;
    montant += recus * dossier.cout;
    points += recus * valeurPropre(probleme, dossier);
    for (const { cle } of quotasDe(quotas, dossier)) parQuota.set(cle, (parQuota.get(cle) ?? 0) + recus);
    if (dossier.epci !== null) parEpci.set(dossier.epci, (parEpci.get(dossier.epci) ?? 0) + recus);
  });
  for (const { epci, postes: besoin } of probleme.besoins)
    points += probleme.poids.besoin * Math.min(Math.max(0, besoin), parEpci.get(epci) ?? 0);
  const manques = new Map(
    probleme.quotas
      .map(({ cle, minimum }) => [cle, minimum - (parQuota.get(cle) ?? 0)] as const)
      .filter(([, absents]) => absents > 0),
  );
  return { postes, montant, points, parQuota, parEpci, manques };
};

/** What an allocation breaks, in words for a fault: nothing, or the solver was not understood. */
export const ecarts = (probleme: Probleme, allocation: Allocation): readonly string[] => {
  const { postes, montant, parQuota } = faireBilan(probleme, allocation);
  return [
    ...probleme.dossiers.flatMap(({ id, plafond }, rang) => {
      const recus = allocation[rang] ?? 0;
      return Number.isInteger(recus) && recus >= 0 && recus <= plafond ? [] : [`dossier ${id}`];
    }),
    ...(montant <= probleme.enveloppe ? [] : ['enveloppe']),
    ...(probleme.objectif === null || postes <= probleme.objectif ? [] : ['objectif']),
    ...probleme.quotas.flatMap(({ cle, maximum }) =>
      maximum === null || (parQuota.get(cle) ?? 0) <= maximum ? [] : [cle],
    ),
  ];
};

/** What keeps a file from one more post: its own ceiling, the money, the objective, or a quota by its key. */
export type Contrainte = 'plafond' | 'enveloppe' | 'objectif' | `D${string}` | `R${string}`;

/** Why a file is out of the calculation itself, whatever it earns. */
export const horsDuCalcul = ['verification', 'avis', 'regime'] as const;
export type HorsDuCalcul = (typeof horsDuCalcul)[number];

/** Why a file is in or out. Points are those of the weights. */
export type Explication = {
  /** Absent for a file that was weighed. */
  readonly hors?: HorsDuCalcul | undefined;
  readonly postes: number;
  readonly plafond: number;
  /** What stands against one more post; empty only where one more earns nothing. */
  readonly contraintes: readonly Contrainte[];
  /** What its next post would earn (not full), else its last one. */
  readonly valeur: number;
  /** What the weakest post that could change places with it earns; null where no single exchange is possible. */
  readonly seuil: number | null;
  /** The file that holds (or would take) that post. */
  readonly face: string | null;
};

type Etat = {
  readonly bilan: Bilan;
  readonly quotas: ReadonlyMap<string, Quota>;
  readonly besoins: ReadonlyMap<string, number>;
};

/** Points of one post more (`1`) or of the last one (`-1`), need included. */
const valeurMarginale = (
  probleme: Probleme,
  { bilan, besoins }: Etat,
  dossier: Dossier,
  sens: 1 | -1,
): number => {
  if (dossier.epci === null) return valeurPropre(probleme, dossier);
  const besoin = besoins.get(dossier.epci) ?? 0;
  const servis = bilan.parEpci.get(dossier.epci) ?? 0;
  const couvert = (postes: number) => Math.min(besoin, postes);
  const gagne = sens === 1 ? couvert(servis + 1) - couvert(servis) : couvert(servis) - couvert(servis - 1);
  return valeurPropre(probleme, dossier) + probleme.poids.besoin * gagne;
};

const contraintesDe = (
  probleme: Probleme,
  { bilan, quotas }: Etat,
  dossier: Dossier,
  recus: number,
): Contrainte[] => [
  ...(recus >= dossier.plafond ? (['plafond'] as const) : []),
  ...(bilan.montant + dossier.cout > probleme.enveloppe ? (['enveloppe'] as const) : []),
  ...(probleme.objectif !== null && bilan.postes >= probleme.objectif ? (['objectif'] as const) : []),
  ...quotasDe(quotas, dossier).flatMap(({ cle, maximum }) =>
    maximum !== null && (bilan.parQuota.get(cle) ?? 0) >= maximum ? [cle as Contrainte] : [],
  ),
];

/** Whether a post may go from one file to another without breaking a limit or a floor that is kept. */
const echangeable = (probleme: Probleme, { bilan, quotas }: Etat, de: Dossier, vers: Dossier): boolean => {
  if (bilan.montant - de.cout + vers.cout > probleme.enveloppe) return false;
  const cede = new Set(quotasDe(quotas, de).map(({ cle }) => cle));
  const recoit = new Set(quotasDe(quotas, vers).map(({ cle }) => cle));
  return (
    quotasDe(quotas, vers).every(
      ({ cle, maximum }) => maximum === null || cede.has(cle) || (bilan.parQuota.get(cle) ?? 0) < maximum,
    ) &&
    quotasDe(quotas, de).every(
      ({ cle, minimum }) => recoit.has(cle) || (bilan.parQuota.get(cle) ?? 0) > minimum,
    )
  );
};

type Place = { readonly dossier: Dossier; readonly valeur: number };

/**
 * Explains an allocation file by file: what is binding, how far each file is from the cut, and which file it would
 * change places with. A file that is not full faces the weakest post that could go to it; a full one, the strongest post
 * that could take its last. `valeur` less `seuil` is exactly what the exchange would earn or lose.
 */
export const expliquer = (probleme: Probleme, allocation: Allocation): readonly Explication[] => {
  const etat: Etat = {
    bilan: faireBilan(probleme, allocation),
    quotas: parCle(probleme),
    besoins: new Map(probleme.besoins.map(({ epci, postes }) => [epci, Math.max(0, postes)])),
  };
  const { dossiers } = probleme;
  const places = (
    sens: 1 | -1,
    ordre: 1 | -1,
  ): { toutes: readonly Place[]; parEpci: Map<string, Place[]> } => {
    const toutes = dossiers
      .flatMap((dossier, rang) => {
        const recus = allocation[rang] ?? 0;
        return (sens === 1 ? recus < dossier.plafond : recus > 0)
          ? [{ dossier, valeur: valeurMarginale(probleme, etat, dossier, sens) }]
          : [];
      })
      .sort((a, b) => ordre * (a.valeur - b.valeur));
    const parEpci = new Map<string, Place[]>();
    for (const place of toutes) {
      const { epci } = place.dossier;
      if (epci !== null) parEpci.set(epci, [...(parEpci.get(epci) ?? []), place]);
    }
    return { toutes, parEpci };
  };
  const derniers = places(-1, 1);
  const prochains = places(1, -1);
  return dossiers.map((dossier, rang) => {
    const postes = allocation[rang] ?? 0;
    const recoit = postes < dossier.plafond;
    const valeur = valeurMarginale(probleme, etat, dossier, recoit ? 1 : -1);
    const { toutes, parEpci } = recoit ? derniers : prochains;
    const possible = (autre: Dossier): boolean =>
      autre !== dossier &&
      (recoit
        ? echangeable(probleme, etat, autre, dossier)
        : postes > 0 && echangeable(probleme, etat, dossier, autre));
    const ailleurs = toutes.find(
      (place) => (dossier.epci === null || place.dossier.epci !== dossier.epci) && possible(place.dossier),
    );
    // Within one EPCI an exchange covers the same need: the files' own values alone are compared.
    const voisins = dossier.epci === null ? [] : (parEpci.get(dossier.epci) ?? []);
    const proche = valeurPropre(probleme, dossier);
    const candidats = [
      ...(ailleurs ? [ailleurs] : []),
      ...voisins
        .filter((place) => possible(place.dossier))
        .map((place) => ({ ...place, valeur: valeur + valeurPropre(probleme, place.dossier) - proche })),
    ].sort((a, b) => (recoit ? a.valeur - b.valeur : b.valeur - a.valeur));
    const face = candidats[0];
    return {
      postes,
      plafond: dossier.plafond,
      contraintes: contraintesDe(probleme, etat, dossier, postes),
      valeur,
      seuil: face?.valeur ?? null,
      face: face?.dossier.id ?? null,
    };
  });
};
