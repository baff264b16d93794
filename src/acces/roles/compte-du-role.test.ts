import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { withTestDatabase } from '../../platform/database/testing.ts';
import { demandeSecondFacteur, type RoleAttribuable, rolesAttribuables } from '../rules.ts';
import { faireAgent, faireEquipe, faireStructure, monterMur } from './personnes.fixtures.ts';

it('the database asks a second factor of the roles that the program asks one of', async () => {
  const base = await withTestDatabase();
  const mur = monterMur(base);
  try {
    const structure = await faireStructure(base, '02408', { identifiant: '21020408100013', nom: 'LAON' });
    const equipe = await faireEquipe(base, structure);
    const tenus: Readonly<Partial<Record<RoleAttribuable, Parameters<typeof faireAgent>[2]>>> = {
      instructeur: { departement: '02' },
      gestionnaire: { structure },
      coordinateur: { equipe },
      conseiller: { structure },
    };
    for (const role of rolesAttribuables) {
      const { rows } = await mur.enTantQue(await faireAgent(base, role, tenus[role]), (db) =>
        sql<{ du: boolean }>`select second_facteur_du as du from acteur_compte()`.execute(db),
      );
      expect(rows, role).toEqual([{ du: demandeSecondFacteur(role) }]);
    }
  } finally {
    await mur.fermer();
    await base.close();
  }
});
