import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { taches } from '../src/main/rooms.ts';
import { systemClock } from '../src/platform/clock.ts';
import { deposerCourriel } from '../src/platform/courriel.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { journaliser } from '../src/platform/journal.ts';
import { scellerTout } from '../src/platform/scellement.fixtures.ts';
import { type Ouvriers, ouvrirOuvriers } from '../src/platform/taches.ts';
import { ouvrir, ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';
import { joueurDe, ouvrirSessionDe, type Qui } from './permissions.fixtures.ts';

let base: TestDatabase;
let site: Site;
let ouvriers: Ouvriers;
let navigateur: Browser;
let courriel = '';
let execution = '';
let ligne = '';
let quelquUn = '';

const un = async (question: string, valeurs: readonly unknown[] = []): Promise<string> =>
  String((await base.owner.query<{ id: string }>(question, [...valeurs])).rows[0]?.id);

beforeAll(async () => {
  base = await withTestDatabase();
  expect((await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' })).ok).toBe(true);
  site = await servir(base);
  ouvriers = await ouvrirOuvriers({
    adresses: base.adresses,
    taches,
    clock: systemClock,
    adresse: site.adresse,
    signalerPanne: () => undefined,
  });
  navigateur = await ouvrirNavigateur();
  quelquUn = await un(
    `insert into personne (courriel, prenom, nom) values ('zoe@example.fr', 'Zoé', 'Témoin') returning id`,
  );
  courriel = await deposerCourriel(base.db, {
    destinataire: 'une.adresse.tres.longue.qui.ne.finit.pas@un-domaine-long.example.fr',
    objet: 'Invitation à rejoindre Maillage <script>',
    paragraphes: ['Bonjour,', `Un mot sans fin : ${'x'.repeat(120)}`],
    lien: { texte: 'Répondre', href: 'https://maillage.example.fr/invitations/x' },
    objetType: 'invitation',
    objetId: randomUUID(),
  });
  await base.owner.query(
    `update courriel set statut = 'abandonne', tentatives = 8, derniere_erreur = '550 5.1.1 boîte inconnue' where id = $1`,
    [courriel],
  );
  execution = await un(
    `insert into pgboss.job (name, state, output) values ('effacement', 'failed', '{"message": "connect ECONNREFUSED"}') returning id`,
  );
  await journaliser(
    base.db,
    { identifiant: 'essai', role: 'operateur' },
    {
      acte: 'acces.creer_administrateur',
      objetType: 'personne',
      objetId: quelquUn,
      motif: 'Ouverture du service',
      contenu: { liste: ['a', 'b'] },
      personnel: [{ personne: quelquUn, valeurs: { avant: 'Zoe', apres: 'Zoé' } }],
    },
  );
  ligne = await un('select max(id) as id from journal');
  await scellerTout(base.db);
});
afterAll(async () => {
  await navigateur.close();
  await ouvriers.fermer();
  await site.fermer();
  await base.close();
});

const entrer = async (qui: Qui, largeur: number, script = false): Promise<BrowserContext> => {
  const joueur = await joueurDe(base.owner, qui);
  if (joueur === null) throw new Error('somebody');
  const contexte = await navigateur.newContext({
    viewport: { width: largeur, height: 900 },
    javaScriptEnabled: script,
  });
  await contexte.addCookies([
    { name: 'maillage', value: await ouvrirSessionDe(base.owner, joueur), url: site.adresse },
  ]);
  return contexte;
};

/** Pictures for whoever looks at them, where a folder is named. */
const montrer = async (page: Page, nom: string): Promise<void> => {
  const dossier = process.env['MAILLAGE_CAPTURES'];
  if (dossier === undefined) return;
  await mkdir(dossier, { recursive: true });
  await page.screenshot({ path: `${dossier}/${nom.replaceAll(/\W+/g, '-')}.png`, fullPage: true });
};

const pages = (): readonly (readonly [Qui, string])[] => [
  ['administrateur', '/administration'],
  ['administrateur', '/administration/courriels'],
  ['administrateur', '/administration/courriels?statut=envoye'],
  ['administrateur', '/administration/courriels/renvoyer'],
  ['administrateur', `/administration/courriels/${courriel}`],
  ['administrateur', `/administration/courriels/${courriel}/renvoyer`],
  ['administrateur', '/administration/taches'],
  ['administrateur', '/administration/taches/verifier/lancer'],
  ['administrateur', `/administration/executions/${execution}/relancer`],
  ['administrateur', '/administration/journal'],
  ['administrateur', `/administration/journal?objet_type=personne&objet_id=${quelquUn}`],
  ['administrateur', `/administration/journal?personne=${quelquUn}`],
  ['administrateur', `/administration/journal/${ligne}`],
  ['administrateur', `/administration/personnes/${quelquUn}/effacer`],
  ['conseiller', '/compte'],
  ['conseiller', '/compte/historique'],
  ['conseiller', '/compte/donnees'],
  ['conseiller', '/compte/donnees/effacer'],
  ['conseiller', '/compte-efface'],
];

describe.each([1280, 390])('at %s pixels', (largeur) => {
  it.each(['administrateur', 'conseiller'] as const)(
    'every page of an %s is accessible, and fits',
    async (qui) => {
      const contexte = await entrer(qui, largeur, true);
      for (const [lecteur, chemin] of pages()) {
        if (lecteur !== qui) continue;
        const page = await ouvrir(contexte, `${site.adresse}${chemin}`);
        await montrer(page, `${largeur}${chemin.replace(/[0-9a-f-]{36}/g, 'id')}`);
        await page.close();
      }
      await contexte.close();
    },
  );

  it('somebody finds who did what, without a script', async () => {
    const contexte = await entrer('administrateur', largeur);
    const page = await contexte.newPage();
    await page.goto(`${site.adresse}/espace`);
    // Folded on a narrow screen.
    if (largeur < 768) await page.locator('.maillage-menu summary').click();
    await page.getByRole('link', { name: 'Administration' }).click();
    await page.getByRole('link', { name: 'Journal', exact: true }).click();
    await page.getByLabel('Chercher les actes d’une personne').fill('zo');
    await page.getByRole('button', { name: 'Chercher cette personne' }).click();
    expect(page.url()).toContain(`?personne=${quelquUn}`);
    expect(page.url()).not.toMatch(/zo[eé]/i);
    // Chromium goes back from a page that it shows, not from one that it is still putting in place.
    await page.waitForLoadState();
    await page.goBack();
    await page.getByLabel('Acte', { exact: true }).selectOption('acces.creer_administrateur');
    await page.getByRole('button', { name: 'Chercher dans le journal' }).click();
    await page.getByRole('link', { name: 'Administrateur créé' }).first().click();
    await page.getByRole('heading', { name: 'Administrateur créé' }).waitFor();
    await page.close();
    await contexte.close();
  });

  it('somebody sends given-up mails again, and reads what became of each, without a script', async () => {
    await base.owner.query(`update courriel set statut = 'abandonne' where id = $1`, [courriel]);
    const contexte = await entrer('administrateur', largeur);
    const page = await contexte.newPage();
    await page.goto(`${site.adresse}/administration/courriels`);
    await page.getByRole('link', { name: /^Renvoyer 1 courriel/ }).click();
    await page.getByRole('button', { name: 'Renvoyer les courriels cochés' }).click();
    await page.getByText('Remis à l’envoi.', { exact: true }).waitFor();
    await montrer(page, `${largeur}-rapport`);
    await contexte.close();
  });
});

it('a form of erasure that is refused leads to what is wrong, and is accessible', async () => {
  const contexte = await entrer('conseiller', 390, true);
  const page = await ouvrir(contexte, `${site.adresse}/compte/donnees/effacer`);
  await page.getByLabel(/Écrivez EFFACER/).fill('oui');
  await page.getByRole('button', { name: 'Effacer mes données' }).click();
  await page.getByText('Une réponse est à corriger').waitFor();
  await verifierPage(page);
  await contexte.close();
});
