import { sql } from 'kysely';
import { aujourdhui } from '../../platform/clock.ts';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { type DeclaredTache, defineTache, sansDonnees } from '../../platform/taches.ts';
import { prevenir, tachePrevenir } from './prevenir.taches.ts';

const systeme: Acteur = { identifiant: 'tache:relances', role: 'operateur' };

type Due = {
  readonly id: string;
  readonly candidature: string;
  readonly structure: string;
  readonly departement: string | null;
  readonly genre: 'avant' | 'apres';
};

/**
 * Reminds structures of the corrections that are awaited: once from three days before the due date, once after it.
 * Gives how many reminders left; run again the same day, none.
 */
export const relancerCorrections = async (db: Database, jour: string): Promise<number> => {
  const { rows } = await sql<Due>`
    select correction.id, candidature.id as candidature, structure.id as structure,
      commune.departement_code as departement,
      case when correction.echeance < ${jour}::date then 'apres' else 'avant' end as genre
    from candidature_correction correction
    join candidature on candidature.id = correction.candidature_id and candidature.statut = 'en_correction'
    join vague on vague.id = candidature.vague_id and vague.statut <> 'annulee'
    join structure on structure.id = candidature.structure_id
    left join commune on commune.code = structure.commune_code
    where correction.repondue_le is null and correction.echeance <= ${jour}::date + 3
      -- Asked for within three days: the demand itself was the reminder.
      and (correction.echeance < ${jour}::date or (correction.demandee_le at time zone 'Europe/Paris')::date < ${jour}::date)
    order by correction.id`.execute(db);
  let parties = 0;
  for (const { id, candidature, structure, departement, genre } of rows)
    await enTransaction(db, async (transaction) => {
      const { rows: nouvelles } = await sql`
        insert into candidature_relance (candidature_id, correction_id, genre)
        values (${candidature}, ${id}, ${genre}) on conflict do nothing returning genre`.execute(transaction);
      if (nouvelles.length === 0) return;
      await sql`update candidature_correction set relancee_le = now() where id = ${id}`.execute(transaction);
      await prevenir(transaction, { genre: 'relance', candidature, objet: id, rang: genre });
      await journaliser(transaction, systeme, {
        acte: 'candidature.relancer',
        objetType: 'candidature',
        objetId: candidature,
        perimetre: { structure, ...(departement === null ? {} : { departement }) },
      });
      parties += 1;
    });
  return parties;
};

const tacheRelancer = defineTache({
  nom: 'candidatures.relancer',
  libelle: 'Rappelle aux structures les corrections attendues',
  planification: '15 7 * * *',
  donnees: sansDonnees,
  travail: async ({ db, clock }) => {
    await relancerCorrections(db, aujourdhui(clock));
  },
});

export const taches: readonly DeclaredTache[] = [tachePrevenir, tacheRelancer];
