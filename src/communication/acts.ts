import { annoncerSeance, annulerAnnonce } from '../candidatures/index.ts';
import { type Database, enTransaction } from '../platform/database/index.ts';
import { dateLongue } from '../platform/francais/index.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import { abandonner, enRefus, exiger, type Resultat, refuser, reussi } from '../platform/result.ts';
import { changerStatut } from '../platform/workflow.ts';
import { type DemandeFaits, type Dossier, reunirFaits } from './faits.store.ts';
import {
  aVenir,
  type CleParagraphe,
  composerCommunique,
  empechementPublication,
  paragraphesDe,
  verifierRedaction,
} from './rules.ts';
import {
  commencerCommunique,
  type LigneCommunique,
  modifierCommunique,
  preparerPublication,
} from './store.ts';
import { type EtatDuCommunique, workflowCommunique } from './workflow.ts';

type Draft = { readonly dossier: Dossier; readonly brouillon: LigneCommunique };

/** The facts and the draft, begun where there was none; refuses what is published or withdrawn. */
const ouvrirBrouillon = async (
  db: Database,
  demande: DemandeFaits,
  etats: readonly EtatDuCommunique[] = ['brouillon'],
): Promise<Draft> => {
  const dossier = exiger(await reunirFaits(db, demande));
  const brouillon = await commencerCommunique(db, {
    seanceId: dossier.seanceId,
    departement: demande.departement,
    date: demande.date,
  });
  if (!etats.includes(brouillon.statut)) {
    const todo =
      brouillon.statut === 'publie'
        ? 'Retirez-le d’abord (maillage communique retirer).'
        : 'Reprenez-le d’abord (maillage communique reprendre).';
    return abandonner(
      refuser(
        'etat',
        `Ce communiqué est ${workflowCommunique.etats[brouillon.statut]} : il ne se modifie plus. ${todo}`,
      ),
    );
  }
  return { dossier, brouillon };
};

/** The refusal of who comes second. */
export const occupe = () =>
  refuser('version', 'Une autre personne vient de modifier ce communiqué. Relisez-le et recommencez.');

/** Rewords a paragraph of a draft; `texte` null comes back to the proposed wording. Figures may not be changed. */
export const reecrireParagraphe = (
  db: Database,
  acteur: Acteur,
  demande: DemandeFaits & { readonly cle: CleParagraphe; readonly texte: string | null },
): Promise<Resultat<string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const { dossier, brouillon } = await ouvrirBrouillon(transaction, demande);
      const paragraphe = paragraphesDe({ ...dossier.faits, redactions: {} }).find(
        ({ cle }) => cle === demande.cle,
      );
      if (!paragraphe)
        return abandonner(refuser('paragraphe', `Ce communiqué n’a pas de paragraphe « ${demande.cle} ».`));
      const textes = { ...brouillon.textes };
      if (demande.texte === null) delete textes[demande.cle];
      else {
        const { chiffres } = composerCommunique(dossier.faits);
        const gabarit = exiger(verifierRedaction(demande.cle, paragraphe.gabarit, demande.texte, chiffres));
        textes[demande.cle] = { gabarit, origine: paragraphe.gabarit };
      }
      if (!(await modifierCommunique(transaction, brouillon, { textes }))) return abandonner(occupe());
      await journaliser(transaction, acteur, {
        acte: 'communique.reecrire',
        objetType: 'communique',
        objetId: brouillon.id,
        contenu: { paragraphe: demande.cle, retabli: demande.texte === null },
        perimetre: { departement: demande.departement },
      });
      return reussi(textes[demande.cle]?.gabarit ?? paragraphe.gabarit);
    }),
  );

export type Publication = {
  readonly annoncees: number;
  readonly total: number;
  readonly date: string;
  /** What is still to be reviewed, and did not prevent publication. */
  readonly avertissements: readonly string[];
};

type APublier = {
  readonly demande: DemandeFaits & { readonly instant: string };
  readonly dossier: Dossier;
  readonly brouillon: LigneCommunique;
  readonly date: string;
  readonly nom: 'publier' | 'publier_directement';
  readonly motif?: string;
};

/**
 * Publishes from an instant on, in the transaction given: the communiqué, and the decisions of its session in its
 * département at the same instant. A refusal is carried out.
 */
export const mettreEnLigne = async (
  transaction: Database,
  acteur: Acteur,
  { demande, dossier, brouillon, date, nom, motif }: APublier,
): Promise<Publication> => {
  const empechement = empechementPublication(dossier.faits);
  if (empechement) return abandonner(empechement);
  const { structures, postes } = dossier.faits.totaux;
  const { seance, departement, instant } = demande;
  const written = await preparerPublication(transaction, brouillon, {
    publieLe: instant,
    chiffres: { structures, postes },
    signataire: dossier.faits.signataire,
    ...(date === brouillon.date ? {} : { date }),
  });
  if (!written) return abandonner(occupe());
  exiger(
    await changerStatut(transaction, workflowCommunique, acteur, {
      id: brouillon.id,
      nom,
      version: brouillon.version + 1,
      contenu: {
        structures,
        postes,
        instant,
        date,
        ...(instant > demande.maintenant ? { programme: true } : {}),
      },
      perimetre: { departement },
      ...(motif === undefined ? {} : { motif }),
    }),
  );
  const annonce = exiger(await annoncerSeance(transaction, acteur, { seance, departement, instant }));
  const { avertissements } = composerCommunique(dossier.faits);
  return { ...annonce, date, avertissements };
};

/**
 * Publishes a communiqué from the command line, proofread or not: why is written in the journal. Refuses a wording
 * overtaken by the facts, and what is published or withdrawn already.
 */
export const publierCommunique = (
  db: Database,
  acteur: Acteur,
  demande: DemandeFaits & { readonly instant: string; readonly dateVoulue?: string; readonly motif?: string },
): Promise<Resultat<Publication>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const { dossier, brouillon } = await ouvrirBrouillon(transaction, demande, [
        'brouillon',
        'en_relecture',
        'relu',
      ]);
      const date = demande.dateVoulue ?? brouillon.date;
      const { motif = 'publié en ligne de commande' } = demande;
      return reussi(
        await mettreEnLigne(transaction, acteur, {
          demande,
          dossier,
          brouillon,
          date,
          nom: 'publier_directement',
          motif,
        }),
      );
    }),
  );

/**
 * Withdraws a published communiqué (with a reason), or takes one up again as a draft. Withdrawn before its hour, it
 * takes back the announcement of its decisions, which would have come with it.
 */
export const changerCommunique = (
  db: Database,
  acteur: Acteur,
  demande: DemandeFaits & {
    readonly transition: 'retirer' | 'reprendre';
    readonly motif?: string;
    /** The row version that was seen; the last one, from the command line. */
    readonly version?: number;
  },
): Promise<Resultat<undefined>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const { seance, departement, transition: nom, motif } = demande;
      const { communique } = exiger(await reunirFaits(transaction, demande));
      if (!communique) {
        return abandonner(
          refuser(
            'absent',
            `Il n’y a pas de communiqué pour la séance du ${dateLongue(seance)} dans ce département.`,
          ),
        );
      }
      const { publieLe } = communique;
      const avant = nom === 'retirer' && aVenir(publieLe, demande.maintenant);
      exiger(
        await changerStatut(transaction, workflowCommunique, acteur, {
          id: communique.id,
          nom,
          version: demande.version ?? communique.version,
          perimetre: { departement },
          ...(avant ? { contenu: { programme: true } } : {}),
          ...(motif === undefined ? {} : { motif }),
        }),
      );
      if (avant) await annulerAnnonce(transaction, acteur, { seance, departement, instant: publieLe });
      return reussi(undefined);
    }),
  );
