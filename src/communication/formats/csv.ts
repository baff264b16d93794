import { stringify } from 'csv-stringify/sync';
import type { Communique } from '../document.ts';

const COLONNES = [
  'departement',
  'seance',
  'libelle',
  'postes',
  'commune',
  'code_commune',
  'siret',
  'itinerant',
] as const;

/**
 * The list of retained structures for a spreadsheet set in French: `;`, UTF-8 with BOM, CRLF. A cell that a
 * spreadsheet would take for a formula is preceded by an apostrophe (OWASP, CSV injection). Draft marks stay
 * out: the column holds the public label.
 */
export function csv(communique: Communique): string {
  const lignes = communique.liste.lignes.map((ligne) => ({
    departement: communique.departement.code,
    seance: communique.seance,
    libelle: ligne.libelle,
    postes: ligne.postes,
    commune: ligne.commune ?? '',
    code_commune: ligne.codeCommune ?? '',
    siret: ligne.siret ?? '',
    itinerant: ligne.itinerant ? 'oui' : 'non',
  }));
  return stringify(lignes, {
    bom: true,
    header: true,
    columns: [...COLONNES],
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}
