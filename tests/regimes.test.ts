// The dated rules of financing: written once, never overlapping, ended with a reason; and their pages.
import { sql } from 'kysely';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { centimes } from '../src/platform/money.ts';
import { exiger } from '../src/platform/result.ts';
import { creerRegime, finirRegime } from '../src/programme/regimes/acts.ts';
import { lireRegime } from '../src/programme/regimes/formulaire.ts';
import type { RegimeEcrit } from '../src/programme/regimes/rules.ts';
import { listVaguesDuRegime } from '../src/programme/regimes/store.ts';
import { creerVague, modifierVague, publierVague } from '../src/programme/vagues/acts.ts';
import type { Section } from '../src/programme/vagues/rules.ts';
import { lireVague } from '../src/programme/vagues/store.ts';
import { ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';
import { visiter } from './visite.ts';

const acteur = { identifiant: 'essai', role: 'operateur' } as const;
let base: TestDatabase;
let site: Site;
let navigateur: Browser;
beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, acteur));
  site = await servir(base);
  navigateur = await ouvrirNavigateur();
});
afterAll(async () => {
  await navigateur.close();
  await site.fermer();
  await base.close();
});

const forfait = (code: string, debut: string, fin: string | null): RegimeEcrit => ({
  code,
  libelle: `Forfait ${code}`,
  mode: 'forfait',
  debut,
  fin,
  source: 'Un texte.',
  variantes: [
    {
      categorie: 'publique',
      territoire: 'metropole',
      dureeMois: 36,
      plafond: centimes(4_250_000),
      tauxPourMille: null,
      baseSalaire: null,
      formation: centimes(0),
    },
  ],
});

describe('a régime', () => {
  it('has one set of rules a day and a mode, however many are written at once', async () => {
    const done = await Promise.all(
      Array.from({ length: 10 }, (_, rang) =>
        creerRegime(base.db, acteur, forfait(`a-${rang}`, '2031-01-01', '2032-01-01')),
      ),
    );
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    for (const refus of done.filter(({ ok }) => !ok))
      expect(refus).toMatchObject({
        refus: 'debut',
        message: expect.stringContaining('Un autre régime du même mode est en vigueur'),
      });
    // The day after its end belongs to the next.
    exiger(await creerRegime(base.db, acteur, forfait('b', '2032-01-01', '2033-01-01')));
    expect(await creerRegime(base.db, acteur, forfait('b', '2040-01-01', null))).toMatchObject({
      refus: 'code',
    });
  });

  it('ends on a day after its start, with a reason, and not under a wave that it serves', async () => {
    const id = exiger(await creerRegime(base.db, acteur, forfait('c', '2035-01-01', null)));
    const finir = (fin: string, motif = 'Nouveau texte.') => finirRegime(base.db, acteur, { id, fin, motif });
    expect(await finir('2035-01-01')).toMatchObject({ refus: 'fin' });
    expect(await finir('2035-02-30')).toMatchObject({ refus: 'fin' });
    expect(await finir('2036-01-01', ' ')).toMatchObject({ refus: 'motif' });
    await base.owner.query(
      `insert into vague (programme_id, rang, nom, ouvre_le, regimes) select id, 90, 'Vague servie', '2035-06-01', '{forfait}' from programme`,
    );
    expect(await finir('2035-06-01')).toMatchObject({
      refus: 'fin',
      message: expect.stringContaining('Vague servie'),
    });
    exiger(await finir('2035-06-02'));
    // The wave keeps the rules of the day on which it opens.
    expect(await listVaguesDuRegime(base.db, id)).toEqual(['Vague servie']);
    expect(await finir('2035-07-01')).toMatchObject({
      refus: 'fin',
      message: expect.stringContaining('ne se repousse plus'),
    });
    const { rows } = await base.owner.query(
      `select acte, motif from journal where objet_id = $1 order by id`,
      [id],
    );
    expect(rows).toEqual([
      { acte: 'programme.creer_regime', motif: null },
      { acte: 'programme.finir_regime', motif: 'Nouveau texte.' },
    ]);
  });

  it('does not end while a wave that it serves is being published', async () => {
    const id = exiger(await creerRegime(base.db, acteur, forfait('d', '2036-01-01', '2038-01-01')));
    const vague = exiger(await creerVague(base.db, acteur, { nom: 'Vague de 2037' }));
    const modifier = async (section: Section, valeurs: Parameters<typeof modifierVague>[2]['valeurs']) => {
      const version = (await lireVague(base.db, vague))?.version ?? 0;
      exiger(await modifierVague(base.db, acteur, { id: vague, version, section, valeurs }));
      return version + 1;
    };
    await modifier('identite', { objectifPostes: 10, presentation: 'Venez.', regimes: ['forfait'] });
    await modifier('calendrier', { ouvreLe: '2037-01-01', fermeLe: '2037-03-01', fermeHeure: '18:00' });
    const version = await modifier('criteres', {
      criteres: [{ id: null, libelle: 'Besoin', aide: null, poids: 100 }],
    });
    const transaction = await base.db.startTransaction().execute();
    exiger(await publierVague(transaction, acteur, { id: vague, version }));
    let rendu = false;
    const fin = finirRegime(base.db, acteur, { id, fin: '2036-12-01', motif: 'Nouveau texte.' }).finally(
      () => {
        rendu = true;
      },
    );
    await vi.waitFor(async () => {
      const { rowCount } = await base.owner.query(
        `select from pg_locks where locktype = 'advisory' and not granted and objid = 727035`,
      );
      expect(rendu || rowCount === 1).toBe(true);
    });
    await transaction.commit().execute();
    expect(await fin).toMatchObject({ refus: 'fin', message: expect.stringContaining('Vague de 2037') });
  });

  it('keeps its figures: nobody who serves may change or erase them', async () => {
    for (const statement of [
      'update regime_variante set plafond_centimes = 1',
      'delete from regime_variante',
      `update regime set mode = 'taux'`,
      'delete from regime',
    ])
      await expect(sql.raw(statement).execute(base.db)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the form of a régime', () => {
  const juste = {
    code: 'taux-2031',
    libelle: 'Taux de 2031',
    mode: 'taux',
    debut: '2031-01-01',
    fin: '',
    source: 'Un texte.',
    duree_publique_metropole: '36',
    taux_publique_metropole: '70,5',
    base_publique_metropole: 'brut',
    formation_publique_metropole: '4 805,50',
  };
  it('reads figures as they are written in French', () => {
    expect(lireRegime(juste)).toMatchObject({
      ok: true,
      valeur: {
        fin: null,
        variantes: [
          {
            categorie: 'publique',
            territoire: 'metropole',
            tauxPourMille: 705,
            formation: 480_550,
            plafond: null,
          },
        ],
      },
    });
  });
  it.each([
    ['code', { code: 'Forfait 2031' }],
    ['libelle', { libelle: ' ' }],
    ['mode', { mode: 'autre' }],
    ['debut', { debut: '2031-02-30' }],
    ['fin', { fin: '2031-01-01' }],
    ['source', { source: '' }],
    ['duree_publique_metropole', { duree_publique_metropole: '0' }],
    ['taux_publique_metropole', { taux_publique_metropole: '120' }],
    ['base_publique_metropole', { base_publique_metropole: '' }],
    ['formation_publique_metropole', { formation_publique_metropole: 'beaucoup' }],
    ['plafond_publique_metropole', { mode: 'forfait', taux_publique_metropole: '' }],
    ['taux_publique_metropole', { mode: 'forfait', plafond_publique_metropole: '1000' }],
    [
      'duree_publique_metropole',
      { duree_publique_metropole: '', taux_publique_metropole: '', formation_publique_metropole: '' },
    ],
  ])('refuses at « %s » what is wrong', (champ, faute) => {
    const lu = lireRegime({ ...juste, ...faute });
    expect(lu.ok ? [] : Object.keys(lu.erreurs)).toEqual([champ]);
  });
});

describe('an administrator', () => {
  const asseoir = async (largeur: number): Promise<BrowserContext> => {
    const contexte = await navigateur.newContext({
      viewport: { width: largeur, height: 900 },
    });
    contexte.setDefaultTimeout(15_000);
    const { rows } = await base.owner.query<{ id: string }>(
      `select id from personne where courriel = 'camille.duval@maillage.example'`,
    );
    const visite = visiter(site);
    await visite.envoyer('/demonstration/entrer', { personne: rows[0]?.id ?? '' });
    await contexte.addCookies([{ name: 'maillage', value: visite.secret() ?? '', url: site.adresse }]);
    return contexte;
  };

  it.each([1280, 390])('adds a régime from another one and ends it, at %i pixels', async (largeur) => {
    const page = await (await asseoir(largeur)).newPage();
    await page.goto(`${site.adresse}/administration/regimes`);
    await verifierPage(page);
    await page.getByRole('link', { name: 'Forfait de 2021' }).click();
    await verifierPage(page);
    await page.getByRole('link', { name: 'Reprendre ces chiffres' }).click();
    await verifierPage(page);
    expect(await page.locator('[name=plafond_publique_outre_mer]').inputValue()).toBe('67500');
    await page.getByLabel('Nom du régime').fill(`Forfait ${largeur}`);
    await page.locator('[name=code]').fill(`forfait-${largeur}`);
    await page.getByLabel('En vigueur à partir du').fill('2022-06-01');
    await page.getByRole('button', { name: 'Ajouter le régime' }).click();
    expect(await page.title()).toMatch(/^Erreur/);
    await verifierPage(page);
    expect(await page.locator('#champ-debut-erreur').textContent()).toContain('Un autre régime du même mode');
    expect(await page.getByLabel('Nom du régime').inputValue()).toBe(`Forfait ${largeur}`);
    await page.getByLabel('En vigueur à partir du').fill(`${largeur === 390 ? 2041 : 2051}-06-01`);
    await page.getByLabel('Fin, ce jour non compris').fill(`${largeur === 390 ? 2042 : 2052}-06-01`);
    await page.getByRole('button', { name: 'Ajouter le régime' }).click();
    await verifierPage(page);
    expect(await page.getByRole('status').textContent()).toContain('Le régime est ajouté');
    await page.getByRole('link', { name: 'Mettre fin au régime' }).click();
    await verifierPage(page);
    expect(await page.locator('main').textContent()).toContain('ne pourra plus être repoussée ni retirée');
    expect(await page.getByText('Vous ne pourrez pas revenir en arrière').isVisible()).toBe(true);
    await page.getByLabel('Fin, ce jour non compris').fill(`${largeur === 390 ? 2042 : 2052}-01-01`);
    await page.getByLabel('Motif').fill('Remplacé.');
    await page.getByRole('button', { name: 'Mettre fin au régime' }).click();
    expect(await page.getByRole('status').textContent()).toContain('La fin du régime est écrite');
    await verifierPage(page);
  });
});
