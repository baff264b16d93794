import { stringify } from 'csv-stringify/sync';

const colonnes = [
  'id',
  'raison_sociale',
  'siret',
  'type',
  'nb_cnfs',
  'date_comite',
  'code_postal',
  'commune',
  'code_insee',
  'zrr',
  'qpv',
  'france_services',
  'latitude',
  'longitude',
];

const exemple = ['1', 'COMMUNE DE LAON', '21020408700014', 'publique', '2', '24/03/2021'];
const lieu = ['02000', 'Laon', '02408', 'non', 'non', 'oui', '49,5643', '3,621'];

/** A file to fill in: its columns, and one row as an example, to be replaced. */
export const modeleCsv = (): string =>
  stringify([colonnes, [...exemple, ...lieu]], { delimiter: ';', bom: true, record_delimiter: '\r\n' });
