import { dateLongue } from '../../platform/francais/index.ts';
import type { Communique, Paragraphe } from '../document.ts';
import type { EnTete } from '../faits.ts';

type Signature = { readonly nom: string; readonly fonction: string; readonly delegation: string | null };

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
  signataire: Signature | undefined,
): Communique => ({
  etat: { type: 'brouillon' },
  marques: ['Aperçu de l’en-tête – ne pas diffuser'],
  enTete,
  banniere: 'Communiqué de presse',
  lieuDate: `${enTete.lieu}, le ${dateLongue(date)}`,
  titre: paragraphe('titre', 'Ici, le titre du communiqué'),
  paragraphes: [paragraphe('chapo', 'Ici, le texte que les décisions du comité donnent.')],
  liste: { intertitre: paragraphe('liste', 'Ici, les structures retenues'), lignes: [], renvoi: null },
  suite:
    signataire === undefined
      ? null
      : {
          intertitre: 'Signature des courriers',
          paragraphe: paragraphe(
            'suite',
            `${signataire.fonction}, ${signataire.nom}${signataire.delegation === null ? '' : ` – ${signataire.delegation}`}`,
          ),
        },
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
