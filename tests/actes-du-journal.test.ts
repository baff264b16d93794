import { expect, it } from 'vitest';
import { choixDActes } from '../src/administration/actes.ts';
import { phrases } from '../src/main/rooms.ts';

it('every act is chosen under a label of its own, without figure nor code', () => {
  const libelles = choixDActes(phrases).map(({ libelle }) => libelle);
  expect(libelles.filter((libelle, rang) => libelles.indexOf(libelle) !== rang)).toEqual([]);
  expect(libelles.filter((libelle) => /\d|€|_|aucune? |undefined/i.test(libelle))).toEqual([]);
});
