import { describe, expect, it } from 'vitest';
import { ChiffresCles } from './chiffres.tsx';
import { Jauge } from './jauge.tsx';
import { rendre } from './rendre.ts';

describe('ChiffresCles', () => {
  it('gives each figure its term, value with unit, and definition', () => {
    const html = rendre(
      <ChiffresCles
        chiffres={[
          { libelle: 'engagés', valeur: '1\u202f864\u202f175', unite: '€', definition: 'Avec la formation.' },
        ]}
      />,
    );
    expect(html).toContain('<dt class="maillage-chiffre__libelle">engagés</dt>');
    expect(html).toContain('1\u202f864\u202f175<span class="maillage-chiffre__unite">\u00a0€</span>');
    expect(html).toContain('<dd class="maillage-chiffre__definition">Avec la formation.</dd>');
  });

  it('shows a figure alone without an empty unit or definition', () => {
    const html = rendre(
      <ChiffresCles chiffres={[{ libelle: 'structures', valeur: '0', href: '/structures' }]} />,
    );
    expect(html).toContain('<a href="/structures">structures</a>');
    expect(html).not.toContain('unite');
    expect(html).not.toContain('definition');
  });
});

const jauge = (valeur: number, maximum: number): string =>
  rendre(
    <Jauge
      titre="Postes attribués"
      valeur={valeur}
      maximum={maximum}
      valeurTexte={`${valeur} postes`}
      maximumTexte={`${maximum}`}
    />,
  );

describe('Jauge', () => {
  it('says value, maximum and share in words; the bar only draws them', () => {
    const html = jauge(1000, 4000);
    expect(html).toContain('1000 postes</strong>');
    expect(html).toContain('sur 4000');
    expect(html).toContain('25\u00a0%');
    expect(html).toContain('width="25%"');
    expect(html).toContain('aria-hidden="true"');
  });

  it.each([
    [0, 4000, '0\u00a0%', null],
    [1, 4000, 'moins de 0,1\u00a0%', '0.5%'],
    [35, 4000, '0,9\u00a0%', '0.8%'],
    [3999, 4000, '99,9\u00a0%', '99.9%'],
    [4000, 4000, '100\u00a0%', '100%'],
    [4200, 4000, '105\u00a0%', '100%'],
  ])('%i of %i: « %s »', (valeur, maximum, texte, largeur) => {
    const html = jauge(valeur, maximum);
    expect(html).toContain(`>${texte}<`);
    if (largeur === null) expect(html).not.toContain('maillage-jauge__niveau');
    else expect(html).toContain(`<rect class="maillage-jauge__niveau" width="${largeur}"`);
  });

  it('draws no bar and no share where there is no maximum', () => {
    const html = jauge(12, 0);
    expect(html).toContain('12 postes');
    expect(html).not.toMatch(/<svg|%/);
    expect(html).not.toContain('sur 0');
  });
});
