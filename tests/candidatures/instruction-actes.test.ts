import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, faireAgent, type Mur, monterMur } from '../../src/acces/roles/personnes.fixtures.ts';
import { semerCandidatures, semerVague } from '../../src/candidatures/candidatures.fixtures.ts';
import { rendreAvis } from '../../src/candidatures/instruction/avis.acts.ts';
import {
  changerCorrection,
  demanderCorrection,
  relancerCorrection,
  reprendreSansCorrection,
} from '../../src/candidatures/instruction/correction.acts.ts';
import { listeInstruction } from '../../src/candidatures/instruction/liste.ts';
import { envoyerMessage } from '../../src/candidatures/instruction/messages.acts.ts';
import { listMessages, marquerLus } from '../../src/candidatures/instruction/messages.store.ts';
import { tachePrevenir } from '../../src/candidatures/instruction/prevenir.taches.ts';
import { relancerCorrections } from '../../src/candidatures/instruction/relances.taches.ts';
import { verifierEcheance } from '../../src/candidatures/instruction/rules.ts';
import {
  findFiche,
  listCorrections,
  listDoublons,
  listNotes,
} from '../../src/candidatures/instruction/store.ts';
import {
  affecter,
  ecrireNote,
  effacerNote,
  fusionner,
  separer,
} from '../../src/candidatures/instruction/suivi.acts.ts';
import { workflowCandidature } from '../../src/candidatures/workflow.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Database } from '../../src/platform/database/index.ts';
import { type TestDatabase, withTestDatabase } from '../../src/platform/database/testing.ts';
import { type Depot, ouvrirDepot } from '../../src/platform/fichiers/index.ts';
import { lireGrandeListe } from '../../src/platform/listes/index.ts';
import { nommerObjets } from '../../src/platform/objets.ts';
import { exiger } from '../../src/platform/result.ts';
import { appliquerUneFois } from '../../src/platform/taches.ts';
import { changerStatut } from '../../src/platform/workflow.ts';

let base: TestDatabase;
let mur: Mur;
let dossier: string;
let depot: Depot;
let agent: Agent;
let autre: Agent;
let vague: string;
let ids: readonly string[];
let rang = 0;

beforeAll(async () => {
  base = await withTestDatabase();
  mur = monterMur(base);
  dossier = await mkdtemp(join(tmpdir(), 'instruction-'));
  depot = await ouvrirDepot({
    dossier,
    s3: undefined,
    clamd: undefined,
    fichierMax: 1_000_000,
    fichiersQuota: 10_000_000,
  });
  agent = await faireAgent(base, 'instructeur', { departement: '02' });
  autre = await faireAgent(base, 'instructeur', { departement: '59' });
  vague = await semerVague(base.db);
  await semerCandidatures(base.db, vague, { nombre: 120, departements: ['02'] });
  ids = (await sql<{ id: string }>`select id from candidature order by numero`.execute(base.db)).rows.map(
    ({ id }) => id,
  );
  await base.owner.query(`
    select pgboss.create_queue('candidatures.prevenir', '{"policy": "standard"}')
    where not exists (select from pgboss.queue where name = 'candidatures.prevenir')`);
});
afterAll(async () => {
  await mur.fermer();
  await base.close();
  await rm(dossier, { recursive: true });
});

/** An application that no other test uses. */
const prendre = (): string => {
  const id = ids[rang];
  rang += 1;
  if (id === undefined) throw new Error('no application left');
  return id;
};

const versionDe = async (db: Database, id: string): Promise<number> =>
  (await findFiche(db, id))?.version ?? 0;
const structureDe = async (id: string): Promise<string> =>
  (
    await base.owner.query<{ structure_id: string }>('select structure_id from candidature where id = $1', [
      id,
    ])
  ).rows[0]?.structure_id ?? '';

/** Runs the jobs that acts asked for, as a worker would. */
const travailler = async (): Promise<void> => {
  const { rows } = await base.owner.query<{ id: string; data: unknown }>(
    `delete from pgboss.job where name = 'candidatures.prevenir' returning id, data`,
  );
  for (const { id, data } of rows)
    await tachePrevenir.faire(
      {
        db: base.db,
        acces: base.db,
        clock: systemClock,
        adresse: 'https://maillage.example',
        uneFois: (effet) => appliquerUneFois(base.db, { id, nom: tachePrevenir.nom }, effet),
        signal: new AbortController().signal,
      },
      data,
    );
};
const courrielsDe = async (candidature: string) =>
  (
    await base.owner.query<{ destinataire: string; objet: string; texte: string; href: string }>(
      `select destinataire, objet, contenu::text as texte, contenu -> 'lien' ->> 'href' as href
       from courriel where objet_id = $1 order by cree_le, id`,
      [candidature],
    )
  ).rows;

const correction = { champs: ['identifiant'], message: 'Le SIRET est faux.', echeance: '2021-03-01' };
const demander = (db: Database, id: string, version: number) =>
  demanderCorrection(db, agent.acteur, {
    ...correction,
    candidatureId: id,
    version,
    aujourdhui: '2021-02-01',
    personne: agent.id,
  });

describe('a correction', () => {
  it('goes to the structure for the fields named, is told by mail, reminded once on each side, and taken back', async () => {
    const id = prendre();
    const gestionnaire = await faireAgent(base, 'gestionnaire', { structure: await structureDe(id) });
    await mur.enTantQue(agent, async (db) => {
      exiger(await demander(db, id, await versionDe(db, id)));
      expect((await findFiche(db, id))?.statut).toBe('en_correction');
      expect((await listCorrections(db, id)).map(({ champs }) => champs)).toEqual([['identifiant']]);
    });
    await travailler();
    const [demande] = await courrielsDe(id);
    expect(demande).toMatchObject({
      destinataire: gestionnaire.courriel,
      href: `https://maillage.example/candidatures/${id}`,
    });
    expect(demande?.texte).not.toContain('SIRET est faux');

    // The day before its three days: nothing. Then once before, once after, however often the job runs.
    await base.owner.query(`update candidature_correction set demandee_le = '2021-02-01'`);
    expect(await relancerCorrections(base.db, '2021-02-25')).toBe(0);
    await base.owner.query(`update vague set statut = 'annulee' where id = $1`, [vague]);
    expect(await relancerCorrections(base.db, '2021-02-26')).toBe(0);
    await base.owner.query(`update vague set statut = 'publiee' where id = $1`, [vague]);
    expect(await relancerCorrections(base.db, '2021-02-26')).toBe(1);
    expect(await relancerCorrections(base.db, '2021-02-27')).toBe(0);
    expect(await relancerCorrections(base.db, '2021-03-02')).toBe(1);
    expect(await relancerCorrections(base.db, '2021-03-03')).toBe(0);
    await travailler();
    expect(await courrielsDe(id)).toHaveLength(3);

    await mur.enTantQue(agent, async (db) => {
      const version = await versionDe(db, id);
      const sansMotif = await reprendreSansCorrection(db, agent.acteur, {
        candidatureId: id,
        version,
        motif: ' ',
      });
      expect(sansMotif).toMatchObject({ ok: false, refus: 'motif' });
      exiger(
        await reprendreSansCorrection(db, agent.acteur, {
          candidatureId: id,
          version,
          motif: 'Sans réponse.',
        }),
      );
      expect((await findFiche(db, id))?.statut).toBe('deposee');
      expect((await listCorrections(db, id))[0]?.repondueLe).not.toBeNull();
    });
    await travailler();
    expect(await courrielsDe(id)).toHaveLength(4);
  });

  it('is refused for a field that the form does not have, and for a date that is past', async () => {
    const id = prendre();
    await mur.enTantQue(agent, async (db) => {
      const version = await versionDe(db, id);
      const commun = {
        candidatureId: id,
        version,
        aujourdhui: '2021-02-01',
        personne: agent.id,
        message: 'Non.',
      };
      expect(
        await demanderCorrection(db, agent.acteur, { ...commun, champs: ['statut'], echeance: '2021-03-01' }),
      ).toMatchObject({ ok: false, refus: 'champs' });
      expect(
        await demanderCorrection(db, agent.acteur, { ...commun, champs: ['postes'], echeance: '2021-01-31' }),
      ).toMatchObject({ ok: false, refus: 'echeance' });
      expect((await findFiche(db, id))?.statut).toBe('deposee');
    });
  });

  it('is given until the closing of the wave, or 60 days', () => {
    const refusee = (echeance: string, fermeLe: string | null = null) =>
      verifierEcheance(echeance, '2021-02-01', fermeLe)?.refus;
    expect(refusee('2021-02-01')).toBe('echeance');
    expect(refusee('2021-02-02')).toBeUndefined();
    expect(refusee('2021-04-02')).toBeUndefined();
    expect(refusee('2021-04-03')).toBe('echeance');
    expect(refusee('2021-04-03', '2021-05-01')).toBeUndefined();
    expect(refusee('2021-05-02', '2021-05-01')).toBe('echeance');
  });

  it('changes its text and its date while it is open: what was asked before is kept, the structure is told', async () => {
    const id = prendre();
    await faireAgent(base, 'gestionnaire', { structure: await structureDe(id) });
    await mur.enTantQue(agent, async (db) => {
      exiger(await demander(db, id, await versionDe(db, id)));
    });
    const changer = (db: Database, vue: string, echeance = '2021-03-15') =>
      changerCorrection(db, agent.acteur, {
        candidatureId: id,
        correction: vue,
        message: 'Le SIRET du siège.',
        echeance,
        aujourdhui: '2021-02-01',
        personne: agent.id,
      });
    const vue = (await mur.enTantQue(agent, (db) => listCorrections(db, id)))[0]?.id ?? '';
    await mur.enTantQue(agent, async (db) => {
      expect(await changer(db, vue, '2099-01-01')).toMatchObject({ refus: 'echeance' });
      exiger(await changer(db, vue));
    });
    // Seen before it changed.
    expect(await mur.enTantQue(agent, (db) => changer(db, vue))).toMatchObject({ refus: 'version' });
    const lues = await mur.enTantQue(agent, (db) => listCorrections(db, id));
    expect(
      lues.map(({ demande, echeance, champs, repondueLe }) => [
        demande,
        echeance,
        champs,
        repondueLe === null,
      ]),
    ).toEqual([
      ['Le SIRET du siège.', '2021-03-15', ['identifiant'], true],
      ['Le SIRET est faux.', '2021-03-01', ['identifiant'], false],
    ]);
    await travailler();
    expect((await courrielsDe(id)).map(({ objet }) => objet).at(-1)).toContain(
      'la correction demandée a changé',
    );
    expect(await mur.enTantQue(autre, (db) => changer(db, lues[0]?.id ?? ''))).toMatchObject({
      refus: 'absent',
    });
  });

  it('is reminded by hand once a day at most', async () => {
    const id = prendre();
    await mur.enTantQue(agent, async (db) => {
      expect(await relancerCorrection(db, agent.acteur, { candidatureId: id })).toMatchObject({
        refus: 'etat',
      });
      exiger(await demander(db, id, await versionDe(db, id)));
      exiger(await relancerCorrection(db, agent.acteur, { candidatureId: id }));
      expect(await relancerCorrection(db, agent.acteur, { candidatureId: id })).toMatchObject({
        refus: 'deja',
      });
    });
  });
});

describe('messages', () => {
  it('are read by both sides, new until read, told by one mail each without their words', async () => {
    const id = prendre();
    const gestionnaire = await faireAgent(base, 'gestionnaire', { structure: await structureDe(id) });
    const pdf = new TextEncoder().encode('%PDF-1.4\n%%EOF\n');
    exiger(
      await mur.enTantQue(gestionnaire, (db) =>
        envoyerMessage(db, depot, gestionnaire.acteur, {
          candidatureId: id,
          cote: 'structure',
          personne: gestionnaire.id,
          texte: 'Voici la délibération.',
          fichiers: [{ nom: 'deliberation.pdf', contenu: pdf }],
        }),
      ),
    );
    await travailler();
    const [annonce, ...reste] = await courrielsDe(id);
    // Nobody follows it yet and the service has no mailbox: its agents are told.
    expect([annonce?.destinataire, ...reste.map(({ destinataire }) => destinataire)]).toContain(
      agent.courriel,
    );
    expect(annonce?.texte).not.toContain('délibération');
    expect(annonce?.href).toBe(`https://maillage.example/prefecture/candidatures/${id}/messages`);
    await mur.enTantQue(agent, async (db) => {
      const cle = { candidatureId: id, cote: 'prefecture' as const, personne: agent.id };
      const [message] = await listMessages(db, cle);
      expect(message).toMatchObject({ nouveau: true, pieces: [{ nom: 'deliberation.pdf' }] });
      await marquerLus(db, { personne: agent.id, dernier: undefined });
      expect((await listMessages(db, cle))[0]?.nouveau).toBe(true);
      await marquerLus(db, { personne: agent.id, dernier: message?.id });
      expect((await listMessages(db, cle))[0]?.nouveau).toBe(false);
    });
    await mur.enTantQue(autre, async (db) => {
      const cle = { candidatureId: id, cote: 'prefecture' as const, personne: autre.id };
      expect(await listMessages(db, cle)).toEqual([]);
      const sent = await envoyerMessage(db, depot, autre.acteur, { ...cle, texte: 'Bonjour', fichiers: [] });
      expect(sent).toMatchObject({ ok: false, refus: 'absent' });
    });
  });

  it('are neither sent nor counted once the application is withdrawn', async () => {
    const id = prendre();
    const gestionnaire = await faireAgent(base, 'gestionnaire', { structure: await structureDe(id) });
    const ecrire = () =>
      mur.enTantQue(gestionnaire, (db) =>
        envoyerMessage(db, depot, gestionnaire.acteur, {
          candidatureId: id,
          cote: 'structure',
          personne: gestionnaire.id,
          texte: 'Nous retirons.',
          fichiers: [],
        }),
      );
    const alertes = async () =>
      (
        await mur.enTantQue(agent, (db) =>
          lireGrandeListe(db, listeInstruction, {
            filtres: { alerte: 'message' },
            tri: listeInstruction.tri,
            debut: 0,
            limite: 500,
          }),
        )
      ).lignes.map(({ _cle }) => _cle);
    exiger(await ecrire());
    expect(await alertes()).toContain(id);
    await base.owner.query(`set maillage.role = 'operateur'`);
    await base.owner.query(`update candidature set statut = 'retiree' where id = $1`, [id]);
    await base.owner.query('reset maillage.role');
    expect(await alertes()).not.toContain(id);
    expect(await ecrire()).toMatchObject({ ok: false, refus: 'etat' });
    const nommer = (qui: typeof agent) =>
      mur.enTantQue(qui, async (db) =>
        (await nommerObjets(db, [{ type: 'candidature', id }]))({ type: 'candidature', id }),
      );
    expect((await nommer(agent)).href).toBe(`/prefecture/candidatures/${id}`);
    expect(await nommer(gestionnaire)).toMatchObject({
      href: `/candidatures/${id}`,
      nom: expect.stringContaining('Structure '),
    });
    expect((await nommer(autre)).href).toBeUndefined();
  });

  it('are told to the agent who follows the application alone', async () => {
    const id = prendre();
    const gestionnaire = await faireAgent(base, 'gestionnaire', { structure: await structureDe(id) });
    const suiveur = await faireAgent(base, 'instructeur', { departement: '02' });
    exiger(
      await mur.enTantQue(agent, (db) =>
        affecter(db, agent.acteur, { candidatureId: id, agent: suiveur.id }),
      ),
    );
    expect(
      await mur.enTantQue(agent, (db) => affecter(db, agent.acteur, { candidatureId: id, agent: autre.id })),
    ).toMatchObject({ ok: false, refus: 'agent' });
    const reprise = prendre();
    await changerStatut(
      base.db,
      workflowCandidature,
      { identifiant: 'essai', role: 'operateur' },
      { id: reprise, nom: 'retirer', version: await versionDe(base.db, reprise), motif: 'Essai' },
    );
    expect(
      await mur.enTantQue(agent, (db) =>
        affecter(db, agent.acteur, { candidatureId: reprise, agent: suiveur.id }),
      ),
    ).toMatchObject({ ok: false, refus: 'etat' });
    exiger(
      await mur.enTantQue(gestionnaire, (db) =>
        envoyerMessage(db, depot, gestionnaire.acteur, {
          candidatureId: id,
          cote: 'structure',
          personne: gestionnaire.id,
          texte: 'Bonjour.',
          fichiers: [],
        }),
      ),
    );
    await travailler();
    expect((await courrielsDe(id)).map(({ destinataire }) => destinataire)).toEqual([suiveur.courriel]);
  });

  it('are told to the agents of the région too, where its opinion is the one that counts', async () => {
    const regional = await faireAgent(base, 'instructeur', { region: '32' });
    const ailleurs = await faireAgent(base, 'instructeur', { region: '11' });
    const ecrire = async (): Promise<readonly string[]> => {
      const id = prendre();
      const gestionnaire = await faireAgent(base, 'gestionnaire', { structure: await structureDe(id) });
      exiger(
        await mur.enTantQue(gestionnaire, (db) =>
          envoyerMessage(db, depot, gestionnaire.acteur, {
            candidatureId: id,
            cote: 'structure',
            personne: gestionnaire.id,
            texte: 'Bonjour.',
            fichiers: [],
          }),
        ),
      );
      await travailler();
      return (await courrielsDe(id)).map(({ destinataire }) => destinataire);
    };
    const niveau = (niveau: string) => base.owner.query(`update vague set avis_niveau = $1`, [niveau]);
    expect(await ecrire()).not.toContain(regional.courriel);
    await niveau('region');
    const prevenus = await ecrire();
    await niveau('departement');
    expect(prevenus).toEqual(expect.arrayContaining([agent.courriel, regional.courriel]));
    expect(prevenus).not.toContain(ailleurs.courriel);
  });

  it('are not sent with a file that is refused', async () => {
    const id = prendre();
    await mur.enTantQue(agent, async (db) => {
      const cle = { candidatureId: id, cote: 'prefecture' as const, personne: agent.id };
      const sent = await envoyerMessage(db, depot, agent.acteur, {
        ...cle,
        texte: 'Bonjour.',
        fichiers: [{ nom: 'virus.exe', contenu: new TextEncoder().encode('MZ') }],
      });
      expect(sent.ok).toBe(false);
      expect(await listMessages(db, cle)).toEqual([]);
    });
  });
});

describe('notes', () => {
  it('are the préfecture’s alone, and erased by who wrote them', async () => {
    const id = prendre();
    const gestionnaire = await faireAgent(base, 'gestionnaire', { structure: await structureDe(id) });
    const second = await faireAgent(base, 'instructeur', { departement: '02' });
    const note = { candidatureId: id, personne: agent.id };
    await mur.enTantQue(agent, async (db) => {
      exiger(await ecrireNote(db, agent.acteur, { ...note, texte: 'Appeler le maire.' }));
    });
    const [ecrite] = await mur.enTantQue(second, (db) => listNotes(db, id));
    expect(ecrite?.texte).toBe('Appeler le maire.');
    expect(await mur.enTantQue(gestionnaire, (db) => listNotes(db, id))).toEqual([]);
    const demande = { candidatureId: id, note: ecrite?.id ?? '' };
    expect(
      await mur.enTantQue(second, (db) =>
        effacerNote(db, second.acteur, { ...demande, personne: second.id }),
      ),
    ).toMatchObject({ ok: false, refus: 'absent' });
    exiger(
      await mur.enTantQue(agent, (db) => effacerNote(db, agent.acteur, { ...demande, personne: agent.id })),
    );
  });
});

describe('a wave that is cancelled', () => {
  it('takes no opinion, whichever counts, and asks for no correction', async () => {
    const annulee = await semerVague(base.db, { rang: 10 });
    await semerCandidatures(base.db, annulee, { nombre: 1, departements: ['02'], suffixe: 'annulee' });
    await base.owner.query(`update vague set statut = 'annulee' where id = $1`, [annulee]);
    const [{ id } = { id: '' }] = (
      await sql<{ id: string }>`select id from candidature where vague_id = ${annulee}`.execute(base.db)
    ).rows;
    const version = await versionDe(base.db, id);
    const refus = { ok: false, message: expect.stringContaining('La vague est annulée') };
    for (const niveau of ['departement', 'region'] as const)
      expect(
        await mur.enTantQue(agent, (db) =>
          rendreAvis(db, agent.acteur, {
            candidatureId: id,
            version,
            niveau,
            personne: agent.id,
            favorable: true,
            postes: 1,
            commentaire: 'Utile.',
          }),
        ),
      ).toMatchObject(refus);
    expect(await mur.enTantQue(agent, (db) => demander(db, id, version))).toMatchObject(refus);
  });
});

describe('a double', () => {
  it('is merged into the one that is kept, and set apart again', async () => {
    const id = prendre();
    const cible = prendre();
    await base.owner.query(
      `update structure set raison_sociale = 'Mairie de Gauchy', raison_sociale_recherche = 'MAIRIE DE GAUCHY',
         commune_code = '02340' where id = $1`,
      [await structureDe(id)],
    );
    await base.owner.query(
      `update structure set raison_sociale = 'Ville mairie de Gauchy', raison_sociale_recherche = 'VILLE MAIRIE DE GAUCHY',
         commune_code = '02340' where id = $1`,
      [await structureDe(cible)],
    );
    await mur.enTantQue(agent, async (db) => {
      expect((await listDoublons(db, id)).map((double) => [double.id, double.raison])).toEqual([
        [cible, 'nom_proche'],
      ]);
      const version = await versionDe(db, id);
      const demande = { candidatureId: id, version, motif: 'La même mairie.' };
      expect(await fusionner(db, agent.acteur, { ...demande, cible: prendre() })).toMatchObject({
        refus: 'cible',
      });
      exiger(await fusionner(db, agent.acteur, { ...demande, cible }));
      expect(await findFiche(db, id)).toMatchObject({ statut: 'doublon', fusionneeDans: cible });
      expect(await listDoublons(db, cible)).toEqual([]);
      exiger(
        await separer(db, agent.acteur, {
          candidatureId: id,
          version: version + 1,
          motif: 'Deux mairies, en fait.',
        }),
      );
      expect(await findFiche(db, id)).toMatchObject({ statut: 'deposee', fusionneeDans: null });
    });
  });
});

describe('a double that was to be corrected', () => {
  it('awaits nothing any more: restored, it may be asked for something else', async () => {
    const id = prendre();
    const cible = prendre();
    for (const [rangDeNom, candidature] of [id, cible].entries())
      await base.owner.query(
        `update structure set raison_sociale = $2, raison_sociale_recherche = upper($2), commune_code = '02361' where id = $1`,
        [await structureDe(candidature), `${rangDeNom === 0 ? '' : 'Ville '}Mairie double`],
      );
    await mur.enTantQue(agent, async (db) => {
      exiger(await demander(db, id, await versionDe(db, id)));
      const motif = 'La même mairie.';
      exiger(
        await fusionner(db, agent.acteur, {
          candidatureId: id,
          version: await versionDe(db, id),
          motif,
          cible,
        }),
      );
      exiger(
        await separer(db, agent.acteur, {
          candidatureId: id,
          version: await versionDe(db, id),
          motif: 'Deux.',
        }),
      );
      exiger(await demander(db, id, await versionDe(db, id)));
    });
  });

  it('is not merged into an application to another wave', async () => {
    const id = prendre();
    const structure = await structureDe(id);
    const autreVague = await semerVague(base.db, { rang: 77 });
    const { rows } = await base.owner.query<{ id: string }>(
      `insert into candidature (vague_id, structure_id, statut, categorie, postes_demandes, postes_coordinateurs,
         regime_souhaite, salaire_centimes, debut_souhaite, candidat_identifie, deposee_le, saisie)
       select $2, structure_id, 'deposee', categorie, postes_demandes, postes_coordinateurs, regime_souhaite,
         salaire_centimes, debut_souhaite, candidat_identifie, now(), saisie
       from candidature where structure_id = $1 returning id`,
      [structure, autreVague],
    );
    await mur.enTantQue(agent, async (db) => {
      expect((await listDoublons(db, id)).map((double) => [double.id, double.memeVague])).toEqual([
        [rows[0]?.id, false],
      ]);
      expect(
        await fusionner(db, agent.acteur, {
          candidatureId: id,
          version: await versionDe(db, id),
          motif: 'Essai.',
          cible: rows[0]?.id ?? '',
        }),
      ).toMatchObject({ ok: false, refus: 'cible', message: expect.stringContaining('d’une autre vague') });
    });
  });
});

/** The table as it would be calculated from nothing, where it differs from what was kept. */
const derives = async (): Promise<number> =>
  (
    await base.owner.query<{ nombre: string }>(`
      with attendue as (
        select * from instruction_calculer((select array_agg(id) from candidature), true)
      )
      select count(*) as nombre from (
        (select * from attendue except select * from instruction)
        union all (select * from instruction except select * from attendue)
      ) ecart`)
  ).rows.map(({ nombre }) => Number(nombre))[0] ?? -1;

describe('any sequence of acts', () => {
  it('stays in the workflow, and the table of the préfecture never drifts from the applications', async () => {
    const dossiers = [prendre(), prendre(), prendre()];
    const structures = await Promise.all(dossiers.map(structureDe));
    const permis = Object.values(workflowCandidature.transitions);
    const acte = fc.record({
      sur: fc.nat(2),
      quoi: fc.constantFrom(
        'avis',
        'contre',
        'correction',
        'reprise',
        'retrait',
        'fusion',
        'separation',
        'affectation',
        'renommer',
        'demenager',
        'verifier',
        'message',
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(acte, { minLength: 1, maxLength: 12 }), async (actes) => {
        for (const { sur, quoi } of actes) {
          const id = dossiers[sur] ?? '';
          const structure = structures[sur] ?? '';
          const avant = await findFiche(base.db, id);
          await mur.enTantQue(agent, async (db) => {
            const version = avant?.version ?? 0;
            const motif = 'Parce que.';
            const avis = { candidatureId: id, version, niveau: 'departement' as const, commentaire: 'Oui.' };
            if (quoi === 'avis')
              await rendreAvis(db, agent.acteur, { ...avis, favorable: true, postes: 1, personne: agent.id });
            if (quoi === 'contre')
              await rendreAvis(db, agent.acteur, {
                ...avis,
                favorable: false,
                postes: 0,
                personne: agent.id,
              });
            if (quoi === 'correction') await demander(db, id, version);
            if (quoi === 'reprise')
              await reprendreSansCorrection(db, agent.acteur, { candidatureId: id, version, motif });
            if (quoi === 'fusion') {
              const [double] = (await listDoublons(db, id)).filter((trouve) => trouve.memeVague);
              if (double)
                await fusionner(db, agent.acteur, { candidatureId: id, version, motif, cible: double.id });
            }
            if (quoi === 'separation') await separer(db, agent.acteur, { candidatureId: id, version, motif });
            if (quoi === 'affectation')
              await affecter(db, agent.acteur, { candidatureId: id, agent: agent.id });
          });
          if (quoi === 'retrait')
            await changerStatut(
              base.db,
              workflowCandidature,
              { identifiant: 'essai', role: 'operateur' },
              {
                id,
                nom: 'retirer',
                version: avant?.version ?? 0,
                motif: 'Essai',
              },
            );
          if (quoi === 'renommer')
            await base.owner.query(
              `update structure set raison_sociale = 'Maison ' || $2::int % 2,
                 raison_sociale_recherche = 'MAISON ' || $2::int % 2 || ' ' || $2::int
               where id = $1`,
              [structure, sur],
            );
          if (quoi === 'demenager')
            await base.owner.query(
              `update structure set commune_code = case commune_code when '02691' then '02408' else '02691' end where id = $1`,
              [structure],
            );
          if (quoi === 'verifier')
            await base.owner.query('update structure set a_verifier = not a_verifier where id = $1', [
              structure,
            ]);
          if (quoi === 'message')
            await base.db
              .insertInto('candidature_message')
              .values({ candidature_id: id, cote: 'structure', texte: 'Bonjour' })
              .execute();
          const apres = await findFiche(base.db, id);
          if (avant?.statut !== apres?.statut)
            expect(
              permis.some(
                ({ depuis, vers }) =>
                  vers === apres?.statut && (depuis as readonly string[]).includes(avant?.statut ?? ''),
              ),
            ).toBe(true);
        }
        expect(await derives()).toBe(0);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
