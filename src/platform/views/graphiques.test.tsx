import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { euros } from '../francais/index.ts';
import { ecarter, graduerDates, jour } from './axes.ts';
import { type Barre, Barres } from './barres.tsx';
import { Courbe, cumuler, type Serie } from './courbe.tsx';
import { rendre } from './rendre.ts';

const HOSTILE = '"><script>alert(1)</script>';

const barres = (donnees: readonly Barre[], maximum?: number, ecrire?: (valeur: number) => string) =>
  rendre(
    <Barres
      id="b"
      titre="Postes par structure"
      barres={donnees}
      objet="Structure"
      mesure="Postes"
      maximum={maximum}
      ecrire={ecrire}
      total="Ensemble"
      vide="Aucune structure."
    />,
  );
const barre = (libelle: string, valeur: number): Barre => ({ cle: libelle, libelle, valeur });

describe('Barres', () => {
  it('draws from zero, on one scale, and says each value in text', () => {
    const html = barres([barre('Aisne', 16), barre('Nord', 4), barre('Oise', 0)]);
    expect([...html.matchAll(/niveau" width="([\d.]+)%"/g)].map(([, largeur]) => largeur)).toEqual([
      '100',
      '25',
    ]);
    expect(html).toContain('<span class="maillage-barres__valeur">0</span>');
  });

  it('always has its table, with its total', () => {
    const html = barres([barre('Aisne', 16), barre('Nord', 4)]);
    expect(html).toContain('Voir les chiffres');
    expect(html).toMatch(/<caption class="fr-sr-only">Postes par structure<\/caption>/);
    expect(html).toMatch(/Ensemble<\/th>.*>20</);
  });

  it('says in words that there is nothing', () => {
    expect(barres([])).toContain('Aucune structure.');
    expect(barres([])).not.toContain('<svg');
  });

  it('shows the least of values, draws no negative one, and never divides by zero', () => {
    expect(barres([barre('A', 1_000_000), barre('B', 1)])).toContain('width="0.5%"');
    expect(barres([barre('A', -3), barre('B', 0)])).not.toMatch(/niveau|NaN|Infinity/);
    expect(barres([barre('A', 5)], 20)).toContain('width="25%"');
  });

  it('writes money, links where asked, escapes, and has no inline style', () => {
    expect(barres([barre('A', 175_376_000)], undefined, euros)).toContain('1\u202f753\u202f760\u00a0€');
    expect(barres([{ ...barre('A', 1), href: '/a' }])).toContain('<a href="/a">A</a>');
    const html = barres([barre(HOSTILE, 1)]);
    expect(html).not.toMatch(/<script|style=/);
  });
});

const courbe = (series: readonly Serie[], forme?: 'marches' | 'ligne', fin?: string) =>
  rendre(
    <Courbe id="c" titre="Postes attribués" series={series} forme={forme} fin={fin} vide="Aucune séance." />,
  );
const POINTS = cumuler([
  { date: '2021-03-24', valeur: 32 },
  { date: '2021-04-14', valeur: 18 },
]);
const traits = (html: string) => [...html.matchAll(/courbe__trait [^"]*" d="([^"]*)"/g)].map(([, d]) => d);

describe('Courbe', () => {
  it('sums up', () => {
    expect(POINTS.map(({ valeur }) => valeur)).toEqual([32, 50]);
    expect(cumuler([])).toEqual([]);
  });

  it('holds a value until the next one, and up to the end of the axis', () => {
    expect(traits(courbe([{ nom: 'Postes', points: POINTS }]))).toEqual(['M0,36L100,36L100,0']);
    expect(traits(courbe([{ nom: 'Postes', points: POINTS }], 'marches', '2021-05-05'))).toEqual([
      'M0,36L50,36L50,0L100,0L100,0',
    ]);
  });

  it('moves from one value to the next as a line, which ends at its last point', () => {
    expect(traits(courbe([{ nom: 'Postes', points: POINTS }], 'ligne', '2021-05-05'))).toEqual([
      'M0,36L50,0',
    ]);
  });

  it('names a single line by its last value, several by their name as well', () => {
    const html = courbe([
      { nom: 'Attribués', points: POINTS },
      { nom: 'Recrutés', points: POINTS.slice(0, 1) },
    ]);
    expect(html).toContain('>Attribués\u00a0: 50</text>');
    expect(html).toContain('>Recrutés\u00a0: 32</text>');
    expect(courbe([{ nom: 'Postes', points: POINTS }])).toContain('>50</text>');
  });

  it('always has its table: full dates, and what holds at each', () => {
    const html = courbe([
      { nom: 'Attribués', points: POINTS },
      { nom: 'Recrutés', points: POINTS.slice(1).map((point) => ({ ...point, valeur: 7 })) },
    ]);
    const table = html.slice(html.indexOf('<table'));
    expect(table).toContain('24 mars 2021');
    expect(table).toContain('data-label="Recrutés"></td>');
    expect(table).toMatch(/14 avril 2021.*>50<.*>7</);
  });

  it('bears one point, none, zeros only, and many', () => {
    const un = courbe([{ nom: 'Postes', points: POINTS.slice(0, 1) }]);
    expect(un).toContain('cx="50%"');
    expect(un).toContain('>24 mars 2021</text>');
    expect(courbe([])).toContain('Aucune séance.');
    expect(courbe([{ nom: 'Postes', points: [] }])).not.toContain('<svg');
    expect(courbe([{ nom: 'Postes', points: POINTS.map((p) => ({ ...p, valeur: 0 })) }])).not.toMatch(
      /NaN|Infinity/,
    );
    const jours = Array.from({ length: 1000 }, (_, rang) => ({
      date: new Date(Date.UTC(2021, 0, 1 + rang)).toISOString().slice(0, 10),
      valeur: rang,
    }));
    const html = courbe([{ nom: 'Postes', points: jours }]);
    expect(html).not.toContain('<circle');
    expect(html.match(/<tr /g)).toHaveLength(1001);
  });

  it('escapes, has no inline style, and hides from readers what the table says', () => {
    const html = courbe([{ nom: HOSTILE, points: POINTS }]);
    expect(html).not.toMatch(/<script|style=/);
    expect(html.match(/<svg(?![^>]*aria-hidden="true")/g)).toBeNull();
  });
});

describe('graduerDates', () => {
  const textes = (debut: string, fin: string) =>
    graduerDates(jour(debut), jour(fin)).map(({ texte }) => texte);

  it('writes days, months or years according to the length of the axis', () => {
    expect(textes('2021-03-18', '2021-03-22')).toEqual([
      '18\u00a0mars\u00a02021',
      '19\u00a0mars\u00a02021',
      '20\u00a0mars\u00a02021',
      '21\u00a0mars\u00a02021',
      '22\u00a0mars\u00a02021',
    ]);
    expect(textes('2021-03-18', '2021-12-31')).toEqual([
      'avr.\u00a02021',
      'juil.\u00a02021',
      'oct.\u00a02021',
    ]);
    expect(textes('2019-06-01', '2024-06-01')).toEqual(['2020', '2021', '2022', '2023', '2024']);
    expect(textes('2021-03-18', '2021-03-18')).toEqual(['18 mars 2021']);
    expect(textes('2021-03-18', '2021-03-19')).toEqual(['18\u00a0mars\u00a02021', '19\u00a0mars\u00a02021']);
  });

  it('gives one to six marks, each written differently, for any two days', () => {
    const jours = fc.integer({ min: 0, max: 30_000 });
    fc.assert(
      fc.property(jours, jours, (a, b) => {
        const [debut, fin] = [new Date(Math.min(a, b) * 86_400_000), new Date(Math.max(a, b) * 86_400_000)];
        const marques = graduerDates(debut, fin);
        expect(marques.length).toBeGreaterThan(0);
        expect(marques.length).toBeLessThanOrEqual(6);
        expect(new Set(marques.map(({ texte }) => texte)).size).toBe(marques.length);
      }),
    );
  });
});

describe('ecarter', () => {
  it('leaves alone what is far enough, and moves the rest as little as needed', () => {
    expect(ecarter([10, 50], 9, 0, 100)).toEqual([10, 50]);
    expect(ecarter([50, 48], 9, 0, 100)).toEqual([57, 48]);
    expect(ecarter([99, 98], 9, 0, 100)).toEqual([100, 91]);
  });

  it('keeps order, distance and bounds for up to four labels', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 4 }), (positions) => {
        const placees = ecarter(positions, 9, 0, 100).toSorted((a, b) => a - b);
        placees.forEach((placee, rang) => {
          expect(placee).toBeGreaterThanOrEqual(0);
          expect(placee).toBeLessThanOrEqual(100);
          expect(placee - (placees[rang - 1] ?? -9)).toBeGreaterThanOrEqual(9);
        });
      }),
    );
  });
});
