import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atom, type EntreeAtom, partieDuPlan, planPourMoteurs, uuidNomme } from './flux.ts';

const flux = {
  id: uuidNomme('essai', 'communiques tous'),
  titre: 'Communiqués – Maillage',
  sousTitre: 'Structures',
  soi: 'https://m.example/communiques.atom',
  page: 'https://m.example/communiques',
  ouvertLe: '2020-11-17T00:00:00Z',
};
const entree: EntreeAtom = {
  id: '019a0000-0000-7000-8000-000000000000',
  titre: 'Aisne',
  resume: '16 structures',
  auteur: 'Préfecture de l’Aisne',
  href: 'https://m.example/communiques/02/2021-03-24',
  publieLe: '2021-03-18T09:00:00Z',
  documents: [],
};

describe('a feed', () => {
  it('without an entry bears the day on which the programme was announced', () => {
    expect(atom({ ...flux, entrees: [] })).toContain('<updated>2020-11-17T00:00:00Z</updated>');
  });

  it('is as recent as its latest entry, in whatever order', () => {
    const older = { ...entree, publieLe: '2021-01-01T00:00:00Z' };
    for (const entrees of [
      [entree, older],
      [older, entree],
    ])
      expect(/<updated>([^<]+)/.exec(atom({ ...flux, entrees }))?.[1]).toBe(entree.publieLe);
  });

  it('lets no text break out of its element', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (texte) => {
        const xml = atom({ ...flux, titre: texte, entrees: [{ ...entree, titre: texte, href: texte }] });
        expect(xml.match(/<[a-z]/g)?.length).toBe(18);
        expect(xml).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/);
      }),
    );
  });
});

it('an identifier made of a name is a UUID, the same for the same name alone', () => {
  expect(uuidNomme('a', 'b')).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(uuidNomme('a', 'b')).toBe(uuidNomme('a', 'b'));
  expect(uuidNomme('a', 'b')).not.toBe(uuidNomme('a', 'c'));
});

describe('the plan for search engines', () => {
  const rows = Array.from({ length: 5 }, (_, rang) => ({
    adresse: `https://m.example/${rang}?a=1&b=2`,
    modifieLe: rang % 2 === 0 ? null : `2021-03-0${rang}T00:00:00Z`,
  }));
  const partie = (rang: number): string => `https://m.example/sitemap-${rang}.xml`;

  it('holds every address when they fit in one file', () => {
    const xml = planPourMoteurs(rows, partie, 5);
    expect(xml).toContain('<urlset');
    expect(xml.match(/<loc>/g)).toHaveLength(5);
    expect(xml.match(/<lastmod>/g)).toHaveLength(2);
    expect(xml).toContain('a=1&amp;b=2');
  });

  it('becomes a list of parts, as recent as what they hold, when they do not', () => {
    const xml = planPourMoteurs(rows, partie, 2);
    expect(xml).toContain('<sitemapindex');
    expect(xml.match(/<loc>/g)).toHaveLength(3);
    expect([...xml.matchAll(/<lastmod>([^<]+)/g)].map((match) => match[1]?.slice(0, 10))).toEqual([
      '2021-03-01',
      '2021-03-03',
    ]);
    expect(partieDuPlan(rows, 3, 2)?.match(/<loc>/g)).toHaveLength(1);
    expect(partieDuPlan(rows, 4, 2)).toBeNull();
  });
});
