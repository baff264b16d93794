import { deposerCourriel } from '../../platform/courriel.ts';
import { type Database, databaseError, enTransaction } from '../../platform/database/index.ts';
import { journaliser } from '../../platform/journal.ts';
import { abandonner, enRefus, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { boiteSansCompte } from '../roles/roles.rules.ts';
import { empreinte, nouveauSecret } from '../secrets.ts';
import {
  ecrireOuverture,
  findOuverture,
  heuresDOuverture,
  noterOuverte,
  type Ouverture,
  ouvrirStructure,
  structureConnue,
} from './ouverture.store.ts';

export type DemandeDOuverture = {
  readonly prenom: string;
  readonly nom: string;
  readonly courriel: string;
  readonly genre: string;
  readonly identifiant: string;
  readonly raisonSociale: string;
  readonly commune: string;
  readonly adresse: string;
};

/**
 * Asks for an account to apply with. A mail leaves, the same whoever is known and whatever is known of the structure;
 * nothing else is made. It holds nothing that was typed: anybody could have us write anything to anybody.
 */
export const demanderOuverture = (acces: Database, demande: DemandeDOuverture): Promise<void> =>
  enTransaction(acces, async (transaction) => {
    const secret = nouveauSecret();
    const { adresse, ...reste } = demande;
    if (!(await ecrireOuverture(transaction, { ...reste, empreinte: empreinte(secret) }))) return;
    await deposerCourriel(transaction, {
      destinataire: demande.courriel,
      objet: 'Ouvrir votre compte pour candidater',
      paragraphes: [
        'Bonjour,',
        'Vous avez demandé un compte pour qu’une structure candidate à l’accueil de conseillers numériques. Ouvrez ce lien, puis confirmez.',
        'Si la structure est déjà connue de Maillage, la page vous dira comment rejoindre les personnes qui la gèrent.',
        `Le lien sert pendant ${heuresDOuverture} heures. Si vous n’avez rien demandé, ne faites rien.`,
      ],
      lien: { texte: 'Confirmer mon adresse', href: `${adresse}/candidater/compte/${secret}` },
      secret: true,
    });
  });

export const lireLienDOuverture = (acces: Database, secret: string): Promise<Ouverture | undefined> =>
  findOuverture(acces, empreinte(secret));

const connue = () =>
  refuser(
    'connue',
    'Cette structure est déjà connue de Maillage. Demandez à une personne qui la gère de vous inviter, ou demandez l’accès de la structure par courrier.',
  );

/**
 * Confirms the mailbox: makes the structure, to be verified, its first manager and their role. Of a structure that is
 * known, nothing is made (`connue`). A link serves once; pressed twice it says the same.
 */
export const confirmerOuverture = async (
  acces: Database,
  secret: string,
): Promise<Resultat<undefined, 'lien' | 'connue' | 'boite'>> => {
  try {
    return (await enRefus(() =>
      enTransaction(acces, async (transaction): Promise<Resultat<undefined, 'lien' | 'connue' | 'boite'>> => {
        const digest = empreinte(secret);
        const demande = await findOuverture(transaction, digest, true);
        if (demande === undefined) return refuser('lien', 'Ce lien a expiré : refaites la demande.');
        if (demande.utilisee) return reussi(undefined);
        if (await structureConnue(transaction, demande.genre, demande.identifiant)) return connue();
        const ouverte = await ouvrirStructure(transaction, demande);
        // A name that the commune has already, a closed account: what was written is undone.
        if (ouverte === undefined) return abandonner(connue());
        await noterOuverte(transaction, digest, ouverte.personne);
        await journaliser(
          transaction,
          { identifiant: `personne:${ouverte.personne}`, role: 'visiteur' },
          {
            acte: 'acces.ouvrir_compte',
            objetType: 'structure',
            objetId: ouverte.structure,
            perimetre: { structure: ouverte.structure },
          },
        );
        return reussi(undefined);
      }),
    )) as Resultat<undefined, 'lien' | 'connue' | 'boite'>;
  } catch (error) {
    if (databaseError(error)?.constraint === 'boite_sans_compte') return refuser('boite', boiteSansCompte);
    throw error;
  }
};
