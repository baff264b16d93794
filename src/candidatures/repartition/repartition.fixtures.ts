import type { Dossier, Probleme } from './rules.ts';

/** A repeatable sequence of numbers in [0, 1). */
const suite = (graine: number) => {
  let etat = graine;
  return (): number => {
    etat = (Math.imul(etat, 1_664_525) + 1_013_904_223) >>> 0;
    return etat / 2 ** 32;
  };
};

/** A national selection: `nombre` files over a hundred départements, money for `part` of what they ask. */
export const selection = (nombre: number, part = 0.6, graine = 2021): Probleme => {
  const hasard = suite(graine);
  const dossiers = Array.from({ length: nombre }, (_, rang): Dossier => {
    const departement = String(1 + Math.floor(hasard() * 95)).padStart(2, '0');
    return {
      id: `d${rang}`,
      departement,
      region: String(Number(departement) % 13),
      epci: `${departement}-${Math.floor(hasard() * 13)}`,
      plafond: 1 + Math.floor(hasard() ** 2 * 8),
      cout: [5_480_500, 3_680_500, 7_230_500][Math.floor(hasard() * 3)] ?? 5_480_500,
      score: Math.round(hasard() * 100) / 100,
      prioritaire: hasard() < 0.2,
    };
  });
  const demande = dossiers.reduce((total, { cout, plafond }) => total + cout * plafond, 0);
  const epcis = [...new Set(dossiers.flatMap(({ epci }) => epci ?? []))];
  const postes = dossiers.reduce((total, { plafond }) => total + plafond, 0);
  return {
    dossiers,
    enveloppe: Math.floor(demande * part),
    objectif: Math.floor(postes * part * 1.05),
    quotas: [...new Set(dossiers.map(({ departement }) => departement))].map((departement) => ({
      cle: `D${departement}`,
      minimum: 2,
      maximum: Math.ceil((postes / 95) * 1.2),
    })),
    besoins: epcis.map((epci) => ({ epci, postes: Math.round(hasard() * 400) / 100 })),
    poids: { besoin: 50, criteres: 40, priorite: 10 },
  };
};
