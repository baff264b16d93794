import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endosser } from './database/acteur.ts';
import { connectDatabase, type Database } from './database/index.ts';
import { type TestDatabase, withTestDatabase } from './database/testing.ts';
import { chercherJournal, lireHistorique, type Phrases, texteDe } from './historique.ts';
import { acteurPersonne, journaliser, type Role } from './journal.ts';
import { Chronologie } from './views/chronologie.tsx';
import { rendre } from './views/rendre.ts';

const phrases: Phrases = { 'essai.nommer': (contenu) => `Nommé ${texteDe(contenu, 'nom') ?? ''}` };
const operateur = { identifiant: 'operateur:essai', role: 'operateur' } as const;
let base: TestDatabase;
let application: Database;
const personnes: Record<string, { id: string; attribution: string }> = {};
let structure = '';
let ailleurs = '';

const inserer = async (statement: string, values: readonly unknown[]): Promise<string> =>
  (await base.owner.query<{ id: string }>(`${statement} returning id`, [...values])).rows[0]?.id ?? '';

const donner = async (nom: string, role: Role, niveau: string, perimetre: Record<string, string>) => {
  const id = await inserer('insert into personne (courriel, prenom, nom) values ($1, $2, $3)', [
    `${nom.toLowerCase()}@exemple.fr`,
    'Ana',
    nom,
  ]);
  const [colonne = '', code = ''] = Object.entries(perimetre)[0] ?? [];
  const attribution = await inserer(
    `insert into attribution (personne_id, role, niveau, motif${colonne && `, ${colonne}`}) values ($1, $2, $3, 'essai'${colonne && ', $4'})`,
    [id, role, niveau, ...(colonne ? [code] : [])],
  );
  personnes[nom] = { id, attribution };
};

const comme = <Valeur,>(nom: string, travail: (db: Database) => Promise<Valeur>): Promise<Valeur> =>
  application.transaction().execute(async (transaction) => {
    const { id = '', attribution = '' } = personnes[nom] ?? {};
    expect(await endosser(transaction, id, attribution)).toBe(true);
    return travail(transaction);
  });
const agir = (
  nom: string,
  role: Role,
  objetId: string,
  perimetre: { departement?: string; structure?: string } = {},
) =>
  comme(nom, (db) =>
    journaliser(db, acteurPersonne(personnes[nom]?.id ?? '', role), {
      acte: 'essai.nommer',
      objetType: 'essai',
      objetId,
      contenu: { nom: objetId },
      motif: 'Parce que',
      perimetre,
    }),
  );

beforeAll(async () => {
  base = await withTestDatabase();
  application = connectDatabase(base.adresses, 'application', 2);
  const commune = async (departement: string): Promise<string> =>
    (await base.owner.query('select code from commune where departement_code = $1 limit 1', [departement]))
      .rows[0].code;
  const creer = async (departement: string) =>
    inserer(
      `insert into structure (raison_sociale, raison_sociale_recherche, commune_code) values ('X', 'x', $1)`,
      [await commune(departement)],
    );
  structure = await creer('02');
  ailleurs = await creer('59');
  await donner('Aisne', 'instructeur', 'departement', { departement_code: '02' });
  await donner('Nord', 'instructeur', 'departement', { departement_code: '59' });
  await donner('Gestion', 'gestionnaire', 'structure', { structure_id: structure });
  await donner('Voisine', 'gestionnaire', 'structure', { structure_id: ailleurs });
  await donner('Admin', 'administrateur', 'national', {});
  await agir('Aisne', 'instructeur', 'a', { departement: '02', structure });
  await agir('Aisne', 'instructeur', 'a', { departement: '02' });
  await agir('Aisne', 'instructeur', 'a');
  await journaliser(base.db, operateur, { acte: 'essai.disparu', objetType: 'essai', objetId: 'b' });
});
afterAll(async () => {
  await application.destroy();
  await base.close();
});

describe('the history of an object', () => {
  it('is told in sentences, newest first, with its author and reason', async () => {
    const [dernier] = await comme('Aisne', (db) => lireHistorique(db, phrases, 'essai', 'a'));
    expect(dernier).toMatchObject({ phrase: 'Nommé a', auteur: 'Ana Aisne', motif: 'Parce que' });
    const [disparu] = await lireHistorique(base.db, phrases, 'essai', 'b');
    expect(disparu).toMatchObject({ phrase: 'essai.disparu', auteur: 'l’opérateur du service', motif: null });
    const html = rendre(
      <Chronologie
        nom="Historique"
        vide="Rien"
        faits={[dernier].flatMap((each) =>
          each ? [{ cle: String(each.id), date: each.instant, titre: each.phrase, auteur: each.auteur }] : [],
        )}
      />,
    );
    expect(html).toContain('Par Ana Aisne');
  });

  it.each([
    ['Aisne', 3],
    ['Admin', 3],
    ['Gestion', 1],
    ['Nord', 0],
    ['Voisine', 0],
  ])('shows %s the %i lines that are theirs', async (nom, lignes) => {
    expect(await comme(nom, (db) => lireHistorique(db, phrases, 'essai', 'a'))).toHaveLength(lignes);
  });

  it('names by role whoever may not be seen', async () => {
    const [ligne] = await comme('Gestion', (db) => lireHistorique(db, phrases, 'essai', 'a'));
    expect(ligne?.auteur).toBe('un instructeur');
  });

  it('is found by person, act and day', async () => {
    const chercher = (recherche: Parameters<typeof chercherJournal>[2]) =>
      chercherJournal(base.db, phrases, recherche);
    const personne = personnes['Aisne']?.id ?? '';
    expect(await chercher({ personne, acte: 'essai.nommer' })).toHaveLength(3);
    expect(await chercher({ personne, au: '2020-01-01' })).toEqual([]);
    expect(await chercher({ personne, du: '2020-01-01' })).toHaveLength(3);
    const [premiere] = await chercher({ personne, limite: 1 });
    expect(await chercher({ personne, avant: premiere?.id ?? 0 })).toHaveLength(2);
  });
});

describe('nobody writes in the journal', () => {
  it('in the name of another, in another role, or at another time', async () => {
    await expect(agir('Aisne', 'administrateur', 'x')).rejects.toThrow(/row-level security/);
    await expect(
      comme('Aisne', (db) =>
        journaliser(db, acteurPersonne(personnes['Nord']?.id ?? '', 'instructeur'), {
          acte: 'essai.nommer',
          objetType: 'essai',
          objetId: 'x',
        }),
      ),
    ).rejects.toThrow(/row-level security/);
    const ligne = { acteur: 'a', role: 'operateur', acte: 'b', objet_type: 'c', objet_id: 'd' };
    await expect(
      base.db
        .insertInto('journal')
        .values({ ...ligne, instant: '2021-01-01' })
        .execute(),
    ).rejects.toThrow(/permission denied/);
    await expect(application.insertInto('journal').values(ligne).execute()).rejects.toThrow(
      /row-level security/,
    );
  });
});
