import { z } from 'zod';
import { aujourdhui, systemClock } from '../platform/clock.ts';
import type { Database } from '../platform/database/index.ts';
import { dateDuDomaine } from '../platform/dates.ts';
import { fontsFolder } from '../platform/fonts.ts';
import { lireHistorique } from '../platform/historique.ts';
import { acteurDe } from '../platform/http/identite.ts';
import {
  absent,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  type Page,
  type Reponse,
} from '../platform/http/route.ts';
import {
  type DepartementDeLActeur,
  getDepartement,
  listDepartementsDeLActeur,
} from '../territoires/index.ts';
import type { LogoEnTete } from './faits.ts';
import { apercuDeLEnTete } from './formats/apercu.ts';
import { pdf } from './formats/pdf.ts';
import { poidsMaxDuLogo, rapportDuPng } from './logo.rules.ts';
import { imageDuLogo } from './logo.ts';
import { phrases } from './phrases.ts';
import { finirSignataire, nommerSignataire, reglerPrefecture } from './reglages.acts.ts';
import { getReglages, listSignataires } from './reglages.store.ts';
import { codesReglages, PageChoixReglages, PageReglages, PageSignataire } from './views/page-reglages.tsx';

const access = { type: 'role', roles: ['instructeur', 'administrateur'] } as const;
const chemin = '/prefecture/reglages';
const espace = { texte: 'Mon espace', href: '/espace' };
const departement = z.string().regex(/^(\d{2,3}|2[AB])$/, 'attend un code de département');

const trop = (longueur: number): string => `Ce texte est trop long : ${longueur} signes au plus.`;
const lignes = (texte: string): readonly string[] =>
  texte
    .split(/\r?\n/)
    .map((ligne) => ligne.trim())
    .filter((ligne) => ligne !== '');
const bloc = z.string().max(600, trop(600)).default('').transform(lignes);
const vide = (longueur: number) =>
  z
    .string()
    .trim()
    .max(longueur, trop(longueur))
    .default('')
    .transform((texte) => (texte === '' ? null : texte));
const obligatoire = (message: string, longueur: number) =>
  z.string({ error: message }).trim().min(1, message).max(longueur, trop(longueur));
const courriel = vide(254).refine(
  (adresse) => adresse === null || /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(adresse),
  'Écrivez une adresse complète, par exemple presse@prefecture.example.',
);

/** A number of ten digits as it is read aloud, two by two; another, as it was typed. */
const grouper = (numero: string): string => {
  const chiffres = numero.replace(/[\s().-]/g, '');
  return /^0\d{9}$/.test(chiffres) ? chiffres.replace(/(\d\d)(?=\d)/g, '$1 ') : numero;
};

const image = z
  .instanceof(File)
  .optional()
  .transform((file) => (file === undefined || file.size === 0 ? undefined : file))
  .refine(
    (file) => file === undefined || file.size <= poidsMaxDuLogo,
    'Ce logo est trop lourd : 500 ko au plus.',
  );

const champsReglages = z
  .object({
    version: z.coerce.number().int().min(0),
    service: bloc.refine((service) => service.length > 0, 'Écrivez le nom du service.'),
    adresse: bloc,
    lieu: obligatoire('Écrivez le lieu de signature, par exemple Laon.', 100),
    contact_service: vide(200),
    contact_telephone: vide(30)
      .refine(
        (numero) => numero === null || /^\+?[\d\s().-]{6,25}$/.test(numero),
        'Écrivez un numéro de téléphone, par exemple 03 23 21 82 82.',
      )
      .transform((numero) => numero && grouper(numero)),
    contact_courriel: courriel,
    boite: courriel.transform((adresse) => adresse?.toLowerCase() ?? null),
    logo: image,
    logo_texte: vide(200),
    retirer_logo: z.literal('oui').optional(),
  })
  .superRefine((champs, contexte) => {
    const { contact_service, contact_telephone, contact_courriel, logo, logo_texte } = champs;
    if (contact_service === null && (contact_telephone !== null || contact_courriel !== null))
      contexte.addIssue({
        code: 'custom',
        path: ['contact_service'],
        message: 'Écrivez le service que la presse peut joindre.',
      });
    if (logo !== undefined && logo_texte === null)
      contexte.addIssue({
        code: 'custom',
        path: ['logo_texte'],
        message: 'Écrivez le texte qui remplace le logo pour qui ne le voit pas.',
      });
  });
type Champs = z.infer<typeof champsReglages>;

const jour = (message: string) =>
  z.string({ error: message }).refine((texte) => dateDuDomaine.safeParse(texte).success, message);

const champsSignataire = z
  .object({
    signataire_nom: obligatoire('Écrivez le prénom et le nom de la personne qui signe.', 200),
    signataire_fonction: obligatoire('Écrivez sa fonction.', 200),
    delegation: vide(500),
    debut: jour('Écrivez le jour à partir duquel cette personne signe.'),
    fin: vide(10).refine(
      (texte) => texte === null || dateDuDomaine.safeParse(texte).success,
      'Écrivez un jour qui existe, ou rien.',
    ),
  })
  .refine(({ debut, fin }) => fin === null || fin >= debut, {
    path: ['fin'],
    message: 'La fin ne peut pas précéder le début.',
  });

type Vu = {
  readonly saisie?: Readonly<Record<string, string>>;
  readonly erreurs?: Readonly<Record<string, string>>;
  readonly refus?: string;
  readonly fait?: string | undefined;
  readonly statut?: Page['statut'];
};

const trouver = async (db: Database, code: string): Promise<DepartementDeLActeur | undefined> =>
  (await listDepartementsDeLActeur(db)).find((each) => each.code === code);

const montrer = async (db: Database, code: string, vu: Vu = {}): Promise<Reponse> => {
  const found = await getDepartement(db, code);
  if (found === undefined) return absent;
  const titre = `Réglages : ${found.prefecture.nom}`;
  const historique = await lireHistorique(db, phrases, 'prefecture', code);
  return {
    type: 'page',
    titre: vu.erreurs || vu.refus ? `Erreur : ${titre}` : titre,
    description: 'En-tête, contacts et signataires de la préfecture.',
    fil: [espace, { texte: 'Réglages', href: chemin }, { texte: found.nom }],
    ...(vu.statut === undefined ? {} : { statut: vu.statut }),
    contenu: (
      <PageReglages
        adresse={`${chemin}/${code}`}
        titre={titre}
        reglages={await getReglages(db, code)}
        signataires={await listSignataires(db, code)}
        aujourdhui={aujourdhui(systemClock)}
        saisie={vu.saisie ?? {}}
        erreurs={vu.erreurs ?? {}}
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

type Logo = { readonly ok: true; readonly logo: LogoEnTete | null } | { readonly ok: false };

/** The logo that these fields give: a new one, the one there was under its new text, or none. */
const logoDe = async (champs: Champs, actuel: LogoEnTete | null): Promise<Logo> => {
  const { logo_texte: alt } = champs;
  if (champs.logo !== undefined) {
    const octets = new Uint8Array(await champs.logo.arrayBuffer());
    const rapport = rapportDuPng(octets);
    if (rapport === null || alt === null) return { ok: false };
    return { ok: true, logo: { octets, type: 'png', alt, rapport } };
  }
  if (actuel === null || champs.retirer_logo === 'oui') return { ok: true, logo: null };
  return { ok: true, logo: { ...actuel, alt: alt ?? actuel.alt } };
};

export const routesReglages: readonly DeclaredRoute[] = [
  defineRoute({
    path: chemin,
    access,
    input: z.object({}),
    handler: async ({ db }) => {
      const departements = await listDepartementsDeLActeur(db);
      const [seul] = departements;
      if (departements.length === 1 && seul) return { type: 'redirection', vers: `${chemin}/${seul.code}` };
      return {
        type: 'page',
        titre: 'Réglages des préfectures',
        description: 'En-tête, contacts et signataires de chaque préfecture.',
        fil: [espace, { texte: 'Réglages' }],
        contenu: <PageChoixReglages departements={departements} chemin={chemin} />,
      };
    },
  }),
  defineRoute({
    path: `${chemin}/:departement`,
    access,
    input: z.object({ departement, fait: z.enum(codesReglages as [string]).optional() }),
    handler: async ({ input, db }) =>
      (await trouver(db, input.departement)) === undefined
        ? absent
        : montrer(db, input.departement, { fait: input.fait }),
  }),
  defineRoute({
    path: `${chemin}/:departement/en-tete.pdf`,
    access,
    input: z.object({ departement }),
    handler: async ({ input, db }) => {
      const found = await trouver(db, input.departement);
      const named = await getDepartement(db, input.departement);
      if (found === undefined || named === undefined) return absent;
      const { enTete } = await getReglages(db, found.code);
      const jourDit = aujourdhui(systemClock);
      const signataire = (await listSignataires(db, found.code)).find(
        ({ debut, fin }) => debut <= jourDit && (fin === null || fin >= jourDit),
      );
      const { prefecture } = named;
      const neutre = {
        service: [prefecture.nom],
        adresse: [],
        lieu: prefecture.lieu,
        contact: null,
        logo: null,
      };
      return {
        type: 'fichier',
        mime: 'application/pdf',
        corps: await pdf(apercuDeLEnTete(enTete ?? neutre, found, jourDit, signataire), fontsFolder),
        nom: `en-tete-${found.code}.pdf`,
      };
    },
  }),
  defineRoute({
    path: `${chemin}/:departement/logo.png`,
    access,
    input: z.object({ departement }),
    handler: async ({ input, db }) => {
      if ((await trouver(db, input.departement)) === undefined) return absent;
      const { enTete } = await getReglages(db, input.departement);
      return enTete?.logo ? imageDuLogo(enTete.logo) : absent;
    },
  }),
  defineActe({
    path: `${chemin}/:departement`,
    access,
    input: z.object({ departement }),
    champs: champsReglages,
    fichiers: true,
    handler: async ({ input, db, identite, formulaire }) => {
      const found = await trouver(db, input.departement);
      if (found === undefined) return absent;
      const { saisie } = formulaire;
      const refuse = (vu: Vu) => montrer(db, found.code, { saisie, statut: 400, ...vu });
      if (!formulaire.ok) return refuse({ erreurs: formulaire.erreurs });
      const { valeurs } = formulaire;
      const { enTete: actuel } = await getReglages(db, found.code);
      const read = await logoDe(valeurs, actuel?.logo ?? null);
      if (!read.ok)
        return refuse({
          erreurs: { logo: 'Ce fichier n’est pas une image PNG de 4 000 pixels de côté au plus.' },
        });
      const { contact_service: service } = valeurs;
      const done = await reglerPrefecture(db, acteurDe(identite), {
        departement: found,
        version: valeurs.version,
        boite: valeurs.boite,
        enTete: {
          service: valeurs.service,
          adresse: valeurs.adresse,
          lieu: valeurs.lieu,
          contact:
            service === null
              ? null
              : { service, telephone: valeurs.contact_telephone, courriel: valeurs.contact_courriel },
          logo: read.logo,
        },
      });
      if (done.ok) return { type: 'redirection', vers: `${chemin}/${found.code}?fait=reglages` };
      return done.refus === 'version'
        ? refuse({ refus: done.message, statut: 409 })
        : refuse({ erreurs: { [done.refus]: done.message } });
    },
  }),
  defineActe({
    path: `${chemin}/:departement/signataires`,
    access,
    input: z.object({ departement }),
    champs: champsSignataire,
    handler: async ({ input, db, identite, formulaire }) => {
      const found = await trouver(db, input.departement);
      if (found === undefined) return absent;
      const { saisie } = formulaire;
      if (!formulaire.ok)
        return montrer(db, found.code, { saisie, erreurs: formulaire.erreurs, statut: 400 });
      const { signataire_nom: nom, signataire_fonction: fonction, ...reste } = formulaire.valeurs;
      const done = await nommerSignataire(db, acteurDe(identite), found.code, { nom, fonction, ...reste });
      return done.ok
        ? { type: 'redirection', vers: `${chemin}/${found.code}?fait=signataire` }
        : montrer(db, found.code, { saisie, erreurs: { signataire_nom: done.message }, statut: 400 });
    },
  }),
  ...(['fin', 'retirer'] as const).map((quoi) =>
    defineRoute({
      path: `${chemin}/:departement/signataires/:id/${quoi}`,
      access,
      input: z.object({ departement, id: z.uuid('n’est pas un signataire') }),
      handler: async ({ input, db }) => {
        const found = await trouver(db, input.departement);
        const signataire = (await listSignataires(db, input.departement)).find(({ id }) => id === input.id);
        if (found === undefined || signataire === undefined) return absent;
        const adresse = `${chemin}/${input.departement}`;
        const titre = `${quoi === 'fin' ? 'Terminer' : 'Retirer'} une signature`;
        return {
          type: 'page',
          titre,
          description: 'Confirmer avant de changer qui signe pour la préfecture.',
          fil: [
            espace,
            { texte: 'Réglages', href: chemin },
            { texte: found.nom, href: adresse },
            { texte: titre },
          ],
          contenu: (
            <PageSignataire
              adresse={adresse}
              titre={titre}
              quoi={quoi}
              signataire={signataire}
              aujourdhui={aujourdhui(systemClock)}
            />
          ),
        };
      },
    }),
  ),
  ...(['fin', 'retirer'] as const).map((quoi) =>
    defineActe({
      path: `${chemin}/:departement/signataires/:id/${quoi}`,
      access,
      input: z.object({ departement, id: z.uuid('n’est pas un signataire') }),
      champs: z.object({ fin: z.string().optional() }),
      handler: async ({ input, db, identite, formulaire }) => {
        const known = await listSignataires(db, input.departement);
        if ((await trouver(db, input.departement)) === undefined || !known.some(({ id }) => id === input.id))
          return absent;
        const fin = dateDuDomaine.safeParse(formulaire.saisie['fin']);
        if (quoi === 'fin' && !fin.success)
          return montrer(db, input.departement, {
            refus: 'Dites quel jour la signature se termine.',
            statut: 400,
          });
        const done = await finirSignataire(
          db,
          acteurDe(identite),
          input.departement,
          input.id,
          fin.success && quoi === 'fin' ? { fin: fin.data } : 'retirer',
        );
        return done.ok
          ? {
              type: 'redirection',
              vers: `${chemin}/${input.departement}?fait=${quoi === 'fin' ? 'fin' : 'retire'}`,
            }
          : montrer(db, input.departement, { refus: done.message, statut: 400 });
      },
    }),
  ),
];
