import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { deposerCourriel } from '../../platform/courriel.ts';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { abandonner, enRefus, exiger, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { changerStatut } from '../../platform/workflow.ts';
import { inviter } from '../invitations/invitations.acts.ts';
import { lireJour } from '../roles/personnes.store.ts';
import { getStructureCible } from '../roles/roles.store.ts';
import { normaliserCourriel } from '../rules.ts';
import { empreinte, nouveauSecret } from '../secrets.ts';
import { workflowRevendication } from '../workflows.ts';
import {
  composerCode,
  essaisMax,
  joursDeRevendication,
  lireCode,
  longueurDeCode,
} from './revendications.rules.ts';
import {
  demandeTrop,
  ecrireRevendication,
  estGestionnaire,
  findRevendication,
  getPrefecture,
  getRevendication,
  getStructureAnnoncee,
  listInstructeursDe,
  noterCode,
  noterCourrielConfirme,
  noterInvitation,
  type Prefecture,
  prendreEssai,
  type RevendicationLue,
  relancerRevendication,
} from './revendications.store.ts';

/** Its lines of the journal are the préfecture's to read, not the structure's. */
const dossierDe = ({ departement }: Pick<RevendicationLue, 'departement'>) => ({
  perimetre: departement === null ? {} : { departement },
});

/** Whoever comes through a door: the claim itself acts, as its claimant has no account. */
const demandeur = (id: string): Acteur => ({ identifiant: `revendication:${id}`, role: 'visiteur' });

export type DemandeDAcces = {
  readonly structure: string;
  readonly prenom: string;
  readonly nom: string;
  readonly courriel: string;
  readonly fonction: string;
  readonly adresse: string;
};

/**
 * Asks for the access of an announced structure. A mail leaves for the claimant, who confirms their address by it.
 * Answers alike whether there is an account, a claim or a manager already; refuses only a structure that is not public.
 * These mails hold nothing that was typed: anybody could have us write anything to anybody.
 */
export const demanderAcces = (
  acces: Database,
  demande: DemandeDAcces,
): Promise<Resultat<undefined, 'structure'>> =>
  enTransaction(acces, async (transaction) => {
    const structure = await getStructureAnnoncee(transaction, demande.structure);
    if (structure === undefined)
      return refuser('structure', 'Cette structure n’est pas parmi les structures retenues et annoncées.');
    const courriel = normaliserCourriel(demande.courriel);
    const secret = nouveauSecret();
    const nouvelle = {
      structure: structure.id,
      prenom: demande.prenom.trim(),
      nom: demande.nom.trim(),
      fonction: demande.fonction.trim(),
      courriel,
      empreinte: empreinte(secret),
    };
    if (await estGestionnaire(transaction, structure.id, courriel)) {
      await deposerCourriel(transaction, {
        destinataire: courriel,
        objet: 'Votre accès à Maillage existe déjà',
        paragraphes: [
          'Bonjour,',
          `Vous gérez déjà « ${structure.nom} » dans Maillage. Connectez-vous avec cette adresse.`,
        ],
        lien: { texte: 'Me connecter', href: `${demande.adresse}/connexion` },
        // The same demand again on the same day is one mail.
        cle: `acces-existant:${structure.id}:${empreinte(courriel).toString('hex')}:${await lireJour(transaction)}`,
      });
      return reussi(undefined);
    }
    const relance = await relancerRevendication(transaction, nouvelle);
    if (relance === false) return reussi(undefined);
    if (relance === undefined && (await demandeTrop(transaction, nouvelle))) return reussi(undefined);
    const id = relance ?? (await ecrireRevendication(transaction, nouvelle));
    if (id === undefined) return reussi(undefined);
    await journaliser(transaction, demandeur(id), {
      acte: 'acces.demander_acces',
      objetType: 'revendication',
      objetId: id,
      contenu: { structure: structure.id, relance: relance !== undefined },
    });
    await deposerCourriel(transaction, {
      destinataire: courriel,
      objet: 'Votre demande d’accès à Maillage',
      paragraphes: [
        'Bonjour,',
        `Vous avez demandé l’accès de « ${structure.nom} » à Maillage. Ouvrez ce lien pour confirmer votre adresse, puis pour écrire le code que la préfecture enverra par la poste à la structure.`,
        `Gardez ce courriel : le lien sert pendant ${joursDeRevendication} jours. Il remplace ceux que vous auriez déjà reçus.`,
        'Si vous n’avez rien demandé, ne faites rien.',
      ],
      lien: { texte: 'Suivre ma demande', href: `${demande.adresse}/revendication/${secret}` },
      secret: true,
      objetType: 'revendication',
      objetId: id,
    });
    return reussi(undefined);
  });

/** The claim of a link. */
export const lireLienDeRevendication = async (
  acces: Database,
  secret: string,
): Promise<RevendicationLue | undefined> => findRevendication(acces, empreinte(secret));

const prevenirPrefecture = async (
  db: Database,
  revendication: RevendicationLue,
  { objet, phrase, adresse }: { readonly objet: string; readonly phrase: string; readonly adresse: string },
): Promise<void> => {
  for (const { id, courriel } of await listInstructeursDe(db, revendication.structure))
    await deposerCourriel(db, {
      destinataire: courriel,
      objet,
      paragraphes: ['Bonjour,', phrase],
      lien: { texte: 'Voir la demande', href: `${adresse}/revendications/${revendication.id}` },
      personne: id,
      objetType: 'revendication',
      objetId: revendication.id,
    });
};

/** The claimant proves that the mailbox is theirs; the préfecture is told, once. */
export const confirmerCourriel = (
  acces: Database,
  { secret, adresse }: { readonly secret: string; readonly adresse: string },
): Promise<Resultat<undefined, 'lien'>> =>
  enTransaction(acces, async (transaction) => {
    const digest = empreinte(secret);
    const first = await noterCourrielConfirme(transaction, digest);
    const revendication = await findRevendication(transaction, digest);
    if (revendication === undefined)
      return refuser('lien', 'Ce lien ne sert plus : un plus récent l’a remplacé.');
    if (!first) return reussi(undefined);
    await journaliser(transaction, demandeur(revendication.id), {
      acte: 'acces.confirmer_courriel_de_demande',
      objetType: 'revendication',
      objetId: revendication.id,
    });
    await prevenirPrefecture(transaction, revendication, {
      objet: 'Une structure demande son accès à Maillage',
      phrase: `« ${revendication.structureNom} » demande son accès. Éditez le courrier qui porte son code, et envoyez-le à son adresse postale.`,
      adresse,
    });
    return reussi(undefined);
  });

/** What is kept of a code: under the key of the configuration, and of this claim alone. */
const empreinteDeCode = (cle: string, id: string, code: string): Buffer =>
  createHmac('sha256', cle).update(`${id}:${code}`).digest();

export type Courrier = {
  readonly revendication: RevendicationLue;
  readonly prefecture: Prefecture;
  readonly code: string;
  readonly destinataire: readonly string[];
  /** Last day of the code. */
  readonly expire: string;
};

/**
 * Makes the letter that carries a code to the structure's postal address. Its code is kept as a digest: it is printed
 * once, and another letter carries another code. Refuses a claim whose mailbox is not confirmed, or without an address.
 */
export const editerCourrier = (
  db: Database,
  acteur: Acteur,
  demande: { readonly id: string; readonly adresse: string; readonly cle: string },
): Promise<Resultat<Courrier>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const revendication = await getRevendication(transaction, demande.id, true);
      if (revendication === undefined) return refuser('absent', 'Cette demande est introuvable.');
      const { id, etat, version, departement, adresseConnue } = revendication;
      if (etat === 'a_confirmer')
        return refuser('etat', 'Le demandeur n’a pas encore confirmé son adresse électronique.');
      if (etat === 'expiree') return refuser('etat', 'Cette demande a expiré : elle est à refaire.');
      const lignes = (demande.adresse.trim() || adresseConnue || '')
        .split(/\r?\n/)
        .map((ligne) => ligne.trim())
        .filter((ligne) => ligne !== '');
      if (lignes.length < 2)
        return refuser('adresse', 'Écrivez l’adresse postale de la structure, sur deux lignes au moins.');
      const prefecture = departement === null ? undefined : await getPrefecture(transaction, departement);
      if (prefecture === undefined)
        return refuser(
          'adresse',
          'La commune de cette structure n’est pas connue : complétez d’abord la structure.',
        );
      exiger(
        await changerStatut(transaction, workflowRevendication, acteur, {
          id,
          version,
          nom: 'editer_courrier',
          ...dossierDe(revendication),
        }),
      );
      const code = composerCode(randomBytes(longueurDeCode));
      const ecrite = lignes.join('\n');
      const expire = await noterCode(transaction, {
        id,
        codeEmpreinte: empreinteDeCode(demande.cle, id, code),
        adresse: ecrite === adresseConnue ? null : ecrite,
      });
      return reussi({ revendication, prefecture, code, destinataire: lignes, expire });
    }),
  );

/**
 * The claimant types the code of the letter. A try is used up before it is looked at, and after five the letter is to
 * be made anew. Refuses in a sentence that says how many are left; a refusal is to be kept, for its try to count.
 */
export const saisirCode = (
  acces: Database,
  demande: { readonly secret: string; readonly code: string; readonly cle: string; readonly adresse: string },
): Promise<Resultat<undefined, 'forme' | 'code' | 'ferme'>> =>
  enTransaction(acces, async (transaction) => {
    const code = lireCode(demande.code);
    if (code === undefined)
      return refuser('forme', 'Le code a 8 signes, lettres et chiffres, par exemple ABCD-2345.');
    const essai = await prendreEssai(transaction, empreinte(demande.secret));
    if (essai === undefined)
      return refuser(
        'ferme',
        `Ce code ne peut plus être vérifié : il a expiré, ou ses ${essaisMax} essais sont passés. Demandez un nouveau courrier à la préfecture.`,
      );
    const { id, version, codeEmpreinte, restants } = essai;
    if (!timingSafeEqual(codeEmpreinte, empreinteDeCode(demande.cle, id, code)))
      return refuser('code', `Ce code n’est pas le bon. Essais restants : ${restants}.`);
    await sql`select set_config('maillage.role', 'visiteur', true)`.execute(transaction);
    const changed = await changerStatut(transaction, workflowRevendication, demandeur(id), {
      id,
      version,
      nom: 'verifier_code',
    });
    if (!changed.ok) return refuser('ferme', changed.message);
    const revendication = await getRevendication(transaction, id);
    if (revendication !== undefined)
      await prevenirPrefecture(transaction, revendication, {
        objet: 'Le code d’une structure est vérifié',
        phrase: `« ${revendication.structureNom} » a reçu son courrier et écrit le bon code. Confirmez sa demande d’accès, ou refusez-la.`,
        adresse: demande.adresse,
      });
    return reussi(undefined);
  });

type Decision = {
  readonly id: string;
  /** The row version that the actor saw. */
  readonly version: number;
  readonly adresse: string;
};

/**
 * The préfecture grants the access: an invitation as manager of the structure leaves for the confirmed address. Refuses
 * a claim whose code was not verified, and an acting role that may not give this one.
 */
export const confirmerRevendication = (
  db: Database,
  acteur: Acteur,
  { id, version, adresse }: Decision,
): Promise<Resultat<undefined>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const revendication = await getRevendication(transaction, id, true);
      if (revendication === undefined) return refuser('absent', 'Cette demande est introuvable.');
      if (revendication.etat === 'expiree')
        return refuser('etat', 'Cette demande a expiré : elle est à refaire.');
      exiger(
        await changerStatut(transaction, workflowRevendication, acteur, {
          id,
          version,
          nom: 'confirmer',
          ...dossierDe(revendication),
        }),
      );
      const lieu = await getStructureCible(transaction, revendication.structure);
      if (lieu === undefined) throw new Error('a claim has its structure');
      const { courriel, prenom, nom } = revendication;
      const sent = await inviter(transaction, acteur, {
        courriel,
        prenom,
        nom,
        cible: { ...lieu.cible, role: 'gestionnaire' },
        motif: 'accès demandé par la structure et vérifié par courrier',
        adresse,
      });
      // Invited or in place meanwhile: what they ask for is theirs already.
      if (!sent.ok && sent.refus !== 'deja' && sent.refus !== 'invitee') return abandonner(sent);
      await noterInvitation(transaction, id, sent.ok ? sent.valeur.invitation : null);
      return reussi(undefined);
    }),
  );

/** The préfecture refuses a claim, for a reason that the claimant reads. */
export const refuserRevendication = (
  db: Database,
  acteur: Acteur,
  { id, version, motif }: Omit<Decision, 'adresse'> & { readonly motif: string },
): Promise<Resultat<undefined>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const revendication = await getRevendication(transaction, id, true);
      if (revendication === undefined) return refuser('absent', 'Cette demande est introuvable.');
      exiger(
        await changerStatut(transaction, workflowRevendication, acteur, {
          id,
          version,
          motif,
          nom: 'refuser',
          ...dossierDe(revendication),
        }),
      );
      await deposerCourriel(transaction, {
        destinataire: revendication.courriel,
        objet: 'Votre demande d’accès à Maillage est refusée',
        paragraphes: [
          `Bonjour ${revendication.prenom} ${revendication.nom},`,
          `La préfecture ne donne pas suite à votre demande d’accès pour « ${revendication.structureNom} ».`,
          `Motif : ${motif.trim()}`,
        ],
        objetType: 'revendication',
        objetId: id,
      });
      return reussi(undefined);
    }),
  );
