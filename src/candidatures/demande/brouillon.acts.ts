import { type Database, enTransaction } from '../../platform/database/index.ts';
import { type Depot, deposerFichier, supprimerFichier } from '../../platform/fichiers/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { type Resultat, refuser, reussi } from '../../platform/result.ts';
import type { SaisieCandidature } from './champ.ts';
import { resoudreCommunes } from './communes.ts';
import { type Ouverture, ouvertureDe } from './ouverture.rules.ts';
import { fusionner, listeSaisie } from './saisie.rules.ts';
import {
  type Candidature,
  ecrirePiece,
  ecrireSaisie,
  effacerPiece,
  findCandidature,
  findStructureDeclaree,
  insererCandidature,
  listPieces,
  listVaguesProposees,
  type StructureDeclaree,
} from './store.ts';
import { champsAVerifier } from './verification.ts';
import { estDansUneVersion, listVersions } from './versions.store.ts';

/** Whose file an act on an application is. */
export const perimetreDe = ({ structure }: Pick<Candidature, 'structure'>) => ({
  perimetre: {
    structure: structure.id,
    ...(structure.departement === null ? {} : { departement: structure.departement }),
  },
});

type Personne = {
  readonly id: string;
  readonly prenom: string;
  readonly nom: string;
  readonly courriel: string;
};

const adresseComplete = ({ adresse, codePostal }: StructureDeclaree): string =>
  [adresse, adresse?.includes(codePostal ?? '-') ? null : codePostal].filter(Boolean).join(', ');

/** What is known already is not to be typed again. */
const saisieInitiale = (structure: StructureDeclaree, personne: Personne): SaisieCandidature => ({
  identifiant: structure.identifiant ?? '',
  raison_sociale: structure.raisonSociale ?? '',
  nature: structure.nature ?? '',
  adresse: adresseComplete(structure),
  commune: structure.communeCode ?? '',
  contact_prenom: personne.prenom,
  contact_nom: personne.nom,
  contact_courriel: personne.courriel,
});

/**
 * Starts an application to a wave: the person becomes its owner. Refuses a wave that is not open, a département where
 * it is not, and a second active application (`deja`, with the first).
 */
export const commencer = (
  db: Database,
  acteur: Acteur,
  demande: { readonly vagueId: string; readonly structureId: string; readonly personne: Personne },
): Promise<Resultat<string, 'absent' | 'vague' | 'departement' | 'deja'> & { readonly active?: string }> =>
  enTransaction(db, async (transaction) => {
    const { vagueId, structureId, personne } = demande;
    const structure = await findStructureDeclaree(transaction, structureId);
    const [vague] = await listVaguesProposees(transaction, structureId, vagueId);
    if (structure === undefined || vague === undefined)
      return refuser('absent', 'Cette vague est introuvable.');
    const deja = (active: string) => ({
      ...refuser(
        'deja',
        'Votre structure a déjà une candidature à cette vague : continuez-la, ou retirez-la avant d’en commencer une autre.',
      ),
      active,
    });
    if (vague.active !== null) return deja(vague.active);
    if (vague.etat !== 'ouverte')
      return refuser(
        'vague',
        vague.etat === 'a_venir'
          ? 'Cette vague n’est pas encore ouverte : revenez à la date de son ouverture.'
          : 'Cette vague est close : attendez la suivante.',
      );
    if (!vague.departementOuvert)
      return refuser(
        'departement',
        'Cette vague n’est pas ouverte dans le département de votre structure : demandez à votre préfecture quand la suivante le sera.',
      );
    const id = await insererCandidature(transaction, {
      vagueId,
      structureId,
      porteurId: personne.id,
      saisie: saisieInitiale(structure, personne),
    });
    if (id === undefined) {
      const [encore] = await listVaguesProposees(transaction, structureId, vagueId);
      return deja(encore?.active ?? '');
    }
    await journaliser(transaction, acteur, {
      acte: 'candidature.commencer',
      objetType: 'candidature',
      objetId: id,
      contenu: { vague: vagueId },
      ...perimetreDe({ structure }),
    });
    return reussi(id);
  });

/** The fields that may be written now, whatever the page that was drawn. */
export const champsOuverts = (candidature: Candidature, ouverture: Ouverture) => {
  if (ouverture.mode === 'lecture') return [];
  return champsAVerifier(candidature).filter(
    ({ nom }) => ouverture.mode !== 'correction' || ouverture.champs.includes(nom),
  );
};

export type Enregistre = {
  readonly candidature: Candidature;
  /** Fields that a colleague changed meanwhile: theirs is kept. */
  readonly conflits: readonly string[];
};

/**
 * Saves what is typed of some fields, right or wrong, merged with what colleagues wrote since the page was drawn
 * (`avant`). Refuses an application that may not be written any more, and more text than an application holds.
 */
export const enregistrer = (
  db: Database,
  demande: {
    readonly id: string;
    readonly avant: SaisieCandidature;
    readonly tapee: SaisieCandidature;
    /** Communes chosen from a list. */
    readonly choisies: ReadonlySet<string>;
  },
): Promise<Resultat<Enregistre, 'absent' | 'fermee' | 'taille'>> =>
  enTransaction(db, async (transaction) => {
    const candidature = await findCandidature(transaction, demande.id, { verrou: true });
    if (candidature === undefined) return refuser('absent', 'Cette candidature est introuvable.');
    const ouverture = ouvertureDe(candidature);
    if (ouverture.mode === 'lecture') return refuser('fermee', ouverture.raison);
    const ouverts = new Set(champsOuverts(candidature, ouverture).map(({ nom }) => nom));
    const permise = Object.fromEntries(Object.entries(demande.tapee).filter(([nom]) => ouverts.has(nom)));
    const tapee = await resoudreCommunes(transaction, permise, demande.choisies);
    const { saisie, conflits, change } = fusionner(candidature.saisie, demande.avant, tapee);
    // Under the ceiling of the column.
    if (Buffer.byteLength(JSON.stringify(saisie)) > 250_000)
      return refuser('taille', 'Ce que vous avez écrit est trop long : raccourcissez vos réponses.');
    if (change)
      await ecrireSaisie(transaction, candidature.id, {
        ...candidature.tapee,
        ...Object.fromEntries(Object.entries(saisie).filter(([nom]) => nom in tapee)),
      });
    const apres = change ? await findCandidature(transaction, candidature.id) : candidature;
    if (apres === undefined) throw new Error('a saved application is still there');
    return reussi({ candidature: apres, conflits });
  });

/**
 * Drops what was typed since the last submission: what is typed is what was submitted. Refuses what was never
 * submitted, what may not be written any more, and what a colleague wrote since it was seen.
 */
export const annulerModifications = (
  db: Database,
  acteur: Acteur,
  demande: { readonly id: string; readonly version: number },
): Promise<Resultat<undefined, 'absent' | 'fermee' | 'version'>> =>
  enTransaction(db, async (transaction) => {
    const candidature = await findCandidature(transaction, demande.id, { verrou: true });
    if (candidature === undefined) return refuser('absent', 'Cette candidature est introuvable.');
    const ouverture = ouvertureDe(candidature);
    if (ouverture.mode === 'lecture') return refuser('fermee', ouverture.raison);
    const [derniere] = await listVersions(transaction, candidature.id);
    if (derniere === undefined)
      return refuser(
        'fermee',
        'Cette candidature n’est pas encore déposée\u00a0: il n’y a rien à reprendre.',
      );
    if (candidature.version !== demande.version)
      return refuser(
        'version',
        'La candidature a changé entre-temps\u00a0: relisez-la avant d’abandonner vos modifications.',
      );
    await ecrireSaisie(transaction, candidature.id, derniere.contenu.saisie);
    await journaliser(transaction, acteur, {
      acte: 'candidature.annuler_modifications',
      objetType: 'candidature',
      objetId: candidature.id,
      contenu: { depot: derniere.numero },
      ...perimetreDe(candidature),
    });
    return reussi(undefined);
  });

/** Files that one question may have. */
const piecesMax = 10;

/** Attaches a file to a question. Refuses what may not be handed in, and more files than a question has. */
export const joindrePiece = (
  db: Database,
  acteur: Acteur,
  depot: Depot,
  demande: {
    readonly id: string;
    readonly question: string;
    readonly personne: string;
    readonly nom: string;
    readonly contenu: Uint8Array;
  },
): Promise<Resultat<string>> =>
  enTransaction(db, async (transaction) => {
    const candidature = await findCandidature(transaction, demande.id, { verrou: true });
    if (candidature === undefined) return refuser('absent', 'Cette candidature est introuvable.');
    const ouverture = ouvertureDe(candidature);
    if (ouverture.mode === 'lecture') return refuser('fermee', ouverture.raison);
    const champ = champsOuverts(candidature, ouverture).find(({ nom }) => nom === demande.question);
    if (champ?.controle.type !== 'pieces')
      return refuser('question', 'Cette question n’attend pas de fichier.');
    const actuelles = listeSaisie(candidature.saisie, champ.nom);
    if (actuelles.length >= piecesMax)
      return refuser('nombre', `Gardez ${piecesMax} fichiers au plus par question : retirez-en un d’abord.`);
    const depose = await deposerFichier(transaction, depot, acteur, {
      nom: demande.nom,
      contenu: demande.contenu,
      objet: { type: 'candidature', id: candidature.id },
      proprietaire: { structureId: candidature.structure.id },
      deposePar: demande.personne,
    });
    if (!depose.ok) return depose;
    await ecrirePiece(transaction, {
      candidatureId: candidature.id,
      question: champ.nom,
      fichierId: depose.valeur.id,
    });
    await ecrireSaisie(transaction, candidature.id, {
      ...candidature.tapee,
      [champ.nom]: [...actuelles, depose.valeur.id],
    });
    return reussi(depose.valeur.nom);
  });

/** Takes a file away from a question; it stays readable in the submissions that had it, and is destroyed else. */
export const retirerPiece = (
  db: Database,
  acteur: Acteur,
  demande: { readonly id: string; readonly fichier: string },
): Promise<Resultat<undefined>> =>
  enTransaction(db, async (transaction) => {
    const candidature = await findCandidature(transaction, demande.id, { verrou: true });
    if (candidature === undefined) return refuser('absent', 'Cette candidature est introuvable.');
    const ouverture = ouvertureDe(candidature);
    if (ouverture.mode === 'lecture') return refuser('fermee', ouverture.raison);
    const piece = (await listPieces(transaction, candidature.id)).find(({ id }) => id === demande.fichier);
    const champ = champsOuverts(candidature, ouverture).find(({ nom }) => nom === piece?.question);
    const actuelles = champ === undefined ? [] : listeSaisie(candidature.saisie, champ.nom);
    // Twice the same click: it is gone already.
    if (piece === undefined || champ === undefined || !actuelles.includes(piece.id)) return reussi(undefined);
    await ecrireSaisie(transaction, candidature.id, {
      ...candidature.tapee,
      [champ.nom]: actuelles.filter((id) => id !== piece.id),
    });
    if (await estDansUneVersion(transaction, candidature.id, piece.id)) return reussi(undefined);
    await effacerPiece(transaction, piece.id);
    const supprime = await supprimerFichier(transaction, acteur, { id: piece.id });
    return supprime.ok ? reussi(undefined) : supprime;
  });
