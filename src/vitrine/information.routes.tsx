import { z } from 'zod';
import { type CommuniquePublie, compterCommuniques, listCommuniques } from '../communication/index.ts';
import { listPlansDeploiement } from '../plan/index.ts';
import { dateLongue, pluriel } from '../platform/francais/index.ts';
import { absent, type DeclaredRoute, defineRoute, numeroDePage } from '../platform/http/route.ts';
import { getProgramme, listVagues } from '../programme/index.ts';
import { getDepartement, listDepartements, listRegions, listSourcesContours } from '../territoires/index.ts';
import { nomDuFlux } from './flux.ts';
import { getAujourdhui } from './information.store.ts';
import { lienDuCommunique, listSeancesAnnoncees } from './listes.ts';
import { PageAccessibilite } from './views/page-accessibilite.tsx';
import { adresseCommuniques, type LienCommunique, PageCommuniques } from './views/page-communiques.tsx';
import { PageDatesCles } from './views/page-dates-cles.tsx';
import { PageDonneesPersonnelles } from './views/page-donnees-personnelles.tsx';
import { PageMentions } from './views/page-mentions.tsx';
import { PagePlanDuSite } from './views/page-plan-du-site.tsx';

const accueil = { texte: 'Accueil', href: '/' };
const fil = (texte: string) => [accueil, { texte }];

/** The day on which the accessibility statement was written: a new test or audit changes both. */
const declarationEtablieLe = '2026-11-25';

/** Communiqués on a page of the list. */
const parPage = 50;

const tous = { titre: nomDuFlux(null), href: '/communiques.atom' };

const lienDe = (communique: CommuniquePublie): LienCommunique => ({
  ...lienDuCommunique(communique),
  annee: communique.date.slice(0, 4),
  detail: `(${pluriel(communique.structures, 'structure', 'structures')}, ${pluriel(communique.postes, 'conseiller numérique', 'conseillers numériques')})`,
});

const datesCles = defineRoute({
  path: '/dates-cles',
  access: { type: 'public' },
  // What is still to come depends on the day: a kept page would be wrong after midnight.
  sansMemoire: true,
  limite: 'page',
  input: z.object({}),
  handler: async ({ db }) => {
    const programme = await getProgramme(db);
    const [aujourdhui, vagues, seances, plans, departements, communiques] = await Promise.all([
      getAujourdhui(db),
      programme ? listVagues(db, programme.id) : [],
      listSeancesAnnoncees(db),
      listPlansDeploiement(db),
      listDepartements(db),
      listCommuniques(db, { ordre: 'date' }),
    ]);
    return {
      type: 'page',
      titre: 'Dates clés du programme',
      description:
        'L’annonce du programme, les vagues de candidatures, les séances du comité de sélection et les communiqués, dans l’ordre.',
      fil: fil('Dates clés'),
      partage: '/partage/accueil.png',
      flux: [tous],
      contenu: (
        <PageDatesCles
          programme={programme}
          vagues={vagues}
          seances={seances}
          plans={plans.flatMap((plan) => {
            const departement = departements.find(({ code }) => code === plan.departement);
            return departement
              ? [{ ...plan, departementNom: departement.nom, locatif: departement.locatif }]
              : [];
          })}
          communiques={communiques}
          aujourdhui={aujourdhui}
        />
      ),
    };
  },
});

const communiques = defineRoute({
  path: '/communiques',
  access: { type: 'public' },
  input: z.object({
    // A form sends an empty choice for « all ».
    departement: z
      .string()
      .regex(/^([0-9]{1,3}|2[ab])?$/i, 'attend un code de département : 02, 2A, 971…')
      .transform((code) => (code === '' ? undefined : code.toUpperCase().padStart(2, '0')))
      .optional(),
    page: numeroDePage,
  }),
  handler: async ({ input, db }) => {
    const departement = input.departement === undefined ? null : await getDepartement(db, input.departement);
    if (departement === undefined) return absent;
    const code = departement?.code;
    const [departements, rows] = await Promise.all([
      compterCommuniques(db),
      listCommuniques(db, {
        departement: code,
        ordre: 'date',
        debut: (input.page - 1) * parPage,
        limite: parPage,
      }),
    ]);
    const total = departements
      .filter((row) => code === undefined || row.code === code)
      .reduce((sum, row) => sum + row.communiques, 0);
    const pages = Math.max(1, Math.ceil(total / parPage));
    if (input.page > pages) return absent;
    const ou = departement === null ? '' : ` ${departement.genitif}`;
    return {
      type: 'page',
      titre: `Communiqués${ou}`,
      description: `Les communiqués qui annoncent les structures retenues et leurs conseillers numériques${departement === null ? '' : ` ${departement.locatif}`}, année par année.`,
      fil:
        departement === null
          ? fil('Communiqués')
          : [accueil, { texte: 'Communiqués', href: '/communiques' }, { texte: departement.nom }],
      partage:
        departement === null ? '/partage/accueil.png' : `/partage/departements/${departement.code}.png`,
      noindex: departement !== null,
      canonique: adresseCommuniques(code, input.page),
      flux:
        departement === null
          ? [tous]
          : [
              tous,
              { titre: nomDuFlux(departement), href: `/departements/${departement.code}/communiques.atom` },
            ],
      contenu: (
        <PageCommuniques
          departement={departement}
          departements={departements}
          compte={pluriel(total, 'communiqué', 'communiqués')}
          communiques={rows.map(lienDe)}
          page={input.page}
          pages={pages}
        />
      ),
    };
  },
});

const accessibilite = defineRoute({
  path: '/accessibilite',
  access: { type: 'public' },
  input: z.object({}),
  handler: async () => ({
    type: 'page',
    titre: 'Déclaration d’accessibilité',
    description:
      'État de conformité du site au RGAA, tests faits et restant à faire, contact et voies de recours.',
    fil: fil('Accessibilité'),
    contenu: <PageAccessibilite etablieLe={dateLongue(declarationEtablieLe)} />,
  }),
});

const donneesPersonnelles = defineRoute({
  path: '/donnees-personnelles',
  access: { type: 'public' },
  input: z.object({}),
  handler: async ({ requete }) => ({
    type: 'page',
    titre: 'Données personnelles et traceurs',
    description:
      'Ce que le site sait de vous quand vous le lisez, et de ceux qui ont un compte. Combien de temps. Vos droits.',
    fil: fil('Données personnelles et traceurs'),
    contenu: (
      <PageDonneesPersonnelles
        fondDeCarte={requete.tuiles ? new URL(requete.tuiles.adresse.replace(/[{}]/g, '')).host : null}
      />
    ),
  }),
});

const mentions = defineRoute({
  path: '/mentions-legales',
  access: { type: 'public' },
  input: z.object({}),
  handler: async ({ db }) => {
    const contours = await listSourcesContours(db);
    return {
      type: 'page',
      titre: 'Mentions légales et sources',
      description: 'Éditeur du site, sources des données, licences et réutilisation.',
      fil: fil('Mentions légales et sources'),
      contenu: <PageMentions contours={contours} />,
    };
  },
});

const planDuSite = defineRoute({
  path: '/plan-du-site',
  access: { type: 'public' },
  input: z.object({}),
  handler: async ({ db }) => {
    const [regions, departements, seances] = await Promise.all([
      listRegions(db),
      listDepartements(db),
      listSeancesAnnoncees(db),
    ]);
    return {
      type: 'page',
      titre: 'Plan du site',
      description: 'Toutes les pages du site par sujet, toutes les régions et tous les départements.',
      fil: fil('Plan du site'),
      flux: [tous],
      contenu: (
        <PagePlanDuSite
          regions={regions}
          departements={departements}
          seances={seances
            .toReversed()
            .flatMap(({ date }) =>
              date === null ? [] : [{ texte: `Séance du ${dateLongue(date)}`, href: `/seances/${date}` }],
            )}
        />
      ),
    };
  },
});

/** Pages that inform, about the programme and about the site. */
export const routesInformation: readonly DeclaredRoute[] = [
  datesCles,
  communiques,
  accessibilite,
  donneesPersonnelles,
  mentions,
  planDuSite,
];
