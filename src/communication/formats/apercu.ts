import { dateLongue } from '../../platform/francais/index.ts';
import type { Communique, Paragraphe } from '../document.ts';
import type { EnTete, Signataire } from '../faits.ts';
import { signer } from '../rules.ts';

const paragraphe = (cle: Paragraphe['cle'], texte: string): Paragraphe => ({
  cle,
  texte,
  gabarit: texte,
  redaction: 'generee',
});

/** A document that says nothing, under a letterhead: to see the letterhead before it serves. */
export const apercuDeLEnTete = (
  enTete: EnTete & { readonly lieu: string },
  departement: { readonly code: string; readonly nom: string },
  date: string,
  signataire: Signataire | undefined,
): Communique => ({
  etat: { type: 'brouillon' },
  marques: ['Aperçu de l’en-tête – ne pas diffuser'],
  enTete,
  banniere: 'Communiqué de presse',
  lieuDate: `${enTete.lieu}, le ${dateLongue(date)}`,
  titre: paragraphe('titre', 'Ici, le titre du communiqué'),
  paragraphes: [paragraphe('chapo', 'Ici, le texte que les décisions du comité donnent.')],
  liste: { intertitre: paragraphe('liste', 'Ici, les structures retenues'), lignes: [], renvoi: null },
  suite: null,
  signature: signer(signataire ?? null),
  contact:
    enTete.contact === null
      ? null
      : {
          intertitre: 'Contact presse',
          lignes: [enTete.contact.service, enTete.contact.telephone, enTete.contact.courriel].flatMap(
            (texte) => (texte === null ? [] : [{ texte, lien: null }]),
          ),
        },
  avertissements: [],
  chiffres: {},
  departement: { code: departement.code, nom: departement.nom },
  seance: date,
  date,
});
