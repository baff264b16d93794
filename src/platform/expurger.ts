const longueur = 500;

/** Any quoted value may be somebody's, save the name of a thing of the database. */
const cite =
  /(\b(?:constraint|relation|column|table|index|schema|function|policy) "[a-z][a-z0-9_.]*")|"[^"]*"|'[^']*'|“[^”]*”|«[^»]*»/g;

/**
 * The message of an error as administrators may read it: its first line, without addresses, links, long numbers, keys
 * or quoted values, any of which may say something of a person.
 */
export const expurger = (message: string): string =>
  (message.split('\n', 1)[0] ?? '')
    .replace(/\bhttps?:\/\/\S+/gi, '[lien]')
    .replace(/[^\s<>"'«»(),;:=]+@[^\s<>"'«»(),;=]+/g, '[adresse]')
    .replace(cite, (_cited, nom?: string) => nom ?? '[…]')
    // PostgreSQL: Key (nom)=(Dupont) already exists.
    .replace(/=\((?:[^()]|\([^()]*\))*\)/g, '=([…])')
    .replace(/\+?\d(?:[\s.\u00a0]?\d){8,}/g, '[numéro]')
    .replace(/[\w-]{32,}/g, '[clé]')
    .slice(0, longueur);
