import { afterAll, beforeAll, expect, it } from 'vitest';
import { deposerCourriel } from '../src/platform/courriel.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { type Boite, ouvrirBoite } from '../src/platform/smtp.fixtures.ts';
import { attendre, demarrer, lancer } from './processus.ts';

let base: TestDatabase;
let boite: Boite;
let lent = false;
beforeAll(async () => {
  base = await withTestDatabase('reference');
  boite = await ouvrirBoite({
    destinataire: (adresse) =>
      adresse.startsWith('inconnue') ? { code: 550, phrase: 'Boîte inconnue' } : undefined,
    message: async () => {
      if (lent) await new Promise((resolve) => setTimeout(resolve, 1_000));
      return undefined;
    },
  });
});
afterAll(async () => {
  await boite.fermer();
  await base.close();
});

const dire = async (...args: readonly string[]): Promise<string> => {
  const programme = lancer('maillage', args, { DATABASE_URL: base.url });
  expect(await programme.ended, programme.error()).toBe(0);
  return programme.output();
};

const statut = async (id: string) =>
  (await base.owner.query<{ statut: string }>('select statut from courriel where id = $1', [id])).rows[0]
    ?.statut;

it('mail and jobs are followed from the health page and the command line, and end well with the server', async () => {
  const serveur = await demarrer(
    {
      DATABASE_URL: base.url,
      MAILLAGE_SMTP: boite.adresse,
      MAILLAGE_COURRIEL: 'ne-pas-repondre@maillage.example.fr',
    },
    'serveur',
  );
  const perdu = await deposerCourriel(base.db, {
    destinataire: 'inconnue@example.fr',
    objet: 'Décision n° 12',
    paragraphes: ['Bonjour.'],
  });
  await attendre('the mail is given up', async () =>
    (await statut(perdu)) === 'abandonne' ? true : undefined,
  );
  const sante = await fetch(`${serveur.adresse}/sante/taches`);
  expect(sante.status).toBe(200);
  const texte = await sante.text();
  expect(JSON.parse(texte)).toMatchObject({
    etat: 'bon',
    courriels: { expedition: 'active', en_attente: 0, abandonnes: 1 },
    taches: expect.arrayContaining([expect.objectContaining({ nom: 'menage', retard_minutes: 0 })]),
  });
  expect(texte).not.toContain('inconnue');

  await base.owner.query(`update tache set declaree_le = now() - interval '2 days' where nom = 'menage'`);
  expect((await fetch(`${serveur.adresse}/sante/taches`)).status).toBe(503);

  // A mail that the server is taking when we are told to stop is written down as sent.
  lent = true;
  const dernier = await deposerCourriel(base.db, {
    destinataire: 'ada@example.fr',
    objet: 'Dernier',
    paragraphes: ['Bonjour.'],
  });
  await attendre('it is being sent', async () =>
    (await base.owner.query(`select id from courriel where id = $1 for update skip locked`, [dernier]))
      .rowCount === 0
      ? true
      : undefined,
  );
  serveur.child.kill('SIGTERM');
  expect(await serveur.ended, serveur.error()).toBe(0);
  expect(await statut(dernier)).toBe('envoye');

  const liste = await dire('courriels');
  expect(liste).toMatch(
    new RegExp(`^${perdu}\tabandonné\t1 essai\tinconnue@example.fr\tDécision n° 12\t.*inconnue`),
  );
  expect(liste).not.toContain(dernier);
  expect(await dire('courriels', 'relancer', '--tous')).toBe('1 courriel relancé\n');
  expect(await statut(perdu)).toBe('en_attente');
  expect(await dire('taches')).toMatch(/^menage\tpas encore réussie\tattendue \d{4}-/);
  const refus = lancer('maillage', ['courriels', 'relancer', dernier], { DATABASE_URL: base.url });
  expect(await refus.ended).toBe(1);
  expect(refus.error()).toContain('Ce courriel est déjà parti.');
});
