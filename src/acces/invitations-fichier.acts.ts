import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { cellule, type LigneCsv, lireCsv, reconnaitreCsv, texteDeCellule } from '../platform/csv.ts';
import { type Database, enTransaction } from '../platform/database/index.ts';
import { nombre } from '../platform/francais/index.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import { enRefus, type Resultat, refuser, reussi } from '../platform/result.ts';
import { type AInviter, type Connu, examinerInvitation, inviter } from './invitations.acts.ts';
import {
  adresseDExemple,
  avertissementBoite,
  type ColonneDeFichier,
  colonnesDeFichier,
  type LigneDeLot,
  lignesMax,
  lignesParJour,
  lireEntete,
  lireJourEcrit,
  lireRoleEcrit,
} from './invitations.rules.ts';
import {
  clorLot,
  compterEnvoyees,
  ecrireLot,
  getLot,
  lireAdresses,
  nomDeLActeur,
} from './invitations.store.ts';
import { type CibleNommee, trouverCible } from './perimetres.acts.ts';
import { lireJour } from './personnes.store.ts';
import { boiteDeService } from './roles.rules.ts';
import { lireDonneur } from './roles.store.ts';
import { normaliserCourriel } from './rules.ts';

/** Bytes that a file of invitations may weigh. */
const poidsMax = 1_000_000;
/** Characters of a cell. */
const celluleMax = 300;

type Valeurs = LigneDeLot['valeurs'];

/** The rows of a file that was sent, under the names of its columns. */
const lireLignes = async (
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
  if (adresseDExemple(valeurs.courriel))
    erreurs.push('Cette adresse est un exemple, comme dans le modèle : écrivez celle de la personne.');
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

const cleDe = ({ courriel, cible }: AInviter): string =>
  JSON.stringify([normaliserCourriel(courriel), cible]);

const lireConnu = async (db: Database): Promise<Pick<Connu, 'donneur' | 'jour' | 'inviteur'>> => ({
  donneur: await lireDonneur(db),
  jour: await lireJour(db),
  inviteur: await nomDeLActeur(db),
});

type LigneLue = {
  readonly ligne: number;
  readonly valeurs: Valeurs;
  readonly erreurs: readonly string[];
  /** Absent where something is wrong. */
  readonly demande?: AInviter;
  readonly connu?: Connu;
};

/** Lines as demands, each with what is known of its address: asked once for all of them. */
const lireDemandes = async (
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

/** Reads each line, and says what would stop it; nobody is invited yet. */
const examinerLignes = async (
  db: Database,
  lues: readonly { readonly ligne: number; readonly valeurs: Valeurs }[],
): Promise<readonly LigneDeLot[]> => {
  const vues = new Map<string, number>();
  const lignes: LigneDeLot[] = [];
  for (const { ligne, valeurs, erreurs, demande, connu } of await lireDemandes(db, lues)) {
    const found = [...erreurs];
    if (demande) {
      const first = vues.get(cleDe(demande));
      const examined = await examinerInvitation(db, demande, connu);
      if (!examined.ok) found.push(examined.message);
      else if (first !== undefined) found.push(`Cette invitation est déjà à la ligne ${first}.`);
      vues.set(cleDe(demande), first ?? ligne);
    }
    const service = boiteDeService(normaliserCourriel(valeurs.courriel));
    const enCours = connu?.connue.enCours;
    lignes.push({
      ligne,
      valeurs,
      erreurs: found,
      avertissements: service ? [avertissementBoite] : [],
      ...(enCours && !enCours.expiree ? { invitation: enCours.id } : {}),
    });
  }
  return lignes;
};

/**
 * Reads a file of invitations and keeps it for its preview, for whoever sent it alone. Refuses what cannot be read; a
 * line that is wrong is kept with its reasons.
 */
export const deposerFichier = async (
  db: Database,
  fichier: File,
): Promise<Resultat<{ readonly lot: string }>> => {
  const read = await lireLignes(fichier);
  if (!read.ok) return read;
  return reussi({ lot: await ecrireLot(db, await examinerLignes(db, read.valeur)) });
};

/**
 * Invites each line of a file that nothing stops, one by one, those to be looked at where they are ticked; the others
 * stay with their reasons. The same file twice invites nobody twice. Refuses a file that was sent already, and more than
 * a day's share.
 */
export const envoyerFichier = (
  db: Database,
  acteur: Acteur,
  {
    lot: id,
    adresse,
    confirmees,
  }: {
    readonly lot: string;
    readonly adresse: string;
    /** Numbers of the lines to be looked at that were ticked: the others of them are left out. */
    readonly confirmees: readonly number[];
  },
): Promise<Resultat<{ readonly envoyees: number }, 'absent' | 'deja' | 'trop'>> =>
  enTransaction(db, async (transaction) => {
    const lot = await getLot(transaction, id, true);
    if (lot === undefined) return refuser('absent', 'Ce fichier est introuvable.');
    if (lot.traiteeLe !== null) return refuser('deja', 'Les invitations de ce fichier sont déjà parties.');
    const parties = await compterEnvoyees(transaction);
    const maximum = lignesParJour((await lireDonneur(transaction)).role);
    if (parties + lot.lignes.filter(({ erreurs }) => erreurs.length === 0).length > maximum)
      return refuser(
        'trop',
        `Vous pouvez envoyer ${nombre(maximum)} invitations par fichier en 24 heures, et ${nombre(parties)} sont déjà parties. Envoyez un fichier plus court, ou réessayez demain.`,
      );
    const lues = new Map(
      (
        await lireDemandes(
          transaction,
          lot.lignes.filter(({ erreurs }) => erreurs.length === 0),
        )
      ).map((lue) => [lue.ligne, lue]),
    );
    const lignes: LigneDeLot[] = [];
    for (const ligne of lot.lignes) {
      const lue = lues.get(ligne.ligne);
      if (lue?.demande && ligne.avertissements.length > 0 && !confirmees.includes(ligne.ligne))
        lignes.push({ ...ligne, erreurs: ['Cette adresse à vérifier n’a pas été cochée.'], envoyee: false });
      else if (!lue?.demande)
        lignes.push({ ...ligne, erreurs: lue?.erreurs ?? ligne.erreurs, envoyee: false });
      else {
        const sent = await inviter(transaction, acteur, { ...lue.demande, adresse }, lue.connu);
        lignes.push({ ...ligne, erreurs: sent.ok ? [] : [sent.message], envoyee: sent.ok });
      }
    }
    await clorLot(transaction, id, lignes);
    const envoyees = lignes.filter(({ envoyee }) => envoyee).length;
    await journaliser(transaction, acteur, {
      acte: 'acces.inviter_par_fichier',
      objetType: 'lot_invitation',
      objetId: id,
      contenu: { lignes: lignes.length, envoyees },
    });
    return reussi({ envoyees });
  });

const enCsv = (lignes: readonly (readonly string[])[]): string =>
  `\ufeff${stringify(
    lignes.map((ligne) => ligne.map((texte) => cellule(texte))),
    { delimiter: ';', record_delimiter: '\r\n' },
  )}`;

/** An empty file to fill in, with two lines as examples. */
export const modeleDeFichier = (): string =>
  enCsv([
    colonnesDeFichier,
    [
      'prenom.nom@exemple.fr',
      'Prénom',
      'Nom',
      'gestionnaire',
      '21020321200092',
      'directrice du tiers-lieu',
      '',
    ],
    [
      'autre.nom@exemple.fr',
      'Autre',
      'Nom',
      'conseiller',
      '21020321200092',
      'arrivée en poste',
      '31/12/2027',
    ],
  ]);

/** The lines that were stopped, with why: to be corrected and sent again. */
export const fichierDesErreurs = (lignes: readonly LigneDeLot[]): string =>
  enCsv([
    [...colonnesDeFichier, 'erreurs'],
    ...lignes
      .filter(({ erreurs }) => erreurs.length > 0)
      .map(({ valeurs, erreurs }) => [
        ...colonnesDeFichier.map((colonne) => valeurs[colonne]),
        erreurs.join(' '),
      ]),
  ]);
