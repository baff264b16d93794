import { stringify } from 'csv-stringify/sync';
import { cellule } from '../../platform/csv.ts';
import { adressesDuModele, colonnesDeFichier, type LigneDeLot } from './invitations.rules.ts';

const enCsv = (lignes: readonly (readonly string[])[]): string =>
  `\ufeff${stringify(
    lignes.map((ligne) => ligne.map((texte) => cellule(texte))),
    { delimiter: ';', record_delimiter: '\r\n' },
  )}`;

/** An empty file to fill in, with two lines as examples. */
export const modeleDeFichier = (): string =>
  enCsv([
    colonnesDeFichier,
    [adressesDuModele[0], 'Prénom', 'Nom', 'gestionnaire', '21020321200092', 'directrice du tiers-lieu', ''],
    [adressesDuModele[1], 'Autre', 'Nom', 'conseiller', '21020321200092', 'arrivée en poste', '31/12/2027'],
  ]);

/** The lines that were stopped, with why: to be corrected and sent again. */
export const fichierDesErreurs = (lignes: readonly LigneDeLot[]): string =>
  enCsv([
    [...colonnesDeFichier, 'erreurs'],
    ...lignes
      .filter(({ erreurs }) => erreurs.length > 0)
      .map(({ valeurs, erreurs }) => [
        ...colonnesDeFichier.map((colonne) => valeurs[colonne]),
        erreurs.join(' '),
      ]),
  ]);
