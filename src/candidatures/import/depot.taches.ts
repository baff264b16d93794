import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { deposerCourriel } from '../../platform/courriel.ts';
import type { Database } from '../../platform/database/index.ts';
import { pluriel } from '../../platform/francais/index.ts';
import { type Acteur, acteurPersonne } from '../../platform/journal.ts';
import { abandonner, enRefus, exiger, type Resultat, refuser, reussi } from '../../platform/result.ts';
import {
  type DeclaredTache,
  defineTache,
  demanderTache,
  type OutilsTache,
  sansDonnees,
} from '../../platform/taches.ts';
import { changerStatut } from '../../platform/workflow.ts';
import { importerCoselec, type RapportImport } from './acts.ts';
import type { Bilan, LigneBilan } from './bilan.store.ts';
import {
  type Depot,
  enregistrerApercu,
  fermerDepot,
  getContenu,
  getDepot,
  type LigneApercu,
  listDepotsPerimes,
  noterMessage,
  noterProgres,
  remettreProgres,
} from './depot.store.ts';
import { workflowDepot } from './workflow.ts';

const systeme: Acteur = { identifiant: 'tache:imports', role: 'operateur' };

/** Who asked for the work, as the journal names them; the task itself where their account is gone. */
const aLaDemandeDe = (personne: string | null): Acteur =>
  personne === null ? systeme : acteurPersonne(personne, 'operateur');

/** What is asked is asked of one version of the file sent: of what was changed since, nothing is done. */
const donnees = z.object({ depot: z.uuid(), version: z.int() });
type Donnees = z.infer<typeof donnees>;

/** Milliseconds between two notes of how far the work has got. */
const cadence = 200;

/**
 * Tells how far a work has got, by another connection than its own, which tells nothing before it ends. A note that
 * fails is not missed: the work counts.
 */
const suivre = (db: Database, depot: Depot) => {
  let enCours: Promise<unknown> = Promise.resolve();
  let dernier = 0;
  return {
    lignes: (lues: number): void => {
      const lue = lues >= depot.lignes;
      if (!lue && performance.now() - dernier < cadence) return;
      dernier = performance.now();
      enCours = enCours
        .then(() => noterProgres(db, depot, lue ? 'ecriture' : 'lecture', lues))
        .catch(() => undefined);
    },
    /** The last note is written: the work may lock the row. */
    fini: () => enCours,
  };
};

/** Milliseconds before an import that waits for another one asks again. */
const patience = 1_000;

/** Runs an import of the kept file, when those under way are done. */
const executer = async (
  outils: Pick<OutilsTache, 'db' | 'signal'>,
  transaction: Database,
  acteur: Acteur,
  depot: Depot,
  demande: {
    readonly simulation: boolean;
    readonly onRapport: (rapport: RapportImport) => Promise<void>;
  },
) => {
  const octets = await getContenu(transaction, depot.id);
  if (octets === undefined) return refuser('efface', 'Ce fichier n’est plus gardé : déposez-le de nouveau.');
  const progres = suivre(outils.db, depot);
  for (;;) {
    const result = await importerCoselec(transaction, acteur, {
      ...demande,
      chemin: depot.fichier,
      octets,
      onLignes: progres.lignes,
    });
    await progres.fini();
    if (result.ok || result.refus !== 'occupe') return result;
    await sleep(patience, undefined, { signal: outils.signal });
  }
};

/** Reads the report row by row; its digest says what becomes of each, so that two reports can be compared. */
const lireRapport = async (
  rapport: RapportImport,
  lire: (ligne: LigneBilan) => void = () => undefined,
): Promise<string> => {
  const digest = createHash('sha256').update(JSON.stringify([rapport.bilan, rapport.absentes]));
  for await (const ligne of rapport.lignes()) {
    const { numero, sort, motif, libelle, changements } = ligne;
    digest.update(JSON.stringify([numero, sort, motif, libelle, changements]));
    lire(ligne);
  }
  return digest.digest('hex');
};

/** Rows written together. */
const lot = 500;

/** Applies a work once; where somebody changed or gave up the file sent in the meantime, all of it is undone. */
const siEncore = async (
  outils: OutilsTache,
  effet: (transaction: Database) => Promise<void>,
): Promise<void> => {
  const done = await enRefus(async () => reussi(await outils.uneFois(effet)));
  if (!done.ok && done.refus !== 'etat' && done.refus !== 'version') throw new Error(done.message);
};

const simuler = async (outils: OutilsTache, { depot: id, version }: Donnees): Promise<void> => {
  await siEncore(outils, async (transaction) => {
    const depot = await getDepot(transaction, id);
    if (depot?.statut !== 'depose' || depot.version !== version) return;
    let entetes: readonly string[] = [];
    let empreinte = '';
    let absentes: RapportImport['absentes'] = [];
    const lots: LigneApercu[][] = [];
    const result = await executer(outils, transaction, systeme, depot, {
      simulation: true,
      onRapport: async (rapport) => {
        const rejets = new Map((await rapport.rejets()).map(({ ligne, contenu }) => [ligne, contenu]));
        lots.length = 0;
        empreinte = await lireRapport(rapport, (ligne) => {
          if ((lots.at(-1)?.length ?? lot) === lot) lots.push([]);
          const contenu = ligne.sort === 'rejetee' ? (rejets.get(ligne.ligne) ?? []) : null;
          lots.at(-1)?.push({ ...ligne, contenu });
        });
        entetes = rapport.entetes;
        absentes = rapport.absentes;
      },
    });
    if (!result.ok) return arreter(outils, transaction, depot, result.message);
    const { bilan } = result.valeur;
    exiger(
      await changerStatut(transaction, workflowDepot, aLaDemandeDe(depot.deposeParId), {
        id,
        version,
        nom: 'simuler',
        contenu: { ...bilan },
      }),
    );
    await enregistrerApercu(transaction, id, {
      bilan: { ...bilan, listeAbsentes: absentes },
      entetes,
      empreinte,
      lots,
    });
  });
};

const change =
  'La base a changé depuis l’aperçu : l’import n’aurait pas fait ce que vous avez confirmé. Rien n’a été importé. Relisez le nouvel aperçu, puis confirmez.';

const importer = async (outils: OutilsTache, { depot: id, version }: Donnees): Promise<void> => {
  await siEncore(outils, async (transaction) => {
    const depot = await getDepot(transaction, id);
    if (depot?.statut !== 'confirme' || depot.version !== version) return;
    const { confirmeParId } = depot;
    // Whoever confirmed may have gone since.
    const acteur = confirmeParId === null ? systeme : acteurPersonne(confirmeParId, 'administrateur');
    const result = await executer(outils, transaction, acteur, depot, {
      simulation: false,
      onRapport: async (rapport) => {
        if (rapport.fichier.empreinte !== depot.empreinte)
          abandonner(
            refuser('fichier', 'Le fichier gardé n’est plus celui de l’aperçu : déposez-le de nouveau.'),
          );
        if ((await lireRapport(rapport)) !== depot.apercuEmpreinte) abandonner(refuser('change', change));
      },
    });
    if (!result.ok && result.refus === 'change') return montrerDeNouveau(outils, transaction, depot);
    if (!result.ok) return arreter(outils, transaction, depot, result.message);
    const { bilan, id: importId } = result.valeur;
    exiger(
      await changerStatut(transaction, workflowDepot, aLaDemandeDe(depot.confirmeParId), {
        id,
        version,
        nom: 'importer',
        contenu: { ...bilan, import: importId },
      }),
    );
    await fermerDepot(transaction, id, importId === null ? {} : { importId });
    await prevenir(outils, transaction, depot, `Import terminé : ${depot.fichier}`, [
      'L’import que vous avez confirmé est terminé.',
      enMots(bilan),
    ]);
  });
};

const enMots = (bilan: Bilan): string =>
  `${pluriel(bilan.creees, 'ligne créée', 'lignes créées')}, ${pluriel(bilan.modifiees, 'modifiée', 'modifiées')}, ${pluriel(bilan.inchangees, 'inchangée', 'inchangées')}, ${pluriel(bilan.rejetees, 'rejetée', 'rejetées')}.`;

/** Tells whoever launched the import, where they still have an account. */
const prevenir = async (
  { adresse }: Pick<OutilsTache, 'adresse'>,
  transaction: Database,
  depot: Depot,
  objet: string,
  paragraphes: readonly string[],
): Promise<void> => {
  const { confirmeParId: personne, courriel: destinataire } = depot;
  if (personne === null || destinataire === null) return;
  await deposerCourriel(transaction, {
    destinataire,
    objet,
    paragraphes,
    lien: { texte: 'Lire le rapport', href: `${adresse}/administration/imports/${depot.id}` },
    personne,
    cle: `import_depot:${depot.id}:${depot.version}`,
    objetType: 'import_depot',
    objetId: depot.id,
  });
};

/** The work cannot be done: says why, keeps the file for another try. */
const arreter = async (
  outils: OutilsTache,
  transaction: Database,
  depot: Depot,
  message: string,
): Promise<void> => {
  const { id, version } = depot;
  exiger(
    await changerStatut(transaction, workflowDepot, aLaDemandeDe(depot.confirmeParId ?? depot.deposeParId), {
      id,
      version,
      nom: 'echouer',
      motif: message,
    }),
  );
  await noterMessage(transaction, id, message);
  if (depot.statut === 'confirme')
    await prevenir(outils, transaction, depot, `Import arrêté : ${depot.fichier}`, [
      'L’import que vous avez confirmé n’a rien écrit.',
      message,
    ]);
};

/** What was confirmed is no longer what would be done: another preview is made, to be read. */
const montrerDeNouveau = async (outils: OutilsTache, transaction: Database, depot: Depot): Promise<void> => {
  const repris = exiger(
    await changerStatut(transaction, workflowDepot, systeme, {
      id: depot.id,
      version: depot.version,
      nom: 'reprendre',
      motif: change,
    }),
  );
  await remettreProgres(transaction, depot.id, change);
  await demanderTache(transaction, tacheSimuler, { depot: depot.id, version: repris.version });
  await prevenir(outils, transaction, depot, `À relire : ${depot.fichier}`, [change]);
};

/** The files sent that nobody confirmed in time, or whose import never ended, go with their preview. */
const effacerPerimes = async (db: Database): Promise<void> => {
  for (const { id, version, confirme } of await listDepotsPerimes(db)) {
    await enRefus(() =>
      db.transaction().execute(async (transaction): Promise<Resultat<undefined>> => {
        const message = confirme
          ? 'L’import confirmé n’a pas abouti : le fichier a été effacé.'
          : 'Personne n’a confirmé cet import à temps : le fichier a été effacé.';
        const demande = { id, version, nom: 'abandonner', motif: message } as const;
        exiger(await changerStatut(transaction, workflowDepot, systeme, demande));
        await fermerDepot(transaction, id, { message });
        return reussi(undefined);
      }),
    );
  }
};

export const tacheSimuler: DeclaredTache<Donnees> = defineTache({
  nom: 'simuler-import',
  libelle: 'Préparer l’aperçu d’un fichier déposé',
  donnees,
  travail: simuler,
});

export const tacheImporter: DeclaredTache<Donnees> = defineTache({
  nom: 'importer-fichier',
  libelle: 'Importer un fichier confirmé',
  donnees,
  travail: importer,
});

export const taches: readonly DeclaredTache[] = [
  tacheSimuler,
  tacheImporter,
  defineTache({
    nom: 'menage-imports',
    libelle: 'Effacer les fichiers déposés que personne n’a confirmés',
    planification: '50 2 * * *',
    donnees: sansDonnees,
    travail: ({ db }) => effacerPerimes(db),
  }),
];
