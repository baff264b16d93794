import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** A field of the form, by its name. */
export const champ = (page: Page, nom: string) => page.locator(`[name="${nom}"]`);
export const continuer = async (page: Page) =>
  page.getByRole('button', { name: 'Enregistrer et continuer', exact: true }).click();

/** Fills every step as somebody would, from the first, looking at each page, up to the summary. */
export const remplirCandidature = async (
  page: Page,
  regarder: (page: Page) => Promise<void>,
): Promise<void> => {
  await regarder(page);
  await champ(page, 'nature').fill('commune');
  await page.getByLabel('Publique').check();
  await champ(page, 'adresse').fill('1 place de la Mairie');
  await continuer(page);
  await page.waitForURL(/contacts/);
  await regarder(page);
  for (const [nom, valeur] of Object.entries({
    representant_prenom: 'Noé',
    representant_nom: 'Marchand',
    representant_fonction: 'Maire',
    contact_fonction: 'Directrice',
    contact_telephone: '03 23 21 82 82',
  }))
    await champ(page, nom).fill(valeur);
  await continuer(page);
  await page.waitForURL(/lieux/);
  await regarder(page);
  await champ(page, 'lieux-0-nom').fill('Médiathèque');
  await champ(page, 'lieux-0-adresse').fill('2 rue des Écoles');
  await champ(page, 'lieux-0-commune').fill('Saint-Quentin');
  await page.getByRole('button', { name: 'Ajouter un autre lieu' }).click();
  await page.waitForURL(/ajouter/);
  await regarder(page);
  await champ(page, 'lieux-1-nom').fill('Bus');
  await champ(page, 'lieux-1-adresse').fill('Place de la gare');
  await champ(page, 'lieux-1-commune').fill('02000');
  await continuer(page);
  await page.waitForURL(/lieux\?verifier|postes/);
  // Several communes have the name, or the postal code: they are chosen from a list.
  for (const nom of ['lieux-0-choix', 'lieux-1-choix'])
    if ((await champ(page, nom).count()) > 0) await champ(page, nom).selectOption({ index: 1 });
  if (page.url().includes('lieux')) {
    await regarder(page);
    await continuer(page);
  }
  await page.waitForURL(/postes/);
  await regarder(page);
  await champ(page, 'postes').fill('deux');
  await champ(page, 'salaire').fill('1 850');
  await page.getByLabel('Forfait').check();
  await continuer(page);
  await page.waitForURL(/postes\?verifier/);
  await regarder(page);
  expect(await champ(page, 'postes').inputValue(), 'what was typed is still there').toBe('deux');
  expect(await page.title()).toMatch(/^Erreur\u00a0: /);
  const dites = await page.locator('.maillage-etapes-liste li').allInnerTexts();
  expect(dites.map((texte) => texte.replaceAll(/\s+/g, ' ').trim())).toEqual(
    expect.arrayContaining(['La structure complète', 'Postes et financement à compléter']),
  );
  await champ(page, 'postes').fill('2');
  await continuer(page);
  await page.waitForURL(/projet/);
  await champ(page, 'debut').fill('2021-09-01');
  await page.getByLabel('Non', { exact: true }).check();
  await champ(page, 'motivation').fill('Accompagner les habitants.');
  await regarder(page);
  await continuer(page);
  await page.waitForURL(/pieces/);
  await champ(page, 'pieces').setInputFiles([
    { name: 'délibération.txt', mimeType: 'text/plain', buffer: Buffer.from('Le conseil approuve.') },
    { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('Un plan.') },
  ]);
  await page.getByRole('button', { name: 'Joindre les fichiers choisis' }).click();
  await page.getByRole('link', { name: 'délibération.txt' }).waitFor();
  await page.getByRole('button', { name: 'Retirer plan.txt' }).click();
  // Asked first: it cannot be had back.
  await page.waitForURL(/retirer=/);
  await regarder(page);
  await page.getByRole('button', { name: 'Confirmer le retrait de plan.txt' }).click();
  await page.getByRole('link', { name: 'plan.txt' }).waitFor({ state: 'detached' });
  await regarder(page);
  await continuer(page);
  await page.waitForURL(/engagements/);
  await regarder(page);
  for (const case_ of await page.getByRole('checkbox').all()) await case_.check();
  await continuer(page);
  await page.waitForURL(/recapitulatif/);
  await regarder(page);
};
