import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { dateDuDomaine } from '../platform/dates.ts';
import { dateLongue } from '../platform/francais/index.ts';
import type { Formulaire } from '../platform/http/formulaire.ts';
import { acteurDe } from '../platform/http/identite.ts';
import {
  absent,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  numeroDePage,
  type Reponse,
} from '../platform/http/route.ts';
import { listDepartementsDeLActeur } from '../territoires/index.ts';
import { changerCommunique } from './acts.ts';
import { type Format, produire } from './documents.ts';
import { ArticleCommunique } from './formats/html.tsx';
import {
  access,
  accueil,
  acte,
  adresseDuBrouillon,
  apres,
  type Contenu,
  chemin,
  cle,
  demandeDe,
  espace,
  montrer,
  ouvrir,
} from './prefecture.page.tsx';
import {
  cheminDuBrouillon,
  enregistrerBrouillon,
  proposerARelecture,
  publierRelu,
  rendreRelecture,
  reprogrammer,
} from './relecture.acts.ts';
import { listSuivis } from './relecture.store.ts';
import { CLES_PARAGRAPHES, composerCommunique } from './rules.ts';
import { codesFaits } from './views/page-brouillon.tsx';
import { etapes, PageSuivis } from './views/page-suivis.tsx';

const parPage = 30;

/** A single line, as a paragraph is one: a browser sends line breaks that were typed. */
const ligne = z
  .string()
  .max(4000, 'Ce texte est trop long : 2 000 signes au plus.')
  .transform((texte) => texte.replace(/\s*\r?\n\s*/g, ' ').trim());

const version = z.coerce.number().int().min(0);
const dateDemandee = 'Écrivez la date que porte le communiqué, par exemple 2021-03-18.';
const champsBrouillon = z.object({
  version,
  date: z
    .string({ error: dateDemandee })
    .refine((texte) => dateDuDomaine.safeParse(texte).success, dateDemandee),
  montre_date: z.string().optional(),
  ...Object.fromEntries(CLES_PARAGRAPHES.map((nom) => [nom, ligne.optional()])),
  ...Object.fromEntries(CLES_PARAGRAPHES.map((nom) => [`montre_${nom}`, ligne.optional()])),
});

/** The same form, where a proofreading is asked for; without a text, what is recorded goes. */
const champsRelecture = champsBrouillon.extend({ date: champsBrouillon.shape.date.optional() });

const texteObligatoire = (message: string, longueur: number) =>
  z
    .string({ error: message })
    .trim()
    .min(1, message)
    .max(longueur, `Ce texte est trop long : ${longueur} signes au plus.`);

const heureEcrite = /^(\d{1,2})\s*(?:h|:)\s*(\d{2})?$/;

const instantChoisi = z.object({
  version,
  jour: z.string().trim().default(''),
  heure: z.string().trim().default(''),
});

/** The instant of Paris that a form chooses, now where it chooses none; else what is wrong. */
const lireInstant = (
  { jour, heure }: { readonly jour: string; readonly heure: string },
  maintenant: string,
): { instant: string; programme: boolean } | { champ: string; message: string } => {
  if (jour === '' && heure === '') return { instant: maintenant, programme: false };
  if (jour === '') return { champ: 'jour', message: 'Écrivez le jour de la publication.' };
  const [, heures, minutes = '0'] = heureEcrite.exec(heure) ?? [];
  if (heures === undefined || Number(heures) > 23 || Number(minutes) > 59)
    return { champ: 'heure', message: 'Écrivez l’heure de la publication, par exemple 10:30.' };
  const day = dateDuDomaine.safeParse(jour);
  if (!day.success) return { champ: 'jour', message: 'Écrivez un jour qui existe, par exemple 2021-03-18.' };
  const instant = Temporal.PlainDate.from(day.data)
    .toPlainDateTime({ hour: Number(heures), minute: Number(minutes) })
    .toZonedDateTime('Europe/Paris')
    .toInstant()
    .toString();
  return instant < maintenant
    ? { champ: 'jour', message: 'Cet instant est passé : choisissez-en un à venir, ou aucun.' }
    : { instant, programme: true };
};

/** Makes the act of a form that holds the text, then goes on; else the page again with what was typed. */
const ecrire = async (
  contexte: Contenu,
  formulaire: Formulaire<z.infer<typeof champsRelecture>>,
  faire: typeof enregistrerBrouillon,
  fait: string,
): Promise<Reponse> => {
  const ouvert = await ouvrir(contexte);
  if (ouvert === undefined) return absent;
  const { saisie } = formulaire;
  if (!formulaire.ok) {
    // The form comes back with the version of now: what somebody else wrote meanwhile is told with the errors.
    const conflit = saisie['version'] !== String(ouvert.dossier.communique?.version ?? 0);
    return montrer(contexte, { saisie, erreurs: formulaire.erreurs, conflit, statut: 400 });
  }
  const { version: vue, date, montre_date: _, ...textes } = formulaire.valeurs;
  const done = await faire(contexte.db, acteurDe(contexte.identite), {
    ...demandeDe(contexte, vue),
    ...(date === undefined ? {} : { dateVoulue: date }),
    saisie: textes,
  });
  if (!done.ok && done.refus === 'version') return montrer(contexte, { saisie, conflit: true, statut: 409 });
  return done.ok && !done.valeur.enregistre
    ? montrer(contexte, { saisie, erreurs: done.valeur.erreurs, statut: 400 })
    : apres(contexte, done, fait, saisie);
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
            logo={`/prefecture/reglages/${input.departement}/logo.png`}
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
    handler: ({ formulaire, ...contexte }) =>
      ecrire(contexte, formulaire, enregistrerBrouillon, 'enregistre'),
  }),
  // A button of the same form as the text: what is typed is recorded first, and kept on the page where it cannot be.
  defineActe({
    path: `${adresseDuBrouillon}/relecture`,
    access,
    input: z.object(cle),
    champs: champsRelecture,
    handler: ({ formulaire, ...contexte }) => ecrire(contexte, formulaire, proposerARelecture, 'relecture'),
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
    champs: instantChoisi,
    faire: async (db, identite, demande, choisi) => {
      const lu = lireInstant(choisi, demande.maintenant);
      return 'champ' in lu
        ? lu
        : {
            resultat: await publierRelu(db, acteurDe(identite), { ...demande, instant: lu.instant }),
            fait: lu.programme ? 'programme' : 'publie',
          };
    },
  }),
  acte({
    nom: 'reprogrammer',
    champs: instantChoisi,
    faire: async (db, identite, demande, choisi) => {
      const lu = lireInstant(choisi, demande.maintenant);
      if ('champ' in lu) return lu;
      // Nothing is published at once by leaving a field empty.
      if (!lu.programme) return { champ: 'jour', message: 'Écrivez le jour de la publication.' };
      return {
        resultat: await reprogrammer(db, acteurDe(identite), { ...demande, instant: lu.instant }),
        fait: 'reprogramme',
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
