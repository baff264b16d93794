import { Temporal } from 'temporal-polyfill';
import { afterAll, expect, it } from 'vitest';
import { readConfig } from '../platform/config.ts';
import { connectDatabase } from '../platform/database/index.ts';
import { exiger } from '../platform/result.ts';
import { routesSecurite } from './securite.routes.ts';

// Never asked.
const db = connectDatabase({ publique: 'postgresql://127.0.0.1:1/aucune' }, 'publique', 1);
afterAll(() => db.destroy());

const lire = async (contact?: string): Promise<readonly string[]> => {
  const config = exiger(readConfig(contact === undefined ? {} : { MAILLAGE_CONTACT_SECURITE: contact }));
  const [route] = routesSecurite;
  const reponse = await route?.handle({
    raw: {},
    saisie: {},
    db,
    identite: null,
    requete: {
      chemin: '/.well-known/security.txt',
      parametres: new URLSearchParams(),
      adresse: 'https://maillage.example.fr',
      tuiles: undefined,
      appareil: '',
      client: 'interne',
      config,
      depart: undefined,
      phrases: {},
      demonstration: async () => false,
    },
  });
  if (reponse?.type !== 'fichier') throw new Error('security.txt is a file');
  expect(reponse.mime).toBe('text/plain; charset=utf-8');
  return String(reponse.corps).trim().split('\n');
};

it('security.txt says whom to tell, in what language, until when and at what address', async () => {
  const [contact, expire = '', ...suite] = await lire('mailto:securite@example.fr');
  expect(contact).toBe('Contact: mailto:securite@example.fr');
  const days =
    Temporal.Now.instant()
      .until(Temporal.Instant.from(expire.replace('Expires: ', '')))
      .total('hours') / 24;
  expect(days).toBeGreaterThan(170);
  expect(days).toBeLessThan(366);
  expect(suite).toEqual([
    'Preferred-Languages: fr, en',
    'Canonical: https://maillage.example.fr/.well-known/security.txt',
  ]);
});

it('security.txt leads to the legal page, and says why, where the operator gave no contact', async () => {
  const lines = await lire();
  expect(lines.filter((line) => !line.startsWith('#'))[0]).toBe(
    'Contact: https://maillage.example.fr/mentions-legales',
  );
  expect(lines[0]).toMatch(/n’a pas encore indiqué/);
});
