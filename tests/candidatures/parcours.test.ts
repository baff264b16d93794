import { sql } from 'kysely';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { semerVague } from '../../src/candidatures/candidatures.fixtures.ts';
import { lirePdf } from '../../src/communication/formats/pdf.fixtures.ts';
import { chargerDemo } from '../../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../../src/platform/database/testing.ts';
import { exiger } from '../../src/platform/result.ts';
import { ouvrirNavigateur, type Site, servir, verifierPage } from '../navigateur.ts';
import { champ, continuer, remplirCandidature } from './remplir.ts';

let base: TestDatabase;
let site: Site;
let navigateur: Browser;
let rang = 20;
const sansScript = new WeakSet<Page>();

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  [site, navigateur] = await Promise.all([servir(base), ouvrirNavigateur()]);
});
afterAll(async () => {
  await navigateur.close();
  await site.fermer();
  await base.close();
});

const entrer = async (options: BrowserContextOptions): Promise<Page> => {
  const contexte = await navigateur.newContext(options);
  // A step that does not come says which it is.
  contexte.setDefaultTimeout(10_000);
  const page = await contexte.newPage();
  if (options.javaScriptEnabled === false) sansScript.add(page);
  await page.goto(`${site.adresse}/demonstration`);
  await page
    .getByRole('row', { name: /Morgan Petit/ })
    .getByRole('button')
    .first()
    .click();
  await page.goto(`${site.adresse}/candidatures`);
  return page;
};

/** What every page owes; axe needs a script, without which the width alone is looked at. */
const regarder = async (page: Page): Promise<void> => {
  if (sansScript.has(page)) {
    const [content, window] = await page.evaluate(
      () => [document.documentElement.scrollWidth, innerWidth] as const,
    );
    expect(content, page.url()).toBeLessThanOrEqual(window);
    return;
  }
  await verifierPage(page);
};

const parcourir = async (options: BrowserContextOptions): Promise<Page> => {
  rang += 1;
  await semerVague(base.db, { rang });
  const page = await entrer(options);
  await regarder(page);
  await page.getByRole('link', { name: `Candidater à « Vague ${rang} »` }).click();
  await regarder(page);
  await page.getByRole('button', { name: 'Commencer la candidature' }).click();
  await page.waitForURL(/formulaire\/structure/);
  await remplirCandidature(page, regarder);
  await page.getByRole('button', { name: 'Déposer la candidature' }).click();
  await page.waitForURL(/fait=deposee/);
  await regarder(page);
  return page;
};

describe('applying', () => {
  it('works on a narrow screen without JavaScript, from the list of waves to the receipt', async () => {
    const page = await parcourir({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    const lien = await page.getByRole('link', { name: /accusé de réception/ }).getAttribute('href');
    const pdf = await page.request.get(`${site.adresse}${lien}`);
    const lu = await lirePdf(new Uint8Array(await pdf.body()));
    expect([lu.marque, lu.partieUa, lu.langue]).toEqual([true, '1', 'fr-FR']);
    for (const mention of ['Date de réception de la demande', 'Service chargé du dossier', 'notifiée'])
      expect(lu.texte).toContain(mention);
    await page.goto(page.url().replace(/\?.*/, '/recapitulatif'));
    const piece = await page.getByRole('link', { name: 'délibération.txt' }).getAttribute('href');
    const fichier = await page.request.get(`${site.adresse}${piece}`);
    expect(await fichier.text()).toBe('Le conseil approuve.');
    expect(fichier.headers()['content-security-policy']).toBe("default-src 'none'; sandbox");
    expect(fichier.headers()['content-disposition']).toMatch(/^attachment/);
    await page.context().close();
  });

  it('saves as one types with JavaScript, and tells of a colleague who wrote in the same field', async () => {
    const page = await parcourir({ viewport: { width: 390, height: 844 } });
    const id = /candidatures\/([0-9a-f-]+)/.exec(page.url())?.[1];
    await page.goto(`${site.adresse}/candidatures/${id}/formulaire/postes`);
    await champ(page, 'postes').fill('3');
    await page.getByText(/^Enregistré à \d+/).waitFor();
    const lire = async () =>
      (await base.owner.query('select saisie from candidature where id = $1', [id])).rows[0]?.saisie.postes;
    expect(await lire()).toBe('3');
    await sql`update candidature set saisie = saisie || '{"postes": "7"}' where id = ${id ?? ''}`.execute(
      base.db,
    );
    await champ(page, 'postes').fill('4');
    await page.getByText(/un collègue a écrit entre-temps/).waitFor();
    await continuer(page);
    await regarder(page);
    expect(await champ(page, 'postes').inputValue()).toBe('4');
    expect(await lire(), 'the first stands').toBe('7');
    await continuer(page);
    await page.waitForURL(/projet/);
    expect(await lire()).toBe('4');
    await page.context().close();
  });
});
