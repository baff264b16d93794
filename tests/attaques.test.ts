import { connect } from 'node:net';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import {
  adresseDe,
  cookieDe,
  type Envoi,
  listerCibles,
  ouvrirCite,
  parQuelques,
} from './attaques.fixtures.ts';

const cite = ouvrirCite();

const compter = async (table: string): Promise<number> =>
  Number((await cite.base.owner.query(`select count(*) as n from ${table}`)).rows[0]?.n);

const claude = 'claude.vasseur@prefecture.example';
const formulaire = 'application/x-www-form-urlencoded';

describe('a form of another site', () => {
  it('acts nowhere, whatever it says of where it comes from', { timeout: 60_000 }, async () => {
    const cibles = await listerCibles(cite.base.owner, 'POST');
    const before = await compter('journal');
    const passees: string[] = [];
    await parQuelques(cibles, async ({ route, nom, qui, chemin, champs }) => {
      const cookie = await cookieDe(cite.base.owner, qui);
      const corps = new URLSearchParams(champs).toString();
      for (const [entetes, attendu] of [
        [{ 'Content-Type': formulaire }, 403],
        [{ 'Content-Type': formulaire, Origin: 'null' }, 403],
        [{ 'Content-Type': formulaire, Origin: 'https://ailleurs.example' }, 403],
        [{ 'Content-Type': formulaire, Origin: `${cite.site.adresse}.ailleurs.example` }, 403],
        [{ 'Content-Type': formulaire, Origin: cite.site.adresse.replace('127.0.0.1', 'localhost') }, 403],
        [{ 'Content-Type': formulaire, 'Sec-Fetch-Site': 'same-site' }, 403],
        [{ 'Content-Type': formulaire, 'Sec-Fetch-Site': 'none' }, 403],
        [{ 'Content-Type': 'text/plain', Origin: 'https://ailleurs.example' }, 403],
        [{ Origin: 'https://ailleurs.example' }, 403],
        [{ 'Content-Type': 'application/json', Origin: 'https://ailleurs.example' }, 415],
        [{ 'Content-Type': 'application/json', Origin: cite.site.adresse }, 415],
        [{ 'Content-Type': 'text/plain', Origin: cite.site.adresse }, 415],
      ] as const) {
        const { statut } = await cite.brut(adresseDe(route.path, chemin), {
          methode: 'POST',
          corps,
          entetes: { ...cookie, ...entetes },
        });
        if (statut !== attendu) passees.push(`${statut} ${nom} ${JSON.stringify(entetes)}`);
      }
    });
    expect(passees).toEqual([]);
    expect(await compter('journal')).toBe(before);
  });

  it('acts by no other method, and by no address alone', { timeout: 60_000 }, async () => {
    const cibles = await listerCibles(cite.base.owner, 'POST');
    const before = await compter('journal');
    const autres: string[] = [];
    await parQuelques(cibles, async ({ route, nom, qui, chemin, champs }) => {
      const cookie = await cookieDe(cite.base.owner, qui);
      const adresse = adresseDe(route.path, chemin);
      const corps = new URLSearchParams(champs).toString();
      const entetes = { ...cookie, Origin: cite.site.adresse, 'Content-Type': formulaire };
      for (const methode of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const { statut } = await cite.brut(adresse, { methode, corps, entetes });
        if (statut !== 404) autres.push(`${statut} ${methode} ${nom}`);
      }
      await cite.brut(`${adresse}?${corps}&_method=POST`, {
        entetes: { ...cookie, 'X-HTTP-Method-Override': 'POST' },
      });
    });
    expect(autres).toEqual([]);
    expect(await compter('journal')).toBe(before);
  });
});

describe('the name of another host', () => {
  const menteur = {
    Host: 'ailleurs.example',
    'X-Forwarded-Host': 'ailleurs.example',
    'X-Forwarded-Proto': 'https',
    Forwarded: 'host=ailleurs.example;proto=https',
    'X-Original-URL': '/administration',
    'X-Rewrite-URL': '/administration',
  };

  it('goes into no mail', async () => {
    const corps = new URLSearchParams({ courriel: claude }).toString();
    const entetes = { ...menteur, Origin: cite.site.adresse, 'Content-Type': formulaire };
    expect((await cite.brut('/connexion', { methode: 'POST', corps, entetes })).statut).toBe(303);
    const { rows } = await cite.base.owner.query<{ lien: string; tout: string }>(
      `select lien_secret as lien, courriel::text as tout from courriel where destinataire = $1 order by cree_le desc limit 1`,
      [claude],
    );
    expect(rows[0]?.lien).toMatch(new RegExp(`^${cite.site.adresse}/connexion/lien/`));
    expect(rows[0]?.tout).not.toContain('ailleurs.example');
  });

  it('goes into no page, feed, map of the site or redirection', async () => {
    const cibles = await listerCibles(cite.base.owner, 'GET');
    const trouves: string[] = [];
    await parQuelques(cibles, async ({ route, chemin }) => {
      for (const adresse of [adresseDe(route.path, chemin), `${adresseDe(route.path, chemin)}/`]) {
        const { corps, entetes } = await cite.brut(adresse, { entetes: menteur });
        const vers = entetes['location'] ?? '';
        if (corps.includes('ailleurs.example') || /ailleurs|^\/\/|^\/\\/.test(vers))
          trouves.push(`${adresse} ${vers}`);
      }
    });
    expect(trouves).toEqual([]);
  });
});

it('nobody has us write their own words to somebody else', async () => {
  const { rows } = await sql<{ id: string }>`select id from structure order by id limit 1`.execute(
    cite.base.publique,
  );
  const corps = new URLSearchParams({
    structure: rows[0]?.id ?? '',
    courriel: 'victime@ailleurs.example',
    prenom: 'Gagnez : http://ailleurs.example/lot',
    nom: 'Vite\r\nBcc: autre@ailleurs.example',
    fonction: 'http://ailleurs.example/fonction',
  }).toString();
  const entetes = { Origin: cite.site.adresse, 'Content-Type': formulaire };
  const asked = await cite.brut('/revendication', { methode: 'POST', corps, entetes });
  expect([asked.statut, asked.entetes['location']]).toEqual([303, '/revendication/envoyee']);
  const written = await cite.base.owner.query<{ objet: string; contenu: string }>(
    `select objet, contenu::text from courriel where destinataire = 'victime@ailleurs.example'`,
  );
  expect(written.rows).toHaveLength(1);
  expect(JSON.stringify(written.rows)).not.toMatch(/Gagnez|lot|Bcc|http:\/\/ailleurs/);
});

describe('an address', () => {
  it('sends to no other site', async () => {
    const trouves: string[] = [];
    for (const debut of ['//', '/\\', '///', '/%2f', '/%5c', '/.//', '/connexion//', '/%09/'])
      for (const fin of ['/', '/%2e%2e/', '//', '/structures/']) {
        const adresse = `${debut}ailleurs.example${fin}`;
        const { statut, entetes } = await cite.brut(adresse);
        const vers = entetes['location'];
        if (statut >= 500) trouves.push(`${statut} ${adresse}`);
        if (vers !== undefined && new URL(vers, cite.site.adresse).origin !== cite.site.adresse)
          trouves.push(`${adresse} → ${vers}`);
      }
    expect(trouves).toEqual([]);
  });

  it('leads out of no folder of ours', async () => {
    const trouves: string[] = [];
    for (const dossier of ['/assets/', '/dsfr/', '/partage/', '/donnees/', '/communiques/02/'])
      for (const suite of [
        '../package.json',
        '..%2fpackage.json',
        '%2e%2e/%2e%2e/package.json',
        '..\\package.json',
        '..%5c..%5cpackage.json',
        '%252e%252e%252fpackage.json',
        '....//package.json',
        '/etc/passwd',
        '../../../../../../etc/passwd',
        'x.css/../../../../package.json',
        '..;/package.json',
      ]) {
        const { statut, corps } = await cite.brut(`${dossier}${suite}`);
        if (![301, 302, 400, 404].includes(statut) || /"name": "maillage"|root:/.test(corps))
          trouves.push(`${statut} ${dossier}${suite}`);
      }
    expect(trouves).toEqual([]);
  });

  it('that no browser writes is refused without a fault', async () => {
    for (const adresse of [
      '/%',
      '/%ff',
      '/communes/%c0%af',
      '/communes/%',
      '/recherche?q=%ff%fe',
      '/recherche?q=%',
      '/recherche?q=a\u0001b'.replace('\u0001', '%01'),
      '/recherche?__proto__[a]=1&constructor=2',
      `/recherche?q=${'a'.repeat(5000)}`,
      `/${'a/'.repeat(1500)}`,
      '/recherche?q=%00',
      '/structures/%00',
      '/api/v1/structures?q=%00',
      '/api/v1/communes?q=%00',
      'http://ailleurs.example/',
      '*',
    ])
      expect((await cite.brut(adresse)).statut, adresse).toBeLessThan(500);
  });
});

describe('a body', () => {
  const poster = (corps: string | Buffer, type: string, chemin = '/connexion', entetes: Envoi = {}) =>
    cite.brut(chemin, {
      methode: 'POST',
      corps,
      entetes: { Origin: cite.site.adresse, ...entetes, ...(type === '' ? {} : { 'Content-Type': type }) },
    });

  it('that is not what it says is refused, and told so', async () => {
    const bord = 'multipart/form-data; boundary=b';
    const partie = '--b\r\nContent-Disposition: form-data; name="courriel"\r\n\r\n';
    for (const [corps, type] of [
      [`${partie}a@b.example`, bord],
      [`${partie}`, bord],
      ['', bord],
      ['--b--', 'multipart/form-data'],
      ['--b\r\nContent-Disposition: form-data; name="a"; filename="../../x"\r\n\r\nb\r\n--b--\r\n', bord],
      [
        '--b\r\nContent-Disposition: form-data; name="courriel"; filename="\u0000"\r\n\r\nb\r\n--b--\r\n',
        bord,
      ],
      [Buffer.from([0x63, 0x6f, 0x75, 0x3d, 0xff, 0xfe, 0x80]), `${formulaire}; charset=utf-16`],
      ['courriel=%', formulaire],
      ['courriel=%ff%fe', formulaire],
      ['courriel=a%00@b.example', formulaire],
      ['courriel%00=a@b.example', formulaire],
      ['courriel[]=a@b.example', formulaire],
      ['courriel[a][b]=a@b.example', formulaire],
      ['__proto__[courriel]=a@b.example&constructor.prototype.courriel=a@b.example', formulaire],
      ['__proto__=a@b.example', formulaire],
      ['courriel=a@b.example&courriel=c@d.example', formulaire],
      ['courriel=%ed%a0%80@b.example%0d%0aBcc:c@d.example', formulaire],
      [Array.from({ length: 2001 }, (_, rang) => `c${rang}=1`).join('&'), formulaire],
      [`courriel=a@b.example${'&a=1'.repeat(2001)}`, formulaire],
    ] as const) {
      const { statut, corps: recu } = await poster(corps, type);
      expect(statut, `${type} ${String(corps).slice(0, 60)}`).toBe(400);
      expect(recu).not.toMatch(/Invalid input|expected|TypeError|at .*\.js:/);
    }
    expect(({} as Envoi)['courriel']).toBeUndefined();
  });

  it('too large is refused, whether it says so or not', async () => {
    const lourd = `courriel=${'a'.repeat(1_100_000)}`;
    for (const entetes of [{}, { 'Transfer-Encoding': 'chunked' }]) {
      // The answer comes while the body is still sent: the connection may be cut before it is read.
      const statut = await poster(lourd, formulaire, '/connexion', entetes).then(
        (recu) => recu.statut,
        (error: unknown) => String(error),
      );
      expect(String(statut)).toMatch(/413|hang up|ECONNRESET|EPIPE/);
    }
    expect((await poster(`a=${'a'.repeat(1_040_000)}`, formulaire)).statut).toBe(400);
  });

  it('of two lengths is not read as two requests', async () => {
    const { port } = new URL(cite.site.adresse);
    const recu = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1');
      let text = '';
      socket.on('data', (piece) => {
        text += piece.toString();
      });
      socket.on('close', () => resolve(text));
      socket.on('error', () => resolve(text));
      socket.write(
        'POST /connexion HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /sante HTTP/1.1\r\nHost: x\r\n\r\n',
      );
    });
    expect(recu).toMatch(/^HTTP\/1\.1 400/);
    expect(recu).not.toContain('"pret"');
  });
});

describe('a role', () => {
  it('is taken from the session, whatever the request says', async () => {
    const cookie = await cookieDe(cite.base.owner, 'conseiller');
    const admin = (
      await cite.base.owner.query<{ id: string; personne_id: string }>(
        `select id, personne_id from attribution where role = 'administrateur' limit 1`,
      )
    ).rows[0];
    const suite = `habilitation=${admin?.id}&role=administrateur&attribution=${admin?.id}&personne=${admin?.personne_id}`;
    const entetes = {
      Cookie: `${cookie['Cookie']}; role=administrateur; habilitation=${admin?.id}; personne=${admin?.personne_id}`,
      'X-Role': 'administrateur',
      'X-User': admin?.personne_id ?? '',
      'X-Forwarded-User': admin?.personne_id ?? '',
      'X-Forwarded-For': '127.0.0.1',
      Authorization: `Bearer ${admin?.id}`,
    };
    for (const chemin of ['/administration', '/administration/journal', '/personnes'])
      expect((await cite.brut(`${chemin}?${suite}`, { entetes })).statut, chemin).not.toBe(200);
    const acte = await cite.brut(`/administration/taches/sceller/lancer?${suite}`, {
      methode: 'POST',
      corps: suite,
      entetes: { ...entetes, Origin: cite.site.adresse, 'Content-Type': formulaire },
    });
    expect(acte.statut).toBe(403);
  });
});
