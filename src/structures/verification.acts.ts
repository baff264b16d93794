import { type Database, enTransaction } from '../platform/database/index.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import { type Resultat, refuser, reussi } from '../platform/result.ts';
import type { Annuaire, Etablissement } from './annuaire.ts';
import { nomRecherche } from './rules.ts';
import {
  ecrireDoute,
  ecrireVerifiee,
  listStructuresAVerifier,
  type StructureAVerifier,
} from './verification.store.ts';

const journaliserVerification = (db: Database, acteur: Acteur, structure: StructureAVerifier, par: string) =>
  journaliser(db, acteur, {
    acte: 'structures.verifier',
    objetType: 'structure',
    objetId: structure.id,
    contenu: { par },
    perimetre: {
      structure: structure.id,
      ...(structure.departement === null ? {} : { departement: structure.departement }),
    },
  });

/** What the directory says against a structure; undefined: it confirms it. */
const douteSur = (structure: StructureAVerifier, connu: Etablissement): string | undefined => {
  if (!connu.ouvert) return 'L’annuaire des entreprises dit cet établissement fermé.';
  if (connu.commune !== null && connu.commune !== structure.communeCode)
    return `L’annuaire des entreprises le situe dans une autre commune (code ${connu.commune}).`;
  if (nomRecherche(connu.nom) !== nomRecherche(structure.nom))
    return `L’annuaire des entreprises le nomme « ${connu.nom} ».`;
  return undefined;
};

/**
 * Asks the directory of each structure to verify: what it confirms is verified, what it contradicts waits for somebody.
 * Stops where it does not answer. May be done again.
 */
export const verifierStructures = async (
  db: Database,
  acteur: Acteur,
  annuaire: Annuaire,
): Promise<{ readonly verifiees: number; readonly doutes: number; readonly joignable: boolean }> => {
  let verifiees = 0;
  let doutes = 0;
  for (const structure of await listStructuresAVerifier(db)) {
    if (structure.genre !== 'siret' || structure.identifiant === null) continue;
    // Asked before the transaction: another server is waited for without holding a connection.
    const connu = await annuaire(structure.identifiant);
    if (!connu.ok && connu.refus === 'injoignable') return { verifiees, doutes, joignable: false };
    const doute = connu.ok
      ? douteSur(structure, connu.valeur)
      : 'L’annuaire des entreprises ne connaît pas ce SIRET.';
    await enTransaction(db, async (transaction) => {
      if (doute !== undefined) {
        await ecrireDoute(transaction, structure.id, doute);
        doutes += 1;
      } else if (await ecrireVerifiee(transaction, structure, 'Annuaire des entreprises')) {
        await journaliserVerification(transaction, acteur, structure, 'annuaire');
        verifiees += 1;
      }
    });
  }
  return { verifiees, doutes, joignable: true };
};

/** Somebody who looked confirms a structure by hand. Refuses one that changed since, or that is not theirs to confirm. */
export const confirmerStructure = (
  db: Database,
  acteur: Acteur,
  demande: { readonly id: string; readonly version: number; readonly motif: string },
): Promise<Resultat<undefined, 'absent' | 'version'>> =>
  enTransaction(db, async (transaction) => {
    const structure = (await listStructuresAVerifier(transaction, 10_000)).find(
      ({ id }) => id === demande.id,
    );
    if (structure === undefined) return refuser('absent', 'Cette structure n’est pas à vérifier.');
    if (!(await ecrireVerifiee(transaction, demande, demande.motif)))
      return refuser('version', 'La structure vient de changer : relisez-la, puis confirmez.');
    await journaliserVerification(transaction, acteur, structure, 'main');
    return reussi(undefined);
  });
