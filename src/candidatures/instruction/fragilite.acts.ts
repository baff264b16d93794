import { sql } from 'kysely';
import { type FichierCsv, lireCsv } from '../../platform/csv.ts';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { enRefus, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { type IndiceLu, type LigneFragilite, lireIndice } from './fragilite.rules.ts';

export type RapportFragilite = {
  readonly lus: number;
  readonly indices: readonly IndiceLu[];
  readonly rejets: readonly LigneFragilite[];
};

const entetes = ['code_insee', 'indice'];

/** Reads a file of indices and says what is wrong with each bad line; writes nothing. */
export const lireFragilite = (db: Database, fichier: FichierCsv): Promise<Resultat<RapportFragilite>> =>
  enRefus(async () => {
    const { rows } = await sql<{ code: string }>`select code from commune`.execute(db);
    const communes = new Set(rows.map(({ code }) => code));
    const indices = new Map<string, IndiceLu>();
    const rejets: LigneFragilite[] = [];
    let lus = 0;
    let premiere = true;
    for await (const { ligne, valeurs } of lireCsv(fichier)) {
      if (premiere) {
        premiere = false;
        if (entetes.every((nom, rang) => valeurs[rang]?.toLowerCase() === nom)) continue;
        return refuser(
          'entetes',
          'La première ligne doit être « code_insee;indice », et les suivantes une commune chacune.',
        );
      }
      lus += 1;
      const texte = valeurs.join(';').slice(0, 200);
      const lu = lireIndice(valeurs);
      if (typeof lu === 'string') rejets.push({ ligne, texte, motif: lu });
      else if (!communes.has(lu.code))
        rejets.push({ ligne, texte, motif: 'aucune commune actuelle n’a ce code' });
      else if (indices.has(lu.code))
        rejets.push({ ligne, texte, motif: 'cette commune a déjà un indice plus haut dans le fichier' });
      else indices.set(lu.code, lu);
    }
    return reussi({ lus, indices: [...indices.values()], rejets });
  });

/**
 * Writes the index of digital fragility of communes; those that the file does not name keep theirs. Told in the
 * journal with its source.
 */
export const importerFragilite = (
  db: Database,
  acteur: Acteur,
  { indices, source }: { readonly indices: readonly IndiceLu[]; readonly source: string },
): Promise<Resultat<{ readonly ecrits: number }>> =>
  enTransaction(db, async (transaction) => {
    if (indices.length === 0)
      return refuser(
        'vide',
        'Aucune ligne du fichier ne peut être importée : corrigez-le, puis recommencez.',
      );
    await sql`
      insert into fragilite (commune_code, indice, source)
      select code, indice, ${source}
      from unnest(${indices.map(({ code }) => code)}::text[], ${indices.map(({ indice }) => indice)}::float8[])
        lue (code, indice)
      on conflict (commune_code) do update
        set indice = excluded.indice, source = excluded.source, importee_le = now()`.execute(transaction);
    await journaliser(transaction, acteur, {
      acte: 'fragilite.importer',
      objetType: 'fragilite',
      objetId: 'communes',
      contenu: { communes: indices.length, source },
    });
    return reussi({ ecrits: indices.length });
  });
