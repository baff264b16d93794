import { sql } from 'kysely';
import { type Compte, defineTacheAFaire, type TacheAFaire } from '../platform/a-faire.ts';
import { pluriel } from '../platform/francais/index.ts';
import { aFaireComite } from './comite/index.ts';

/** What waits for those who follow the committee. */
export const aFaire: readonly TacheAFaire[] = [
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
    compter: async (db) => {
      const { rows } = await sql<Compte>`
        select count(distinct departement_code) as nombre from ligne_retenue where publiee_le is null`.execute(
        db,
      );
      return rows[0] ?? { nombre: 0 };
    },
  }),
  ...aFaireComite,
];
