import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import { defineWorkflow } from '../platform/workflow.ts';
import { vagueAnnulee } from './instruction/rules.ts';

const structure = ['gestionnaire', 'operateur'] as const;
const prefecture = ['instructeur', 'operateur'] as const;
const comite = ['membre_comite', 'administrateur', 'operateur'] as const;

/** A wave closes by itself: nothing is submitted before or after. */
const vagueOuverte = async (db: Database, id: string): Promise<string | undefined> => {
  const { rows } = await sql<{ etat: string; ouvert: boolean }>`
    select vague_etat(candidature.vague_id, commune.departement_code, now()) as etat,
      not exists (select from vague_departement where vague_id = candidature.vague_id)
        or exists (select from vague_departement ouvert where ouvert.vague_id = candidature.vague_id
          and ouvert.departement_code = commune.departement_code) as ouvert
    from candidature join structure on structure.id = candidature.structure_id
    left join commune on commune.code = structure.commune_code
    where candidature.id = ${id}`.execute(db);
  switch (rows[0]?.etat) {
    case 'ouverte':
      // A structure that is not verified yet may have moved since it began.
      return rows[0].ouvert
        ? undefined
        : 'La vague n’est pas ouverte dans le département de la structure : vérifiez sa commune. La candidature reste gardée telle quelle.';
    case 'close':
      return 'La vague est close : la candidature reste gardée telle quelle, mais ne peut plus être déposée.';
    case 'annulee':
      return 'La vague est annulée : la candidature reste gardée telle quelle, mais ne peut plus être déposée.';
    default:
      return 'La vague n’est pas ouverte : la candidature est gardée, déposez-la quand elle le sera.';
  }
};

/** A wave that is cancelled takes its applications no further. */
const vagueMaintenue = async (db: Database, id: string): Promise<string | undefined> => {
  const { rows } = await sql`
    select from candidature join vague on vague.id = candidature.vague_id
    where candidature.id = ${id} and vague.statut = 'annulee'`.execute(db);
  return rows.length === 0 ? undefined : vagueAnnulee;
};

/** No decision on a structure that the directory of companies has not confirmed (product.md, 8). */
const structuresVerifiees = async (db: Database, ids: readonly string[]) => {
  const { rows } = await sql<{ id: string }>`
    select candidature.id from candidature join structure on structure.id = candidature.structure_id
    where candidature.id = any (${[...ids]}::uuid[]) and structure.a_verifier order by candidature.numero limit 1`.execute(
    db,
  );
  return rows.map(({ id }) => ({
    id,
    message: 'La structure n’est pas encore vérifiée : confirmez son numéro avant de décider.',
  }))[0];
};
const structureVerifiee = {
  garde: async (db: Database, id: string) => (await structuresVerifiees(db, [id]))?.message,
  gardeEnLot: structuresVerifiees,
};

/** The life of an application. What is decided live in a session is a deliberation; closing the session decides. */
export const workflowCandidature = defineWorkflow({
  objet: 'la candidature',
  table: 'candidature',
  initial: 'brouillon',
  etats: {
    brouillon: 'brouillon',
    abandonnee: 'abandonnée',
    deposee: 'déposée',
    en_correction: 'à corriger',
    instruite: 'instruite',
    retiree: 'retirée',
    doublon: 'doublon',
    retenue: 'retenue',
    refusee: 'refusée',
    ajournee: 'ajournée',
    liste_attente: 'sur liste d’attente',
    desistee: 'désistée',
  },
  transitions: {
    deposer: {
      libelle: 'déposer',
      depuis: ['brouillon'],
      vers: 'deposee',
      qui: structure,
      motifRequis: false,
      garde: vagueOuverte,
    },
    // A new version, until the wave closes; a new opinion is then due.
    redeposer: {
      libelle: 'déposer à nouveau',
      depuis: ['deposee', 'instruite'],
      vers: 'deposee',
      qui: structure,
      motifRequis: false,
      garde: vagueOuverte,
    },
    abandonner: {
      libelle: 'abandonner',
      depuis: ['brouillon'],
      vers: 'abandonnee',
      qui: structure,
      motifRequis: false,
    },
    retirer: {
      libelle: 'retirer',
      depuis: ['deposee', 'en_correction', 'instruite', 'ajournee', 'liste_attente'],
      vers: 'retiree',
      qui: structure,
      motifRequis: true,
    },
    demander_correction: {
      libelle: 'faire corriger',
      depuis: ['deposee', 'instruite'],
      vers: 'en_correction',
      qui: prefecture,
      motifRequis: false,
      garde: vagueMaintenue,
    },
    corriger: {
      libelle: 'corriger',
      depuis: ['en_correction'],
      vers: 'deposee',
      qui: structure,
      motifRequis: false,
      garde: vagueMaintenue,
    },
    // By the préfecture, when no answer came or none is needed any more.
    reprendre: {
      libelle: 'reprendre sans correction',
      depuis: ['en_correction'],
      vers: 'deposee',
      qui: prefecture,
      motifRequis: true,
    },
    rendre_avis: {
      libelle: 'rendre un avis sur',
      depuis: ['deposee', 'instruite', 'ajournee'],
      vers: 'instruite',
      qui: prefecture,
      motifRequis: false,
      garde: vagueMaintenue,
    },
    fusionner: {
      libelle: 'signaler comme doublon',
      depuis: ['deposee', 'en_correction', 'instruite'],
      vers: 'doublon',
      qui: prefecture,
      motifRequis: true,
    },
    // The structure may have applied again meanwhile: one active application per wave.
    separer: {
      libelle: 'rétablir',
      depuis: ['doublon'],
      vers: 'deposee',
      qui: prefecture,
      motifRequis: true,
    },
    retenir: {
      libelle: 'retenir',
      depuis: ['instruite'],
      vers: 'retenue',
      qui: comite,
      motifRequis: false,
      ...structureVerifiee,
    },
    refuser: {
      libelle: 'refuser',
      depuis: ['instruite'],
      vers: 'refusee',
      qui: comite,
      motifRequis: true,
      ...structureVerifiee,
    },
    ajourner: {
      libelle: 'ajourner',
      depuis: ['instruite'],
      vers: 'ajournee',
      qui: comite,
      motifRequis: true,
    },
    mettre_en_attente: {
      libelle: 'mettre sur liste d’attente',
      depuis: ['instruite'],
      vers: 'liste_attente',
      qui: comite,
      motifRequis: false,
      ...structureVerifiee,
    },
    promouvoir: {
      libelle: 'promouvoir',
      depuis: ['liste_attente'],
      vers: 'retenue',
      qui: ['administrateur', 'operateur'],
      motifRequis: true,
      garde: async (db, id) => (await vagueMaintenue(db, id)) ?? (await structureVerifiee.garde(db, id)),
    },
    // The session is reopened: what it decided is under way again.
    rouvrir: {
      libelle: 'rouvrir',
      depuis: ['retenue', 'refusee', 'ajournee', 'liste_attente'],
      vers: 'instruite',
      qui: ['administrateur', 'operateur'],
      motifRequis: true,
    },
    // Lawful withdrawal of a decision to retain.
    retirer_decision: {
      libelle: 'retirer la décision sur',
      depuis: ['retenue'],
      vers: 'refusee',
      qui: ['administrateur', 'operateur'],
      motifRequis: true,
    },
    // The structure gives its posts up.
    se_desister: {
      libelle: 'se désister de',
      depuis: ['retenue'],
      vers: 'desistee',
      qui: structure,
      motifRequis: true,
    },
  },
});

export type EtatCandidature = keyof typeof workflowCandidature.etats;

/** A decision that was withdrawn is no refusal of the committee, though nothing is left of it either. */
export const direEtat = (statut: EtatCandidature, retiree: boolean): string =>
  retiree && statut === 'refusee' ? 'décision retirée' : workflowCandidature.etats[statut];

/** Whether the last decision on an application was withdrawn since. */
export const decisionRetiree = (
  candidature: RawBuilder<unknown>,
): RawBuilder<boolean> => sql<boolean>`coalesce((
  select retiree_le is not null from decision where decision.candidature_id = ${candidature}
  order by decision.id desc limit 1), false)`;

/** Who presides, who writes, and enough of the others: else nothing that is decided holds. */
export const quorumAtteint = async (db: Database, id: string): Promise<string | undefined> => {
  const { rows } = await sql<{
    quorum: number;
    annulee: boolean;
    presents: number;
    president: boolean;
    secretaire: boolean;
  }>`
    select quorum, exists (select from vague where id = seance.vague_id and statut = 'annulee') as annulee,
      count(*) filter (where present)::integer as presents,
      coalesce(bool_or(present and fonction = 'president'), false) as president,
      coalesce(bool_or(present and fonction = 'secretaire'), false) as secretaire
    from seance left join seance_membre on seance_id = seance.id where seance.id = ${id} group by seance.id`.execute(
    db,
  );
  const [seance] = rows;
  if (seance === undefined) return undefined;
  if (seance.annulee) return 'La vague de cette séance est annulée : il n’y a plus rien à y décider.';
  if (!seance.president || !seance.secretaire)
    return 'Notez d’abord la présence du président et du secrétaire : la séance ne s’ouvre pas sans eux.';
  return seance.presents >= seance.quorum
    ? undefined
    : `Le quorum n’est pas atteint : ${seance.presents} présents sur ${seance.quorum} demandés. Notez les présences, ou reportez la séance.`;
};

/** The life of a session of the committee. */
export const workflowSeance = defineWorkflow({
  objet: 'la séance',
  table: 'seance',
  initial: 'preparation',
  etats: { preparation: 'en préparation', ouverte: 'ouverte', close: 'close' },
  transitions: {
    ouvrir: {
      libelle: 'ouvrir',
      depuis: ['preparation'],
      vers: 'ouverte',
      qui: comite,
      motifRequis: false,
      garde: quorumAtteint,
    },
    clore: { libelle: 'clore', depuis: ['ouverte'], vers: 'close', qui: comite, motifRequis: false },
    rouvrir: {
      libelle: 'rouvrir',
      depuis: ['close'],
      vers: 'ouverte',
      qui: ['administrateur', 'operateur'],
      motifRequis: true,
    },
  },
});
