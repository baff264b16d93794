import { createHash, randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import {
  type FichierCsv,
  lireCsv,
  reconnaitreCsv,
  reconnaitreOctets,
  texteDeCellule,
} from '../../platform/csv.ts';
import { type Database, databaseError, enTransaction } from '../../platform/database/index.ts';
import { euros } from '../../platform/francais/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { abandonner, enRefus, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { estEnveloppeDepassee, getDisponible, getProgramme, listRegimes } from '../../programme/index.ts';
import { chargerAnnuaire, listContours } from '../../territoires/index.ts';
import {
  type Bilan,
  compterLectures,
  enregistrerImport,
  type LigneAbsente,
  type LigneBilan,
  listAbsentes,
  listLectures,
  listRejetsLus,
  listSeancesImportees,
} from './bilan.store.ts';
import { type Colonnes, estComplement, reconnaitreColonnes } from './colonnes.rules.ts';
import { type Contexte, type LignePreparee, preparerLigne } from './preparation.rules.ts';
import { reconnaitreLignes, reconnaitreStructures } from './reconnaissance.store.ts';
import {
  ajouterLectures,
  ecrireDecisions,
  ecrireLignes,
  ecrireStructures,
  ouvrirLecture,
  releverAnomaliesCroisees,
} from './store.ts';

export type DemandeImport = {
  /** Where the file is; its name, where `octets` are given. */
  readonly chemin: string;
  readonly octets?: Uint8Array;
  /** Computes and reports everything, writes nothing. */
  readonly simulation: boolean;
  /** Bytes read so far, of all. */
  readonly onProgres?: (lus: number, total: number) => void;
  /** Rows read so far. */
  readonly onLignes?: (lues: number) => void;
  /** Is given the report before anything is final; it can read its rows only during the call. */
  readonly onRapport?: (rapport: RapportImport) => Promise<void>;
};

export type RapportImport = {
  readonly fichier: FichierCsv;
  readonly bilan: Bilan;
  readonly absentes: readonly LigneAbsente[];
  readonly entetes: readonly string[];
  readonly rejets: () => Promise<
    readonly { readonly ligne: number; readonly motif: string; readonly contenu: readonly string[] }[]
  >;
  /** All rows in order, a page at a time. */
  readonly lignes: () => AsyncGenerator<LigneBilan>;
};

export type ImportFait = {
  readonly bilan: Bilan;
  /** Absent after a simulation. */
  readonly id: string | null;
  /** Secret that opens the page of the report. */
  readonly lien: string | null;
};

const batch = 500;

/** SQLSTATE of a lock that was waited for too long. */
const lockNotAvailable = '55P03';

const chargerContexte = async (db: Database, programmeId: string): Promise<Contexte> => {
  const annuaire = await chargerAnnuaire(db);
  const regimes = await listRegimes(db, programmeId);
  const contours = await listContours(db, 'departement');
  return { annuaire, regimes, contours: new Map(contours.map(({ code, geometrie }) => [code, geometrie])) };
};

/** Streams the file into the database; gives back its header. */
const lireFichier = async (
  db: Database,
  fichier: FichierCsv,
  contexte: Contexte,
  demande: DemandeImport,
): Promise<readonly string[]> => {
  let entetes: readonly string[] = [];
  let colonnes: Colonnes = {};
  let complement = false;
  let lues = 0;
  let pending: LignePreparee[] = [];
  for await (const lue of lireCsv(fichier, (read) => demande.onProgres?.(read, fichier.octets))) {
    if (lue.numero === 0) {
      const found = reconnaitreColonnes(lue.valeurs);
      if (!found.ok) return abandonner(found);
      entetes = lue.valeurs;
      colonnes = found.valeur;
      complement = estComplement(entetes);
      continue;
    }
    lues += 1;
    // Rejected rows come back as they were given, made safe for a spreadsheet.
    const valeurs = complement ? lue.valeurs.map(texteDeCellule) : lue.valeurs;
    pending.push(preparerLigne(contexte, colonnes, { ...lue, valeurs }));
    if (pending.length === batch) {
      await ajouterLectures(db, pending);
      demande.onLignes?.(lues);
      pending = [];
    }
  }
  if (lues === 0) {
    return abandonner(
      refuser('vide', `Le fichier ${fichier.chemin} n’a aucune ligne sous ses en-têtes : rien à importer.`),
    );
  }
  if (pending.length > 0) await ajouterLectures(db, pending);
  demande.onLignes?.(lues);
  return entetes;
};

async function* pages(db: Database): AsyncGenerator<LigneBilan> {
  let after = 0;
  for (;;) {
    const rows = await listLectures(db, after, batch);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = last.numero;
  }
}

/**
 * Imports the decisions of the committee from a published CSV: all or nothing, in one transaction (its own, or a part of the one
 * that `db` is). The same file again
 * changes nothing. Refuses a file that cannot be read, lacks its columns or has no row, and an import that would go over the
 * enveloppe.
 */
export const importerCoselec = async (
  db: Database,
  acteur: Acteur,
  demande: DemandeImport,
): Promise<Resultat<ImportFait>> => {
  const reconnu = await (demande.octets
    ? reconnaitreOctets(demande.chemin, demande.octets)
    : reconnaitreCsv(demande.chemin));
  if (!reconnu.ok) return reconnu;
  const fichier = reconnu.valeur;
  const programme = await getProgramme(db);
  if (!programme) return refuser('programme', 'Aucun programme n’est installé dans cette base.');
  const contexte = await chargerContexte(db, programme.id);
  const simule = Symbol('simulation');
  let fait: ImportFait | undefined;
  try {
    return await enRefus(() =>
      enTransaction(db, async (transaction) => {
        await ouvrirLecture(transaction);
        const entetes = await lireFichier(transaction, fichier, contexte, demande);
        await reconnaitreStructures(transaction);
        await releverAnomaliesCroisees(transaction);
        await ecrireStructures(transaction);
        await ecrireDecisions(transaction, programme.id);
        await reconnaitreLignes(transaction, estComplement(entetes));
        await ecrireLignes(transaction, programme.enveloppeId);
        // A complement never has the rows that were accepted the first time.
        const absentes = estComplement(entetes) ? [] : await listAbsentes(transaction);
        const bilan: Bilan = { ...(await compterLectures(transaction)), absentes: absentes.length };
        await demande.onRapport?.({
          fichier,
          bilan,
          absentes,
          entetes,
          rejets: () => listRejetsLus(transaction),
          lignes: () => pages(transaction),
        });
        if (demande.simulation) {
          fait = { bilan, id: null, lien: null };
          throw simule;
        }
        const seances = await listSeancesImportees(transaction);
        const lien = randomBytes(24).toString('base64url');
        const id = await enregistrerImport(transaction, {
          fichier: basename(fichier.chemin),
          empreinte: fichier.empreinte,
          acteur: acteur.identifiant,
          bilan: { ...bilan, listeAbsentes: absentes, seances: seances.map(({ date }) => date) },
          lienEmpreinte: createHash('sha256').update(lien).digest('hex'),
          entetes,
        });
        await journaliser(transaction, acteur, {
          acte: 'candidatures.importer',
          objetType: 'import',
          objetId: id,
          contenu: { ...bilan, empreinte: fichier.empreinte },
        });
        for (const { id: seance, creees, modifiees } of seances) {
          if (creees + modifiees === 0) continue;
          await journaliser(transaction, acteur, {
            acte: 'candidatures.importer_seance',
            objetType: 'seance',
            objetId: seance,
            contenu: { import: id, creees, modifiees },
          });
        }
        return reussi({ bilan, id, lien });
      }),
    );
  } catch (error) {
    if (error === simule && fait) return reussi(fait);
    if (estEnveloppeDepassee(error)) {
      const disponible = euros(await getDisponible(db, programme.enveloppeId));
      return refuser(
        'enveloppe',
        `L’import dépasserait l’enveloppe « ${programme.enveloppeNom} », qui laisse ${disponible} : rien n’a été importé. Vérifiez les nombres de postes du fichier, ou augmentez l’enveloppe.`,
      );
    }
    if (databaseError(error)?.code === lockNotAvailable) {
      return refuser(
        'occupe',
        'Un autre import est en cours : rien n’a été importé. Attendez qu’il se termine, puis recommencez.',
      );
    }
    throw error;
  }
};
