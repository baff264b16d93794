import { expect, it } from 'vitest';
import { executer } from '../src/main/ligne-de-commande.ts';
import { cleDEssai } from '../src/platform/database/cle.fixtures.ts';
import { withTestDatabase } from '../src/platform/database/testing.ts';
import { journaliser } from '../src/platform/journal.ts';
import { scellerTout } from '../src/platform/scellement.fixtures.ts';

const verifier = async (url: string, args: readonly string[] = []) => {
  const said: string[] = [];
  const { stdout, stderr } = process;
  const [toOut, toErr] = [stdout.write, stderr.write];
  const hear = (piece: string | Uint8Array): boolean => {
    said.push(String(piece));
    return true;
  };
  stdout.write = hear;
  stderr.write = hear;
  try {
    const code = await executer(['verifier', ...args], {
      DATABASE_URL: url,
      MAILLAGE_CLE: cleDEssai,
      MAILLAGE_OPERATEUR: 'essai',
      MAILLAGE_DEMO: 'non',
    });
    return { code, texte: said.join('') };
  } finally {
    stdout.write = toOut;
    stderr.write = toErr;
  }
};

it('maillage verifier says in French what is whole, what waits and what was changed, and fails when something was', async () => {
  const base = await withTestDatabase();
  const ecrire = () =>
    journaliser(
      base.db,
      { identifiant: 'essai', role: 'operateur' },
      { acte: 'essai.ecrire', objetType: 'essai', objetId: 'a' },
    );
  await ecrire();
  await scellerTout(base.db);
  await ecrire();
  const entier = await verifier(base.url);
  expect(entier.code).toBe(0);
  expect(entier.texte).toContain('1 ligne attend le prochain sceau');
  expect(entier.texte).toContain('Le journal est entier.');
  const empreinte = /empreinte ([0-9a-f]{64})/.exec(entier.texte)?.[1] ?? '';
  expect((await verifier(base.url, ['--empreinte', empreinte])).code).toBe(0);
  expect((await verifier(base.url, ['--empreinte', '00'])).texte).toContain('le journal a été réécrit');
  const { rows } = await base.owner.query('select min(id) as id from journal');
  await base.owner.query(
    "alter table journal disable trigger user; update journal set role = 'x' where id = (select min(id) from journal)",
  );
  const casse = await verifier(base.url);
  expect(casse.code).toBe(1);
  expect(casse.texte).toMatch(new RegExp(`Sceau n°.1 du .* : ligne ${rows[0].id} modifiée\\.`));
  expect(casse.texte).toContain('Le journal a été modifié');
  await base.close();
});
