import { afterAll, beforeAll, expect, it } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { phrases, routes } from '../src/main/rooms.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { type Site, servir } from './navigateur.ts';
import { joueurDe, ouvrirSessionDe } from './permissions.fixtures.ts';
import { type Visite, visiter } from './visite.ts';

// What private rows leave the product, who took them and how many is on record.

let base: TestDatabase;
let site: Site;
let visite: Visite;
let personne = '';

beforeAll(async () => {
  base = await withTestDatabase();
  expect((await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' })).ok).toBe(true);
  site = await servir(base);
  const joueur = await joueurDe(base.owner, 'administrateur');
  if (joueur === null) throw new Error('somebody');
  personne = joueur.personne;
  visite = visiter(site);
  visite.poser(await ouvrirSessionDe(base.owner, joueur));
});
afterAll(async () => {
  await site.fermer();
  await base.close();
});

type Ligne = {
  readonly acteur: string;
  readonly acte: string;
  readonly objet_id: string;
  readonly contenu: Readonly<Record<string, unknown>>;
  readonly valeurs: unknown;
};

/** The lines that an address has written in the journal, once it was read whole. */
const lignesDe = async (
  chemin: string,
): Promise<{ readonly corps: string; readonly lignes: readonly Ligne[] }> => {
  const { rows } = await base.owner.query<{ id: number }>(
    'select coalesce(max(id), 0)::int as id from journal',
  );
  const answer = await visite.lire(chemin);
  expect(answer.status, chemin).toBe(200);
  const corps = await answer.text();
  const written = await base.owner.query<Ligne>(
    `select acteur, acte, objet_id, contenu, valeurs from journal left join journal_personnel on journal_id = id
     where id > $1 order by id`,
    [rows[0]?.id],
  );
  return { corps, lignes: written.rows };
};

const prives = routes.filter(
  ({ methode, limite, access }) => methode === 'GET' && limite === 'export' && access.type !== 'public',
);

it('every private file that somebody takes is in the journal', { timeout: 120_000 }, async () => {
  expect(prives.length).toBeGreaterThan(15);
  const { rows } = await base.owner.query<{ date: string }>(
    'select date::text from seance order by 1 limit 1',
  );
  const seance = rows[0]?.date ?? '';
  const chemins = prives.map(({ path }) =>
    path.replace(/:format(\{[^}]*\})?/, 'json').replace(/:date(\{[^}]*\})?/, seance),
  );
  // Of an object that the demonstration does not have; a document goes to those whom it is for, and is no list.
  expect(chemins.filter((chemin) => chemin.includes(':')).toSorted()).toEqual([
    '/candidatures/:id/accuse/:numero',
    '/candidatures/:id/lettres/:fichier',
    '/candidatures/:id/pieces/:fichier',
    ...['csv', 'ods', 'xlsx'].map((format) => `/comite/:id/propositions/:proposition/dossiers.${format}`),
  ]);
  for (const chemin of chemins.filter((donne) => !donne.includes(':'))) {
    const { lignes } = await lignesDe(chemin);
    expect(lignes, chemin).toHaveLength(1);
    expect(lignes[0]).toMatchObject({ acteur: `personne:${personne}` });
    if (lignes[0]?.acte !== 'acces.exporter_donnees')
      expect(lignes[0], chemin).toMatchObject({
        acte: 'liste.exporter',
        contenu: { titre: expect.any(String), format: chemin.split('.').at(-1), lignes: expect.any(Number) },
      });
  }
});

it('the journal says how many rows left and which were chosen', async () => {
  const { corps, lignes } = await lignesDe('/personnes.csv?role=conseiller');
  const [ligne] = lignes;
  const nombre = corps.trim().split('\r\n').length - 1;
  expect(nombre).toBeGreaterThan(0);
  expect(ligne).toMatchObject({
    objet_id: 'personnes',
    contenu: { format: 'csv', lignes: nombre, filtres: { role: 'conseiller' }, saisis: [] },
    valeurs: null,
  });
  expect(phrases['liste.exporter']?.(ligne?.contenu ?? {})).toBe(
    `Liste «\u00a0Personnes\u00a0» exportée (CSV)\u00a0: ${nombre} lignes, filtrée`,
  );
  const journal = await lignesDe('/administration/journal.csv?acte=liste.exporter');
  expect(journal.lignes[0]?.contenu).toMatchObject({
    lignes: journal.corps.trim().split('\r\n').length - 1,
    filtres: { acte: 'liste.exporter' },
  });
});

it('what was typed to choose rows is kept where it can be erased', async () => {
  const { lignes } = await lignesDe('/administration/imports.csv?q=Dupont');
  expect(JSON.stringify(lignes[0]?.contenu)).not.toContain('Dupont');
  expect(lignes[0]).toMatchObject({ contenu: { filtres: {}, saisis: ['q'] }, valeurs: { q: 'Dupont' } });
});
