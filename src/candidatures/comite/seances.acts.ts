import { type Database, databaseError, enTransaction } from '../../platform/database/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import {
  abandonner,
  enRefus,
  exiger,
  type Refus,
  type Resultat,
  refuser,
  reussi,
} from '../../platform/result.ts';
import { changerStatut } from '../../platform/workflow.ts';
import { getProgramme } from '../../programme/index.ts';
import { quorumAtteint, workflowSeance } from '../workflow.ts';
import { getSeanceTenue } from './deliberation.store.ts';
import { tientSeance } from './rules.ts';
import {
  ajouterSeance,
  aServi,
  changerSeance,
  ecrireMembres,
  ecrirePresences,
  effacerSeance,
  listMembresPossibles,
  listVaguesADecider,
  type MembreEcrit,
  noterOuverture,
  type SeanceEcrite,
} from './seances.store.ts';

export type DemandeSeance = SeanceEcrite & {
  readonly president: string;
  readonly secretaire: string;
  /** The others; whoever presides or writes may stand among them. */
  readonly membres: readonly string[];
};

const constraints: Readonly<Record<string, Refus>> = {
  seance_numero: refuser('numero', 'Une séance porte déjà ce numéro : prenez le suivant.'),
  seance_programme_id_date_key: refuser(
    'date',
    'Une séance a déjà lieu ce jour-là : choisissez une autre date.',
  ),
  seance_vague_maintenue: refuser(
    'etat',
    'La vague de cette séance est annulée : il n’y a plus rien à y décider.',
  ),
  seance_vague_id_fkey: refuser(
    'vague',
    'Cette vague n’existe plus : rechargez la page, puis choisissez-en une.',
  ),
  seance_une_ouverte: refuser(
    'ouverte',
    'Une autre séance est ouverte sur la même vague : closez-la d’abord.',
  ),
};

/** What the constraints of a session refuse; other faults go on. */
export const refusDOuverture = async <Valeur>(
  travail: () => Promise<Valeur | Refus>,
): Promise<Valeur | Refus> => {
  try {
    return await enRefus(travail);
  } catch (error) {
    const refus = constraints[databaseError(error)?.constraint ?? ''];
    if (refus === undefined) throw error;
    return refus;
  }
};

const membresDe = async (
  db: Database,
  { president, secretaire, membres, quorum }: DemandeSeance,
): Promise<readonly MembreEcrit[]> => {
  if (president === secretaire)
    return abandonner(refuser('secretaire', 'Choisissez deux personnes : l’une préside, l’autre rédige.'));
  const tous: readonly MembreEcrit[] = [
    { personne: president, fonction: 'president' },
    { personne: secretaire, fonction: 'secretaire' },
    ...[...new Set(membres)].flatMap((personne) =>
      personne === president || personne === secretaire ? [] : [{ personne, fonction: 'membre' } as const],
    ),
  ];
  const possibles = new Set((await listMembresPossibles(db)).map(({ id }) => id));
  if (!tous.every(({ personne }) => possibles.has(personne)))
    return abandonner(
      refuser(
        'membres',
        'Une des personnes choisies n’a plus le rôle de membre du comité : donnez-le-lui d’abord, ou choisissez quelqu’un d’autre.',
      ),
    );
  return quorum > tous.length
    ? abandonner(refuser('quorum', `Le quorum dépasse le nombre de membres : ${tous.length} au plus.`))
    : tous;
};

/** Prepares a session of the committee. Refuses a number or a date that is taken, and who is no member of it. */
export const preparerSeance = (
  db: Database,
  acteur: Acteur,
  demande: DemandeSeance,
): Promise<Resultat<string, string>> =>
  refusDOuverture(() =>
    enTransaction(db, async (transaction) => {
      const programme = await getProgramme(transaction);
      if (!programme)
        return abandonner(refuser('programme', 'Aucun programme n’est installé dans cette base.'));
      if (!(await listVaguesADecider(transaction)).some(({ id }) => id === demande.vagueId))
        return abandonner(
          refuser('vague', 'Cette vague est annulée ou n’existe plus\u00a0: choisissez-en une autre.'),
        );
      const membres = await membresDe(transaction, demande);
      const id = await ajouterSeance(transaction, programme.id, demande);
      await ecrireMembres(transaction, id, membres);
      await journaliser(transaction, acteur, {
        acte: 'seance.preparer',
        objetType: 'seance',
        objetId: id,
        contenu: {
          numero: demande.numero,
          date: demande.date,
          vague: demande.vagueId,
          membres: membres.length,
        },
      });
      return reussi(id);
    }),
  );

/** Changes a session before it opens. */
export const modifierSeance = (
  db: Database,
  acteur: Acteur,
  { id, version, ...demande }: DemandeSeance & { readonly id: string; readonly version: number },
): Promise<Resultat<undefined, string>> =>
  refusDOuverture(() =>
    enTransaction(db, async (transaction) => {
      const membres = await membresDe(transaction, demande);
      if (!(await changerSeance(transaction, id, version, demande)))
        return abandonner(
          refuser(
            'version',
            'La séance a changé ou elle est déjà ouverte : rechargez la page et recommencez.',
          ),
        );
      await ecrireMembres(transaction, id, membres);
      await journaliser(transaction, acteur, {
        acte: 'seance.modifier',
        objetType: 'seance',
        objetId: id,
        contenu: { date: demande.date, membres: membres.length },
      });
      return reussi(undefined);
    }),
  );

/**
 * Deletes a session that was prepared by mistake: its number and its date are free again. Refuses one that has been
 * opened, and one for which a proposal or scores were made.
 */
export const supprimerSeance = (
  db: Database,
  acteur: Acteur,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<Resultat<undefined, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const seance = await getSeanceTenue(transaction, id);
      if (seance === undefined) return abandonner(refuser('absent', 'Cette séance est introuvable.'));
      if (await aServi(transaction, id))
        return abandonner(
          refuser(
            'etat',
            'Cette séance a déjà servi\u00a0: ses membres ont noté des dossiers, une proposition a été calculée, ou elle a été ouverte. Elle ne se supprime plus\u00a0: modifiez-la.',
          ),
        );
      if (!(await effacerSeance(transaction, id, version)))
        return abandonner(
          refuser(
            'version',
            'La séance a changé ou elle est déjà ouverte\u00a0: relisez-la avant de la supprimer.',
          ),
        );
      await journaliser(transaction, acteur, {
        acte: 'seance.supprimer',
        objetType: 'seance',
        objetId: id,
        contenu: { numero: seance.numero, date: seance.date, vague: seance.vagueId },
      });
      return reussi(undefined);
    }),
  );

/** Who keeps a session: its president, its secretary, an administrator. */
export const exigerTenue = async (db: Database, acteur: Acteur, id: string) => {
  const seance = await getSeanceTenue(db, id);
  if (seance === undefined) return abandonner(refuser('absent', 'Cette séance est introuvable.'));
  if (!tientSeance(seance.fonction, acteur.role))
    return abandonner(
      refuser('droits', 'Le président ou le secrétaire de la séance le fait : demandez-le à l’un des deux.'),
    );
  return seance;
};

/** Records who is there, until the session is closed. */
export const noterPresences = (
  db: Database,
  acteur: Acteur,
  demande: { readonly seanceId: string; readonly presents: readonly string[] },
): Promise<Resultat<number, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const { statut } = await exigerTenue(transaction, acteur, demande.seanceId);
      if (statut === 'close')
        return abandonner(refuser('etat', 'La séance est close : ses présences ne changent plus.'));
      const presents = await ecrirePresences(transaction, demande.seanceId, demande.presents);
      if (statut === 'ouverte' && (await quorumAtteint(transaction, demande.seanceId)) !== undefined)
        return abandonner(
          refuser(
            'quorum',
            'La séance est ouverte : elle garde son président, son secrétaire et son quorum jusqu’à sa clôture. Clôturez-la avant de noter ces départs.',
          ),
        );
      await journaliser(transaction, acteur, {
        acte: 'seance.noter_presences',
        objetType: 'seance',
        objetId: demande.seanceId,
        contenu: { presents },
      });
      return reussi(presents);
    }),
  );

/** Opens a session. Refuses without its quorum, and while another one decides on the same wave. */
export const ouvrirSeance = (
  db: Database,
  acteur: Acteur,
  demande: { readonly seanceId: string; readonly version: number },
): Promise<Resultat<undefined, string>> =>
  refusDOuverture(() =>
    enTransaction(db, async (transaction) => {
      await exigerTenue(transaction, acteur, demande.seanceId);
      exiger(
        await changerStatut(transaction, workflowSeance, acteur, {
          id: demande.seanceId,
          nom: 'ouvrir',
          version: demande.version,
        }),
      );
      await noterOuverture(transaction, demande.seanceId);
      return reussi(undefined);
    }),
  );
