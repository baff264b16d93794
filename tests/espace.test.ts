import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rolesAttribuables } from '../src/acces/rules.ts';
import { chargerDemo } from '../src/demo/index.ts';
import { aFaire } from '../src/main/rooms.ts';
import { type Compte, listerAFaire, type TacheAFaire } from '../src/platform/a-faire.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { retenirStructure } from '../src/vitrine/structures.fixtures.ts';
import { ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';
import { visiter } from './visite.ts';

let base: TestDatabase;
let site: Site;

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  site = await servir(base);
});
afterAll(async () => {
  await site.fermer();
  await base.close();
});

const entrer = async (courriel: string) => {
  const { rows } = await base.owner.query<{ id: string }>('select id from personne where courriel = $1', [
    courriel,
  ]);
  const visite = visiter(site);
  await visite.envoyer('/demonstration/entrer', { personne: rows[0]?.id ?? '' });
  return visite;
};
const espaceDe = async (courriel: string): Promise<string> =>
  (await (await entrer(courriel)).lire('/espace'))
    .text()
    .then((html) => html.replace(/[\u00a0\u202f]/g, ' '));

const roles = {
  administrateur: 'camille.duval@maillage.example',
  membre: 'dominique.lemaire@maillage.example',
  agent: 'sacha.caron@prefecture.example',
  region: 'maxime.leroy@prefecture.example',
  gestionnaire: 'morgan.petit@gauchy.example',
  coordinateur: 'andrea.lambert@departement.example',
  conseiller: 'charlie.dupont@gauchy.example',
  candidat: 'lou.moreau@courriel.example',
} as const;

describe('each role lands on its own page', () => {
  it.each<[keyof typeof roles, readonly string[], readonly string[]]>([
    [
      'administrateur',
      ['Chiffres nationaux', 'Enveloppe nationale', '250 000 000 €', 'Invitations', 'Courriels'],
      ['Mes structures'],
    ],
    ['membre', ['Séances du comité', '24 mars 2021'], ['Mes structures', 'Mes chiffres']],
    [
      'agent',
      ['Contact presse à compléter', 'Mes chiffres', '16 structures retenues', 'Tiers-lieu de Gauchy'],
      ['Le service'],
    ],
    ['region', ['Mes départements', 'href="/departements/02"'], ['Le service']],
    ['gestionnaire', ['Ma structure', 'Tiers-lieu de Gauchy', '54 805 €'], ['Mes chiffres', 'Bohain']],
    [
      'coordinateur',
      ['La structure de mon équipe', 'Conseil départemental de l’Aisne', 'bibliothèque départementale'],
      ['Bohain'],
    ],
    ['conseiller', ['Ma structure', 'Tiers-lieu de Gauchy'], ['54 805 €', 'Bohain']],
    [
      'candidat',
      ['Ce qui vient ensuite', 'Chercher une structure près de chez moi'],
      ['Depuis votre dernière visite'],
    ],
  ])('%s', async (role, dits, tus) => {
    const html = await espaceDe(roles[role]);
    for (const dit of dits) expect(html).toContain(dit);
    for (const tu of tus) expect(html).not.toContain(tu);
  });

  it('and whoever has no role any more is told whom to ask', async () => {
    const visite = await entrer(roles.candidat);
    await base.owner.query(
      `update attribution set retiree_le = now(), retrait_motif = 'essai' where role = 'candidat'`,
    );
    const html = await (await visite.lire('/espace')).text();
    expect(html).toContain('Vous n’avez pas de rôle en ce moment');
    expect(html).toContain('la préfecture de votre département');
    await base.owner.query(
      `update attribution set retiree_le = null, retrait_motif = null where role = 'candidat'`,
    );
  });

  it('on every screen, without a barrier', async () => {
    const navigateur = await ouvrirNavigateur();
    for (const courriel of Object.values(roles)) {
      const visite = await entrer(courriel);
      const contexte = await navigateur.newContext({ viewport: { width: 390, height: 800 } });
      await contexte.addCookies([{ name: 'maillage', value: visite.secret() ?? '', url: site.adresse }]);
      const page = await contexte.newPage();
      await page.goto(`${site.adresse}/espace`);
      await verifierPage(page);
      await contexte.close();
    }
    await navigateur.close();
  }, 120_000);
});

it('tells an administrator of expired invitations once, in one number', async () => {
  // One to themselves is not theirs to send again.
  for (const courriel of [roles.administrateur, 'sans.reponse@essai.example'])
    await base.owner.query(
      `insert into invitation (courriel, prenom, nom, role, niveau, departement_code, motif, expire_le)
       values ($1, 'Une', 'Personne', 'instructeur', 'departement', '02', 'essai', now() - interval '1 day')`,
      [courriel],
    );
  const html = await espaceDe(roles.administrateur);
  expect(html).toContain('1 invitation restée sans réponse');
  expect(html).toMatch(/en cours, 1 périmée\b/);
  await base.owner.query(`delete from invitation where motif = 'essai'`);
});

it('tells what changed since the last visit, to whom it concerns', async () => {
  for (const courriel of [roles.agent, roles.gestionnaire]) await entrer(courriel);
  const calme = await espaceDe(roles.agent);
  expect(calme).toContain('Rien n’a changé depuis');
  const autre = await entrer('claude.vasseur@prefecture.example');
  await autre.envoyer('/prefecture/reglages/02/signataires', {
    signataire_nom: 'Dominique Martin',
    signataire_fonction: 'La secrétaire générale',
    debut: '2021-01-04',
  });
  const { rows } = await base.owner.query<{ vue: string }>(
    `update decision set publiee_le = now() where structure_id in
       (select id from structure where identifiant = '21020321200092') returning id`,
  );
  expect(rows).toHaveLength(1);
  const visite = await entrer(roles.agent);
  await base.owner.query(`update personne set vue_precedente_le = now() - interval '1 hour'`);
  const html = (await (await visite.lire('/espace')).text()).replace(/[\u00a0\u202f]/g, ' ');
  expect(html).toContain('Signataire ajouté');
  expect(html).toContain('Par Claude Vasseur');
  expect(html).toContain('1 décision annoncée');
  const structure = await espaceDe(roles.gestionnaire);
  expect(structure, 'the journal of a préfecture is not a structure’s').not.toContain('Signataire ajouté');
  await base.owner.query(`update decision set publiee_le = '2021-03-18T09:00:00Z'`);
});

it('counts for an agent what is not announced yet in their département, and nowhere else', async () => {
  await retenirStructure(base, {
    raisonSociale: 'ATTEND AISNE',
    commune: '02408',
    annoncee: false,
    postes: 5,
  });
  await retenirStructure(base, {
    raisonSociale: 'ATTEND NORD',
    commune: '59350',
    annoncee: false,
    postes: 7,
  });
  const chiffres = async (courriel: string) =>
    [...(await espaceDe(courriel)).matchAll(/maillage-chiffre__valeur">([^<]+)</g)].map(
      ([, valeur]) => valeur,
    );
  expect((await chiffres(roles.agent)).slice(0, 2)).toEqual(['17', '37']);
  expect((await chiffres(roles.region)).slice(0, 2)).toEqual(['18', '44']);
  expect(await espaceDe(roles.agent)).toContain('à annoncer');
  expect(await espaceDe(roles.administrateur)).toContain('attendent l’annonce de leurs décisions');
});

describe('what waits', () => {
  const compte = (nombre: number, echeance: string | null = null, href: string | null = null) =>
    sql<Compte>`select ${nombre}::int as nombre, ${echeance}::text as echeance, ${href}::text as href`;
  const tache = (type: string, reste: Partial<TacheAFaire>): TacheAFaire => ({
    type,
    roles: ['instructeur'],
    libelle: (nombre) => `${nombre} ${type}`,
    href: `/${type}`,
    requete: compte(2),
    ...reste,
  });
  it('is told most urgent first, to the roles that it is for, where there is something', async () => {
    const listed = await listerAFaire(
      base.db,
      [
        tache('sans', {}),
        tache('tard', { requete: compte(1, '2021-05-01', '/tard/1') }),
        tache('tot', { requete: compte(3, '2021-04-01', '/tot/1') }),
        tache('rien', { requete: compte(0) }),
        tache('autre', { roles: ['candidat'] }),
      ],
      'instructeur',
    );
    expect(listed.map(({ texte, href }) => [texte, href])).toEqual([
      ['3 tot', '/tot'],
      ['1 tard', '/tard/1'],
      ['2 sans', '/sans'],
    ]);
  });
  it('is counted in one query for all kinds', async () => {
    for (const role of rolesAttribuables) {
      let queries = 0;
      const watched = base.db.withPlugin({
        transformQuery: ({ node }) => {
          queries += 1;
          return node;
        },
        transformResult: async ({ result }) => result,
      });
      await listerAFaire(watched, aFaire, role);
      expect(queries, role).toBe(1);
    }
    expect(new Set(aFaire.map(({ type }) => type)).size).toBe(aFaire.length);
  });
});
