import { describe, expect, it } from 'vitest';
import { rendre } from './rendre.ts';
import { type Colonne, Tableau } from './tableau.tsx';

type Ligne = { nom: string; postes: number };

const COLONNES: readonly Colonne<Ligne>[] = [
  { cle: 'nom', titre: 'Structure', cellule: ({ nom }) => nom },
  { cle: 'postes', titre: 'Postes', cellule: ({ postes }) => String(postes), numerique: true, total: '3' },
];

const tableau = (lignes: readonly Ligne[], total?: string, colonnes = COLONNES): string =>
  rendre(
    <Tableau
      legende="Structures retenues"
      colonnes={colonnes}
      lignes={lignes}
      cle={(_, rang) => String(rang)}
      total={total}
      vide="Aucune structure n’est encore retenue."
    />,
  );

describe('Tableau', () => {
  it('names its rows and columns, and keeps being a table once drawn as cards', () => {
    const html = tableau([{ nom: 'Ville de Gauchy', postes: 1 }]);
    expect(html).toContain('<table role="table"><caption>Structures retenues</caption>');
    expect(html).toContain('<th role="columnheader" scope="col">Structure</th>');
    expect(html).toContain('<th role="rowheader" scope="row">Ville de Gauchy</th>');
    expect(html).toContain('<td role="cell" class="fr-cell--right" data-label="Postes">');
    expect(html).not.toContain('<tfoot');
  });

  it('takes as row header the column that says so', () => {
    const colonnes = COLONNES.toReversed().map((colonne) => ({ ...colonne, entete: colonne.cle === 'nom' }));
    expect(tableau([{ nom: 'Gauchy', postes: 1 }], undefined, colonnes)).toContain(
      '<th role="rowheader" scope="row">Gauchy</th>',
    );
  });

  it('lets the raw text of a file break anywhere', () => {
    const brute: Colonne<Ligne> = {
      cle: 'b',
      titre: 'Valeur lue',
      cellule: () => 'x'.repeat(500),
      brut: true,
    };
    expect(tableau([{ nom: 'A', postes: 1 }], undefined, [...COLONNES, brute])).toContain(
      '<td role="cell" class="maillage-tableau__brut" data-label="Valeur lue">',
    );
  });

  it('ends with the total row, whose empty cells stay empty', () => {
    const sansTotal: Colonne<Ligne> = { cle: 'x', titre: 'Commune', cellule: () => 'Laon' };
    const html = tableau([{ nom: 'A', postes: 1 }], 'Ensemble', [...COLONNES, sansTotal]);
    const pied = html.slice(html.indexOf('<tfoot'));
    expect(pied).toContain('<th role="rowheader" scope="row">Ensemble</th>');
    expect(pied).toContain('<div class="maillage-tableau__valeur">3</div>');
    expect(pied).toContain('<td role="cell" data-label="Commune"></td>');
  });

  it('says in words that there is nothing, instead of an empty table', () => {
    const html = tableau([]);
    expect(html).not.toContain('<table');
    expect(html).toContain('Aucune structure n’est encore retenue.');
  });

  it('escapes what comes from a file, in cells and in labels', () => {
    const hostile = '"><script>alert(1)</script>';
    const html = tableau([{ nom: hostile, postes: 1 }], undefined, [
      ...COLONNES,
      { cle: 'h', titre: hostile, cellule: () => hostile },
    ]);
    expect(html).not.toContain('<script');
    expect(html).not.toContain('data-label="">');
  });

  it('shows 2 000 rows, each once', () => {
    const lignes = Array.from({ length: 2000 }, (_, rang) => ({ nom: `Structure ${rang}`, postes: rang }));
    const html = tableau(lignes);
    expect(html.match(/<tr /g)).toHaveLength(2001);
    expect(html).toContain('>Structure 1999<');
  });
});
