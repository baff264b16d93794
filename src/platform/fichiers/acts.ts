import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Temporal } from 'temporal-polyfill';
import { type Database, enTransaction } from '../database/index.ts';
import { poids } from '../francais/index.ts';
import { attachment } from '../http/fichiers.ts';
import { type Acteur, type Inscription, journaliser } from '../journal.ts';
import { exiger, type Resultat, refuser, reussi } from '../result.ts';
import { changerStatut } from '../workflow.ts';
import { examiner } from './clamd.ts';
import { type Depot, ecrire, effacer, identifiantsGardes, lire } from './depot.ts';
import { type RefusNature, reconnaitre } from './nature.ts';
import { extensionDe, nettoyerNom } from './nom.ts';
import {
  connus,
  findFichier,
  getOccupation,
  insererFichier,
  listAEffacer,
  listAPart,
  nouvelIdentifiant,
  type Proprietaire,
  prendreAPart,
  verrouillerOccupation,
  voitTout,
} from './store.ts';
import { type StatutFichier, workflowFichier } from './workflow.ts';

type Depose = {
  /** As the browser sent it. */
  readonly nom: string;
  readonly contenu: Uint8Array;
  /** What the file is attached to. */
  readonly objet: { readonly type: string; readonly id: string };
  readonly proprietaire: Proprietaire;
  /** The person who hands it in; null: the programme itself. */
  readonly deposePar: string | null;
};

type Fait = Resultat<
  { readonly id: string; readonly nom: string; readonly statut: StatutFichier },
  RefusDepot
>;

/** Whose history the acts on a file belong to. */
const perimetreDe = (fichier: {
  readonly structure_id: string | null;
  readonly departement_code: string | null;
}): NonNullable<Inscription['perimetre']> => ({
  ...(fichier.structure_id === null ? {} : { structure: fichier.structure_id }),
  ...(fichier.departement_code === null ? {} : { departement: fichier.departement_code }),
});

type RefusDepot = RefusNature | 'vide' | 'taille' | 'quota' | 'absent';

/**
 * Takes a file in: recognised by its content, its name cleaned, its bytes written before its row is committed. Kept
 * aside until examined where an antivirus is configured. Refuses what may not be handed in, what is too large, what
 * exceeds the owner's quota however many come at once, and an owner that the acting person does not see.
 */
export const deposerFichier = async (
  db: Database,
  depot: Depot,
  acteur: Acteur,
  { nom: envoye, contenu, objet, proprietaire, deposePar }: Depose,
): Promise<Fait> => {
  const taille = contenu.byteLength;
  if (taille === 0) return refuser('vide', 'Ce fichier est vide.');
  if (taille > depot.tailleMax) {
    return refuser('taille', `Ce fichier est trop lourd : ${poids(depot.tailleMax)} au plus.`);
  }
  const nom = nettoyerNom(envoye);
  const nature = await reconnaitre(contenu, extensionDe(nom));
  if (!nature.ok) return nature;
  const occupe = await getOccupation(db, proprietaire, deposePar);
  if (occupe + taille > depot.quota) return tropPlein(depot, occupe);

  const id = await nouvelIdentifiant(db);
  const statut: StatutFichier = depot.clamd === undefined ? 'sain' : 'a_part';
  const rattachement = {
    structure_id: proprietaire.structureId ?? null,
    departement_code: proprietaire.departementCode ?? null,
  };
  await ecrire(depot, id, contenu);
  const fait = await enTransaction(db, async (transaction): Promise<Fait> => {
    await verrouillerOccupation(transaction, proprietaire, deposePar);
    // Counted again: others were let through while the bytes were written.
    const octets = await getOccupation(transaction, proprietaire, deposePar);
    if (octets + taille > depot.quota) return tropPlein(depot, octets);
    const insere = await insererFichier(transaction, {
      id,
      nom,
      mime: nature.valeur,
      taille,
      sha256: createHash('sha256').update(contenu).digest(),
      statut,
      objet_type: objet.type,
      objet_id: objet.id,
      ...rattachement,
      depose_par: deposePar,
    });
    if (!insere) return refuser('absent', 'Ce à quoi ce fichier se rattache est introuvable.');
    await journaliser(transaction, acteur, {
      acte: 'fichier.deposer',
      objetType: 'fichier',
      objetId: id,
      perimetre: perimetreDe(rattachement),
      contenu: { objet_type: objet.type, objet_id: objet.id, mime: nature.valeur, taille, statut },
    });
    return reussi({ id, nom, statut });
  });
  // After a fault the row may be there: its bytes stay, and `nettoyerFichiers` destroys them if it is not.
  if (!fait.ok) await effacer(depot, id);
  return fait;
};

/**
 * Keeps documents that the programme makes, such as letters of decision: whatever room their owners have left, and
 * taking none of it. Their bytes are written before their rows; those of a transaction undone are destroyed by
 * `nettoyerFichiers`. Gives their identifiers, in their order.
 */
export const conserverOfficiels = async (
  transaction: Database,
  depot: Depot,
  documents: readonly (Pick<Depose, 'nom' | 'contenu' | 'objet' | 'proprietaire'> & {
    readonly mime: string;
  })[],
): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (const _document of documents) ids.push(await nouvelIdentifiant(transaction));
  const rows = documents.map(({ nom, mime, contenu, objet, proprietaire }, rang) => ({
    id: ids[rang],
    nom: nettoyerNom(nom),
    mime,
    taille: contenu.byteLength,
    sha256: createHash('sha256').update(contenu).digest(),
    statut: 'sain' as const,
    objet_type: objet.type,
    objet_id: objet.id,
    structure_id: proprietaire.structureId ?? null,
    departement_code: proprietaire.departementCode ?? null,
    officiel: true,
  }));
  await Promise.all(documents.map(({ contenu }, rang) => ecrire(depot, ids[rang] ?? '', contenu)));
  if (rows.length > 0) await transaction.insertInto('fichier').values(rows).execute();
  return ids;
};

const tropPlein = ({ quota }: Depot, occupe: number) =>
  refuser(
    'quota',
    `Il ne reste que ${poids(Math.max(0, quota - occupe))} sur les ${poids(quota)} prévus pour vos fichiers. Supprimez ceux qui ne servent plus.`,
  );

/** A file on its way out, and the headers that keep a browser from running it. */
export type FichierLu = {
  readonly nom: string;
  readonly mime: string;
  readonly taille: number;
  readonly flux: Readable;
  readonly entetes: Readonly<Record<string, string>>;
};

/** Opens a file that the acting person sees. Foreign and absent are refused alike; one not yet examined says so. */
export const lireFichier = async (
  db: Database,
  depot: Depot,
  id: string,
): Promise<Resultat<FichierLu, 'absent' | 'a_part' | 'refuse'>> => {
  const fichier = await findFichier(db, id);
  if (!fichier) return refuser('absent', 'Ce fichier est introuvable.');
  const { nom, mime, taille, statut } = fichier;
  if (statut === 'a_part') {
    return refuser(
      'a_part',
      'Ce fichier attend d’être examiné par l’antivirus. Réessayez dans quelques minutes.',
    );
  }
  if (statut !== 'sain') return refuser('refuse', 'Ce fichier a été refusé par l’antivirus.');
  const entetes = {
    'Content-Type': mime.startsWith('text/') ? `${mime}; charset=utf-8` : mime,
    'Content-Length': String(taille),
    'Content-Disposition': attachment(nom),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, no-store',
  };
  return reussi({ nom, mime, taille, entetes, flux: await lire(depot, id, taille) });
};

/** Takes a file away from everybody at once; its bytes are destroyed by `nettoyerFichiers`. */
export const supprimerFichier = async (
  db: Database,
  acteur: Acteur,
  { id, motif }: { readonly id: string; readonly motif?: string },
): Promise<Resultat<undefined, 'absent'>> =>
  enTransaction(db, async (transaction) => {
    const supprime = await transaction
      .updateTable('fichier')
      .set((values) => ({ supprime_le: values.fn('now'), version: values('version', '+', 1) }))
      .where('id', '=', id)
      .where('supprime_le', 'is', null)
      .returning(['structure_id', 'departement_code'])
      .executeTakeFirst();
    if (!supprime) return refuser('absent', 'Ce fichier est introuvable.');
    await journaliser(transaction, acteur, {
      acte: 'fichier.supprimer',
      objetType: 'fichier',
      objetId: id,
      ...(motif === undefined ? {} : { motif }),
      perimetre: perimetreDe(supprime),
    });
    return reussi(undefined);
  });

/** The bytes as they pass, compared at their end with what was handed in. */
async function* verifies(flux: Readable, sha256: Buffer): AsyncGenerator<Uint8Array> {
  const digest = createHash('sha256');
  for await (const piece of flux as AsyncIterable<Uint8Array>) {
    digest.update(piece);
    yield piece;
  }
  if (!digest.digest().equals(sha256)) throw new Error('the bytes are not those that were handed in');
}

/** Failures in one round after which the antivirus is left alone until the next. */
const echecsMax = 3;

export type Examen = { readonly sains: number; readonly refuses: number; readonly echecs: readonly string[] };

/**
 * Has the files kept aside examined, each in a transaction of its own: several rounds at once examine each file once.
 * What could not be examined stays aside for the next round. Nothing without an antivirus.
 */
export const examinerFichiers = async (db: Database, depot: Depot, acteur: Acteur): Promise<Examen> => {
  const { clamd } = depot;
  let sains = 0;
  let refuses = 0;
  const echecs: string[] = [];
  if (clamd === undefined) return { sains, refuses, echecs };
  for (const id of await listAPart(db, 200)) {
    if (echecs.length >= echecsMax) break;
    try {
      await enTransaction(db, async (transaction) => {
        const fichier = await prendreAPart(transaction, id);
        if (!fichier) return;
        const { version, taille, sha256 } = fichier;
        const perimetre = perimetreDe(fichier);
        const verdict = await examiner(clamd, verifies(await lire(depot, id, taille), sha256));
        const demande = verdict.sain
          ? ({ id, version, perimetre, nom: 'admettre' } as const)
          : ({ id, version, perimetre, nom: 'refuser', motif: verdict.signature } as const);
        exiger(await changerStatut(transaction, workflowFichier, acteur, demande));
        if (verdict.sain) sains += 1;
        else refuses += 1;
      });
    } catch (error) {
      echecs.push(`${id} : ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { sains, refuses, echecs };
};

/** Bytes without a row may belong to an act still under way; none lasts a day. */
const delaiOrphelin = 24 * 3_600_000;
/** More orphans than files, and more than these: the database is not the one of this place. */
const orphelinsSuspects = 10;

const instantDe = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16);

/**
 * Destroys the bytes and the names of files taken away or refused, then the bytes that no row knows (a process that
 * ended between the two). Throws where the database does not seem to be that of this place.
 */
export const nettoyerFichiers = async (
  db: Database,
  depot: Depot,
  acteur: Acteur,
  maintenant: Temporal.Instant,
): Promise<{ readonly effaces: number; readonly orphelins: number }> => {
  if (!(await voitTout(db))) throw new Error('files are cleaned by who sees them all');
  const aEffacer = await listAEffacer(db, 1000);
  for (const id of aEffacer) {
    await effacer(depot, id);
    await enTransaction(db, async (transaction) => {
      const efface = await transaction
        .updateTable('fichier')
        .set((values) => ({ efface_le: values.fn('now'), nom: 'fichier effacé' }))
        .where('id', '=', id)
        .where('efface_le', 'is', null)
        .returning(['structure_id', 'departement_code'])
        .executeTakeFirst();
      if (!efface) return;
      await journaliser(transaction, acteur, {
        acte: 'fichier.effacer',
        objetType: 'fichier',
        objetId: id,
        perimetre: perimetreDe(efface),
      });
    });
  }
  const orphelins: string[] = [];
  let reconnus = 0;
  const trier = async (ids: readonly string[]): Promise<void> => {
    const rows = await connus(db, ids);
    reconnus += rows.size;
    orphelins.push(...ids.filter((id) => !rows.has(id)));
  };
  let lot: string[] = [];
  for await (const id of identifiantsGardes(depot)) {
    if (maintenant.epochMilliseconds - instantDe(id) < delaiOrphelin) continue;
    lot.push(id);
    if (lot.length < 500) continue;
    await trier(lot);
    lot = [];
  }
  await trier(lot);
  if (orphelins.length > orphelinsSuspects && orphelins.length > reconnus)
    throw new Error(
      `${orphelins.length} files of ${orphelins.length + reconnus} are unknown to this database`,
    );
  for (const id of orphelins) await effacer(depot, id);
  return { effaces: aEffacer.length, orphelins: orphelins.length };
};
