import { type RawBuilder, sql } from 'kysely';
import { type Compte, defineTacheAFaire, type TacheAFaire } from '../../platform/a-faire.ts';
import { pluriel } from '../../platform/francais/index.ts';
import { avisAttendu, nonLu } from './liste.ts';
import { cheminListe } from './requete.rules.ts';

/** Of the applications that the acting préfecture instructs, how many answer a condition, and by when. */
const compter = (condition: RawBuilder<unknown>, echeance: RawBuilder<unknown>) => sql<Compte>`
  select count(*) as nombre, min(${echeance})::text as echeance,
    ${cheminListe} || '/' || min(instruction.candidature_id::text) as href
  from instruction
  join vague on vague.id = instruction.vague_id
  left join candidature_lecture lecture on lecture.candidature_id = instruction.candidature_id
    and lecture.personne_id = (select acteur_personne())
  where vague.statut <> 'annulee' and ${condition}`;

/** Whoever it is given to, or everybody where it is given to nobody. */
const pourMoi = sql`(instruction.instructeur_id is null or instruction.instructeur_id = (select acteur_personne()))`;

/** An opinion is due for the session that comes, else when the wave closes. */
const dateDeLAvis = sql`coalesce((
  select min(seance.date) from seance
  where seance.vague_id = vague.id and seance.date >= (now() at time zone 'Europe/Paris')::date
    and seance.statut <> 'close'), vague.ferme_le)`;

export const aFaireInstruction: readonly TacheAFaire[] = [
  defineTacheAFaire({
    type: 'candidature.avis_attendu',
    roles: ['instructeur'],
    libelle: (nombre) =>
      pluriel(nombre, 'candidature attend votre avis', 'candidatures attendent votre avis'),
    href: `${cheminListe}?avis=attendu`,
    requete: compter(
      sql`${avisAttendu} and ${pourMoi} and vague.avis_niveau = (select acteur_niveau())`,
      dateDeLAvis,
    ),
  }),
  defineTacheAFaire({
    type: 'candidature.message_non_lu',
    roles: ['instructeur'],
    libelle: (nombre) =>
      pluriel(nombre, 'candidature avec un message non lu', 'candidatures avec des messages non lus'),
    href: `${cheminListe}?alerte=message`,
    requete: compter(sql`${nonLu} and ${pourMoi}`, sql`null::date`),
  }),
  defineTacheAFaire({
    type: 'candidature.correction_en_retard',
    roles: ['instructeur'],
    libelle: (nombre) =>
      pluriel(nombre, 'correction n’est pas revenue à temps', 'corrections ne sont pas revenues à temps'),
    href: `${cheminListe}?alerte=correction_en_retard`,
    requete: compter(
      sql`instruction.statut = 'en_correction' and ${pourMoi}
        and instruction.correction_echeance < (now() at time zone 'Europe/Paris')::date`,
      sql`instruction.correction_echeance`,
    ),
  }),
  defineTacheAFaire({
    type: 'candidature.message_de_la_prefecture',
    roles: ['gestionnaire'],
    libelle: (nombre) =>
      pluriel(nombre, 'message de la préfecture à lire', 'messages de la préfecture à lire'),
    href: '/candidatures',
    requete: sql<Compte>`
        select count(*) as nombre, null as echeance,
          case when count(distinct message.candidature_id) = 1
            then '/candidatures/' || min(message.candidature_id::text) || '/messages' end as href
        from candidature_message message
        left join candidature_lecture lecture on lecture.candidature_id = message.candidature_id
          and lecture.personne_id = (select acteur_personne())
        where cote = 'prefecture' and envoye_le > coalesce(lu_le, '-infinity')`,
  }),
];
