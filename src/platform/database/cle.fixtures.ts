/** The secret of the tests, from which the passwords of their databases come; known to all, it guards nothing. */
export const cleDEssai = 'une clé d’essai, connue de tous, qui ne garde rien';
