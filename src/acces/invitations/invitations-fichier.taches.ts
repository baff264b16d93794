import { z } from 'zod';
import { deposerCourriel } from '../../platform/courriel.ts';
import { endosser } from '../../platform/database/acteur.ts';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { pluriel } from '../../platform/francais/index.ts';
import { type Acteur, acteurPersonne, journaliser } from '../../platform/journal.ts';
import { type DeclaredTache, defineTache, type OutilsTache } from '../../platform/taches.ts';
import { lireDonneur } from '../roles/roles.store.ts';
import { rolesAttribuables } from '../rules.ts';
import { inviter } from './invitations.acts.ts';
import type { LigneDeLot } from './invitations.rules.ts';
import { lireDemandes } from './invitations-fichier.lecture.ts';
import { courrielDe, ecrireLignes, type Lot, lireLotEnCours } from './invitations-fichier.store.ts';

const donnees = z.object({ lot: z.uuid(), personne: z.uuid(), attribution: z.uuid() });
type Donnees = z.infer<typeof donnees>;

/** Lines that leave together: what is cut short takes no more than these up again, and the page follows them. */
const paquet = 50;

const systeme: Acteur = { identifiant: 'tache:invitations', role: 'operateur' };

const aEnvoyer = ({ envoyee }: LigneDeLot): boolean => envoyee === undefined;

/** Who asked for a file to leave, and the address of the site. */
type Demandeur = { readonly personne: string; readonly adresse: string };

/** Writes what became of lines; with the last of them the file is done, which the journal and a mail tell. */
const avancer = async (
  transaction: Database,
  acteur: Acteur,
  { personne, adresse }: Demandeur,
  lot: Lot,
  faites: readonly LigneDeLot[],
): Promise<boolean> => {
  const parNumero = new Map(faites.map((ligne) => [ligne.ligne, ligne]));
  const lignes = lot.lignes.map((ligne) => parNumero.get(ligne.ligne) ?? ligne);
  const fini = !lignes.some(aEnvoyer);
  await ecrireLignes(transaction, lot.id, lignes, fini);
  if (!fini) return false;
  const envoyees = lignes.filter(({ envoyee }) => envoyee).length;
  const refusees = lignes.length - envoyees;
  await journaliser(transaction, acteur, {
    acte: 'acces.inviter_par_fichier',
    objetType: 'lot_invitation',
    objetId: lot.id,
    contenu: { lignes: lignes.length, envoyees },
  });
  const destinataire = await courrielDe(transaction, personne);
  if (destinataire !== undefined)
    await deposerCourriel(transaction, {
      destinataire,
      objet:
        envoyees === 0
          ? 'Vos invitations par fichier ne sont pas parties'
          : 'Vos invitations par fichier sont parties',
      paragraphes: [
        `${pluriel(envoyees, 'invitation est partie', 'invitations sont parties')}.`,
        refusees === 0
          ? 'Toutes les lignes du fichier sont parties.'
          : `${pluriel(refusees, 'ligne n’est pas partie', 'lignes ne sont pas parties')} : le compte rendu dit pourquoi.`,
      ],
      lien: { texte: 'Lire le compte rendu', href: `${adresse}/invitations/fichier/${lot.id}` },
      personne,
      cle: `lot_invitation:${lot.id}`,
      objetType: 'lot_invitation',
      objetId: lot.id,
    });
  return true;
};

type Avancee = { readonly fini: boolean; readonly panne?: unknown };

/** Invites the next lines of a file, each once: what they become is written in the same transaction. */
const envoyerPaquet = async (transaction: Database, demandeur: Demandeur, lot: Lot): Promise<Avancee> => {
  const donneur = await lireDonneur(transaction);
  const role = rolesAttribuables.find((nom) => nom === donneur.role);
  if (role === undefined) throw new Error('who acts in a role that runs has one');
  const acteur = acteurPersonne(demandeur.personne, role);
  const restantes = lot.lignes.filter(aEnvoyer).slice(0, paquet);
  const lues = new Map((await lireDemandes(transaction, restantes)).map((lue) => [lue.ligne, lue]));
  const faites: LigneDeLot[] = [];
  let panne: unknown;
  for (const ligne of restantes) {
    const lue = lues.get(ligne.ligne);
    const { demande, connu } = lue ?? {};
    if (!demande) {
      faites.push({ ...ligne, erreurs: lue?.erreurs ?? ligne.erreurs, envoyee: false });
      continue;
    }
    try {
      const sent = await enTransaction(transaction, (part) =>
        inviter(part, acteur, { ...demande, adresse: demandeur.adresse }, connu),
      );
      faites.push({ ...ligne, erreurs: sent.ok ? [] : [sent.message], envoyee: sent.ok });
    } catch (error) {
      // One line is undone alone; where nothing can be asked any more, what follows fails in its turn.
      panne ??= error;
      const raison =
        'Cette invitation n’a pas pu partir : une panne l’a arrêtée. Invitez cette personne à part.';
      faites.push({ ...ligne, erreurs: [raison], envoyee: false });
    }
  }
  return { fini: await avancer(transaction, acteur, demandeur, lot, faites), panne };
};

/** Whoever asked may no longer invite: what has not left stays, with that reason. */
const arreter = async (transaction: Database, id: string, demandeur: Demandeur): Promise<void> => {
  const lot = await lireLotEnCours(transaction, id, demandeur.personne);
  if (lot === undefined) return;
  const raison = 'Votre rôle a pris fin avant l’envoi de cette ligne.';
  await avancer(
    transaction,
    systeme,
    demandeur,
    lot,
    lot.lignes.filter(aEnvoyer).map((ligne) => ({ ...ligne, erreurs: [raison], envoyee: false })),
  );
};

const envoyer = async (
  { db, adresse, signal }: Pick<OutilsTache, 'db' | 'adresse' | 'signal'>,
  { lot: id, personne, attribution }: Donnees,
): Promise<void> => {
  const demandeur = { personne, adresse };
  let panne: unknown;
  for (;;) {
    signal.throwIfAborted();
    const suite = await db.transaction().execute(async (transaction): Promise<Avancee | undefined> => {
      // Under the role of whoever asked, so that nobody gives by a job what they would not by hand.
      if (!(await endosser(transaction, personne, attribution))) return undefined;
      const lot = await lireLotEnCours(transaction, id, personne);
      return lot === undefined ? { fini: true } : envoyerPaquet(transaction, demandeur, lot);
    });
    panne ??= suite?.panne;
    if (suite === undefined)
      await db.transaction().execute((transaction) => arreter(transaction, id, demandeur));
    if (suite?.fini ?? true) break;
  }
  // Told to who looks after the service, once every line has had its turn; taken up again, there is nothing left to do.
  if (panne !== undefined) throw panne;
};

/** Sends the lines of a file, some at a time; taken up again, it goes on where it was cut. */
export const tacheEnvoi: DeclaredTache<Donnees> = defineTache({
  nom: 'envoyer-invitations',
  libelle: 'Envoyer les invitations d’un fichier',
  donnees,
  travail: envoyer,
});
