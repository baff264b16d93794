import { describe, expect, it } from 'vitest';
import { Chronologie, type Fait } from './chronologie.tsx';
import { rendre } from './rendre.ts';

const chronologie = (faits: readonly Fait[]) =>
  rendre(<Chronologie nom="Dates clés" faits={faits} vide="Aucune date." />);

describe('Chronologie', () => {
  it('is an ordered list, named, with dates for people and for machines', () => {
    const html = chronologie([
      { cle: '1', date: '2021-03-18', titre: 'Annonce' },
      { cle: '2', date: '2021-04', titre: 'Ouverture', aVenir: true },
      { cle: '3', date: '2021-03-24T09:30:00Z', titre: 'Séance', auteur: 'le comité' },
    ]);
    expect(html).toContain('<ol class="maillage-chronologie" aria-label="Dates clés">');
    expect(html).toContain('<time datetime="2021-03-18">18 mars 2021</time>');
    expect(html).toContain('<time datetime="2021-04">avril 2021</time> (à venir)');
    expect(html).toContain('24 mars 2021 à 10\u00a0h\u00a030 (heure de Paris)');
    expect(html).toContain('Par le comité');
    expect(html.match(/<li/g)).toHaveLength(3);
  });

  it('says in words that there is nothing, and escapes', () => {
    expect(chronologie([])).toContain('Aucune date.');
    expect(
      chronologie([{ cle: '1', date: '2021-03-18', titre: '<b>', texte: '<script>', auteur: '<i>' }]),
    ).not.toMatch(/<(b|script|i)>/);
  });
});
