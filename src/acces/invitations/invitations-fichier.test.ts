import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { reussi } from '../../platform/result.ts';
import { type Agent, faireAgent, faireStructure, type Mur, monterMur } from '../roles/personnes.fixtures.ts';
import { getStructureCible } from '../roles/roles.store.ts';
import { inviter } from './invitations.acts.ts';
import type { LigneDeLot } from './invitations.rules.ts';
import { demanderEnvoi, deposerFichier } from './invitations-fichier.acts.ts';
import { fichierDesErreurs, modeleDeFichier } from './invitations-fichier.rapport.ts';
import { getLot } from './invitations-fichier.store.ts';
import { tacheEnvoi } from './invitations-fichier.taches.ts';

let base: TestDatabase;
let mur: Mur;
let laon = '';
let instructeur: Agent;
let gestionnaire: Agent;
const adresse = 'http://maillage.example';

beforeAll(async () => {
  base = await withTestDatabase();
  mur = monterMur(base);
  // The queue of the job, which the workers of a server make when it starts.
  await base.owner.query(`select pgboss.create_queue('envoyer-invitations', '{"policy": "standard"}')`);
  laon = await faireStructure(base, '02408', { identifiant: '21020408100013', nom: 'COMMUNE DE LAON' });
  await faireStructure(base, '59350', { identifiant: '21590350100017', nom: 'COMMUNE DE LILLE' });
  instructeur = await faireAgent(base, 'instructeur', { departement: '02' });
  gestionnaire = await faireAgent(base, 'gestionnaire', { structure: laon });
});
afterAll(async () => {
  await mur.fermer();
  await base.close();
});

let rang = 0;
const nouvelle = (): string => {
  rang += 1;
  return `invitee${rang}@essai.example`;
};

describe('a file of invitations', () => {
  const deposer = (agent: Agent, texte: string | Uint8Array<ArrayBuffer>) =>
    mur.enTantQue(agent, (db) => deposerFichier(db, new File([texte], 'liste.csv')));
  const deposerBien = async (agent: Agent, texte: string | Uint8Array<ArrayBuffer>) => {
    const kept = await deposer(agent, texte);
    if (!kept.ok) throw new Error(kept.message);
    return kept.valeur.lot;
  };
  const lire = async (agent: Agent, lot: string) =>
    (await mur.enTantQue(agent, (db) => getLot(db, lot)))?.lignes ?? [];
  const demander = (agent: Agent, lot: string, confirmees: readonly number[] = []) =>
    mur.enTantQue(agent, (db) =>
      demanderEnvoi(db, { lot, confirmees, personne: agent.id, attribution: agent.attribution ?? '' }),
    );
  /** What the job does of a file, from its beginning or from where it was cut. */
  const travailler = (agent: Agent, lot: string, signal = new AbortController().signal) =>
    tacheEnvoi.faire(
      { db: base.db, acces: mur.acces, clock: systemClock, adresse, uneFois: async () => true, signal },
      { lot, personne: agent.id, attribution: agent.attribution },
    );
  const partir = async (agent: Agent, lot: string, confirmees: readonly number[] = []) => {
    const asked = await demander(agent, lot, confirmees);
    if (!asked.ok) return asked;
    await travailler(agent, lot);
    return reussi({ envoyees: (await lire(agent, lot)).filter(({ envoyee }) => envoyee).length });
  };
  const entete = 'courriel;prenom;nom;role;perimetre;motif;fin';

  it('shows what is wrong line by line, invites the others, and nobody twice', async () => {
    const [une, deux] = [nouvelle(), nouvelle()];
    const fichier = [
      entete,
      `${une};Alix;Martin;gestionnaire;21020408100013;arrivée;31/12/2099`,
      `${deux};Noa;Petit;Conseillère numérique;210 204 081 00013;arrivée;`,
      `${une};Alix;Martin;gestionnaire;21020408100013;arrivée;`,
      `pas une adresse;Noa;Petit;conseiller;21020408100013;arrivée;`,
      `${nouvelle()};Noa;Petit;roi;21020408100013;arrivée;`,
      `${nouvelle()};Noa;Petit;conseiller;21590350100017;arrivée;`,
      `${nouvelle()};Noa;Petit;conseiller;;arrivée;30/02/2099`,
      `${gestionnaire.courriel};Noa;Petit;gestionnaire;21020408100013;arrivée;`,
      `accueil@mairie.example;Noa;Petit;conseiller;21020408100013;arrivée;`,
    ].join('\n');
    const lot = await deposerBien(instructeur, fichier);
    const lignes = await lire(instructeur, lot);
    expect(
      lignes.map(({ ligne, erreurs, avertissements }) => [ligne, erreurs.length, avertissements.length]),
    ).toEqual([
      [2, 0, 0],
      [3, 0, 0],
      [4, 1, 0],
      [5, 1, 0],
      [6, 1, 0],
      [7, 1, 0],
      [8, 2, 0],
      [9, 1, 0],
      [10, 0, 1],
    ]);
    expect(lignes[2]?.erreurs[0]).toContain('ligne 2');
    const nobody = await base.owner.query('select from invitation where courriel = $1', [une]);
    expect(nobody.rowCount, 'a preview invites nobody').toBe(0);
    const results = await Promise.all([partir(instructeur, lot, [10]), partir(instructeur, lot, [10])]);
    expect(results.map(({ ok }) => ok).sort(), 'a double click sends once').toEqual([false, true]);
    expect(results.find(({ ok }) => ok)).toMatchObject({ valeur: { envoyees: 3 } });
    const report = await lire(instructeur, lot);
    expect(report.filter(({ envoyee }) => envoyee).map(({ ligne }) => ligne)).toEqual([2, 3, 10]);
    expect(fichierDesErreurs(report).split('\r\n')).toHaveLength(8);
    const again = await deposerBien(instructeur, fichier);
    expect((await lire(instructeur, again)).every(({ erreurs }) => erreurs.length > 0)).toBe(true);
    expect(await partir(instructeur, again)).toMatchObject({ valeur: { envoyees: 0 } });
    const sent = await base.owner.query('select from courriel where destinataire = $1', [une]);
    expect(sent.rowCount).toBe(1);
  });

  it('is sent within a day’s share, two at once included', async () => {
    const agent = await faireAgent(base, 'gestionnaire', { structure: laon });
    const fichier = (lignes: number) =>
      [
        entete,
        ...Array.from({ length: lignes }, () => `${nouvelle()};Noa;Petit;conseiller;21020408100013;arrivée;`),
      ].join('\n');
    const [one, two] = [await deposerBien(agent, fichier(300)), await deposerBien(agent, fichier(201))];
    const sent = await Promise.all([partir(agent, one), partir(agent, two)]);
    expect(sent.filter(({ ok }) => ok)).toHaveLength(1);
    expect(sent.find(({ ok }) => !ok)).toMatchObject({
      refus: 'trop',
      message: expect.stringContaining('500 invitations'),
    });
    await base.owner.query(`update lot_invitation set demandee_le = now() - interval '25 hours'
      where demandee_le is not null and deposee_par = '${agent.id}'`);
    const later = await partir(agent, sent[0]?.ok ? two : one);
    expect(later.ok, 'the day after').toBe(true);
  });

  it('is read with other titles, separators and encodings', async () => {
    const courriel = nouvelle();
    const windows = Buffer.from(
      `Prénom,Nom de famille,Adresse électronique,RÔLE,Département,Motif,Date de fin\nZoé,Lefèvre,${courriel},Instructrice,Aisne,arrivée,2099-12-31\n`,
      'latin1',
    );
    const lot = await deposerBien(instructeur, new Uint8Array(windows));
    expect(await lire(instructeur, lot)).toEqual([
      expect.objectContaining({
        erreurs: [],
        valeurs: expect.objectContaining({ prenom: 'Zoé', perimetre: 'Aisne', fin: '2099-12-31' }),
      }),
    ]);
    expect(await partir(instructeur, lot)).toMatchObject({ valeur: { envoyees: 1 } });
  });

  it('leaves out a line to be looked at unless it is ticked, and any example of the file to fill in', async () => {
    const ligne = 'accueil@unautre.example;Noa;Petit;conseiller;21020408100013;arrivée;';
    const lot = await deposerBien(instructeur, [entete, ligne].join('\n'));
    expect(await partir(instructeur, lot)).toMatchObject({ valeur: { envoyees: 0 } });
    expect((await lire(instructeur, lot))[0]).toMatchObject({ envoyee: false, erreurs: [expect.anything()] });
    const modele = await lire(instructeur, await deposerBien(instructeur, modeleDeFichier()));
    expect(modele).toHaveLength(2);
    for (const { erreurs } of modele) expect(erreurs.join(' ')).toContain('est un exemple');
    // All that is wrong with a line is said at once.
    const fautive = await lire(
      instructeur,
      await deposerBien(instructeur, [entete, 'zoe;;;chef;02;;demain'].join('\n')),
    );
    expect(fautive[0]?.erreurs).toHaveLength(5);
  });

  it('says that a number is unknown or wrong, and where the invitation that waits already is', async () => {
    const courriel = nouvelle();
    const cible = await getStructureCible(base.db, laon);
    if (!cible) throw new Error('the structure of the test is there');
    const demande = { courriel, prenom: 'A', nom: 'B', motif: 'm', adresse };
    const sent = await mur.enTantQue(instructeur, (db) =>
      inviter(db, instructeur.acteur, { ...demande, cible: { ...cible.cible, role: 'gestionnaire' } }),
    );
    expect(sent.ok).toBe(true);
    const lot = await deposerBien(
      instructeur,
      [
        entete,
        `${nouvelle()};A;B;conseiller;21020408100014;m;`,
        `${nouvelle()};A;B;conseiller;11000101300017;m;`,
        `${courriel};A;B;gestionnaire;21020408100013;m;`,
      ].join('\n'),
    );
    const [fausse, inconnue, attend] = await lire(instructeur, lot);
    expect(fausse?.erreurs.join(' ')).toContain('ne passe pas le contrôle');
    expect(inconnue?.erreurs.join(' ')).toContain('Aucune structure n’est connue');
    expect(attend?.invitation).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('that cannot be read is refused, saying nothing of where it was kept', async () => {
    const ligne = `a@b.example;A;B;conseiller;21020408100013;m;`;
    const cases = {
      vide: '',
      binaire: 'courriel\0',
      colonnes: 'nom;prenom\nA;B',
      csv: `${entete}\n"a@b.example;A`,
      lignes: [entete, ...Array.from({ length: 2001 }, () => ligne)].join('\n'),
      poids: 'x'.repeat(1_000_001),
    };
    for (const [refus, texte] of Object.entries(cases)) {
      const result = await deposer(gestionnaire, texte);
      expect(result, refus).toMatchObject({ ok: false, refus });
      expect(result.ok ? '' : result.message).not.toMatch(/\/|tmp/);
    }
  });

  it('is seen by who sent it alone', async () => {
    const lot = await deposerBien(gestionnaire, modeleDeFichier());
    expect(await lire(instructeur, lot)).toEqual([]);
    expect(await partir(await faireAgent(base, 'administrateur'), lot)).toMatchObject({ refus: 'absent' });
  });

  it('leaves by a job that is cut and taken up again: each line once, one report, one mail, no reason in the journal', async () => {
    const lignes = Array.from(
      { length: 120 },
      (_, numero) => `coupe${numero}@essai.example;P;N;conseiller;21020408100013;muté;`,
    );
    const lot = await deposerBien(
      gestionnaire,
      [entete, ...lignes, `x@essai.example;P;N;roi;;m;`].join('\n'),
    );
    expect((await demander(gestionnaire, lot)).ok).toBe(true);
    const queued = await base.owner.query<{ data: unknown }>(
      `select data from pgboss.job where name = 'envoyer-invitations' and data ->> 'lot' = $1`,
      [lot],
    );
    expect(queued.rows).toEqual([
      { data: { lot, personne: gestionnaire.id, attribution: gestionnaire.attribution } },
    ]);
    const coupure = new AbortController();
    // Cut after the second packet: the signal is looked at before each.
    let regards = 0;
    const signal = Object.assign(coupure.signal, {
      throwIfAborted: () => {
        regards += 1;
        if (regards > 2) throw new Error('cut');
      },
    });
    await expect(travailler(gestionnaire, lot, signal)).rejects.toThrow('cut');
    const faites = async () => (await lire(gestionnaire, lot)).filter(({ envoyee }) => envoyee).length;
    expect(await faites(), 'what was done stays').toBe(100);
    await Promise.all([travailler(gestionnaire, lot), travailler(gestionnaire, lot)]);
    await travailler(gestionnaire, lot);
    expect(await faites()).toBe(120);
    const { rows } = await base.owner.query<{
      courriels: number;
      invitations: number;
      comptes: number;
      fins: number;
      motifs: number;
    }>(
      `select (select count(*) from courriel where destinataire like 'coupe%')::int as courriels,
        (select count(*) from invitation where courriel like 'coupe%')::int as invitations,
        (select count(*) from courriel where objet_id = $1)::int as comptes,
        (select count(*) from journal where objet_id = $1 and acte = 'acces.inviter_par_fichier')::int as fins,
        (select count(*) from journal where motif = 'muté' or contenu::text like '%muté%')::int as motifs`,
      [lot],
    );
    expect(rows).toEqual([{ courriels: 120, invitations: 120, comptes: 1, fins: 1, motifs: 0 }]);
  });

  it('stops where whoever asked may no longer invite, and says so line by line', async () => {
    const agent = await faireAgent(base, 'gestionnaire', { structure: laon });
    const ligne = (courriel: string) => `${courriel};Noa;Petit;conseiller;21020408100013;arrivée;`;
    const lot = await deposerBien(agent, [entete, ligne(nouvelle()), ligne(nouvelle())].join('\n'));
    expect((await demander(agent, lot)).ok).toBe(true);
    await base.owner.query(
      `update attribution set retiree_le = now(), retrait_motif = 'essai' where id = $1`,
      [agent.attribution],
    );
    await travailler(agent, lot);
    const { rows } = await base.owner.query<{ lignes: readonly LigneDeLot[]; fini: boolean }>(
      'select lignes, traitee_le is not null as fini from lot_invitation where id = $1',
      [lot],
    );
    expect(rows[0]?.fini).toBe(true);
    expect(rows[0]?.lignes.map(({ envoyee, erreurs }) => [envoyee, erreurs.join()])).toEqual(
      [0, 1].map(() => [false, 'Votre rôle a pris fin avant l’envoi de cette ligne.']),
    );
    const courriels = await base.owner.query('select destinataire from courriel where objet_id = $1', [lot]);
    expect(courriels.rows, 'the mail that was promised').toEqual([{ destinataire: agent.courriel }]);
  });

  it('goes on after a line that a fault stops, says so, and ends by a mail', async () => {
    const agent = await faireAgent(base, 'gestionnaire', { structure: laon });
    const [avant, faute, apres] = [nouvelle(), nouvelle(), nouvelle()];
    const ligne = (courriel: string) => `${courriel};Noa;Petit;conseiller;21020408100013;arrivée;`;
    const lot = await deposerBien(agent, [entete, ...[avant, faute, apres].map(ligne)].join('\n'));
    expect((await demander(agent, lot)).ok).toBe(true);
    await base.owner.query(`
      create function en_panne() returns trigger language plpgsql as $$ begin raise exception 'en panne'; end $$;
      create trigger en_panne before insert on invitation for each row when (new.courriel = '${faute}')
      execute function en_panne()`);
    try {
      await expect(travailler(agent, lot)).rejects.toThrow('en panne');
    } finally {
      await base.owner.query('drop trigger en_panne on invitation; drop function en_panne()');
    }
    expect((await lire(agent, lot)).map(({ envoyee, erreurs }) => [envoyee, erreurs.length])).toEqual([
      [true, 0],
      [false, 1],
      [true, 0],
    ]);
    expect((await lire(agent, lot))[1]?.erreurs[0]).toContain('n’a pas pu partir');
    await travailler(agent, lot);
    const { rows } = await base.owner.query<{ destinataire: string }>(
      'select destinataire from courriel where objet_id = $1 or destinataire = any ($2) order by cree_le',
      [lot, [avant, faute, apres]],
    );
    expect(rows.map(({ destinataire }) => destinataire).toSorted()).toEqual(
      [avant, apres, agent.courriel].toSorted(),
    );
  });

  it('leaves for whoever sent it, not for another that a job would name', async () => {
    const lot = await deposerBien(
      gestionnaire,
      [entete, `${nouvelle()};Noa;Petit;conseiller;21020408100013;arrivée;`].join('\n'),
    );
    expect((await demander(gestionnaire, lot)).ok).toBe(true);
    await travailler(await faireAgent(base, 'administrateur'), lot);
    expect((await lire(gestionnaire, lot))[0]?.envoyee).toBeUndefined();
    await travailler(gestionnaire, lot);
    expect((await lire(gestionnaire, lot))[0]?.envoyee).toBe(true);
  });

  it('of 2 000 lines is previewed and sent', async () => {
    const administrateur = await faireAgent(base, 'administrateur');
    const lignes = Array.from(
      { length: 2000 },
      (_, numero) => `foule${numero}@essai.example;P;N;conseiller;21020408100013;arrivée;`,
    );
    const lot = await deposerBien(administrateur, [entete, ...lignes].join('\n'));
    expect((await lire(administrateur, lot)).every(({ erreurs }) => erreurs.length === 0)).toBe(true);
    expect(await partir(administrateur, lot)).toMatchObject({ valeur: { envoyees: 2000 } });
  }, 180_000);
});
