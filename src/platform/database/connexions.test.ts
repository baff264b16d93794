import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { cleDEssai } from './cle.fixtures.ts';
import { creerConnexions, etablirConnexions, nomsDesConnexions } from './connexions.ts';
import { type Adresses, connectClient, type RoleRestreint, rolesRestreints } from './index.ts';
import { ouvrirSession } from './session.ts';
import { type TestDatabase, withTestDatabase } from './testing.ts';

const secret = () => cleDEssai;
let base: TestDatabase;
let nom = '';
beforeAll(async () => {
  base = await withTestDatabase();
  nom = (await base.owner.query<{ nom: string }>('select current_database() as nom')).rows[0]?.nom ?? '';
});
afterAll(() => base.close());

/** Says why each statement is refused, on one connection; nothing for one that passes. */
const essayer = async (adresses: Adresses, role: RoleRestreint, ordres: readonly string[]) => {
  const client = await connectClient(adresses, role);
  const reponses: string[] = [];
  for (const ordre of ordres) {
    const code = await client.query(ordre).then(
      () => 'passe',
      (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? '') : String(error)),
    );
    reponses.push(code);
  }
  await client.end();
  return reponses;
};

/** Whether the server asks for passwords. */
const fausseCleRefusee = async ({ publique }: Adresses): Promise<boolean> => {
  const fausse = new URL(publique);
  fausse.password = 'fausse';
  try {
    await (await connectClient({ publique: fausse.href }, 'publique')).end();
    return false;
  } catch {
    return true;
  }
};

/** What a connection sees after a statement. */
const apres = async <Ligne extends pg.QueryResultRow>(
  role: RoleRestreint,
  ordre: string,
  question: string,
): Promise<Ligne | undefined> => {
  const client = await connectClient(base.adresses, role);
  try {
    await client.query(ordre).catch(() => undefined);
    return (await client.query<Ligne>(question)).rows[0];
  } finally {
    await client.end();
  }
};

describe('hostile SQL in a restricted log-in', () => {
  it.each(rolesRestreints)('of %s becomes no other role', async (role) => {
    const { rows } = await base.owner.query<{ proprietaire: string }>('select current_user as proprietaire');
    const propres = role === 'operateur' ? ['operateur', 'application'] : [role];
    const autres = rolesRestreints.filter((autre) => !propres.includes(autre));
    const noms = nomsDesConnexions(nom);
    const ordres = [
      ...autres.flatMap((autre) => [
        `set role maillage_${autre}`,
        `set role ${noms[autre]}`,
        `set session authorization ${noms[autre]}`,
        `grant maillage_${autre} to ${noms[role]}`,
      ]),
      `set role ${rows[0]?.proprietaire}`,
      `set session authorization ${rows[0]?.proprietaire}`,
      `select set_config('role', '${rows[0]?.proprietaire}', false)`,
      `alter role ${noms[role]} superuser`,
      `create role intrus_${noms[role]}`,
      'alter table journal disable row level security',
      'create table intrus (a int)',
      'select rolpassword from pg_authid',
      `copy (select 1) to program 'true'`,
      `copy (select 1) to '/tmp/intrus'`,
    ];
    const codes = await essayer(base.adresses, role, ordres);
    expect(ordres.filter((_, rang) => codes[rang] !== '42501')).toEqual([]);
  });

  it.each(['reset role', 'set role none', 'reset session authorization', 'discard all'])(
    'comes back by %s to the log-in itself',
    async (ordre) => {
      for (const role of rolesRestreints)
        expect(await apres(role, ordre, 'select current_user as nom')).toEqual({
          nom: nomsDesConnexions(nom)[role],
        });
    },
  );

  it('is no operator by the setting, outside of the operator’s log-in', async () => {
    const ordre = `set maillage.role = 'operateur'; select set_config('maillage.role', 'operateur', false)`;
    const question =
      'select acteur_role() as role, acteur_national() as national, acteur_present() as present';
    for (const role of rolesRestreints) {
      const vu = await apres<{ role: string }>(role, ordre, question);
      expect(vu, role).toEqual(
        role === 'operateur'
          ? { role: 'operateur', national: true, present: true }
          : { role: 'aucun', national: false, present: false },
      );
    }
    await base.owner.query(`insert into journal (acteur, role, acte, objet_type, objet_id)
      values ('essai', 'operateur', 'essai', 'essai', '1')`);
    expect(await apres('application', ordre, 'select count(*)::int as n from journal')).toEqual({ n: 0 });
    expect(await apres('operateur', '', 'select count(*)::int > 0 as vu from journal')).toEqual({ vu: true });
    const ecrire = `insert into journal (acteur, role, acte, objet_type, objet_id) values ('x', 'operateur', 'x', 'x', '1')`;
    expect(await essayer(base.adresses, 'application', [ordre, ecrire])).toEqual(['passe', '42501']);
  });

  it('reaches no table of another role', async () => {
    const tables: Readonly<Record<RoleRestreint, readonly string[]>> = {
      application: ['session', 'lien_connexion', 'identite', 'second_facteur', 'code_secours', 'limite'],
      operateur: ['session', 'lien_connexion', 'identite', 'second_facteur', 'code_secours', 'limite'],
      publique: ['session', 'personne', 'attribution', 'journal', 'courriel', 'invitation', 'fichier'],
      acces: ['decision', 'communique', 'import', 'tache'],
      expedition: ['session', 'personne', 'decision', 'limite'],
    };
    for (const role of rolesRestreints) {
      const codes = await essayer(
        base.adresses,
        role,
        tables[role].map((table) => `select * from ${table}`),
      );
      expect(
        tables[role].filter((_, rang) => codes[rang] === 'passe'),
        role,
      ).toEqual([]);
    }
  });

  // By design: the application says who acts. Injected SQL could too; the tables of signing in stay out of its reach.
  it('of the application may still say who acts, and see what they see', async () => {
    expect(
      await apres(
        'application',
        `select set_config('maillage.role', 'administrateur', false), set_config('maillage.personne', '${randomUUID()}', false)`,
        `select acteur_national() as national, acteur_role() = 'operateur' as operateur`,
      ),
    ).toEqual({ national: true, operateur: false });
  });

  it('of another database of the server does not get in', async () => {
    const autre = await withTestDatabase();
    try {
      const ailleurs = (url: string): string => {
        const parsed = new URL(url);
        parsed.pathname = `/${nom}`;
        return parsed.href;
      };
      for (const role of rolesRestreints) {
        const adresses = { ...base.adresses, [role]: ailleurs(autre.adresses[role]) };
        await expect(connectClient(adresses, role), role).rejects.toMatchObject({ code: '42501' });
      }
    } finally {
      await autre.close();
    }
  });
});

describe('the log-ins of a database', () => {
  it('are the same for all who hold the key, and are left as they are', async () => {
    const passes = () =>
      base.owner.query(
        'select rolname, rolpassword from pg_authid where rolname = any ($1::text[]) order by 1',
        [Object.values(nomsDesConnexions(nom))],
      );
    const avant = await passes();
    expect(avant.rows).toHaveLength(5);
    const etablies = await etablirConnexions(base.owner, base.url, { secret, donnees: undefined });
    expect(etablies).toEqual({ ok: true, valeur: base.adresses });
    expect((await passes()).rows).toEqual(avant.rows);
    for (const { rolpassword } of avant.rows) expect(rolpassword).toMatch(/^SCRAM-SHA-256\$4096:/);
  });

  it('are made once by several starts at the same time, in several databases', async () => {
    const bases = await Promise.all([withTestDatabase('vide'), withTestDatabase('vide')]);
    try {
      await Promise.all(
        bases.flatMap(({ url, owner }) =>
          [1, 2, 3].map(async () => {
            const client = await connectClient({ proprietaire: url }, 'proprietaire');
            const { rows } = await owner.query<{ nom: string }>('select current_database() as nom');
            expect(await creerConnexions(client, rows[0]?.nom ?? '', cleDEssai)).toBe(true);
            await client.end();
          }),
        ),
      );
      for (const { db } of bases)
        expect(await db.selectNoFrom((eb) => eb.lit(1).as('un')).execute()).toEqual([{ un: 1 }]);
    } finally {
      await Promise.all(bases.map(({ close }) => close()));
    }
  });

  it('may be the operator’s own, refused when one may more or less than its role', async () => {
    const etablir = (donnees: Adresses) => etablirConnexions(base.owner, base.url, { secret, donnees });
    expect(await etablir(base.adresses)).toEqual({ ok: true, valeur: base.adresses });
    const { application, operateur, publique } = base.adresses;
    const sansOptions = `${operateur}${operateur.includes('?') ? '&' : '?'}options=-c%20timezone%3DUTC`;
    for (const [role, url, raison] of [
      ['application', base.url, 'propriétaire'],
      ['application', operateur, 'aucun autre rôle'],
      ['operateur', application, 'maillage_operateur'],
      ['operateur', sansOptions, 'n’agit pas comme opérateur'],
      ['acces', publique, 'maillage_acces'],
    ] as const) {
      const refus = await etablir({ ...base.adresses, [role]: url });
      expect(refus).toMatchObject({
        ok: false,
        message: expect.stringContaining(`MAILLAGE_DATABASE_URL_${role.toUpperCase()}`),
      });
      expect(refus).toMatchObject({ message: expect.stringContaining(raison) });
    }
  });

  it('given by the operator reach the database of the owner, and no other', async () => {
    const autre = await withTestDatabase();
    const vide = await withTestDatabase('vide');
    try {
      for (const role of rolesRestreints)
        for (const { adresses } of [autre, vide]) {
          const refus = await etablirConnexions(base.owner, base.url, {
            secret,
            donnees: { ...base.adresses, [role]: adresses[role] },
          });
          expect(refus, role).toMatchObject({
            ok: false,
            message: expect.stringMatching(/_DATABASE_URL_.* ne mène pas à la base que nomme DATABASE_URL/),
          });
        }
    } finally {
      await Promise.all([autre.close(), vide.close()]);
    }
  });

  it('may nothing beyond their role: no role of the server, no replication', async () => {
    const { publique } = nomsDesConnexions(nom);
    for (const [donner, reprendre] of [
      [`grant pg_read_all_data to ${publique}`, `revoke pg_read_all_data from ${publique}`],
      [`alter role ${publique} replication`, `alter role ${publique} noreplication`],
    ] as const) {
      await base.owner.query(donner);
      const etablies = await etablirConnexions(base.owner, base.url, { secret, donnees: base.adresses });
      await base.owner.query(reprendre);
      expect(etablies, donner).toMatchObject({ ok: false, refus: 'connexions' });
    }
  });

  it('are alone to open the database, or the start is refused', async () => {
    const ouvrir = `grant connect on database ${nom} to public`;
    const etablir = (donnees: Adresses | undefined) =>
      etablirConnexions(base.owner, base.url, { secret, donnees });
    await base.owner.query(ouvrir);
    expect(await etablir(base.adresses)).toMatchObject({
      ok: false,
      message: expect.stringContaining('REVOKE CONNECT'),
    });
    // Closed by its owner, where they make the log-ins themselves.
    expect(await etablir(undefined)).toMatchObject({ ok: true });
    expect(await etablir(base.adresses)).toMatchObject({ ok: true });
  });

  it('keep their passwords while somebody uses them, and take those of another key once nobody does', async () => {
    const autre = await withTestDatabase();
    try {
      const nomAutre = new URL(autre.url).pathname.slice(1);
      const ouvert = await fausseCleRefusee(autre.adresses);
      const etablir = () =>
        etablirConnexions(autre.owner, autre.url, {
          secret: () => 'une autre clé, qui n’est pas celle d’avant',
          donnees: undefined,
        });
      const client = await connectClient(autre.adresses, 'publique');
      // Where the server asks for no password (trust), no key is wrong.
      if (ouvert) expect(await etablir()).toMatchObject({ ok: false, refus: 'cle' });
      await client.end();
      const vide = `select count(*)::int as n from pg_stat_activity where usename = any ($1::text[])`;
      await expect
        .poll(async () => (await autre.owner.query(vide, [Object.values(nomsDesConnexions(nomAutre))])).rows)
        .toEqual([{ n: 0 }]);
      const etablies = await etablir();
      expect(etablies.ok).toBe(true);
      if (ouvert)
        await expect(connectClient(autre.adresses, 'publique')).rejects.toMatchObject({ code: '28P01' });
    } finally {
      await autre.close();
    }
  });

  it('that inherit nothing are refused', async () => {
    const { acces } = nomsDesConnexions(nom);
    const etablir = () => etablirConnexions(base.owner, base.url, { secret, donnees: base.adresses });
    await base.owner.query(`revoke maillage_acces from ${acces}`);
    expect(await etablir()).toMatchObject({ ok: false, message: expect.stringContaining('maillage_acces') });
    await base.owner.query(`grant maillage_acces to ${acces}`);
    expect(await etablir()).toMatchObject({ ok: true });
  });

  it('are made by an owner who is no superuser, with CREATEROLE', async () => {
    const suffixe = randomUUID().slice(0, 8);
    const [proprietaire, possedee] = [`proprio_${suffixe}`, `essai_proprio_${suffixe}`];
    await base.owner.query(`create role ${proprietaire} login createrole password 'p'`);
    await base.owner.query(
      `grant maillage_application, maillage_operateur, maillage_publique, maillage_acces, maillage_expedition
       to ${proprietaire} with admin option`,
    );
    await base.owner.query(`create database ${possedee} owner ${proprietaire} template template0`);
    const url = new URL(base.url);
    [url.username, url.password, url.pathname] = [proprietaire, 'p', `/${possedee}`];
    const client = await connectClient({ proprietaire: url.href }, 'proprietaire');
    try {
      await client.query(`create table migration ();
        create function acteur_role() returns text language sql as 'select current_setting(''maillage.role'', true)'`);
      const etablir = () => etablirConnexions(client, url.href, { secret, donnees: undefined });
      const premier = await etablir();
      expect(premier).toMatchObject({ ok: true });
      expect(await etablir()).toEqual(premier);
      // Of a database that is somebody else's, what is open to all is said.
      await base.owner.query(`alter database ${possedee} owner to current_user;
        grant connect on database ${possedee} to public`);
      expect(await etablir()).toMatchObject({
        ok: false,
        message: expect.stringContaining('REVOKE CONNECT'),
      });
    } finally {
      await client.end();
      await base.owner.query(`drop database ${possedee} with (force)`);
      await base.owner.query(
        `drop role ${Object.values(nomsDesConnexions(possedee)).join(', ')}, ${proprietaire}`,
      );
    }
  });

  it('leave the locks of the embedded server to one that reaches nothing', async () => {
    const dossier = await mkdtemp(join(tmpdir(), 'maillage-connexions-'));
    await chmod(dossier, 0o755);
    const lue = readConfig({ MAILLAGE_DATA: dossier });
    const session = lue.ok ? await ouvrirSession(lue.valeur) : lue;
    if (!session.ok) throw new Error(session.message);
    try {
      expect((await session.valeur.servir()).ok).toBe(true);
      const owner = await connectClient({ proprietaire: session.valeur.url }, 'proprietaire');
      const { rows } =
        await owner.query(`select usename::text as nom, pg_has_role(usesysid, 'pg_database_owner', 'member')
        as proprietaire, rolsuper from pg_stat_activity join pg_roles on pg_roles.oid = usesysid
        where backend_type = 'client backend' and pid <> pg_backend_pid()`);
      expect(rows).toEqual([{ nom: 'maillage_gardien', proprietaire: false, rolsuper: false }]);
      await owner.end();
    } finally {
      await session.valeur.fermer(true);
      await rm(dossier, { recursive: true, force: true });
    }
  });

  it('have an owner who may not make them say so in a sentence', async () => {
    const autre = await withTestDatabase();
    const nomAutre = new URL(autre.url).pathname.slice(1);
    await autre.owner.query(`create role limite_${nomAutre} login password 'x'`);
    const noms = Object.values(nomsDesConnexions(nomAutre)).join(', ');
    await autre.owner.query(`revoke all on database ${nomAutre} from ${noms}; drop role ${noms}`);
    const client = await connectClient({ proprietaire: autre.url }, 'proprietaire');
    try {
      await client.query(`set role limite_${nomAutre}`);
      const refus = await etablirConnexions(client, autre.url, { secret, donnees: undefined });
      expect(refus).toMatchObject({ ok: false, message: expect.stringContaining('CREATEROLE') });
      expect(refus).toMatchObject({ message: expect.stringContaining('MAILLAGE_DATABASE_URL_APPLICATION') });
    } finally {
      await client.end();
      await autre.owner.query(`drop role limite_${nomAutre}`);
      await autre.close();
    }
  });
});
