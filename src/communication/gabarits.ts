import { typographier } from '../platform/francais/index.ts';
import { type Refus, type Resultat, refuser, reussi } from '../platform/result.ts';
import { chiffreSaisi } from './chiffre-saisi.ts';
import type { Chiffres } from './document.ts';
import type { CleParagraphe } from './faits.ts';

/**
 * Templates: the wording of a paragraph with `{placeholder}` in the place of each figure. « The wording may be
 * edited before publication, figures may not » holds because a reworded text never contains a figure: it
 * contains the name of one.
 */

export type RefusRedaction =
  | 'redaction_vide'
  | 'redaction_trop_longue'
  | 'accolade_isolee'
  | 'chiffre_inconnu'
  | 'chiffre_manquant'
  | 'chiffre_saisi';

const LONGUEUR_MAX = 2000;
const REPERE = /\{([a-z0-9_]+)\}/g;

/** How a person calls each paragraph. */
export const NOMS_PARAGRAPHES: Readonly<Record<CleParagraphe, string>> = {
  titre: 'le titre',
  chapo: 'le chapeau',
  programme: 'le paragraphe sur le programme national',
  plan: 'le paragraphe sur le plan départemental',
  selection: 'le paragraphe sur la sélection',
  assemblee: 'le paragraphe sur la part de l’assemblée',
  financement: 'le paragraphe sur le financement',
  liste: 'l’intertitre de la liste',
  suite: 'le paragraphe sur la suite',
};

/** The names of figures in a template, each once, in order of appearance. */
export function reperes(gabarit: string): readonly string[] {
  return [...new Set([...gabarit.matchAll(REPERE)].map((trouve) => trouve[1] ?? ''))];
}

/** The text of a template. Throws on a figure that does not exist: templates are checked before. */
export function remplir(gabarit: string, chiffres: Chiffres): string {
  return gabarit.replace(REPERE, (_repere, nom: string) => {
    const valeur = chiffres[nom];
    if (valeur === undefined) throw new Error(`Unknown figure in a template: ${nom}`);
    return valeur;
  });
}

/**
 * Checks a reworded paragraph against the generated one. The result is set typographically. Refused: a figure
 * missing, one that the communiqué does not have, a number typed by hand before what it counts, an empty or
 * endless text, a brace on its own.
 */
export function verifierRedaction(
  cle: CleParagraphe,
  genere: string,
  propose: string,
  chiffres: Chiffres,
): Resultat<string, RefusRedaction> {
  const texte = typographier(propose);
  const refusRedaction = (code: RefusRedaction, explication: string): Refus<RefusRedaction> =>
    refuser(code, `Dans ${NOMS_PARAGRAPHES[cle]}, ${explication}`);
  if (texte.replace(REPERE, '').trim() === '') {
    return refusRedaction(
      'redaction_vide',
      'il n’y a pas de texte. Écrivez une phrase ou revenez au texte proposé.',
    );
  }
  if (texte.length > LONGUEUR_MAX) {
    return refusRedaction(
      'redaction_trop_longue',
      `le texte dépasse ${LONGUEUR_MAX} signes. Raccourcissez-le.`,
    );
  }
  if (/[{}]/.test(texte.replace(REPERE, ''))) {
    return refusRedaction(
      'accolade_isolee',
      'une accolade « { » ou « } » est seule. Les accolades entourent le nom d’un chiffre, par exemple {postes} ; retirez-la ou complétez-la.',
    );
  }
  const presents = reperes(texte);
  const inconnu = presents.find((nom) => !Object.hasOwn(chiffres, nom));
  if (inconnu !== undefined) {
    const connus = Object.keys(chiffres).map((nom) => `{${nom}}`);
    return refusRedaction(
      'chiffre_inconnu',
      `{${inconnu}} n’existe pas. Les chiffres disponibles sont : ${connus.join(', ')}.`,
    );
  }
  const manquant = reperes(genere).find((nom) => !presents.includes(nom));
  if (manquant !== undefined) {
    return refusRedaction(
      'chiffre_manquant',
      `{${manquant}} (${chiffres[manquant]}) a disparu. Remettez {${manquant}} là où le chiffre doit être lu.`,
    );
  }
  const saisi = chiffreSaisi(texte);
  if (saisi !== null) {
    return refusRedaction(
      'chiffre_saisi',
      `« ${saisi} » est un chiffre écrit à la main. Remplacez-le par le nom du chiffre entre accolades, par exemple {${presents[0] ?? 'postes'}}, ou retirez-le : les chiffres viennent des décisions.`,
    );
  }
  return reussi(texte);
}
