import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { aujourdhui, systemClock } from '../platform/clock.ts';
import type { Database } from '../platform/database/index.ts';
import { dateDuDomaine } from '../platform/dates.ts';
import { dateLongue } from '../platform/francais/index.ts';
import { lireHistorique } from '../platform/historique.ts';
import type { Formulaire } from '../platform/http/formulaire.ts';
import { acteurDe, type Identite } from '../platform/http/identite.ts';
import {
  absent,
  type Contexte,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  numeroDePage,
  type Page,
  type Reponse,
} from '../platform/http/route.ts';
import type { Resultat } from '../platform/result.ts';
import { transitionsPossibles } from '../platform/workflow.ts';
import { changerCommunique, paragraphesDe } from './acts.ts';
import { reconcilier } from './differences.rules.ts';
import { type Format, produire } from './documents.ts';
import { type Dossier, reunirFaits } from './faits.store.ts';
import { ArticleCommunique } from './formats/html.tsx';
import { NOMS_PARAGRAPHES, reperes } from './gabarits.ts';
import { phrases } from './phrases.ts';
import {
  cheminDuBrouillon,
  type DemandeAgent,
  demanderRelecture,
  enregistrerBrouillon,
  publierRelu,
  type Redactions,
  rendreRelecture,
} from './relecture.acts.ts';
import {
  type DepartementDeLActeur,
  getSuivi,
  listAgents,
  listDepartementsDeLActeur,
  listSuivis,
} from './relecture.store.ts';
import { CLES_PARAGRAPHES, composerCommunique } from './rules.ts';
import {
  type ActionCommunique,
  type ChampParagraphe,
  codesFaits,
  PageBrouillon,
} from './views/page-brouillon.tsx';
import { etapes, PageSuivis } from './views/page-suivis.tsx';
import { workflowCommunique } from './workflow.ts';

const access = { type: 'role', roles: ['instructeur', 'administrateur'] } as const;
const chemin = '/prefecture/communiques';
const parPage = 30;

const espace = { texte: 'Mon espace', href: '/espace' };
const accueil = { texte: 'Communiqués', href: chemin };

const cle = {
  departement: z.string().regex(/^(\d{2,3}|2[AB])$/, 'attend un code de département'),
  seance: dateDuDomaine,
};
const adresseDuBrouillon = `${chemin}/:departement/:seance{[0-9-]+}`;

/** A single line, as a paragraph is one: a browser sends line breaks that were typed. */
const ligne = z
  .string()
  .max(4000, 'Ce texte est trop long : 2 000 signes au plus.')
  .transform((texte) => texte.replace(/\s*\r?\n\s*/g, ' ').trim());

const version = z.coerce.number().int().min(0);
const champsBrouillon = z.object({
  version,
  date: z.string({ error: 'Écrivez la date que porte le communiqué.' }).pipe(dateDuDomaine),
  ...Object.fromEntries(CLES_PARAGRAPHES.map((nom) => [nom, ligne.optional()])),
  ...Object.fromEntries(CLES_PARAGRAPHES.map((nom) => [`montre_${nom}`, ligne.optional()])),
});

/** The same form, where a proofreading is asked for; without a text, what is recorded goes. */
const champsRelecture = champsBrouillon.extend({ date: champsBrouillon.shape.date.optional() });

type Cle = { readonly departement: string; readonly seance: string };
type Contenu = Pick<Contexte<Cle, typeof access>, 'db' | 'identite' | 'requete'> & { readonly input: Cle };

type Ouvert = { readonly dossier: Dossier; readonly departement: DepartementDeLActeur };

const demandeDe = ({ input, requete, identite }: Contenu, versionVue: number): DemandeAgent => ({
  ...input,
  date: aujourdhui(systemClock),
  maintenant: systemClock().toString(),
  version: versionVue,
  auteur: { id: identite.personne.id, nom: `${identite.personne.prenom} ${identite.personne.nom}` },
  adresse: requete.adresse,
});

/** The facts of a session in a département of the acting territory; nothing elsewhere, nor where there is nothing. */
const ouvrir = async (contexte: Contenu): Promise<Ouvert | undefined> => {
  const { db, input } = contexte;
  const departement = (await listDepartementsDeLActeur(db)).find(({ code }) => code === input.departement);
  if (departement === undefined) return undefined;
  const dossier = await reunirFaits(db, demandeDe(contexte, 0));
  return dossier.ok ? { dossier: dossier.valeur, departement } : undefined;
};

const champsDe = (
  dossier: Dossier,
  saisie: Readonly<Record<string, string>>,
  conflit: boolean,
): readonly ChampParagraphe[] => {
  const { chiffres } = composerCommunique(dossier.faits);
  const proposes = new Map(
    paragraphesDe({ ...dossier.faits, redactions: {} }).map(({ cle: nom, gabarit }) => [nom, gabarit]),
  );
  return paragraphesDe(dossier.faits).map(({ cle: nom, gabarit, redaction }) => {
    const saisi = saisie[nom];
    const montre = saisie[`montre_${nom}`];
    const { valeur, dispute } =
      saisi === undefined
        ? { valeur: gabarit, dispute: false }
        : conflit && montre !== undefined
          ? reconcilier({
              montre,
              saisi: saisi === '' ? (proposes.get(nom) ?? '') : saisi,
              enregistre: gabarit,
            })
          : { valeur: saisi, dispute: false };
    return {
      cle: nom,
      nom: NOMS_PARAGRAPHES[nom],
      valeur,
      enregistre: gabarit,
      chiffres: reperes(proposes.get(nom) ?? gabarit).map(
        (repere) => [repere, chiffres[repere] ?? ''] as const,
      ),
      redaction,
      dispute,
    };
  });
};

const actionsWeb: readonly ActionCommunique[] = [
  'demander_relecture',
  'demander_corrections',
  'approuver',
  'publier',
  'retirer',
  'reprendre',
];

type Montrer = {
  readonly saisie?: Readonly<Record<string, string>>;
  readonly erreurs?: Readonly<Record<string, string>>;
  readonly conflit?: boolean;
  readonly refus?: string;
  readonly fait?: string | undefined;
  readonly statut?: Page['statut'];
};

/** The page of a communiqué, as it stands or after an act that was refused. */
const montrer = async (contexte: Contenu, vu: Montrer = {}): Promise<Reponse> => {
  const ouvert = await ouvrir(contexte);
  if (ouvert === undefined) return absent;
  const { db, input, identite } = contexte;
  const { dossier, departement } = ouvert;
  const { communique, faits } = dossier;
  const statut = communique?.statut ?? 'brouillon';
  const role = identite.habilitation?.role ?? 'visiteur';
  const titre = `Communiqué ${departement.genitif}, séance du ${dateLongue(input.seance)}`;
  const agents = await listAgents(db, input.departement, identite.personne.id);
  const historique =
    communique === undefined ? [] : await lireHistorique(db, phrases, 'communique', communique.id);
  const maintenant = systemClock().toString();
  return {
    type: 'page',
    titre: vu.erreurs || vu.refus || vu.conflit ? `Erreur : ${titre}` : titre,
    description: 'Préparer, faire relire et publier un communiqué.',
    fil: [espace, accueil, { texte: `${departement.nom}, ${dateLongue(input.seance)}` }],
    ...(vu.statut === undefined ? {} : { statut: vu.statut }),
    contenu: (
      <PageBrouillon
        adresse={cheminDuBrouillon(input)}
        titre={titre}
        communique={composerCommunique(faits)}
        totaux={faits.totaux}
        statut={statut}
        version={communique?.version ?? 0}
        publieLe={communique?.publieLe ?? null}
        annule={
          statut === 'retire' &&
          historique.find(({ acte: nom }) => nom === 'communique.retirer')?.contenu['programme'] === true
        }
        programme={statut === 'publie' && (communique?.publieLe ?? '') > maintenant}
        suivi={communique === undefined ? null : await getSuivi(db, communique.id)}
        seul={agents.length === 0}
        moi={identite.personne.id}
        actions={transitionsPossibles(workflowCommunique, statut, role).flatMap((nom) =>
          actionsWeb.filter((action) => action === nom),
        )}
        champs={champsDe(dossier, vu.saisie ?? {}, vu.conflit ?? false)}
        saisie={vu.saisie ?? {}}
        erreurs={vu.erreurs ?? {}}
        conflit={vu.conflit ?? false}
        refus={vu.refus}
        fait={vu.fait}
        historique={historique.map(({ id, instant, phrase, motif, auteur }) => ({
          cle: String(id),
          date: instant,
          titre: phrase,
          auteur,
          ...(motif === null ? {} : { texte: motif }),
        }))}
      />
    ),
  };
};

/** The page again with what was refused, or on to what was done. */
const apres = async (
  contexte: Contenu,
  resultat: Resultat<unknown>,
  fait: string,
  saisie: Readonly<Record<string, string>> = {},
): Promise<Reponse> => {
  if (resultat.ok) return { type: 'redirection', vers: `${cheminDuBrouillon(contexte.input)}?fait=${fait}` };
  if (resultat.refus === 'version')
    return montrer(contexte, { saisie, refus: resultat.message, statut: 409 });
  return montrer(contexte, { saisie, refus: resultat.message, statut: 400 });
};

type ActeSimple<Champs extends { readonly version: number }> = {
  readonly nom: string;
  readonly champs: z.ZodType<Champs>;
  readonly faire: (
    db: Database,
    identite: Identite,
    demande: DemandeAgent,
    champs: Champs,
  ) => Promise<
    | { readonly resultat: Resultat<unknown>; readonly fait: string }
    | { readonly champ: string; readonly message: string }
  >;
};

/** An act behind one button of the page of a communiqué. */
const acte = <Champs extends { readonly version: number }>({
  nom,
  champs,
  faire,
}: ActeSimple<Champs>): DeclaredRoute =>
  defineActe({
    path: `${adresseDuBrouillon}/${nom}`,
    access,
    input: z.object(cle),
    champs,
    handler: async ({ formulaire, ...contexte }) => {
      if ((await ouvrir(contexte)) === undefined) return absent;
      const { saisie } = formulaire;
      if (!formulaire.ok) return montrer(contexte, { saisie, erreurs: formulaire.erreurs, statut: 400 });
      const demande = demandeDe(contexte, formulaire.valeurs.version);
      const done = await faire(contexte.db, contexte.identite, demande, formulaire.valeurs);
      if ('champ' in done)
        return montrer(contexte, { saisie, erreurs: { [done.champ]: done.message }, statut: 400 });
      return apres(contexte, done.resultat, done.fait, saisie);
    },
  });

const texteObligatoire = (message: string, longueur: number) =>
  z
    .string({ error: message })
    .trim()
    .min(1, message)
    .max(longueur, 'Ce texte est trop long : raccourcissez-le.');

const heureEcrite = /^(\d{1,2})\s*(?:h|:)\s*(\d{2})?$/;

/** An instant of Paris as a form gives it; undefined for now, null where it cannot be read. */
const lireInstant = (
  jour: string,
  heure: string,
): string | undefined | { champ: string; message: string } => {
  if (jour === '' && heure === '') return undefined;
  if (jour === '') return { champ: 'jour', message: 'Écrivez le jour de la publication.' };
  const [, heures, minutes = '0'] = heureEcrite.exec(heure) ?? [];
  if (heures === undefined || Number(heures) > 23 || Number(minutes) > 59)
    return { champ: 'heure', message: 'Écrivez l’heure de la publication, par exemple 10:30.' };
  const day = dateDuDomaine.safeParse(jour);
  if (!day.success) return { champ: 'jour', message: 'Écrivez un jour qui existe, par exemple 2021-03-18.' };
  return Temporal.PlainDate.from(day.data)
    .toPlainDateTime({ hour: Number(heures), minute: Number(minutes) })
    .toZonedDateTime('Europe/Paris')
    .toInstant()
    .toString();
};

type Enregistre =
  | { readonly fait: true; readonly version: number }
  | { readonly fait: false; readonly reponse: Reponse };

/** Records the text that a form holds; else the page again with what was typed. */
const enregistrer = async (
  contexte: Contenu,
  formulaire: Formulaire<z.infer<typeof champsRelecture>>,
): Promise<Enregistre> => {
  const ouvert = await ouvrir(contexte);
  if (ouvert === undefined) return { fait: false, reponse: absent };
  const { saisie } = formulaire;
  const non = async (vu: Montrer): Promise<Enregistre> => ({
    fait: false,
    reponse: await montrer(contexte, { saisie, ...vu }),
  });
  if (!formulaire.ok) return non({ erreurs: formulaire.erreurs, statut: 400 });
  const { valeurs } = formulaire;
  const typed: Readonly<Record<string, unknown>> = valeurs;
  const proposes = paragraphesDe({ ...ouvert.dossier.faits, redactions: {} });
  const redactions: Redactions = Object.fromEntries(
    proposes.flatMap(({ cle: nom, gabarit }) => {
      const texte = typed[nom];
      // What was not touched stays as it is, even where the date changes what is proposed.
      return typeof texte === 'string' && texte !== typed[`montre_${nom}`]
        ? [[nom, texte === '' ? gabarit : texte]]
        : [];
    }),
  );
  const saved = await enregistrerBrouillon(contexte.db, acteurDe(contexte.identite), {
    ...demandeDe(contexte, valeurs.version),
    dateVoulue: valeurs.date ?? ouvert.dossier.faits.signature.date,
    redactions,
  });
  if (!saved.ok)
    return saved.refus === 'version'
      ? non({ conflit: true, statut: 409 })
      : non({ refus: saved.message, statut: 400 });
  return saved.valeur.enregistre
    ? { fait: true, version: saved.valeur.version }
    : non({ erreurs: saved.valeur.erreurs, statut: 400 });
};

const fichiers: Readonly<Record<string, Format>> = { pdf: 'pdf', odt: 'odt', html: 'html' };

export const routesPrefecture: readonly DeclaredRoute[] = [
  defineRoute({
    path: chemin,
    access,
    input: z.object({
      etape: z.enum(Object.keys(etapes) as [keyof typeof etapes]).optional(),
      departement: cle.departement.optional(),
      page: numeroDePage,
    }),
    handler: async ({ input, db }) => {
      const departements = await listDepartementsDeLActeur(db);
      const { etape, departement, page } = input;
      const debut = (page - 1) * parPage;
      const { total, communiques } = await listSuivis(db, { etape, departement, debut, limite: parPage });
      if (page > 1 && communiques.length === 0) return absent;
      return {
        type: 'page',
        titre: 'Communiqués',
        description: 'Communiqués de votre territoire, de la rédaction à la publication.',
        fil: [espace, { texte: accueil.texte }],
        contenu: (
          <PageSuivis
            communiques={communiques}
            total={total}
            page={page}
            parPage={parPage}
            etape={etape}
            departement={departement}
            departements={departements}
            chemin={chemin}
          />
        ),
      };
    },
  }),
  defineRoute({
    path: adresseDuBrouillon,
    access,
    input: z.object({ ...cle, fait: z.enum(codesFaits as [string]).optional() }),
    handler: (contexte) => montrer(contexte, { fait: contexte.input.fait }),
  }),
  defineRoute({
    path: `${adresseDuBrouillon}/apercu`,
    access,
    input: z.object(cle),
    handler: async (contexte) => {
      const ouvert = await ouvrir(contexte);
      if (ouvert === undefined) return absent;
      const { input } = contexte;
      const retour = `${ouvert.departement.nom}, ${dateLongue(input.seance)}`;
      return {
        type: 'page',
        titre: 'Aperçu du communiqué',
        description: 'Le communiqué tel que le public le lira.',
        fil: [espace, accueil, { texte: retour, href: cheminDuBrouillon(input) }, { texte: 'Aperçu' }],
        contenu: (
          <ArticleCommunique
            communique={composerCommunique(ouvert.dossier.faits)}
            logo={
              ouvert.dossier.faits.enTete.logo?.type === 'png'
                ? `/prefecture/reglages/${input.departement}/logo.png`
                : undefined
            }
          />
        ),
      };
    },
  }),
  defineRoute({
    path: `${chemin}/:departement/:fichier{[0-9-]+\\.[a-z]+}`,
    access,
    input: z
      .object({ departement: z.string(), fichier: z.string() })
      .transform(({ departement, fichier }) => {
        const [seance, extension] = fichier.split('.');
        return { departement, seance, extension };
      })
      .pipe(z.object({ ...cle, extension: z.enum(['pdf', 'odt', 'html']) })),
    handler: async ({ input, ...contexte }) => {
      const { departement, seance, extension } = input;
      const ouvert = await ouvrir({ ...contexte, input: { departement, seance } });
      const format = fichiers[extension];
      if (ouvert === undefined || format === undefined) return absent;
      return (await produire(contexte.db, ouvert.dossier, format)) ?? absent;
    },
  }),
  defineActe({
    path: adresseDuBrouillon,
    access,
    input: z.object(cle),
    champs: champsBrouillon,
    handler: async ({ formulaire, ...contexte }) => {
      const saved = await enregistrer(contexte, formulaire);
      return saved.fait
        ? { type: 'redirection', vers: `${cheminDuBrouillon(contexte.input)}?fait=enregistre` }
        : saved.reponse;
    },
  }),
  // A button of the same form as the text: what is typed is recorded first, and kept on the page where it cannot be.
  defineActe({
    path: `${adresseDuBrouillon}/relecture`,
    access,
    input: z.object(cle),
    champs: champsRelecture,
    handler: async ({ formulaire, ...contexte }) => {
      const saved = await enregistrer(contexte, formulaire);
      if (!saved.fait) return saved.reponse;
      const asked = await demanderRelecture(
        contexte.db,
        acteurDe(contexte.identite),
        demandeDe(contexte, saved.version),
      );
      return apres(contexte, asked, 'relecture', formulaire.saisie);
    },
  }),
  acte({
    nom: 'corrections',
    champs: z.object({ version, corrections: texteObligatoire('Écrivez ce qu’il faut corriger.', 2000) }),
    faire: async (db, identite, demande, { corrections }) => ({
      resultat: await rendreRelecture(db, acteurDe(identite), { ...demande, corrections }),
      fait: 'corrections',
    }),
  }),
  acte({
    nom: 'approuver',
    champs: z.object({ version }),
    faire: async (db, identite, demande) => ({
      resultat: await rendreRelecture(db, acteurDe(identite), { ...demande, corrections: null }),
      fait: 'approuve',
    }),
  }),
  acte({
    nom: 'publier',
    champs: z.object({ version, jour: z.string().trim().default(''), heure: z.string().trim().default('') }),
    faire: async (db, identite, demande, { jour, heure }) => {
      const instant = lireInstant(jour, heure);
      if (typeof instant === 'object') return instant;
      if (instant !== undefined && instant < demande.maintenant)
        return { champ: 'jour', message: 'Cet instant est passé : choisissez-en un à venir, ou aucun.' };
      return {
        resultat: await publierRelu(db, acteurDe(identite), {
          ...demande,
          instant: instant ?? demande.maintenant,
        }),
        fait: instant === undefined ? 'publie' : 'programme',
      };
    },
  }),
  acte({
    nom: 'retirer',
    champs: z.object({ version, motif: texteObligatoire('Dites pourquoi ce communiqué est retiré.', 1000) }),
    faire: async (db, identite, demande, { motif }) => ({
      resultat: await changerCommunique(db, acteurDe(identite), { ...demande, transition: 'retirer', motif }),
      fait: 'retire',
    }),
  }),
  acte({
    nom: 'reprendre',
    champs: z.object({ version }),
    faire: async (db, identite, demande) => ({
      resultat: await changerCommunique(db, acteurDe(identite), { ...demande, transition: 'reprendre' }),
      fait: 'repris',
    }),
  }),
];
