import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LigneCsv, lireCsv, reconnaitreCsv, texteDeCellule } from '../../platform/csv.ts';
import type { Database } from '../../platform/database/index.ts';
import { nombre } from '../../platform/francais/index.ts';
import { enRefus, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { type CibleNommee, trouverCible } from '../roles/perimetres.acts.ts';
import { lireJour } from '../roles/personnes.store.ts';
import { lireDonneur } from '../roles/roles.store.ts';
import { normaliserCourriel } from '../rules.ts';
import type { AInviter, Connu } from './invitations.acts.ts';
import {
  type ColonneDeFichier,
  colonnesDeFichier,
  type LigneDeLot,
  lignesMax,
  lireEntete,
  lireJourEcrit,
  lireRoleEcrit,
  manquesDInvitation,
} from './invitations.rules.ts';
import { lireAdresses, nomDeLActeur } from './invitations.store.ts';

/** Bytes that a file of invitations may weigh. */
const poidsMax = 1_000_000;
/** Characters of a cell. */
const celluleMax = 300;

type Valeurs = LigneDeLot['valeurs'];

/** The rows of a file that was sent, under the names of its columns. */
export const lireLignes = async (
  fichier: File,
): Promise<Resultat<readonly { readonly ligne: number; readonly valeurs: Valeurs }[]>> => {
  if (fichier.size === 0) return refuser('vide', 'Choisissez un fichier qui n’est pas vide.');
  if (fichier.size > poidsMax)
    return refuser('poids', 'Ce fichier pèse plus de 1 Mo : envoyez-le en plusieurs fois.');
  const dossier = await mkdtemp(join(tmpdir(), 'maillage-invitations-'));
  const chemin = join(dossier, 'invitations.csv');
  try {
    await writeFile(chemin, new Uint8Array(await fichier.arrayBuffer()), { mode: 0o600 });
    const read = await enRefus(async (): Promise<Resultat<readonly LigneCsv[]>> => {
      const known = await reconnaitreCsv(chemin);
      if (!known.ok) return known;
      const lignes: LigneCsv[] = [];
      for await (const ligne of lireCsv(known.valeur)) {
        lignes.push(ligne);
        if (lignes.length > lignesMax + 1)
          return refuser(
            'lignes',
            `Ce fichier a plus de ${nombre(lignesMax)} lignes : envoyez-le en plusieurs fois.`,
          );
      }
      return reussi(lignes);
    });
    // The name under which it was kept says nothing to whoever sent it.
    if (!read.ok) return refuser(read.refus, read.message.replaceAll(` ${chemin}`, ''));
    const [entete, ...lignes] = read.valeur;
    const { rangs, manquantes } = lireEntete(entete?.valeurs ?? []);
    if (manquantes.length > 0)
      return refuser(
        'colonnes',
        `Il manque ${manquantes.length > 1 ? 'ces colonnes' : 'cette colonne'} : ${manquantes.join(', ')}. La première ligne du fichier porte leurs noms, comme dans le modèle.`,
      );
    if (lignes.length === 0) return refuser('vide', 'Ce fichier n’a que sa ligne de titres.');
    const texte = (valeurs: readonly string[], colonne: ColonneDeFichier): string => {
      const rang = rangs.get(colonne);
      return texteDeCellule(rang === undefined ? '' : (valeurs[rang] ?? ''));
    };
    return reussi(
      lignes.map(({ ligne, valeurs }) => ({
        ligne,
        valeurs: Object.fromEntries(
          colonnesDeFichier.map((colonne) => [colonne, texte(valeurs, colonne)]),
        ) as Valeurs,
      })),
    );
  } finally {
    await rm(dossier, { recursive: true, force: true });
  }
};

type Memoire = Map<string, Resultat<CibleNommee, 'perimetre'>>;

/** A line as a demand, or what is wrong with each of its cells. */
const lireDemande = async (
  db: Database,
  valeurs: Valeurs,
  memoire: Memoire,
): Promise<{
  readonly demande: (AInviter & { readonly lieu: string }) | undefined;
  readonly erreurs: readonly string[];
}> => {
  const erreurs: string[] = [];
  for (const colonne of colonnesDeFichier)
    if (valeurs[colonne].length > celluleMax) erreurs.push(`« ${colonne} » est trop long.`);
  erreurs.push(...manquesDInvitation(valeurs).map(({ message }) => message));
  const role = lireRoleEcrit(valeurs.role);
  if (role === undefined)
    erreurs.push(
      valeurs.role.trim() === ''
        ? 'Le rôle manque.'
        : `Le rôle « ${valeurs.role} » n’est pas connu : écrivez par exemple « gestionnaire » ou « conseiller ».`,
    );
  const fin = valeurs.fin.trim() === '' ? null : lireJourEcrit(valeurs.fin);
  if (fin === undefined)
    erreurs.push(`La fin « ${valeurs.fin} » n’est pas une date : écrivez par exemple 31/12/2027.`);
  const cible = role && (await trouverCible(db, role, valeurs.perimetre, memoire));
  if (cible && !cible.ok) erreurs.push(cible.message);
  const { courriel, prenom, nom, motif } = valeurs;
  return cible?.ok && fin !== undefined && erreurs.length === 0
    ? { demande: { courriel, prenom, nom, motif, fin, ...cible.valeur }, erreurs }
    : { demande: undefined, erreurs };
};

const lireConnu = async (db: Database): Promise<Pick<Connu, 'donneur' | 'jour' | 'inviteur'>> => ({
  donneur: await lireDonneur(db),
  jour: await lireJour(db),
  inviteur: await nomDeLActeur(db),
});

export type LigneLue = {
  readonly ligne: number;
  readonly valeurs: Valeurs;
  readonly erreurs: readonly string[];
  /** Absent where something is wrong. */
  readonly demande?: AInviter;
  readonly connu?: Connu;
};

/** Lines as demands, each with what is known of its address: asked once for all of them. */
export const lireDemandes = async (
  db: Database,
  lues: readonly { readonly ligne: number; readonly valeurs: Valeurs }[],
): Promise<readonly LigneLue[]> => {
  const commun = await lireConnu(db);
  const memoire: Memoire = new Map();
  const lignes: (LigneLue & { readonly lieu?: string })[] = [];
  for (const { ligne, valeurs } of lues) {
    const { demande, erreurs } = await lireDemande(db, valeurs, memoire);
    lignes.push({ ligne, valeurs, erreurs, ...(demande ? { demande, lieu: demande.lieu } : {}) });
  }
  const bonnes = lignes.flatMap(({ demande }) => (demande ? [demande] : []));
  const connues = await lireAdresses(
    db,
    bonnes.map(({ courriel, cible }) => ({
      courriel: normaliserCourriel(courriel),
      cible,
      suppleanceDe: null,
    })),
  );
  const parDemande = new Map(bonnes.map((demande, rang) => [demande, connues[rang]]));
  return lignes.map(({ lieu = '', ...ligne }) => {
    const connue = ligne.demande && parDemande.get(ligne.demande);
    return connue ? { ...ligne, connu: { ...commun, lieu, connue } } : ligne;
  });
};
