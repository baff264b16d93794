import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appareilDe, retourSur } from './securite.ts';

/** Pieces of which addresses that mislead are made. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '/',
      '//',
      '\\',
      '.',
      '..',
      '/./',
      ':',
      '@',
      '?',
      '#',
      '%',
      ' ',
      '\t',
      '\n',
      '\u0000',
      '\u00a0',
      '\u200b',
      '\u2028',
    ],
    ...['%2f', '%2F', '%5c', '%5C', '%252f', '%00', '%09', '%0d%0a', '%e2%80%ae', '／', '。', '%u002f'],
    ...[
      'http:',
      'https:',
      'javascript:',
      'data:',
      'mailto:',
      'ailleurs.example',
      '127.0.0.1',
      '[::1]',
      'espace',
      'é',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const adresse = fc
  .tuple(fc.constantFrom('', '/', '//', '/\\', '/.', '/%2f', '/\t/'), fc.array(piece, { maxLength: 10 }))
  .map(([start, parts]) => `${start}${parts.join('')}`);

describe('where somebody is sent back to', () => {
  it.each([
    ['/', '/'],
    ['/espace/structures?page=2&tri=-postes#liste', '/espace/structures?page=2&tri=-postes#liste'],
    ['/recherche?q=Saint-%C3%89tienne', '/recherche?q=Saint-%C3%89tienne'],
    ['/recherche?retour=//ailleurs.example', '/recherche?retour=//ailleurs.example'],
    ['/communes/é', '/communes/%C3%A9'],
    ['/a/../b', '/b'],
  ])('may be %j', (demande, rendu) => {
    expect(retourSur(demande)).toBe(rendu);
  });

  it.each([
    undefined,
    null,
    12,
    ['/'],
    {},
    '',
    'espace',
    './espace',
    '?a',
    '#a',
    'https://ailleurs.example',
    'https:ailleurs.example',
    'javascript:alert(1)',
    '//ailleurs.example',
    '///ailleurs.example',
    '/\\ailleurs.example',
    '\\/ailleurs.example',
    '/\t/ailleurs.example',
    '/\n/ailleurs.example',
    ' /espace',
    '/espace ',
    '/.//ailleurs.example',
    '/a/..//ailleurs.example',
    '/%2e//ailleurs.example',
    '/%2F/ailleurs.example',
    '/%252f/ailleurs.example',
    '/%5cailleurs.example',
    '/%255cailleurs.example',
    '/a%0d%0aSet-Cookie:x',
    '/a%00',
    '/%',
    '/%ff',
    '/a\u202eb',
    `/${'a'.repeat(2000)}`,
  ])('is nowhere for %j', (demande) => {
    expect(retourSur(demande)).toBeUndefined();
  });

  it('is on this site for every browser, whatever was asked, and goes through again', () => {
    let sent = 0;
    fc.assert(
      fc.property(adresse, (demande) => {
        const retour = retourSur(demande);
        if (retour === undefined) return;
        sent += 1;
        for (const base of ['https://maillage.example', 'http://127.0.0.1:3000/connexion/lien'])
          expect(new URL(retour, base).origin).toBe(new URL(base).origin);
        // Written in a header, and read by what does less than a browser.
        expect(retour).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
        expect(decodeURIComponent(new URL(retour, 'http://a.b').pathname)).toMatch(/^\/(?![/\\])/);
        expect(retourSur(retour)).toBe(retour);
      }),
      { numRuns: 5000 },
    );
    expect(sent).toBeGreaterThan(50);
  });

  it('is as it was asked for plain pages of this site', () => {
    const mot = fc.stringMatching(/^[a-z0-9-]{1,10}$/);
    fc.assert(
      fc.property(
        fc.array(mot, { maxLength: 5 }),
        fc.array(fc.tuple(mot, fc.string()), { maxLength: 4 }),
        (path, query) => {
          const search = new URLSearchParams(
            query.map(([name, value]) => [name, value.toWellFormed()]),
          ).toString();
          const demande = `/${path.join('/')}${search === '' ? '' : `?${search}`}`;
          expect(retourSur(demande)).toBe(demande);
        },
      ),
    );
  });
});

describe('the name of a device', () => {
  const mozilla = 'Mozilla/5.0';
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
  it.each([
    ['Firefox sur Linux', `${mozilla} (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0`],
    [
      'Chrome sur Windows',
      `${mozilla} (Windows NT 10.0; Win64; x64) ${webkit} Chrome/140.0.0.0 Safari/537.36`,
    ],
    [
      'Edge sur Windows',
      `${mozilla} (Windows NT 10.0; Win64; x64) ${webkit} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`,
    ],
    [
      'Safari sur macOS',
      `${mozilla} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15`,
    ],
    [
      'Safari sur iPhone',
      `${mozilla} (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1`,
    ],
    [
      'Samsung Internet sur Android',
      `${mozilla} (Linux; Android 10; K) ${webkit} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    ],
    [
      'Opera sur Linux',
      `${mozilla} (X11; Linux x86_64) ${webkit} Chrome/137.0.0.0 Safari/537.36 OPR/121.0.0.0`,
    ],
    ['Navigateur inconnu', 'curl/8.14.1'],
    ['Navigateur inconnu', undefined],
    ['Navigateur inconnu', ''],
  ])('is « %s »', (nom, userAgent) => {
    expect(appareilDe(userAgent)).toBe(nom);
  });

  it('is short and of our own words, whatever the header holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (noise) => {
        for (const agent of [noise, `Firefox/${noise}`, `${noise} Linux ${noise}`])
          expect(appareilDe(agent)).toMatch(/^[A-Za-z ]{1,40}$/);
      }),
    );
  });
});
