import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerDemo } from '../../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../../src/platform/database/testing.ts';
import { ouvrir, ouvrirNavigateur, type Site, servir, verifierPage } from '../navigateur.ts';
import { type Visite, visiter } from '../visite.ts';

let base: TestDatabase;
let site: Site;
let navigateur: Browser;
/** Pictures of every page, for whoever asks for them. */
const images = process.env['MAILLAGE_IMAGES'];

beforeAll(async () => {
  base = await withTestDatabase();
  expect((await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' })).ok).toBe(true);
  [site, navigateur] = await Promise.all([servir(base), ouvrirNavigateur()]);
  if (images) mkdirSync(images, { recursive: true });
});
afterAll(async () => {
  await navigateur.close();
  await site.fermer();
  await base.close();
});

const un = async (texte: string, valeurs: readonly unknown[] = []): Promise<string> => {
  const { rows } = await base.owner.query<{ id: string }>(texte, [...valeurs]);
  return rows[0]?.id ?? '';
};
const personne = (courriel: string) => un('select id from personne where courriel = $1', [courriel]);
const claude = 'claude.vasseur@prefecture.example';
const camille = 'camille.duval@maillage.example';
const morgan = 'morgan.petit@gauchy.example';

const entrer = async (courriel: string): Promise<Visite> => {
  const visite = visiter(site);
  const entered = await visite.envoyer('/demonstration/entrer', { personne: await personne(courriel) });
  expect(entered.status).toBe(303);
  return visite;
};

const contexteDe = async (courriel: string, options: Parameters<Browser['newContext']>[0] = {}) => {
  const visite = await entrer(courriel);
  const contexte = await navigateur.newContext(options);
  await contexte.addCookies([{ name: 'maillage', value: visite.secret() ?? '', url: site.adresse }]);
  return contexte;
};

const lienDuCourriel = async (destinataire: string): Promise<string> => {
  const { rows } = await base.owner.query<{ lien_secret: string }>(
    'select lien_secret from courriel where destinataire = $1 and lien_secret is not null order by cree_le desc, id desc limit 1',
    [destinataire],
  );
  return rows[0]?.lien_secret ?? '';
};

/** Reaches a control by the keyboard alone, by what its text begins with, and presses it. */
const presser = async (page: Page, nom: string, touche = 'Enter'): Promise<void> => {
  for (let pas = 0; pas < 120; pas += 1) {
    await page.keyboard.press('Tab');
    const texte = await page.evaluate(() => {
      const held = document.activeElement;
      const said = held instanceof HTMLInputElement ? held.labels?.[0] : held;
      return said?.textContent.trim() ?? '';
    });
    if (!texte.startsWith(nom)) continue;
    await page.keyboard.press(touche);
    return;
  }
  throw new Error(`the keyboard never reaches ${nom}`);
};

/** Goes to a field by its label, and types. */
const ecrire = async (page: Page, libelle: string | RegExp, texte: string): Promise<void> => {
  const field = page.getByLabel(libelle);
  await field.focus();
  await page.keyboard.type(texte);
};

const accepter = async (contexte: BrowserContext, courriel: string): Promise<Page> => {
  const page = await ouvrir(contexte, await lienDuCourriel(courriel));
  await presser(page, 'Accepter et entrer dans Maillage');
  await page.waitForURL('**/espace');
  return page;
};

it('by keyboard alone, an instructeur invites a gestionnaire, who comes in by the mail and invites a conseiller', async () => {
  const instructeur = await contexteDe(claude);
  const page = await ouvrir(instructeur, `${site.adresse}/espace`);
  await presser(page, 'Invitations');
  await page.waitForURL('**/invitations');
  await verifierPage(page);
  await presser(page, 'Inviter une personne');
  await page.waitForURL('**/invitations/nouvelle');
  await verifierPage(page);
  await presser(page, 'Instructeur', 'ArrowDown');
  await presser(page, 'Continuer');
  await page.waitForURL('**/invitations/nouvelle?role=gestionnaire*');
  await verifierPage(page);
  await ecrire(page, /^Adresse électronique/, 'accueil@gauchy.example');
  await ecrire(page, /^Prénom/, 'Sasha');
  await ecrire(page, /^Nom/, 'Robin');
  await page.getByLabel(/^Structure/).focus();
  await page.keyboard.type('tiers-lieu de Gauchy');
  await presser(page, 'Envoyer l’invitation');
  await page.waitForURL('**/invitations');
  await verifierPage(page);
  expect(await page.title()).toMatch(/^Erreur/);
  expect(await page.locator('#erreurs').textContent()).toContain('Écrivez pourquoi');
  await ecrire(page, /^Motif/, 'arrivée à la direction');
  await presser(page, 'Envoyer l’invitation');
  await page.getByText('Est-ce l’adresse d’une seule personne').waitFor();
  await verifierPage(page);
  await page.getByLabel(/^Adresse électronique/).fill('sasha.robin@gauchy.example');
  await page.getByLabel(/^Adresse électronique/).focus();
  await presser(page, 'Envoyer l’invitation');
  await page.waitForURL('**/invitations/*?fait=envoyee');
  await verifierPage(page);
  expect(await page.locator('[role=status]').textContent()).toContain('L’invitation est enregistrée');
  await instructeur.close();

  const gestionnaire = await navigateur.newContext();
  const arrivee = await accepter(gestionnaire, 'sasha.robin@gauchy.example');
  await presser(arrivee, 'Personnes');
  await arrivee.waitForURL('**/personnes');
  await verifierPage(arrivee);
  expect(await arrivee.locator('tbody th').allInnerTexts()).toEqual(
    expect.arrayContaining(['Petit Morgan', 'Robin Sasha']),
  );
  await presser(arrivee, 'Inviter une personne');
  await arrivee.waitForURL('**/invitations/nouvelle');
  expect(await arrivee.locator('input[name=role]').count(), 'a gestionnaire invites to three roles').toBe(3);
  await arrivee.getByLabel(/^Conseiller numérique/).focus();
  await arrivee.keyboard.press('Space');
  await presser(arrivee, 'Continuer');
  await arrivee.waitForURL('**role=conseiller*');
  await ecrire(arrivee, /^Adresse électronique/, 'ael.nguyen@gauchy.example');
  await ecrire(arrivee, /^Prénom/, 'Aël');
  await ecrire(arrivee, /^Nom/, 'Nguyen');
  await ecrire(arrivee, /^Motif/, 'recrutement');
  await presser(arrivee, 'Envoyer l’invitation');
  await arrivee.waitForURL('**/invitations/*?fait=envoyee');
  await gestionnaire.close();

  const conseiller = await navigateur.newContext();
  const fin = await accepter(conseiller, 'ael.nguyen@gauchy.example');
  expect(await fin.locator('header').textContent()).toContain('Conseiller numérique');
  expect((await fin.request.get(`${site.adresse}/personnes`)).status()).toBe(403);
  await conseiller.close();
});

describe('the pages of those who look after people', () => {
  const lots = async (visite: Visite): Promise<string> => {
    const form = new FormData();
    form.set(
      'fichier',
      new File(
        [
          'courriel;prenom;nom;role;perimetre;motif\na.b@essai.example;A;B;conseiller;21020321200092;essai\nfaux;A;B;roi;;',
        ],
        'liste.csv',
      ),
    );
    const sent = await fetch(`${site.adresse}/invitations/fichier`, {
      method: 'POST',
      body: form,
      headers: { Origin: site.adresse, Cookie: `maillage=${visite.secret()}` },
      redirect: 'manual',
    });
    expect(sent.status).toBe(303);
    return sent.headers.get('Location') ?? '';
  };

  /** Every page, by who reads it. */
  let pages: Readonly<Record<string, readonly string[]>> = {};
  beforeAll(async () => {
    const lot = await lots(await entrer(camille));
    const enCours = await un(
      `insert into lot_invitation (deposee_par, lignes, demandee_le)
       select deposee_par, lignes, now() from lot_invitation where id = $1 returning id`,
      [lot.split('/').at(-1)],
    );
    const id = await personne(morgan);
    const attribution = await un('select id from attribution where personne_id = $1', [id]);
    const structure = await un('select structure_id as id from attribution where id = $1', [attribution]);
    const visiteur = visiter(site);
    await visiteur.envoyer('/revendication', {
      structure,
      courriel: 'lou.garnier@essai.example',
      prenom: 'Lou',
      nom: 'Garnier',
      fonction: 'directrice',
    });
    const suivi = new URL(await lienDuCourriel('lou.garnier@essai.example')).pathname;
    await visiteur.envoyer(`${suivi}/confirmer`);
    const revendication = await un('select id from revendication limit 1');
    pages = {
      administrateur: [
        '/personnes',
        '/personnes?role=conseiller&departement=02&etat=actif',
        `/personnes/${id}`,
        `/personnes/${id}/compte`,
        `/personnes/${id}/roles/nouveau`,
        `/personnes/${id}/roles/nouveau?role=gestionnaire`,
        `/personnes/${id}/roles/${attribution}/retirer`,
        `/personnes/${id}/roles/${attribution}/prolonger`,
        `/personnes/${id}/roles/${attribution}/suppleance`,
        '/invitations',
        '/invitations/fichier',
        lot,
        `/invitations/fichier/${enCours}`,
        '/revendications',
      ],
      instructeur: [
        '/personnes',
        `/personnes/${await personne(claude)}`,
        '/invitations/nouvelle?role=instructeur',
        `/revendications/${revendication}`,
        '/compte/courriel',
        '/compte/courriel/envoye',
      ],
      gestionnaire: ['/personnes', '/invitations', '/invitations/nouvelle?role=coordinateur'],
      visiteur: [
        '/revendication',
        '/revendication?q=gauchy',
        `/revendication?structure=${structure}`,
        suivi,
        '/revendication/envoyee',
      ],
    };
  });

  it.each(
    ['administrateur', 'instructeur', 'gestionnaire', 'visiteur'].flatMap((qui) => [
      { qui, width: 1280 },
      { qui, width: 390 },
    ]),
  )(
    'are accessible and fit on $width pixels for $qui',
    async ({ qui, width }) => {
      const courriel = { administrateur: camille, instructeur: claude, gestionnaire: morgan }[qui];
      const options = { viewport: { width, height: 900 } };
      const contexte = courriel ? await contexteDe(courriel, options) : await navigateur.newContext(options);
      for (const chemin of pages[qui] ?? []) {
        const page = await ouvrir(contexte, `${site.adresse}${chemin}`);
        if (images)
          await page.screenshot({
            path: `${images}/${qui}${chemin.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[\w-]{43}/g, 'x').replace(/\W+/g, '-')}-${width}.png`,
            fullPage: true,
          });
        await page.close();
      }
      await contexte.close();
    },
    120_000,
  );

  it('hold 0, 1 and 2 000 invitations, page by page and in files', async () => {
    const visite = await entrer('alix.bernard@departement.example');
    const structure = await un(
      `select structure_id as id from attribution a join personne p on p.id = a.personne_id where p.courriel = 'alix.bernard@departement.example'`,
    );
    const lire = async (chemin: string) => (await visite.lire(chemin)).text();
    expect(await lire('/invitations')).toContain('Personne n’a encore été invité');
    const planter = (combien: number) =>
      base.owner.query(
        `insert into invitation (courriel, prenom, nom, role, niveau, structure_id, motif, expire_le)
         select 'foule' || n || '.' || $2 || '@essai.example', 'Prénom', 'Nom' || lpad(n::text, 4, '0'), 'conseiller', 'soi', $1, 'essai',
           now() + case when n % 2 = 0 then interval '1 day' else interval '-1 day' end from generate_series(1, $2::integer) n`,
        [structure, combien],
      );
    await planter(1);
    expect(await lire('/invitations')).toContain('1 invitation.');
    await planter(1999);
    const html = await lire('/invitations?page=40&tri=nom');
    expect(html).toContain('page 40 sur 40');
    expect(await lire('/invitations?etat=expiree')).toMatch(/1\s001 invitations répondent/);
    expect((await visite.lire('/invitations?page=41')).status).toBe(404);
    const csv = await lire('/invitations.csv?etat=envoyee');
    expect(csv.trim().split('\r\n')).toHaveLength(1000);
    expect(csv).toContain('envoyée');
    for (const [format, mime] of [
      ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
      ['ods', 'application/vnd.oasis.opendocument.spreadsheet'],
    ]) {
      const file = await visite.lire(`/invitations.${format}`);
      expect(file.headers.get('Content-Type')).toBe(mime);
      expect(file.headers.get('Cache-Control')).toBe('private, no-store');
      expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(20_000);
    }
    const ailleurs = await entrer(morgan);
    expect(await (await ailleurs.lire('/invitations.csv')).text()).not.toContain('foule');
  });

  it('find people by name without a name in any address', async () => {
    const visite = await entrer(claude);
    const sent = await visite.envoyer('/personnes/recherche', { terme: 'lambért' });
    const vers = sent.headers.get('Location') ?? '';
    expect(vers).toMatch(/^\/personnes\/recherche\/[0-9a-f-]{36}$/);
    const html = await (await visite.lire(vers)).text();
    expect(html).toContain('Lambert Andréa');
    expect(html).not.toContain('Petit Morgan');
    for (const [, href = ''] of html.matchAll(/(?:href|action)="([^"]*)"/g))
      expect(decodeURIComponent(href).toLowerCase()).not.toMatch(/lamb/);
    const fichier = /href="(\/personnes\.csv[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await (await visite.lire(fichier)).text()).trim().split('\r\n')).toHaveLength(2);
    const autre = await entrer(camille);
    expect((await autre.lire(vers)).headers.get('Location'), 'a search is one’s own').toBe('/personnes');
    expect((await visite.envoyer('/personnes/recherche', { terme: ' ' })).status).toBe(400);
    const { rows } = await base.owner.query(`select from journal where journal::text ilike '%lambért%'`);
    expect(rows).toEqual([]);
  });
});

describe('a role taken back', () => {
  it('is confirmed first, said after, and given back from the page, whose history keeps both', async () => {
    const contexte = await contexteDe(claude);
    const id = await personne('charlie.dupont@gauchy.example');
    const page = await ouvrir(contexte, `${site.adresse}/personnes/${id}`);
    await page.getByRole('link', { name: /^Retirer/ }).click();
    await page.getByLabel(/^Motif/).fill('fin de contrat');
    await page.getByRole('button', { name: 'Retirer ce rôle' }).click();
    await page.waitForURL('**?fait=retire&role=*');
    await verifierPage(page);
    expect(await page.locator('table').textContent()).toContain('retiré');
    expect(await page.locator('.maillage-fait').getByRole('button').textContent()).toBe('Rendre ce rôle');
    await page.goto(`${site.adresse}/personnes/${id}`);
    await verifierPage(page);
    // Not from the message alone: from the page, for an hour.
    await page.locator('table').getByRole('button', { name: 'Rendre ce rôle' }).click();
    await page.waitForURL('**?fait=rendu');
    await verifierPage(page);
    expect(await page.locator('table').textContent()).toContain('en cours');
    expect(await page.getByRole('button', { name: 'Rendre ce rôle' }).count()).toBe(0);
    const histoire = await page.locator('.maillage-chronologie').textContent();
    for (const fait of ['Rôle donné', 'Rôle retiré', 'fin de contrat', 'Rôle rendu'])
      expect(histoire).toContain(fait);
    await contexte.close();
  });

  it('leaves whoever gave up their own without its pages, and without a fault', async () => {
    const visite = await entrer('sacha.caron@prefecture.example');
    const id = await personne('sacha.caron@prefecture.example');
    const attribution = await un('select id from attribution where personne_id = $1', [id]);
    const done = await visite.envoyer(`/personnes/${id}/roles/${attribution}/retirer`, {
      motif: 'mutation',
      version: '1',
    });
    expect([done.status, done.headers.get('Location')]).toEqual([303, '/compte']);
    expect((await visite.lire('/compte')).status).toBe(200);
    expect((await visite.lire('/personnes')).status).toBe(403);
  });
});

describe('a form about somebody', () => {
  it('says all that is wrong with it at once, of that person', async () => {
    const visite = await entrer(claude);
    const texte = async (reponse: Promise<Response>) =>
      (await (await reponse).text()).replace(/[\u00a0\u202f]/g, ' ');
    const invitation = await texte(visite.envoyer('/invitations', { role: 'gestionnaire' }));
    for (const dit of ['Indiquez la structure.', 'Écrivez l’adresse électronique de la personne.'])
      expect(invitation).toContain(dit);
    expect(invitation, 'under their public name').toMatch(/<option[^>]*>Tiers-lieu de Gauchy – Gauchy/);
    const id = await personne('morgan.petit@gauchy.example');
    const role = await un('select id from attribution where personne_id = $1', [id]);
    const suppleance = await texte(visite.envoyer(`/personnes/${id}/roles/${role}/suppleance`));
    for (const dit of ['l’adresse électronique de la personne', 'Écrivez le dernier jour de la suppléance.'])
      expect(suppleance).toContain(dit);
    for (const chemin of ['/invitations/nouvelle', `/personnes/${id}/roles/nouveau`]) {
      expect(await texte(visite.lire(chemin))).not.toContain('Choisissez un rôle.');
      expect(await texte(visite.lire(`${chemin}?choisir=oui`))).toContain('Choisissez un rôle.');
    }
    expect(await texte(visiter(site).lire('/revendication?q=&chercher=oui'))).toContain(
      'Écrivez le numéro, le nom',
    );
  });

  it('is not about whoever was erased: the list does not show them', async () => {
    const admin = await entrer('camille.duval@maillage.example');
    const lignes = async () => (await (await admin.lire('/personnes.csv')).text()).split('\n').length;
    const avant = await lignes();
    await base.owner.query(`insert into personne (prenom, nom, courriel, desactivee_le, effacee_le)
      values ('Personne', 'effacée', 'essai@efface.invalid', now(), now())`);
    expect(await lignes()).toBe(avant);
  });
});

describe('what is not one’s own', () => {
  it('answers like what does not exist, page and act', async () => {
    const visite = await entrer(morgan);
    const etrangere = await personne('alix.bernard@departement.example');
    const role = await un('select id from attribution where personne_id = $1', [etrangere]);
    const nulle = '01890000-0000-7000-8000-000000000000';
    for (const [id, attribution] of [
      [etrangere, role],
      [nulle, nulle],
    ] as const) {
      for (const chemin of [
        `/personnes/${id}`,
        `/personnes/${id}/roles/nouveau`,
        `/personnes/${id}/roles/${attribution}/retirer`,
        `/personnes/${id}/roles/${attribution}/prolonger`,
        `/personnes/${id}/roles/${attribution}/suppleance`,
        `/invitations/${id}`,
        `/invitations/fichier/${id}`,
        `/invitations/fichier/${id}/erreurs.csv`,
      ])
        expect((await visite.lire(chemin)).status, chemin).toBe(404);
      const acts: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
        [`/personnes/${id}/roles`, { role: 'conseiller', perimetre: '21020321200092', motif: 'essai' }],
        [`/personnes/${id}/roles/${attribution}/retirer`, { motif: 'essai', version: '1' }],
        [`/personnes/${id}/roles/${attribution}/rendre`, {}],
        [`/personnes/${id}/roles/${attribution}/prolonger`, { motif: 'essai', version: '1', fin: '' }],
        [`/invitations/${id}/renvoyer`, { version: '1' }],
        [`/invitations/${id}/revoquer`, { version: '1' }],
        [`/invitations/fichier/${id}`, {}],
      ];
      for (const [chemin, champs] of acts)
        expect((await visite.envoyer(chemin, champs)).status, chemin).toBe(404);
    }
    expect((await visite.lire('/revendications')).status).toBe(403);
    expect((await visite.lire(`/personnes/${etrangere}/compte`)).status).toBe(403);
  });
});

describe('a claim, from the door to the letter', () => {
  it('is printed once per code by the préfecture, and tried by its link', async () => {
    const visiteur = visiter(site);
    const structure = await un(
      `select structure_id as id from decision where structure_id not in
         (select structure_id from attribution where structure_id is not null) order by id limit 1`,
    );
    const champs = {
      structure,
      courriel: 'rose.petit@essai.example',
      prenom: 'Rose',
      nom: 'Petit',
      fonction: 'secrétaire',
    };
    expect((await visiteur.envoyer('/revendication', { ...champs, fonction: '' })).status).toBe(400);
    const asked = await visiteur.envoyer('/revendication', champs);
    expect(asked.headers.get('Location')).toBe('/revendication/envoyee');
    const suivi = new URL(await lienDuCourriel('rose.petit@essai.example')).pathname;
    await visiteur.envoyer(`${suivi}/confirmer`);
    const id = await un(`select id from revendication where courriel = 'rose.petit@essai.example'`);
    const prefecture = await entrer(claude);
    expect((await prefecture.envoyer(`/revendications/${id}/courrier`, { adresse: '' })).status).toBe(400);
    const letter = await prefecture.envoyer(`/revendications/${id}/courrier`, {
      adresse: 'Mairie\n1 place de la Mairie\n02000 Laon',
    });
    expect([letter.status, letter.headers.get('Content-Type')]).toEqual([200, 'application/pdf']);
    expect(
      Buffer.from(await letter.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const code = 'select encode(code_empreinte, $2) as id from revendication where id = $1';
    const kept = await un(code, [id, 'hex']);
    const twice = await prefecture.envoyer(`/revendications/${id}/courrier`, {
      adresse: 'Mairie\n02000 Laon',
    });
    expect(twice.status, 'a second letter is asked for').toBe(400);
    const asking = await twice.text();
    for (const texte of ['courrier édité', 'Cochez pour le remplacer', 'le premier courrier ne servira plus'])
      expect(asking).toContain(texte);
    const shown = await (await prefecture.lire(`/revendications/${id}`)).text();
    expect(shown).not.toContain('Elle manque dans Maillage');
    expect(await un(code, [id, 'hex'])).toBe(kept);
    for (let essai = 1; essai <= 5; essai += 1) {
      const tried = await visiteur.envoyer(`${suivi}/code`, { code: 'AAAA-AAAA' });
      expect(tried.headers.get('Location')).toBe(`${suivi}?erreur=code`);
    }
    expect(
      await un(`select essais::text as id from revendication where id = $1`, [id]),
      'tries are kept',
    ).toBe('5');
    expect((await visiteur.envoyer(`${suivi}/code`, { code: 'AAAA-AAAA' })).headers.get('Location')).toBe(
      suivi,
    );
    expect(await (await visiteur.lire(suivi)).text()).toContain('Ce code ne sert plus');
    const refused = await prefecture.envoyer(`/revendications/${id}/confirmer`, { version: '1' });
    expect(refused.status).toBe(409);
  });
});
