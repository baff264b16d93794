import { expect, it } from 'vitest';
import { reconnaitreColonnes } from './colonnes.rules.ts';
import { lireDate, lireLigne } from './lignes.rules.ts';

it.each([
  ['2021-03-24', '2021-03-24'],
  ['2021-03-24T00:00:00Z', '2021-03-24'],
  ['24/03/2021', '2021-03-24'],
  ['1.4.2021', '2021-04-01'],
  ['24 mars 2021', '2021-03-24'],
  ['1er août 2021', '2021-08-01'],
  ['44279', '2021-03-24'],
  ['29/02/2021', null],
  ['24 brumaire 2021', null],
  ['', null],
])('reads the date « %s » as %s', (text, date) => expect(lireDate(text)).toBe(date));

it('reads the first of two columns of one meaning, whatever the case and accents of headers', () => {
  const found = reconnaitreColonnes(['Commune', 'COMMUNE_INSEE', 'Nombre de postes', 'Date Comité', 'SIRET']);
  expect(found).toEqual({ ok: true, valeur: { commune: 1, postes: 2, date: 3, siret: 4 } });
});

it.each([
  ['22020002600015', 'x', 'publique'],
  ['53176441300047', 'x', 'privee'],
  ['', 'MAIRIE DE LAON', 'publique'],
  ['', 'ASSOCIATION X', 'privee'],
])('deduces the kind from SIRET « %s » or name « %s »', (siret, nom, categorie) => {
  const colonnes = { siret: 0, nom: 1, postes: 2, date: 3 };
  expect(lireLigne(colonnes, [siret, nom, '1', '2021-03-24']).ligne?.categorie).toBe(categorie);
});
