import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { demanderLien, examinerLien } from '../connexion/connexion.acts.ts';
import { findPersonne, getPersonne } from '../connexion/sessions.store.ts';
import { type Agent, dernierSecret, faireAgent, type Mur, monterMur } from '../roles/personnes.fixtures.ts';
import { confirmerNouvelleAdresse, demanderCourriel, lireLienDeCourriel } from './courriel.acts.ts';

let base: TestDatabase;
let mur: Mur;
const adresse = 'http://maillage.example';

beforeAll(async () => {
  base = await withTestDatabase();
  mur = monterMur(base);
});
afterAll(async () => {
  await mur.fermer();
  await base.close();
});

const demander = async (agent: Agent, courriel: string) => {
  const personne = await getPersonne(mur.acces, agent.id);
  if (!personne) throw new Error('the person of the test is there');
  return demanderCourriel(mur.acces, { personne }, { courriel, adresse });
};
const confirmer = (secret: string) => confirmerNouvelleAdresse(mur.acces, { secret, adresse });
const mails = async (destinataire: string) =>
  (
    await base.owner.query<{ objet: string }>(
      'select objet from courriel where destinataire = $1 order by cree_le, id',
      [destinataire],
    )
  ).rows.map(({ objet }) => objet);

describe('a new address', () => {
  it('is confirmed from its own mailbox, once, and the old one is told', async () => {
    const agent = await faireAgent(base, 'conseiller');
    await demanderLien(mur.acces, { courriel: agent.courriel, retour: undefined, adresse });
    const enRoute = await dernierSecret(base, agent.courriel);
    expect((await demander(agent, 'Nouvelle@Essai.example ')).ok).toBe(true);
    const secret = await dernierSecret(base, 'nouvelle@essai.example');
    expect(await lireLienDeCourriel(mur.acces, secret)).toMatchObject({ ok: true });
    expect((await getPersonne(mur.acces, agent.id))?.courriel, 'nothing changes before').toBe(agent.courriel);
    const results = await Promise.all([confirmer(secret), confirmer(secret)]);
    expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect((await findPersonne(mur.acces, 'nouvelle@essai.example'))?.id).toBe(agent.id);
    expect(await findPersonne(mur.acces, agent.courriel)).toBeUndefined();
    expect(await mails(agent.courriel)).toContain('L’adresse de votre compte Maillage a changé');
    expect(await examinerLien(mur.acces, enRoute), 'a link on its way to the old one').toMatchObject({
      ok: false,
    });
  });

  it('replaces the one asked for before, and expires', async () => {
    const agent = await faireAgent(base, 'conseiller');
    await demander(agent, 'un@essai.example');
    await demander(agent, 'deux@essai.example');
    expect(await confirmer(await dernierSecret(base, 'un@essai.example'))).toMatchObject({ refus: 'lien' });
    await base.owner.query('update changement_courriel set expire_le = now()');
    expect(await confirmer(await dernierSecret(base, 'deux@essai.example'))).toMatchObject({ refus: 'lien' });
  });

  it('that is somebody’s is answered alike, and never taken from them', async () => {
    const [agent, autre] = [await faireAgent(base, 'conseiller'), await faireAgent(base, 'conseiller')];
    expect(await demander(agent, autre.courriel)).toEqual(await demander(agent, 'libre@essai.example'));
    expect(await mails(autre.courriel)).toEqual(['Cette adresse a déjà un compte Maillage']);
    const secret = await dernierSecret(base, 'libre@essai.example');
    await faireAgent(base, 'candidat', {}, 'libre@essai.example');
    expect(await confirmer(secret)).toMatchObject({ refus: 'courriel' });
    expect((await getPersonne(mur.acces, agent.id))?.courriel).toBe(agent.courriel);
  });

  it('is asked for five times a day at most, and is another', async () => {
    const agent = await faireAgent(base, 'conseiller');
    expect(await demander(agent, agent.courriel)).toMatchObject({ refus: 'courriel' });
    for (let essai = 0; essai < 5; essai += 1)
      expect((await demander(agent, `essai${essai}@essai.example`)).ok).toBe(true);
    expect(await demander(agent, 'encore@essai.example')).toMatchObject({ refus: 'courriel' });
  });
});
