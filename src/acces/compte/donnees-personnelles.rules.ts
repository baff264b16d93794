import { capitale, dateLongue, instantLong } from '../../platform/francais/index.ts';
import { nomDObjet } from '../../platform/genres.ts';
import type { Phrases } from '../../platform/historique.ts';
import { libellesDesRoles } from '../rules.ts';

export type Lignes = readonly Readonly<Record<string, unknown>>[];

/** What two roles read of a table: a row that both may read, once; rows that are alike, as often as one role reads them. */
export const reunir = (deja: Lignes = [], lues: Lignes): Lignes => {
  const connues = new Map<string, number>();
  const compter = (ligne: Lignes[number], plus: number): number => {
    const texte = JSON.stringify(ligne);
    const reste = (connues.get(texte) ?? 0) + plus;
    connues.set(texte, reste);
    return reste;
  };
  for (const ligne of deja) compter(ligne, 1);
  return [...deja, ...lues.filter((ligne) => compter(ligne, -1) < 0)];
};

/** What the product holds of a person, by processing and table. */
export type ExportPersonnel = {
  readonly personne: string;
  /** ISO instant. */
  readonly le: string;
  readonly traitements: readonly {
    readonly titre: string;
    readonly finalite: string;
    readonly baseLegale: string;
    readonly tables: readonly {
      readonly table: string;
      /** What its rows are, in plain French. */
      readonly intitule: string;
      readonly conservation: string;
      /** Label of each column that the rows have. */
      readonly colonnes: Readonly<Record<string, string>>;
      readonly lignes: Lignes;
    }[];
  }[];
};

/** By what the numbers and codes of an export give way to words. */
export type Mots = {
  readonly noms: ReadonlyMap<string, string>;
  /** The sentence of every act. */
  readonly phrases: Phrases;
};

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The numbers that an export holds, whose names are to be found. */
export const numerosDe = (exported: ExportPersonnel): readonly string[] => [
  ...new Set(JSON.stringify(exported).match(uuid) ?? []),
];

const estObjet = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const roleEnMots = (role: string): string | undefined =>
  Object.entries(libellesDesRoles).find(([code]) => code === role)?.[1];

/** Codes whose words bear accents. */
const accents: Readonly<Record<string, string>> = {
  departement: 'département',
  region: 'région',
  equipe: 'équipe',
  envoyee: 'envoyée',
  acceptee: 'acceptée',
  revoquee: 'révoquée',
  expiree: 'expirée',
  demandee: 'demandée',
  verifiee: 'vérifiée',
  confirmee: 'confirmée',
  refusee: 'refusée',
  envoye: 'envoyé',
  abandonne: 'abandonné',
  supprime: 'supprimé',
  apres: 'après',
  demonstration: 'démonstration',
  soi: 'pour soi-même',
};

const texte = (colonne: string, value: string, { noms }: Mots): string => {
  const nu = value.replace(/^personne:/, '');
  const nom = noms.get(nu) ?? noms.get(`${colonne}:${nu}`);
  if (nom !== undefined) return roleEnMots(nom) ?? nom;
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value))
    return `${instantLong(new Date(value).toISOString())}`;
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return `le ${dateLongue(value)}`;
  if (/^\d+ days?$/.test(value)) return `${Number.parseInt(value, 10)} jours`;
  const [, heures, minutes] = /^(\d+):(\d\d):\d\d$/.exec(value) ?? [];
  if (heures !== undefined) return `${Number(heures)} h${minutes === '00' ? '' : ` ${minutes}`}`;
  const role = colonne === 'role' ? roleEnMots(value) : undefined;
  if (role !== undefined) return role;
  if (colonne === 'objet_type') return nomDObjet(value);
  if (colonne === 'acteur') return 'un automate ou l’opérateur du service';
  return accents[value] ?? (/^[a-z]+(_[a-z]+)*$/.test(value) ? value.replaceAll('_', ' ') : value);
};

/** A value in words, on one line or several. */
const ecrire = (colonne: string, value: unknown, mots: Mots): readonly string[] => {
  if (value === null || value === undefined) return [];
  if (typeof value === 'string') return [texte(colonne, value, mots)];
  if (typeof value === 'boolean') return [value ? 'oui' : 'non'];
  if (Array.isArray(value)) return value.flatMap((each) => ecrire(colonne, each, mots));
  if (estObjet(value))
    return Object.entries(value).flatMap(([cle, each]) => {
      const lines = ecrire(cle, each, mots);
      const [first] = lines;
      const nom = capitale(accents[cle] ?? cle.replaceAll('_', ' '));
      if (first === undefined) return [];
      return lines.length === 1
        ? [`${nom}\u00a0: ${first}`]
        : [`${nom}\u00a0:`, ...lines.map((line) => `  ${line}`)];
    });
  return [String(value)];
};

type Table = ExportPersonnel['traitements'][number]['tables'][number];

/** The lines of a row, without what was said under the same label. */
const ecrireLigne = (colonnes: Table['colonnes'], ligne: Table['lignes'][number], mots: Mots) => {
  const contenu = ligne['contenu'];
  // In the order of the register, which tells first what matters.
  const said = new Set<string>();
  return Object.keys(colonnes).flatMap((colonne) => {
    const value = ligne[colonne];
    const phrase =
      colonne === 'acte' && typeof value === 'string'
        ? mots.phrases[value]?.(estObjet(contenu) ? contenu : {})
        : undefined;
    const lines = phrase === undefined ? ecrire(colonne, value, mots) : [phrase];
    const [first] = lines;
    const titre = capitale((colonnes[colonne] ?? colonne).replace(/^numéro de la personne/, 'personne'));
    const whole = `${titre}\u00a0: ${lines.join('\n')}`;
    if (first === undefined || said.has(whole)) return [];
    said.add(whole);
    return lines.length === 1
      ? [`${titre}\u00a0: ${first}`]
      : [`${titre}\u00a0:`, ...lines.map((line) => `  ${line}`)];
  });
};

/** The export as a text that a person can read. */
export const ecrireExport = ({ personne, le, traitements }: ExportPersonnel, mots: Mots): string => {
  const lines = ['Vos données dans Maillage', `${mots.noms.get(personne) ?? 'Vous'}, le ${instantLong(le)}`];
  for (const { titre, finalite, baseLegale, tables } of traitements) {
    lines.push('', titre.toUpperCase(), `Pour quoi\u00a0: ${finalite}.`, `Base légale\u00a0: ${baseLegale}.`);
    for (const { intitule, conservation, colonnes, lignes } of tables) {
      lines.push('', `${capitale(intitule)}\u00a0:${lignes.length === 0 ? ' rien.' : ''}`);
      if (lignes.length > 0) lines.push(`(gardé ${conservation})`);
      lignes.forEach((ligne, index) => {
        const [first, ...rest] = ecrireLigne(colonnes, ligne, mots);
        lines.push(`  ${index + 1}. ${first ?? ''}`, ...rest.map((line) => `     ${line}`));
      });
    }
  }
  return `${lines.join('\n')}\n`;
};
