import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import {
  dernierSecret,
  faireAgent,
  faireStructure,
  type Mur,
  monterMur,
} from '../roles/personnes.fixtures.ts';
import { confirmerOuverture, demanderOuverture } from './ouverture.acts.ts';
import { proposerCommunes, trouverCommunes } from './ouverture.store.ts';

let base: TestDatabase;
let mur: Mur;
beforeAll(async () => {
  base = await withTestDatabase();
  mur = monterMur(base);
});
afterAll(async () => {
  await mur.fermer();
  await base.close();
});

const demande = (courriel: string, identifiant: string) => ({
  prenom: 'Dominique',
  nom: 'Nouveau',
  courriel,
  genre: 'siret',
  identifiant,
  raisonSociale: `Commune ${identifiant.slice(-4)}`,
  commune: '02408',
  adresse: 'http://maillage.example',
});

const compter = async (table: string): Promise<number> =>
  (await base.owner.query<{ n: number }>(`select count(*)::integer as n from ${table}`)).rows[0]?.n ?? -1;

const roles = async (courriel: string) =>
  (
    await base.owner.query(
      `select role, a_verifier from attribution join personne on personne.id = personne_id
       join structure on structure.id = attribution.structure_id where courriel = $1`,
      [courriel],
    )
  ).rows;

describe('an account to apply', () => {
  it('exists once its mailbox is confirmed, with a structure to verify that its person manages', async () => {
    const avant = await compter('personne');
    await demanderOuverture(mur.acces, demande('nouveau@commune.example', '21020408900018'));
    expect(await compter('personne'), 'nothing before').toBe(avant);
    const secret = await dernierSecret(base, 'nouveau@commune.example');
    const deux = await Promise.all([
      confirmerOuverture(mur.acces, secret),
      confirmerOuverture(mur.acces, secret),
    ]);
    expect(deux.map(({ ok }) => ok)).toEqual([true, true]);
    expect(await roles('nouveau@commune.example')).toEqual([{ role: 'gestionnaire', a_verifier: true }]);
  });

  it('is not made for a structure that is known, whose mail is the same', async () => {
    await faireStructure(base, '02408', { identifiant: '21020408900026' });
    await demanderOuverture(mur.acces, demande('autre@commune.example', '21020408900026'));
    const { rows } = await base.owner.query(
      `select count(distinct (objet, contenu))::integer as n from courriel where destinataire like '%@commune.example'`,
    );
    expect(rows).toEqual([{ n: 1 }]);
    const done = await confirmerOuverture(mur.acces, await dernierSecret(base, 'autre@commune.example'));
    expect(done).toMatchObject({ ok: false, refus: 'connue' });
    expect(await roles('autre@commune.example')).toEqual([]);
  });

  it('gives the role to whoever has an account already, and makes them no other', async () => {
    const agent = await faireAgent(base, 'candidat');
    await demanderOuverture(mur.acces, demande(agent.courriel, '21020408900034'));
    expect((await confirmerOuverture(mur.acces, await dernierSecret(base, agent.courriel))).ok).toBe(true);
    expect(await roles(agent.courriel)).toEqual([{ role: 'gestionnaire', a_verifier: true }]);
  });

  it('is asked for five times a day at most by one address', async () => {
    for (let fois = 0; fois < 8; fois += 1)
      await demanderOuverture(mur.acces, demande('insistant@commune.example', `2102040890${1000 + fois}`));
    const { rows } = await base.owner.query(
      `select count(*)::integer as n from courriel where destinataire = 'insistant@commune.example'`,
    );
    expect(rows).toEqual([{ n: 5 }]);
  });

  it('comes by a link that serves no more once it is old', async () => {
    await demanderOuverture(mur.acces, demande('tardif@commune.example', '21020408900042'));
    await base.owner.query(
      `update ouverture set expire_le = now() where courriel = 'tardif@commune.example'`,
    );
    const done = await confirmerOuverture(mur.acces, await dernierSecret(base, 'tardif@commune.example'));
    expect(done).toMatchObject({ ok: false, refus: 'lien' });
  });
});

describe('the commune of a structure that asks for an account', () => {
  it.each([
    ['Gauchy', ['02340']],
    ['gauchy', ['02340']],
    ['La Fère', ['02304']],
    ['fere', ['02304']],
    ['02340', ['02340']],
    ['02430', ['02340']],
    ['nulle part', []],
  ])('is found by its name, its code or its postal code: %s', async (texte, codes) => {
    const trouvees = (await trouverCommunes(mur.acces, texte)).map(({ code }) => code);
    expect(trouvees).toEqual(codes.length === 0 ? [] : expect.arrayContaining(codes));
  });

  it('is proposed among those whose name begins as it was written', async () => {
    const proposees = await proposerCommunes(mur.acces, 'Saint');
    expect(proposees.length).toBeGreaterThan(10);
    expect(proposees.every(({ nom }) => nom.startsWith('Saint'))).toBe(true);
  });
});
