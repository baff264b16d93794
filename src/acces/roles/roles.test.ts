import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endosser } from '../../platform/database/acteur.ts';
import type { Database } from '../../platform/database/index.ts';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { lireHistorique } from '../../platform/historique.ts';
import { ecrireSession, getPersonne, lireSession } from '../connexion/sessions.store.ts';
import { inviter } from '../invitations/invitations.acts.ts';
import { type RoleAttribuable, rolesAttribuables } from '../rules.ts';
import { desactiverPersonne, reactiverPersonne } from './personnes.acts.ts';
import {
  type Agent,
  faireAgent,
  faireEquipe,
  faireStructure,
  type Mur,
  monterMur,
  poserActeur,
} from './personnes.fixtures.ts';
import { compterAppareils } from './personnes.store.ts';
import { donnerRole, prolonger, rendreRole, retirerRole } from './roles.acts.ts';
import { type Cible, type Donneur, peutDonner, peutDurer } from './roles.rules.ts';
import {
  finDuJour,
  getAttribution,
  getDepartementCible,
  getEquipeCible,
  getRegionCible,
  getStructureCible,
  type Lieu,
  lireDonneur,
  listAttributions,
} from './roles.store.ts';

let base: TestDatabase;
let mur: Mur;
let structures: string[] = [];
let equipes: string[] = [];
const adresse = 'http://maillage.example';
// Laon and Gauchy in the Aisne (région 32), Lille in the Nord (32), Mende in the Lozère (76); one of no known commune.
const communes = ['02408', '02340', '59350', '48095', null];

beforeAll(async () => {
  base = await withTestDatabase();
  mur = monterMur(base);
  structures = await Promise.all(communes.map((commune) => faireStructure(base, commune)));
  equipes = await Promise.all(structures.map((structure) => faireEquipe(base, structure)));
});
afterAll(async () => {
  await mur.fermer();
  await base.close();
});

const laon = () => structures[0] ?? '';
const gauchy = () => structures[1] ?? '';
const lille = () => structures[2] ?? '';

const cibleSur = async (role: RoleAttribuable, trouver: () => Promise<Lieu | undefined>): Promise<Cible> => {
  const found = await trouver();
  if (!found) throw new Error('the scope of the test is there');
  return { ...found.cible, role };
};
const surStructure = (role: RoleAttribuable, id: string) =>
  cibleSur(role, () => getStructureCible(base.db, id));

describe('nobody gives more than they hold', () => {
  it('by one rule, in the program and in the database', async () => {
    const regions = ['32', '76'];
    const departements = ['02', '59', '48', '975'];
    const [regionCibles, departementCibles, structureCibles, equipeCibles] = await Promise.all([
      Promise.all(regions.map((code) => getRegionCible(base.db, code))),
      Promise.all(departements.map((code) => getDepartementCible(base.db, code))),
      Promise.all(structures.map((id) => getStructureCible(base.db, id))),
      Promise.all(equipes.map((equipe) => getEquipeCible(base.db, { equipe }))),
    ]);
    const cibles = [...regionCibles, ...departementCibles, ...structureCibles, ...equipeCibles].flatMap(
      (found) => (found ? [found.cible] : []),
    );
    expect(cibles).toHaveLength(16);
    // Around both changes of the hour.
    const jours = fc.constantFrom(null, '2099-03-28', '2099-03-29', '2099-10-25', '2099-10-26');
    // The roles that the table of roles lets exist, each on its levels.
    const donneurs = fc.oneof(
      ...(
        [
          [['administrateur', 'membre_comite', 'operateur', 'aucun'], 'national', [null]],
          [['conseiller', 'candidat'], 'soi', [null]],
          [['instructeur', 'membre_comite'], 'region', regions],
          [['instructeur'], 'departement', departements],
          [['gestionnaire'], 'structure', structures],
          [['coordinateur'], 'equipe', equipes],
        ] as const
      ).map(([roles, niveau, perimetres]) =>
        fc.record<Donneur>({
          role: fc.constantFrom(...roles),
          niveau: fc.constant(niveau),
          perimetre: fc.constantFrom(...perimetres),
          fin: jours,
        }),
      ),
    );
    const roleEtCible = fc.record({
      role: fc.constantFrom(...rolesAttribuables),
      scope: fc.constantFrom({ region: null, departement: null, structure: null, equipe: null }, ...cibles),
    });
    let given = 0;
    let longer = 0;
    const eprouver = (application: Database, operateur: Database) =>
      fc.assert(
        fc.asyncProperty(donneurs, roleEtCible, jours, async (donneur, { role, scope }, fin) => {
          const cible: Cible = { ...scope, role };
          // The operator is who logged in as such.
          const transaction = donneur.role === 'operateur' ? operateur : application;
          await poserActeur(transaction, donneur);
          const { rows } = await sql<{
            peut: boolean;
            dure: boolean;
          }>`select coalesce(acteur_peut_donner(${role}, ${cible.region},
            ${cible.departement?.code ?? null}, ${cible.structure?.id ?? null}, ${cible.equipe?.id ?? null}), false)
            as peut, acteur_peut_durer(${finDuJour(fin)}) as dure`.execute(transaction);
          if (rows[0]?.peut) given += 1;
          if (rows[0]?.dure === false) longer += 1;
          expect(peutDonner(donneur, cible)).toBe(rows[0]?.peut);
          expect(peutDurer(await lireDonneur(transaction), fin)).toBe(rows[0]?.dure);
          expect(peutDurer(donneur, fin)).toBe(rows[0]?.dure);
        }),
        // Something is given in about one case of ten: enough cases that chance alone never leaves a hundred or fewer.
        { numRuns: 2400 },
      );
    await mur.application
      .transaction()
      .execute((application) =>
        base.db.transaction().execute((operateur) => eprouver(application, operateur)),
      );
    expect(given, 'cases where something is given').toBeGreaterThan(100);
    expect(longer, 'cases where something would last too long').toBeGreaterThan(100);
  });

  it('nor for longer: a role that ends makes none that outlives it, by the acts and by the database', async () => {
    const interim = await faireAgent(base, 'gestionnaire', { structure: laon() });
    await base.owner.query(`update attribution set fin = '2099-06-30T22:00:00Z' where id = $1`, [
      interim.attribution,
    ]);
    const autre = await faireAgent(base, 'gestionnaire', { structure: laon() });
    const complice = await faireAgent(base, 'conseiller', { structure: laon() });
    const cible = await surStructure('gestionnaire', laon());
    const commun = { cible, motif: 'essai', adresse };
    const donner = (fin: string | null) =>
      mur.enTantQue(interim, (db) =>
        donnerRole(db, interim.acteur, { ...commun, personne: complice.id, fin }),
      );
    const promettre = (fin: string | null) =>
      mur.enTantQue(interim, (db) =>
        inviter(db, interim.acteur, {
          ...commun,
          courriel: 'interim@essai.example',
          prenom: 'A',
          nom: 'B',
          fin,
        }),
      );
    const fixer = (qui: Agent, fin: string | null, version: number) =>
      mur.enTantQue(interim, (db) =>
        prolonger(db, interim.acteur, { attribution: qui.attribution, version, fin, motif: 'essai' }),
      );
    for (const fin of [null, '2099-07-01']) {
      expect(await donner(fin)).toMatchObject({ refus: 'date', message: expect.stringContaining('30 juin') });
      expect(await promettre(fin)).toMatchObject({ refus: 'date' });
      expect(await fixer(autre, fin, 1)).toMatchObject({ refus: 'date' });
    }
    expect(await fixer(interim, '2099-06-30', 1), 'one’s own').toMatchObject({ refus: 'droits' });
    expect([(await donner('2099-06-30')).ok, (await promettre('2099-06-30')).ok]).toEqual([true, true]);
    expect((await fixer(autre, '2099-06-30', 1)).ok).toBe(true);
    // Without the rule of the program, the wall of the database still holds.
    const forcer = (requete: ReturnType<typeof sql>) => mur.enTantQue(interim, (db) => requete.execute(db));
    for (const requete of [
      sql`update attribution set fin = null where id = ${interim.attribution}`,
      sql`update attribution set fin = '2099-01-01' where id = ${interim.attribution}`,
      sql`update attribution set fin = null where id = ${autre.attribution}`,
      sql`update invitation set role_fin = null where courriel = 'interim@essai.example'`,
      sql`insert into attribution (personne_id, role, niveau, structure_id, motif)
        values (${interim.id}, 'conseiller', 'soi', ${laon()}, 'essai')`,
    ])
      await expect(forcer(requete)).rejects.toMatchObject({ code: '42501' });
    const quitter = await mur.enTantQue(interim, (db) =>
      retirerRole(db, interim.acteur, { ...commun, attribution: interim.attribution, version: 1 }),
    );
    expect(quitter.ok, 'one’s own is given up').toBe(true);
  });

  it('nor by giving back what another took, or one’s own', async () => {
    const titulaire = await faireAgent(base, 'gestionnaire', { structure: gauchy() });
    const interim = await faireAgent(base, 'gestionnaire', { structure: gauchy() });
    await base.owner.query(`update attribution set fin = '2099-06-30T22:00:00Z' where id = $1`, [
      interim.attribution,
    ]);
    const retirer = (qui: Agent, de: Agent, version: number) =>
      mur.enTantQue(qui, (db) =>
        retirerRole(db, qui.acteur, { attribution: de.attribution, version, motif: 'essai', adresse }),
      );
    const rendre = (qui: Agent, de: Agent) =>
      mur.enTantQue(qui, (db) => rendreRole(db, qui.acteur, de.attribution));
    const cible = await faireAgent(base, 'conseiller', { structure: gauchy() });
    await retirer(titulaire, cible, 1);
    expect(await rendre(interim, cible)).toMatchObject({ refus: 'date' });
    expect((await rendre(titulaire, cible)).ok).toBe(true);
    await retirer(interim, cible, 3);
    expect((await rendre(interim, cible)).ok, 'a slip of one’s own is mended').toBe(true);
    // Another role of the same person gives back nothing of theirs.
    const deux = { ...titulaire, attribution: interim.attribution, role: interim.role };
    const absente = await faireAgent(base, 'gestionnaire', { structure: gauchy() });
    await base.owner.query(`update attribution set personne_id = $1, suppleance_de = $2 where id = $3`, [
      titulaire.id,
      absente.attribution,
      interim.attribution,
    ]);
    await retirer(deux, titulaire, 1);
    expect(await rendre(deux, titulaire)).toMatchObject({ refus: 'droits' });
  });

  it('and what exceeds it is refused in a sentence', async () => {
    const instructeur = await faireAgent(base, 'instructeur', { departement: '02' });
    const gestionnaire = await faireAgent(base, 'gestionnaire', { structure: laon() });
    const autre = await faireAgent(base, 'conseiller', { structure: laon() });
    const cases: readonly (readonly [Agent, Cible])[] = [
      [instructeur, await surStructure('gestionnaire', lille())],
      [
        instructeur,
        { role: 'administrateur', region: null, departement: null, structure: null, equipe: null },
      ],
      [gestionnaire, await surStructure('gestionnaire', gauchy())],
      [gestionnaire, await cibleSur('instructeur', () => getDepartementCible(base.db, '02'))],
      [autre, await surStructure('conseiller', laon())],
    ];
    for (const [agent, cible] of cases) {
      const result = await mur.enTantQue(agent, (db) =>
        donnerRole(db, agent.acteur, { personne: autre.id, cible, motif: 'essai', adresse }),
      );
      expect(result).toMatchObject({ ok: false, refus: 'droits' });
    }
  });
});

describe('a role', () => {
  it('is given with its reason and end, told by mail, written in the journal, and held once', async () => {
    const agent = await faireAgent(base, 'instructeur', { departement: '02' });
    const personne = await faireAgent(base, 'conseiller', { structure: laon() });
    const cible = await surStructure('gestionnaire', gauchy());
    const donner = (motif = 'départ de la directrice') =>
      mur.enTantQue(agent, (db) =>
        donnerRole(db, agent.acteur, { personne: personne.id, cible, motif, fin: '2099-12-31', adresse }),
      );
    expect(await donner(' ')).toMatchObject({ refus: 'motif' });
    const given = await donner();
    expect(given.ok).toBe(true);
    const attributions = await mur.enTantQue(agent, (db) => listAttributions(db, personne.id));
    expect(attributions.find(({ role }) => role === 'gestionnaire')).toMatchObject({
      fin: '2099-12-31',
      enCours: true,
      motif: 'départ de la directrice',
      donneePar: expect.stringMatching(/^Prénom/),
    });
    expect(await donner()).toMatchObject({ refus: 'deja' });
    const { rows } = await base.owner.query(
      `select role, motif, contenu ->> 'role' as donne, valeurs from journal
       left join journal_personnel on journal_id = id where acte = 'acces.donner_role' and objet_id = $1`,
      [personne.id],
    );
    const pourquoi = 'départ de la directrice';
    // Apart, where it can be erased: the line itself cannot.
    expect(rows).toEqual([
      { role: 'instructeur', motif: null, donne: 'gestionnaire', valeurs: { motif: pourquoi } },
    ]);
    const lire = (qui: Agent) =>
      mur.enTantQue(qui, async (db) =>
        (await lireHistorique(db, {}, 'personne', personne.id)).map(({ motif }) => motif),
      );
    expect(await lire(agent), 'read with its line').toEqual([pourquoi]);
    expect(await lire(await faireAgent(base, 'instructeur', { departement: '59' }))).toEqual([]);
    const mails = await base.owner.query(`select objet from courriel where personne_id = $1`, [personne.id]);
    expect(mails.rows).toEqual([{ objet: 'Un rôle vous est donné dans Maillage' }]);
  });

  it('whose end is past, or before its beginning, is refused', async () => {
    const agent = await faireAgent(base, 'administrateur');
    const personne = await faireAgent(base, 'candidat');
    const cible = await surStructure('gestionnaire', laon());
    for (const jours of [{ fin: '2020-01-01' }, { du: '2098-02-01', fin: '2098-01-31' }])
      expect(
        await mur.enTantQue(agent, (db) =>
          donnerRole(db, agent.acteur, { personne: personne.id, cible, motif: 'essai', adresse, ...jours }),
        ),
      ).toMatchObject({ refus: 'date' });
  });

  it('that ran to its end may be given anew', async () => {
    const agent = await faireAgent(base, 'administrateur');
    const personne = await faireAgent(base, 'gestionnaire', { structure: laon() });
    await base.owner.query(
      `update attribution set du = now() - interval '2 days', fin = now() - interval '1 day' where id = $1`,
      [personne.attribution],
    );
    const cible = await surStructure('gestionnaire', laon());
    const again = await mur.enTantQue(agent, (db) =>
      donnerRole(db, agent.acteur, { personne: personne.id, cible, motif: 'retour', adresse }),
    );
    expect(again.ok).toBe(true);
  });

  it('is taken back for a reason, given back within the hour, and not twice', async () => {
    const agent = await faireAgent(base, 'gestionnaire', { structure: laon() });
    const personne = await faireAgent(base, 'conseiller', { structure: laon() });
    const retirer = (version: number, motif = 'départ') =>
      mur.enTantQue(agent, (db) =>
        retirerRole(db, agent.acteur, { attribution: personne.attribution, version, motif, adresse }),
      );
    expect(await retirer(1, '')).toMatchObject({ refus: 'motif' });
    expect(await retirer(2)).toMatchObject({ refus: 'version' });
    const [one, two] = await Promise.all([retirer(1), retirer(1)]);
    expect([one.ok, two.ok].sort(), 'a double click takes back once').toEqual([false, true]);
    expect(
      (await base.owner.query(`select from courriel where personne_id = $1`, [personne.id])).rowCount,
    ).toBe(1);
    const rendre = () => mur.enTantQue(agent, (db) => rendreRole(db, agent.acteur, personne.attribution));
    expect((await rendre()).ok).toBe(true);
    const mails = await base.owner.query(`select objet from courriel where personne_id = $1 order by id`, [
      personne.id,
    ]);
    expect(mails.rows.map(({ objet }) => objet)).toEqual([
      'Un rôle vous est retiré dans Maillage',
      'Un rôle vous est rendu dans Maillage',
    ]);
    expect(await rendre()).toMatchObject({ refus: 'version' });
    const back = await mur.enTantQue(agent, (db) => getAttribution(db, personne.attribution));
    expect(back).toMatchObject({ enCours: true, retireeLe: null });
    await retirer(3);
    await base.owner.query(`update attribution set retiree_le = now() - interval '2 hours' where id = $1`, [
      personne.attribution,
    ]);
    expect(await rendre()).toMatchObject({ refus: 'version' });
  });

  it('of another structure is neither seen nor taken back', async () => {
    const agent = await faireAgent(base, 'gestionnaire', { structure: laon() });
    const ailleurs = await faireAgent(base, 'gestionnaire', { structure: lille() });
    const demande = { attribution: ailleurs.attribution, version: 1, motif: 'essai', adresse };
    expect(await mur.enTantQue(agent, (db) => retirerRole(db, agent.acteur, demande))).toMatchObject({
      refus: 'absent',
    });
    // Without the rule of the program, the wall of the database still holds.
    const { numAffectedRows } = await mur.enTantQue(agent, (db) =>
      sql`update attribution set retiree_le = now(), retrait_motif = 'essai' where id = ${ailleurs.attribution}`.execute(
        db,
      ),
    );
    expect(numAffectedRows).toBe(0n);
  });

  it('is prolonged, or made endless', async () => {
    const agent = await faireAgent(base, 'instructeur', { region: '32' });
    const personne = await faireAgent(base, 'gestionnaire', { structure: lille() });
    const fixer = (version: number, fin: string | null) =>
      mur.enTantQue(agent, (db) =>
        prolonger(db, agent.acteur, { attribution: personne.attribution, version, fin, motif: 'avenant' }),
      );
    expect((await fixer(1, '2099-06-30')).ok).toBe(true);
    expect(await fixer(1, '2099-07-31')).toMatchObject({ refus: 'version' });
    expect(await fixer(2, '2019-07-31')).toMatchObject({ refus: 'date' });
    expect((await mur.enTantQue(agent, (db) => getAttribution(db, personne.attribution)))?.fin).toBe(
      '2099-06-30',
    );
    expect((await fixer(2, null)).ok).toBe(true);
    const mails = await base.owner.query(
      `select contenu::text as texte from courriel where personne_id = $1 order by id`,
      [personne.id],
    );
    expect(mails.rows.map(({ texte }) => texte)).toEqual([
      expect.stringContaining('30 juin 2099'),
      expect.stringContaining('n’a plus de date de fin'),
    ]);
  });
});

describe('a replacement', () => {
  const installer = async (du: string | null = null) => {
    const agent = await faireAgent(base, 'instructeur', { departement: '02' });
    const absente = await faireAgent(base, 'gestionnaire', { structure: gauchy() });
    const suppleante = await faireAgent(base, 'conseiller', { structure: gauchy() });
    const cible = await surStructure('gestionnaire', gauchy());
    const donner = (reste: { fin: string | null; personne?: string }) =>
      mur.enTantQue(agent, (db) =>
        donnerRole(db, agent.acteur, {
          personne: reste.personne ?? suppleante.id,
          cible,
          motif: 'congé',
          suppleanceDe: absente.attribution,
          adresse,
          du,
          fin: reste.fin,
        }),
      );
    return { agent, absente, suppleante, donner };
  };

  it('has an end, is of the same role, and is nobody’s own', async () => {
    const { absente, donner } = await installer();
    expect(await donner({ fin: null })).toMatchObject({ refus: 'suppleance' });
    expect(await donner({ fin: '2099-01-01', personne: absente.id })).toMatchObject({ refus: 'suppleance' });
  });

  it('says its days by mail, and who gave it, to both', async () => {
    const { absente, suppleante, donner } = await installer('2099-01-01');
    expect((await donner({ fin: '2099-01-31' })).ok).toBe(true);
    for (const { courriel } of [absente, suppleante]) {
      const { rows } = await base.owner.query<{ paragraphes: string[] }>(
        `select contenu -> 'paragraphes' as paragraphes from courriel where destinataire = $1`,
        [courriel],
      );
      const texte = rows[0]?.paragraphes.join('\n') ?? '';
      expect(texte).toContain('du 1er janvier 2099 au 31 janvier 2099');
      expect(texte).toContain('congé');
      expect(texte).not.toContain('maintenant');
    }
  });

  it('is named as such, and ends with the role that it stands in for', async () => {
    const { agent, absente, suppleante, donner } = await installer();
    const given = await donner({ fin: '2099-01-31' });
    if (!given.ok) throw new Error(given.message);
    const { attribution } = given.valeur;
    const held = async () => (await getPersonne(mur.acces, suppleante.id))?.attributions ?? [];
    expect((await held()).find(({ id }) => id === attribution)).toMatchObject({
      fin: '2099-01-31',
      supplee: expect.stringMatching(/^Prénom\d+ Nom\d+$/),
    });
    const endosse = () =>
      mur.application
        .transaction()
        .execute((transaction) => endosser(transaction, suppleante.id, attribution));
    expect(await endosse()).toBe(true);
    await mur.enTantQue(agent, (db) =>
      retirerRole(db, agent.acteur, {
        attribution: absente.attribution,
        version: 1,
        motif: 'départ',
        adresse,
      }),
    );
    expect(await endosse(), 'behind the row wall').toBe(false);
    expect(
      (await held()).some(({ id }) => id === attribution),
      'at the door',
    ).toBe(false);
  });

  it('does not run before its first day', async () => {
    const { suppleante, donner } = await installer('2098-12-01');
    const given = await donner({ fin: '2099-01-31' });
    if (!given.ok) throw new Error(given.message);
    expect(
      await mur.application
        .transaction()
        .execute((transaction) => endosser(transaction, suppleante.id, given.valeur.attribution)),
    ).toBe(false);
  });
});

describe('the last administrator', () => {
  it('stays, though two take each other’s role back at once', async () => {
    const seule = await withTestDatabase();
    const murs = monterMur(seule);
    try {
      const [ici, la] = [
        await faireAgent(seule, 'administrateur'),
        await faireAgent(seule, 'administrateur'),
      ];
      let arrives = 0;
      let partir = (): void => undefined;
      const ensemble = new Promise<void>((resolve) => {
        partir = resolve;
      });
      const retirer = (qui: Agent, de: Agent) =>
        murs.enTantQue(qui, async (db) => {
          arrives += 1;
          if (arrives === 2) partir();
          // Both act as administrators before either takes the other's role back.
          await ensemble;
          return retirerRole(db, qui.acteur, {
            attribution: de.attribution,
            version: 1,
            motif: 'essai',
            adresse,
          });
        });
      const results = await Promise.all([retirer(ici, la), retirer(la, ici)]);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(results.find(({ ok }) => !ok)).toMatchObject({ refus: 'dernier' });
      const reste = results[0]?.ok ? ici : la;
      expect(
        await murs.enTantQue(reste, (db) =>
          prolonger(db, reste.acteur, {
            attribution: reste.attribution,
            version: 1,
            motif: 'essai',
            fin: '2099-01-01',
          }),
        ),
        'one’s own role is others’ to change',
      ).toMatchObject({ refus: 'droits' });
      expect(
        await prolonger(
          seule.db,
          { identifiant: 'essai', role: 'operateur' },
          { attribution: reste.attribution, version: 1, motif: 'essai', fin: '2099-01-01' },
        ),
        'an end is no way out either',
      ).toMatchObject({ refus: 'dernier' });
      const { rowCount } = await seule.owner.query(
        `select from attribution where role = 'administrateur' and retiree_le is null`,
      );
      expect(rowCount).toBe(1);
    } finally {
      await murs.fermer();
      await seule.close();
    }
  });
});

describe('an account', () => {
  const ouvrir = (personne: string) =>
    ecrireSession(mur.acces, {
      empreinte: Buffer.from(`session de ${personne}`),
      personne,
      attribution: null,
      moyen: 'lien',
      appareil: 'essai',
      heures: 1,
      inactivite: 1,
      secondFacteur: false,
      jetonIdentite: null,
    });

  it('is disabled by an administrator for a reason, its sessions ended for good', async () => {
    const admin = await faireAgent(base, 'administrateur');
    const personne = await faireAgent(base, 'gestionnaire', { structure: laon() });
    await ouvrir(personne.id);
    const appareils = () => mur.enTantQue(admin, (db) => compterAppareils(db, personne.id));
    expect(await appareils()).toBe(1);
    const demande = { personne: personne.id, version: 1, motif: 'essai' };
    const desactiver = (qui: Agent, motif = 'essai') =>
      mur.enTantQue(qui, (db) => desactiverPersonne(db, qui.acteur, { ...demande, motif }));
    const instructeur = await faireAgent(base, 'instructeur', { departement: '02' });
    expect(await desactiver(instructeur)).toMatchObject({ refus: 'droits' });
    expect(await desactiver(admin, ' ')).toMatchObject({ refus: 'motif' });
    expect((await desactiver(admin)).ok).toBe(true);
    expect(await desactiver(admin)).toMatchObject({ refus: 'version' });
    expect(await getPersonne(mur.acces, personne.id)).toBeUndefined();
    const back = await mur.enTantQue(admin, (db) =>
      reactiverPersonne(db, admin.acteur, { ...demande, version: 2 }),
    );
    expect(back.ok).toBe(true);
    expect(await appareils(), 'an old session does not come back').toBe(0);
    expect(
      await mur.enTantQue(instructeur, (db) => compterAppareils(db, personne.id)),
      'devices are no business of a territory',
    ).toBe(0);
  });

  it('given a role that decides for others is asked to sign in again sooner', async () => {
    const personne = await faireAgent(base, 'conseiller', { structure: laon() });
    const empreinte = Buffer.from(`longue session de ${personne.id}`);
    await ecrireSession(mur.acces, {
      empreinte,
      personne: personne.id,
      attribution: personne.attribution,
      moyen: 'lien',
      appareil: 'essai',
      heures: 7 * 24,
      inactivite: 48,
      secondFacteur: false,
      jetonIdentite: null,
    });
    const vit = async () => (await lireSession(mur.acces, empreinte)) !== undefined;
    const vieillir = (ouverte: string, vue: string) =>
      base.owner.query(
        `update session set ouverte_le = now() - $2::interval, vue_le = now() - $3::interval where personne_id = $1`,
        [personne.id, ouverte, vue],
      );
    await vieillir('3 days', '3 hours');
    expect(await vit()).toBe(true);
    const donne = await faireAgent(base, 'instructeur', { departement: '02' }, personne.courriel);
    expect(await vit(), 'after three hours away').toBe(false);
    await vieillir('3 days', '1 hour');
    expect(await vit(), 'twelve hours run from the role').toBe(true);
    await base.owner.query(`update attribution set du = now() - interval '13 hours' where id = $1`, [
      donne.attribution,
    ]);
    expect(await vit()).toBe(false);
  });

  it('is not disabled by its own', async () => {
    const admin = await faireAgent(base, 'administrateur');
    expect(
      await mur.enTantQue(admin, (db) =>
        desactiverPersonne(db, admin.acteur, { personne: admin.id, version: 1, motif: 'essai' }),
      ),
    ).toMatchObject({ refus: 'soi' });
  });
});
