import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { faireAgent, monterMur } from '../../acces/personnes.fixtures.ts';
import { withTestDatabase } from '../../platform/database/testing.ts';
import { lireGrandeListe, lireVoisines } from '../../platform/listes/index.ts';
import { semerCandidatures, semerVague } from '../candidatures.fixtures.ts';
import { listeInstruction } from './liste.ts';

it('perf', async () => {
  const base = await withTestDatabase();
  const mur = monterMur(base);
  const admin = await faireAgent(base, 'administrateur');
  const agent = await faireAgent(base, 'instructeur', { departement: '02' });
  const vague = await semerVague(base.db);
  const v2 = await semerVague(base.db, { rang: 10 });
  let t = performance.now();
  await semerCandidatures(base.db, v2, { nombre: 5000, avis: true, departements: ['02'] });
  await semerCandidatures(base.db, vague, { nombre: 15000, avis: true });
  console.log('semis', performance.now() - t);
  await base.owner.query('vacuum analyze');
  for (const [nom, qui] of [
    ['admin', admin],
    ['agent', agent],
  ] as const)
    await mur.enTantQue(qui, async (db) => {
      const filtres: Record<string, string>[] = [
        {},
        ...Object.entries(listeInstruction.filtres).map(([n, { exemple }]) => ({
          [n]: n === 'vague' ? vague : exemple,
        })),
      ];
      for (const f of filtres) {
        const out: string[] = [];
        for (const [champ, { tri }] of Object.entries(listeInstruction.champs)) {
          if (!tri) continue;
          for (const sens of ['asc', 'desc'] as const)
            for (const debut of [0, 19950]) {
              t = performance.now();
              const r = await lireGrandeListe(db, listeInstruction, {
                filtres: f,
                tri: { champ, sens },
                debut,
                limite: 50,
              });
              const d = performance.now() - t;
              if (d > 20) out.push(`${champ} ${sens} ${debut} ${d.toFixed(0)} (${r.total})`);
            }
        }
        console.log(nom, JSON.stringify(f), out.length, out.slice(0, 12).join('; '));
      }
      const {
        rows: [un],
      } = await sql<{ id: string }>`select candidature_id as id from instruction limit 1 offset 3000`.execute(
        db,
      );
      t = performance.now();
      await lireVoisines(db, listeInstruction, { filtres: {}, tri: listeInstruction.tri, cle: un?.id ?? '' });
      console.log('voisines', performance.now() - t);
      const plan = await sql<{
        'QUERY PLAN': string;
      }>`explain analyze select instruction.candidature_id from ${listeInstruction.relation} order by instruction.nom_tri, instruction.candidature_id offset 19950 limit 50`.execute(
        db,
      );
      console.log(plan.rows.map((r) => r['QUERY PLAN']).join('\n'));
    });
  await mur.fermer();
  await base.close();
  expect(1).toBe(1);
}, 300000);
