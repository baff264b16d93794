import { type Database, databaseError, enTransaction } from '../../platform/database/index.ts';
import { dateLongue, nombre, pluriel } from '../../platform/francais/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { type Centimes, centimes } from '../../platform/money.ts';
import {
  abandonner,
  enRefus,
  exiger,
  type Refus,
  type Resultat,
  refuser,
  reussi,
} from '../../platform/result.ts';
import {
  getProgramme,
  listRegimes,
  montantEngage,
  territoireDe,
  varianteApplicable,
} from '../../programme/index.ts';
import {
  ajouterDeliberation,
  ajouterEngagement,
  changerDeliberation,
  changerEngagement,
  compterDossiersDeVague,
  type Deliberee,
  type DossierADecider,
  type Ecrite,
  effacerDeliberation,
  getDeliberation,
  getDossierADecider,
  getSeanceTenue,
  lireReste,
  prochainRang,
  retenirDossier,
  type SeanceTenue,
  verrouillerVague,
} from './deliberation.store.ts';
import {
  type Resultat as Decide,
  manqueMotif,
  motifManquant,
  type Plafond,
  phraseDePlafond,
  tientSeance,
} from './rules.ts';

export type DemandeDeliberation = {
  readonly seanceId: string;
  readonly candidatureId: string;
  readonly resultat: Decide;
  /** Of a file retained: as many as it asks for unless said. */
  readonly postes?: number | undefined;
  /** The régime that the application wishes unless said. */
  readonly mode?: 'forfait' | 'taux' | undefined;
  readonly motif?: string | undefined;
  /** On the waiting list: the next one unless said. */
  readonly rang?: number | undefined;
  /** Of the deliberation that was seen; 0 or nothing where there was none. */
  readonly version?: number | undefined;
};

export type RefusDeliberation =
  | 'absent'
  | 'droits'
  | 'seance'
  | 'etat'
  | 'structure'
  | 'postes'
  | 'motif'
  | 'regime'
  | 'rang'
  | 'version'
  | Plafond;

const plafonds: Readonly<Record<string, Plafond>> = {
  enveloppe_jamais_depassee: 'enveloppe',
  vague_objectif_jamais_depasse: 'objectif',
  quota_jamais_depasse: 'quota',
};

/** The ceiling that a database error is about: the database alone guards them. */
export const plafondDe = (error: unknown): Plafond | undefined => {
  const known = databaseError(error);
  return known?.code === '23514' && known.constraint !== undefined ? plafonds[known.constraint] : undefined;
};

/** What a deliberation says: « retenue avec 2 postes ». */
const enMots = ({ resultat, postes, rang }: Pick<Deliberee, 'resultat' | 'postes' | 'rang'>): string =>
  ({
    retenue: `retenue avec ${pluriel(postes, 'poste', 'postes')}`,
    refusee: 'refusée',
    ajournee: 'ajournée',
    liste_attente: `placée au rang ${rang} de la liste d’attente`,
  })[resultat];

const personneDe = ({ identifiant }: Acteur): string | null =>
  identifiant.startsWith('personne:') ? identifiant.slice('personne:'.length) : null;

/** The open session, for who keeps it, and the file as the actor sees it, both still until the transaction ends. */
const ouvrirDossier = async (
  db: Database,
  acteur: Acteur,
  { seanceId, candidatureId }: Pick<DemandeDeliberation, 'seanceId' | 'candidatureId'>,
): Promise<{
  readonly seance: SeanceTenue & { readonly vagueId: string };
  readonly dossier: DossierADecider;
}> => {
  const vue = await getSeanceTenue(db, seanceId);
  if (vue?.vagueId == null) return abandonner(refuser('absent', 'Cette séance est introuvable.'));
  await verrouillerVague(db, vue.vagueId);
  // Read again: whoever had the lock may have closed it.
  const seance = (await getSeanceTenue(db, seanceId)) ?? vue;
  if (!tientSeance(seance.fonction, acteur.role))
    return abandonner(
      refuser(
        'droits',
        'Le président ou le secrétaire de la séance enregistre les décisions : demandez-le à l’un des deux.',
      ),
    );
  if (seance.statut !== 'ouverte')
    return abandonner(
      refuser(
        'seance',
        seance.statut === 'close'
          ? 'La séance est close : plus rien ne s’y décide. Un administrateur peut la rouvrir, avec un motif.'
          : 'La séance n’est pas encore ouverte : ouvrez-la avant de décider.',
      ),
    );
  const dossier = await getDossierADecider(db, candidatureId);
  if (dossier === undefined || dossier.vagueId !== vue.vagueId)
    return abandonner(refuser('absent', 'Ce dossier ne relève pas de cette séance.'));
  return { seance: { ...seance, vagueId: vue.vagueId }, dossier };
};

const dejaDecidee = (deliberation: Deliberee | undefined): Refus<'version'> =>
  refuser(
    'version',
    deliberation === undefined
      ? 'Une autre personne vient d’annuler cette décision : relisez le dossier, puis décidez.'
      : `Une autre personne vient de décider : candidature ${enMots(deliberation)}. Relisez-la, puis changez-la si besoin.`,
  );

/** What a file retained commits, by the régime in force on a day. */
export const chiffrer = async (
  db: Database,
  demande: {
    readonly programmeId: string;
    readonly regimes: readonly string[];
    readonly jour: string;
    readonly dossier: Pick<DossierADecider, 'categorie' | 'departement' | 'salaire' | 'regime'>;
    readonly postes: number;
    readonly mode?: 'forfait' | 'taux' | undefined;
  },
): Promise<
  Resultat<
    {
      readonly varianteId: string;
      readonly montant: Centimes;
      readonly parPoste: Centimes;
      readonly mode: string;
    },
    'regime'
  >
> => {
  const { dossier, postes, regimes, jour } = demande;
  const mode = demande.mode ?? dossier.regime;
  if (!regimes.includes(mode))
    return refuser('regime', `Cette vague ne finance pas au régime « ${mode} » : choisissez l’autre.`);
  const variante = varianteApplicable(await listRegimes(db, demande.programmeId), {
    mode,
    jour,
    categorie: dossier.categorie,
    territoire: territoireDe(dossier.departement),
  });
  const salaire = dossier.salaire === 0 ? undefined : dossier.salaire;
  const un = variante && montantEngage(variante, 1, salaire);
  if (variante === undefined || un?.ok !== true)
    return refuser(
      'regime',
      `Aucun régime « ${mode} » ne s’applique à cette structure le ${dateLongue(jour)}, jour dont cette vague applique les régimes : choisissez l’autre régime ou, si aucun ne s’applique, ajournez le dossier.`,
    );
  const montant = montantEngage(variante, postes, salaire);
  return montant.ok
    ? reussi({ varianteId: variante.id, montant: montant.valeur, parPoste: un.valeur, mode })
    : refuser('regime', montant.message);
};

/** The envelope that a session commits. */
export const enveloppeDe = async (
  db: Database,
  { enveloppeId }: { readonly enveloppeId: string | null },
): Promise<string> => {
  const id = enveloppeId ?? (await getProgramme(db))?.enveloppeId;
  if (id === undefined) throw new Error('no enveloppe');
  return id;
};

/** Refuses no post, and more than are asked for. */
export const verifierPostes = (
  postes: number,
  { postesDemandes }: DossierADecider,
): Refus<'postes'> | undefined => {
  if (!Number.isInteger(postes) || postes < 1)
    return refuser('postes', 'Indiquez le nombre de postes accordés, 1 au moins.');
  return postes > postesDemandes
    ? refuser(
        'postes',
        `La structure demande ${pluriel(postesDemandes, 'poste', 'postes')} : accordez-en ${postesDemandes} au plus.`,
      )
    : undefined;
};

const ecrire = async (
  db: Database,
  acteur: Acteur,
  demande: DemandeDeliberation,
  contexte: Awaited<ReturnType<typeof ouvrirDossier>>,
  avant: Deliberee | undefined,
  noter: (vu: { readonly postes: number; readonly parPoste: Centimes; readonly enveloppeId: string }) => void,
): Promise<void> => {
  const { seance, dossier } = contexte;
  const { resultat, seanceId, candidatureId } = demande;
  const motif = demande.motif?.trim() ?? '';
  const retenue = resultat === 'retenue';
  if (manqueMotif(resultat, motif)) return abandonner(refuser('motif', motifManquant));
  if (resultat === 'liste_attente' && demande.rang !== undefined) {
    const dernier = await compterDossiersDeVague(db, seance.vagueId);
    if (demande.rang < 1 || demande.rang > dernier)
      return abandonner(
        refuser(
          'rang',
          `Écrivez un rang de 1 à ${nombre(dernier)}, le nombre de dossiers de la vague, ou laissez le champ vide pour le suivant.`,
        ),
      );
  }
  if (dossier.aVerifier && resultat !== 'ajournee')
    return abandonner(
      refuser(
        'structure',
        'La structure n’est pas encore vérifiée : faites confirmer son numéro par la préfecture, ou ajournez le dossier.',
      ),
    );
  let varianteId: string | null = null;
  let engagementId: string | null = null;
  let montant = centimes(0);
  const postes = retenue ? (demande.postes ?? 0) : 0;
  if (retenue) {
    const trop = verifierPostes(postes, dossier);
    if (trop) return abandonner(trop);
    const { programmeId, regimes, jourDesRegimes: jour } = seance;
    const chiffre = exiger(
      await chiffrer(db, { programmeId, regimes, jour, dossier, postes, mode: demande.mode }),
    );
    const enveloppeId = await enveloppeDe(db, seance);
    noter({ postes: postes - (avant?.postes ?? 0), parPoste: chiffre.parPoste, enveloppeId });
    ({ varianteId, montant } = chiffre);
    if (avant?.engagementId == null) engagementId = await ajouterEngagement(db, enveloppeId, montant);
    else {
      engagementId = avant.engagementId;
      await changerEngagement(db, engagementId, montant);
    }
  } else if (avant?.engagementId != null) {
    // Money first, posts next: see the migration.
    await changerEngagement(db, avant.engagementId, centimes(0));
  }
  const ecrite: Ecrite = {
    resultat,
    postes,
    varianteId,
    engagementId,
    motif: motif === '' ? null : motif,
    rang:
      resultat !== 'liste_attente'
        ? null
        : (demande.rang ?? avant?.rang ?? (await prochainRang(db, seanceId))),
    par: personneDe(acteur),
  };
  if (avant === undefined) await ajouterDeliberation(db, seanceId, candidatureId, ecrite);
  else await changerDeliberation(db, avant, ecrite);
  // Neither the structure nor its préfecture knows before the session is closed.
  await journaliser(db, acteur, {
    acte: 'deliberation.decider',
    objetType: 'candidature',
    objetId: candidatureId,
    contenu: {
      seance: seanceId,
      resultat,
      postes,
      montant_centimes: montant,
      rang: ecrite.rang,
      ...(avant === undefined ? {} : { avant: avant.resultat, postes_avant: avant.postes }),
    },
    ...(motif === '' ? {} : { motif }),
  });
};

/** The refusal that a ceiling or a rank that is taken means; other faults go on. */
const refusDe = async (
  error: unknown,
  lire: (plafond: Plafond) => Promise<string>,
): Promise<Refus<RefusDeliberation>> => {
  const plafond = plafondDe(error);
  if (plafond !== undefined) return refuser(plafond, await lire(plafond));
  const known = databaseError(error);
  if (known?.constraint === 'deliberation_rang')
    return refuser(
      'rang',
      'Ce rang de la liste d’attente est déjà pris : laissez le champ vide pour le suivant.',
    );
  if (known?.constraint === 'deliberation_en_seance')
    return refuser('seance', 'La séance vient d’être close : plus rien ne s’y décide.');
  throw error;
};

/**
 * Records what an open session decides of a file, with what it commits. Refuses who does not keep the session, a file
 * that is not ready, more posts than asked for, more than the envelope, the objective or a quota leaves (saying what is
 * left), and a file that somebody else has decided in the meantime (saying what).
 */
export const deliberer = async (
  db: Database,
  acteur: Acteur,
  demande: DemandeDeliberation,
): Promise<Resultat<undefined, string>> => {
  let vu: { postes: number; parPoste: Centimes; enveloppeId: string; dossier?: DossierADecider } = {
    postes: 0,
    parPoste: centimes(0),
    enveloppeId: '',
  };
  try {
    return await enRefus(() =>
      enTransaction(db, async (transaction) => {
        const contexte = await ouvrirDossier(transaction, acteur, demande);
        const { dossier } = contexte;
        if (dossier.statut !== 'instruite' || (await retenirDossier(transaction, dossier.id)) !== 'instruite')
          return abandonner(
            refuser(
              'etat',
              'Ce dossier n’est plus à décider : il attend un avis, une correction, ou il est retiré. Passez au suivant.',
            ),
          );
        const avant = await getDeliberation(transaction, demande.seanceId, demande.candidatureId);
        if ((demande.version ?? 0) !== (avant?.version ?? 0)) return abandonner(dejaDecidee(avant));
        await ecrire(transaction, acteur, demande, contexte, avant, (lu) => {
          vu = { ...lu, dossier };
        });
        return reussi(undefined);
      }),
    );
  } catch (error) {
    return refusDe(error, async (plafond) => {
      if (vu.dossier === undefined) throw error;
      return phraseDePlafond(plafond, await lireReste(db, vu.dossier, vu.enveloppeId), vu);
    });
  }
};

/** Takes back what an open session decided of a file: its posts and its money are free again. */
export const annulerDeliberation = (
  db: Database,
  acteur: Acteur,
  demande: { readonly seanceId: string; readonly candidatureId: string; readonly version: number },
): Promise<Resultat<undefined, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      await ouvrirDossier(transaction, acteur, demande);
      const avant = await getDeliberation(transaction, demande.seanceId, demande.candidatureId);
      if (avant === undefined || avant.version !== demande.version) return abandonner(dejaDecidee(avant));
      await annuler(transaction, acteur, { ...demande, avant });
      return reussi(undefined);
    }),
  );

/** Undoes a deliberation that was read under the lock of its wave. */
export const annuler = async (
  db: Database,
  acteur: Acteur,
  {
    seanceId,
    candidatureId,
    avant,
    motif,
  }: {
    readonly seanceId: string;
    readonly candidatureId: string;
    readonly avant: Pick<Deliberee, 'id' | 'engagementId' | 'resultat' | 'postes'>;
    readonly motif?: string;
  },
): Promise<void> => {
  if (avant.engagementId !== null) await changerEngagement(db, avant.engagementId, centimes(0));
  await effacerDeliberation(db, avant);
  await journaliser(db, acteur, {
    acte: 'deliberation.annuler',
    objetType: 'candidature',
    objetId: candidatureId,
    contenu: { seance: seanceId, resultat: avant.resultat, postes: avant.postes },
    ...(motif === undefined ? {} : { motif }),
  });
};
