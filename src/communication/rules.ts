import {
  accord,
  avantSignature,
  capitale,
  dateLongue,
  ESPACE_INSECABLE,
  instantLong,
  pluriel,
  typographier,
} from '../platform/francais/index.ts';
import { type Refus, refuser } from '../platform/result.ts';
import type { Chiffres, Communique, LigneContact, LigneLaureat, Paragraphe, Signature } from './document.ts';
import {
  CLES_PARAGRAPHES,
  type CleParagraphe,
  type EnTete,
  type FaitsCommunique,
  type Laureat,
  type Signataire,
} from './faits.ts';
import type { Morceau } from './financement.ts';
import { NOMS_PARAGRAPHES, remplir, verifierRedaction } from './gabarits.ts';
import { genererParagraphes } from './paragraphes.ts';

export type { Chiffres, Communique, LigneContact, LigneLaureat, Paragraphe, Signature } from './document.ts';
export type * from './faits.ts';
export { CLES_PARAGRAPHES } from './faits.ts';
export { type RefusRedaction, verifierRedaction } from './gabarits.ts';

/** Beyond this number of lines the list would push what matters off the first page. */
const LISTE_LONGUE = 30;
const RENVOI = 'La liste des structures retenues figure à la fin de ce communiqué.';

const AVANT_LA_LISTE = ['chapo', 'programme', 'plan', 'selection', 'assemblee', 'financement'] as const;

/**
 * The communiqué that these facts make. Pure: the same facts give the same document to the letter.
 * Throws where the facts contradict each other (a total that is not the sum of its lines, a part of an assembly
 * that is not in the list): such a document must not exist.
 */
export function composerCommunique(faits: FaitsCommunique): Communique {
  verifierCoherence(faits);
  const morceaux = genererParagraphes(faits);
  const chiffres: Chiffres = Object.assign({}, ...[...morceaux.values()].map((morceau) => morceau.chiffres));
  const avertissements: string[] = [];
  const paragraphe = (cle: CleParagraphe, morceau: Morceau): Paragraphe => {
    const rendu = rediger(cle, morceau, faits, chiffres);
    if (rendu.redaction === 'perimee') avertissements.push(phrasePerimee(cle));
    return rendu;
  };
  const obligatoire = (cle: CleParagraphe): Paragraphe => {
    const morceau = morceaux.get(cle);
    if (morceau === undefined) throw new Error(`Paragraph never generated: ${cle}`);
    return paragraphe(cle, morceau);
  };
  const titre = obligatoire('titre');
  const paragraphes = AVANT_LA_LISTE.flatMap((cle) => {
    const morceau = morceaux.get(cle);
    return morceau === undefined ? [] : [paragraphe(cle, morceau)];
  });
  const intertitre = obligatoire('liste');
  const suite = morceaux.get('suite');
  const lignes = [...faits.laureats].sort(comparer).map((laureat) => ligne(laureat, faits));
  const aRelire = faits.laureats.filter((laureat) => laureat.libelleARelire).length;
  if (aRelire > 0) {
    avertissements.push(
      `${pluriel(aRelire, 'libellé', 'libellés')} de structure ${accord(aRelire, 'reste', 'restent')} à relire.`,
    );
  }
  for (const cle of Object.keys(faits.redactions)) {
    if (estCle(cle) && !morceaux.has(cle)) avertissements.push(phrasePerimee(cle));
  }
  return {
    etat: faits.etat,
    marques: marques(faits),
    enTete: faits.enTete,
    banniere: 'Communiqué de presse',
    lieuDate: `${faits.signature.lieu}, le ${dateLongue(faits.signature.date)}`,
    titre,
    paragraphes,
    liste: { intertitre, lignes, renvoi: lignes.length > LISTE_LONGUE ? RENVOI : null },
    suite:
      suite === undefined ? null : { intertitre: 'Prochaine étape', paragraphe: paragraphe('suite', suite) },
    signature: signer(faits.signataire),
    contact: contact(faits.enTete),
    avertissements,
    chiffres,
    departement: { code: faits.departement.code, nom: faits.departement.nom },
    seance: faits.seance.date,
    date: faits.signature.date,
  };
}

/** Whether an instant is still to come: as instants, for one is written to the second and the other is not. */
export function aVenir(instant: string | null, maintenant: string): instant is string {
  return instant !== null && Date.parse(instant) > Date.parse(maintenant);
}

/** All reworded or rewordable paragraphs of a communiqué, in order. */
export function paragraphesDe(faits: FaitsCommunique): readonly Paragraphe[] {
  const { titre, paragraphes, liste, suite } = composerCommunique(faits);
  return [titre, ...paragraphes, liste.intertitre, ...(suite ? [suite.paragraphe] : [])];
}

function verifierCoherence({ totaux, laureats, assemblees }: FaitsCommunique): void {
  const postes = laureats.reduce((somme, laureat) => somme + laureat.postes, 0);
  if (laureats.length === 0) throw new Error('A communiqué without any retained structure');
  if (laureats.length !== totaux.structures || postes !== totaux.postes) {
    throw new Error(
      `The totals (${totaux.structures} structures, ${totaux.postes} posts) are not those of the list (${laureats.length}, ${postes})`,
    );
  }
  if (laureats.some((laureat) => !Number.isInteger(laureat.postes) || laureat.postes < 1)) {
    throw new Error('A retained structure without a whole number of posts');
  }
  for (const part of assemblees) {
    const trouvee = laureats.some((laureat) => laureat.assemblee && laureat.postes === part.postes);
    if (!trouvee) throw new Error(`The part of ${part.nom} is not a line of the list`);
  }
}

function estCle(cle: string): cle is CleParagraphe {
  return Object.hasOwn(NOMS_PARAGRAPHES, cle);
}

function phrasePerimee(cle: CleParagraphe): string {
  return `Les données ont changé depuis que vous avez réécrit ${NOMS_PARAGRAPHES[cle]} : le texte proposé est revenu. Relisez-le, puis réécrivez-le si besoin.`;
}

/** A rewording applies only while the generated template is the one it was written against. */
function rediger(
  cle: CleParagraphe,
  morceau: Morceau,
  faits: FaitsCommunique,
  chiffres: Chiffres,
): Paragraphe {
  const gabarit = typographier(morceau.gabarit);
  const redaction = faits.redactions[cle];
  const genere = { cle, gabarit, texte: remplir(gabarit, chiffres) };
  if (redaction === undefined) return { ...genere, redaction: 'generee' };
  const verifie = verifierRedaction(cle, gabarit, redaction.gabarit, chiffres);
  if (redaction.origine !== gabarit || !verifie.ok) return { ...genere, redaction: 'perimee' };
  return { cle, gabarit: verifie.valeur, texte: remplir(verifie.valeur, chiffres), redaction: 'reecrite' };
}

function marques({ etat, mentions }: FaitsCommunique): readonly string[] {
  const etatEcrit =
    etat.type === 'brouillon'
      ? ['Brouillon – ne pas diffuser']
      : etat.type === 'sous_embargo'
        ? [`Sous embargo jusqu’au ${instantLong(etat.jusqua)}`]
        : [];
  return [...etatEcrit, ...mentions.map(typographier)];
}

const ordre = new Intl.Collator('fr', { numeric: true });

/** Assemblies first, then by commune, then by label: the order in which a reader looks for a place. */
function comparer(gauche: Laureat, droite: Laureat): number {
  if (gauche.assemblee !== droite.assemblee) return gauche.assemblee ? -1 : 1;
  return (
    ordre.compare(gauche.commune ?? '', droite.commune ?? '') || ordre.compare(gauche.libelle, droite.libelle)
  );
}

const sansForme = (texte: string): string =>
  ` ${texte
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')} `;

/** Whether a label names a commune, whose article may be contracted: « ville du Havre ». */
function contient(libelle: string, commune: string): boolean {
  return sansForme(libelle).includes(sansForme(commune.replace(/^(le|la|les) |^l[’']/i, '')));
}

function ligne(laureat: Laureat, { etat, departement }: FaitsCommunique): LigneLaureat {
  const libelle = typographier(laureat.libelle);
  const precisions: string[] = [];
  const { commune } = laureat;
  if (commune !== null && !laureat.assemblee && commune !== departement.nom && !contient(libelle, commune)) {
    precisions.push(commune);
  }
  if (laureat.itinerant && !/itinéran/i.test(libelle)) precisions.push('en itinérance');
  const precision = precisions.length > 0 ? precisions.join(', ') : null;
  const complet = `${capitale(libelle)}${precision === null ? '' : ` (${precision})`}`;
  const postesTexte = pluriel(laureat.postes, 'poste', 'postes');
  return {
    libelle: capitale(libelle),
    precision,
    postes: laureat.postes,
    postesTexte,
    texte: `${complet}${ESPACE_INSECABLE}: ${postesTexte}`,
    commune,
    codeCommune: laureat.codeCommune,
    siret: laureat.siret,
    itinerant: laureat.itinerant,
    marque: laureat.libelleARelire && etat.type === 'brouillon' ? 'libellé à relire' : null,
  };
}

/** The signature under the text, as a letter has it. */
export function signer(signataire: Signataire | null): Signature | null {
  if (signataire === null) return null;
  const { nom, delegation } = signataire;
  return {
    avant: avantSignature(signataire),
    nom: typographier(nom),
    delegation: delegation === null ? null : typographier(delegation),
  };
}

function contact(enTete: EnTete): Communique['contact'] {
  if (enTete.contact === null) return null;
  const { service, telephone, courriel } = enTete.contact;
  const lignes: LigneContact[] = [{ texte: typographier(service), lien: null }];
  if (telephone !== null) lignes.push({ texte: telephone, lien: `tel:${telephone.replace(/[^+\d]/g, '')}` });
  if (courriel !== null) lignes.push({ texte: courriel, lien: `mailto:${courriel}` });
  return { intertitre: 'Contact presse', lignes };
}

/**
 * What must be put right before publication, or `null`. Refused: a rewording that no longer fits the facts, so
 * that nobody publishes a text other than the one that was accepted. Labels still to review are warnings.
 */
export function empechementPublication(faits: FaitsCommunique): Refus<'redaction_perimee'> | null {
  const perimee = redactionsPerimees(faits)[0];
  return perimee === undefined ? null : refuser('redaction_perimee', phrasePerimee(perimee));
}

/** The reworded paragraphs that the facts have overtaken, in order. */
export function redactionsPerimees(faits: FaitsCommunique): readonly CleParagraphe[] {
  const rendus = new Map(paragraphesDe(faits).map(({ cle, redaction }) => [cle, redaction]));
  return CLES_PARAGRAPHES.filter(
    (cle) => faits.redactions[cle] !== undefined && rendus.get(cle) !== 'reecrite',
  );
}

/** « communique-02-2021-03-24.pdf »: département and session, safe in any file system. */
export function nomDeFichier({ departement, seance }: Communique, extension: string): string {
  return `communique-${departement.code}-${seance}.${extension}`;
}
