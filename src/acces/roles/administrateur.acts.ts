import { sql } from 'kysely';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { type Resultat, refuser, reussi } from '../../platform/result.ts';
import { estBoite } from '../compte/courriel.store.ts';
import { ecrireLien } from '../connexion/sessions.store.ts';
import { minutesDuLien, normaliserCourriel } from '../rules.ts';
import { empreinte, nouveauSecret } from '../secrets.ts';
import { boiteSansCompte } from './roles.rules.ts';

export type NouvelAdministrateur = {
  readonly courriel: string;
  readonly prenom: string;
  readonly nom: string;
};

/** Makes somebody administrator from the command line: a person is made where there was none. Refuses who is one. */
export const creerAdministrateur = (
  db: Database,
  acteur: Acteur,
  { courriel, prenom, nom }: NouvelAdministrateur,
): Promise<Resultat<{ readonly personne: string }, 'courriel' | 'deja'>> =>
  enTransaction(db, async (transaction) => {
    const adresse = normaliserCourriel(courriel);
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(adresse))
      return refuser('courriel', `« ${courriel} » n’est pas une adresse électronique complète.`);
    if (await estBoite(transaction, adresse)) return refuser('courriel', boiteSansCompte);
    const made = await sql<{ id: string }>`
      insert into personne (courriel, prenom, nom) values (${adresse}, ${prenom.trim()}, ${nom.trim()})
      on conflict (courriel) do update set desactivee_le = null returning id`.execute(transaction);
    const personne = made.rows[0]?.id;
    if (personne === undefined) throw new Error('an upsert returns its row');
    const given = await sql`
      insert into attribution (personne_id, role, niveau, motif)
      values (${personne}, 'administrateur', 'national', 'créé en ligne de commande')
      on conflict do nothing`.execute(transaction);
    if (Number(given.numAffectedRows ?? 0n) === 0)
      return refuser('deja', `${adresse} est déjà administrateur.`);
    await journaliser(transaction, acteur, {
      acte: 'acces.creer_administrateur',
      objetType: 'personne',
      objetId: personne,
    });
    return reussi({ personne });
  });

/** A sign-in link to hand over, where mail does not leave yet. */
export const donnerLien = async (acces: Database, personne: string, adresse: string): Promise<string> => {
  const secret = nouveauSecret();
  await ecrireLien(acces, {
    empreinte: empreinte(secret),
    personne,
    minutes: minutesDuLien,
    retour: null,
  });
  return `${adresse}/connexion/lien/${secret}`;
};
