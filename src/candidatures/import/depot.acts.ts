import { type FichierCsv, lireCsv, reconnaitreOctets } from '../../platform/csv.ts';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { instantLong } from '../../platform/francais/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { enRefus, exiger, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { demanderTache } from '../../platform/taches.ts';
import { changerStatut } from '../../platform/workflow.ts';
import { reconnaitreColonnes } from './colonnes.rules.ts';
import { ajouterDepot, fermerDepot, getDepot, noterConfirmation, remettreProgres } from './depot.store.ts';
import { tacheImporter, tacheSimuler } from './depot.taches.ts';
import { workflowDepot } from './workflow.ts';

/** Bytes of a file sent on the web: some 25 000 rows, where the whole country is 1 450. */
const octetsMax = 5_242_880;

/** The end of whatever path was sent, without what cannot be seen. */
const nomDeFichier = (nom: string): string =>
  (
    nom
      .toWellFormed()
      .split(/[/\\]/)
      .at(-1)
      ?.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
      .trim() || 'fichier.csv'
  ).slice(-120);

/** A workbook is a ZIP archive, or an OLE file in its old form. */
const estClasseur = (octets: Uint8Array): boolean =>
  ['504b0304', 'd0cf11e0'].includes(Buffer.from(octets.subarray(0, 4)).toString('hex'));

/** Reads a file through without keeping it: what is said at its field before anything is stored. */
const examinerFichier = (
  nom: string,
  octets: Uint8Array,
): Promise<Resultat<{ readonly fichier: FichierCsv; readonly lignes: number }>> =>
  enRefus(async () => {
    if (octets.length > octetsMax)
      return refuser(
        'poids',
        `Le fichier ${nom} dépasse 5 Mo. Retirez les lignes qui ne sont pas à importer, ou partagez-le en plusieurs.`,
      );
    if (estClasseur(octets))
      return refuser(
        'classeur',
        `Le fichier ${nom} est un classeur. Dans le tableur, enregistrez-le au format « CSV UTF-8 », puis choisissez le fichier obtenu.`,
      );
    const fichier = exiger(await reconnaitreOctets(nom, octets));
    let lignes = 0;
    for await (const { numero, valeurs } of lireCsv(fichier)) {
      if (numero === 0) exiger(reconnaitreColonnes(valeurs));
      else lignes += 1;
    }
    return lignes === 0
      ? refuser('vide', `Le fichier ${nom} n’a aucune ligne sous ses en-têtes : rien à importer.`)
      : reussi({ fichier, lignes });
  });

/** Keeps a file and asks for its preview. Refuses one that `examinerFichier` refuses. */
export const deposerFichier = (
  db: Database,
  acteur: Acteur,
  demande: { readonly personne: string; readonly nom: string; readonly octets: Uint8Array },
): Promise<Resultat<string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const nom = nomDeFichier(demande.nom);
      const { fichier, lignes } = exiger(await examinerFichier(nom, demande.octets));
      const id = await ajouterDepot(transaction, {
        fichier: nom,
        empreinte: fichier.empreinte,
        lignes,
        contenu: Buffer.from(demande.octets),
        personne: demande.personne,
      });
      await journaliser(transaction, acteur, {
        acte: 'import_depot.deposer',
        objetType: 'import_depot',
        objetId: id,
        contenu: { lignes, octets: demande.octets.length, empreinte: fichier.empreinte },
      });
      await demanderTache(transaction, tacheSimuler, { depot: id, version: 1 });
      return reussi(id);
    }),
  );

type Demande = { readonly id: string; readonly version: number };

/**
 * Confirms what the preview shows and asks for the import. Of two attempts one is taken. Refuses where another import
 * ended since the preview: it must be read again.
 */
export const confirmerDepot = (
  db: Database,
  acteur: Acteur,
  { personne, ...demande }: Demande & { readonly personne: string },
): Promise<Resultat<undefined>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const depot = await getDepot(transaction, demande.id);
      if (depot?.statut === 'simule' && depot.autreImportLe !== null)
        return refuser(
          'change',
          `Un autre import s’est terminé le ${instantLong(depot.autreImportLe)}, après cet aperçu : refaites l’aperçu avant de confirmer.`,
        );
      const { version } = exiger(
        await changerStatut(transaction, workflowDepot, acteur, { ...demande, nom: 'confirmer' }),
      );
      await noterConfirmation(transaction, demande.id, personne);
      await demanderTache(transaction, tacheImporter, { depot: demande.id, version });
      return reussi(undefined);
    }),
  );

/** Asks for another preview of a file that is still kept; an import that was confirmed and not done is given up. */
export const reprendreDepot = (
  db: Database,
  acteur: Acteur,
  demande: Demande,
): Promise<Resultat<undefined>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const { version } = exiger(
        await changerStatut(transaction, workflowDepot, acteur, { ...demande, nom: 'reprendre' }),
      );
      await remettreProgres(transaction, demande.id, null);
      await demanderTache(transaction, tacheSimuler, { depot: demande.id, version });
      return reussi(undefined);
    }),
  );

/** Gives a file up, before it is imported: an import under way then writes nothing. */
export const abandonnerDepot = (
  db: Database,
  acteur: Acteur,
  demande: Demande,
): Promise<Resultat<undefined>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      exiger(await changerStatut(transaction, workflowDepot, acteur, { ...demande, nom: 'abandonner' }));
      await fermerDepot(transaction, demande.id);
      return reussi(undefined);
    }),
  );
