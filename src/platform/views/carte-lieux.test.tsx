import { describe, expect, it } from 'vitest';
import { CarteLieux, type CarteLieuxProps, type LieuCarte } from './carte-lieux.tsx';
import { type Contour, fondDeFrance, fondDeTerritoire } from './cartographie.ts';
import { decrireLieu, nommerGroupe, regrouper } from './lieux.ts';
import { rendre } from './rendre.ts';

const carre = (code: string, lon: number, lat: number, cote: number): Contour => ({
  code,
  nom: code,
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [lon, lat],
        [lon, lat + cote],
        [lon + cote, lat + cote],
        [lon + cote, lat],
        [lon, lat],
      ],
    ],
  },
});
const contours = [carre('02', 3, 49, 1), carre('59', 3, 50, 1), carre('974', 55.2, -21.4, 0.5)];
const bornes = [3, 49, 4, 50] as const;
const fond = fondDeTerritoire(contours, bornes, ['02']);

const lieu = (rang: number, autres: Partial<LieuCarte> = {}): LieuCarte => ({
  id: `id-${rang}`,
  libelle: `Mairie ${rang}`,
  commune: 'Laon',
  departement: '02',
  postes: 1,
  position: { longitude: 3.2 + (rang % 50) / 100, latitude: 49.2 + Math.floor(rang / 50) / 100 },
  exacte: false,
  ...autres,
});

const dessiner = (lieux: readonly LieuCarte[], autres: Partial<CarteLieuxProps> = {}): string =>
  rendre(
    <CarteLieux
      id="carte"
      titre="Structures"
      fond={fond}
      lieux={lieux}
      sources={{ points: '/p.geojson', contours: '/c.geojson' }}
      bornes={bornes}
      {...autres}
    />,
  );

const cercles = (html: string): { x: number; y: number; r: number }[] =>
  [...html.matchAll(/<circle cx="(\d+)" cy="(\d+)" r="(\d+)"/g)].map(([, x, y, r]) => ({
    x: Number(x),
    y: Number(y),
    r: Number(r),
  }));

describe('CarteLieux', () => {
  it('says when there is nothing to show', () => {
    const html = dessiner([], { vide: 'Rien n’est annoncé.' });
    expect(html).toContain('Rien n’est annoncé.');
    expect(cercles(html)).toHaveLength(0);
  });

  it('draws one structure as a link with a name, and lists it with all that it says', () => {
    const html = dessiner([lieu(1, { postes: 2, distance: 3240 })]);
    expect(html).toContain('href="/structures/id-1" aria-label="Mairie 1, Laon\u00a0: 2 postes"');
    expect(html).toContain('Laon, 2 postes, à 3,2\u00a0km');
    expect(html).toContain('>1 structure</p>');
    expect(html.match(/centre de sa commune/g)).toHaveLength(1);
    expect(dessiner([lieu(1, { exacte: true })])).not.toContain('centre de sa commune');
  });

  it('lists what has no position, and says that the map does not show it', () => {
    const html = dessiner([lieu(1), lieu(2, { position: null, commune: null })]);
    expect(html).toContain('1 structure n’est pas sur la carte');
    expect(cercles(html)).toHaveLength(1);
    expect(html).toContain('Mairie 2');
  });

  it('keeps each structure of one town in sight, near where it is', () => {
    const position = { longitude: 3.6, latitude: 49.56 };
    const ronds = cercles(dessiner(Array.from({ length: 7 }, (_, rang) => lieu(rang, { position }))));
    expect(ronds).toHaveLength(7);
    const vrai = fond.placer(3.6, 49.56, '02');
    for (const [rang, rond] of ronds.entries()) {
      expect(Math.hypot(rond.x - (vrai?.x ?? 0), rond.y - (vrai?.y ?? 0))).toBeLessThan(80);
      for (const autre of ronds.slice(rang + 1))
        expect(Math.hypot(rond.x - autre.x, rond.y - autre.y)).toBeGreaterThan(rond.r + autre.r - 2);
    }
  });

  it('gives circles an area that follows the posts', () => {
    const [grand, petit] = cercles(dessiner([lieu(1), lieu(45, { postes: 16 })]));
    expect((grand?.r ?? 0) / (petit?.r ?? 1)).toBeCloseTo(4, 1);
  });

  it('stays light and true with 2 000 structures', () => {
    const lieux = Array.from({ length: 2000 }, (_, rang) => lieu(rang));
    const html = dessiner(lieux, { tout: { href: '/tableau', texte: 'Tout le tableau' } });
    expect(html.length).toBeLessThan(80_000);
    expect(html.match(/<li class="carte-lieux__entree"/g)).toHaveLength(100);
    expect(html).toMatch(/2\u202f000 structures, dont les 100 premières/);
    expect(html).toContain('href="/tableau"');
    // Every structure is in a circle, alone or counted in a group.
    const comptes = [...html.matchAll(/aria-label="(?:([\d\u202f]+) structures à|Mairie)/g)].map(
      ([, compte]) => (compte ? Number(compte.replace('\u202f', '')) : 1),
    );
    expect(comptes.reduce((somme, compte) => somme + compte, 0)).toBe(2000);
  });

  it('puts an overseas structure in its frame, and offers to go there', () => {
    const france = fondDeFrance(contours);
    const point = france.placer(55.4, -21.2, '974');
    const cadre = france.fond.encarts[0];
    expect(point && cadre && point.x > cadre.x && point.x < cadre.x + cadre.largeur).toBe(true);
    // Without a frame, nowhere rather than in the sea.
    expect(france.placer(-56.2, 46.8, '975')).toBeNull();
    const html = dessiner([lieu(1)], {
      vues: [{ nom: 'La Réunion', href: '/departements/974', structures: 3, bornes: [55, -22, 56, -21] }],
    });
    expect(html).toContain('<a href="/departements/974" data-vue="55 -22 56 -21">La Réunion</a> (3)');
  });

  it('escapes what others wrote, and carries no inline style or script', () => {
    const html = dessiner([lieu(1, { libelle: '"><script>alert(1)</script>', commune: '<b style="x">' })], {
      tuiles: { adresse: 'https://t.example/{z}/{x}/{y}.png', source: '<i>© carte</i>' },
    });
    expect(html).not.toMatch(/<script|<b |<i>| style="/);
    expect(html).toContain('data-tuiles="https://t.example/{z}/{x}/{y}.png"');
  });
});

describe('groups', () => {
  it('keep every point once, and are never nearer than their radius', () => {
    const points = Array.from({ length: 500 }, (_, rang) => ({
      x: (rang * 7919) % 1000,
      y: (rang * 104_729) % 1000,
      poids: 1 + (rang % 5),
      lieu: rang,
    }));
    const groupes = regrouper(points, 80);
    expect(groupes.flatMap(({ membres }) => membres).toSorted((a, b) => a - b)).toEqual(
      points.map(({ lieu: rang }) => rang),
    );
    for (const [rang, un] of groupes.entries())
      for (const autre of groupes.slice(rang + 1))
        expect(Math.hypot(un.x - autre.x, un.y - autre.y)).toBeGreaterThanOrEqual(80);
    expect(regrouper(points, 80)).toEqual(groupes);
  });

  it.each([
    [['Vervins', 'Laon', 'Guise', 'Laon'], '4 structures, de Guise à Vervins'],
    [['Étampes', 'Le Havre', null], '3 structures, d’Étampes au Havre'],
    [['Amiens', 'Amiens'], '2 structures à Amiens'],
    [['Le Havre', 'Le Havre'], '2 structures au Havre'],
    [['Laon', null], '2 structures'],
    [[null, null], '2 structures'],
  ])('of %s are named after their commune, or the first and the last', (communes, nom) => {
    expect(nommerGroupe(communes.map((commune) => ({ commune })))).toBe(nom);
  });
});

it.each([
  [120, 'à moins de 500\u00a0m'],
  [620, 'à 600\u00a0m'],
  [949, 'à 950\u00a0m'],
  [9400, 'à 9,4\u00a0km'],
  [21_120, 'à 21,1\u00a0km'],
  [29_960, 'à 30\u00a0km'],
  [1_234_500, 'à 1\u202f235\u00a0km'],
])('%i metres are %s', (distance, texte) => {
  expect(decrireLieu({ commune: null, postes: 1, exacte: true, distance })).toBe(
    `1 poste, à son adresse, ${texte}`,
  );
});
