import { randomBytes } from 'node:crypto';
import { deposerCourriel } from '../../platform/courriel.ts';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { acteurDe, type Identite } from '../../platform/http/identite.ts';
import { type Acteur, type Inscription, journaliser, motifSur } from '../../platform/journal.ts';
import { type Refus, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { chiffrer, dechiffrer, empreinte, nouveauSecret } from '../secrets.ts';
import type { SessionOuverte } from './connexion.acts.ts';
import { attente, ecrireCode, lirePreuve, nombreDeCodes, peuDeCodes } from './second-facteur.rules.ts';
import {
  ecrireCodes,
  effacerSecondFacteur,
  lireSecondFacteur,
  noterEchecs,
  prendreCode,
  prendrePas,
  preparerSecret,
  tenirSecondFacteur,
} from './second-facteur.store.ts';
import {
  changerSecret,
  getPersonne,
  noterSecondFacteur,
  type PersonneConnue,
  terminerSessions,
} from './sessions.store.ts';
import { nouveauSecretTotp, pasDuCode } from './totp.ts';

/** The object of an act on somebody, in the journal. */
const sur = (personne: string) => ({ objetType: 'personne', objetId: personne }) as const;

type Prevenue = Pick<PersonneConnue, 'id' | 'courriel' | 'prenom' | 'nom'>;
type Avis = { readonly objet: string; readonly paragraphes: readonly string[] };

const prevenir = (
  db: Database,
  { id, courriel, prenom, nom }: Prevenue,
  objet: Avis['objet'],
  paragraphes: Avis['paragraphes'],
) =>
  deposerCourriel(db, {
    destinataire: courriel,
    objet,
    paragraphes: [`Bonjour ${prenom} ${nom},`, ...paragraphes],
    personne: id,
  });

const pasVous =
  'Si ce n’était pas vous, déconnectez tous vos appareils dans « Mon compte » et prévenez un administrateur.';

/** A digest that is of no use for somebody else's code. */
const empreinteDeCode = (personne: string, code: string): Buffer => empreinte(`${personne}:${code}`);

/** Begins to install a second factor: its secret waits for a first code. Refuses where one is installed. */
export const commencerSecondFacteur = (
  db: Database,
  identite: Identite,
  cle: string,
): Promise<Resultat<undefined, 'deja'>> =>
  enTransaction(db, async (transaction) =>
    (await preparerSecret(transaction, identite.personne.id, chiffrer(cle, nouveauSecretTotp())))
      ? reussi(undefined)
      : refuser('deja', 'Votre second facteur est déjà installé.'),
  );

type RefusPreuve = Refus<'code' | 'attente' | 'absent'>;

/** Until it is installed there is no code of the other kind. */
const codeFaux = (installe: boolean) =>
  refuser(
    'code',
    installe
      ? 'Ce code n’est pas le bon. Vérifiez l’heure de votre téléphone, attendez le code suivant, ou donnez un code de secours.'
      : 'Ce code n’est pas le bon. Vérifiez l’heure de votre téléphone, puis attendez le code suivant.',
  );
const enAttente = refuser(
  'attente',
  'Trop de codes faux ont été donnés : attendez quelques minutes avant de recommencer.',
);

/** Whether a proof is one of this person, which is then used up. What is wrong is counted. */
const eprouver = async (
  db: Database,
  identite: Identite,
  saisie: string,
  { cle, installe }: { readonly cle: string; readonly installe: boolean },
): Promise<{ readonly ok: true } | RefusPreuve> => {
  const { personne } = identite;
  const held = await tenirSecondFacteur(db, personne.id);
  if (held === undefined || held.confirme !== installe)
    return refuser('absent', 'Aucun second facteur n’est à confirmer : rechargez la page.');
  if (held.bloque) return enAttente;
  const secret = dechiffrer(cle, held.secret);
  if (secret === undefined) throw new Error('the secret of a second factor cannot be read with this key');
  const preuve = lirePreuve(saisie);
  if (preuve === undefined)
    return refuser(
      'code',
      installe
        ? 'Écrivez les 6 chiffres du code, ou les 12 caractères d’un code de secours.'
        : 'Écrivez les 6 chiffres du code.',
    );
  const pas = preuve.type === 'totp' ? pasDuCode(secret, preuve.code) : undefined;
  const secours =
    preuve.type === 'secours' &&
    installe &&
    (await prendreCode(db, personne.id, empreinteDeCode(personne.id, preuve.code)));
  if (pas === undefined && !secours) {
    const echecs = held.echecs + 1;
    await noterEchecs(db, personne.id, echecs, attente(echecs));
    if (attente(echecs) > 0) {
      await journaliser(db, acteurDe(identite), {
        acte: 'acces.bloquer_second_facteur',
        ...sur(personne.id),
        contenu: { echecs, minutes: attente(echecs) },
      });
      await prevenir(db, personne, 'Des codes faux ont été donnés pour votre compte Maillage', [
        `${echecs} codes faux ont été donnés à la suite. Votre compte attend avant d’en accepter d’autres.`,
        pasVous,
      ]);
    }
    return codeFaux(installe);
  }
  if (pas !== undefined && !(await prendrePas(db, personne.id, pas)))
    return refuser('code', 'Ce code a déjà servi : attendez le suivant.');
  await noterEchecs(db, personne.id, 0, 0);
  if (secours) {
    const reste = (await lireSecondFacteur(db, personne.id))?.codesRestants ?? 0;
    await journaliser(db, acteurDe(identite), {
      acte: 'acces.code_secours',
      ...sur(personne.id),
      contenu: { reste },
    });
    await prevenir(db, personne, 'Un code de secours a servi pour votre compte Maillage', [
      reste <= peuDeCodes
        ? `Il vous en reste ${reste} : faites-en de nouveaux dans « Mon compte ».`
        : `Il vous en reste ${reste}.`,
      pasVous,
    ]);
  }
  return { ok: true };
};

/** The session that gave a proof goes on under another secret: what was seen before it serves no more. */
const elever = async (db: Database, identite: Identite): Promise<SessionOuverte> => {
  await noterSecondFacteur(db, identite.session);
  const secret = nouveauSecret();
  return { secret, expire: await changerSecret(db, identite.session, empreinte(secret)) };
};

type Codes = { readonly codes: readonly string[]; readonly session: SessionOuverte };

/** Gives new recovery codes, in the place of those before. */
const donnerCodes = async (db: Database, identite: Identite): Promise<Codes> => {
  const { id } = identite.personne;
  const codes = Array.from({ length: nombreDeCodes }, () => ecrireCode(randomBytes(12)));
  await ecrireCodes(
    db,
    id,
    codes.map((code) => empreinteDeCode(id, code.replaceAll('-', ''))),
  );
  return { codes, session: await elever(db, identite) };
};

type Essai = { readonly saisie: string; readonly cle: string };

/** Does what a proof allows, with it: wrong codes are counted though the act refuses. */
const apresPreuve = <Valeur>(
  db: Database,
  identite: Identite,
  essai: Essai & { readonly installe: boolean },
  effet: (transaction: Database) => Promise<Valeur>,
): Promise<Resultat<Valeur>> =>
  enTransaction(db, async (transaction) => {
    const proven = await eprouver(transaction, identite, essai.saisie, essai);
    return proven.ok ? reussi(await effet(transaction)) : proven;
  });

/**
 * Gives the second proof of a session. A code serves once, an account waits after wrong ones: these are counted though
 * the act refuses.
 */
export const donnerSecondFacteur = (
  db: Database,
  identite: Identite,
  essai: Essai,
): Promise<Resultat<SessionOuverte>> =>
  apresPreuve(db, identite, { ...essai, installe: true }, async (transaction) => {
    await journaliser(transaction, acteurDe(identite), {
      acte: 'acces.second_facteur',
      ...sur(identite.personne.id),
      contenu: { session: identite.session },
    });
    return elever(transaction, identite);
  });

/** Ends the installation by a first code; gives the recovery codes, which are never shown again. */
export const confirmerSecondFacteur = (
  db: Database,
  identite: Identite,
  essai: Essai,
): Promise<Resultat<Codes>> =>
  apresPreuve(db, identite, { ...essai, installe: false }, async (transaction) => {
    await journaliser(transaction, acteurDe(identite), {
      acte: 'acces.installer_second_facteur',
      ...sur(identite.personne.id),
    });
    await prevenir(transaction, identite.personne, 'Un second facteur protège votre compte Maillage', [
      'Un code de votre application sera demandé à chacune de vos connexions.',
      pasVous,
    ]);
    return donnerCodes(transaction, identite);
  });

/** Makes other recovery codes, after a proof; those before serve no more. */
export const renouvelerCodes = (db: Database, identite: Identite, essai: Essai): Promise<Resultat<Codes>> =>
  apresPreuve(db, identite, { ...essai, installe: true }, async (transaction) => {
    await journaliser(transaction, acteurDe(identite), {
      acte: 'acces.renouveler_codes_secours',
      ...sur(identite.personne.id),
    });
    return donnerCodes(transaction, identite);
  });

/** Takes a second factor away, in the journal and by a mail; false where there is none. */
const oter = async (
  db: Database,
  acteur: Acteur,
  personne: Prevenue,
  { objet, paragraphes, personnel = [] }: Pick<Inscription, 'personnel'> & Avis,
): Promise<boolean> => {
  if (!(await effacerSecondFacteur(db, personne.id))) return false;
  await journaliser(db, acteur, {
    acte: 'acces.retirer_second_facteur',
    ...sur(personne.id),
    personnel,
  });
  await prevenir(db, personne, objet, paragraphes);
  return true;
};

/** Takes one's own second factor away, after a proof. */
export const retirerSonSecondFacteur = (
  db: Database,
  identite: Identite,
  { saisie, cle }: Essai,
): Promise<Resultat<SessionOuverte>> =>
  enTransaction(db, async (transaction) => {
    const proven = await eprouver(transaction, identite, saisie, { cle, installe: true });
    if (!proven.ok) return proven;
    await oter(transaction, acteurDe(identite), identite.personne, {
      objet: 'Votre compte Maillage n’a plus de second facteur',
      paragraphes: ['Le second facteur de votre compte vient d’être retiré depuis « Mon compte ».', pasVous],
    });
    const secret = nouveauSecret();
    const expire = await changerSecret(transaction, identite.session, empreinte(secret));
    return reussi({ secret, expire });
  });

/**
 * Takes away the second factor of somebody who lost it, for a reason: their sessions end, and they are told. Refuses
 * where there is none. `acces` reaches the tables of signing in; who may do so is the caller's to check.
 */
export const retirerSecondFacteur = (
  acces: Database,
  acteur: Acteur,
  personne: string,
  motif: string,
): Promise<Resultat<undefined, 'absent' | 'motif'>> =>
  enTransaction(acces, async (transaction) => {
    if (motif.trim() === '') return refuser('motif', 'Dites pourquoi le second facteur est retiré.');
    const known = await getPersonne(transaction, personne);
    const taken =
      known !== undefined &&
      (await oter(transaction, acteur, known, {
        personnel: motifSur(personne, motif.trim()),
        objet: 'Le second facteur de votre compte Maillage a été retiré',
        paragraphes: [
          `Un administrateur a retiré le second facteur de votre compte, pour cette raison : ${motif.trim()}`,
          'Vos appareils sont déconnectés. À votre prochaine connexion, installez-en un nouveau si votre rôle le demande.',
          'Si vous n’avez rien demandé, prévenez un administrateur.',
        ],
      }));
    if (!taken) return refuser('absent', 'Cette personne n’a pas de second facteur.');
    await terminerSessions(transaction, personne, { saufCelle: null });
    return reussi(undefined);
  });
