import { Temporal } from 'temporal-polyfill';
import { deposerCourriels } from '../../platform/courriel.ts';
import { type Database, databaseError, enTransaction } from '../../platform/database/index.ts';
import { nombre } from '../../platform/francais/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { abandonner, enRefus, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { changerStatut } from '../../platform/workflow.ts';
import { getProgramme } from '../store.ts';
import { contradictionsDe, phraseDesManques } from './coherence.rules.ts';
import {
  type ChampVague,
  type ContenuVague,
  champsFiges,
  clotureDe,
  fuseauxDOutreMer,
  type Section,
  sections,
  suppressionEmpechee,
} from './rules.ts';
import {
  creerBrouillonDeVague,
  ecrireContenu,
  ecrireCriteres,
  ecrireDepartements,
  ecrireQuestions,
  ecrireQuotas,
  effacerBrouillonDeVague,
  estNommee,
  getMaintenant,
  lirePays,
  lireVague,
  listAPrevenir,
  manquesDe,
  prochainRang,
  type VagueLue,
} from './store.ts';
import { workflowVague } from './workflow.ts';

const dejaChangee = () =>
  refuser(
    'version',
    'Une autre personne vient de modifier cette vague\u00a0: relisez-la, puis recommencez votre changement.',
  );
const introuvable = () => refuser('absent', 'Cette vague n’existe pas\u00a0: revenez à la liste des vagues.');

const dejaNommee = () => refuser('nom', 'Une autre vague porte déjà ce nom\u00a0: choisissez-en un autre.');

const territoireInconnu =
  'Ce territoire n’existe pas\u00a0: rechargez la page, puis choisissez-le dans la liste.';

/** The refusal of what the database alone guards, by the field that it is about. */
const refusDeLaBase = (error: unknown, vague: VagueLue) => {
  switch (databaseError(error)?.constraint) {
    case 'vague_objectif_jamais_depasse':
      return refuser(
        'objectifPostes',
        `Le comité a déjà décidé ${nombre(vague.postesDecides)} postes\u00a0: l’objectif ne peut pas être plus bas.`,
      );
    case 'quota_jamais_depasse':
      return refuser(
        'quotas',
        'Le comité a déjà décidé davantage de postes sur l’un de ces territoires\u00a0: son maximum ne peut pas être plus bas.',
      );
    case 'vague_quota_territoire':
      return refuser('quotas', 'Un territoire n’a qu’un quota\u00a0: retirez celui qui est en double.');
    case 'vague_critere_vague_id_libelle_key':
      return refuser('criteres', 'Deux critères portent le même nom\u00a0: changez l’un des deux.');
    case 'vague_programme_id_rang_key':
      return refuser('rang', 'Une autre vague porte déjà ce rang\u00a0: choisissez-en un autre.');
    case 'vague_departement_departement_code_fkey':
      return refuser('departements', territoireInconnu);
    case 'vague_quota_departement_code_fkey':
    case 'vague_quota_region_code_fkey':
      return refuser('quotas', territoireInconnu);
    case 'vague_enveloppe_id_fkey':
      return refuser('enveloppeId', 'Cette enveloppe n’existe plus\u00a0: choisissez-en une autre.');
    case 'vague_figee':
      return refuser(
        'criteres',
        'Une candidature vient d’être déposée\u00a0: les critères et les questions ne changent plus.',
      );
    default:
      return undefined;
  }
};

/** Opens a draft of a wave: it shows nowhere until it is published. Refuses a name that another has. Gives its identifier. */
export const creerVague = (
  db: Database,
  acteur: Acteur,
  { nom }: { readonly nom: string },
): Promise<Resultat<string, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const programme = await getProgramme(transaction);
      if (!programme)
        return abandonner(refuser('programme', 'Aucun programme n’est installé dans cette base.'));
      if (await estNommee(transaction, programme.id, nom, null)) return abandonner(dejaNommee());
      const rang = await prochainRang(transaction, programme.id);
      const id = await creerBrouillonDeVague(transaction, {
        programmeId: programme.id,
        enveloppeId: programme.enveloppeId,
        rang,
        nom,
      });
      await journaliser(transaction, acteur, {
        acte: 'programme.creer_vague',
        objetType: 'vague',
        objetId: id,
        contenu: { nom, rang },
      });
      return reussi(id);
    }),
  );

const different = (avant: unknown, apres: unknown): boolean =>
  JSON.stringify(avant) !== JSON.stringify(apres);

/**
 * Writes a part of a wave. Refuses, by field, what is frozen, what is less than what is decided, what cannot be true
 * together, a name that another has, and what would leave a published wave incomplete.
 */
export const modifierVague = (
  db: Database,
  acteur: Acteur,
  demande: {
    readonly id: string;
    readonly version: number;
    readonly section: Section;
    readonly valeurs: Partial<ContenuVague>;
  },
): Promise<Resultat<undefined, string>> =>
  enRefus(async () => {
    const avant = await lireVague(db, demande.id);
    if (avant === undefined) return introuvable();
    const champs: readonly ChampVague[] = sections[demande.section].champs;
    const changes = champs.filter(
      (champ) =>
        demande.valeurs[champ] !== undefined &&
        (different(avant[champ], demande.valeurs[champ]) ||
          // The first of a month that was announced alone becomes a day, though it is written the same.
          (champ === 'ouvreLe' && demande.valeurs.ouvreLe !== null && avant.ouverturePrecision === 'mois')),
    );
    if (demande.version !== avant.version) return dejaChangee();
    if (changes.length === 0) return reussi(undefined);
    try {
      return await enTransaction(db, async (transaction) => {
        const apres: VagueLue = {
          ...avant,
          ...Object.fromEntries(changes.map((champ) => [champ, demande.valeurs[champ]])),
          // A day that is written is known to the day.
          ...(changes.includes('ouvreLe') ? { ouverturePrecision: 'jour' as const } : {}),
        };
        const { ouvreLe, ouvreHeure, fermeLe, fermeHeure } = apres;
        if (ouvreLe !== null && fermeLe !== null && `${fermeLe} ${fermeHeure}` <= `${ouvreLe} ${ouvreHeure}`)
          return abandonner(
            refuser('ouvreLe', 'L’ouverture vient avant la clôture\u00a0: choisissez un jour plus proche.'),
          );
        if (!(await ecrireContenu(transaction, demande.id, demande.version, apres)))
          return abandonner(dejaChangee());
        // Read again once the row is held: an application may have come in between.
        const tenue = await lireVague(transaction, demande.id);
        if (tenue === undefined) return abandonner(introuvable());
        const figes = champsFiges(
          { ...tenue, ouverturePrecision: avant.ouverturePrecision },
          avant,
          await getMaintenant(transaction),
        );
        for (const champ of changes) {
          const raison = figes[champ];
          if (raison !== undefined) return abandonner(refuser(champ, raison));
        }
        if (changes.includes('nom') && (await estNommee(transaction, avant.programmeId, apres.nom, avant.id)))
          return abandonner(dejaNommee());
        for (const { champ, autres, texte } of contradictionsDe(apres, await lirePays(transaction))) {
          // What was there before somebody wrote something else is told where it is published.
          const change = [champ, ...autres].find((each) => changes.includes(each));
          if (change !== undefined)
            return abandonner(refuser(champs.includes(champ) ? champ : change, texte));
        }
        const fermes =
          avant.departements.length === 0
            ? []
            : avant.departements.filter((code) => !apres.departements.includes(code));
        if (
          changes.includes('departements') &&
          tenue.deposees > 0 &&
          (avant.departements.length === 0 || (apres.departements.length > 0 && fermes.length > 0))
        )
          return abandonner(
            refuser(
              'departements',
              'Des candidatures sont déposées\u00a0: un département peut être ajouté, aucun ne peut plus être retiré.',
            ),
          );
        if (changes.includes('departements'))
          await ecrireDepartements(transaction, demande.id, apres.departements);
        if (changes.includes('criteres')) await ecrireCriteres(transaction, demande.id, apres.criteres);
        if (changes.includes('questions')) await ecrireQuestions(transaction, demande.id, apres.questions);
        if (changes.includes('quotas')) await ecrireQuotas(transaction, demande.id, apres.quotas);
        if (avant.statut === 'publiee') {
          const connus = new Set((await manquesDe(transaction, avant)).map(({ texte }) => texte));
          const manques = (await manquesDe(transaction, apres)).filter(({ texte }) => !connus.has(texte));
          if (manques.length > 0)
            return abandonner(refuser(changes[0] ?? 'nom', phraseDesManques(manques, 'publiee')));
        }
        await journaliser(transaction, acteur, {
          acte: 'programme.modifier_vague',
          objetType: 'vague',
          objetId: demande.id,
          contenu: {
            section: demande.section,
            avant: Object.fromEntries(changes.map((champ) => [champ, avant[champ]])),
            apres: Object.fromEntries(changes.map((champ) => [champ, apres[champ]])),
          },
        });
        return reussi(undefined);
      });
    } catch (error) {
      const refus = refusDeLaBase(error, avant);
      if (refus === undefined) throw error;
      return refus;
    }
  });

/**
 * Takes away a draft that was begun by mistake; its rank is free again. Refuses a wave that was published, which is
 * cancelled, and one on which a session of the committee is prepared.
 */
export const supprimerVague = async (
  db: Database,
  acteur: Acteur,
  demande: { readonly id: string; readonly version: number },
): Promise<Resultat<undefined, string>> => {
  try {
    return await enRefus(() =>
      enTransaction(db, async (transaction) => {
        const vague = await lireVague(transaction, demande.id);
        if (vague === undefined) return abandonner(introuvable());
        if (vague.statut !== 'preparation')
          return abandonner(
            refuser(
              'etat',
              'Seule une vague en préparation se supprime\u00a0: une vague publiée s’annule, et reste lisible.',
            ),
          );
        if (!(await effacerBrouillonDeVague(transaction, demande))) return abandonner(dejaChangee());
        await journaliser(transaction, acteur, {
          acte: 'programme.supprimer_vague',
          objetType: 'vague',
          objetId: vague.id,
          contenu: { nom: vague.nom, rang: vague.rang },
        });
        return reussi(undefined);
      }),
    );
  } catch (error) {
    switch (databaseError(error)?.constraint) {
      case 'seance_vague_id_fkey':
        return refuser('seance', suppressionEmpechee.seance);
      case 'candidature_vague_id_fkey':
        return refuser('candidature', suppressionEmpechee.candidature);
      default:
        throw error;
    }
  }
};

/** Puts the closing of a published wave off, for a reason. Refuses an earlier one, and one that is past already. */
export const prolongerVague = (
  db: Database,
  acteur: Acteur,
  demande: {
    readonly id: string;
    readonly version: number;
    readonly fermeLe: string;
    readonly fermeHeure: string;
    readonly motif: string;
  },
): Promise<Resultat<undefined, string>> =>
  enRefus(async () => {
    if (demande.motif.trim() === '')
      return refuser('motif', 'Donnez le motif\u00a0: il est demandé pour reporter la clôture.');
    const avant = await lireVague(db, demande.id);
    if (avant === undefined) return introuvable();
    if (avant.statut !== 'publiee')
      return refuser('etat', 'Seule la clôture d’une vague publiée se reporte\u00a0: modifiez ses dates.');
    const apres: VagueLue = { ...avant, fermeLe: demande.fermeLe, fermeHeure: demande.fermeHeure };
    const [ancienne, nouvelle] = [clotureDe(avant, null), clotureDe(apres, null)];
    if (ancienne === undefined || nouvelle === undefined || Temporal.Instant.compare(nouvelle, ancienne) <= 0)
      return refuser(
        'ferme_le',
        'La clôture ne peut qu’être reportée\u00a0: choisissez un moment plus tardif.',
      );
    return enTransaction(db, async (transaction) => {
      const maintenant = await getMaintenant(transaction);
      const derniere = [null, ...Object.keys(fuseauxDOutreMer)].every((departement) => {
        const cloture = clotureDe(apres, departement);
        return cloture === undefined || Temporal.Instant.compare(cloture, maintenant) <= 0;
      });
      if (derniere) return refuser('ferme_le', 'Ce moment est déjà passé\u00a0: choisissez un jour à venir.');
      if (!(await ecrireContenu(transaction, demande.id, demande.version, apres)))
        return abandonner(dejaChangee());
      await journaliser(transaction, acteur, {
        acte: 'programme.prolonger_vague',
        objetType: 'vague',
        objetId: demande.id,
        motif: demande.motif.trim(),
        contenu: {
          avant: { fermeLe: avant.fermeLe, fermeHeure: avant.fermeHeure },
          apres: { fermeLe: demande.fermeLe, fermeHeure: demande.fermeHeure },
        },
      });
      return reussi(undefined);
    });
  });

/** Publishes a draft. Refuses one that is not complete, saying everything that is missing. */
export const publierVague = (
  db: Database,
  acteur: Acteur,
  { id, version }: { readonly id: string; readonly version: number },
) => changerStatut(db, workflowVague, acteur, { id, version, nom: 'publier' });

/**
 * Cancels a wave, for a reason. Refuses one in which posts are decided, or a session is open. The managers of each structure that applied, or
 * was about to, are told by mail, once for each application.
 */
export const annulerVague = (
  db: Database,
  acteur: Acteur,
  {
    id,
    version,
    motif,
    adresse,
  }: {
    readonly id: string;
    readonly version: number;
    readonly motif: string;
    /** Of the site, for links. */
    readonly adresse: string;
  },
) =>
  enTransaction(db, async (transaction) => {
    const done = await changerStatut(transaction, workflowVague, acteur, {
      id,
      version,
      motif,
      nom: 'annuler',
    });
    if (!done.ok) return done;
    const prevenus = await listAPrevenir(transaction, id);
    await deposerCourriels(
      transaction,
      prevenus.map((prevenu) => ({
        destinataire: prevenu.courriel,
        objet: `${prevenu.vague}\u00a0: la vague est annulée`,
        paragraphes: [
          'Bonjour,',
          `La vague «\u00a0${prevenu.vague}\u00a0», à laquelle répond votre candidature n°\u00a0${prevenu.numero}, est annulée. Motif\u00a0: ${motif.trim()}`,
          'Votre candidature est gardée telle quelle\u00a0: vous pouvez la relire, mais elle n’ira pas plus loin. Vous n’avez rien à faire.',
        ],
        lien: { texte: 'Relire la candidature', href: `${adresse}/candidatures/${prevenu.candidature}` },
        personne: prevenu.personne,
        cle: `vague annulee ${prevenu.candidature} ${prevenu.personne}`,
        objetType: 'candidature',
        objetId: prevenu.candidature,
      })),
    );
    return done;
  });
