import { strToU8, zipSync } from 'fflate';
import type { Database } from '../../platform/database/index.ts';
import { ecrireListe, parcourirListe, tableSchema } from '../../platform/listes/index.ts';
import { attribution, listes } from './catalogue.ts';

type Archive = { readonly jour: string; readonly octets: Uint8Array };

const texte = async (parts: AsyncIterable<string | Uint8Array>): Promise<string> => {
  let whole = '';
  for await (const part of parts) whole += part;
  return whole;
};

/** Every list as CSV with its schema, as the public sees them at one instant, in one file. */
const composer = async (db: Database, jour: string, adresse: string): Promise<Uint8Array> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      const files: Record<string, Uint8Array> = {
        'LISEZMOI.txt': strToU8(
          [
            `Données publiques de Maillage, telles qu’elles étaient le ${jour}.`,
            `Source : ${attribution}.`,
            'Fichiers CSV : UTF-8, séparateur point-virgule, virgule décimale. À chacun son schéma (Table Schema).',
            `Dernière version : ${adresse}/donnees`,
            '',
          ].join('\r\n'),
        ),
      };
      for (const liste of listes) {
        const lignes = parcourirListe(transaction, liste, { filtres: {} });
        files[`${liste.code}.csv`] = strToU8(await texte(ecrireListe(liste, 'csv', lignes, attribution)));
        files[`${liste.code}.schema.json`] = strToU8(JSON.stringify(tableSchema(liste, adresse), null, 2));
      }
      // The same content has the same bytes.
      return zipSync(files, { level: 9, mtime: new Date(`${jour}T00:00:00`) });
    });

const kept = new WeakMap<Database, Promise<Archive>>();

/**
 * The archive of the day: made in the night, or by the first who asks for it, and then the same until the next day
 * (`jour`, `yyyy-mm-dd`).
 */
export const archiveDuJour = async (db: Database, jour: string, adresse: string): Promise<Archive> => {
  const held = await kept.get(db);
  if (held?.jour === jour) return held;
  const made = composer(db, jour, adresse).then((octets) => ({ jour, octets }));
  kept.set(db, made);
  made.catch(() => kept.delete(db));
  return made;
};
