import { Temporal } from 'temporal-polyfill';
import type { Centimes } from '../../platform/money.ts';
import { centimes } from '../../platform/money.ts';
import type { Categorie } from '../../programme/rules.ts';
import { lireNom, lireSiret, nomRecherche } from '../../structures/rules.ts';
import { reparerCodeDepartement, reparerCodeInsee, reparerCodePostal } from '../../territoires/rules.ts';
import type { Champ, Colonnes } from './colonnes.rules.ts';

/** What was found wrong or mended in a row: field, value as read, and a sentence that a person understands. */
export type Anomalie = {
  readonly code: string;
  readonly champ: Champ;
  readonly valeur: string;
  readonly message: string;
};

/** A row understood, before its commune is looked up. */
export type LigneLue = {
  readonly reference: string | null;
  readonly siret: string | null;
  readonly nom: string | null;
  readonly recherche: string | null;
  readonly categorie: Categorie;
  readonly postes: number;
  readonly date: string;
  readonly montant: Centimes | null;
  readonly adresse: string | null;
  readonly codePostal: string | null;
  readonly commune: string | null;
  readonly codeCommune: string | null;
  readonly departement: string | null;
  readonly zrr: boolean | null;
  readonly qpv: boolean | null;
  readonly franceServices: boolean | null;
  readonly position: { readonly latitude: number; readonly longitude: number } | null;
};

export type Lecture = {
  readonly anomalies: readonly Anomalie[];
  /** Why it cannot be a decision; the rest is then of no use. */
  readonly rejet: string | null;
  readonly ligne: LigneLue | null;
};

const mois = [
  'janvier',
  'fevrier',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'aout',
  'septembre',
  'octobre',
  'novembre',
  'decembre',
];

const plainDate = (year: number, month: number, day: number): string | null => {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
};

/** A date as files write it: 2021-03-24, 24/03/2021, « 24 mars 2021 », or a spreadsheet's day number. */
export const lireDate = (text: string): string | null => {
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?$/.exec(text);
  if (iso) return plainDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const french = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?$/.exec(text);
  if (french) return plainDate(Number(french[3]), Number(french[2]), Number(french[1]));
  const words = /^(\d{1,2})(?:er)?\s+([a-z]+)\s+(\d{4})$/.exec(
    text
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase(),
  );
  if (words) return plainDate(Number(words[3]), mois.indexOf(words[2] ?? '') + 1, Number(words[1]));
  if (/^\d{5}$/.test(text) && Number(text) > 43_000 && Number(text) < 60_000) {
    return Temporal.PlainDate.from('1899-12-30')
      .add({ days: Number(text) })
      .toString();
  }
  return null;
};

const lirePostes = (text: string): number | null => {
  const number = /^(\d{1,4})(?:[.,]0+)?$/.exec(text.replace(/\s/g, ''));
  const value = Number(number?.[1] ?? 0);
  return value > 0 ? value : null;
};

const lireMontant = (text: string): Centimes | null => {
  const compact = text.replace(/[\s\u00a0\u202f€]/g, '').replace(',', '.');
  if (!/^\d{1,12}(\.\d+)?$/.test(compact)) return null;
  return centimes(Math.round(Number(compact) * 100));
};

const lireOuiNon = (text: string): boolean | null => {
  if (/^(oui|o|true|vrai|1|x)$/i.test(text)) return true;
  return /^(non|n|false|faux|0)$/i.test(text) ? false : null;
};

const lireCategorie = (text: string): Categorie | null => {
  if (/^publi/i.test(text)) return 'publique';
  return /^priv/i.test(text) ? 'privee' : null;
};

const publicNames =
  /^(COMMUNE|MAIRIE|VILLE|DEPARTEMENT|REGION|CONSEIL|CC|CA|CU|CCAS|CIAS|COMMUNAUTE|METROPOLE|SYNDICAT|SIVOM|PETR|EPCI|CENTRE (INTER)?COMMUNAL)\b/;

/** Public bodies have a SIREN that begins with 1 or 2; without one, the name tells. */
const deduceCategorie = (siret: string | null, recherche: string | null): Categorie => {
  if (siret !== null) return /^[12]/.test(siret) ? 'publique' : 'privee';
  return publicNames.test(recherche ?? '') ? 'publique' : 'privee';
};

const lirePosition = (latitude: string, longitude: string): LigneLue['position'] => {
  const [lat, lon] = [latitude, longitude].map((text) =>
    text === '' ? Number.NaN : Number(text.replace(',', '.')),
  );
  if (lat === undefined || lon === undefined || !(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return null;
  // 0, 0 is what a geocoder that found nothing leaves.
  return lat === 0 && lon === 0 ? null : { latitude: lat, longitude: lon };
};

/** The beginning of a text, never half of a character. */
export const extrait = (text: string, longueur = 200): string => text.slice(0, longueur).toWellFormed();

/** Longer than any name or reference there is: something else was written there, and the indexes would not take it. */
const longueurMaximale = { nom: 300, reference: 100 } as const;

const blank = (text: string): string | null => (/^(null|nan|n\/a|0)?$/i.test(text) ? null : text);

/** Reads one row. Never throws: what cannot be understood becomes an anomaly or the reason of a rejection. */
export const lireLigne = (colonnes: Colonnes, valeurs: readonly string[]): Lecture => {
  const anomalies: Anomalie[] = [];
  const text = (champ: Champ): string => {
    const index = colonnes[champ];
    return index === undefined ? '' : (valeurs[index] ?? '').trim();
  };
  const note = (code: string, champ: Champ, message: string): void => {
    anomalies.push({ code, champ, valeur: extrait(text(champ)), message });
  };

  const siretLu = lireSiret(text('siret'));
  if (!siretLu.ok) note(`siret_${siretLu.refus}`, 'siret', siretLu.message);
  else if (siretLu.valeur.zeroRetabli)
    note('zero_retabli', 'siret', `Le zéro initial du SIRET a été rétabli : ${siretLu.valeur.siret}.`);
  const siret = siretLu.ok ? siretLu.valeur.siret : null;

  const nomLu = lireNom(text('nom'));
  const nom = nomLu && lireNom(extrait(nomLu, longueurMaximale.nom));
  if (nom === null)
    note(
      'nom_absent',
      'nom',
      text('nom') === '' ? 'La raison sociale manque.' : 'Ce n’est pas une raison sociale.',
    );
  else if (nom !== nomLu)
    note(
      'nom_trop_long',
      'nom',
      `La raison sociale est trop longue : « ${extrait(nom, 40)}… » en est gardé.`,
    );
  const referenceLue = blank(text('reference'));
  const reference =
    referenceLue !== null && referenceLue.length > longueurMaximale.reference ? null : referenceLue;
  if (reference !== referenceLue)
    note('reference_trop_longue', 'reference', 'La référence est trop longue : elle n’est pas retenue.');
  const recherche = nom === null ? null : nomRecherche(nom);

  const code = (
    champ: 'codePostal' | 'codeCommune' | 'departement',
    repare: typeof reparerCodePostal,
    nature: string,
  ): string | null => {
    const written = blank(text(champ));
    if (written === null) return null;
    const read = repare(written);
    if (read === null) note('code_incorrect', champ, `${nature} n’est pas reconnu.`);
    else if (read.repare)
      note(
        'zero_retabli',
        champ,
        `${nature} a été lu comme « ${read.code} » (zéro initial ou écriture rétablis).`,
      );
    return read?.code ?? null;
  };
  const codePostal = code('codePostal', reparerCodePostal, 'Le code postal');
  const codeCommune = code('codeCommune', reparerCodeInsee, 'Le code de la commune');
  const departement = code('departement', reparerCodeDepartement, 'Le code du département');

  const postes = lirePostes(text('postes'));
  const date = lireDate(text('date'));
  const montant = lireMontant(text('montant'));
  if (text('montant') !== '' && montant === null)
    note('montant_illisible', 'montant', 'Le montant n’est pas un nombre ; il ne sert que de comparaison.');

  const written = lireCategorie(text('categorie'));
  const categorie = written ?? deduceCategorie(siret, recherche);
  if (written === null) {
    const deduced = categorie === 'publique' ? 'publique' : 'privée';
    note(
      'categorie_deduite',
      'categorie',
      `Le type de structure manque ou n’est pas reconnu : « ${deduced} » a été déduit ${siret === null ? 'du nom' : 'du SIRET'}.`,
    );
  }

  const rejets = [
    ...(postes === null
      ? [`le nombre de postes « ${text('postes')} » n’est pas un nombre entier de 1 à 9\u202f999`]
      : []),
    ...(date === null ? [`la date du comité « ${text('date')} » n’est pas une date`] : []),
  ];
  if (postes === null || date === null) {
    return { anomalies, rejet: `Ligne rejetée : ${rejets.join(' ; ')}.`, ligne: null };
  }
  const ligne: LigneLue = {
    reference,
    siret,
    nom,
    recherche,
    categorie,
    postes,
    date,
    montant,
    adresse: blank(text('adresse').replace(/\s*\n\s*/g, ', ')),
    codePostal,
    commune: lireNom(text('commune')),
    codeCommune,
    departement,
    zrr: lireOuiNon(text('zrr')),
    qpv: lireOuiNon(text('qpv')),
    franceServices: lireOuiNon(text('franceServices')),
    position: lirePosition(text('latitude'), text('longitude')),
  };
  return { anomalies, rejet: null, ligne };
};
