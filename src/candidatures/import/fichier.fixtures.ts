import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const communes = [
  ['Laon', '02000', '02408'],
  ['Saint-Quentin', '02100', '02691'],
  ['Lille', '59000', '59350'],
  ['Maubeuge', '59600', '59392'],
  ['Amiens', '80000', '80021'],
  ['Ajaccio', '20000', '2A004'],
  ['Saint-Denis', '97400', '97411'],
  ['Bordeaux', '33000', '33063'],
] as const;

const dates = ['2021-03-24', '2021-04-07', '2021-05-19', '2021-06-30'];

/** Last digit that makes 13 digits a SIRET. */
const key = (digits: string): number => {
  const sum = [...digits].reduce((total, char, index) => {
    const value = Number(char) * (index % 2 === 1 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10;
};

/** The SIRET of a rank, with its right key. */
export const siret = (index: number): string => {
  const base = `5${String(index).padStart(7, '0')}`;
  const body = `${base}${String(index % 10)}0001`;
  // Over 13 digits the even positions from the left are doubled: the key falls last.
  return `${body}${key(body)}`;
};

/** Writes a committee's file of a number of rows, the same for the same number: about one in twenty has a defect. */
export const ecrireFichier = async (chemin: string, lignes: number): Promise<void> => {
  const out = createWriteStream(chemin);
  out.write(
    'id;raison_sociale;siret;type;nb_cnfs;date_comite;adresse;code_postal;commune;code_insee;zrr;qpv;france_services;latitude;longitude;montant\n',
  );
  for (let index = 1; index <= lignes; index += 1) {
    const [commune, codePostal, code] = communes[index % communes.length] ?? communes[0];
    const postal = index % 20 === 0 ? codePostal.replace(/^0/, '') : codePostal;
    const number = index % 40 === 0 ? '' : siret(index);
    const type = index % 3 === 0 ? 'privée' : 'publique';
    const row = [
      index,
      `STRUCTURE ${index}`,
      number,
      type,
      1,
      dates[index % 4],
      `"${index} RUE DE LA PAIX\n${codePostal} ${commune}"`,
      postal,
      commune,
      code,
      'non',
      index % 2 ? 'oui' : '',
      'non',
      '',
      '',
      '',
    ];
    if (!out.write(`${row.join(';')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
};
