import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Agent,
  faireAgent,
  faireStructure,
  type Mur,
  monterMur,
} from '../../src/acces/roles/personnes.fixtures.ts';
import { semerVague } from '../../src/candidatures/candidatures.fixtures.ts';
import {
  annulerModifications,
  commencer,
  enregistrer,
  joindrePiece,
  retirerPiece,
} from '../../src/candidatures/demande/brouillon.acts.ts';
import type { SaisieCandidature } from '../../src/candidatures/demande/champ.ts';
import { saisieComplete } from '../../src/candidatures/demande/demande.fixtures.ts';
import { deposer, sortir } from '../../src/candidatures/demande/depot.acts.ts';
import { changerPorteur, permettreDeDeposer } from '../../src/candidatures/demande/equipe.acts.ts';
import { findCandidature } from '../../src/candidatures/demande/store.ts';
import { listVersions } from '../../src/candidatures/demande/versions.store.ts';
import { lireDossier } from '../../src/candidatures/dossier.ts';
import { workflowCandidature } from '../../src/candidatures/workflow.ts';
import { chargerDemo } from '../../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../../src/platform/database/testing.ts';
import { type Depot, ouvrirDepot } from '../../src/platform/fichiers/index.ts';
import { exiger } from '../../src/platform/result.ts';
import { changerStatut } from '../../src/platform/workflow.ts';

let base: TestDatabase;
let mur: Mur;
let dossier = '';
let depot: Depot;
const adresse = 'http://maillage.example';
let rang = 10;

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  mur = monterMur(base);
  dossier = await mkdtemp(join(tmpdir(), 'maillage-candidatures-'));
  depot = await ouvrirDepot({
    dossier,
    s3: undefined,
    clamd: undefined,
    fichierMax: 1_000_000,
    fichiersQuota: 10_000_000,
  });
});
afterAll(async () => {
  await mur.fermer();
  await base.close();
  await rm(dossier, { recursive: true });
});

type Equipe = {
  readonly structure: string;
  readonly vague: string;
  readonly porteur: Agent;
  readonly collegue: Agent;
};

/** A structure of the Aisne with two managers, and an open wave. */
const monter = async (vague: Parameters<typeof semerVague>[1] = {}): Promise<Equipe> => {
  rang += 1;
  const structure = await faireStructure(base, '02340', { nom: `COMMUNE ESSAI ${rang}` });
  return {
    structure,
    vague: await semerVague(base.db, { rang, ...vague }),
    porteur: await faireAgent(base, 'gestionnaire', { structure }),
    collegue: await faireAgent(base, 'gestionnaire', { structure }),
  };
};

const personneDe = ({ id, courriel }: Agent) => ({ id, courriel, prenom: 'Prénom', nom: 'Nom' });

const ouvrirDossier = async ({ structure, vague, porteur }: Equipe): Promise<string> =>
  mur.enTantQue(porteur, async (db) =>
    exiger(
      await commencer(db, porteur.acteur, {
        vagueId: vague,
        structureId: structure,
        personne: personneDe(porteur),
      }),
    ),
  );

/** Types fields over what is saved, as if the page were just drawn. */
const taper = async (agent: Agent, id: string, tapee: SaisieCandidature): Promise<void> => {
  await mur.enTantQue(agent, async (db) => {
    const avant = (await findCandidature(db, id))?.saisie ?? {};
    exiger(await enregistrer(db, { id, avant, tapee, choisies: new Set(['02340', '02408']) }));
  });
};

const lire = (id: string) => findCandidature(base.db, id);

const envoyer = (agent: Agent, id: string, version: number) =>
  mur.enTantQue(agent, (db) => deposer(db, agent.acteur, { id, version, personne: agent.id, adresse }));

const deposee = async (equipe: Equipe): Promise<string> => {
  const id = await ouvrirDossier(equipe);
  await taper(equipe.porteur, id, saisieComplete);
  exiger(await envoyer(equipe.porteur, id, (await lire(id))?.version ?? 0));
  return id;
};

const compter = async (table: string, id: string): Promise<number> => {
  const { rows } = await base.owner.query<{ n: number }>(
    `select count(*)::integer as n from ${table} where candidature_id = $1`,
    [id],
  );
  return rows[0]?.n ?? -1;
};

const courriels = async (
  id: string,
): Promise<readonly { destinataire: string; objet: string; contenu: unknown }[]> =>
  (
    await base.owner.query(
      'select destinataire, objet, contenu from courriel where objet_id = $1 order by cree_le, id',
      [id],
    )
  ).rows;

describe('a draft', () => {
  it('begins once per structure and wave, however many begin at once', async () => {
    const equipe = await monter();
    const essais = await Promise.all(
      [equipe.porteur, equipe.collegue, equipe.porteur, equipe.collegue].map((agent) =>
        mur.enTantQue(agent, (db) =>
          commencer(db, agent.acteur, {
            vagueId: equipe.vague,
            structureId: equipe.structure,
            personne: personneDe(agent),
          }),
        ),
      ),
    );
    expect(essais.filter(({ ok }) => ok)).toHaveLength(1);
    const [faite] = essais.flatMap((essai) => (essai.ok ? [essai.valeur] : []));
    for (const essai of essais) if (!essai.ok) expect([essai.refus, essai.active]).toEqual(['deja', faite]);
  });

  it('is refused where the wave is to come, closed, or not open in the département', async () => {
    for (const [vague, refus] of [
      [{ ouvreLe: '2999-01-01' }, 'vague'],
      [{ fermeLe: '2021-02-01' }, 'vague'],
    ] as const) {
      const { structure, vague: vagueId, porteur } = await monter(vague);
      const essai = await mur.enTantQue(porteur, (db) =>
        commencer(db, porteur.acteur, { vagueId, structureId: structure, personne: personneDe(porteur) }),
      );
      expect(essai.ok || essai.refus).toBe(refus);
    }
    const { structure, vague: vagueId, porteur } = await monter();
    await base.owner.query(`insert into vague_departement (vague_id, departement_code) values ($1, '59')`, [
      vagueId,
    ]);
    const essai = await mur.enTantQue(porteur, (db) =>
      commencer(db, porteur.acteur, { vagueId, structureId: structure, personne: personneDe(porteur) }),
    );
    expect(essai.ok || essai.refus).toBe('departement');
  });

  it('keeps what colleagues type at once in different fields, and both answers of the same one', async () => {
    const equipe = await monter();
    const id = await ouvrirDossier(equipe);
    const vide = (await lire(id))?.saisie ?? {};
    const taperDe = (agent: Agent, avant: SaisieCandidature, tapee: SaisieCandidature) =>
      mur.enTantQue(agent, async (db) =>
        exiger(await enregistrer(db, { id, avant, tapee, choisies: new Set() })),
      );
    await Promise.all([
      taperDe(equipe.porteur, vide, { postes: '2', motivation: '' }),
      taperDe(equipe.collegue, vide, { postes: '', motivation: 'Un besoin.' }),
    ]);
    expect((await lire(id))?.saisie).toMatchObject({ postes: '2', motivation: 'Un besoin.' });
    const lue = (await lire(id))?.saisie ?? {};
    await taperDe(equipe.collegue, lue, { postes: '3' });
    const perdu = await taperDe(equipe.porteur, lue, { postes: '4', motivation: 'Un autre.' });
    expect(perdu.conflits).toEqual(['postes']);
    expect((await lire(id))?.saisie).toMatchObject({ postes: '3', motivation: 'Un autre.' });
    // Having seen both, they choose.
    await taperDe(equipe.porteur, (await lire(id))?.saisie ?? {}, { postes: '4' });
    expect((await lire(id))?.saisie).toMatchObject({ postes: '4' });
  });

  it('names the only commune that words may mean, and never takes the postal code of several for one', async () => {
    const equipe = await monter();
    const id = await ouvrirDossier(equipe);
    const lieu = { nom: 'A', adresse: 'B', itinerant: '' };
    await mur.enTantQue(equipe.porteur, async (db) =>
      exiger(
        await enregistrer(db, {
          id,
          avant: {},
          tapee: {
            lieux: [
              { ...lieu, commune: 'laon' },
              { ...lieu, commune: '02100' },
            ],
          },
          choisies: new Set(),
        }),
      ),
    );
    expect((await lire(id))?.saisie['lieux']).toEqual([
      { ...lieu, commune: '02408' },
      { ...lieu, commune: 'code postal 02100' },
    ]);
  });

  it('is kept and read only once its wave is closed', async () => {
    const equipe = await monter();
    const id = await ouvrirDossier(equipe);
    await base.owner.query(`update vague set ferme_le = '2021-02-01' where id = $1`, [equipe.vague]);
    const tard = await mur.enTantQue(equipe.porteur, (db) =>
      enregistrer(db, { id, avant: {}, tapee: { postes: '9' }, choisies: new Set() }),
    );
    expect(tard).toMatchObject({ ok: false, refus: 'fermee' });
    expect((await lire(id))?.saisie).not.toHaveProperty('postes');
  });
});

describe('submitting', () => {
  it('writes the columns, the places and the version, and one mail of receipt with what the law asks', async () => {
    const equipe = await monter();
    const id = await deposee(equipe);
    const { rows } = await base.owner.query(
      `select statut, categorie, postes_demandes, postes_coordinateurs, salaire_centimes::integer, debut_souhaite,
        candidat_identifie from candidature where id = $1`,
      [id],
    );
    expect(rows[0]).toMatchObject({
      statut: 'deposee',
      categorie: 'publique',
      postes_demandes: 2,
      postes_coordinateurs: 0,
      salaire_centimes: 185_050,
      candidat_identifie: false,
    });
    expect(await compter('candidature_lieu', id)).toBe(2);
    expect(await compter('candidature_version', id)).toBe(1);
    const recus = await courriels(id);
    expect(recus.map(({ destinataire }) => destinataire)).toEqual([equipe.porteur.courriel]);
    const texte = JSON.stringify(recus[0]?.contenu);
    for (const mention of ['Date de réception', 'Service chargé du dossier', 'sera notifiée'])
      expect(texte).toContain(mention);
    const lu = await lireDossier(base.db, id);
    expect(lu?.sections.flatMap(({ lignes }) => lignes).find(({ nom }) => nom === 'lieux')?.valeurs).toEqual([
      'Médiathèque, 2 rue des Écoles, Gauchy (02340)',
      'Bus, 1 place de la Mairie, Laon (02408), itinérant',
    ]);
  });

  it('is done once, however often it is asked at once', async () => {
    const equipe = await monter();
    const id = await ouvrirDossier(equipe);
    await taper(equipe.porteur, id, saisieComplete);
    const version = (await lire(id))?.version ?? 0;
    const essais = await Promise.all([1, 2, 3, 4].map(() => envoyer(equipe.porteur, id, version)));
    expect(essais.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await compter('candidature_version', id)).toBe(1);
    expect(await courriels(id)).toHaveLength(1);
  });

  it('is refused to a colleague, until the owner lets them', async () => {
    const equipe = await monter();
    const id = await ouvrirDossier(equipe);
    await taper(equipe.collegue, id, saisieComplete);
    const version = (await lire(id))?.version ?? 0;
    expect(await envoyer(equipe.collegue, id, version)).toMatchObject({ ok: false, refus: 'droits' });
    await mur.enTantQue(equipe.porteur, async (db) =>
      exiger(
        await permettreDeDeposer(db, equipe.porteur.acteur, {
          id,
          personne: equipe.porteur.id,
          permis: [equipe.collegue.id],
        }),
      ),
    );
    exiger(await envoyer(equipe.collegue, id, (await lire(id))?.version ?? 0));
    expect((await courriels(id)).map(({ destinataire }) => destinataire).toSorted()).toEqual(
      [equipe.porteur.courriel, equipe.collegue.courriel].toSorted(),
    );
  });

  it('is refused where something is missing, what was seen has changed, or the wave is closed', async () => {
    const equipe = await monter();
    const id = await ouvrirDossier(equipe);
    const version = (await lire(id))?.version ?? 0;
    expect(await envoyer(equipe.porteur, id, version)).toMatchObject({ refus: 'incomplete' });
    await taper(equipe.porteur, id, saisieComplete);
    expect(await envoyer(equipe.porteur, id, version)).toMatchObject({ refus: 'version' });
    await base.owner.query(`update vague set ferme_le = '2021-02-01' where id = $1`, [equipe.vague]);
    expect(await envoyer(equipe.porteur, id, version + 1)).toMatchObject({ refus: 'fermee' });
    expect([await compter('candidature_version', id), (await courriels(id)).length]).toEqual([0, 0]);
  });

  it('again before the closing keeps what was submitted first', async () => {
    const equipe = await monter();
    const id = await deposee(equipe);
    const version = async () => (await lire(id))?.version ?? 0;
    expect(await envoyer(equipe.porteur, id, await version())).toMatchObject({ refus: 'inchangee' });
    await taper(equipe.porteur, id, { postes: '3' });
    expect((await lireDossier(base.db, id))?.version).toBe(1);
    exiger(await envoyer(equipe.porteur, id, await version()));
    const versions = await listVersions(base.db, id);
    expect(versions.map(({ numero, contenu }) => [numero, contenu.saisie['postes']])).toEqual([
      [2, '3'],
      [1, '2'],
    ]);
  });

  it('is come back to by dropping what was typed since, unless a colleague wrote meanwhile', async () => {
    const equipe = await monter();
    const brouillon = await ouvrirDossier(equipe);
    const annuler = (id: string, version: number) =>
      mur.enTantQue(equipe.collegue, (db) =>
        annulerModifications(db, equipe.collegue.acteur, { id, version }),
      );
    expect(await annuler(brouillon, (await lire(brouillon))?.version ?? 0)).toMatchObject({
      refus: 'fermee',
    });
    await taper(equipe.porteur, brouillon, saisieComplete);
    exiger(await envoyer(equipe.porteur, brouillon, (await lire(brouillon))?.version ?? 0));
    await taper(equipe.porteur, brouillon, { postes: '3', motivation: 'Trois postes.' });
    const { version = 0 } = (await lire(brouillon)) ?? {};
    expect(await annuler(brouillon, version - 1)).toMatchObject({ refus: 'version' });
    expect((await lire(brouillon))?.saisie['postes']).toBe('3');
    exiger(await annuler(brouillon, version));
    const relue = await lire(brouillon);
    expect(relue?.saisie).toEqual((await listVersions(base.db, brouillon))[0]?.contenu.saisie);
    expect(relue?.tapee).toMatchObject({ postes: '2', motivation: saisieComplete['motivation'] });
    await base.owner.query(`update vague set ferme_le = '2021-02-01' where id = $1`, [equipe.vague]);
    expect(await annuler(brouillon, relue?.version ?? 0)).toMatchObject({ refus: 'fermee' });
  });

  it('of corrections opens the fields asked for and no other', async () => {
    const equipe = await monter();
    const id = await deposee(equipe);
    const instructeur = await faireAgent(base, 'instructeur', { departement: '02' });
    await mur.enTantQue(instructeur, async (db) => {
      exiger(
        await changerStatut(db, workflowCandidature, instructeur.acteur, {
          id,
          version: (await lire(id))?.version ?? 0,
          nom: 'demander_correction',
        }),
      );
      await db
        .insertInto('candidature_correction')
        .values({ candidature_id: id, champs: ['postes'], demande: 'Combien ?', echeance: '2999-01-01' })
        .execute();
    });
    // Nothing that was asked for changed yet: sent back as it is only where that is meant.
    await taper(equipe.porteur, id, { motivation: 'Autre chose.' });
    expect(await envoyer(equipe.porteur, id, (await lire(id))?.version ?? 0)).toMatchObject({
      refus: 'sans_changement',
    });
    await taper(equipe.porteur, id, { postes: '1', motivation: 'Autre chose.' });
    expect((await lire(id))?.saisie).toMatchObject({ postes: '1', motivation: saisieComplete['motivation'] });
    await base.owner.query(`update vague set ferme_le = '2021-02-01' where id = $1`, [equipe.vague]);
    expect(exiger(await envoyer(equipe.porteur, id, (await lire(id))?.version ?? 0)).mode).toBe('correction');
    const relue = await lire(id);
    expect([relue?.statut, relue?.correction]).toEqual(['deposee', null]);
  });

  it('of a correction takes what was asked for, not what was typed beside it and never submitted', async () => {
    const equipe = await monter();
    const id = await deposee(equipe);
    await taper(equipe.porteur, id, { postes: '10', motivation: 'Dix postes.' });
    await base.owner.query(`update vague set ferme_le = '2021-02-01' where id = $1`, [equipe.vague]);
    // Once the wave is closed, what counts is what was submitted.
    expect((await lire(id))?.saisie).toMatchObject({ postes: saisieComplete['postes'] });
    const instructeur = await faireAgent(base, 'instructeur', { departement: '02' });
    await mur.enTantQue(instructeur, async (db) => {
      exiger(
        await changerStatut(db, workflowCandidature, instructeur.acteur, {
          id,
          version: (await lire(id))?.version ?? 0,
          nom: 'demander_correction',
        }),
      );
      await db
        .insertInto('candidature_correction')
        .values({ candidature_id: id, champs: ['adresse'], demande: 'Où ?', echeance: '2999-01-01' })
        .execute();
    });
    await taper(equipe.porteur, id, { adresse: '3 rue Neuve, 02430' });
    exiger(await envoyer(equipe.porteur, id, (await lire(id))?.version ?? 0));
    const [version] = await mur.enTantQue(equipe.porteur, (db) => listVersions(db, id));
    expect(version?.contenu.saisie).toMatchObject({
      adresse: '3 rue Neuve, 02430',
      postes: saisieComplete['postes'],
      motivation: saisieComplete['motivation'],
    });
    const { rows } = await base.owner.query('select postes_demandes from candidature where id = $1', [id]);
    expect(rows).toEqual([{ postes_demandes: Number(saisieComplete['postes']) }]);
  });

  it('is refused in a département that the wave does not open, wherever the draft began', async () => {
    const equipe = await monter();
    const id = await ouvrirDossier(equipe);
    await taper(equipe.porteur, id, saisieComplete);
    await base.owner.query(`insert into vague_departement (vague_id, departement_code) values ($1, '59')`, [
      equipe.vague,
    ]);
    expect(await envoyer(equipe.porteur, id, (await lire(id))?.version ?? 0)).toMatchObject({
      ok: false,
      message: expect.stringContaining('pas ouverte dans le département'),
    });
  });
});

describe('an application', () => {
  it('passes to a colleague when its owner manages the structure no more, and not before', async () => {
    const equipe = await monter();
    const id = await ouvrirDossier(equipe);
    const prendre = () =>
      mur.enTantQue(equipe.collegue, (db) =>
        changerPorteur(db, equipe.collegue.acteur, {
          id,
          personne: equipe.collegue.id,
          nouveau: equipe.collegue.id,
          adresse,
        }),
      );
    expect(await prendre()).toMatchObject({ ok: false, refus: 'droits' });
    await base.owner.query(
      `update attribution set retiree_le = now(), retrait_motif = 'départ' where id = $1`,
      [equipe.porteur.attribution],
    );
    exiger(await prendre());
    expect((await lire(id))?.porteur?.id).toBe(equipe.collegue.id);
  });

  it('is withdrawn for a reason, and another may begin', async () => {
    const equipe = await monter();
    const id = await deposee(equipe);
    const retirer = async (motif: string) =>
      mur.enTantQue(equipe.porteur, async (db) =>
        sortir(db, equipe.porteur.acteur, {
          id,
          personne: equipe.porteur.id,
          version: (await lire(id))?.version ?? 0,
          motif,
        }),
      );
    expect(await retirer(' ')).toMatchObject({ refus: 'motif' });
    exiger(await retirer('Projet reporté.'));
    expect((await lire(id))?.statut).toBe('retiree');
    await ouvrirDossier(equipe);
  });

  it('is not decided until its structure is verified', async () => {
    const equipe = await monter();
    const id = await deposee(equipe);
    await base.owner.query(`update structure set a_verifier = true where id = $1`, [equipe.structure]);
    await base.owner.query(`update candidature set statut = 'instruite' where id = $1`, [id]);
    const retenir = async () =>
      changerStatut(
        base.db,
        workflowCandidature,
        { identifiant: 'essai', role: 'operateur' },
        {
          id,
          version: (await lire(id))?.version ?? 0,
          nom: 'retenir',
        },
      );
    expect(await retenir()).toMatchObject({ ok: false, refus: 'garde' });
    await base.owner.query(`update structure set a_verifier = false, verifiee_le = now() where id = $1`, [
      equipe.structure,
    ]);
    expect((await retenir()).ok).toBe(true);
  });

  it('keeps a file that was submitted though it is taken away, and destroys one that was not', async () => {
    const equipe = await monter();
    const id = await ouvrirDossier(equipe);
    await taper(equipe.porteur, id, saisieComplete);
    const joindre = async (nom: string) => {
      await mur.enTantQue(equipe.porteur, async (db) =>
        exiger(
          await joindrePiece(db, equipe.porteur.acteur, depot, {
            id,
            question: 'pieces',
            personne: equipe.porteur.id,
            nom,
            contenu: new TextEncoder().encode('du texte'),
          }),
        ),
      );
      const ids = (await lire(id))?.saisie['pieces'];
      return Array.isArray(ids) ? String(ids.at(-1)) : '';
    };
    const retirer = (fichier: string) =>
      mur.enTantQue(equipe.porteur, async (db) =>
        exiger(await retirerPiece(db, equipe.porteur.acteur, { id, fichier })),
      );
    const [garde, jete] = [await joindre('lettre.txt'), await joindre('autre.txt')];
    await retirer(jete);
    exiger(await envoyer(equipe.porteur, id, (await lire(id))?.version ?? 0));
    await retirer(garde);
    const { rows } = await base.owner.query<{ id: string }>(
      'select id from fichier where objet_id = $1 and supprime_le is null',
      [id],
    );
    expect(rows.map((row) => row.id)).toEqual([garde]);
    expect((await lire(id))?.saisie['pieces']).toEqual([]);
  });
});
