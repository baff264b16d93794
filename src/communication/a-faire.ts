import { sql } from 'kysely';
import { type Compte, defineTacheAFaire, type TacheAFaire } from '../platform/a-faire.ts';
import { pluriel } from '../platform/francais/index.ts';
import { suivis } from './relecture.store.ts';

const chemin = '/prefecture/communiques';

/** How many begun communiqués of the acting territory are so; the nearest day to come that one of them bears. */
const compter = (condition: ReturnType<typeof sql>) => sql<Compte>`
  select count(*) as nombre, min(communique.date) filter (
      where communique.date >= (now() at time zone 'Europe/Paris')::date)::text as echeance,
    min(${chemin} || '/' || departement_code || '/' || seance.date::text) as href
  from communique join seance on seance.id = communique.seance_id
  left join communique_suivi on communique_suivi.communique_id = communique.id
  where departement_code in (select acteur_departements_a_ecrire()) and ${condition}`;

/** What waits for the préfectures. */
export const aFaire: readonly TacheAFaire[] = [
  defineTacheAFaire({
    type: 'communique.a_relire',
    roles: ['instructeur'],
    libelle: (nombre) => pluriel(nombre, 'communiqué à relire', 'communiqués à relire'),
    href: `${chemin}?etape=en_relecture`,
    requete: compter(
      sql`communique.statut = 'en_relecture' and redige_par is distinct from acteur_personne()`,
    ),
  }),
  defineTacheAFaire({
    type: 'communique.a_publier',
    roles: ['instructeur'],
    libelle: (nombre) => pluriel(nombre, 'communiqué relu à publier', 'communiqués relus à publier'),
    href: `${chemin}?etape=relu`,
    requete: compter(sql`communique.statut = 'relu'`),
  }),
  defineTacheAFaire({
    type: 'communique.a_ecrire',
    roles: ['instructeur'],
    libelle: (nombre) =>
      pluriel(nombre, 'communiqué à écrire ou à corriger', 'communiqués à écrire ou à corriger'),
    href: chemin,
    requete: sql<Compte>`select count(*) as nombre, min(date)::text as echeance,
        min(${chemin} || '/' || departement || '/' || seance::text) as href
      from ${suivis} where etape in ('a_preparer', 'brouillon')`,
  }),
  defineTacheAFaire({
    type: 'prefecture.a_regler',
    roles: ['instructeur'],
    libelle: (nombre) =>
      nombre === 1 ? 'Contact presse à compléter' : `${nombre} contacts presse à compléter`,
    href: '/prefecture/reglages',
    requete: sql<Compte>`
      select count(*) as nombre, null as echeance, min('/prefecture/reglages/' || code) as href
      from departement left join en_tete on en_tete.departement_code = departement.code
      where code in (select acteur_departements_a_ecrire())
        and num_nulls(contact_service, coalesce(contact_telephone, contact_courriel)) > 0`,
  }),
];
