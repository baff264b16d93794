import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleSiretValide, estAssemblee, libellePublic, lireNom, lireSiret, nomRecherche } from './rules.ts';

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const sirets = digits(13).map((body) => {
  const key = [...'0123456789'].find((digit) => cleSiretValide(body + digit));
  return body + (key ?? '0');
});

describe('a SIRET', () => {
  it.each([
    ['22020002600015', '22020002600015'],
    ['220 200 026 00015', '22020002600015'],
    ['35600000049837', '35600000049837'],
  ])('%s is read', (text, siret) => expect(lireSiret(text)).toMatchObject({ ok: true, valeur: { siret } }));

  it('of La Poste passes by the sum of its digits, another with that sum does not', () => {
    expect(lireSiret('35600000000001')).toMatchObject({ ok: true });
    expect(lireSiret('35600100000000')).toMatchObject({ ok: false, refus: 'cle' });
  });

  it.each([
    ['', 'absent'],
    ['null', 'absent'],
    ['0', 'absent'],
    ['2,2E+13', 'malforme'],
    ['2202000260001', 'malforme'],
    ['220200026000155', 'malforme'],
    ['34416574200013', 'cle'],
  ])('« %s » is refused: %s', (text, refus) => expect(lireSiret(text)).toMatchObject({ ok: false, refus }));

  it('gets a lost leading zero back, and says so', () => {
    fc.assert(
      fc.property(sirets.map((siret) => `0${siret.slice(1)}`).filter(cleSiretValide), (siret) => {
        fc.pre(siret[1] !== '0');
        expect(lireSiret(siret.slice(1))).toEqual({ ok: true, valeur: { siret, zeroRetabli: true } });
      }),
      { numRuns: 50 },
    );
  });

  it('with one digit changed is refused', () => {
    fc.assert(
      fc.property(sirets, fc.nat(13), fc.integer({ min: 1, max: 9 }), (siret, index, shift) => {
        fc.pre(!siret.startsWith('356000000'));
        const changed =
          siret.slice(0, index) + String((Number(siret[index]) + shift) % 10) + siret.slice(index + 1);
        fc.pre(!/^0+$/.test(changed));
        expect(lireSiret(changed)).toMatchObject({ ok: false, refus: 'cle' });
      }),
    );
  });
});

describe('a name', () => {
  it.each(['', '0', 'null', ' - ', 'NaN', '...'])('« %s » is none', (text) =>
    expect(lireNom(text)).toBeNull(),
  );
  it('keeps what was written, with single spaces', () => expect(lireNom(' CA  Chauny ')).toBe('CA Chauny'));
  it('is searched without accents, case or punctuation', () => {
    expect(nomRecherche('Bohain-en-Vermandois')).toBe('BOHAIN EN VERMANDOIS');
    expect(nomRecherche("Cœur de l'Oise")).toBe('COEUR DE L OISE');
  });
});

describe('a public label', () => {
  const structure = {
    identifiant: '24670048800017',
    raisonSociale: 'EUROMETROPOLE DE STRASBOURG',
    libellePublic: null,
    communeNom: 'Strasbourg',
    epciNom: 'Eurométropole de Strasbourg',
    departementGenitif: 'du Bas-Rhin',
  };
  it('is the one that somebody wrote', () =>
    expect(libellePublic({ ...structure, libellePublic: 'tiers-lieu de Gauchy' })).toBe(
      'tiers-lieu de Gauchy',
    ));
  it('is the official name of an EPCI', () =>
    expect(libellePublic(structure)).toBe('Eurométropole de Strasbourg'));
  it('is derived from capital letters and the name of the commune', () =>
    expect(
      libellePublic({
        ...structure,
        raisonSociale: 'COMMUNE DE BOHAIN EN VERMANDOIS',
        communeNom: 'Bohain-en-Vermandois',
        epciNom: null,
      }),
    ).toBe('commune de Bohain-en-Vermandois'));
  it('is the number of a structure without a name', () =>
    expect(libellePublic({ ...structure, raisonSociale: null })).toBe('structure 24670048800017'));
});

describe('the body of a département', () => {
  const aisne = { nom: 'Conseil départemental de l’Aisne', siren: null };
  it.each([
    ['its number and name', { identifiant: '22020002600015', raisonSociale: 'DEPARTEMENT DE L AISNE' }, true],
    ['its own name', { identifiant: null, raisonSociale: "Conseil départemental de l'Aisne" }, true],
    ['another département', { identifiant: '22590001801244', raisonSociale: 'DEPARTEMENT DU NORD' }, false],
    [
      'another body with such a number',
      { identifiant: '22020002600015', raisonSociale: 'SDIS DE L AISNE' },
      false,
    ],
  ])('is known by %s', (_, structure, expected) =>
    expect(estAssemblee(structure, '02', aisne)).toBe(expected),
  );
  it('is known by its SIREN, whatever its name', () =>
    expect(
      estAssemblee({ identifiant: '20009433200019', raisonSociale: 'CEA' }, '67', {
        nom: 'x',
        siren: '200094332',
      }),
    ).toBe(true));
});
