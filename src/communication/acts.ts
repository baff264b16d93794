import { annoncerSeance } from '../candidatures/index.ts';
import { type Database, enTransaction } from '../platform/database/index.ts';
import { dateLongue } from '../platform/francais/index.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import { abandonner, enRefus, exiger, type Resultat, refuser, reussi } from '../platform/result.ts';
import { changerStatut } from '../platform/workflow.ts';
import { getDepartement } from '../territoires/index.ts';
import { type DemandeFaits, type Dossier, reunirFaits } from './faits.store.ts';
import {
  type CleParagraphe,
  composerCommunique,
  empechementPublication,
  type FaitsCommunique,
  type Paragraphe,
  verifierRedaction,
} from './rules.ts';
import {
  commencerCommunique,
  type EnTeteEnregistre,
  enregistrerEnTete,
  type LigneCommunique,
  modifierCommunique,
} from './store.ts';
import { workflowCommunique } from './workflow.ts';

/** All reworded or rewordable paragraphs of a communiqué, in order. */
export const paragraphesDe = (faits: FaitsCommunique): readonly Paragraphe[] => {
  const { titre, paragraphes, liste, suite } = composerCommunique(faits);
  return [titre, ...paragraphes, liste.intertitre, ...(suite ? [suite.paragraphe] : [])];
};

type Draft = { readonly dossier: Dossier; readonly brouillon: LigneCommunique };

/** The facts and the draft, begun where there was none; refuses what is published or withdrawn. */
const ouvrirBrouillon = async (db: Database, demande: DemandeFaits): Promise<Draft> => {
  const dossier = exiger(await reunirFaits(db, demande));
  const brouillon = await commencerCommunique(db, {
    seanceId: dossier.seanceId,
    departement: demande.departement,
    date: demande.date,
  });
  if (brouillon.statut !== 'brouillon') {
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

const occupe = () =>
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

/**
 * Publishes a communiqué from an instant on: the decisions of its session in its département become public at the same
 * instant. Refuses a wording overtaken by the facts, and what is published or withdrawn already.
 */
export const publierCommunique = (
  db: Database,
  acteur: Acteur,
  demande: DemandeFaits & { readonly instant: string; readonly dateVoulue?: string },
): Promise<Resultat<Publication>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const { dossier, brouillon } = await ouvrirBrouillon(transaction, demande);
      const empechement = empechementPublication(dossier.faits);
      if (empechement) return abandonner(empechement);
      const date = demande.dateVoulue ?? brouillon.date;
      const { structures, postes } = dossier.faits.totaux;
      const written = await modifierCommunique(transaction, brouillon, {
        date,
        publieLe: demande.instant,
        chiffres: { structures, postes },
      });
      if (!written) return abandonner(occupe());
      exiger(
        await changerStatut(transaction, workflowCommunique, acteur, {
          id: brouillon.id,
          nom: 'publier',
          version: brouillon.version + 1,
          contenu: { structures, postes, instant: demande.instant, date },
        }),
      );
      const { seance, departement, instant } = demande;
      const annonce = exiger(await annoncerSeance(transaction, acteur, { seance, departement, instant }));
      const { avertissements } = composerCommunique(dossier.faits);
      return reussi({ ...annonce, date, avertissements });
    }),
  );

/** Withdraws a published communiqué (with a reason) or takes a withdrawn one up again. */
export const changerCommunique = (
  db: Database,
  acteur: Acteur,
  demande: DemandeFaits & { readonly transition: 'retirer' | 'reprendre'; readonly motif?: string },
): Promise<Resultat<undefined>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const { communique } = exiger(await reunirFaits(transaction, demande));
      if (!communique) {
        return abandonner(
          refuser(
            'absent',
            `Il n’y a pas de communiqué pour la séance du ${dateLongue(demande.seance)} dans ce département.`,
          ),
        );
      }
      exiger(
        await changerStatut(transaction, workflowCommunique, acteur, {
          id: communique.id,
          nom: demande.transition,
          version: communique.version,
          ...(demande.motif === undefined ? {} : { motif: demande.motif }),
        }),
      );
      return reussi(undefined);
    }),
  );

/** Sets the letterhead of a préfecture. Refuses an unknown département. */
export const definirEnTete = (
  db: Database,
  acteur: Acteur,
  departement: string,
  enTete: EnTeteEnregistre,
): Promise<Resultat<undefined>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      if (!(await getDepartement(transaction, departement))) {
        return abandonner(
          refuser(
            'departement',
            `Le département « ${departement} » n’existe pas. Donnez son code : 02, 2A, 971…`,
          ),
        );
      }
      await enregistrerEnTete(transaction, departement, enTete);
      await journaliser(transaction, acteur, {
        acte: 'communication.definir_en_tete',
        objetType: 'departement',
        objetId: departement,
      });
      return reussi(undefined);
    }),
  );
