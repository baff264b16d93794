import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { avantSignature, dateLongue } from '../../../platform/francais/index.ts';
import { compilerFor, dessinable } from '../../../platform/typst.ts';
import type { Courrier } from '../revendications.acts.ts';
import { ecrireCode, essaisMax } from '../revendications.rules.ts';
import gabarit from './lettre.typ?raw';

/** Day on which the letter is dated, and the site that it sends to. */
export type Contexte = { readonly jour: string; readonly adresse: string };

/** Lines above and below the place where the letter is signed by hand. */
const signatureDe = ({ signataire, service }: Courrier['prefecture']) =>
  signataire === null
    ? { avant: service, nom: null, delegation: null }
    : {
        avant: avantSignature(signataire),
        nom: signataire.nom,
        delegation: signataire.delegation,
      };

const donnees = (courrier: Courrier, { jour, adresse }: Contexte, fichierLogo: string | null): object => {
  const { prefecture, revendication, code, destinataire, expire } = courrier;
  const [annee, mois, jourDuMois] = jour.split('-').map(Number);
  const brut = {
    objet: 'Votre code d’accès à Maillage',
    service: prefecture.service,
    adresse: prefecture.adresse,
    logo: fichierLogo === null ? null : { fichier: fichierLogo, alt: prefecture.logo?.alt },
    destinataire,
    lieuDate: `${prefecture.lieu}, le ${dateLongue(jour)}`,
    date: { annee, mois, jour: jourDuMois },
    avant: [
      'Madame, Monsieur,',
      `${revendication.prenom} ${revendication.nom} (${revendication.fonction}) a demandé à gérer, dans Maillage, l’accueil de conseillers numériques par « ${revendication.structureNom} ».`,
      'Ce courrier vérifie que la demande vient bien de votre structure. Remettez-le à cette personne si vous êtes d’accord.',
    ],
    codeTitre: 'Code à recopier',
    code: ecrireCode(code),
    etapesTitre: 'Comment faire',
    etapes: [
      'Ouvrez le lien « Suivre ma demande », dans le courriel que cette personne a reçu.',
      `Recopiez ce code. Il sert jusqu’au ${dateLongue(expire)}, en ${essaisMax} essais au plus.`,
      'La préfecture confirme la demande : un dernier courriel ouvre l’accès.',
    ],
    apres: [
      `Courriel égaré ? Refaites la demande sur ${adresse}/revendication avec la même adresse : un nouveau lien part, et ce code reste bon.`,
      `Vous n’avez rien demandé, ou vous ne connaissez pas cette personne ? Ne donnez ce code à personne${
        prefecture.contact === null
          ? ' et prévenez la préfecture.'
          : ` et prévenez-nous : ${prefecture.contact}.`
      }`,
      'Veuillez agréer, Madame, Monsieur, l’expression de notre considération distinguée.',
    ],
    signature: signatureDe(prefecture),
    contact: prefecture.contact === null ? null : `Contact : ${prefecture.contact}`,
  };
  return JSON.parse(JSON.stringify(brut), (_cle, valeur: unknown) =>
    typeof valeur === 'string' ? dessinable(valeur) : valeur,
  );
};

/** The letter as a tagged PDF (PDF/UA-1), A4. Throws if it does not compile or does not conform. */
export const lettrePdf = async (
  courrier: Courrier,
  contexte: Contexte,
  fontsFolder: string,
): Promise<Uint8Array> => {
  const compiler = await compilerFor(fontsFolder);
  const { logo } = courrier.prefecture;
  // The name says the content: the compiler remembers files by name.
  const fichierLogo =
    logo && `logo-${createHash('sha256').update(logo.octets).digest('hex').slice(0, 16)}.${logo.type}`;
  if (logo && fichierLogo) compiler.mapShadow(join(fontsFolder, fichierLogo), Buffer.from(logo.octets));
  const contenu = JSON.stringify(donnees(courrier, contexte, fichierLogo));
  try {
    compiler.mapShadow(join(fontsFolder, 'lettre.json'), Buffer.from(contenu));
    const compiled = compiler.compile({ mainFileContent: gabarit });
    if (compiled.result === null)
      throw new Error(
        `The letter does not compile: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`,
      );
    return new Uint8Array(compiler.pdf(compiled.result, { pdfStandard: 'ua-1' }));
  } finally {
    compiler.resetShadow();
    compiler.evictCache(10);
  }
};
