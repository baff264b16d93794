import { sql } from 'kysely';
import type { TestDatabase } from '../../platform/database/testing.ts';
import { semerCandidatures, semerVague } from '../candidatures.fixtures.ts';
import { cloreSeance } from '../comite/cloture.acts.ts';
import { operateur, semerDossiers, semerMembre, semerSeance } from '../comite/comite.fixtures.ts';

type Base = Pick<TestDatabase, 'db'>;

/**
 * A session ready to be closed on so many files: of four, two are retained, one is refused, and one is adjourned or put
 * on the waiting list; the last file is left undecided where `reste`.
 */
export const semerDeliberations = async (
  { db }: Base,
  voulues: {
    readonly nombre: number;
    readonly rang: number;
    readonly departements?: readonly string[];
    readonly reste?: boolean;
    /** No other wave has structures. */
    readonly seule?: boolean;
  },
): Promise<{ readonly seance: string; readonly vague: string; readonly membres: readonly string[] }> => {
  const { nombre, rang, departements = ['02'], reste = false, seule = false } = voulues;
  const dossiers = nombre + (reste ? 1 : 0);
  const vague = seule
    ? await semerVague(db, { rang })
    : await semerDossiers(db, dossiers, { rang }, departements);
  if (seule) await semerCandidatures(db, vague, { nombre: dossiers, departements, avis: true });
  const president = await semerMembre(db, `President${rang}`);
  const secretaire = await semerMembre(db, `Secretaire${rang}`);
  const seance = await semerSeance(db, vague, {
    numero: rang,
    date: `2021-06-${String(rang).padStart(2, '0')}`,
    membres: [
      { personne: president.personne, fonction: 'president' },
      { personne: secretaire.personne, fonction: 'secretaire' },
    ],
  });
  // What deliberations write, for a thousand files at once.
  await sql`
    with dossier as (
      select id, row_number() over (order by numero) as rang, uuid_v7() as engagement
      from candidature where vague_id = ${vague}
    ), choisi as (
      select *, case rang % 4 when 1 then 'retenue' when 2 then 'refusee' when 3 then 'retenue'
        else case when rang % 8 = 0 then 'liste_attente' else 'ajournee' end end as resultat
      from dossier where rang <= ${nombre}
    ), engage as (
      insert into engagement (id, enveloppe_id, montant_centimes)
      select engagement, (select id from enveloppe limit 1), 100000 from choisi where resultat = 'retenue'
    )
    insert into deliberation (seance_id, candidature_id, resultat, postes, regime_variante_id, engagement_id, motif, rang)
    select ${seance}, id, resultat, case when resultat = 'retenue' then 1 else 0 end,
      case when resultat = 'retenue' then (
        select regime_variante.id from regime_variante join regime on regime.id = regime_id
        where mode = 'forfait' and territoire = 'metropole' and categorie = 'publique') end,
      case when resultat = 'retenue' then engagement end,
      case resultat when 'refusee' then 'Projet trop éloigné des besoins.'
        when 'ajournee' then 'Plan de financement à préciser.' end,
      case when resultat = 'liste_attente' then rang end
    from choisi order by rang`.execute(db);
  return { seance, vague, membres: [president.personne, secretaire.personne] };
};

export const versionDe = async ({ db }: Base, table: 'seance' | 'candidature', id: string): Promise<number> =>
  (await db.selectFrom(table).select('version').where('id', '=', id).executeTakeFirstOrThrow()).version;

/** Closes a session, as an operator does; gives how many decisions it made. */
export const clore = async (base: Base, seanceId: string): Promise<number> => {
  const close = await cloreSeance(base.db, operateur, {
    seanceId,
    version: await versionDe(base, 'seance', seanceId),
  });
  if (!close.ok) throw new Error(close.message);
  return close.valeur.decisions;
};
