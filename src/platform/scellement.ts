import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from './database/index.ts';
import { instantLong, nombre, pluriel } from './francais/index.ts';

/** Lines in one seal, unless said otherwise. */
const parSceau = 10_000;
const verrou = 727_011;
const taille = 32;

type Ligne = {
  readonly id: number;
  readonly instant: string;
  readonly acteur: string;
  readonly role: string;
  readonly acte: string;
  readonly objet_type: string;
  readonly objet_id: string;
  readonly motif: string | null;
  readonly contenu: string;
  readonly departement_code: string | null;
  readonly structure_id: string | null;
};

type Sceau = {
  readonly numero: number;
  readonly instant: string;
  readonly lignes: readonly number[];
  readonly empreintes: Buffer;
  readonly precedente: Buffer | null;
};

const instantExact = (expression: string) =>
  sql<string>`to_char(${sql.raw(expression)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

// Values as texts that no setting changes. A column added later joins the digest only where it holds something.
const colonnes = sql`j.id, ${instantExact('j.instant')} as instant, j.acteur, j.role, j.acte, j.objet_type, j.objet_id, j.motif,
  j.contenu::text as contenu, j.departement_code, j.structure_id`;

/** Digest of a line: everything that it says, without the personal values, which may be erased. */
const empreinteLigne = (ligne: Ligne): Buffer =>
  createHash('sha256')
    .update(
      JSON.stringify([
        ligne.id,
        ligne.instant,
        ligne.acteur,
        ligne.role,
        ligne.acte,
        ligne.objet_type,
        ligne.objet_id,
        ligne.motif,
        ligne.contenu,
        ligne.departement_code,
        ligne.structure_id,
      ]),
    )
    .digest();

const empreinteSceau = ({ numero, instant, lignes, empreintes, precedente }: Sceau): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([numero, instant, precedente?.toString('hex') ?? null, lignes]))
    .update(empreintes)
    .digest();

type NonScellee = Ligne & {
  /** No transaction that still runs can put a line before it. */
  readonly decidee: boolean;
  /** It came among sealed lines, with a number that its transaction cannot have taken. */
  readonly suspecte: boolean;
  /** Every transaction before this one is decided. */
  readonly horizon: string;
  /** Of the last seal. */
  readonly seuil: string;
};

/**
 * The lines that no seal holds, in order. `nouvelles`: only those that may be sealed, which are at hand; else all, by
 * reading every seal. Transactions that this server has not reached are another's: its numbers say nothing here.
 */
const listNonScellees = async (
  db: Database,
  { nouvelles, limite }: { readonly nouvelles: boolean; readonly limite?: number },
): Promise<readonly NonScellee[]> => {
  const { rows } = await sql<NonScellee>`
    with maintenant as (
      select pg_snapshot_xmin(pg_current_snapshot()) as horizon, pg_snapshot_xmax(pg_current_snapshot()) as suivante
    ),
    connu as (
      select numero, derniere, journal_sceau.horizon, transaction_id from journal_sceau, maintenant
      where transaction_id < suivante
    ),
    reperes as (
      select horizon, suivante,
        coalesce((select connu.horizon from connu order by numero desc limit 1), '0'::xid8) as seuil
      from maintenant
    ),
    candidate as (
      select journal.* from journal, reperes where not ${nouvelles} or transaction_id >= seuil
    ),
    juge as (
      select ${colonnes}, horizon::text, seuil::text,
        j.transaction_id < horizon or j.transaction_id >= suivante as decidee,
        j.transaction_id < seuil or exists (
          select from connu where j.id <= connu.derniere and j.transaction_id > connu.transaction_id
        ) as suspecte
      from candidate j, reperes
      where not exists (
        select from (
          select unnest(lignes) as id from journal_sceau where derniere >= (select min(id) from candidate)
        ) scellee where scellee.id = j.id
      )
    )
    select * from juge where not ${nouvelles} or (decidee and not suspecte) order by id
    limit ${limite ?? null}::integer`.execute(db);
  return rows;
};

/** Seals the next lines, one seal at most; gives their number, and whether others are ready. */
const scellerLot = (db: Database, maximum: number): Promise<{ scellees: number; reste: boolean }> =>
  db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${verrou})`.execute(transaction);
    // In one statement, hence of one instant: which lines are decided, and what was running.
    const lues = await listNonScellees(transaction, { nouvelles: true, limite: maximum + 1 });
    const lot = lues.slice(0, maximum);
    const [premiere] = lot;
    if (!premiere) return { scellees: 0, reste: false };
    const reste = lues.length > lot.length;
    const { rows } = await sql<{ instant: string; numero: number; empreinte: Buffer | null }>`
      select ${instantExact('clock_timestamp()')} as instant, coalesce(max(numero), 0) + 1 as numero,
        (select empreinte from journal_sceau order by numero desc limit 1) as empreinte
      from journal_sceau`.execute(transaction);
    const [suivant] = rows;
    if (!suivant) throw new Error('an aggregate gives a row');
    const sceau = {
      numero: suivant.numero,
      instant: suivant.instant,
      lignes: lot.map(({ id }) => id),
      empreintes: Buffer.concat(lot.map(empreinteLigne)),
      precedente: suivant.empreinte,
    };
    await transaction
      .insertInto('journal_sceau')
      .values({
        ...sceau,
        empreinte: empreinteSceau(sceau),
        // Lines left for the next seal are not behind the horizon yet.
        horizon: reste ? premiere.seuil : premiere.horizon,
      })
      .execute();
    return { scellees: lot.length, reste };
  });

/**
 * Seals the lines of the journal that are decided: none can come among them any more. A line that came among sealed ones
 * after the fact is left out, for the verifier to tell. In transactions of its own. Gives the number of lines sealed.
 */
export const scellerJournal = async (
  db: Database,
  options: { readonly parSceau?: number } = {},
): Promise<number> => {
  if (db.isTransaction) throw new Error('the journal is sealed in transactions of its own');
  let total = 0;
  for (;;) {
    const { scellees, reste } = await scellerLot(db, options.parSceau ?? parSceau);
    total += scellees;
    if (!reste) return total;
  }
};

export type Verification = {
  readonly sceaux: number;
  readonly scellees: number;
  /** Lines that wait for their seal. */
  readonly enAttente: number;
  /** What is broken, in sentences; empty when the journal is whole. */
  readonly anomalies: readonly string[];
  /** The last seal: noted elsewhere, its digest proves later that nothing before it was rewritten. */
  readonly dernier: { readonly numero: number; readonly instant: string; readonly empreinte: string } | null;
};

const lignesDe = (ids: readonly number[], fait: string): string => {
  const shown = ids.slice(0, 20).map(String);
  const more = ids.length > shown.length ? ` et ${nombre(ids.length - shown.length)} autres` : '';
  return ids.length === 1 ? `ligne ${shown[0]} ${fait}e` : `lignes ${shown.join(', ')}${more} ${fait}es`;
};

/** What is broken in the lines of a seal. */
const verifierLignes = async (db: Database, sceau: Sceau): Promise<readonly string[]> => {
  const { rows } = await sql<Ligne>`
    select ${colonnes} from journal j where j.id = any(${sceau.lignes}::bigint[])`.execute(db);
  const trouvees = new Map(rows.map((ligne) => [ligne.id, ligne]));
  const effacees = sceau.lignes.filter((id) => !trouvees.has(id));
  const modifiees = sceau.lignes.filter((id, index) => {
    const ligne = trouvees.get(id);
    const attendue = sceau.empreintes.subarray(index * taille, (index + 1) * taille);
    return ligne !== undefined && !empreinteLigne(ligne).equals(attendue);
  });
  return [
    ...(modifiees.length > 0 ? [lignesDe(modifiees, 'modifié')] : []),
    ...(effacees.length > 0 ? [lignesDe(effacees, 'effacé')] : []),
  ];
};

/**
 * Computes every seal again from the lines themselves, as of one instant. `empreinte`: the digest of a seal, in
 * hexadecimal, noted elsewhere earlier: it must still be in the chain.
 */
export const verifierJournal = (db: Database, empreinte?: string): Promise<Verification> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (transaction) => {
      const anomalies: string[] = [];
      const { rows: numeros } = await sql<{ numero: number }>`
        select numero from journal_sceau order by numero`.execute(transaction);
      let scellees = 0;
      let dernier: Verification['dernier'] = null;
      let vue = empreinte === undefined;
      for (const { numero } of numeros) {
        const { rows } = await sql<Sceau & { empreinte: Buffer }>`
          select numero, ${instantExact('instant')} as instant, lignes::text[] as lignes, empreintes, precedente, empreinte
          from journal_sceau where numero = ${numero}`.execute(transaction);
        const [lu] = rows;
        if (!lu) throw new Error('a seal that was listed is there');
        const sceau = { ...lu, lignes: lu.lignes.map(Number) };
        const attendu = (dernier?.numero ?? 0) + 1;
        const avant = dernier?.empreinte ?? null;
        const casse = await verifierLignes(transaction, sceau);
        const problemes = [
          ...(numero === attendu
            ? []
            : [
                numero === attendu + 1
                  ? `le sceau n° ${attendu} manque`
                  : `les sceaux n° ${attendu} à ${numero - 1} manquent`,
              ]),
          ...((sceau.precedente?.toString('hex') ?? null) === avant || numero !== attendu
            ? []
            : ['il ne suit pas le sceau précédent']),
          ...(empreinteSceau(sceau).equals(sceau.empreinte) ? [] : ['le sceau lui-même a été modifié']),
          ...casse,
        ];
        if (problemes.length > 0)
          anomalies.push(
            `Sceau n° ${numero} du ${instantLong(sceau.instant)} (${pluriel(sceau.lignes.length, 'ligne', 'lignes')} de ${sceau.lignes[0] ?? 0} à ${sceau.lignes.at(-1) ?? 0}) : ${problemes.join(' ; ')}.`,
          );
        scellees += sceau.lignes.length;
        dernier = { numero, instant: sceau.instant, empreinte: sceau.empreinte.toString('hex') };
        vue ||= dernier.empreinte === empreinte?.toLowerCase();
      }
      const reste = await listNonScellees(transaction, { nouvelles: false });
      const ajoutees = reste.filter(({ suspecte }) => suspecte).map(({ id }) => id);
      if (ajoutees.length > 0)
        anomalies.push(
          `${lignesDe(ajoutees, 'ajouté')} après coup, parmi des lignes déjà scellées.`.replace(/^l/, 'L'),
        );
      if (!vue) anomalies.push(`Aucun sceau ne porte l’empreinte ${empreinte} : le journal a été réécrit.`);
      return {
        sceaux: numeros.length,
        scellees,
        enAttente: reste.length - ajoutees.length,
        anomalies,
        dernier,
      };
    });
