import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { ouvrir, ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';
import { visiter } from './visite.ts';

let base: TestDatabase;
let site: Site;
let navigateur: Browser;

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  await base.owner.query(`update regime set en_vigueur = daterange('2020-11-17', null)`);
  site = await servir(base);
  navigateur = await ouvrirNavigateur();
});
afterAll(async () => {
  await navigateur.close();
  await site.fermer();
  await base.close();
});

/** A browser, without scripts unless said; somebody of the demonstration has come in, where one is named. */
const asseoir = async (courriel?: string, largeur = 1280, script = false): Promise<BrowserContext> => {
  const contexte = await navigateur.newContext({
    viewport: { width: largeur, height: 900 },
    javaScriptEnabled: script,
  });
  if (courriel === undefined) return contexte;
  const { rows } = await base.owner.query<{ id: string }>('select id from personne where courriel = $1', [
    courriel,
  ]);
  const visite = visiter(site);
  await visite.envoyer('/demonstration/entrer', { personne: rows[0]?.id ?? '' });
  await contexte.addCookies([{ name: 'maillage', value: visite.secret() ?? '', url: site.adresse }]);
  return contexte;
};
const administrateur = 'camille.duval@maillage.example';
const texteDe = async (chemin: string): Promise<string> =>
  (await (await fetch(`${site.adresse}${chemin}`)).text()).replace(/<[^>]+>/g, '');

describe('an administrator', () => {
  it('prepares a wave part by part, is told what is missing, sees it as a candidate, publishes it', async () => {
    const contexte = await asseoir(administrateur);
    const page = await contexte.newPage();
    await page.goto(`${site.adresse}/administration/vagues`);
    await page.getByRole('link', { name: 'Préparer une vague' }).click();
    await page.getByLabel('Nom de la vague').fill('Vague "rurale"');
    await page.getByRole('button', { name: 'Préparer la vague' }).click();
    const vague = page.url().replace(/\?.*/, '');
    const manques = page.locator('.fr-alert--info li');
    expect(await manques.count()).toBe(5);

    // Not publishable yet: the page says what is missing, and where to write it.
    await page.goto(`${vague}/publier`);
    expect(await page.getByText('La vague ne peut pas encore être publiée').isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Publier la vague' }).count()).toBe(0);

    const remplir = async (section: string, ecrire: (page: Page) => Promise<void>): Promise<void> => {
      await page.goto(`${vague}/${section}`);
      await ecrire(page);
      await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    };
    await remplir('identite', async () => {
      await page.getByLabel('Objectif en postes').fill('beaucoup');
      await page.getByLabel('Texte qui présente').fill('Pour les communes rurales.');
    });
    // Refused: what was typed is still there, and the title says that something is wrong.
    expect(await page.title()).toMatch(/^Erreur/);
    expect(await page.getByLabel('Texte qui présente').inputValue()).toBe('Pour les communes rurales.');
    expect(await page.getByLabel('Objectif en postes').inputValue()).toBe('beaucoup');
    await page.getByLabel('Objectif en postes').fill('1 200');
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await remplir('calendrier', async () => {
      await page.getByLabel('Jour d’ouverture').fill('2026-01-05');
      await page.getByLabel('Heure d’ouverture').fill('9h');
      await page.getByLabel('Jour de clôture').fill('2090-06-30');
      await page.getByLabel('Heure de clôture').fill('18 h');
    });
    expect(await page.getByText('le 1er juillet 2090 à 0').first().textContent()).toContain('la Guadeloupe');
    await remplir('criteres', async () => {
      await page.getByLabel('Critère', { exact: true }).nth(0).fill('Qualité du projet');
      await page.getByLabel('Poids, de 1 à 100').nth(0).fill('40');
      await page.getByLabel('Critère', { exact: true }).nth(1).fill('Besoin du territoire');
      await page.getByLabel('Poids, de 1 à 100').nth(1).fill('60');
    });
    // Put in another order, and one more, without a script.
    await remplir('criteres', async () => {
      await page.getByLabel('Place dans la liste').nth(0).fill('2');
      await page.getByLabel('Place dans la liste').nth(1).fill('1');
      await page.getByLabel('Critère', { exact: true }).nth(2).fill('À retirer');
      await page.getByLabel('Poids, de 1 à 100').nth(2).fill('1');
    });
    await remplir('criteres', () => page.getByLabel('Retirer de la liste').nth(2).check());
    expect(await page.locator('#criteres + ol li').allTextContents()).toEqual([
      'Besoin du territoire\u00a0: poids 60, soit 60\u00a0%',
      'Qualité du projet\u00a0: poids 40, soit 40\u00a0%',
    ]);
    await remplir('questions', async () => {
      await page.getByLabel('Question', { exact: true }).nth(0).fill('Le poste sera-t-il itinérant ?');
      await page.getByLabel('Réponse attendue').nth(0).selectOption('choix');
      await page.getByLabel('Réponses possibles').nth(0).fill('Oui');
    });
    expect(await page.getByText('Écrivez au moins deux réponses possibles').first().isVisible()).toBe(true);
    await page.getByLabel('Réponses possibles').nth(0).fill('Oui\nNon');
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await remplir('priorites', async () => {
      await page.getByLabel('les tiers-lieux').check();
      await page.getByLabel('Bonus').fill('10');
    });
    await remplir('territoires', async () => {
      await page.getByLabel('aux départements cochés').check();
      await page.getByLabel('Aisne (02)').check();
      await page.getByLabel('Guadeloupe (971)').check();
    });
    await remplir('quotas', async () => {
      await page.getByLabel('Territoire').nth(0).selectOption('departement 02');
      await page.getByLabel('Minimum').nth(0).fill('5');
      await page.getByLabel('Maximum').nth(0).fill('20');
    });
    expect(await page.getByText('La vague est prête à être publiée').isVisible()).toBe(true);

    // Nobody else sees it before it is published.
    for (const chemin of ['/candidater', '/candidater/simulateur', '/dates-cles'])
      expect(await texteDe(chemin)).not.toContain('rurale');
    const id = vague.split('/').at(-1) ?? '';
    expect((await fetch(`${site.adresse}/candidater/vagues/${id}`)).status).toBe(404);

    await page.getByRole('link', { name: 'Voir comme un candidat' }).click();
    while ((await page.getByRole('link', { name: 'Étape suivante' }).count()) > 0) {
      await page.getByRole('link', { name: 'Étape suivante' }).click();
      if (await page.getByText('Le poste sera-t-il itinérant').isVisible()) break;
    }
    expect(
      await page.getByText('une réponse parmi\u00a0: «\u00a0Oui\u00a0» ou «\u00a0Non\u00a0»').isVisible(),
    ).toBe(true);

    await page.goto(`${vague}/publier`);
    await page.getByRole('button', { name: 'Publier la vague' }).click();
    expect(await page.getByText('La vague est publiée').isVisible()).toBe(true);
    expect(await texteDe('/candidater')).toContain('rurale');

    // Its closing is put off, for a reason that its history keeps.
    await page.getByRole('link', { name: 'Reporter la clôture' }).click();
    await page.getByLabel('Nouveau jour de clôture').fill('2090-06-01');
    await page.getByLabel('Motif').fill('Les mairies demandent du temps.');
    await page.getByRole('button', { name: 'Reporter la clôture' }).click();
    expect(await page.getByText('La clôture ne peut qu’être reportée').first().isVisible()).toBe(true);
    await page.getByLabel('Nouveau jour de clôture').fill('2090-07-14');
    await page.getByRole('button', { name: 'Reporter la clôture' }).click();
    expect(await page.getByText('Motif\u00a0: Les mairies demandent du temps.').isVisible()).toBe(true);
    await contexte.close();
  }, 120_000);

  it.each([1280, 390])(
    'reads every page at %i pixels',
    async (largeur) => {
      const contexte = await asseoir(administrateur, largeur, true);
      const { rows } = await base.owner.query<{ id: string }>(
        `select id from vague order by rang desc limit 1`,
      );
      const vague = `/administration/vagues/${rows[0]?.id}`;
      // A draft shows every field, a published wave what is frozen.
      await base.owner.query(
        `insert into vague (programme_id, rang, nom, statut) select id, 50 + ${largeur}, 'Brouillon', 'preparation' from programme`,
      );
      const { rows: brouillons } = await base.owner.query<{ id: string }>(
        `select id from vague where statut = 'preparation' limit 1`,
      );
      const brouillon = `/administration/vagues/${brouillons[0]?.id}`;
      for (const chemin of [
        '/administration/vagues',
        '/administration/vagues/nouvelle',
        vague,
        `${vague}/apercu`,
        `${vague}/prolonger`,
        `${vague}/annuler`,
        `${vague}/calendrier`,
        brouillon,
        `${brouillon}/publier`,
        `${brouillon}/supprimer`,
        ...['identite', 'calendrier', 'territoires', 'quotas', 'criteres', 'priorites', 'questions'].map(
          (section) => `${brouillon}/${section}`,
        ),
      ])
        await (await ouvrir(contexte, `${site.adresse}${chemin}`)).close();
      const page = await contexte.newPage();
      await page.goto(`${site.adresse}${brouillon}/identite`);
      await page.getByLabel('Objectif en postes').fill('beaucoup');
      await page.getByRole('button', { name: 'Enregistrer' }).click();
      await verifierPage(page);
      await contexte.close();
    },
    120_000,
  );
});

it('an administrator is offered what may be done with a wave, and told why the rest may not', async () => {
  const visite = visiter(site);
  const { rows } = await base.owner.query<{ id: string }>('select id from personne where courriel = $1', [
    administrateur,
  ]);
  await visite.envoyer('/demonstration/entrer', { personne: rows[0]?.id ?? '' });
  const lire = async (chemin: string): Promise<string> => (await visite.lire(chemin)).text();
  const vagueDe = async (nom: string) =>
    `/administration/vagues/${(await base.owner.query<{ id: string }>('select id from vague where nom = $1', [nom])).rows[0]?.id}`;

  await visite.envoyer('/administration/vagues/nouvelle', { nom: 'Par mégarde' });
  const brouillon = await vagueDe('Par mégarde');
  expect(await lire(brouillon)).toContain(`${brouillon}/supprimer`);
  const faite = await visite.envoyer(`${brouillon}/supprimer`, { version: '1' });
  expect(await lire(faite.headers.get('Location') ?? '')).toContain('La vague en préparation est supprimée');
  expect((await visite.lire(brouillon)).status).toBe(404);

  const decidee = await vagueDe('Première phase');
  expect(await lire(`${decidee}/supprimer`)).toContain('Cette vague a été publiée');
  const annuler = await lire(`${decidee}/annuler`);
  expect(annuler).toContain('Cette vague ne peut pas être annulée');
  expect(annuler).toContain('/espace/seances/2021-03-24');
  expect(annuler).not.toContain('<textarea');

  await visite.envoyer('/administration/vagues/nouvelle', { nom: 'Abandonnée' });
  const annulee = await vagueDe('Abandonnée');
  await base.owner.query(`update vague set statut = 'annulee' where nom = 'Abandonnée'`);
  for (const geste of ['annuler', 'publier', 'prolonger', 'supprimer'])
    expect(await lire(`${annulee}/${geste}`)).toContain('Cette vague est déjà annulée');

  // From the wave to its sessions, and to the next one.
  const { rows: seances } = await base.owner.query<{ id: string; vague_id: string }>(
    `with v as (
       insert into vague (programme_id, rang, nom, ouvre_le, ferme_le)
       select id, 95, 'Avec séance', '2026-01-01', '2026-02-01' from programme returning id, programme_id
     )
     insert into seance (programme_id, date, numero, statut, vague_id)
     select programme_id, '2026-01-06', 77, 'preparation', id from v returning id, vague_id`,
  );
  const vague = `/administration/vagues/${seances[0]?.vague_id}`;
  const page = await lire(vague);
  expect(page).toContain(`/comite/${seances[0]?.id}`);
  expect(page).toContain(`/comite/nouvelle?vague=${seances[0]?.vague_id}`);
  expect(page).toContain('Une séance se tient avant la clôture');
  expect(await lire(`${vague}/prolonger`)).toContain('Une séance du comité est prévue sur cette vague');
  expect(await lire(`/comite/nouvelle?vague=${seances[0]?.vague_id}`)).toMatch(
    new RegExp(
      `<option[^>]+(selected[^>]+value="${seances[0]?.vague_id}"|value="${seances[0]?.vague_id}"[^>]+selected)`,
    ),
  );
  await base.owner.query('delete from seance where numero = 77');
  await base.owner.query('delete from vague where rang = 95');
});

describe('a structure that thinks of applying', () => {
  it('learns whether it may, what is asked and what the State pays', async () => {
    const contexte = await asseoir();
    const page = await contexte.newPage();
    await page.goto(site.adresse);
    await page.getByRole('link', { name: 'Voir les appels à candidatures' }).click();
    // Sent without a choice, the form says which one is missing, where it is made.
    await page.getByRole('button', { name: 'Savoir si je peux candidater' }).click();
    expect(await page.title()).toMatch(/^Erreur/);
    expect(await page.locator('#champ-nature-erreur').textContent()).toContain(
      'Choisissez ce qu’est votre structure',
    );
    await page.getByLabel('Ma structure est').selectOption('association');
    await page.getByLabel('Son département').selectOption('02');
    await page.getByRole('button', { name: 'Savoir si je peux candidater' }).click();
    expect(await page.getByText('Oui, votre structure peut candidater').isVisible()).toBe(true);
    expect(await page.getByRole('status').textContent()).toContain('une vague est à votre portée');
    expect(await page.getByText('À la préfecture de l’Aisne, à Laon.').isVisible()).toBe(true);
    const commencer = page.getByRole('link', { name: 'Commencer ma candidature' });
    expect(await commencer.getAttribute('href')).toMatch(/^\/candidatures\/nouvelle\?vague=[0-9a-f-]{36}$/);
    await page.getByRole('link', { name: 'Ce qui vous sera demandé' }).click();
    expect(await page.getByText('Le poste sera-t-il itinérant').isVisible()).toBe(true);
    expect(await page.getByText('Besoin du territoire (60\u00a0% de la note)').isVisible()).toBe(true);

    await page.goto(`${site.adresse}/candidater/simulateur`);
    await page.getByLabel('Salaire mensuel brut').fill('30');
    await page.getByRole('button', { name: 'Comparer' }).click();
    expect(await page.title()).toMatch(/^Erreur/);
    expect(await page.getByText('Écrivez un salaire mensuel brut').first().isVisible()).toBe(true);
    await page.getByLabel('Salaire mensuel brut').fill('2 000');
    await page.getByLabel('Charges de l’employeur').fill('42');
    await page.getByLabel('Durée du contrat').fill('36');
    await page.getByRole('button', { name: 'Comparer' }).click();
    const texte = (await page.locator('main').textContent())?.replace(/[\u00a0\u202f]/g, ' ') ?? '';
    expect(texte).toContain('Au forfait (jusqu’à 50 000 € pour 2 ans), l’État paierait 50 000 €');
    expect(texte).toContain('Au taux (70 % du salaire brut, pendant 3 ans), l’État paierait 50 400 €');
    expect(texte).toContain('Le taux laisse 400 € de moins à votre charge');
    expect(texte).toContain('Les 12 mois suivants sont entièrement pour votre structure');
    // The drawing says it, and its table too.
    await page.getByText('Voir les chiffres').click();
    expect(await page.getByRole('row', { name: /Taux.+votre structure/ }).textContent()).toContain(
      '51\u202f840',
    );
    await page.getByLabel('privée').check();
    await page.getByLabel('Durée du contrat').fill('18');
    await page.getByRole('button', { name: 'Comparer' }).click();
    expect((await page.locator('main').textContent())?.replace(/[\u00a0\u202f]/g, ' ')).toContain(
      'jusqu’à 32 000 € pour 18 mois',
    );
    await contexte.close();
  }, 60_000);

  it.each([1280, 390])(
    'reads every page at %i pixels',
    async (largeur) => {
      const contexte = await asseoir(undefined, largeur, true);
      const { rows } = await base.owner.query<{ id: string }>(
        `select id from vague where statut = 'publiee' order by rang desc limit 1`,
      );
      for (const chemin of [
        '/',
        '/candidater',
        '/candidater?nature=epic&departement=02',
        `/candidater/vagues/${rows[0]?.id}`,
        '/candidater/simulateur',
        '/candidater/simulateur?salaire=2000&charges=42&mois=36',
      ])
        await (await ouvrir(contexte, `${site.adresse}${chemin}`)).close();
      const page = await contexte.newPage();
      for (const chemin of ['/candidater?demander=oui', '/candidater/simulateur?salaire=beaucoup']) {
        await page.goto(`${site.adresse}${chemin}`);
        await verifierPage(page);
      }
      await contexte.close();
    },
    120_000,
  );

  it('learns how to reach its préfecture, where that is known and no further', async () => {
    const demander = async () => (await texteDe('/candidater?departement=02')).replace(/[\s\u00a0]+/g, ' ');
    await base.owner.query(
      `update en_tete set contact_service = null, contact_telephone = null, contact_courriel = null, adresse = '{}'
       where departement_code = '02'`,
    );
    expect(await demander()).toContain('Elle n’a pas encore publié de contact ici');
    await base.owner.query(
      `update en_tete set contact_telephone = '03 23 21 82 82', contact_courriel = 'pref@aisne.example'
       where departement_code = '02'`,
    );
    const texte = await demander();
    expect(texte).toContain('03 23 21 82 82');
    expect(texte).toContain('pref@aisne.example');
    expect(texte).not.toContain('n’a pas encore publié');
    // Another one has said nothing: nothing is promised.
    expect(await texteDe('/candidater')).toContain('Si elle a publié un contact');
  });

  it('is told no, and why', async () => {
    const texte = await texteDe('/candidater?nature=service_etat&departement=971');
    expect(texte).toContain('Non, votre structure ne peut pas candidater');
    expect(texte).toContain('Comment entrer dans le dispositif');
    // The wave is open to the Aisne and the Guadeloupe alone.
    expect(await texteDe('/candidater?nature=association&departement=59')).toContain(
      'aucune vague n’est ouverte',
    );
  });
});
