import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { estComplement, reconnaitreColonnes } from './colonnes.rules.ts';

describe('reconnaitreColonnes', () => {
  it('recognises every column of the published file', () => {
    const text = readFileSync(join(import.meta.dirname, 'fixtures', 'aisne-nord.csv'), 'utf8');
    const entetes = (text.split('\n')[0] ?? '').split(';');
    const found = reconnaitreColonnes(entetes);
    if (!found.ok) throw new Error(found.message);
    const named = Object.fromEntries(
      Object.entries(found.valeur).map(([champ, index]) => [champ, entetes[index]]),
    );
    expect(named).toEqual({
      reference: 'id',
      nom: 'raison_sociale',
      siret: 'siret',
      categorie: 'type',
      postes: 'nb_cnfs',
      date: 'date_de_validation_en_comité_de_sélection',
      montant: 'investissement_financier_estimatif_total_de_l.etat',
      adresse: 'adresse',
      codePostal: 'code_postal',
      commune: 'commune_insee',
      codeCommune: 'insee_com',
      departement: 'code_département',
      zrr: 'zrr',
      qpv: 'qpv',
      franceServices: 'france_services',
      latitude: 'latitude',
      longitude: 'longitude',
    });
  });

  it.each([
    ['N° SIRET', 'siret'],
    ['Siret (structure)', 'siret'],
    ['RAISON SOCIALE', 'nom'],
    ['Nom de la structure', 'nom'],
    ['Nombre de Conseillers', 'postes'],
    ['nb-postes', 'postes'],
    ['Date de séance', 'date'],
    ['Coselec', 'date'],
    ['C.P.', 'codePostal'],
    ['CP', 'codePostal'],
    ['Ville', 'commune'],
    ['Code INSEE', 'codeCommune'],
    ['N° département', 'departement'],
    ['Dépt', 'departement'],
    ['Lat.', 'latitude'],
    ['X', 'longitude'],
    ['Observations', undefined],
  ])('reads the header « %s » as %s', (entete, champ) => {
    const needed = { siret: 'siret', postes: 'nb_cnfs', date: 'date_comite' };
    const others = Object.entries(needed).flatMap(([name, header]) => (name === champ ? [] : [header]));
    const found = reconnaitreColonnes([entete, ...others]);
    const read = Object.entries(found.ok ? found.valeur : {}).find(([, index]) => index === 0);
    expect(read?.[0]).toBe(champ);
  });

  it('reads the more telling of two columns of one meaning, wherever it stands', () => {
    const found = reconnaitreColonnes([
      'Commune',
      'COMMUNE_INSEE',
      'Nombre de postes',
      'Date Comité',
      'SIRET',
    ]);
    expect(found).toEqual({ ok: true, valeur: { commune: 1, postes: 2, date: 3, siret: 4 } });
  });

  it('is content with the SIRET, or with the name and its commune', () => {
    expect(reconnaitreColonnes(['siret', 'postes', 'date']).ok).toBe(true);
    expect(reconnaitreColonnes(['nom', 'commune', 'postes', 'date']).ok).toBe(true);
  });

  it.each([
    [['siret', 'date'], /^Colonnes introuvables : le nombre de postes \(par exemple « nb_cnfs »\)\./],
    [['siret', 'postes'], /: la date du comité \(par exemple « date_comite »\)\./],
    [['nom', 'postes', 'date'], /: le SIRET, ou la raison sociale avec la commune\./],
    [['commune', 'postes', 'date'], /: le SIRET, ou la raison sociale avec la commune\./],
    [['a', 'b'], /nombre de postes .+ ; la date .+ ; le SIRET, .+ ; elle contient : a, b\.$/],
  ])('refuses a file with the columns %j and says what it misses', (entetes, message) => {
    expect(reconnaitreColonnes(entetes)).toMatchObject({
      ok: false,
      refus: 'colonnes',
      message: expect.stringMatching(message),
    });
  });

  it('does not list all the columns of a wide file', () => {
    const entetes = Array.from({ length: 200 }, (_, index) => `colonne ${index}`);
    const found = reconnaitreColonnes(entetes);
    expect(found).toMatchObject({ message: expect.stringMatching(/colonne 11…\.$/) });
  });
});

it('a file with the columns of given back rows is a complement', () => {
  expect(estComplement(['siret', 'maillage_ligne', 'maillage_motif'])).toBe(true);
  expect(estComplement(['siret', 'maillage_motif'])).toBe(true);
  expect(estComplement(['siret', 'ligne', 'motif'])).toBe(false);
});
