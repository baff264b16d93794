import { describe, expect, it } from 'vitest';
import { Carte, CarteChiffree, type DonneeCarte } from './carte.tsx';
import type { FondDeCarte } from './cartographie.ts';
import { classeDe, legendeDe, seuilsQuantiles } from './classes.ts';
import { rendre } from './rendre.ts';

const FOND: FondDeCarte = {
  largeur: 100,
  hauteur: 120,
  traces: [
    { code: '02', nom: 'Aisne', path: 'M0 0l5 0 0 5z' },
    { code: '59', nom: 'Nord', path: 'M5 5l5 0 0 5z' },
    { code: '2A', nom: 'Corse-du-Sud "<b>', path: 'M9 9l5 0 0 5z' },
  ],
  encarts: [{ nom: 'Mayotte', x: 1, y: 80, largeur: 20, hauteur: 30 }],
};

const carte = (donnees: readonly DonneeCarte[]): string =>
  rendre(
    <Carte
      id="carte"
      titre="Postes par département"
      fond={FOND}
      donnees={donnees}
      seuils={[1, 10]}
      legende="Nombre de postes"
      aucun="Aucun poste"
      equivalent="liste"
    />,
  );

describe('Carte', () => {
  const html = carte([
    { code: '02', valeur: 35, href: '/departements/02', texte: '35 postes' },
    { code: '59', valeur: 0, href: '/departements/59', texte: 'aucun poste' },
  ]);

  it('makes each shape a link that says its name and its value', () => {
    expect(html).toContain('href="/departements/02" aria-label="Aisne\u00a0: 35 postes"');
    expect(html).toContain('<title>Nord\u00a0: aucun poste</title>');
    expect(html).toContain('carte-classe-2" d="M0 0l5 0 0 5z"');
    expect(html).toContain('carte-classe-0" d="M5 5l5 0 0 5z"');
  });

  it('draws without a link what has no data', () => {
    expect(html.match(/<a class="carte-lien"/g)).toHaveLength(2);
    expect(html).toContain('<g><path class="carte-forme carte-classe-0" d="M9 9l5 0 0 5z"');
  });

  it('leads to its equivalent in words, is named, and shows its legend', () => {
    expect(html).toContain('href="#liste"');
    expect(html).toContain('<figcaption id="carte"');
    expect(html).toContain('aria-labelledby="carte"');
    expect(html).toContain('Aucun poste</li>');
    expect(html).toContain('>35</li>');
  });

  it('escapes names and never uses inline style', () => {
    const hostile = carte([{ code: '2A', valeur: 1, href: '/x?a="><script>', texte: '1 poste' }]);
    expect(hostile).not.toContain('<script');
    expect(hostile).not.toContain('<b>');
    expect(hostile).not.toContain('style=');
  });
});

describe('CarteChiffree', () => {
  it('brings the table that says the same, and leads to it', () => {
    const html = rendre(
      <CarteChiffree
        id="carte"
        titre="Postes par département"
        fond={FOND}
        donnees={[{ code: '02', valeur: 35, href: '/departements/02', texte: '35 postes' }]}
        seuils={[1]}
        legende="Nombre de postes"
        aucun="Aucun poste"
        objet="Département"
        mesure="Postes"
        vide="Aucun poste."
      />,
    );
    expect(html).toContain('href="#carte-chiffres"');
    // To where the folded table is opened: what is inside of it, a browser may not reach.
    expect(html).toMatch(/<[^>]*id="carte-chiffres"[^>]*><details|<details[^>]*id="carte-chiffres"/);
    expect(html).toMatch(/<a href="\/departements\/02">Aisne<\/a><\/th>.*>35</);
  });
});

describe('classes', () => {
  it('shares values out in classes of like size', () => {
    const valeurs = Array.from({ length: 100 }, (_, rang) => rang + 1);
    expect(seuilsQuantiles(valeurs)).toEqual([1, 21, 41, 61, 81]);
  });

  it('has fewer classes when values repeat, none without a positive value', () => {
    expect(seuilsQuantiles([1, 1, 1, 1, 1, 1, 9])).toEqual([1]);
    expect(seuilsQuantiles([0, 0])).toEqual([]);
    expect(seuilsQuantiles([])).toEqual([]);
  });

  it('puts a value in the class of the last threshold it reaches', () => {
    const seuils = [1, 5, 10];
    expect([null, undefined, 0, 1, 4, 5, 10, 99].map((valeur) => classeDe(valeur, seuils))).toEqual([
      0, 0, 0, 1, 1, 2, 3, 3,
    ]);
  });

  it('writes in the legend what each class really holds', () => {
    expect(legendeDe([0, 1, 3, 7, 1200], [1, 5, 1000, 5000], 'Aucun poste')).toEqual([
      { classe: 0, texte: 'Aucun poste' },
      { classe: 1, texte: '1 à 3' },
      { classe: 2, texte: '7' },
      { classe: 3, texte: '1\u202f200' },
    ]);
  });
});
