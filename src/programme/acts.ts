import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Database, databaseError, enTransaction } from '../platform/database/index.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import type { Centimes } from '../platform/money.ts';
import { abandonner, enRefus, type Refus, type Resultat, refuser, reussi } from '../platform/result.ts';
import { root } from '../platform/root.ts';
import { ecrireVague, estEngagee, getProgramme, type Vague } from './store.ts';

const reference = z.object({
  sources: z.array(z.string()),
  programme: z.object({
    code: z.string(),
    nom: z.string(),
    finalite: z.string(),
    annonceLe: z.iso.date(),
    objectifPostes: z.int(),
  }),
  enveloppe: z.object({ code: z.string(), nom: z.string(), montantCentimes: z.int() }),
  regimes: z.array(
    z.object({
      code: z.string(),
      libelle: z.string(),
      mode: z.enum(['forfait', 'taux']),
      debut: z.iso.date(),
      fin: z.iso.date().nullable(),
      variantes: z.array(
        z.object({
          categorie: z.enum(['publique', 'privee']),
          territoire: z.enum(['metropole', 'outre_mer']),
          dureeMois: z.int(),
          plafondCentimes: z.int().optional(),
          tauxPourMille: z.int().optional(),
          baseSalaire: z.enum(['brut', 'charge']).optional(),
          formationCentimes: z.int(),
          source: z.string(),
        }),
      ),
    }),
  ),
});

/**
 * Sets up the national programme, its enveloppe and its régimes from `reference/programme.json`, once: a database that
 * has a programme is left as it is, since its figures may have been changed since.
 */
export const installerProgramme = (db: Database, acteur: Acteur): Promise<boolean> =>
  db.transaction().execute(async (transaction) => {
    // Of two first starts at once, the second waits and finds the programme there.
    await sql`lock table programme in share row exclusive mode`.execute(transaction);
    if (await transaction.selectFrom('programme').select('id').limit(1).executeTakeFirst()) return false;
    const data = reference.parse(
      JSON.parse(await readFile(join(root, 'reference', 'programme.json'), 'utf8')),
    );
    const sources = data.sources;
    const { id } = await transaction
      .insertInto('programme')
      .values({
        code: data.programme.code,
        nom: data.programme.nom,
        finalite: data.programme.finalite,
        annonce_le: data.programme.annonceLe,
        objectif_postes: data.programme.objectifPostes,
        sources,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await transaction
      .insertInto('enveloppe')
      .values({
        programme_id: id,
        code: data.enveloppe.code,
        nom: data.enveloppe.nom,
        montant_centimes: data.enveloppe.montantCentimes,
        sources,
      })
      .execute();
    for (const regime of data.regimes) {
      const inserted = await transaction
        .insertInto('regime')
        .values({
          programme_id: id,
          code: regime.code,
          libelle: regime.libelle,
          mode: regime.mode,
          en_vigueur: sql<string>`daterange(${regime.debut}::date, ${regime.fin}::date)`,
          sources,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await transaction
        .insertInto('regime_variante')
        .values(
          regime.variantes.map((variante) => ({
            regime_id: inserted.id,
            categorie: variante.categorie,
            territoire: variante.territoire,
            duree_mois: variante.dureeMois,
            plafond_centimes: variante.plafondCentimes ?? null,
            taux_pour_mille: variante.tauxPourMille ?? null,
            base_salaire: variante.baseSalaire ?? null,
            formation_centimes: variante.formationCentimes,
            source: variante.source,
          })),
        )
        .execute();
    }
    await journaliser(transaction, acteur, {
      acte: 'programme.installer',
      objetType: 'programme',
      objetId: id,
    });
    return true;
  });

const ceiling = 'enveloppe_jamais_depassee';

/** Whether a database error is the enveloppe's ceiling, which the database alone guards. */
export const estEnveloppeDepassee = (error: unknown): boolean => {
  const known = databaseError(error);
  return known?.code === '23514' && known.constraint === ceiling;
};

export const refusEnveloppe = (): Refus<'enveloppe'> =>
  refuser(
    'enveloppe',
    'L’enveloppe serait dépassée : rien n’a été engagé. Augmentez l’enveloppe ou réduisez le nombre de postes.',
  );

/** Commits an amount on an enveloppe. Refuses what would exceed it, however many commit at once. */
export const engager = async (
  db: Database,
  acteur: Acteur,
  demande: { readonly enveloppeId: string; readonly montant: Centimes },
): Promise<Resultat<string, 'enveloppe'>> => {
  try {
    return await db.transaction().execute(async (transaction) => {
      const { id } = await transaction
        .insertInto('engagement')
        .values({ enveloppe_id: demande.enveloppeId, montant_centimes: demande.montant })
        .returning('id')
        .executeTakeFirstOrThrow();
      await journaliser(transaction, acteur, {
        acte: 'programme.engager',
        objetType: 'engagement',
        objetId: id,
        contenu: { enveloppe: demande.enveloppeId, montant_centimes: demande.montant },
      });
      return reussi(id);
    });
  } catch (error) {
    if (estEnveloppeDepassee(error)) return refusEnveloppe();
    throw error;
  }
};

/** Records a wave: its rank, name, opening and priorities. Refuses one that is cancelled or that something depends on. */
export const definirVague = (
  db: Database,
  acteur: Acteur,
  vague: Omit<Vague, 'id' | 'fermeLe'>,
): Promise<Resultat<string, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const programme = await getProgramme(transaction);
      if (!programme)
        return abandonner(refuser('programme', 'Aucun programme n’est installé dans cette base.'));
      if (await estEngagee(transaction, programme.id, vague.rang))
        return abandonner(
          refuser(
            'rang',
            `La vague de rang ${vague.rang} est annulée, ou a déjà des candidatures ou une séance\u00a0: modifiez-la dans l’administration.`,
          ),
        );
      const id = await ecrireVague(transaction, programme.id, vague);
      await journaliser(transaction, acteur, {
        acte: 'programme.definir_vague',
        objetType: 'vague',
        objetId: id,
        contenu: { ...vague },
      });
      return reussi(id);
    }),
  );
