import { deposerCourriel } from '../../platform/courriel.ts';
import { type Database, databaseError, enTransaction } from '../../platform/database/index.ts';
import type { Acteur } from '../../platform/journal.ts';
import { abandonner, enRefus, exiger, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { changerStatut } from '../../platform/workflow.ts';
import { workflowCandidature } from '../workflow.ts';
import { composerAccuse } from './accuse.rules.ts';
import { perimetreDe } from './brouillon.acts.ts';
import { etapes } from './champ.ts';
import { champsDe } from './champs.ts';
import { schemaIdentite } from './noyau.ts';
import { ouvertureDe, sortieDe } from './ouverture.rules.ts';
import {
  communesSaisies,
  listeSaisie,
  type Piece,
  sectionsDe,
  sontInchanges,
  texteSaisi,
} from './saisie.rules.ts';
import { type Candidature, findCandidature, findService, listNomsDeCommunes, listPieces } from './store.ts';
import { champsAVerifier, lireDemande, verifier } from './verification.ts';
import {
  declarerStructure,
  ecrireDemande,
  ecrireReponse,
  ecrireVersion,
  listVersions,
} from './versions.store.ts';

/** What the answers of an application are read with: the names of communes, the files of each question. */
export const lireContexte = async (db: Database, candidature: Candidature) => {
  const pieces = await listPieces(db, candidature.id);
  const dePiece = (nom: string): readonly Piece[] => {
    const gardees = new Set(listeSaisie(candidature.saisie, nom));
    return pieces
      .filter(({ question, id }) => question === nom && gardees.has(id))
      .map(({ id, nom: fichier, taille }) => ({ id, nom: fichier, taille }));
  };
  const champs = champsDe(candidature.vague);
  return {
    communes: await listNomsDeCommunes(db, communesSaisies(candidature.saisie)),
    pieces: new Map(
      champs.flatMap(({ nom, controle }) =>
        controle.type === 'pieces' ? [[nom, dePiece(nom)] as const] : [],
      ),
    ),
  };
};

/** Whether somebody may submit: the owner, and those whom the owner lets. */
export const peutDeposer = (
  { porteur, depositaires }: Pick<Candidature, 'porteur' | 'depositaires'>,
  personne: string,
): boolean => porteur?.id === personne || depositaires.includes(personne);

const transitions = {
  brouillon: 'deposer',
  modification: 'redeposer',
  correction: 'corriger',
} as const;

export type Depose = { readonly version: number; readonly mode: keyof typeof transitions };

/** Persons told by mail of what happens to an application, once each. */
const destinataires = async (db: Database, ids: readonly (string | undefined)[]) =>
  db
    .selectFrom('personne')
    .select(['id', 'courriel'])
    .where('id', 'in', [
      ...new Set(ids.filter((id) => id !== undefined)),
      '00000000-0000-0000-0000-000000000000',
    ])
    .where('effacee_le', 'is', null)
    .execute();

/**
 * Submits what is typed, for the first time, again before the closing, or as the corrections asked for. The typed
 * columns, the places, the version kept for ever, the journal and the mail of receipt are written together. Refuses who
 * may not submit, what is not complete, what did not change (a correction: unless it is confirmed), and a wave that is not open.
 */
export const deposer = (
  db: Database,
  acteur: Acteur,
  demande: {
    readonly id: string;
    readonly version: number;
    readonly personne: string;
    readonly adresse: string;
    /** Sends a correction back though nothing that was asked for changed. */
    readonly sansChangement?: boolean;
  },
): Promise<Resultat<Depose>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const candidature = await findCandidature(transaction, demande.id, { verrou: true });
      if (candidature === undefined) return refuser('absent', 'Cette candidature est introuvable.');
      const { id, saisie, structure, vague, correction } = candidature;
      if (!peutDeposer(candidature, demande.personne))
        return refuser(
          'droits',
          `Seule la personne qui porte la candidature${candidature.porteur ? `, ${candidature.porteur.nom},` : ''} peut la déposer, ou celles à qui elle le permet. Demandez-lui, ou demandez à porter la candidature.`,
        );
      const [derniere] = await listVersions(transaction, id);
      const ouverture = ouvertureDe(candidature);
      if (ouverture.mode === 'lecture') return refuser('fermee', ouverture.raison);
      if (
        ouverture.mode === 'modification' &&
        JSON.stringify(derniere?.contenu.saisie) === JSON.stringify(saisie)
      )
        return refuser(
          'inchangee',
          'Rien n’a changé depuis votre dernier dépôt : il n’y a rien à déposer à nouveau.',
        );
      if (
        ouverture.mode === 'correction' &&
        demande.sansChangement !== true &&
        sontInchanges(ouverture.champs, saisie, derniere?.contenu.saisie ?? {})
      )
        return refuser(
          'sans_changement',
          'Aucune des réponses demandées n’a changé\u00a0: corrigez-les, ou confirmez que vous les envoyez telles quelles.',
        );
      const champs = champsDe(vague);
      const contexte = await lireContexte(transaction, candidature);
      const manques = Object.keys(verifier(champsAVerifier(candidature), saisie, contexte)).length;
      if (manques > 0)
        return refuser(
          'incomplete',
          'Il reste des réponses à compléter ou à corriger : la liste est ci-dessous.',
        );
      // Typed while the wave still let coordinators be asked for.
      const lue = lireDemande(vague.coordinateurs ? saisie : { ...saisie, coordinateurs: '' });
      if (!structure.verrouillee)
        await declarer(transaction, structure.id, { ...schemaIdentite.parse(saisie), ...lue });
      await ecrireDemande(transaction, id, lue);
      const service = await findService(transaction, structure.departement);
      const version = await ecrireVersion(transaction, id, {
        personne: demande.personne,
        contenu: { saisie, sections: sectionsDe(champs, etapes, saisie, contexte), service },
      });
      if (correction !== null && ouverture.mode === 'correction')
        await ecrireReponse(transaction, correction.id);
      exiger(
        await changerStatut(transaction, workflowCandidature, acteur, {
          id,
          version: demande.version,
          nom: transitions[ouverture.mode],
          contenu: { depot: version.numero },
          ...perimetreDe(candidature),
        }),
      );
      const accuse = composerAccuse({
        numero: candidature.numero,
        version: version.numero,
        vague: vague.nom,
        structure: texteSaisi(saisie, 'raison_sociale'),
        identifiant: texteSaisi(saisie, 'identifiant'),
        postes: lue.postes,
        recueLe: version.deposeeLe,
        service,
      });
      for (const personne of await destinataires(transaction, [candidature.porteur?.id, demande.personne]))
        await deposerCourriel(transaction, {
          destinataire: personne.courriel,
          personne: personne.id,
          objet: `${accuse.objet} (n° ${candidature.numero})`,
          paragraphes: [
            ...accuse.avant,
            ...accuse.mentions.map(
              ({ titre, lignes }) => `${titre} : ${lignes.join(', ').replaceAll('., ', '. ')}`,
            ),
          ],
          lien: {
            texte: 'Télécharger l’accusé de réception et suivre la candidature',
            href: `${demande.adresse}/candidatures/${id}`,
          },
          cle: `accuse:${version.id}:${personne.id}`,
          objetType: 'candidature',
          objetId: id,
        });
      return reussi({ version: version.numero, mode: ouverture.mode });
    }),
  );

const declarer = async (
  db: Database,
  structureId: string,
  lue: Parameters<typeof declarerStructure>[2],
): Promise<void> => {
  try {
    await enTransaction(db, (transaction) => declarerStructure(transaction, structureId, lue));
  } catch (error) {
    if (databaseError(error)?.code !== '23505') throw error;
    abandonner(
      refuser(
        'structure',
        'Ce numéro est déjà celui d’une autre structure : vérifiez-le. S’il est juste, demandez à cette structure de vous inviter, ou écrivez à votre préfecture.',
      ),
    );
  }
};

/** Takes an application back, from wherever it stands: abandons a draft, withdraws, gives posts up. */
export const sortir = (
  db: Database,
  acteur: Acteur,
  demande: {
    readonly id: string;
    readonly version: number;
    readonly personne: string;
    readonly motif: string;
  },
): Promise<Resultat<'abandonner' | 'retirer' | 'se_desister'>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const candidature = await findCandidature(transaction, demande.id, { verrou: true });
      if (candidature === undefined) return refuser('absent', 'Cette candidature est introuvable.');
      const nom = sortieDe(candidature.statut);
      if (nom === undefined)
        return refuser('etat', 'Cette candidature est déjà terminée : il n’y a rien à retirer.');
      if (!peutDeposer(candidature, demande.personne))
        return refuser(
          'droits',
          'Seule la personne qui porte la candidature peut faire cela, ou celles à qui elle permet de déposer.',
        );
      exiger(
        await changerStatut(transaction, workflowCandidature, acteur, {
          id: demande.id,
          version: demande.version,
          nom,
          motif: demande.motif,
          ...perimetreDe(candidature),
        }),
      );
      return reussi(nom);
    }),
  );
