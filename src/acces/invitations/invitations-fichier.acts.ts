import { type Database, enTransaction } from '../../platform/database/index.ts';
import { nombre } from '../../platform/francais/index.ts';
import { type Resultat, refuser, reussi } from '../../platform/result.ts';
import { demanderTache } from '../../platform/taches.ts';
import { boiteDeService } from '../roles/roles.rules.ts';
import { lireDonneur } from '../roles/roles.store.ts';
import { normaliserCourriel } from '../rules.ts';
import { type AInviter, examinerInvitation } from './invitations.acts.ts';
import { avertissementBoite, type LigneDeLot, lignesParJour } from './invitations.rules.ts';
import { lireDemandes, lireLignes } from './invitations-fichier.lecture.ts';
import { compterEnvoyees, demanderLot, ecrireLot, getLot } from './invitations-fichier.store.ts';
import { tacheEnvoi } from './invitations-fichier.taches.ts';

const cleDe = ({ courriel, cible }: AInviter): string =>
  JSON.stringify([normaliserCourriel(courriel), cible]);

/** Reads each line, and says what would stop it; nobody is invited yet. */
const examinerLignes = async (
  db: Database,
  lues: readonly Pick<LigneDeLot, 'ligne' | 'valeurs'>[],
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
      ...(connu ? { lieu: connu.lieu } : {}),
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
 * Asks that each line of a file that nothing stops be sent, those to be looked at where they are ticked; a job sends them,
 * under the role of whoever asks. Refuses a file that was sent already, and more than a day's share.
 */
export const demanderEnvoi = (
  db: Database,
  {
    lot: id,
    confirmees,
    ...demandeur
  }: {
    readonly lot: string;
    /** Numbers of the lines to be looked at that were ticked: the others of them are left out. */
    readonly confirmees: readonly number[];
    readonly personne: string;
    readonly attribution: string;
  },
): Promise<Resultat<undefined, 'absent' | 'deja' | 'trop'>> =>
  enTransaction(db, async (transaction) => {
    const lot = await getLot(transaction, id, true);
    if (lot === undefined) return refuser('absent', 'Ce fichier est introuvable.');
    if (lot.demandeeLe !== null) return refuser('deja', 'Les invitations de ce fichier sont déjà demandées.');
    const lignes = lot.lignes.map((ligne): LigneDeLot => {
      if (ligne.erreurs.length > 0) return { ...ligne, envoyee: false };
      if (ligne.avertissements.length > 0 && !confirmees.includes(ligne.ligne))
        return { ...ligne, erreurs: ['Cette adresse à vérifier n’a pas été cochée.'], envoyee: false };
      return ligne;
    });
    const parties = await compterEnvoyees(transaction);
    const maximum = lignesParJour((await lireDonneur(transaction)).role);
    if (parties + lignes.filter(({ erreurs }) => erreurs.length === 0).length > maximum)
      return refuser(
        'trop',
        `Vous pouvez envoyer ${nombre(maximum)} invitations par fichier en 24 heures, et ${nombre(parties)} sont déjà demandées. Envoyez un fichier plus court, ou réessayez demain.`,
      );
    await demanderLot(transaction, id, lignes);
    await demanderTache(transaction, tacheEnvoi, { lot: id, ...demandeur });
    return reussi(undefined);
  });
