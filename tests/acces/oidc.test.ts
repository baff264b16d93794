import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chargerDemo } from '../../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../../src/platform/database/testing.ts';
import { ouvrirNavigateur, type Site, servir, verifierPage } from '../navigateur.ts';
import { type Visite, visiter } from '../visite.ts';
import { type Fournisseur, ouvrirFournisseur, sIdentifier } from './fournisseur.ts';

let base: TestDatabase;
let fournisseur: Fournisseur;
let site: Site;

const claude = 'claude.vasseur@prefecture.example';
const comptes = {
  claude: { email: 'Claude.Vasseur@prefecture.example', email_verified: true },
  sacha: { email: 'sacha.caron@prefecture.example', email_verified: true },
  maxime: { email: 'maxime.leroy@prefecture.example', email_verified: true },
  inconnu: { email: 'personne@ailleurs.example', email_verified: true },
  nonVerifie: { email: 'alix.bernard@departement.example', email_verified: false },
  tu: { email: 'alix.bernard@departement.example' },
  sansAdresse: { email_verified: true },
  faible: { email: 'alix.bernard@departement.example', email_verified: true, acr: 'eidas0' },
  camille: { email: 'camille.duval@maillage.example', email_verified: true },
  camilleDeux: { email: 'camille.duval@maillage.example', email_verified: true, amr: ['pwd', 'mfa'] },
  camilleCarte: { email: 'camille.duval@maillage.example', email_verified: true, acr: 'eidas3' },
} as const;

beforeAll(async () => {
  base = await withTestDatabase();
  const loaded = await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' });
  expect(loaded.ok).toBe(true);
  fournisseur = await ouvrirFournisseur(comptes);
  site = await servir(base, { oidc: fournisseur.reglages });
  fournisseur.brancher(site.adresse);
});
afterAll(async () => {
  await site.fermer();
  await fournisseur.fermer();
  await base.close();
});
afterEach(() => fournisseur.alterer(undefined));

const unique = async <Ligne>(requete: string, valeurs: readonly unknown[] = []): Promise<Ligne | undefined> =>
  (await base.owner.query(requete, [...valeurs])).rows[0] as Ligne | undefined;

/** Leaves for the provider; gives the address to which the browser is led. */
const partir = async (visite: Visite, champs: Record<string, string> = {}, de = site): Promise<string> => {
  const response = await visite.envoyer('/connexion/oidc', champs);
  expect(response.status, de.adresse).toBe(200);
  return /url=(.*)$/.exec(response.headers.get('Refresh') ?? '')?.[1] ?? '';
};
const local = (adresse: string): string => adresse.slice(new URL(adresse).origin.length);

/** Comes back from the provider as one of its accounts. */
const revenir = async (visite: Visite, compte: keyof typeof comptes | '', champs = {}): Promise<Response> =>
  visite.lire(local(await sIdentifier(await partir(visite, champs), compte)));

describe('the door by OpenID Connect', () => {
  it('lets in the person of the verified address, and links them once, on record and by mail', async () => {
    const visite = visiter(site);
    const entered = await revenir(visite, 'claude', { retour: '/compte' });
    expect([entered.status, entered.headers.get('Location')]).toEqual([302, '/compte']);
    expect(await (await visite.lire('/espace')).text()).toContain('Claude Vasseur');
    const again = visiter(site);
    expect((await revenir(again, 'claude')).headers.get('Location')).toBe('/espace');
    const linked = await base.owner.query(
      `select emetteur from identite join personne on personne.id = personne_id where courriel = $1 and sujet = 'claude'`,
      [claude],
    );
    expect(linked.rows).toEqual([{ emetteur: fournisseur.reglages.emetteur }]);
    const noted = await base.owner.query(
      `select acte from journal where objet_id = (select id::text from personne where courriel = $1)
        and acte in ('acces.lier_identite', 'acces.connexion') order by id`,
      [claude],
    );
    expect(noted.rows.map(({ acte }) => acte)).toEqual([
      'acces.lier_identite',
      'acces.connexion',
      'acces.connexion',
    ]);
    const told = await base.owner.query(`select objet from courriel where destinataire = $1`, [claude]);
    expect(told.rows).toEqual([{ objet: 'Votre compte Maillage s’ouvre avec ProConnect' }]);
  });

  it('asks with the parameters of the provider, and a challenge', async () => {
    const asked = new URL(await partir(visiter(site))).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      scope: 'openid given_name usual_name email uid siret',
      acr_values: 'eidas1',
      code_challenge_method: 'S256',
      claims: '{"id_token":{"amr":null}}',
      redirect_uri: `${site.adresse}/connexion/oidc/retour`,
    });
    expect(asked.get('prompt')).toBeNull();
    const other = new URL(await partir(visiter(site), { autre: 'oui' })).searchParams;
    expect(other.get('prompt')).toBe('login');
  });

  it('knows a linked person whatever their address becomes at the provider', async () => {
    await revenir(visiter(site), 'sacha');
    await base.owner.query(
      `update personne set courriel = 'sacha@ailleurs.example' where courriel = 'sacha.caron@prefecture.example'`,
    );
    const visite = visiter(site);
    expect((await revenir(visite, 'sacha')).status).toBe(302);
    await base.owner.query(
      `update personne set desactivee_le = now() where courriel = 'sacha@ailleurs.example'`,
    );
    const closed = await revenir(visiter(site), 'sacha');
    expect(closed.status).toBe(403);
    expect(await closed.text()).toContain('Votre compte Maillage est fermé');
  });

  it.each([
    ['inconnu', 403, 'la préfecture de votre département'],
    ['nonVerifie', 403, 'adresse électronique vérifiée'],
    ['tu', 403, 'adresse électronique vérifiée'],
    ['sansAdresse', 403, 'adresse électronique vérifiée'],
    ['faible', 403, 'ne garantit pas assez qui vous êtes'],
    ['', 403, 'Vous avez renoncé à vous connecter avec ProConnect'],
  ] as const)('refuses « %s » in words, makes nobody and links nothing', async (compte, statut, mots) => {
    const count =
      'select (select count(*) from personne) as personnes, (select count(*) from identite) as liens';
    const before = await unique(count);
    const visite = visiter(site);
    const response = await revenir(visite, compte);
    expect(response.status).toBe(statut);
    expect(await response.text()).toContain(mots);
    expect(visite.secret()).toBeUndefined();
    expect(await unique(count)).toEqual(before);
  });

  it('takes the word of a provider for its addresses where it is set to', async () => {
    const oidc = { ...fournisseur.reglages, courrielsSurs: true };
    const sure = await servir(base, { oidc });
    try {
      fournisseur.brancher(sure.adresse);
      const visite = visiter(sure);
      const retour = local(await sIdentifier(await partir(visite, {}, sure), 'tu'));
      expect((await visite.lire(retour)).status).toBe(302);
      const other = visiter(sure);
      const refused = local(await sIdentifier(await partir(other, {}, sure), 'nonVerifie'));
      expect((await other.lire(refused)).status, 'an address said not to be verified is never').toBe(403);
    } finally {
      fournisseur.brancher(site.adresse);
      await sure.fermer();
    }
  });
});

describe('an answer of the provider', () => {
  it('serves once', async () => {
    const visite = visiter(site);
    const depart = await partir(visite);
    const cookie = new URL(depart).searchParams.get('state') ?? '';
    const retour = local(await sIdentifier(depart, 'claude'));
    expect((await visite.lire(retour)).status).toBe(302);
    const replayed = await visiter(site).lire(retour, { Cookie: `maillage-depart=${cookie}` });
    expect(replayed.status).toBe(410);
    expect(await replayed.text()).toContain('Cette demande de connexion ne sert plus');
  });

  it('serves only in the browser that asked', async () => {
    const attacker = visiter(site);
    const retour = local(await sIdentifier(await partir(attacker), 'claude'));
    const victim = visiter(site);
    await partir(victim);
    expect((await victim.lire(retour)).status).toBe(410);
    expect(victim.secret()).toBeUndefined();
    expect((await attacker.lire(retour)).status, 'the control').toBe(302);
  });

  it('is refused when it comes too late', async () => {
    const visite = visiter(site);
    const retour = local(await sIdentifier(await partir(visite), 'claude'));
    await base.owner.query(`update demande_oidc set expire_le = now() - interval '1 second'`);
    expect((await visite.lire(retour)).status).toBe(410);
  });

  it.each([
    ['nonce', `update demande_oidc set nonce = 'un autre'`],
    ['PKCE verifier', `update demande_oidc set verificateur = repeat('a', 43)`],
  ])('is refused for another %s', async (_what, change) => {
    const visite = visiter(site);
    const retour = local(await sIdentifier(await partir(visite), 'claude'));
    await base.owner.query(change);
    const response = await visite.lire(retour);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('La connexion n’a pas abouti');
    expect(visite.secret()).toBeUndefined();
  });

  const dits = (autres: Readonly<Record<string, unknown>> = {}) => ({
    iss: fournisseur.reglages.emetteur,
    aud: fournisseur.reglages.client,
    sub: 'maxime',
    exp: Math.floor(Date.now() / 1000) + 60,
    email: 'claude.vasseur@prefecture.example',
    email_verified: true,
    ...autres,
  });

  it.each([
    [
      'signed by another key',
      () => ({ type: 'application/jwt', corps: fournisseur.signer(dits(), 'autre') }),
    ],
    ['without a signature', () => ({ type: 'application/json', corps: JSON.stringify(dits()) })],
    [
      'of another issuer',
      () => ({
        type: 'application/jwt',
        corps: fournisseur.signer(dits({ iss: 'https://ailleurs.example' })),
      }),
    ],
    [
      'without issuer',
      () => ({ type: 'application/jwt', corps: fournisseur.signer(dits({ iss: undefined })) }),
    ],
    [
      'for another service',
      () => ({ type: 'application/jwt', corps: fournisseur.signer(dits({ aud: 'un autre service' })) }),
    ],
    [
      'for nobody said',
      () => ({ type: 'application/jwt', corps: fournisseur.signer(dits({ aud: undefined })) }),
    ],
    [
      'of another person',
      () => ({ type: 'application/jwt', corps: fournisseur.signer(dits({ sub: 'claude' })) }),
    ],
    [
      'that is past',
      () => ({
        type: 'application/jwt',
        corps: fournisseur.signer(dits({ exp: Math.floor(Date.now() / 1000) - 600 })),
      }),
    ],
  ])('about a person is refused when it is %s, and its cause is on record', async (_what, altered) => {
    const visite = visiter(site);
    const retour = local(await sIdentifier(await partir(visite), 'maxime'));
    fournisseur.alterer(altered());
    const response = await visite.lire(retour);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('ne peut pas être vérifiée');
    expect(visite.secret()).toBeUndefined();
    const noted = await unique<{ contenu: { raison: string; cause: string } }>(
      `select contenu from journal where acte = 'acces.refuser_oidc' order by id desc limit 1`,
    );
    expect(noted?.contenu.raison).toBe('invalide');
    expect(noted?.contenu.cause).not.toBe('');
  });

  it('about a person is believed when it is signed, for us, of them', async () => {
    const visite = visiter(site);
    const retour = local(await sIdentifier(await partir(visite), 'maxime'));
    fournisseur.alterer({
      type: 'application/jwt',
      corps: fournisseur.signer(dits({ email: 'maxime.leroy@prefecture.example' })),
    });
    expect((await visite.lire(retour)).status).toBe(302);
  });

  it('that is an error is told, and another is asked anew', async () => {
    const visite = visiter(site);
    const state = new URL(await partir(visite)).searchParams.get('state');
    const response = await visite.lire(
      `/connexion/oidc/retour?error=temporarily_unavailable&state=${state}&iss=${encodeURIComponent(fournisseur.reglages.emetteur)}`,
    );
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('ProConnect ne répond pas comme prévu');
    expect((await visite.lire(`/connexion/oidc/retour?error=x&state=${state}`)).status).toBe(410);
    expect((await visite.lire('/connexion/oidc/retour?code=x')).status).toBe(410);
  });
});

describe('a provider that is away', () => {
  it('is told before one leaves, and after; once back it lets in', async () => {
    const away = await ouvrirFournisseur(comptes);
    const there = await servir(base, { oidc: away.reglages });
    try {
      const refused = await visiter(there).envoyer('/connexion/oidc');
      expect(refused.status).toBe(503);
      expect(await refused.text()).toContain('ProConnect ne répond pas');
      away.brancher(there.adresse);
      const visite = visiter(there);
      const retour = local(await sIdentifier(await partir(visite, {}, there), 'maxime'));
      const late = visiter(there);
      const lost = local(await sIdentifier(await partir(late, {}, there), 'maxime'));
      expect((await visite.lire(retour)).status).toBe(302);
      await away.fermer();
      const after = await late.lire(lost);
      expect(after.status).toBe(503);
      expect(await after.text()).toContain('Connexion impossible pour l’instant');
      expect(late.secret()).toBeUndefined();
    } finally {
      await there.fermer();
    }
  });

  it('does not keep whoever is signed in from their pages', async () => {
    // More sign-ins wait than there are connections to the tables of signing in.
    const slow = await ouvrirFournisseur(comptes);
    const there = await servir(base, { oidc: slow.reglages });
    slow.brancher(there.adresse);
    try {
      const visite = visiter(there);
      await visite.lire(local(await sIdentifier(await partir(visite, {}, there), 'maxime')));
      const waiting = await Promise.all(
        Array.from({ length: 8 }, async () => {
          const other = visiter(there);
          return { other, retour: local(await sIdentifier(await partir(other, {}, there), 'maxime')) };
        }),
      );
      const { arrivees, lacher } = slow.retenir('/token');
      const answers = waiting.map(({ other, retour }) => other.lire(retour));
      await arrivees(8);
      expect((await visite.lire('/espace')).status).toBe(200);
      lacher();
      expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(8).fill(302));
    } finally {
      await there.fermer();
      await slow.fermer();
    }
  });
});

describe('a second proof', () => {
  it('is asked of a role that wants one, unless the provider had it', async () => {
    const once = visiter(site);
    await revenir(once, 'camille');
    expect((await once.lire('/espace')).headers.get('Location')).toBe(
      '/connexion/second-facteur?retour=%2Fespace',
    );
    for (const compte of ['camilleDeux', 'camilleCarte'] as const) {
      const visite = visiter(site);
      await revenir(visite, compte);
      expect((await visite.lire('/espace')).status, compte).toBe(200);
    }
  });
});

describe('signing out', () => {
  it('ends the session of the provider too, and keeps nothing that opens it', async () => {
    const visite = visiter(site);
    const chez = visiter({ adresse: fournisseur.reglages.emetteur });
    await visite.lire(local(await sIdentifier(await partir(visite), 'claude', chez)));
    const kept = await unique<{ jeton: string }>(
      `select jeton_identite as jeton from session where fin_le is null order by ouverte_le desc limit 1`,
    );
    expect(kept?.jeton).toMatch(/^[\w-]{100,}$/);
    expect(kept?.jeton, 'not the token itself').not.toMatch(/^eyJ/);
    const left = await visite.envoyer('/deconnexion');
    const vers = new URL(/url=(.*)$/.exec(left.headers.get('Refresh') ?? '')?.[1] ?? '');
    expect(vers.origin).toBe(fournisseur.reglages.emetteur);
    expect(vers.searchParams.get('post_logout_redirect_uri')).toBe(`${site.adresse}/deconnexion/retour`);
    expect(visite.secret()).toBeUndefined();
    const page = await (await chez.lire(local(vers.href))).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const ended = await chez.envoyer('/session/end/confirm', { xsrf, logout: 'yes' });
    const back = new URL(ended.headers.get('Location') ?? '');
    expect(back.href).toMatch(new RegExp(`^${site.adresse}/deconnexion/retour\\?state=`));
    expect((await visite.lire(local(back.href))).headers.get('Location')).toBe('/connexion?fait=deconnexion');
    expect(
      (await base.owner.query('select from session where fin_le is not null and jeton_identite is not null'))
        .rowCount,
    ).toBe(0);
  });
});

describe('in a browser', () => {
  let navigateur: Browser;
  beforeAll(async () => {
    navigateur = await ouvrirNavigateur();
  });
  afterAll(() => navigateur.close());

  it('somebody comes in, sees their identity, leaves, without a script', async () => {
    const contexte = await navigateur.newContext({ javaScriptEnabled: false });
    const page = await contexte.newPage();
    await page.goto(`${site.adresse}/connexion?retour=%2Fcompte`);
    await page.getByRole('button', { name: 'Se connecter avec ProConnect' }).click();
    await page.waitForURL(/\/interaction\//);
    await page.getByRole('combobox').selectOption('claude');
    await page.getByRole('button', { name: 'Entrer' }).click();
    await page.waitForURL(`${site.adresse}/compte`);
    expect(await page.locator('main').textContent()).toContain('Claude Vasseur');
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.waitForURL(/\/session\/end/);
    await page.getByRole('button', { name: 'Terminer' }).click();
    await page.waitForURL(/fait=deconnexion/);
    expect(await page.locator('main').textContent()).toContain('Vous êtes déconnecté');
    await contexte.close();
  });

  it('somebody who is refused reads why on a page that everybody can read', async () => {
    for (const viewport of [
      { width: 1280, height: 900 },
      { width: 390, height: 800 },
    ]) {
      const contexte = await navigateur.newContext({ viewport });
      const page = await contexte.newPage();
      await page.goto(`${site.adresse}/connexion`);
      await page.getByRole('button', { name: 'Se connecter avec ProConnect' }).click();
      await page.waitForURL(/\/interaction\//);
      await page.getByRole('combobox').selectOption('inconnu');
      await page.getByRole('button', { name: 'Entrer' }).click();
      await page.waitForURL(/\/connexion\/oidc\/retour/);
      expect(await page.locator('h1').textContent()).toBe('Vous n’avez pas de compte Maillage');
      await verifierPage(page);
      if (process.env['CAPTURES'])
        await page.screenshot({ path: `${process.env['CAPTURES']}/oidc-${viewport.width}.png` });
      await contexte.close();
    }
  });
});
