import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerDemo } from '../../src/demo/index.ts';
import { connectDatabase } from '../../src/platform/database/index.ts';
import { type TestDatabase, withTestDatabase } from '../../src/platform/database/testing.ts';
import { type Site, servir } from '../navigateur.ts';
import { visiter } from '../visite.ts';

let base: TestDatabase;
let site: Site;
const acces = () => connectDatabase(base.adresses, 'acces', 1);

beforeAll(async () => {
  base = await withTestDatabase();
  const loaded = await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' });
  expect(loaded.ok).toBe(true);
  site = await servir(base);
});
afterAll(async () => {
  await site.fermer();
  await base.close();
});

const dernierLien = async (destinataire: string): Promise<string> => {
  const { rows } = await base.owner.query<{ lien_secret: string }>(
    'select lien_secret from courriel where destinataire = $1 order by cree_le desc, id desc limit 1',
    [destinataire],
  );
  return new URL(rows[0]?.lien_secret ?? '').pathname;
};

const claude = 'claude.vasseur@prefecture.example';

describe('the door by mail', () => {
  it('lets somebody in by a link that a button confirms', async () => {
    const visite = visiter(site);
    const asked = await visite.envoyer('/connexion', { courriel: ' Claude.Vasseur@Prefecture.example ' });
    expect([asked.status, asked.headers.get('Location')]).toEqual([303, '/connexion/envoye']);
    const lien = await dernierLien(claude);
    const seen = await visite.lire(lien);
    expect(await seen.text()).toContain('Claude Vasseur');
    expect(visite.secret(), 'opening the link does nothing').toBeUndefined();
    const entered = await visite.envoyer(lien);
    expect([entered.status, entered.headers.get('Location')]).toEqual([303, '/espace']);
    const cookie = entered.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    const espace = await visite.lire('/espace');
    expect(espace.status).toBe(200);
    expect(espace.headers.get('Cache-Control')).toBe('private, no-store');
    expect(await espace.text()).toContain('Instructeur – Aisne');
    expect((await visite.envoyer(lien)).status, 'a link serves once').toBe(410);
  });

  it('answers alike whether the address is known or not, and makes nobody', async () => {
    const [known, unknown] = await Promise.all(
      [claude, 'personne@ailleurs.example'].map(async (courriel) => {
        const response = await visiter(site).envoyer('/connexion', { courriel });
        return [response.status, response.headers.get('Location'), await response.text()];
      }),
    );
    expect(unknown).toEqual(known);
    const made = await base.owner.query(`select from personne where courriel = 'personne@ailleurs.example'`);
    const sent = await base.owner.query(
      `select from courriel where destinataire = 'personne@ailleurs.example'`,
    );
    expect([made.rowCount, sent.rowCount]).toEqual([0, 0]);
  });

  it('keeps what was typed when it is wrong', async () => {
    const response = await visiter(site).envoyer('/connexion', { courriel: 'claude.vasseur' });
    expect(response.status).toBe(400);
    const html = await response.text();
    expect(html).toContain('Écrivez une adresse complète');
    expect(html).toContain('value="claude.vasseur"');
  });

  it('lets one of two who follow a link at once go in', async () => {
    await visiter(site).envoyer('/connexion', { courriel: claude });
    const lien = await dernierLien(claude);
    const statuts = await Promise.all(
      Array.from({ length: 6 }, async () => (await visiter(site).envoyer(lien)).status),
    );
    expect(statuts.filter((statut) => statut === 303)).toHaveLength(1);
    expect(statuts.filter((statut) => statut === 410)).toHaveLength(5);
  });

  it('takes no session that was chosen before the sign-in, and ends the one that was held', async () => {
    const visite = visiter(site);
    visite.poser('A'.repeat(43));
    await visite.envoyer('/connexion', { courriel: claude });
    await visite.envoyer(await dernierLien(claude));
    const first = visite.secret();
    expect(first).not.toBe('A'.repeat(43));
    await visite.envoyer('/connexion', { courriel: claude });
    await visite.envoyer(await dernierLien(claude));
    const old = visiter(site);
    old.poser(first);
    expect((await old.lire('/espace')).headers.get('Location')).toBe('/connexion?retour=%2Fespace');
  });

  it('leads back where somebody wanted to go, and to no other site', async () => {
    for (const [retour, vers] of [
      ['/compte', '/compte'],
      ['//ailleurs.example', '/espace'],
      ['https://ailleurs.example/', '/espace'],
      ['/\\ailleurs.example', '/espace'],
    ] as const) {
      const visite = visiter(site);
      await visite.envoyer('/connexion', { courriel: claude, retour });
      expect((await visite.envoyer(await dernierLien(claude))).headers.get('Location')).toBe(vers);
    }
  });

  it('refuses a link that is too old, and a person who was disabled', async () => {
    const db = acces();
    await visiter(site).envoyer('/connexion', { courriel: claude });
    const lien = await dernierLien(claude);
    await sql`update lien_connexion set expire_le = now() - interval '1 second' where utilise_le is null`.execute(
      db,
    );
    expect((await visiter(site).envoyer(lien)).status).toBe(410);
    await db.destroy();
  });
});

describe('a session', () => {
  const entrer = async (courriel: string) => {
    const visite = visiter(site);
    await visite.envoyer('/connexion', { courriel });
    await visite.envoyer(await dernierLien(courriel));
    return visite;
  };

  it('ends after its time, after a time without a request, and when its person is disabled', async () => {
    for (const change of [
      `update session set expire_le = now()`,
      `update session set vue_le = now() - inactivite`,
    ]) {
      const visite = await entrer('noa.marchand@departement.example');
      expect((await visite.lire('/espace')).status).toBe(200);
      await base.owner.query(change);
      expect((await visite.lire('/espace')).status, change).toBe(302);
    }
    const visite = await entrer('noa.marchand@departement.example');
    await base.owner.query(
      `update personne set desactivee_le = now() where courriel = 'noa.marchand@departement.example'`,
    );
    expect((await visite.lire('/espace')).status).toBe(302);
    await base.owner.query(`update personne set desactivee_le = null`);
  });

  it('acts in a role that its person holds, chosen in the head of the page, under a new secret', async () => {
    const visite = await entrer('andrea.lambert@departement.example');
    const before = visite.secret();
    const html = await (await visite.lire('/espace')).text();
    expect(html).toContain('Changer de rôle');
    const id = /name="habilitation" value="([^"]+)"/.exec(html)?.[1] ?? '';
    expect((await visite.envoyer('/compte/role', { habilitation: id })).status).toBe(303);
    expect(visite.secret()).not.toBe(before);
    const after = await (await visite.lire('/espace')).text();
    expect(after).not.toContain(`value="${id}"`);
    const other = await base.owner.query<{ id: string }>(
      `select id from attribution where role = 'administrateur'`,
    );
    const stolen = await visite.envoyer('/compte/role', { habilitation: other.rows[0]?.id ?? '' });
    expect(stolen.status).toBe(404);
    expect(await (await visite.lire('/espace')).text()).not.toContain('Administrateur');
  });

  it('is listed among the devices, and ended from another', async () => {
    const here = await entrer('alix.bernard@departement.example');
    const there = await entrer('alix.bernard@departement.example');
    const html = await (await here.lire('/compte')).text();
    expect(html).toContain('Cet appareil');
    const id = /name="session" value="([^"]+)"/.exec(html)?.[1] ?? '';
    expect((await here.envoyer('/compte/appareils/fermer', { session: id })).status).toBe(303);
    expect((await there.lire('/espace')).status).toBe(302);
    expect((await here.lire('/espace')).status).toBe(200);
    expect((await here.envoyer('/compte/appareils/fermer', { session: id })).status).toBe(404);
  });

  it('ends when somebody signs out', async () => {
    const visite = await entrer('alix.bernard@departement.example');
    const held = visite.secret();
    expect((await visite.envoyer('/deconnexion')).headers.get('Location')).toBe(
      '/connexion?fait=deconnexion',
    );
    expect(visite.secret()).toBeUndefined();
    visite.poser(held);
    expect((await visite.lire('/espace')).status).toBe(302);
  });

  it('is asked of no form that comes from elsewhere', async () => {
    const visite = await entrer('alix.bernard@departement.example');
    for (const entetes of [
      { Origin: 'https://ailleurs.example' },
      { Origin: 'null' },
      { Origin: 'https://ailleurs.example', 'Sec-Fetch-Site': 'cross-site' },
    ]) {
      expect((await visite.envoyer('/deconnexion', {}, entetes)).status).toBe(403);
    }
    expect((await visite.lire('/espace')).status).toBe(200);
  });

  it('gives back what was typed to whoever has none any more', async () => {
    const response = await visiter(site).envoyer('/compte/role', {
      motif: 'Un long texte que je ne veux pas écrire deux fois.',
    });
    expect(response.status).toBe(401);
    expect(await response.text()).toContain('Un long texte que je ne veux pas écrire deux fois.');
  });
});

describe('the doors of the demonstration', () => {
  it('let anybody be anybody from this machine, and nobody from elsewhere', async () => {
    const visite = visiter(site);
    const html = await (await visite.lire('/demonstration')).text();
    expect(html).toContain('Camille Duval');
    const id = /Camille Duval.*?name="personne" value="([^"]+)"/s.exec(html)?.[1] ?? '';
    for (const entetes of [{ Host: 'maillage.example' }, { 'X-Forwarded-For': '203.0.113.7' }]) {
      if (!('Host' in entetes)) expect((await visite.lire('/demonstration', entetes)).status).toBe(404);
      const refused = await site.app.request('/demonstration', { headers: entetes });
      expect(refused.status).toBe(404);
    }
    expect((await visite.envoyer('/demonstration/entrer', { personne: id })).headers.get('Location')).toBe(
      '/espace',
    );
    expect(await (await visite.lire('/espace')).text()).toContain('Administrateur');
  });

  it('show every mail, with the link that it holds', async () => {
    await visiter(site).envoyer('/connexion', { courriel: claude });
    const list = await (await visiter(site).lire('/demonstration/courriels')).text();
    const href = /href="(\/demonstration\/courriels\/[^"]+)"/.exec(list)?.[1] ?? '';
    const mail = await (await visiter(site).lire(href)).text();
    expect(mail).toContain('/connexion/lien/');
  });
});

describe('a role taken back while a request comes in', () => {
  it('is told as a refusal, not as an incident', async () => {
    const visite = visiter(site);
    await visite.envoyer('/connexion', { courriel: claude });
    await visite.envoyer(await dernierLien(claude));
    await base.owner.query(`update session set vue_le = now() - interval '2 minutes'`);
    const db = acces();
    try {
      // Whoever asks is known, then waits to note the visit: the role goes meanwhile.
      const asked = await db.transaction().execute(async (transaction) => {
        await sql`select from session for update`.execute(transaction);
        const answer = visite.lire('/espace');
        await expect
          .poll(async () => {
            const { rowCount } = await base.owner.query(
              `select from pg_stat_activity where wait_event_type = 'Lock' and query like 'update session%'
                and datname = current_database()`,
            );
            return rowCount;
          })
          .toBe(1);
        await base.owner.query(
          `update attribution set retiree_le = now(), retrait_motif = 'essai'
           where personne_id = (select id from personne where courriel = $1)`,
          [claude],
        );
        return { answer };
      });
      const answer = await asked.answer;
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('Accès refusé');
    } finally {
      await db.destroy();
      await base.owner.query(
        `update attribution set retiree_le = null, retrait_motif = null where retrait_motif = 'essai'`,
      );
    }
  });
});
