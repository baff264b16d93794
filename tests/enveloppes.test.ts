// What the programme may spend: its pages, for administrators.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';
import { visiter } from './visite.ts';

let base: TestDatabase;
let site: Site;
let navigateur: Browser;
beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  site = await servir(base);
  navigateur = await ouvrirNavigateur();
});
afterAll(async () => {
  await navigateur.close();
  await site.fermer();
  await base.close();
});

it.each([1280, 390])(
  'an administrator writes an enveloppe, chooses it for a wave, and lowers none under what is committed, at %i pixels',
  async (largeur) => {
    const contexte = await navigateur.newContext({ viewport: { width: largeur, height: 900 } });
    const { rows } = await base.owner.query<{ id: string }>(
      `select id from personne where courriel = 'camille.duval@maillage.example'`,
    );
    const visite = visiter(site);
    await visite.envoyer('/demonstration/entrer', { personne: rows[0]?.id ?? '' });
    await contexte.addCookies([{ name: 'maillage', value: visite.secret() ?? '', url: site.adresse }]);
    const page = await contexte.newPage();
    await page.goto(`${site.adresse}/administration/vagues/nouvelle`);
    await page.getByLabel('Nom de la vague').fill(`Vague ${largeur}`);
    await page.getByRole('button', { name: 'Préparer la vague' }).click();
    const vague = page.url().replace(/\?.*/, '');
    await page.goto(`${vague}/identite`);
    await page.getByRole('link', { name: 'Enveloppes' }).click();
    await verifierPage(page);

    await page.getByRole('link', { name: 'Ajouter une enveloppe' }).click();
    await verifierPage(page);
    await page.getByLabel('Nom de l’enveloppe').fill('Plan de relance, volet inclusion numérique');
    await page.getByLabel('Montant, en euros').fill('beaucoup');
    await page.getByRole('button', { name: 'Ajouter l’enveloppe' }).click();
    expect(await page.locator('#champ-montant-erreur').textContent()).toContain(
      'Écrivez un montant en euros',
    );
    await page.getByLabel('Montant, en euros').fill('1 000 000,50 €');
    await page.getByRole('button', { name: 'Ajouter l’enveloppe' }).click();
    expect(await page.locator('#champ-nom-erreur').textContent()).toContain('porte déjà ce nom');
    await verifierPage(page);
    await page.getByLabel('Nom de l’enveloppe').fill(`Tranche ${largeur}`);
    await page.getByRole('button', { name: 'Ajouter l’enveloppe' }).click();
    expect(await page.getByRole('status').textContent()).toContain('L’enveloppe est ajoutée');
    await verifierPage(page);
    expect(await page.getByLabel('Montant, en euros').inputValue()).toMatch(/^1.000.000,50?$/);

    await page.goto(`${vague}/identite`);
    await page.getByLabel('Enveloppe qui paie').selectOption({ index: largeur === 1280 ? 2 : 3 });
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    expect(await page.locator('main').textContent()).toContain(`Tranche ${largeur}`);

    // The first one, on which the demonstration's decisions are.
    await page.goto(`${site.adresse}/administration/enveloppes`);
    await page.getByRole('link', { name: 'Plan de relance' }).click();
    await page.getByLabel('Montant, en euros').fill('10');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    expect(await page.locator('#champ-motif-erreur').textContent()).toContain('Donnez le motif');
    await page.getByLabel('Motif').fill('Gel de crédits.');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    expect(await page.title()).toMatch(/^Erreur/);
    expect(await page.locator('#champ-montant-erreur').textContent()).toMatch(/engagent déjà 1.753.760.€/);
    expect(await page.getByLabel('Motif').inputValue()).toBe('Gel de crédits.');
    await page.getByLabel('Montant, en euros').fill('249 000 000');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    expect(await page.getByRole('status').textContent()).toContain('La modification est enregistrée');
    expect(await page.getByText('Motif\u00a0: Gel de crédits.').first().isVisible()).toBe(true);
    await base.owner.query('update enveloppe set montant_centimes = 25000000000 where nom like $1', [
      'Plan de relance%',
    ]);
    await contexte.close();
  },
  60_000,
);
