import { sql } from 'kysely';
import { type Compte, defineTacheAFaire, type TacheAFaire } from '../platform/a-faire.ts';
import { pluriel } from '../platform/francais/index.ts';

/** What waits for those who run the programme. */
export const aFaire: readonly TacheAFaire[] = [
  defineTacheAFaire({
    type: 'vague.a_publier',
    roles: ['administrateur'],
    libelle: (nombre) => pluriel(nombre, 'vague à compléter et à publier', 'vagues à compléter et à publier'),
    href: '/administration/vagues?etat=preparation',
    requete: sql<Compte>`
      select count(*)::integer as nombre, min(ouvre_le) as echeance, '/administration/vagues/' || min(id::text) as href
      from vague where statut = 'preparation'`,
  }),
];
