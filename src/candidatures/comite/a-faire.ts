import { sql } from 'kysely';
import { type Compte, defineTacheAFaire, type TacheAFaire } from '../../platform/a-faire.ts';
import { pluriel } from '../../platform/francais/index.ts';

/** What waits for the members of the committee, and for who closes its sessions. */
export const aFaireComite: readonly TacheAFaire[] = [
  defineTacheAFaire({
    type: 'comite.a_venir',
    roles: ['membre_comite'],
    libelle: (nombre) => pluriel(nombre, 'séance du comité à venir', 'séances du comité à venir'),
    href: '/comite',
    evenement: true,
    requete: sql<Compte>`
        select count(*)::integer as nombre, min(date)::text as echeance, '/comite/' || min(id::text) as href
        from seance where statut <> 'close' and id in (select acteur_seances())`,
  }),
  defineTacheAFaire({
    type: 'comite.a_noter',
    roles: ['membre_comite'],
    libelle: (nombre) => pluriel(nombre, 'dossier à noter', 'dossiers à noter'),
    href: '/comite',
    requete: sql<Compte>`
        select count(*)::integer as nombre, min(seance.date)::text as echeance,
          (array_agg('/comite/' || seance.id || '/dossiers/' || candidature.id order by seance.date, candidature.id))[1] as href
        from seance join vague on vague.id = seance.vague_id and vague.statut <> 'annulee'
        join candidature on candidature.vague_id = seance.vague_id and candidature.statut = 'instruite'
        where seance.statut <> 'close' and seance.id in (select acteur_seances())
          and exists (select from vague_critere where vague_id = seance.vague_id)
          and not exists (select from notation where candidature_id = candidature.id
            and personne_id = (select acteur_personne()))`,
  }),
  defineTacheAFaire({
    type: 'comite.a_clore',
    roles: ['administrateur'],
    libelle: (nombre) => pluriel(nombre, 'séance du comité à clore', 'séances du comité à clore'),
    href: '/comite?etat=ouverte',
    requete: sql<Compte>`
        select count(*)::integer as nombre, min(date)::text as echeance, '/comite/' || min(id::text) as href
        from seance where statut = 'ouverte'`,
  }),
];
