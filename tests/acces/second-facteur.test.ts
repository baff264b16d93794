import { readFile } from 'node:fs/promises';
import { TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { retirerSecondFacteur } from '../../src/acces/index.ts';
import { chargerDemo } from '../../src/demo/index.ts';
import { connectDatabase } from '../../src/platform/database/index.ts';
import { type TestDatabase, withTestDatabase } from '../../src/platform/database/testing.ts';
import { ouvrirNavigateur, type Site, servir, verifierPage } from '../navigateur.ts';
import { type Visite, visiter } from '../visite.ts';

let base: TestDatabase;
let site: Site;
const camille = 'camille.duval@maillage.example';

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
beforeEach(async () => {
  await base.owner.query('delete from second_facteur');
  await base.owner.query('delete from courriel');
});

// Codes are of a period: in the middle of one, no other begins while a test runs.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Math.floor(Date.now() / 30_000) * 30_000 + 15_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const entrer = async (courriel = camille): Promise<Visite> => {
  const visite = visiter(site);
  await visite.envoyer('/connexion', { courriel });
  const { rows } = await base.owner.query<{ lien_secret: string }>(
    'select lien_secret from courriel where destinataire = $1 and lien_secret is not null order by cree_le desc, id desc limit 1',
    [courriel],
  );
  const entered = await visite.envoyer(new URL(rows[0]?.lien_secret ?? '').pathname);
  expect(entered.status).toBe(303);
  return visite;
};

/** Sessions of one person. One after the other: a link makes the one before useless. */
const plusieurs = async (nombre: number): Promise<Visite[]> => {
  const visites: Visite[] = [];
  while (visites.length < nombre) visites.push(await entrer());
  return visites;
};

/** The code of a secret, so many periods from now. */
const codeDe = (secret: string, periodes = 0): string =>
  TOTP.generate({
    secret: new TOTP({ secret }).secret,
    timestamp: Date.now() + periodes * 30_000,
  });

const lireSecret = (html: string): string =>
  (/class="maillage-secret">([^<]+)</.exec(html)?.[1] ?? '').replaceAll(' ', '');
const lireCodes = (html: string): string[] =>
  [...html.matchAll(/<li>([0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4})<\/li>/g)].map(([, code = '']) => code);

/** A wrong code, whatever the period. */
const faux = (secret: string): string => {
  const right = new Set([-2, -1, 0, 1, 2].map((periodes) => codeDe(secret, periodes)));
  for (let n = 0; ; n += 1) {
    const code = String(n).padStart(6, '0');
    if (!right.has(code)) return code;
  }
};

const installer = async (visite: Visite) => {
  await visite.envoyer('/compte/second-facteur');
  const secret = lireSecret(await (await visite.lire('/compte/second-facteur')).text());
  const done = await visite.envoyer('/compte/second-facteur/confirmer', { code: codeDe(secret, -1) });
  expect(done.status).toBe(200);
  return { secret, codes: lireCodes(await done.text()) };
};
/** Forgets which codes were used, and wrong ones: time passes. */
const oublier = () =>
  base.owner.query('update second_facteur set dernier_pas = 0, echecs = 0, bloque_jusqu_a = null');
const objets = async (): Promise<string[]> =>
  (
    await base.owner.query<{ objet: string }>(
      'select objet from courriel where lien_secret is null order by cree_le, id',
    )
  ).rows.map(({ objet }) => objet);
const actes = async (): Promise<string[]> =>
  (
    await base.owner.query<{ acte: string }>(
      `select acte from journal where acte like 'acces.%' and acte not in ('acces.connexion', 'acces.deconnexion') order by id`,
    )
  ).rows.map(({ acte }) => acte);

describe('a role that wants a second factor', () => {
  it('leads to its installation, then where one was going, under another secret', async () => {
    const visite = await entrer();
    const before = visite.secret();
    expect((await visite.lire('/espace?a=b')).headers.get('Location')).toBe(
      '/connexion/second-facteur?retour=%2Fespace%3Fa%3Db',
    );
    expect((await visite.lire('/connexion/second-facteur?retour=%2Fespace')).headers.get('Location')).toBe(
      '/compte/second-facteur?retour=%2Fespace',
    );
    await visite.envoyer('/compte/second-facteur', { retour: '/espace' });
    const page = await (await visite.lire('/compte/second-facteur?retour=%2Fespace')).text();
    expect(page).toContain('Code QR à lire avec une application');
    const secret = lireSecret(page);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const { rows } = await base.owner.query<{ secret: string }>('select secret from second_facteur');
    expect(rows[0]?.secret).not.toContain(secret);
    expect((await visite.lire('/espace')).status, 'not before a first code').toBe(302);
    const done = await visite.envoyer('/compte/second-facteur/confirmer', {
      code: codeDe(secret),
      retour: '/espace',
    });
    const html = await done.text();
    expect(lireCodes(html)).toHaveLength(10);
    expect(html).toContain('href="/espace"');
    expect(visite.secret()).not.toBe(before);
    expect((await visite.lire('/espace')).status).toBe(200);
    const old = visiter(site);
    old.poser(before);
    expect((await old.lire('/compte')).status).toBe(302);
    expect(await actes()).toContain('acces.installer_second_facteur');
    expect(await objets()).toEqual(['Un second facteur protège votre compte Maillage']);
  });

  it('asks each session for a code, and goes where one was going, on this site alone', async () => {
    const first = await entrer();
    const { secret } = await installer(first);
    const visite = await entrer();
    const before = visite.secret();
    expect((await visite.lire('/connexion/second-facteur?retour=%2Fcompte')).status).toBe(200);
    const given = await visite.envoyer('/connexion/second-facteur', {
      code: codeDe(secret),
      retour: '/compte',
    });
    expect([given.status, given.headers.get('Location')]).toEqual([303, '/compte']);
    expect(visite.secret()).not.toBe(before);
    expect((await visite.lire('/espace')).status).toBe(200);
    await oublier();
    const away = await (await entrer()).envoyer('/connexion/second-facteur', {
      code: codeDe(secret),
      retour: '//ailleurs.example',
    });
    expect(away.headers.get('Location')).toBe('/espace');
  });

  it('stands before what would give the account away: its address, its identities', async () => {
    await installer(await entrer());
    const visite = await entrer();
    for (const chemin of ['/compte/courriel', `/compte/identites/${'0'.repeat(64)}/delier`]) {
      expect((await visite.lire(chemin)).headers.get('Location')).toMatch(/^\/connexion\/second-facteur\?/);
      expect((await visite.envoyer(chemin, { courriel: 'voleuse@ailleurs.example' })).status).toBe(401);
    }
    const asked = await base.owner.query('select from changement_courriel');
    expect(asked.rowCount).toBe(0);
  });

  it('once installed, protects the account whatever one acts as', async () => {
    const claude = 'claude.vasseur@prefecture.example';
    const { secret } = await installer(await entrer(claude));
    const visite = await entrer(claude);
    for (const chemin of ['/espace', '/compte', '/compte/courriel', '/compte/donnees'])
      expect((await visite.lire(chemin)).headers.get('Location'), chemin).toBe(
        `/connexion/second-facteur?retour=${encodeURIComponent(chemin)}`,
      );
    for (const chemin of [
      '/compte/courriel',
      '/compte/appareils/fermer',
      `/compte/identites/${'0'.repeat(64)}/delier`,
      '/compte/donnees/effacer',
    ])
      expect((await visite.envoyer(chemin, { courriel: 'voleur@ailleurs.example' })).status, chemin).toBe(
        401,
      );
    const { rows } = await base.owner.query<{ id: string; personne: string }>(
      `select attribution.id, personne.id as personne from attribution join personne on personne.id = personne_id
       where courriel = $1`,
      [claude],
    );
    const demo = visiter(site);
    await demo.envoyer('/demonstration/entrer', { personne: rows[0]?.personne ?? '' });
    expect((await demo.lire('/compte')).status, 'not in the demonstration').toBe(200);
    const switched = await visite.envoyer('/compte/role', { habilitation: rows[0]?.id ?? '' });
    expect(switched.status, 'roles are switched before').toBe(303);
    expect((await visite.lire('/compte')).status).toBe(302);
    await visite.envoyer('/connexion/second-facteur', { code: codeDe(secret) });
    expect((await visite.lire('/compte')).status).toBe(200);
    const leaving = await entrer(claude);
    expect((await leaving.envoyer('/deconnexion')).status, 'anybody may leave').toBe(303);
  });

  it('asks nothing of who holds another role, nor in the demonstration', async () => {
    const autre = await entrer('claude.vasseur@prefecture.example');
    expect((await autre.lire('/espace')).status).toBe(200);
    expect((await autre.lire('/connexion/second-facteur?retour=%2Fcompte')).headers.get('Location')).toBe(
      '/compte',
    );
    const visite = visiter(site);
    const { rows } = await base.owner.query<{ id: string }>('select id from personne where courriel = $1', [
      camille,
    ]);
    await visite.envoyer('/demonstration/entrer', { personne: rows[0]?.id ?? '' });
    expect((await visite.lire('/espace')).status).toBe(200);
  });
});

describe('a code', () => {
  it('serves once, in its period, the one before or the one after', async () => {
    const { secret } = await installer(await entrer());
    for (const [periodes, statut] of [
      [-1, 400],
      [0, 303],
      [0, 400],
      [1, 303],
      [1, 400],
      [0, 400],
      [3, 400],
      [-3, 400],
    ] as const) {
      await base.owner.query('update second_facteur set echecs = 0');
      const given = await (await entrer()).envoyer('/connexion/second-facteur', {
        code: codeDe(secret, periodes),
      });
      expect(given.status, `${periodes}`).toBe(statut);
    }
  });

  it('given by many at once lets one in', async () => {
    const { secret } = await installer(await entrer());
    const visites = await plusieurs(8);
    const code = codeDe(secret);
    const statuts = await Promise.all(
      visites.map(async (visite) => (await visite.envoyer('/connexion/second-facteur', { code })).status),
    );
    expect(statuts.sort()).toEqual([303, ...Array(7).fill(400)]);
  });

  it('of somebody else opens nothing', async () => {
    const { secret } = await installer(await entrer('dominique.lemaire@maillage.example'));
    await installer(await entrer());
    await oublier();
    const visite = await entrer();
    expect((await visite.envoyer('/connexion/second-facteur', { code: codeDe(secret) })).status).toBe(400);
  });

  it('that is wrong is counted in spite of the refusal: the account waits, whatever the session, and is told', async () => {
    const { secret } = await installer(await entrer());
    const wrong = faux(secret);
    const statuts = await Promise.all(
      (await plusieurs(8)).map(async (visite) =>
        (await visite.envoyer('/connexion/second-facteur', { code: wrong })).text(),
      ),
    );
    expect(statuts.filter((html) => html.includes('Ce code n’est pas le bon'))).toHaveLength(5);
    expect(statuts.filter((html) => html.includes('Trop de codes faux'))).toHaveLength(3);
    const visite = await entrer();
    expect((await visite.envoyer('/connexion/second-facteur', { code: codeDe(secret) })).status).toBe(400);
    expect(await objets()).toContain('Des codes faux ont été donnés pour votre compte Maillage');
    await base.owner.query('update second_facteur set bloque_jusqu_a = now()');
    expect((await visite.envoyer('/connexion/second-facteur', { code: codeDe(secret) })).status).toBe(303);
  });

  it('that is nothing of the kind is said so, and not counted', async () => {
    await installer(await entrer());
    const visite = await entrer();
    for (const code of ['', '12345', 'abc', 'x'.repeat(41)]) {
      const given = await visite.envoyer('/connexion/second-facteur', { code });
      expect(given.status, code).toBe(400);
    }
    const { rows } = await base.owner.query('select echecs from second_facteur');
    expect(rows).toEqual([{ echecs: 0 }]);
  });
});

describe('recovery codes', () => {
  it('serve once each, however they are typed, and tell when few are left', async () => {
    const { codes } = await installer(await entrer());
    const { rows } = await base.owner.query<{ empreinte: Buffer }>('select empreinte from code_secours');
    expect(rows).toHaveLength(10);
    const typed = (codes[0] ?? '')
      .toUpperCase()
      .replaceAll('-', ' ')
      .replaceAll('0', 'O')
      .replaceAll('1', 'l');
    const visite = await entrer();
    expect((await visite.envoyer('/connexion/second-facteur', { code: typed })).status).toBe(303);
    expect((await (await entrer()).envoyer('/connexion/second-facteur', { code: typed })).status).toBe(400);
    expect(await objets()).toContain('Un code de secours a servi pour votre compte Maillage');
    expect(await actes()).toContain('acces.code_secours');
    await base.owner.query(
      'update code_secours set utilise_le = now() where empreinte in (select empreinte from code_secours where utilise_le is null limit 6)',
    );
    const page = await (await visite.lire('/compte/second-facteur')).text();
    expect(page).toContain('Il vous reste 3');
    expect(page).toContain('Faites de nouveaux codes de secours');
  });

  it('used by many at once let one in', async () => {
    const { codes } = await installer(await entrer());
    const visites = await plusieurs(6);
    const statuts = await Promise.all(
      visites.map(
        async (visite) =>
          (await visite.envoyer('/connexion/second-facteur', { code: codes[0] ?? '' })).status,
      ),
    );
    expect(statuts.filter((statut) => statut === 303)).toHaveLength(1);
  });

  it('are made anew after a proof alone; those before serve no more', async () => {
    const { secret, codes } = await installer(await entrer());
    const visite = await entrer();
    const refused = await visite.envoyer('/compte/second-facteur/codes', { code: faux(secret) });
    expect(refused.status).toBe(400);
    const renewed = await visite.envoyer('/compte/second-facteur/codes', { code: codeDe(secret) });
    const others = lireCodes(await renewed.text());
    expect(others).toHaveLength(10);
    const again = await entrer();
    expect((await again.envoyer('/connexion/second-facteur', { code: codes[1] ?? '' })).status).toBe(400);
    expect((await again.envoyer('/connexion/second-facteur', { code: others[1] ?? '' })).status).toBe(303);
  });
});

describe('a second factor', () => {
  it('that is installed is not replaced by who only signed in', async () => {
    const { secret } = await installer(await entrer());
    const thief = await entrer();
    await thief.envoyer('/compte/second-facteur');
    const page = await (await thief.lire('/compte/second-facteur')).text();
    expect(lireSecret(page)).toBe('');
    expect((await thief.envoyer('/compte/second-facteur/confirmer', { code: codeDe(secret) })).status).toBe(
      400,
    );
    expect((await thief.lire('/espace')).status).toBe(302);
    const given = await (await entrer()).envoyer('/connexion/second-facteur', { code: codeDe(secret) });
    expect(given.status, 'the first still serves').toBe(303);
  });

  it('is taken away after a proof; sessions owe another', async () => {
    const visite = await entrer();
    const { secret } = await installer(visite);
    const other = await entrer();
    expect((await other.envoyer('/compte/second-facteur/retirer', { code: faux(secret) })).status).toBe(400);
    const removed = await other.envoyer('/compte/second-facteur/retirer', { code: codeDe(secret) });
    expect(removed.headers.get('Location')).toBe('/compte/second-facteur?fait=retire');
    expect((await visite.lire('/espace')).status).toBe(302);
    expect((await other.lire('/espace')).status).toBe(302);
    expect(await objets()).toContain('Votre compte Maillage n’a plus de second facteur');
    expect(await actes()).toContain('acces.retirer_second_facteur');
    expect((await other.lire('/compte/second-facteur/retirer')).status).toBe(404);
  });

  it('is taken away by an administrator for a reason: sessions end, the person is told', async () => {
    const visite = await entrer();
    await installer(visite);
    const acces = connectDatabase(base.adresses, 'acces', 1);
    try {
      const acteur = { identifiant: 'essai', role: 'administrateur' } as const;
      const { rows } = await base.owner.query<{ id: string }>('select id from personne where courriel = $1', [
        camille,
      ]);
      const personne = rows[0]?.id ?? '';
      expect(await retirerSecondFacteur(acces, acteur, personne, ' ')).toMatchObject({ refus: 'motif' });
      expect((await visite.lire('/espace')).status).toBe(200);
      expect(await retirerSecondFacteur(acces, acteur, personne, 'téléphone perdu')).toMatchObject({
        ok: true,
      });
      expect(await retirerSecondFacteur(acces, acteur, personne, 'encore')).toMatchObject({
        refus: 'absent',
      });
    } finally {
      await acces.destroy();
    }
    expect((await visite.lire('/compte')).status).toBe(302);
    expect(await objets()).toContain('Le second facteur de votre compte Maillage a été retiré');
    const { rows } = await base.owner.query(
      `select valeurs ->> 'motif' as motif from journal join journal_personnel on journal_id = id
       where acte = 'acces.retirer_second_facteur'`,
    );
    expect(rows).toEqual([{ motif: 'téléphone perdu' }]);
  });
});

describe('in a browser', () => {
  let navigateur: Browser;
  beforeAll(async () => {
    navigateur = await ouvrirNavigateur();
  });
  afterAll(() => navigateur.close());

  const voir = async (page: Page, nom: string): Promise<void> => {
    await verifierPage(page);
    const folder = process.env['CAPTURES'];
    if (folder) await page.screenshot({ path: `${folder}/${nom}.png`, fullPage: true });
  };

  it.each([
    ['wide', 1280],
    ['narrow', 390],
  ] as const)('somebody installs it, keeps the codes, and comes back with one (%s)', async (_what, width) => {
    const visite = await entrer();
    const contexte = await navigateur.newContext({ viewport: { width, height: 900 } });
    await contexte.addCookies([{ name: 'maillage', value: visite.secret() ?? '', url: site.adresse }]);
    const page = await contexte.newPage();
    await page.goto(`${site.adresse}/espace`);
    await voir(page, `facteur-installer-${width}`);
    await page.getByRole('button', { name: 'Installer un second facteur' }).click();
    await page.getByRole('img', { name: /Code QR/ }).waitFor();
    await voir(page, `facteur-qr-${width}`);
    const secret = lireSecret(await page.content());
    await page.getByLabel('Code à 6 chiffres').fill('12');
    await page.getByRole('button', { name: 'Confirmer' }).click();
    await page.getByText('Une réponse est à corriger').waitFor();
    await verifierPage(page);
    await page.getByLabel('Code à 6 chiffres').fill(codeDe(secret).replace(/.../, '$& '));
    await page.getByRole('button', { name: 'Confirmer' }).click();
    await page.getByRole('heading', { name: 'Vos codes de secours' }).waitFor();
    await voir(page, `facteur-codes-${width}`);
    const codes = lireCodes(await page.content());
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Enregistrer le fichier' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('maillage-codes-de-secours.txt');
    const file = await readFile(await download.path(), 'utf8');
    for (const code of codes) expect(file).toContain(code);
    await page.getByRole('link', { name: 'Je les ai notés, continuer' }).click();
    await page.waitForURL(`${site.adresse}/espace`);
    await page.goto(`${site.adresse}/compte/second-facteur`);
    await voir(page, `facteur-installe-${width}`);
    await page.getByRole('link', { name: 'Retirer mon second facteur' }).click();
    await voir(page, `facteur-retirer-${width}`);
    await page.goto(`${site.adresse}/compte`);
    await voir(page, `compte-${width}`);

    const back = await entrer();
    await contexte.addCookies([{ name: 'maillage', value: back.secret() ?? '', url: site.adresse }]);
    await page.goto(`${site.adresse}/espace`);
    await page.getByRole('heading', { name: 'Second facteur' }).waitFor();
    await voir(page, `facteur-demande-${width}`);
    await page.getByLabel('Code').fill(codes[3] ?? '');
    await page.getByRole('button', { name: 'Continuer' }).click();
    await page.waitForURL(`${site.adresse}/espace`);
    await contexte.close();
  });
});
