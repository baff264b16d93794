import { sql } from 'kysely';
import { type Compte, defineTacheAFaire, type TacheAFaire } from '../platform/a-faire.ts';
import { pluriel } from '../platform/francais/index.ts';
import { aFaireComite } from './comite/index.ts';
import { aFaireInstruction } from './instruction/index.ts';

/** What waits for those who follow the committee. */
export const aFaire: readonly TacheAFaire[] = [
  ...aFaireInstruction,
  defineTacheAFaire({
    type: 'seance.a_venir',
    roles: ['administrateur'],
    libelle: (nombre) => pluriel(nombre, 'séance du comité à venir', 'séances du comité à venir'),
    href: '/espace#seances',
    evenement: true,
    requete: sql<Compte>`select count(*) as nombre, min(date)::text as echeance, min('/espace/seances/' || date) as href
      from seance where date >= (now() at time zone 'Europe/Paris')::date`,
  }),
  defineTacheAFaire({
    type: 'candidature.a_corriger',
    roles: ['gestionnaire'],
    libelle: (nombre) => pluriel(nombre, 'correction demandée', 'corrections demandées'),
    href: '/candidatures',
    requete: sql<Compte>`
      select count(*)::integer as nombre, min(echeance)::text as echeance,
        '/candidatures/' || min(candidature.id::text) as href
      from candidature
      join candidature_correction on candidature_id = candidature.id and repondue_le is null
      join vague on vague.id = candidature.vague_id and vague.statut <> 'annulee'
      where candidature.statut = 'en_correction'`,
  }),
  defineTacheAFaire({
    type: 'candidature.a_deposer',
    roles: ['gestionnaire'],
    libelle: (nombre) => pluriel(nombre, 'candidature à déposer', 'candidatures à déposer'),
    href: '/candidatures',
    requete: sql<Compte>`
      select count(*)::integer as nombre, min(vague.ferme_le)::text as echeance,
        '/candidatures/' || min(candidature.id::text) as href
      from candidature
      join vague on vague.id = candidature.vague_id
      join structure on structure.id = candidature.structure_id
      left join commune on commune.code = structure.commune_code
      where candidature.statut = 'brouillon'
        and vague_etat(vague.id, commune.departement_code, now()) = 'ouverte'`,
  }),
  defineTacheAFaire({
    type: 'seance.a_annoncer',
    roles: ['administrateur'],
    libelle: (nombre) =>
      pluriel(
        nombre,
        'département attend l’annonce de ses décisions',
        'départements attendent l’annonce de leurs décisions',
      ),
    href: '/prefecture/communiques',
    requete: sql<Compte>`select count(distinct departement_code) as nombre, null as echeance, null as href
      from ligne_retenue where publiee_le is null`,
  }),
  ...aFaireComite,
];
