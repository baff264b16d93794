import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import pg from 'pg';
import { variableDe } from '../config.ts';
import { type Resultat, refuser, reussi } from '../result.ts';
import { type Adresses, connectClient, databaseError, type RoleRestreint, rolesRestreints } from './index.ts';

/** The group roles of the migrations that a log-in must be a member of, and no other. */
const groupes = {
  application: ['maillage_application'],
  operateur: ['maillage_application', 'maillage_operateur'],
  publique: ['maillage_publique'],
  acces: ['maillage_acces'],
  expedition: ['maillage_expedition'],
} as const satisfies Record<RoleRestreint, readonly string[]>;

/** Held while the log-ins of a database are made: two servers that start at once make them one after the other. */
const verrou = 727_020;

const chacun = <Valeur>(valeur: (role: RoleRestreint) => Valeur): Record<RoleRestreint, Valeur> => ({
  application: valeur('application'),
  operateur: valeur('operateur'),
  publique: valeur('publique'),
  acces: valeur('acces'),
  expedition: valeur('expedition'),
});

/** Names of the log-ins of a database: roles belong to the whole server, and each database has its own. */
export const nomsDesConnexions = (base: string): Readonly<Record<RoleRestreint, string>> => {
  const suffixe = createHash('sha256').update(base).digest('hex').slice(0, 12);
  return chacun((role) => `maillage_${role}_${suffixe}`);
};

const motDePasse = (secret: string, base: string, role: RoleRestreint): string =>
  createHmac('sha256', secret).update(`maillage:connexion:${role}:${base}`).digest('base64url');

/** The same address under another name. */
const adresseDe = (url: string, nom: string, passe: string): string => {
  const parsed = new URL(url);
  // Where the host is a parameter (a socket), so is the user.
  if (parsed.hostname === '') {
    parsed.searchParams.set('user', nom);
    parsed.searchParams.set('password', passe);
  } else {
    parsed.username = nom;
    parsed.password = passe;
    parsed.searchParams.delete('user');
    parsed.searchParams.delete('password');
  }
  return parsed.href;
};

/** Where the log-ins of a database are reached, by those who hold the secret. */
export const adressesDesConnexions = (url: string, base: string, secret: string): Adresses => {
  const noms = nomsDesConnexions(base);
  return chacun((role) => adresseDe(url, noms[role], motDePasse(secret, base, role)));
};

const hmac = (cle: Buffer, texte: string): Buffer => createHmac('sha256', cle).update(texte).digest();

/** What PostgreSQL keeps of a password (SCRAM-SHA-256): the password itself goes through no statement and no log. */
const verificateur = async (passe: string): Promise<string> => {
  const sel = randomBytes(16);
  const tours = 4096;
  const sale = await promisify(pbkdf2)(passe, sel, tours, 32, 'sha256');
  const stockee = createHash('sha256').update(hmac(sale, 'Client Key')).digest('base64');
  return `SCRAM-SHA-256$${tours}:${sel.toString('base64')}$${stockee}:${hmac(sale, 'Server Key').toString('base64')}`;
};

/**
 * The log-in that holds the locks of the embedded server for as long as a process uses it, made where it is missing: the
 * process keeps no connection of the owner.
 */
export const adresseDuGardien = async (url: string): Promise<string> => {
  const nom = 'maillage_gardien';
  // The owner's password is the folder's, and never changes.
  const passe = createHmac('sha256', new URL(url).password).update(`maillage:${nom}`).digest('base64url');
  const client = await connectClient({ proprietaire: url }, 'proprietaire');
  try {
    if (!(await existants(client, [nom])).has(nom)) {
      const base = pg.escapeIdentifier((await lieuDe(client)).base);
      // One message: one transaction.
      await client.query(`create role ${nom} login password ${pg.escapeLiteral(await verificateur(passe))};
        grant connect on database ${base} to ${nom}`);
    }
  } catch (error) {
    // Made by another start meanwhile.
    if (!['23505', '42710'].includes(databaseError(error)?.code ?? '')) throw error;
  } finally {
    await client.end();
  }
  return adresseDe(url, nom, passe);
};

const existants = async (client: pg.ClientBase, noms: readonly string[]): Promise<ReadonlySet<string>> => {
  const { rows } = await client.query<{ rolname: string }>(
    'select rolname from pg_roles where rolname = any ($1::text[])',
    [noms],
  );
  return new Set(rows.map(({ rolname }) => rolname));
};

const occupees = async (client: pg.ClientBase, noms: readonly string[]): Promise<boolean> => {
  const { rowCount } = await client.query(
    'select from pg_stat_activity where datname = current_database() and usename = any ($1::text[]) limit 1',
    [noms],
  );
  return rowCount === 1;
};

/**
 * What lets the log-ins alone, and the owner, connect to a database: those of another Maillage of the same server are
 * members of the same groups. Nothing where the database is somebody else's.
 */
const fermeture = async (client: pg.ClientBase, base: string): Promise<readonly string[]> => {
  const { rows } = await client.query<{ sienne: boolean }>(
    `select pg_has_role(datdba, 'usage') as sienne from pg_database where datname = current_database()`,
  );
  if (!rows[0]?.sienne) return [];
  const cible = pg.escapeIdentifier(base);
  const tous = Object.values(nomsDesConnexions(base)).map((nom) => pg.escapeIdentifier(nom));
  return [
    `revoke connect on database ${cible} from public`,
    `grant connect on database ${cible} to ${tous.join(', ')}`,
  ];
};

/** Whether any log-in of the server may connect to the database. */
const ouverteATous = async (client: pg.ClientBase): Promise<boolean> => {
  const { rowCount } = await client.query(
    `select from pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) droit
     where datname = current_database() and droit.grantee = 0 and droit.privilege_type = 'CONNECT' limit 1`,
  );
  return rowCount === 1;
};

/**
 * Makes the log-ins of the owner's database, or gives them their password again, and closes it to all others. False, and
 * nothing is done, where somebody uses them.
 */
export const creerConnexions = async (
  client: pg.ClientBase,
  base: string,
  secret: string,
): Promise<boolean> => {
  const noms = nomsDesConnexions(base);
  const verificateurs = new Map(
    await Promise.all(
      rolesRestreints.map(
        async (role) => [role, await verificateur(motDePasse(secret, base, role))] as const,
      ),
    ),
  );
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock($1)', [verrou]);
    const connus = await existants(client, Object.values(noms));
    // Asked under the lock: another start may have made them, and serve already.
    if (connus.size > 0 && (await occupees(client, Object.values(noms)))) {
      await client.query('rollback');
      return false;
    }
    const ordres = rolesRestreints.flatMap((role) => {
      const nom = pg.escapeIdentifier(noms[role]);
      const groupe = `maillage_${role}`;
      const passe = `password ${pg.escapeLiteral(verificateurs.get(role) ?? '')}`;
      return connus.has(noms[role])
        ? [`alter role ${nom} login inherit ${passe}`, `grant ${groupe} to ${nom}`]
        : [
            `create role ${nom} login nosuperuser nocreatedb nocreaterole inherit noreplication nobypassrls in role ${groupe} ${passe}`,
          ];
    });
    ordres.push(...(await fermeture(client, base)));
    await client.query(ordres.join(';\n'));
    await client.query('commit');
    return true;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
};

type Lieu = { readonly base: string; readonly depuis: string };

/** Which database a connection reached, of which server: since when it runs tells it from others. */
const lieuDe = async (client: pg.ClientBase): Promise<Lieu> => {
  const { rows } = await client.query<Lieu>(
    `select current_database() as base, extract(epoch from pg_postmaster_start_time())::text as depuis`,
  );
  return rows[0] ?? { base: '', depuis: '' };
};

/** Why a log-in that got in does not serve: it reached another database, or may more (or less) than its role. */
const defautDeDroits = async (
  client: pg.ClientBase,
  role: RoleRestreint,
  lieu: Lieu,
): Promise<string | undefined> => {
  const atteint = await lieuDe(client);
  if (atteint.base !== lieu.base || atteint.depuis !== lieu.depuis)
    return 'elle ne mène pas à la base que nomme DATABASE_URL';
  const { rows } = await client.query<{ trop: boolean; membre: string[]; herite: boolean }>(
    `select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or coalesce(
         pg_has_role(session_user, (select relowner from pg_class where oid = to_regclass('public.migration')), 'member'),
         false) as trop,
       array(select g.rolname::text from pg_roles g
         where g.rolname <> session_user and pg_has_role(session_user, g.oid, 'member')) as membre,
       pg_has_role(session_user, $1, 'usage') as herite
     from pg_roles where rolname = session_user`,
    [`maillage_${role}`],
  );
  const vu = rows[0];
  if (vu === undefined || vu.trop) return 'elle peut plus que son rôle (propriétaire, ou droits du serveur)';
  if (vu.membre.toSorted().join() !== groupes[role].join() || !vu.herite)
    return `elle doit être membre de maillage_${role} et d’aucun autre rôle, et en hériter`;
  if (role !== 'operateur') return undefined;
  const agit = await client.query<{ oui: boolean }>(`select acteur_role() = 'operateur' as oui`);
  return agit.rows[0]?.oui ? undefined : 'elle n’agit pas comme opérateur';
};

/** Why a log-in does not serve. Nothing when it serves. */
const defautDe = async (adresses: Adresses, role: RoleRestreint, lieu: Lieu): Promise<string | undefined> => {
  let client: pg.Client | undefined;
  try {
    client = await connectClient(adresses, role);
    return await defautDeDroits(client, role, lieu);
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll(adresses[role], '…') : 'sans réponse';
  } finally {
    await client?.end();
  }
};

type Defaut = { readonly role: RoleRestreint; readonly raison: string };

/** The first log-in that does not serve the owner's database. */
const eprouver = async (client: pg.ClientBase, adresses: Adresses): Promise<Defaut | undefined> => {
  const lieu = await lieuDe(client);
  const defauts = await Promise.all(
    rolesRestreints.map(async (role) => ({ role, raison: await defautDe(adresses, role, lieu) })),
  );
  for (const { role, raison } of defauts) if (raison !== undefined) return { role, raison };
  return undefined;
};

const variables = rolesRestreints.map(variableDe).join(', ');

type RefusConnexions = 'connexions' | 'cle';

/** The log-ins serve: they are given, unless all others of the server may connect too. */
const donner = async (
  client: pg.ClientBase,
  adresses: Adresses,
): Promise<Resultat<Adresses, RefusConnexions>> => {
  if (!(await ouverteATous(client))) return reussi(adresses);
  const base = pg.escapeIdentifier((await lieuDe(client)).base);
  return refuser(
    'connexions',
    `Toutes les connexions du serveur PostgreSQL peuvent ouvrir la base ${base} : celles d’un autre Maillage y auraient les mêmes droits. Demandez au propriétaire de la base : REVOKE CONNECT ON DATABASE ${base} FROM PUBLIC, puis GRANT CONNECT aux cinq connexions de Maillage et à l’utilisateur de DATABASE_URL.`,
  );
};

/**
 * Gives the addresses of the restricted log-ins, which were seen to serve: those that the operator made, else those of
 * this database, made by its owner where they are missing. Refuses to take their passwords away from a server that runs
 * with another secret.
 */
export const etablirConnexions = async (
  client: pg.ClientBase,
  url: string,
  { secret, donnees }: { readonly secret: () => string; readonly donnees: Adresses | undefined },
): Promise<Resultat<Adresses, RefusConnexions>> => {
  if (donnees !== undefined) {
    const defaut = await eprouver(client, donnees);
    if (defaut === undefined) return donner(client, donnees);
    return refuser(
      'connexions',
      `La connexion à la base donnée par ${variableDe(defaut.role)} ne convient pas : ${defaut.raison}.`,
    );
  }
  const { base } = await lieuDe(client);
  const noms = Object.values(nomsDesConnexions(base));
  const adresses = adressesDesConnexions(url, base, secret());
  const connus = (await existants(client, noms)).size;
  if (connus === noms.length && (await eprouver(client, adresses)) === undefined) {
    // Given back to all by a restore, or by hand.
    if (await ouverteATous(client)) await client.query((await fermeture(client, base)).join(';\n'));
    return donner(client, adresses);
  }
  try {
    const faites = !(await occupees(client, noms)) && (await creerConnexions(client, base, secret()));
    // Another start may have made them meanwhile.
    if (!faites && (await eprouver(client, adresses)) !== undefined)
      return refuser(
        'cle',
        'Une autre instance de Maillage sert cette base avec une autre clé secrète : donnez à toutes la même MAILLAGE_CLE, ou arrêtez l’autre d’abord si la clé change.',
      );
  } catch (error) {
    if (databaseError(error)?.code !== '42501') throw error;
    return refuser(
      'connexions',
      `Les connexions restreintes à la base ne peuvent pas être créées : ${error instanceof Error ? error.message : ''}. Donnez à l’utilisateur de DATABASE_URL le droit CREATEROLE, ou le droit d’administrer ${rolesRestreints.map((role) => `maillage_${role}`).join(', ')} (GRANT … WITH ADMIN OPTION) ; ou créez ces connexions et donnez l’adresse de chacune : ${variables}.`,
    );
  }
  const defaut = await eprouver(client, adresses);
  if (defaut === undefined) return donner(client, adresses);
  return refuser(
    'connexions',
    `La connexion restreinte ${nomsDesConnexions(base)[defaut.role]} ne convient pas : ${defaut.raison}. Le serveur PostgreSQL doit l’accepter par mot de passe (pg_hba.conf) ; sinon, donnez l’adresse de chaque connexion : ${variables}.`,
  );
};
