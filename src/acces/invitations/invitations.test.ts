import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { lireHistorique } from '../../platform/historique.ts';
import { confirmerNouvelleAdresse, demanderCourriel } from '../compte/courriel.acts.ts';
import { getPersonne, lireSession } from '../connexion/sessions.store.ts';
import { creerAdministrateur } from '../roles/administrateur.acts.ts';
import {
  type Agent,
  dernierSecret,
  faireAgent,
  faireStructure,
  type Mur,
  monterMur,
} from '../roles/personnes.fixtures.ts';
import { compterComptes } from '../roles/personnes.store.ts';
import type { Cible } from '../roles/roles.rules.ts';
import { getAttribution, getDepartementCible, getStructureCible } from '../roles/roles.store.ts';
import type { RoleAttribuable } from '../rules.ts';
import { empreinte } from '../secrets.ts';
import { accepterInvitation, lireLienDInvitation } from './acceptation.acts.ts';
import { inviter, renvoyerInvitation, revoquerInvitation } from './invitations.acts.ts';
import { getInvitation } from './invitations.store.ts';

let base: TestDatabase;
let mur: Mur;
let laon = '';
let lille = '';
let instructeur: Agent;
let gestionnaire: Agent;
const adresse = 'http://maillage.example';

beforeAll(async () => {
  base = await withTestDatabase();
  mur = monterMur(base);
  laon = await faireStructure(base, '02408', { identifiant: '21020408100013', nom: 'COMMUNE DE LAON' });
  lille = await faireStructure(base, '59350', { identifiant: '21590350100017', nom: 'COMMUNE DE LILLE' });
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

const sur = async (role: RoleAttribuable, structure: string): Promise<Cible> => {
  const found = await getStructureCible(base.db, structure);
  if (!found) throw new Error('the structure of the test is there');
  return { ...found.cible, role };
};

const envoyer = async (
  agent: Agent,
  courriel: string,
  reste: { cible?: Cible; fin?: string; suppleanceDe?: string } = {},
) => {
  const cible = reste.cible ?? (await sur('gestionnaire', laon));
  return mur.enTantQue(agent, (db) =>
    inviter(db, agent.acteur, {
      courriel,
      prenom: 'Dominique',
      nom: 'Martin',
      motif: 'nouvelle directrice',
      adresse,
      fin: null,
      suppleanceDe: null,
      ...reste,
      cible,
    }),
  );
};

const inviterBien = async (agent: Agent, courriel: string, reste: Parameters<typeof envoyer>[2] = {}) => {
  const sent = await envoyer(agent, courriel, reste);
  if (!sent.ok) throw new Error(sent.message);
  return { id: sent.valeur.invitation, secret: await dernierSecret(base, courriel) };
};

const accepter = (secret: string) =>
  accepterInvitation(mur.acces, { secret, appareil: 'essai', precedente: null });

describe('an invitation', () => {
  it('makes the person and gives the role, by a button and once', async () => {
    const courriel = nouvelle();
    const { id, secret } = await inviterBien(instructeur, ` ${courriel.toUpperCase()}`.trim().toLowerCase());
    const read = await lireLienDInvitation(mur.acces, secret);
    expect(read).toMatchObject({ ok: true, valeur: { lieu: 'COMMUNE DE LAON', role: 'gestionnaire' } });
    const { rowCount } = await base.owner.query('select from personne where courriel = $1', [courriel]);
    expect(rowCount, 'opening the link makes nobody').toBe(0);
    const entered = await accepter(secret);
    if (!entered.ok) throw new Error(entered.message);
    const session = await lireSession(mur.acces, empreinte(entered.valeur.secret));
    expect(session).toMatchObject({ prenom: 'Dominique', moyen: 'invitation' });
    expect(session?.attributions).toEqual([
      expect.objectContaining({ role: 'gestionnaire', perimetre: laon }),
    ]);
    expect(session?.attributionId).toBe(session?.attributions[0]?.id);
    expect(await accepter(secret)).toMatchObject({ refus: 'acceptee' });
    const invitation = await mur.enTantQue(instructeur, (db) => getInvitation(db, id));
    expect(invitation).toMatchObject({ etat: 'acceptee', accepteePar: session?.personne });
  });

  it('is worth no more than the right of whoever sent it last', async () => {
    const partante = await faireAgent(base, 'gestionnaire', { structure: laon });
    const courriel = nouvelle();
    const { id, secret } = await inviterBien(partante, courriel);
    expect(await lireLienDInvitation(mur.acces, secret)).toMatchObject({ ok: true });
    await base.owner.query(
      `update attribution set retiree_le = now(), retrait_motif = 'départ' where id = $1`,
      [partante.attribution],
    );
    expect(await lireLienDInvitation(mur.acces, secret)).toMatchObject({ refus: 'inviteur' });
    expect(await accepter(secret)).toMatchObject({ refus: 'inviteur' });
    const { rowCount } = await base.owner.query('select from personne where courriel = $1', [courriel]);
    expect(rowCount).toBe(0);
    const again = await mur.enTantQue(gestionnaire, (db) =>
      renvoyerInvitation(db, gestionnaire.acteur, { id, version: 1, adresse }),
    );
    expect(again.ok, 'whoever stays sends it again').toBe(true);
    expect((await accepter(await dernierSecret(base, courriel))).ok).toBe(true);
    const closed = await faireAgent(base, 'instructeur', { departement: '02' });
    await faireAgent(base, 'administrateur');
    const last = await inviterBien(closed, nouvelle());
    await base.owner.query('update personne set desactivee_le = now() where id = $1', [closed.id]);
    expect(await accepter(last.secret)).toMatchObject({ refus: 'inviteur' });
  });

  it('never goes to the mailbox of a service, nor is taken up from what became one', async () => {
    const boite = nouvelle();
    const { secret } = await inviterBien(instructeur, boite);
    await base.owner.query(
      `insert into en_tete (departement_code, service, lieu, boite_courriel) values ('02', '{Préfecture}', 'Laon', $1)
       on conflict (departement_code) do update set boite_courriel = excluded.boite_courriel`,
      [boite],
    );
    expect(await accepter(secret)).toMatchObject({
      refus: 'courriel',
      message: expect.stringContaining('boîte'),
    });
    expect(await envoyer(instructeur, boite, { cible: await sur('conseiller', laon) })).toMatchObject({
      refus: 'courriel',
    });
    const identite = {
      personne: { id: gestionnaire.id, prenom: 'A', nom: 'B', courriel: gestionnaire.courriel },
    };
    expect(await demanderCourriel(mur.acces, identite, { courriel: boite, adresse })).toMatchObject({
      refus: 'courriel',
    });
    const ailleurs = nouvelle();
    await demanderCourriel(mur.acces, identite, { courriel: ailleurs, adresse });
    await base.owner.query(`update en_tete set boite_courriel = $1 where departement_code = '02'`, [
      ailleurs,
    ]);
    const change = await dernierSecret(base, ailleurs);
    expect(await confirmerNouvelleAdresse(mur.acces, { secret: change, adresse })).toMatchObject({
      refus: 'courriel',
      message: expect.stringContaining('boîte'),
    });
    expect(
      await creerAdministrateur(
        base.db,
        { identifiant: 'essai', role: 'operateur' },
        { courriel: ailleurs, prenom: 'A', nom: 'B' },
      ),
    ).toMatchObject({ refus: 'courriel' });
  });

  it('pressed by many at once lets one in, and makes one person', async () => {
    const courriel = nouvelle();
    const { secret } = await inviterBien(instructeur, courriel);
    const results = await Promise.all(Array.from({ length: 6 }, () => accepter(secret)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const { rows } = await base.owner.query(
      `select (select count(*)::int from personne where courriel = $1) as personnes,
        (select count(*)::int from attribution a join personne p on p.id = a.personne_id where p.courriel = $1) as roles,
        (select count(*)::int from journal where acte = 'invitation.accepter' and objet_id =
          (select id::text from invitation where courriel = $1)) as lignes`,
      [courriel],
    );
    expect(rows).toEqual([{ personnes: 1, roles: 1, lignes: 1 }]);
  });

  it('gives the role to the person of its address, with their own name, and to nobody else', async () => {
    const connue = await faireAgent(base, 'candidat');
    const { secret } = await inviterBien(gestionnaire, connue.courriel);
    const autre = await faireAgent(base, 'administrateur');
    const precedente = {
      session: '01890000-0000-7000-8000-000000000000',
      personne: { id: autre.id, prenom: 'A', nom: 'B', courriel: autre.courriel },
      habilitation: null,
      habilitations: [],
      visitePrecedente: null,
      secondFacteur: 'sans_objet',
    } as const;
    const entered = await accepterInvitation(mur.acces, { secret, appareil: 'essai', precedente });
    if (!entered.ok) throw new Error(entered.message);
    const session = await lireSession(mur.acces, empreinte(entered.valeur.secret));
    expect(session?.personne).toBe(connue.id);
    expect(session?.prenom).not.toBe('Dominique');
    expect(session?.attributions.map(({ role }) => role)).toEqual(['candidat', 'gestionnaire']);
    expect((await getPersonne(mur.acces, autre.id))?.attributions).toHaveLength(1);
  });

  it('is refused for who holds the role, for who was invited to it, and beyond what the giver holds', async () => {
    expect(await envoyer(instructeur, gestionnaire.courriel)).toMatchObject({ refus: 'deja' });
    const courriel = nouvelle();
    await inviterBien(instructeur, courriel);
    expect(await envoyer(gestionnaire, courriel)).toMatchObject({ refus: 'invitee' });
    expect(
      await envoyer(gestionnaire, nouvelle(), { cible: await sur('gestionnaire', lille) }),
    ).toMatchObject({
      refus: 'droits',
    });
    const departement = await getDepartementCible(base.db, '02');
    expect(
      await envoyer(gestionnaire, nouvelle(), {
        cible: { ...(await sur('gestionnaire', laon)), ...departement?.cible, role: 'instructeur' },
      }),
    ).toMatchObject({ refus: 'droits' });
    expect(await envoyer(instructeur, 'pas une adresse')).toMatchObject({ refus: 'courriel' });
    expect(await envoyer(instructeur, nouvelle(), { fin: '2020-01-01' })).toMatchObject({ refus: 'date' });
  });

  it('sent twice at once is one', async () => {
    const courriel = nouvelle();
    const results = await Promise.all([envoyer(instructeur, courriel), envoyer(gestionnaire, courriel)]);
    expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const { rowCount } = await base.owner.query('select from courriel where destinataire = $1', [courriel]);
    expect(rowCount).toBe(1);
  });

  it('sent again kills the older link', async () => {
    const courriel = nouvelle();
    const { id, secret } = await inviterBien(instructeur, courriel);
    const renvoyer = (version: number) =>
      mur.enTantQue(instructeur, (db) =>
        renvoyerInvitation(db, instructeur.acteur, { id, version, adresse }),
      );
    const [one, two] = await Promise.all([renvoyer(1), renvoyer(1)]);
    expect([one.ok, two.ok].sort()).toEqual([false, true]);
    expect(await accepter(secret)).toMatchObject({ refus: 'lien' });
    expect((await accepter(await dernierSecret(base, courriel))).ok).toBe(true);
    expect(await renvoyer(2)).toMatchObject({ refus: 'etat' });
  });

  it('expires, is counted, and is sent anew by whoever asks again', async () => {
    const courriel = nouvelle();
    const { id, secret } = await inviterBien(instructeur, courriel);
    const before = await mur.enTantQue(instructeur, compterComptes);
    await base.owner.query(`update invitation set expire_le = now() where id = $1`, [id]);
    expect(await accepter(secret)).toMatchObject({ refus: 'expiree' });
    expect(await mur.enTantQue(instructeur, compterComptes)).toMatchObject({
      invitations: before.invitations - 1,
      expirees: before.expirees + 1,
    });
    const again = await inviterBien(gestionnaire, courriel, { fin: '2099-01-31' });
    expect(again.id, 'the same invitation, under a new link').toBe(id);
    expect(await accepter(secret)).toMatchObject({ refus: 'lien' });
    const entered = await accepter(again.secret);
    if (!entered.ok) throw new Error(entered.message);
    expect((await lireSession(mur.acces, empreinte(entered.valeur.secret)))?.attributions[0]?.fin).toBe(
      '2099-01-31',
    );
  });

  it('is taken back once, and opens nothing any more', async () => {
    const { id, secret } = await inviterBien(instructeur, nouvelle());
    const revoquer = (agent: Agent) =>
      mur.enTantQue(agent, (db) => revoquerInvitation(db, agent.acteur, { id, version: 1 }));
    const ailleurs = await faireAgent(base, 'gestionnaire', { structure: lille });
    expect(await revoquer(ailleurs)).toMatchObject({ refus: 'absent' });
    const results = await Promise.all([revoquer(instructeur), revoquer(gestionnaire)]);
    expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await accepter(secret)).toMatchObject({ refus: 'revoquee' });
  });

  it('taken back and taken up at once ends in one of the two', async () => {
    for (let essai = 0; essai < 5; essai += 1) {
      const courriel = nouvelle();
      const { id, secret } = await inviterBien(instructeur, courriel);
      const [revoked, entered] = await Promise.all([
        mur.enTantQue(instructeur, (db) => revoquerInvitation(db, instructeur.acteur, { id, version: 1 })),
        accepter(secret),
      ]);
      expect([revoked.ok, entered.ok].sort()).toEqual([false, true]);
      const { rowCount } = await base.owner.query('select from personne where courriel = $1', [courriel]);
      expect(rowCount, 'nobody is made by a refusal').toBe(entered.ok ? 1 : 0);
    }
  });

  it('of a disabled account lets nobody in', async () => {
    const connue = await faireAgent(base, 'candidat');
    const { secret } = await inviterBien(gestionnaire, connue.courriel);
    await base.owner.query('update personne set desactivee_le = now() where id = $1', [connue.id]);
    expect(await accepter(secret)).toMatchObject({ refus: 'desactivee' });
  });

  it('to stand in for somebody is of no use once their role is taken back', async () => {
    const absente = await faireAgent(base, 'gestionnaire', { structure: laon });
    const suppleance = { fin: '2099-01-31', suppleanceDe: absente.attribution };
    const one = await inviterBien(instructeur, nouvelle(), suppleance);
    const entered = await accepter(one.secret);
    if (!entered.ok) throw new Error(entered.message);
    const session = await lireSession(mur.acces, empreinte(entered.valeur.secret));
    const given = await getAttribution(base.db, session?.attributionId ?? '');
    expect(given).toMatchObject({ suppleanceDe: absente.attribution, fin: '2099-01-31' });
    const two = await inviterBien(instructeur, nouvelle(), suppleance);
    await base.owner.query(
      `update attribution set retiree_le = now(), retrait_motif = 'départ' where id = $1`,
      [absente.attribution],
    );
    expect(await accepter(two.secret)).toMatchObject({ refus: 'expiree' });
  });

  it('is seen by who may send it, and by nobody else', async () => {
    const { id } = await inviterBien(instructeur, nouvelle());
    const voit = (agent: Agent) => mur.enTantQue(agent, (db) => getInvitation(db, id));
    const lozere = await faireAgent(base, 'instructeur', { departement: '48' });
    const conseiller = await faireAgent(base, 'conseiller', { structure: laon });
    for (const agent of [lozere, conseiller, await faireAgent(base, 'membre_comite')])
      expect(await voit(agent)).toBeUndefined();
    for (const agent of [instructeur, gestionnaire, await faireAgent(base, 'instructeur', { region: '32' })])
      expect((await voit(agent))?.id).toBe(id);
  });

  it('keeps names and addresses out of the journal', async () => {
    const courriel = nouvelle();
    await inviterBien(instructeur, courriel);
    const { rows } = await base.owner.query<{ tout: string }>(
      `select coalesce(string_agg(journal::text, ' '), '') as tout from journal`,
    );
    expect(rows[0]?.tout).not.toContain('@');
    expect(rows[0]?.tout).not.toContain('Dominique');
    expect(rows[0]?.tout).not.toContain('nouvelle directrice');
  });

  it('is told with its reason while it is kept, and without it once it is gone', async () => {
    const { id } = await inviterBien(instructeur, nouvelle());
    const motif = async () => {
      const [ligne] = await mur.enTantQue(instructeur, (db) => lireHistorique(db, {}, 'invitation', id));
      return ligne?.motif;
    };
    expect(await motif()).toBe('nouvelle directrice');
    await base.owner.query('delete from invitation where id = $1', [id]);
    expect(await motif()).toBeNull();
  });
});
