import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convertFonts } from '../../../scripts/fonts.ts';
import { lirePdf } from '../../communication/formats/pdf.fixtures.ts';
import { chargerDemo } from '../../demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { lireHistorique } from '../../platform/historique.ts';
import { retenirStructure } from '../../vitrine/structures.fixtures.ts';
import { lireSession } from '../connexion/sessions.store.ts';
import { accepterInvitation } from '../invitations/acceptation.acts.ts';
import { type Agent, dernierSecret, faireAgent, type Mur, monterMur } from '../roles/personnes.fixtures.ts';
import { empreinte } from '../secrets.ts';
import { lettrePdf } from './formats/lettre.ts';
import {
  confirmerCourriel,
  confirmerRevendication,
  demanderAcces,
  editerCourrier,
  lireLienDeRevendication,
  refuserRevendication,
  saisirCode,
} from './revendications.acts.ts';
import { alphabetDeCode, composerCode, ecrireCode, lireCode } from './revendications.rules.ts';
import {
  chercherStructuresAnnoncees,
  getRevendication,
  revendicationATraiter,
} from './revendications.store.ts';

let base: TestDatabase;
let mur: Mur;
let structure = '';
let instructeur: Agent;
const adresse = 'http://maillage.example';
const cle = 'une clé d’essai, connue de tous, qui ne garde rien';
const fontsFolder = join(tmpdir(), 'maillage-test-fonts');

beforeAll(async () => {
  base = await withTestDatabase();
  mur = monterMur(base);
  await convertFonts(fontsFolder);
  // Its session, its enveloppe and its letterhead.
  expect((await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' })).ok).toBe(true);
  structure = await annoncer('COMMUNE DE GAUCHY', '02340');
  instructeur = await faireAgent(base, 'instructeur', { departement: '02' });
});
afterAll(async () => {
  await mur.fermer();
  await base.close();
});

let rang = 0;
const annoncer = (raisonSociale: string, commune: string, annoncee = true): Promise<string> => {
  rang += 1;
  return retenirStructure(base, {
    raisonSociale,
    commune,
    annoncee,
    identifiant: String(90_000_000_000_000 + rang),
  });
};

const nouvelle = (): string => {
  rang += 1;
  return `demandeur${rang}@essai.example`;
};

const demander = (courriel: string, ou = structure) =>
  demanderAcces(mur.acces, {
    structure: ou,
    courriel,
    prenom: 'Lou',
    nom: 'Garnier',
    fonction: 'directrice',
    adresse,
  });
const ouvrir = async (confirmee = true) => {
  const courriel = nouvelle();
  // Claims of one structure are few: each test has its own.
  rang += 1;
  const ici = await annoncer(`STRUCTURE D’ESSAI ${rang}`, '02340');
  await demander(courriel, ici);
  const secret = await dernierSecret(base, courriel);
  if (confirmee) await confirmerCourriel(mur.acces, { secret, adresse });
  const found = await lireLienDeRevendication(mur.acces, secret);
  if (!found) throw new Error('the claim of the test is there');
  return { courriel, secret, id: found.id, structure: ici };
};
const editer = (agent: Agent, id: string, postale = '1 rue de la Paix\n02430 Gauchy') =>
  mur.enTantQue(agent, (db) => editerCourrier(db, agent.acteur, { id, adresse: postale, cle }));
const editerBien = async (id: string) => {
  const made = await editer(instructeur, id);
  if (!made.ok) throw new Error(made.message);
  return made.valeur;
};
const saisir = (secret: string, code: string) => saisirCode(mur.acces, { secret, code, cle, adresse });
const lire = (agent: Agent, id: string) => mur.enTantQue(agent, (db) => getRevendication(db, id));
const versionDe = async (id: string) => (await lire(instructeur, id))?.version ?? 0;

describe('a claim', () => {
  it('goes from the demand to the first role of the structure', async () => {
    const { courriel, secret, id, structure: ici } = await ouvrir(false);
    const compter = () =>
      mur.enTantQue(
        instructeur,
        async (db) =>
          (
            await sql<{
              nombre: number;
            }>`select count(*) as nombre from revendication where ${revendicationATraiter}`.execute(db)
          ).rows[0]?.nombre ?? 0,
      );
    const before = await compter();
    expect(await editer(instructeur, id), 'before the mailbox is confirmed').toMatchObject({ refus: 'etat' });
    await Promise.all([
      confirmerCourriel(mur.acces, { secret, adresse }),
      confirmerCourriel(mur.acces, { secret, adresse }),
    ]);
    const told = await base.owner.query(
      `select from courriel where destinataire = $1 and objet_id = $2 and objet like 'Une structure%'`,
      [instructeur.courriel, id],
    );
    expect(told.rowCount, 'the préfecture is told once').toBe(1);
    expect(await compter()).toBe(before + 1);
    const { code, expire, destinataire } = await editerBien(id);
    expect(destinataire).toEqual(['1 rue de la Paix', '02430 Gauchy']);
    expect(expire).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(await saisir(secret, ` ${ecrireCode(code).toLowerCase()} `)).toMatchObject({ ok: true });
    const version = await versionDe(id);
    const confirmer = () =>
      mur.enTantQue(instructeur, (db) =>
        confirmerRevendication(db, instructeur.acteur, { id, version, adresse }),
      );
    const results = await Promise.all([confirmer(), confirmer()]);
    expect(results.map(({ ok }) => ok).sort(), 'a double click confirms once').toEqual([false, true]);
    const entered = await accepterInvitation(mur.acces, {
      secret: await dernierSecret(base, courriel),
      appareil: 'essai',
      precedente: null,
    });
    if (!entered.ok) throw new Error(entered.message);
    expect((await lireSession(mur.acces, empreinte(entered.valeur.secret)))?.attributions).toEqual([
      expect.objectContaining({ role: 'gestionnaire', perimetre: ici }),
    ]);
  });

  it('is of an announced structure alone', async () => {
    const cachee = await annoncer('COMMUNE CACHEE', '02408', false);
    expect(await demander(nouvelle(), cachee)).toMatchObject({ refus: 'structure' });
    const trouver = async (texte: string) =>
      (await chercherStructuresAnnoncees(mur.acces, texte)).map(({ id }) => id);
    expect(await trouver('commune cachée')).toEqual([]);
    const refusee = await annoncer('COMMUNE REFUSEE', '02408');
    await base.owner.query(`update decision set resultat = 'refusee' where structure_id = $1`, [refusee]);
    expect(await demander(nouvelle(), refusee)).toMatchObject({ refus: 'structure' });
    expect(await trouver('commune refusée')).toEqual([]);
    expect(await trouver('gauchy')).toContain(structure);
    const { rows } = await base.owner.query<{ identifiant: string }>(
      'select identifiant from structure where id = $1',
      [structure],
    );
    expect(await trouver(rows[0]?.identifiant.replace(/(...)/g, '$1 ') ?? '')).toEqual([structure]);
    expect(await trouver('%')).toEqual([]);
  });

  it('made again is the same, under a new link, and at once is one', async () => {
    const courriel = nouvelle();
    await Promise.all([demander(courriel), demander(courriel)]);
    const first = await dernierSecret(base, courriel);
    await demander(courriel);
    const second = await dernierSecret(base, courriel);
    expect(second).not.toBe(first);
    expect(await lireLienDeRevendication(mur.acces, first)).toBeUndefined();
    expect(await lireLienDeRevendication(mur.acces, second)).toBeDefined();
    const { rowCount } = await base.owner.query('select from revendication where courriel = $1', [courriel]);
    expect(rowCount).toBe(1);
  });

  it('answers alike whoever asks, and beyond a day’s share writes to nobody', async () => {
    const ici = await annoncer('COMMUNE DE LAON', '02408');
    const connu = await faireAgent(base, 'gestionnaire', { structure: ici });
    const insistant = nouvelle();
    for (let essai = 0; essai < 8; essai += 1)
      expect(await demander(insistant, ici)).toEqual({ ok: true, valeur: undefined });
    expect(await demander(connu.courriel, ici)).toEqual({ ok: true, valeur: undefined });
    const mails = async (destinataire: string) =>
      (
        await base.owner.query<{ objet: string }>('select objet from courriel where destinataire = $1', [
          destinataire,
        ])
      ).rows.map(({ objet }) => objet);
    expect(await mails(insistant)).toHaveLength(5);
    expect(await mails(connu.courriel)).toEqual(['Votre accès à Maillage existe déjà']);
    for (let essai = 0; essai < 6; essai += 1) await demander(nouvelle(), ici);
    const { rowCount } = await base.owner.query('select from revendication where structure_id = $1', [ici]);
    expect(rowCount, 'of one structure').toBe(5);
  });

  it('is seen by the préfecture of its département and by administrators alone', async () => {
    const { id, structure: ici } = await ouvrir();
    for (const agent of [
      instructeur,
      await faireAgent(base, 'administrateur'),
      await faireAgent(base, 'instructeur', { region: '32' }),
    ])
      expect((await lire(agent, id))?.id).toBe(id);
    for (const agent of [
      await faireAgent(base, 'instructeur', { departement: '59' }),
      await faireAgent(base, 'gestionnaire', { structure: ici }),
      await faireAgent(base, 'membre_comite'),
    ]) {
      expect(await lire(agent, id)).toBeUndefined();
      expect(await editer(agent, id)).toMatchObject({ refus: 'absent' });
      expect(
        await mur.enTantQue(agent, (db) =>
          refuserRevendication(db, agent.acteur, { id, version: 2, motif: 'essai' }),
        ),
      ).toMatchObject({ refus: 'absent' });
    }
  });

  it('is refused for a reason that the claimant reads', async () => {
    const { id, courriel } = await ouvrir();
    const refuse = (motif: string, version: number) =>
      mur.enTantQue(instructeur, (db) =>
        refuserRevendication(db, instructeur.acteur, { id, version, motif }),
      );
    const version = await versionDe(id);
    expect(await refuse(' ', version)).toMatchObject({ refus: 'motif' });
    expect((await refuse('structure fermée', version)).ok).toBe(true);
    expect(await refuse('structure fermée', version)).toMatchObject({ refus: 'etat' });
    const { rows } = await base.owner.query<{ texte: string }>(
      `select contenu::text as texte from courriel where destinataire = $1 and objet like '%refusée'`,
      [courriel],
    );
    expect(rows.map(({ texte }) => texte)).toEqual([expect.stringContaining('Motif : structure fermée')]);
    const sealed = await base.owner.query<{ motif: string | null }>(
      `select motif from journal where objet_id = $1 and acte = 'revendication.refuser'`,
      [id],
    );
    expect(sealed.rows, 'nothing of a person in what is sealed').toEqual([{ motif: null }]);
    const [ligne] = await mur.enTantQue(instructeur, (db) => lireHistorique(db, {}, 'revendication', id));
    expect(ligne?.motif).toBe('structure fermée');
    expect(await editer(instructeur, id)).toMatchObject({ refus: 'etat' });
  });

  it('is confirmed by nobody before its code is verified, nor once it expired', async () => {
    const { id, secret } = await ouvrir();
    const confirmer = async () => {
      const version = await versionDe(id);
      return mur.enTantQue(instructeur, (db) =>
        confirmerRevendication(db, instructeur.acteur, { id, version, adresse }),
      );
    };
    expect(await confirmer()).toMatchObject({ refus: 'etat' });
    const { code } = await editerBien(id);
    await saisir(secret, code);
    await base.owner.query('update revendication set expire_le = now() where id = $1', [id]);
    expect(await confirmer()).toMatchObject({ refus: 'etat' });
    expect(await editer(instructeur, id)).toMatchObject({ refus: 'etat' });
  });
});

describe('the code of a letter', () => {
  it('is read as people type it, and made of signs that are told apart', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (octets) => {
        const code = composerCode(octets);
        expect(code).toMatch(/^[A-HJ-NP-Z2-9]{8}$/);
        expect(lireCode(` ${ecrireCode(code).toLowerCase()}`)).toBe(code);
      }),
    );
    expect(new Set(alphabetDeCode).size).toBe(32);
    for (const wrong of ['', 'ABCD', 'ABCD-EFG0', 'ABCDEFGHJ']) expect(lireCode(wrong)).toBeUndefined();
  });

  it('is kept as a digest that is of no use without the key', async () => {
    const { id } = await ouvrir();
    const { code } = await editerBien(id);
    const { rows } = await base.owner.query<{ tout: string }>(
      'select revendication::text as tout from revendication where id = $1',
      [id],
    );
    expect(rows[0]?.tout).not.toContain(code);
    expect(rows[0]?.tout).not.toContain(empreinte(code).toString('hex'));
    expect(rows[0]?.tout).not.toContain(empreinte(`${id}:${code}`).toString('hex'));
    const journal = await base.owner.query<{ tout: string }>(
      `select coalesce(string_agg(journal::text, ' '), '') as tout from journal`,
    );
    expect(journal.rows[0]?.tout).not.toContain(code);
    expect(journal.rows[0]?.tout).not.toContain('@');
  });

  it('is tried five times, many at once included', async () => {
    const { id, secret } = await ouvrir();
    const { code } = await editerBien(id);
    const faux = code === 'AAAAAAAA' ? 'BBBBBBBB' : 'AAAAAAAA';
    const results = await Promise.all(Array.from({ length: 12 }, () => saisir(secret, faux)));
    expect(results.filter((result) => !result.ok && result.refus === 'code')).toHaveLength(5);
    expect(results.filter((result) => !result.ok && result.refus === 'ferme')).toHaveLength(7);
    expect(await saisir(secret, code), 'the right one comes too late').toMatchObject({ refus: 'ferme' });
    const next = await editerBien(id);
    expect(await saisir(secret, 'trop court'), 'costs no try').toMatchObject({ refus: 'forme' });
    expect((await saisir(secret, next.code)).ok).toBe(true);
  });

  it('of an older letter serves no more, nor after 30 days, nor for another claim', async () => {
    const [une, autre] = [await ouvrir(), await ouvrir()];
    const older = await editerBien(une.id);
    const newer = await editerBien(une.id);
    await editerBien(autre.id);
    expect(await saisir(une.secret, older.code)).toMatchObject({ refus: 'code' });
    expect(await saisir(autre.secret, newer.code)).toMatchObject({ refus: 'code' });
    await base.owner.query('update revendication set code_expire_le = now() where id = $1', [une.id]);
    expect(await saisir(une.secret, newer.code)).toMatchObject({ refus: 'ferme' });
  });

  it('asks for an address where the structure has none, and keeps the one that was written', async () => {
    const { id } = await ouvrir();
    await base.owner.query(
      'update structure set adresse = null where id = (select structure_id from revendication where id = $1)',
      [id],
    );
    expect(await editer(instructeur, id, '')).toMatchObject({ refus: 'adresse' });
    expect(await editer(instructeur, id, 'une ligne')).toMatchObject({ refus: 'adresse' });
    await editerBien(id);
    expect((await lire(instructeur, id))?.adresse).toBe('1 rue de la Paix\n02430 Gauchy');
  });

  it('is printed in an accessible letter under the letterhead of the préfecture', async () => {
    await base.owner.query(
      `update en_tete set service = '{Préfecture de l’Aisne}', adresse = '{2 rue Exemple,02000 Laon}', lieu = 'Laon',
         contact_service = 'Bureau du numérique', contact_telephone = '03 00 00 00 00' where departement_code = '02'`,
    );
    const { id } = await ouvrir();
    const made = await editerBien(id);
    const lu = await lirePdf(await lettrePdf(made, { jour: '2026-03-01', adresse }, fontsFolder));
    expect([lu.pages, lu.marque, lu.partieUa, lu.langue]).toEqual([1, true, '1', 'fr-FR']);
    expect(lu.titre).toBe('Votre code d’accès à Maillage');
    for (const texte of [
      'Préfecture de l’Aisne',
      '1 rue de la Paix',
      'Laon, le 1er mars 2026',
      ecrireCode(made.code),
      'Bureau du numérique',
      `${adresse}/revendication`,
    ])
      expect(lu.texte).toContain(texte);
    expect(lu.texte).toContain('Contact : Bureau du numérique, 03');
    expect(made.prefecture.contact, 'a number does not break').toBe(
      'Bureau du numérique, 03\u00a000\u00a000\u00a000\u00a000',
    );
    expect(lu.structure.map(({ role }) => role)).toEqual(expect.arrayContaining(['H1', 'H2', 'L', 'LI']));
  });

  it('is signed by who signs today, and gives the mailbox of the service rather than the press', async () => {
    await base.owner.query(
      `update en_tete set boite_courriel = 'numerique@prefecture.example', lieu = 'Laon',
         contact_service = 'Presse', contact_telephone = '03 00 00 00 00' where departement_code = '02';
       insert into signataire (departement_code, nom, fonction, delegation, debut, fin) values
         ('02', 'Dominique Martin', 'La secrétaire générale', 'Arrêté préfectoral n° 2021-12', '2021-01-04', null),
         ('02', 'Camille Ancien', 'Le préfet', null, '2020-01-04', '2021-01-03'),
         ('02', 'Alex Futur', 'Le préfet', null, '2099-01-04', null)`,
    );
    const { id } = await ouvrir();
    const made = await editerBien(id);
    const lu = await lirePdf(await lettrePdf(made, { jour: '2026-03-01', adresse }, fontsFolder));
    expect(lu.pages).toBe(1);
    for (const texte of [
      'Laon, le 1er mars 2026',
      'Veuillez agréer, Madame, Monsieur',
      'Pour le préfet et par délégation',
      'La secrétaire générale',
      'Dominique Martin',
      'Arrêté préfectoral n° 2021-12',
      'numerique@prefecture.example',
    ])
      expect(lu.texte.replace(/\u00a0/g, ' ')).toContain(texte);
    for (const absent of ['Camille Ancien', 'Alex Futur', 'Presse']) expect(lu.texte).not.toContain(absent);
  });
});
