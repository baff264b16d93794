import { z } from 'zod';
import { dateDuDomaine } from '../../platform/dates.ts';
import { nombre, typographier } from '../../platform/francais/index.ts';
import type { Resultat } from '../../platform/result.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import {
  type ContenuVague,
  type Critere,
  type GenreDeQuestion,
  genresDeQuestion,
  niveauxDAvis,
  type Question,
  type Quota,
  regimes,
  type Section,
} from './rules.ts';

/** What a form sent: each field with all its values, as typed. */
export type Tapee = Readonly<Record<string, readonly string[]>>;

/** Takes any form: the parts of a wave have as many fields as they have lines. */
export const formulaireLibre = z
  .record(z.string(), z.unknown())
  .transform(
    (brut): Tapee =>
      Object.fromEntries(
        Object.entries(brut).map(([nom, valeur]) => [
          nom,
          [valeur].flat().filter((texte): texte is string => typeof texte === 'string'),
        ]),
      ),
  );

export type Lecture =
  | { readonly ok: true; readonly valeurs: Partial<ContenuVague> }
  | { readonly ok: false; readonly erreurs: ErreursFormulaire };

/** Reads a form field by field, gathering what is wrong. */
const lecteur = (tapee: Tapee) => {
  const erreurs: Record<string, string> = {};
  const dire = (nom: string, message: string): void => {
    erreurs[nom] ??= message;
  };
  /** Says what is wrong with a field, which then counts as something harmless. */
  const faute = <Valeur>(nom: string, message: string, valeur: Valeur): Valeur => {
    dire(nom, message);
    return valeur;
  };
  const brut = (nom: string): string => (tapee[nom]?.[0] ?? '').replaceAll('\0', '').trim();
  const texte = (nom: string, longueur: number, manque?: string): string | null => {
    const lu = brut(nom);
    if (lu.length > longueur)
      dire(nom, `Ce texte est trop long\u00a0: ${nombre(longueur)} caractères au plus.`);
    if (lu === '' && manque !== undefined) dire(nom, manque);
    return lu === '' ? null : lu;
  };
  /** A line of text, set as French typography wants it. */
  const ligne = (nom: string, longueur: number, manque?: string): string | null => {
    const lu = texte(nom, longueur, manque);
    return lu === null ? null : typographier(lu);
  };
  const entier = (nom: string, min: number, max: number): number | null => {
    const lu = brut(nom).replace(/[\s\u00a0\u202f]/g, '');
    if (lu === '') return null;
    const valeur = /^\d{1,9}$/.test(lu) ? Number(lu) : Number.NaN;
    if (valeur >= min && valeur <= max) return valeur;
    dire(nom, `Écrivez un nombre entier de ${min} à ${max.toLocaleString('fr')}.`);
    return null;
  };
  const jour = (nom: string): string | null => {
    const lu = brut(nom);
    if (lu === '') return null;
    if (!dateDuDomaine.safeParse(lu).success) dire(nom, 'Écrivez un jour qui existe, de 1900 à 2100.');
    return lu;
  };
  const heure = (nom: string): string => {
    const [, heures = '', minutes = ''] = /^(\d{1,2})\s*(?:h|:)\s*(\d{2})?$/i.exec(brut(nom)) ?? [];
    if (heures === '' || Number(heures) > 23 || Number(minutes || 0) > 59)
      dire(nom, 'Écrivez une heure, par exemple 18h ou 23h59.');
    return `${heures.padStart(2, '0')}:${(minutes || '0').padStart(2, '0')}`;
  };
  const lignes = (nom: string): readonly string[] =>
    brut(nom)
      .split(/\r?\n/)
      .map((each) => each.trim())
      .filter((each) => each !== '');
  return {
    erreurs,
    dire,
    faute,
    brut,
    texte,
    ligne,
    entier,
    jour,
    heure,
    lignes,
    tous: (nom: string) => tapee[nom] ?? [],
  };
};
type Lecteur = ReturnType<typeof lecteur>;

/**
 * Lines of a list: their numbers in the form, those that were ticked away left out, in the order that was typed. A line
 * counts as soon as one of its fields is filled.
 */
const rangees = (
  tapee: Tapee,
  [temoin, ...autres]: readonly [string, ...string[]],
  lu: Lecteur,
): readonly number[] =>
  Object.keys(tapee)
    .flatMap((nom) => {
      const [, numero] = new RegExp(`^${temoin}_(\\d{1,3})$`).exec(nom) ?? [];
      return numero === undefined || lu.brut(`retirer_${numero}`) === 'oui' ? [] : [Number(numero)];
    })
    .filter((numero) => [temoin, 'id', ...autres].some((nom) => lu.brut(`${nom}_${numero}`) !== ''))
    .map((numero) => ({ numero, ordre: lu.entier(`ordre_${numero}`, 1, 999) ?? 1000 + numero }))
    .toSorted((left, right) => left.ordre - right.ordre || left.numero - right.numero)
    .map(({ numero }) => numero);

const identifiant = (lu: Lecteur, numero: number): string | null => {
  const id = z.uuid().safeParse(lu.brut(`id_${numero}`));
  return id.success ? id.data : null;
};

const identite = (lu: Lecteur): Partial<ContenuVague> => {
  const choisis = lu.brut('regimes');
  return {
    nom: lu.ligne('nom', 200, 'Écrivez le nom de la vague, par exemple «\u00a0Troisième vague\u00a0».') ?? '',
    rang: lu.entier('rang', 1, 999) ?? lu.faute('rang', 'Écrivez le rang de la vague\u00a0: 1, 2…', 1),
    enveloppeId: z.uuid().safeParse(lu.brut('enveloppeId')).data ?? null,
    objectifPostes: lu.entier('objectifPostes', 1, 100_000),
    regimes: regimes.filter((mode) => choisis === mode || choisis === 'tous'),
    coordinateurs: lu.brut('coordinateurs') === 'oui',
    presentation: lu.texte('presentation', 5000)?.replace(/\r\n/g, '\n') ?? null,
  };
};

const calendrier = (lu: Lecteur): Partial<ContenuVague> => {
  const [ouvreLe, fermeLe] = [lu.jour('ouvreLe'), lu.jour('fermeLe')];
  const [ouvreHeure, fermeHeure] = [lu.heure('ouvreHeure'), lu.heure('fermeHeure')];
  if (ouvreLe !== null && fermeLe !== null && `${fermeLe} ${fermeHeure}` <= `${ouvreLe} ${ouvreHeure}`)
    lu.dire('fermeLe', 'La clôture vient après l’ouverture\u00a0: choisissez un moment plus tardif.');
  return { ouvreLe, fermeLe, ouvreHeure, fermeHeure, heureLocale: lu.brut('heureLocale') !== 'paris' };
};

const territoires = (lu: Lecteur): Partial<ContenuVague> => {
  const choisis = lu.tous('departements');
  const tous = lu.brut('ouverture') !== 'choisis';
  if (!tous && choisis.length === 0)
    lu.dire('departements', 'Cochez au moins un département, ou choisissez toute la France.');
  return {
    departements: tous ? [] : [...new Set(choisis)].sort(),
    avisNiveau: niveauxDAvis.find((niveau) => niveau === lu.brut('avisNiveau')) ?? 'departement',
    minimumDepartement: lu.entier('minimumDepartement', 0, 10_000) ?? 0,
  };
};

const criteres = (lu: Lecteur, tapee: Tapee): Partial<ContenuVague> => {
  const lus = rangees(tapee, ['libelle', 'aide', 'poids'], lu).map(
    (numero): Critere => ({
      id: identifiant(lu, numero),
      libelle:
        lu.ligne(`libelle_${numero}`, 200, 'Écrivez ce critère, ou cochez «\u00a0Retirer\u00a0».') ?? '',
      aide: lu.ligne(`aide_${numero}`, 1000),
      poids:
        lu.entier(`poids_${numero}`, 1, 100) ??
        lu.faute(`poids_${numero}`, 'Donnez son poids à ce critère, de 1 à 100.', 1),
    }),
  );
  return { criteres: lus };
};

const questions = (lu: Lecteur, tapee: Tapee): Partial<ContenuVague> => ({
  questions: rangees(tapee, ['libelle', 'aide', 'genre', 'choix'], lu).map((numero): Question => {
    const genre: GenreDeQuestion =
      genresDeQuestion.find((known) => known === lu.brut(`genre_${numero}`)) ??
      lu.faute<GenreDeQuestion>(`genre_${numero}`, 'Choisissez le genre de réponse attendu.', 'texte');
    const choix = [...new Set(lu.lignes(`choix_${numero}`).map(typographier))];
    if (genre === 'choix' && choix.length < 2)
      lu.dire(`choix_${numero}`, 'Écrivez au moins deux réponses possibles, une par ligne.');
    if (choix.some((each) => each.length > 200))
      lu.dire(`choix_${numero}`, 'Une réponse possible tient en 200 caractères.');
    return {
      id: identifiant(lu, numero),
      libelle:
        lu.ligne(`libelle_${numero}`, 300, 'Écrivez cette question, ou cochez «\u00a0Retirer\u00a0».') ?? '',
      aide: lu.ligne(`aide_${numero}`, 1000),
      genre,
      choix: genre === 'choix' ? choix : [],
      obligatoire: lu.brut(`obligatoire_${numero}`) === 'oui',
    };
  }),
});

const quotas = (lu: Lecteur, tapee: Tapee): Partial<ContenuVague> => ({
  quotas: rangees(tapee, ['territoire', 'minimum', 'maximum'], lu).map((numero): Quota => {
    const territoire = lu.brut(`territoire_${numero}`);
    const [, famille, code] = /^(departement|region) (\w{1,3})$/.exec(territoire) ?? [];
    if (code === undefined) lu.dire(`territoire_${numero}`, 'Choisissez un territoire de la liste.');
    const minimum = lu.entier(`minimum_${numero}`, 0, 100_000) ?? 0;
    const maximum = lu.entier(`maximum_${numero}`, 0, 100_000);
    if (maximum !== null && maximum < minimum)
      lu.dire(`maximum_${numero}`, 'Le maximum ne peut pas être plus bas que le minimum.');
    if (maximum === null && minimum === 0)
      lu.dire(`minimum_${numero}`, 'Écrivez un minimum ou un maximum, ou cochez «\u00a0Retirer\u00a0».');
    return {
      id: identifiant(lu, numero),
      departement: famille === 'departement' ? (code ?? null) : null,
      region: famille === 'region' ? (code ?? null) : null,
      minimum,
      maximum,
    };
  }),
});

const priorites = (lu: Lecteur): Partial<ContenuVague> => {
  const libres = lu.lignes('autres').map(typographier);
  if (libres.some((each) => each.length > 200)) lu.dire('autres', 'Une priorité tient en 200 caractères.');
  const choisies = [...new Set([...lu.tous('connues'), ...libres])];
  const bonus = lu.entier('bonusPriorite', 0, 100) ?? 0;
  if (bonus > 0 && choisies.length === 0)
    lu.dire(
      'bonusPriorite',
      'Ce bonus ne servirait à personne\u00a0: choisissez une priorité, ou mettez-le à 0.',
    );
  return { priorites: choisies, bonusPriorite: bonus };
};

const lecteurs: Readonly<Record<Section, (lu: Lecteur, tapee: Tapee) => Partial<ContenuVague>>> = {
  identite,
  calendrier,
  territoires,
  criteres,
  questions,
  quotas,
  priorites,
};

/**
 * Reads the form of a part of a wave. A field that is frozen stands in the page as text and is not sent: `figes` leaves
 * it as it is.
 */
export const lireSection = (section: Section, tapee: Tapee, figes: readonly string[]): Lecture => {
  const lu = lecteur(tapee);
  const valeurs = lecteurs[section](lu, tapee);
  const erreurs = Object.fromEntries(
    Object.entries(lu.erreurs).filter(([nom]) => !figes.includes(nom.replace(/_\d+$/, ''))),
  );
  if (Object.keys(erreurs).length > 0) return { ok: false, erreurs };
  return {
    ok: true,
    valeurs: Object.fromEntries(Object.entries(valeurs).filter(([champ]) => !figes.includes(champ))),
  };
};

/** The moment to which a closing is put off, and why. */
export const lireReport = (
  tapee: Tapee,
): Resultat<{ readonly fermeLe: string; readonly fermeHeure: string; readonly motif: string }> & {
  readonly erreurs?: ErreursFormulaire;
} => {
  const lu = lecteur(tapee);
  const fermeLe = lu.jour('ferme_le');
  if (fermeLe === null) lu.dire('ferme_le', 'Écrivez le nouveau jour de clôture.');
  const fermeHeure = lu.heure('ferme_heure');
  const motif = lu.texte('motif', 2000, 'Donnez le motif\u00a0: il est demandé pour reporter la clôture.');
  return Object.keys(lu.erreurs).length > 0
    ? { ok: false, refus: 'formulaire', message: '', erreurs: lu.erreurs }
    : { ok: true, valeur: { fermeLe: fermeLe ?? '', fermeHeure, motif: motif ?? '' } };
};

/** Why something is done, at most 2000 characters. */
export const lireMotif = (
  tapee: Tapee,
  manque: string,
):
  | { readonly ok: true; readonly motif: string }
  | { readonly ok: false; readonly erreurs: ErreursFormulaire } => {
  const lu = lecteur(tapee);
  const motif = lu.texte('motif', 2000, manque) ?? '';
  return Object.keys(lu.erreurs).length > 0 ? { ok: false, erreurs: lu.erreurs } : { ok: true, motif };
};
