import { sql } from 'kysely';
import { z } from 'zod';
import { nomLisible } from '../../platform/francais/index.ts';
import {
  champ,
  contenant,
  defineListe,
  filtreChoix,
  filtreCode,
  filtreTexte,
} from '../../platform/listes/index.ts';
import { nomRecherche } from '../../structures/index.ts';
import { noteMaximale, seuilDeDesaccord } from './rules.ts';

const uuid = z.uuid('attend un identifiant');

/** Sessions of the committee that decide on a wave: of its members, all for administrators. */
export const listeSeancesComite = defineListe({
  code: 'comite',
  titre: 'Séances du comité',
  description: 'Les séances du comité de sélection, préparées, ouvertes ou closes.',
  nom: ['séance', 'séances'],
  relation: sql`(
    select seance.id, seance.numero, seance.date, seance.statut, seance.lieu, vague.nom as vague,
      (select count(*) from deliberation where seance_id = seance.id)::integer as decisions,
      (select coalesce(sum(postes), 0) from poste_tenu where seance_id = seance.id)::integer as postes
    from seance join vague on vague.id = seance.vague_id
    where seance.numero is not null
      and ((select acteur_national()) or seance.id in (select acteur_seances()))) s`,
  cle: {
    sql: sql`s.id`,
    schema: uuid,
    condition: (cle) => sql`s.id = ${cle}::uuid`,
    exemple: '0192f0c1-2a3b-7c4d-8e5f-6a7b8c9d0e1f',
  },
  champs: {
    id: champ('texte', 'Identifiant', 'Identifiant de la séance.', sql`s.id::text`, {
      fichiersSeulement: true,
    }),
    seance: champ('texte', 'Séance', 'Numéro de la séance.', sql`'Séance n° ' || s.numero`, {
      tri: sql`s.numero`,
    }),
    date: champ('date', 'Date', 'Jour de la séance.', sql`s.date`),
    etat: champ(
      'texte',
      'État',
      'Où en est la séance.',
      sql`case s.statut when 'preparation' then 'En préparation' when 'ouverte' then 'Ouverte' else 'Close' end`,
    ),
    vague: champ('texte', 'Vague', 'Vague dont elle décide.', sql`s.vague`),
    lieu: champ('texte', 'Lieu', 'Où elle se tient.', sql`s.lieu`, { discret: true }),
    decisions: champ(
      'entier',
      'Dossiers décidés',
      'Dossiers décidés, que vous pouvez voir.',
      sql`s.decisions`,
    ),
    postes: champ(
      'entier',
      'Postes',
      'Postes accordés, dans les dossiers que vous pouvez voir.',
      sql`s.postes`,
    ),
  },
  filtres: {
    etat: filtreChoix(
      'État',
      'État de la séance',
      ['preparation', 'ouverte', 'close'],
      (valeur) => sql`s.statut = ${valeur}`,
    ),
  },
  tri: { champ: 'date', sens: 'desc' },
});
export type ChampsSeances = (typeof listeSeancesComite)['champs'];

/** Points out of 100 of one score. */
const points = 100 / noteMaximale;

// As `scoreDe` and `avecBonus` of the rules count: a test compares them.
const scores = sql`(
  select candidature_id, ${points} * sum(poids * moyenne) / sum(poids) as score
  from (
    select candidature_id, critere_id, poids, avg(note) as moyenne
    from notation join vague_critere on vague_critere.id = critere_id
    group by candidature_id, critere_id, poids
  ) critere
  group by candidature_id)`;

/** Files of the wave of each session: those that await a decision, and those that it has decided. */
const dossiers = sql`(
  select candidature.id, seance.id as seance_id, candidature.numero, candidature.version, candidature.statut,
    coalesce(structure.raison_sociale, structure.libelle_public, '') as structure, structure.recherche,
    structure.a_verifier, commune.nom as commune, commune.departement_code, departement.nom as departement,
    candidature.categorie, candidature.postes_demandes, candidature.regime_souhaite,
    candidature.priorites && vague.priorites as prioritaire, avis.favorable, avis.postes_proposes,
    score.score * case when candidature.priorites && vague.priorites then 100 + vague.bonus_priorite else 100 end
      / 100.0 as score,
    case when score.score is not null then rank() over (
      partition by seance.id
      order by score.score * case when candidature.priorites && vague.priorites then 100 + vague.bonus_priorite
        else 100 end desc nulls last
    ) end as rang,
    deliberation.resultat, deliberation.postes, deliberation.rang as attente, deliberation.version as vue,
    candidature.statut = 'instruite' and candidature.deposee_le > deliberation.decidee_le as redeposee,
    engagement.montant_centimes
  from seance join vague on vague.id = seance.vague_id
  join candidature on candidature.vague_id = vague.id
  join structure on structure.id = candidature.structure_id
  left join commune on commune.code = structure.commune_code
  left join departement on departement.code = commune.departement_code
  left join deliberation on deliberation.seance_id = seance.id and deliberation.candidature_id = candidature.id
  left join engagement on engagement.id = deliberation.engagement_id
  left join ${scores} score on score.candidature_id = candidature.id
  left join lateral (
    select favorable, postes_proposes from candidature_avis
    where candidature_id = candidature.id and niveau = vague.avis_niveau order by rendu_le desc, id desc limit 1
  ) avis on true
  where ((select acteur_national()) or seance.id in (select acteur_seances()))
    and (deliberation.id is not null or (candidature.statut = 'instruite' and seance.statut <> 'close')))`;

export const filtreSeance = filtreCode(
  'Séance',
  'Identifiant de séance',
  /^[0-9a-f-]{36}$/,
  '0192f0c1-2a3b-7c4d-8e5f-6a7b8c9d0e1f',
  sql`d.seance_id::text`,
);
export const filtreNom = filtreTexte(
  'Structure ou commune',
  'Mots du nom ou de la commune.',
  'gauchy',
  (texte) => {
    const mots = nomRecherche(texte).split(' ').filter(Boolean).map(contenant);
    return mots.length === 0
      ? sql`false`
      : sql`d.recherche || ' ' || upper(coalesce(nom_recherche(d.commune), '')) like all (${mots}::text[])`;
  },
);
export const filtreDepartement = filtreCode(
  'Département',
  'Code de département',
  /^(\d{2,3}|2[AB])$/,
  '02',
  sql`d.departement_code`,
);
export const cleDossier = {
  sql: sql`d.id`,
  schema: uuid,
  condition: (valeur: string) => sql`d.id = ${valeur}::uuid`,
  exemple: '0192f0c1-2a3b-7c4d-8e5f-6a7b8c9d0e1f',
};
const communs = {
  id: champ('texte', 'Identifiant', 'Identifiant de la candidature.', sql`d.id::text`, {
    fichiersSeulement: true,
  }),
  rang: champ('entier', 'Rang', 'Rang par score, bonus de priorité compris.', sql`d.rang`, {
    insecable: true,
  }),
  numero: champ('entier', 'Numéro', 'Numéro de la candidature.', sql`d.numero`, { discret: true }),
  structure: champ('texte', 'Structure', 'Nom de la structure.', sql`d.structure`, {
    tri: sql`d.recherche`,
    lire: (brut) => (typeof brut === 'string' ? nomLisible(brut) : null),
  }),
  commune: champ('texte', 'Commune', 'Commune de la structure.', sql`d.commune`, { discret: true }),
  departement: champ('texte', 'Département', 'Département de la structure.', sql`d.departement`),
  score: champ(
    'decimal',
    'Score',
    'Score sur 100, bonus de priorité compris.',
    sql`round(d.score::numeric, 1)::double precision`,
  ),
} as const;

/** What a session decides, file by file. */
export const listeDossiers = defineListe({
  code: 'dossiers-de-seance',
  titre: 'Dossiers de la séance',
  description: 'Dossiers dont la séance décide, avec l’avis de la préfecture et ce qui est décidé.',
  nom: ['dossier', 'dossiers'],
  seule: false,
  relation: sql`${dossiers} d`,
  cle: cleDossier,
  champs: {
    ...communs,
    postes_demandes: champ('entier', 'Demandés', 'Postes demandés.', sql`d.postes_demandes`, { somme: true }),
    avis: champ(
      'texte',
      'Avis',
      'Avis de la préfecture qui compte pour la vague.',
      sql`case when d.favorable then 'Favorable' when not d.favorable then 'Défavorable' end`,
    ),
    postes_proposes: champ(
      'entier',
      'Proposés',
      'Postes que la préfecture propose.',
      sql`d.postes_proposes`,
      {
        somme: true,
      },
    ),
    prioritaire: champ(
      'booleen',
      'Prioritaire',
      'Porte un label prioritaire de la vague.',
      sql`d.prioritaire`,
      {
        discret: true,
      },
    ),
    decision: champ(
      'texte',
      'Décision',
      'Ce que la séance a décidé.',
      sql`case when d.resultat = 'retenue' and d.statut = 'refusee' then 'Retenue, puis retirée'
        when d.resultat = 'retenue' and d.statut = 'desistee' then 'Retenue, puis désistement'
        when d.resultat = 'liste_attente' and d.statut = 'retenue' then 'Liste d’attente, puis retenue'
        when d.resultat is not null and d.statut not in ('instruite', d.resultat) then 'Sortie de la séance'
        when d.redeposee then 'À décider de nouveau'
        when d.resultat = 'retenue' then 'Retenue' when d.resultat = 'refusee' then 'Refusée'
        when d.resultat = 'ajournee' then 'Ajournée'
        when d.resultat = 'liste_attente' then 'Liste d’attente, rang ' || d.attente
        when d.a_verifier then 'Structure à vérifier' else 'À décider' end`,
    ),
    postes: champ(
      'entier',
      'Accordés',
      'Postes accordés, qui n’ont pas été retirés depuis.',
      sql`case when d.statut in ('refusee', 'desistee') then 0 else d.postes end`,
      { somme: true },
    ),
    montant: champ('euros', 'Montant', 'Ce que ces postes engagent.', sql`d.montant_centimes`, {
      somme: true,
    }),
    vue: champ('entier', 'Version', 'Version de la décision.', sql`coalesce(d.vue, 0)`, {
      fichiersSeulement: true,
    }),
  },
  filtres: {
    q: filtreNom,
    seance: filtreSeance,
    departement: filtreDepartement,
    decision: filtreChoix(
      'Décision',
      'Ce que la séance a décidé',
      ['a_decider', 'retenue', 'refusee', 'ajournee', 'liste_attente'],
      (valeur) =>
        valeur === 'a_decider' ? sql`(d.resultat is null or d.redeposee)` : sql`d.resultat = ${valeur}`,
    ),
    avis: filtreChoix('Avis', 'Avis de la préfecture', ['favorable', 'defavorable', 'sans'], (valeur) =>
      valeur === 'sans' ? sql`d.favorable is null` : sql`d.favorable = ${valeur === 'favorable'}`,
    ),
    priorite: filtreChoix(
      'Priorité',
      'Label prioritaire',
      ['oui', 'non'],
      (valeur) => sql`d.prioritaire = ${valeur === 'oui'}`,
    ),
    // Keeps every file: shows what a proposal gives them.
    proposition: {
      titre: 'Proposition à montrer',
      description: 'Identifiant de la proposition',
      exemple: '0192f0c1-2a3b-7c4d-8e5f-6a7b8c9d0e1f',
      tous: 'Aucune',
      schema: uuid,
      condition: () => sql`true`,
    },
  },
  tri: { champ: 'rang', sens: 'asc' },
});
export type ChampsDossiers = (typeof listeDossiers)['champs'];

/** The same, beside what a proposal gives each file. */
export const avecProposition = (id: string | undefined): typeof listeDossiers => {
  if (id === undefined) return listeDossiers;
  const { decision, postes, montant, vue, ...avant } = listeDossiers.champs;
  const proposition = champ(
    'entier',
    'Proposition',
    'Postes que donne la proposition choisie.',
    sql`(select postes from proposition_ligne where proposition_id = ${id}::uuid and candidature_id = d.id)`,
    { somme: true },
  );
  const champs = { ...avant, proposition, decision, postes, montant, vue };
  return { ...listeDossiers, champs };
};
/** What an address may ask of it, whichever the proposal. */
export const listeDossiersDemandee = avecProposition('00000000-0000-0000-0000-000000000000');

/** How far the members agree on each file. */
export const listeNotes = defineListe({
  code: 'notes-de-seance',
  titre: 'Notes des membres',
  description: 'Le score que chaque membre donne à chaque dossier, leur moyenne et leur écart.',
  nom: ['dossier', 'dossiers'],
  seule: false,
  relation: sql`${dossiers} d left join (
    select candidature_id, round(avg(score)::numeric, 1) as moyenne, round((max(score) - min(score))::numeric, 1) as ecart,
      array_agg(membre || ' : ' || replace(round(score::numeric, 1)::text, '.', ',') order by membre) as membres,
      array_agg(membre order by membre) filter (where abs(score - milieu) > ${seuilDeDesaccord}) as divergents
    from (
      select candidature_id, membre, score, avg(score) over (partition by candidature_id) as milieu
      from (
        select candidature_id, personne.prenom || ' ' || personne.nom as membre,
          ${points} * sum(poids * note) / sum(poids)::double precision as score
        from notation join vague_critere on vague_critere.id = critere_id
        join personne on personne.id = notation.personne_id
        group by candidature_id, personne.id
      ) par_membre
    ) compare
    group by candidature_id
  ) accord on accord.candidature_id = d.id`,
  cle: cleDossier,
  champs: {
    ...communs,
    membres: champ('textes', 'Notes des membres', 'Score sur 100 de chaque membre.', sql`accord.membres`, {
      tri: null,
    }),
    ecart: champ(
      'decimal',
      'Écart',
      'Écart entre le plus haut et le plus bas.',
      sql`accord.ecart::double precision`,
    ),
    divergents: champ(
      'textes',
      'S’écartent',
      `Membres à plus de ${seuilDeDesaccord} points de la moyenne.`,
      sql`accord.divergents`,
      { tri: null },
    ),
  },
  filtres: {
    q: filtreNom,
    seance: filtreSeance,
    departement: filtreDepartement,
    accord: filtreChoix('Accord', 'Accord des membres', ['desaccord', 'accord', 'sans_note'], (valeur) =>
      valeur === 'sans_note'
        ? sql`accord.candidature_id is null`
        : valeur === 'desaccord'
          ? sql`accord.divergents is not null`
          : sql`accord.candidature_id is not null and accord.divergents is null`,
    ),
  },
  tri: { champ: 'rang', sens: 'asc' },
});
export type ChampsNotes = (typeof listeNotes)['champs'];
