import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expurger } from './expurger.ts';

it.each([
  ['550 5.1.1 <zoe.temoin@exemple.fr>: unknown', '550 5.1.1 <[adresse]>: unknown'],
  ['connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED 127.0.0.1:5432'],
  ['invalid input syntax for type uuid: "Zoé Témoin"', 'invalid input syntax for type uuid: […]'],
  ['invalid value "dupont"', 'invalid value […]'],
  [
    'duplicate key value violates unique constraint "personne_courriel"',
    'duplicate key value violates unique constraint "personne_courriel"',
  ],
  ['Key (nom)=(Témoin (Zoé)) already exists.', 'Key (nom)=([…]) already exists.'],
  ['appel de 06 12 34 56 78 refusé', 'appel de [numéro] refusé'],
  ['GET https://exemple.fr/connexion/lien/secret?x=1 refusé', 'GET [lien] refusé'],
  ['la personne «\u00a0Zoé Témoin\u00a0» manque', 'la personne […] manque'],
  ['première ligne\nNom : Zoé Témoin', 'première ligne'],
])('an error is told without what it may say of somebody: %s', (message, lu) => {
  expect(expurger(message)).toBe(lu);
});

it('no address is left in an error, wherever it stands', () => {
  const mot = fc.stringMatching(/^[A-Za-z0-9._%+-]{1,20}$/);
  fc.assert(
    fc.property(fc.string(), mot, mot, fc.string(), (before, local, domain, after) => {
      expect(expurger(`${before}${local}@${domain}${after}`)).not.toContain(`${local}@${domain}`);
    }),
  );
});
