import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { dateLongue, pluriel } from '../../platform/francais/index.ts';
import type { Role } from '../../platform/journal.ts';
import { estComptee, etatMontre, etatsDeVague } from '../../programme/index.ts';
import { avisAttendu } from '../instruction/liste.ts';
import { decisionRetiree, direEtat, type EtatCandidature, workflowSeance } from '../workflow.ts';

/** Where one thing of a role stands, in a line that leads to it. */
export type LigneDEspace = { readonly texte: string; readonly href: string; readonly detail: string };
export type PartieDEspace = {
  readonly titre: string;
  readonly lignes: readonly LigneDEspace[];
  /** What is said when there are none. */
  readonly vide: string;
  /** Where all of them are. */
  readonly suite: { readonly texte: string; readonly href: string };
};

const montrees = 5;

const desStructures = async (db: Database): Promise<PartieDEspace> => {
  const { rows } = await sql<{
    id: string;
    numero: number;
    vague: string;
    statut: EtatCandidature;
    retiree: boolean;
  }>`
    select candidature.id, candidature.numero, vague.nom as vague, candidature.statut,
      ${decisionRetiree(sql`candidature.id`)} as retiree
    from candidature join vague on vague.id = candidature.vague_id
    where candidature.structure_id in (select acteur_structures())
    order by candidature.cree_le desc limit ${montrees}`.execute(db);
  return {
    titre: 'Mes candidatures',
    lignes: rows.map(({ id, numero, vague, statut, retiree }) => ({
      texte: `${vague}, candidature n°\u00a0${numero}`,
      href: `/candidatures/${id}`,
      detail: direEtat(statut, retiree),
    })),
    vide: 'Votre structure n’a pas encore candidaté.',
    suite: { texte: 'Toutes les candidatures, et les vagues ouvertes', href: '/candidatures' },
  };
};

const deLaPrefecture = async (db: Database): Promise<PartieDEspace> => {
  const { rows } = await sql<{ id: string; nom: string; deposees: number; attendus: number }>`
    select vague.id, vague.nom, count(*) filter (where ${estComptee(sql`instruction.statut`)})::integer as deposees,
      count(*) filter (where ${avisAttendu})::integer as attendus
    from instruction join vague on vague.id = instruction.vague_id
    group by vague.id order by vague.rang desc limit ${montrees}`.execute(db);
  return {
    titre: 'Candidatures à instruire',
    lignes: rows.map(({ id, nom, deposees, attendus }) => ({
      texte: nom,
      href: `/prefecture/candidatures?vague=${id}`,
      detail: `${pluriel(deposees, 'candidature déposée', 'candidatures déposées')}, ${attendus === 0 ? 'aucune n’attend d’avis' : pluriel(attendus, 'attend un avis', 'attendent un avis')}`,
    })),
    vide: 'Aucune candidature n’est encore déposée dans votre territoire.',
    suite: { texte: 'Suivi des vagues', href: '/suivi/vagues' },
  };
};

const duComite = async (db: Database): Promise<PartieDEspace> => {
  const { rows } = await sql<{
    id: string;
    numero: number;
    date: string;
    statut: keyof typeof workflowSeance.etats;
    vague: string;
  }>`
    select seance.id, seance.numero, seance.date::text, seance.statut, vague.nom as vague
    from seance join vague on vague.id = seance.vague_id
    where seance.numero is not null and seance.id in (select acteur_seances())
    order by seance.date desc limit ${montrees}`.execute(db);
  return {
    titre: 'Mes séances du comité',
    lignes: rows.map(({ id, numero, date, statut, vague }) => ({
      texte: `Séance n°\u00a0${numero} du ${dateLongue(date)}`,
      href: `/comite/${id}`,
      detail: `${vague}, ${workflowSeance.etats[statut]}`,
    })),
    vide: 'Vous n’êtes membre d’aucune séance. Un administrateur vous y inscrit.',
    suite: { texte: 'Toutes mes séances', href: '/comite' },
  };
};

const desVagues = async (db: Database): Promise<PartieDEspace> => {
  const { rows } = await sql<{
    id: string;
    nom: string;
    etat: keyof typeof etatsDeVague;
    deposees: number;
  }>`
    select id, nom, ${etatMontre} as etat,
      (select count(*) from candidature where vague_id = vague.id and ${estComptee(sql`statut`)})::integer as deposees
    from vague order by rang desc limit ${montrees}`.execute(db);
  return {
    titre: 'Vagues',
    lignes: rows.map(({ id, nom, etat, deposees }) => ({
      texte: nom,
      href: `/administration/vagues/${id}`,
      detail: `${etatsDeVague[etat].toLowerCase()}, ${pluriel(deposees, 'candidature déposée', 'candidatures déposées')}`,
    })),
    vide: 'Aucune vague n’a encore été préparée.',
    suite: { texte: 'Suivi des vagues', href: '/suivi/vagues' },
  };
};

/** Where applications stand for the acting role: its own, those that it instructs, its sessions, the waves. */
export const lireSuiviDEspace = async (
  db: Database,
  role: Role | undefined,
): Promise<PartieDEspace | undefined> => {
  switch (role) {
    case 'gestionnaire':
      return desStructures(db);
    case 'instructeur':
      return deLaPrefecture(db);
    case 'membre_comite':
      return duComite(db);
    case 'administrateur':
      return desVagues(db);
    default:
      return undefined;
  }
};
