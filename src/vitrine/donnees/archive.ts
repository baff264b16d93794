import { promisify } from 'node:util';
import { type AsyncZipOptions, type AsyncZippable, strToU8, zip } from 'fflate';
import type { Database } from '../../platform/database/index.ts';
import { instantLong } from '../../platform/francais/index.ts';
import { ecrireListe, parcourirListe, tableSchema } from '../../platform/listes/index.ts';
import { attribution, listes } from './catalogue.ts';
import { lireEmpreinte, lireInstant } from './store.ts';

type Archive = {
  readonly jour: string;
  readonly instant: string;
  readonly empreinte: string;
  readonly octets: Uint8Array;
};

const comprimer = promisify<AsyncZippable, AsyncZipOptions, Uint8Array>(zip);

const texte = async (parts: AsyncIterable<string | Uint8Array>): Promise<string> => {
  let whole = '';
  for await (const part of parts) whole += part;
  return whole;
};

/** Every list as CSV with its schema, as the public sees them at one instant, in one file. */
const composer = async (db: Database, jour: string, adresse: string): Promise<Archive> => {
  const { files, ...lue } = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      const instant = await lireInstant(transaction);
      const files: Record<string, Uint8Array> = {
        'LISEZMOI.txt': strToU8(
          [
            `Données publiques de Maillage, telles qu’elles étaient le ${instantLong(instant)}.`,
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
      return { files, instant, empreinte: await lireEmpreinte(transaction, instant) };
    });
  // In threads: compressing would keep the server from everybody.
  return { jour, ...lue, octets: await comprimer(files, { level: 9, mtime: new Date(`${jour}T00:00:00`) }) };
};

const kept = new WeakMap<Database, Promise<Archive>>();

const tientEncore = async (db: Database, { instant, empreinte }: Archive): Promise<boolean> =>
  (await lireEmpreinte(db, instant)) === empreinte;

/**
 * The archive of the day: made in the night, or by the first who asks for it, and then the same until the next day
 * (`jour`, `yyyy-mm-dd`), though more is announced or a name is corrected. It is made again before that when a decision
 * or communiqué that it holds is announced no more (withdrawn, removed, another database restored): what is no longer
 * public does not stay in it.
 */
export const archiveDuJour = async (db: Database, jour: string, adresse: string): Promise<Archive> => {
  const running = kept.get(db);
  const held = await running;
  if (held?.jour === jour && (await tientEncore(db, held))) return held;
  // Somebody else found the same meanwhile, and is making it.
  const other = kept.get(db);
  if (other && other !== running) return other;
  const made = composer(db, jour, adresse);
  kept.set(db, made);
  made.catch(() => kept.delete(db));
  return made;
};
