import { sql } from 'kysely';
import { nomLisible } from '../../platform/francais/index.ts';
import { champ, defineListe, filtreChoix } from '../../platform/listes/index.ts';
import { droitDuRetrait, fondementsDeRetrait } from '../retrait.rules.ts';
import { cleDossier, filtreDepartement, filtreNom, filtreSeance } from './listes.ts';

/** What became of the decisions of closed sessions that have a follow-up: on the waiting list, retained, withdrawn. */
export const listeSuites = defineListe({
  code: 'suites-de-seance',
  titre: 'Suites de la séance',
  description: 'Structures retenues et sur liste d’attente d’une séance close, et ce qu’elles sont devenues.',
  nom: ['décision', 'décisions'],
  seule: false,
  relation: sql`(
    select decision.id, decision.seance_id, candidature.id as candidature_id, candidature.numero, candidature.statut,
      coalesce(structure.raison_sociale, structure.libelle_public, '') as structure, structure.recherche,
      commune.nom as commune, commune.departement_code, departement.nom as departement,
      case when decision.retiree_le is null then decision.rang_attente end as rang, candidature.postes_demandes,
      ligne.postes, decision.retiree_le, decision.retrait_motif,
      decision.retrait_fondement, decision.resultat, decision.promue_le
    from decision join seance on seance.id = decision.seance_id
    join candidature on candidature.id = decision.candidature_id
    join structure on structure.id = decision.structure_id
    left join commune on commune.code = structure.commune_code
    left join departement on departement.code = commune.departement_code
    left join decision_ligne ligne on ligne.decision_id = decision.id
    where seance.statut = 'close' and decision.resultat in ('retenue', 'liste_attente')
      and ((select acteur_national()) or seance.id in (select acteur_seances()))) d`,
  cle: cleDossier,
  champs: {
    rang: champ('entier', 'Rang d’attente', 'Rang sur la liste d’attente.', sql`d.rang`),
    numero: champ('entier', 'Numéro', 'Numéro de la candidature.', sql`d.numero`, { discret: true }),
    candidature: champ(
      'texte',
      'Candidature',
      'Identifiant de la candidature.',
      sql`d.candidature_id::text`,
      { fichiersSeulement: true },
    ),
    id: champ('texte', 'Identifiant', 'Identifiant de la décision.', sql`d.id::text`, {
      fichiersSeulement: true,
    }),
    structure: champ('texte', 'Structure', 'Nom de la structure.', sql`d.structure`, {
      tri: sql`d.recherche`,
      lire: (brut) => (typeof brut === 'string' ? nomLisible(brut) : null),
    }),
    commune: champ('texte', 'Commune', 'Commune de la structure.', sql`d.commune`, { discret: true }),
    departement: champ('texte', 'Département', 'Département de la structure.', sql`d.departement`),
    postes_demandes: champ('entier', 'Demandés', 'Postes demandés.', sql`d.postes_demandes`, { somme: true }),
    postes: champ(
      'entier',
      'Accordés',
      'Postes accordés ; aucun quand la décision est retirée.',
      sql`case when d.retiree_le is null then d.postes end`,
      { somme: true },
    ),
    suite: champ(
      'texte',
      'Suite',
      'Ce que la décision est devenue.',
      sql`case when d.retiree_le is not null then 'Décision retirée'
        when d.statut = 'liste_attente' then 'Liste d’attente'
        when d.statut = 'retenue' and d.promue_le is not null then 'Retenue, venue de la liste d’attente'
        when d.statut = 'retenue' then 'Retenue'
        else 'La structure a renoncé' end`,
    ),
    retiree: champ(
      'date',
      'Retirée le',
      'Jour du retrait de la décision.',
      sql`(d.retiree_le at time zone 'Europe/Paris')::date`,
      { discret: true },
    ),
    fondement: champ(
      'texte',
      'Fondement du retrait',
      'Sur quoi se fonde le retrait, dans le code des relations entre le public et l’administration.',
      sql`d.retrait_fondement`,
      {
        discret: true,
        lire: (brut) => {
          const fondement = fondementsDeRetrait.find((nom) => nom === brut);
          return fondement === undefined ? null : droitDuRetrait[fondement].libelle;
        },
      },
    ),
    motif: champ('texte', 'Motif du retrait', 'Pourquoi la décision est retirée.', sql`d.retrait_motif`, {
      discret: true,
    }),
  },
  filtres: {
    q: filtreNom,
    seance: filtreSeance,
    departement: filtreDepartement,
    suite: filtreChoix(
      'Suite',
      'Ce que la décision est devenue',
      ['attente', 'retenue', 'retiree', 'renoncee'],
      (valeur) => {
        switch (valeur) {
          case 'attente':
            return sql`d.retiree_le is null and d.statut = 'liste_attente'`;
          case 'retenue':
            return sql`d.retiree_le is null and d.statut = 'retenue'`;
          case 'retiree':
            return sql`d.retiree_le is not null`;
          default:
            return sql`d.retiree_le is null and d.statut not in ('retenue', 'liste_attente')`;
        }
      },
    ),
  },
  tri: { champ: 'rang', sens: 'asc' },
});
export type ChampsSuites = (typeof listeSuites)['champs'];
