import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Courriel, deposerCourriel, relancerCourriel } from './courriel.ts';
import { connectDatabase, type Database } from './database/index.ts';
import { type TestDatabase, withTestDatabase } from './database/testing.ts';
import { expedierTout, expedierUn, ouvrirExpedition, ouvrirTransport } from './expedition.ts';
import { type Boite, ouvrirBoite } from './smtp.fixtures.ts';

let base: TestDatabase;
let expedition: Database;
let boite: Boite | undefined;
beforeAll(async () => {
  base = await withTestDatabase('reference');
  expedition = connectDatabase(base.adresses, 'expedition', 8);
});
afterEach(async () => {
  await boite?.fermer();
  boite = undefined;
  await base.owner.query('truncate courriel');
});
afterAll(async () => {
  await expedition.destroy();
  await base.close();
});

const courriel: Courriel = {
  destinataire: 'prefete@example.fr',
  objet: 'Décision n° 12 : une œuvre à Saint-Étienne',
  paragraphes: ['Bonjour,', 'L’État & la commune ont signé « Là-bas » : 1 < 2, 50 000 €.'],
  lien: { texte: 'Voir la décision', href: 'https://maillage.example.fr/decisions/12?a=1&b=2' },
};

const outils = (adresse: string, garder = false) => ({
  db: expedition,
  transport: ouvrirTransport(adresse),
  expediteur: 'ne-pas-repondre@maillage.example.fr',
  garderSecrets: async () => garder,
});

const etat = async (id: string) =>
  (
    await base.owner.query<{
      statut: string;
      tentatives: number;
      derniere_erreur: string | null;
      lien_secret: string | null;
      attente: number;
    }>(
      `select statut, tentatives, derniere_erreur, lien_secret,
        extract(epoch from prochain_essai_le - now())::float as attente from courriel where id = $1`,
      [id],
    )
  ).rows[0];

/** The waiting time is over. */
const patienter = () => base.owner.query(`update courriel set prochain_essai_le = now()`);

/** What somebody reads of a page. */
const luDans = (html: string): string =>
  html
    .replace(/^.*<body>/s, '')
    .replace(/<br\/?>|<\/p>/g, ' ')
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();

describe('a mail', () => {
  it('says the same in text and in HTML, accents and all, under the Message-ID of its row', async () => {
    boite = await ouvrirBoite();
    const id = await deposerCourriel(base.db, courriel);
    await expedierTout(outils(boite.adresse));
    const [recu] = boite.recus;
    expect(recu?.objet).toBe(courriel.objet);
    expect(recu?.pour).toBe(courriel.destinataire);
    expect(recu?.messageId).toBe(`<${id}@maillage.example.fr>`);
    expect(recu?.entete('Auto-Submitted')).toBe('auto-generated');
    expect(recu?.html).toContain('<html lang="fr">');
    expect(recu?.html).toContain('href="https://maillage.example.fr/decisions/12?a=1&amp;b=2"');
    expect(recu?.texte).toContain('L’État & la commune ont signé « Là-bas » : 1 < 2, 50 000 €.');
    expect(luDans(recu?.html ?? '')).toBe(recu?.texte.replace(/\s+/g, ' '));
    expect(await etat(id)).toMatchObject({ statut: 'envoye', tentatives: 1, derniere_erreur: null });
  });

  it('has no header but ours, whatever is written in it', async () => {
    boite = await ouvrirBoite();
    const bcc = 'x\r\nBcc: tous@example.fr\r\n\r\ncorps';
    await deposerCourriel(base.db, { ...courriel, objet: bcc, paragraphes: [bcc] });
    await expedierTout(outils(boite.adresse));
    expect(boite.recus.map(({ pour }) => pour)).toEqual([courriel.destinataire]);
    expect(boite.recus[0]?.entete('Bcc')).toBeUndefined();
    expect(boite.recus[0]?.objet).toBe('x Bcc: tous@example.fr corps');
  });

  it('goes to no other address, though it be written as a list', async () => {
    boite = await ouvrirBoite();
    await deposerCourriel(base.db, { ...courriel, destinataire: 'a@example.fr,b' });
    await expedierTout(outils(boite.adresse));
    expect(boite.recus.map(({ pour }) => pour)).not.toContain('a@example.fr');
  });

  it.each([
    [false, null],
    [true, courriel.lien?.href],
  ])('forgets its secret link once sent; kept for the demonstration: %s', async (garder, reste) => {
    boite = await ouvrirBoite();
    const id = await deposerCourriel(base.db, { ...courriel, secret: true });
    await expedierTout(outils(boite.adresse, garder));
    expect(boite.recus[0]?.texte).toContain(courriel.lien?.href);
    expect((await etat(id))?.lien_secret).toBe(reste);
  });
});

describe('a mail that fails', () => {
  it('is tried again later after a 4xx, later and later, then given up, and taken up again by an administrator', async () => {
    let no = true;
    boite = await ouvrirBoite({
      destinataire: () => (no ? { code: 451, phrase: 'Revenez plus tard' } : undefined),
    });
    const id = await deposerCourriel(base.db, courriel);
    const waits: number[] = [];
    for (let tentative = 1; (await etat(id))?.statut === 'en_attente'; tentative += 1) {
      await patienter();
      await expedierUn(outils(boite.adresse));
      expect(await etat(id)).toMatchObject({ tentatives: tentative });
      waits.push(Math.abs(Math.round((await etat(id))?.attente ?? 0)));
      expect(await expedierUn(outils(boite.adresse))).toBe('rien');
    }
    expect(waits).toEqual([60, 300, 900, 3600, 14_400, 43_200, 86_400, 0]);
    const given = await etat(id);
    expect(given?.statut).toBe('abandonne');
    expect(given?.derniere_erreur).toContain('Revenez plus tard');

    const operateur = { identifiant: 'essai', role: 'operateur' } as const;
    expect(await relancerCourriel(base.db, { ...operateur, role: 'instructeur' }, id)).toMatchObject({
      refus: 'role',
    });
    expect(await relancerCourriel(base.db, operateur, id)).toMatchObject({ ok: true });
    no = false;
    await expedierTout(outils(boite.adresse));
    expect(boite.recus.map(({ messageId }) => messageId)).toEqual([`<${id}@maillage.example.fr>`]);
    expect(await relancerCourriel(base.db, operateur, id)).toMatchObject({ refus: 'etat' });
    const { rows } = await base.owner.query(
      `select acte from journal where objet_type = 'courriel' and objet_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ acte: 'courriel.relancer' }]);
  });

  it.each([
    ['its recipient', { destinataire: () => ({ code: 550, phrase: 'Boîte inconnue' }) }],
    ['its content', { message: () => ({ code: 554, phrase: 'Refusé' }) }],
  ])(
    'is given up at once when the server refuses %s for ever, and the others leave',
    async (_what, reponses) => {
      boite = await ouvrirBoite({
        ...('destinataire' in reponses
          ? {
              destinataire: (adresse) =>
                adresse.startsWith('inconnue') ? reponses.destinataire() : undefined,
            }
          : { message: ({ pour }) => (pour.startsWith('inconnue') ? reponses.message() : undefined) }),
      });
      const lost = await deposerCourriel(base.db, { ...courriel, destinataire: 'inconnue@example.fr' });
      const sent = await deposerCourriel(base.db, courriel);
      await expedierTout(outils(boite.adresse));
      expect(await etat(lost)).toMatchObject({ statut: 'abandonne', tentatives: 1 });
      expect((await etat(lost))?.derniere_erreur).not.toBeNull();
      expect(await etat(sent)).toMatchObject({ statut: 'envoye' });
    },
  );

  it('waits while the server is away, and so do the others, of which none is given up', async () => {
    const closed = await ouvrirBoite();
    await closed.fermer();
    const ids = [];
    for (let rang = 0; rang < 10; rang += 1) ids.push(await deposerCourriel(base.db, courriel));
    await expedierTout(outils(closed.adresse));
    const { rows } = await base.owner.query<{ tentatives: number; attendent: number }>(
      `select sum(tentatives)::int as tentatives, count(*) filter (where statut = 'en_attente')::int as attendent
      from courriel where id = any ($1)`,
      [ids],
    );
    expect(rows[0]?.attendent).toBe(10);
    // Those that the postmen had in hand, and no other.
    expect(rows[0]?.tentatives).toBeLessThanOrEqual(3);
  });
});

it('two senders at once send each mail once', async () => {
  boite = await ouvrirBoite();
  const adresses = Array.from({ length: 40 }, (_, rang) => `personne${rang}@example.fr`);
  for (const destinataire of adresses) await deposerCourriel(base.db, { ...courriel, destinataire });
  await Promise.all([expedierTout(outils(boite.adresse)), expedierTout(outils(boite.adresse))]);
  expect(boite.recus.map(({ pour }) => pour).sort()).toEqual(adresses.sort());
});

it('an open sender sends what an act puts in as soon as it is committed', async () => {
  let arrived: (pour: string) => void = () => undefined;
  const next = () =>
    new Promise<string>((resolve) => {
      arrived = resolve;
    });
  boite = await ouvrirBoite({ message: ({ pour }) => void arrived(pour) });
  const { db: _db, ...reste } = outils(boite.adresse);
  let faults = 0;
  const ouverte = ouvrirExpedition(base.adresses, reste, () => {
    faults += 1;
  });
  for (const destinataire of ['un@example.fr', 'deux@example.fr']) {
    const seen = next();
    const started = Date.now();
    await deposerCourriel(base.db, { ...courriel, destinataire });
    expect(await seen).toBe(destinataire);
    // Long before its next round.
    expect(Date.now() - started).toBeLessThan(5_000);
  }
  await ouverte.fermer();
  expect(faults).toBe(0);
});
