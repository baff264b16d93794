import { createHash } from 'node:crypto';
import { annoncerSeance } from '../candidatures/index.ts';
import type { Courriel } from '../platform/courriel.ts';
import { type Database, enTransaction } from '../platform/database/index.ts';
import { dateLongue, instantLong, typographier } from '../platform/francais/index.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import { abandonner, enRefus, exiger, type Resultat, refuser, reussi } from '../platform/result.ts';
import { changerStatut } from '../platform/workflow.ts';
import { mettreEnLigne, occupe, type Publication } from './acts.ts';
import { type SaisieBrouillon, saisiDe } from './brouillon.rules.ts';
import { type DemandeFaits, type Dossier, reunirFaits } from './faits.store.ts';
import { texte } from './formats/texte.ts';
import { ecrireRelecture, findBoite, getSuivi, listAgents, type Suivi } from './relecture.store.ts';
import {
  aVenir,
  composerCommunique,
  type FaitsCommunique,
  paragraphesDe,
  verifierRedaction,
} from './rules.ts';
import {
  commencerCommunique,
  deplacerPublication,
  type LigneCommunique,
  modifierCommunique,
} from './store.ts';
import { workflowCommunique } from './workflow.ts';

/** Who acts on the web, and the version of the row that they saw; 0 where nothing was begun. */
export type DemandeAgent = DemandeFaits & {
  readonly version: number;
  readonly auteur: { readonly id: string; readonly nom: string };
  /** Address of the site, for the mails. */
  readonly adresse: string;
};

/** Digest of everything that a communiqué says, whatever its state. */
const empreinteDuTexte = (faits: FaitsCommunique): string =>
  createHash('sha256')
    .update(texte(composerCommunique({ ...faits, etat: { type: 'publie' } })))
    .digest('hex');

/** Path of a communiqué for those who prepare it. */
export const cheminDuBrouillon = ({ departement, seance }: { departement: string; seance: string }): string =>
  `/prefecture/communiques/${departement}/${seance}`;

type Ouvert = { readonly dossier: Dossier; readonly communique: LigneCommunique; readonly suivi: Suivi };

/** The facts as the actor saw them. A refusal is carried out. */
const lire = async (db: Database, demande: DemandeAgent): Promise<Dossier> => {
  const dossier = exiger(await reunirFaits(db, demande));
  return (dossier.communique?.version ?? 0) === demande.version ? dossier : abandonner(occupe());
};

/** The communiqué of these facts, begun where there was none. */
const commencer = async (
  db: Database,
  { departement, date }: DemandeAgent,
  { communique: begun, seanceId }: Dossier,
): Promise<LigneCommunique> => {
  if (begun !== undefined) return begun;
  const communique = await commencerCommunique(db, { seanceId, departement, date });
  // Begun by somebody else at the same time, and written already.
  return communique.version === 1 ? communique : abandonner(occupe());
};

const ouvrir = async (db: Database, demande: DemandeAgent): Promise<Ouvert> => {
  const dossier = await lire(db, demande);
  const communique = await commencer(db, demande, dossier);
  return { dossier, communique, suivi: await getSuivi(db, communique.id) };
};

/** What a form holds of a draft; the date that is recorded where it has none. */
type DemandeBrouillon = DemandeAgent & { readonly saisie: SaisieBrouillon };

/** What is wrong with each field of a draft, which then stays as it was; else the version that is now the row's. */
type BrouillonEnregistre =
  | { readonly enregistre: true; readonly version: number }
  | { readonly enregistre: false; readonly erreurs: Readonly<Record<string, string>> };

const memes = (gauche: object, droite: object): boolean => JSON.stringify(gauche) === JSON.stringify(droite);

/**
 * Writes a draft: its date, and each paragraph that was touched and differs from the proposed wording. Refuses
 * (`version`) what somebody else has changed meanwhile.
 */
export const enregistrerBrouillon = (
  db: Database,
  acteur: Acteur,
  demande: DemandeBrouillon,
): Promise<Resultat<BrouillonEnregistre>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const dossier = await lire(transaction, demande);
      // The date decides of some sentences: « s’ouvrira », « s’est ouverte ». They are those of the date that is wanted.
      const faits = { ...dossier.faits, redactions: {} };
      const { date } = faits.signature;
      const { chiffres } = composerCommunique(faits);
      const textes = { ...dossier.communique?.textes };
      const erreurs: Record<string, string> = {};
      for (const { cle, gabarit } of paragraphesDe(faits)) {
        // What was not touched stays as it is, even where the date changes what is proposed.
        const saisi = saisiDe(demande.saisie, cle);
        if (saisi === undefined) continue;
        // The proposed wording is nobody's, and always right; an emptied one comes back to it.
        if (saisi === '' || typographier(saisi) === gabarit) {
          delete textes[cle];
          continue;
        }
        const checked = verifierRedaction(cle, gabarit, saisi, chiffres);
        if (!checked.ok) erreurs[cle] = checked.message;
        else textes[cle] = { gabarit: checked.valeur, origine: gabarit };
      }
      if (Object.keys(erreurs).length > 0) return reussi({ enregistre: false as const, erreurs });
      // Begun once nothing is wrong: what is refused leaves no trace, and the page still shows what is there.
      const communique = await commencer(transaction, demande, dossier);
      // What says the same stays the work of who wrote it: asking to proofread writes nothing of it again.
      if (demande.version > 0 && communique.date === date && memes(communique.textes, textes))
        return reussi({ enregistre: true as const, version: communique.version });
      const written = await modifierCommunique(transaction, communique, { date, textes });
      if (!written) return abandonner(occupe());
      await journaliser(transaction, acteur, {
        acte: 'communique.rediger',
        objetType: 'communique',
        objetId: communique.id,
        contenu: { paragraphes: Object.keys(textes), date },
        perimetre: { departement: demande.departement },
      });
      return reussi({ enregistre: true as const, version: communique.version + 1 });
    }),
  );

/** One mail to each other agent of the préfecture, and to its mailbox. */
const avis = async (
  db: Database,
  { communique, dossier }: Ouvert,
  demande: DemandeAgent,
  dit: { readonly objet: string; readonly paragraphes: readonly string[]; readonly cle: string },
): Promise<readonly Courriel[]> => {
  const { departement, auteur, adresse, version } = demande;
  const [agents, boite] = [
    await listAgents(db, departement, auteur.id),
    await findBoite(db, departement),
  ] as const;
  const commun = {
    objet: `${dit.objet} : ${dossier.faits.departement.nom}, séance du ${dateLongue(demande.seance)}`,
    paragraphes: ['Bonjour,', ...dit.paragraphes],
    lien: { texte: 'Ouvrir le communiqué', href: `${adresse}${cheminDuBrouillon(demande)}` },
    objetType: 'communique',
    objetId: communique.id,
  };
  const cle = (pour: string) => `communique:${communique.id}:${version}:${dit.cle}:${pour}`;
  return [
    ...agents.map(({ id, courriel }) => ({ ...commun, destinataire: courriel, personne: id, cle: cle(id) })),
    ...(boite === null ? [] : [{ ...commun, destinataire: boite, cle: cle('boite') }]),
  ];
};

const texteChange =
  'Ce communiqué ne dit plus ce qui a été approuvé : les décisions, un libellé, la signature ou l’en-tête ont changé depuis.';

const personnePourRelire =
  'Personne ne peut relire ce communiqué : en dehors de vous, aucun agent de cette préfecture n’a de compte. Invitez un ou une collègue, ou demandez à l’administrateur du service de le faire.';

/** Asks another agent to proofread, where there is one. */
const demanderRelecture = (
  db: Database,
  acteur: Acteur,
  demande: DemandeAgent,
): Promise<Resultat<undefined>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const ouvert = await ouvrir(transaction, demande);
      if ((await listAgents(transaction, demande.departement, demande.auteur.id)).length === 0)
        return abandonner(refuser('seul', personnePourRelire));
      await ecrireRelecture(transaction, ouvert.communique.id, { empreinte: null, corrections: null });
      exiger(
        await changerStatut(transaction, workflowCommunique, acteur, {
          id: ouvert.communique.id,
          nom: 'demander_relecture',
          version: ouvert.communique.version,
          perimetre: { departement: demande.departement },
          courriels: await avis(transaction, ouvert, demande, {
            objet: 'Communiqué à relire',
            cle: 'relecture',
            paragraphes: [
              `${demande.auteur.nom} demande qu’une autre personne relise le communiqué ${ouvert.dossier.faits.departement.genitif}, daté du ${dateLongue(ouvert.dossier.faits.signature.date)}.`,
              'Vous pouvez l’approuver, ou demander des corrections.',
            ],
          }),
        }),
      );
      return reussi(undefined);
    }),
  );

/**
 * Writes a draft, then asks another agent to proofread it: both, or neither. Refuses as each does, and where nobody
 * else of the préfecture has an account.
 */
export const proposerARelecture = (
  db: Database,
  acteur: Acteur,
  demande: DemandeBrouillon,
): Promise<Resultat<BrouillonEnregistre>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const saved = exiger(await enregistrerBrouillon(transaction, acteur, demande));
      if (saved.enregistre)
        exiger(await demanderRelecture(transaction, acteur, { ...demande, version: saved.version }));
      return reussi(saved);
    }),
  );

/** Ends a proofreading: approves what was read, or says what to correct. Refuses who wrote it last. */
export const rendreRelecture = (
  db: Database,
  acteur: Acteur,
  demande: DemandeAgent & { readonly corrections: string | null },
): Promise<Resultat<undefined>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const ouvert = await ouvrir(transaction, demande);
      const { communique, dossier, suivi } = ouvert;
      const { corrections, auteur } = demande;
      if (communique.statut === 'en_relecture' && suivi.redigePar?.id === auteur.id)
        return abandonner(
          refuser(
            'meme_personne',
            'Vous avez écrit ce communiqué en dernier : une autre personne doit le relire.',
          ),
        );
      await ecrireRelecture(transaction, communique.id, {
        empreinte: corrections === null ? empreinteDuTexte(dossier.faits) : null,
        corrections,
      });
      exiger(
        await changerStatut(transaction, workflowCommunique, acteur, {
          id: communique.id,
          nom: corrections === null ? 'approuver' : 'demander_corrections',
          version: communique.version,
          perimetre: { departement: demande.departement },
          ...(corrections === null ? {} : { motif: corrections }),
          courriels: await avis(
            transaction,
            ouvert,
            demande,
            corrections === null
              ? {
                  objet: 'Communiqué relu',
                  cle: 'relu',
                  paragraphes: [`${auteur.nom} a relu et approuvé le communiqué. Il peut être publié.`],
                }
              : {
                  objet: 'Communiqué à corriger',
                  cle: 'corrections',
                  paragraphes: [
                    `${auteur.nom} a relu le communiqué et demande des corrections :`,
                    corrections,
                  ],
                },
          ),
        }),
      );
      return reussi(undefined);
    }),
  );

/**
 * Publishes what was approved, from an instant on. Refuses a text that is no longer the one that was approved, as the
 * decisions, a label, who signs or the letterhead have changed since.
 */
export const publierRelu = (
  db: Database,
  acteur: Acteur,
  demande: DemandeAgent & { readonly instant: string },
): Promise<Resultat<Publication>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const { dossier, communique, suivi } = await ouvrir(transaction, demande);
      if (communique.statut === 'relu' && suivi.empreinte !== empreinteDuTexte(dossier.faits))
        return abandonner(
          refuser('texte_change', `${texteChange} Reprenez-le en brouillon et faites-le relire.`),
        );
      return reussi(
        await mettreEnLigne(transaction, acteur, {
          demande,
          dossier,
          brouillon: communique,
          date: communique.date,
          nom: 'publier',
        }),
      );
    }),
  );

/** Whether two instants are one as a form writes them: to the minute. */
const memeMinute = (left: string, right: string): boolean =>
  Math.floor(Date.parse(left) / 60_000) === Math.floor(Date.parse(right) / 60_000);

/**
 * Changes the instant of a publication to come, with that of the decisions it announces. Nothing of the text changes, so
 * nobody proofreads again; refuses what no longer says what was approved, and what is public already.
 */
export const reprogrammer = (
  db: Database,
  acteur: Acteur,
  demande: DemandeAgent & { readonly instant: string },
): Promise<Resultat<undefined>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const { dossier, communique, suivi } = await ouvrir(transaction, demande);
      const { seance, departement, instant } = demande;
      const { publieLe } = communique;
      if (communique.statut !== 'publie' || !aVenir(publieLe, demande.maintenant))
        return abandonner(
          refuser('etat', 'Ce communiqué n’attend pas sa publication : son heure ne se change plus.'),
        );
      if (memeMinute(publieLe, instant))
        return abandonner(
          refuser(
            'instant',
            `Ce communiqué est déjà prévu pour le ${instantLong(publieLe)} : choisissez un autre instant.`,
          ),
        );
      if (suivi.empreinte !== empreinteDuTexte(dossier.faits))
        return abandonner(
          refuser(
            'texte_change',
            `${
              suivi.empreinte === null ? 'Ce communiqué a été programmé sans relecture.' : texteChange
            } Annulez sa publication, reprenez-le en brouillon et faites-le relire.`,
          ),
        );
      if (!(await deplacerPublication(transaction, communique, instant))) return abandonner(occupe());
      await journaliser(transaction, acteur, {
        acte: 'communique.reprogrammer',
        objetType: 'communique',
        objetId: communique.id,
        contenu: { avant: publieLe, instant },
        perimetre: { departement },
      });
      exiger(await annoncerSeance(transaction, acteur, { seance, departement, instant }));
      return reussi(undefined);
    }),
  );
