import type { Hono } from 'hono';
import { sql } from 'kysely';
import { compteDe, creerPortier, demonstrationOuverte, navigationDe } from '../acces/index.ts';
import { cleDe } from '../platform/cle.ts';
import type { Config } from '../platform/config.ts';
import { type Changements, suivreChangements } from '../platform/database/changements.ts';
import type { Database } from '../platform/database/index.ts';
import { type AppOptions, buildApp, type EtatSante } from '../platform/http/app.ts';
import { loadAssets } from '../platform/http/assets.ts';
import type { Identite } from '../platform/http/identite.ts';
import type { DeclaredRoute, Page } from '../platform/http/route.ts';
import type { SanteTaches } from '../platform/taches-sante.ts';
import { Layout } from '../platform/views/layout.tsx';
import type { Lien } from '../platform/views/liens.tsx';
import { filAriane, montreLaDemonstration } from '../vitrine/index.ts';
import { phrases, routes as routesDuProduit } from './rooms.ts';

type Options = {
  readonly config: Config;
  /** Address under which people reach the site. */
  readonly adresse: () => string;
  /** Reads as the public role. */
  readonly db: Database;
  /** Acts as the person set in each transaction. */
  readonly application: Database;
  /** Reaches the tables of signing in. */
  readonly acces: Database;
  readonly changements: Changements;
  readonly migrationsAttendues: number;
  readonly santeTaches?: () => Promise<SanteTaches>;
  readonly limites?: AppOptions['limites'];
  readonly limitesPartagees?: AppOptions['limitesPartagees'];
  /** Other routes than the product's. */
  readonly routes?: readonly DeclaredRoute[];
};

const navigation = [
  { texte: 'Accueil', href: '/' },
  { texte: 'Près de chez vous', href: '/recherche' },
  { texte: 'Carte', href: '/carte' },
  { texte: 'France', href: '/france' },
  { texte: 'Communiqués', href: '/communiques' },
  { texte: 'Données ouvertes', href: '/donnees' },
  // Leads whoever is in already to their own page.
  { texte: 'Mon espace', href: '/connexion' },
];

/** The entry of the menu that the page is under: the closest, where one stands under another. */
const avecActif = (liens: readonly Lien[], chemin: string): readonly Lien[] => {
  const dessus = liens.filter(({ href }) => href === chemin || chemin.startsWith(`${href}/`));
  const proche = Math.max(...dessus.map(({ href }) => href.length));
  return liens.map((lien) => ({ ...lien, actif: dessus.includes(lien) && lien.href.length === proche }));
};

const health = async (db: Database, attendues: number): Promise<EtatSante> => {
  try {
    const result = await sql<{ appliquees: number }>`select count(*) as appliquees from migration`.execute(
      db,
    );
    const appliquees = result.rows[0]?.appliquees ?? 0;
    return {
      etat: appliquees === attendues ? 'pret' : 'indisponible',
      base: 'joignable',
      migrations: { appliquees, attendues },
    };
  } catch {
    return { etat: 'indisponible', base: 'injoignable', migrations: { appliquees: 0, attendues } };
  }
};

/** The web application over a database that is ready. */
export const creerApplication = ({
  config,
  adresse,
  db,
  application,
  acces,
  changements,
  migrationsAttendues,
  santeTaches,
  limites,
  limitesPartagees,
  routes = routesDuProduit,
}: Options): Hono => {
  suivreChangements(db, changements);
  const assets = loadAssets(config.theme);
  const miseEnPage = async (page: Page, chemin: string, identite: Identite | null) => (
    <Layout
      titre={page.titre}
      description={page.description}
      canonique={page.prive ? undefined : `${adresse()}${page.canonique ?? chemin}`}
      theme={config.theme}
      assets={assets}
      navigation={avecActif(identite === null ? navigation : navigationDe(identite), chemin)}
      compte={identite === null ? undefined : compteDe(identite)}
      fil={page.fil}
      // A page of error must show even when the database does not answer.
      demonstration={await montreLaDemonstration(db).catch(() => false)}
      noindex={page.prive === true || page.noindex === true}
      image={page.partage === undefined ? undefined : `${adresse()}${page.partage}`}
      scripts={(page.ilots ?? []).flatMap((ilot) => assets.ilots[ilot] ?? [])}
      flux={page.flux}
      donneesStructurees={[
        ...(page.donneesStructurees ?? []),
        ...(page.prive ? [] : [filAriane(page.fil, adresse(), chemin)].filter((fil) => fil !== null)),
      ]}
      pied={{
        texte:
          'Maillage déploie et pilote les conseillers numériques : des décisions du comité de sélection à la personne aidée.',
        liens: [
          { texte: 'Dates clés du programme', href: '/dates-cles' },
          { texte: 'Structures retenues', href: '/structures' },
          { texte: 'Séances du comité', href: '/seances' },
          { texte: 'API', href: '/api' },
        ],
        mentions: [
          { texte: 'Plan du site', href: '/plan-du-site' },
          { texte: 'Accessibilité : non conforme', href: '/accessibilite' },
          { texte: 'Mentions légales et sources', href: '/mentions-legales' },
          { texte: 'Données personnelles et traceurs', href: '/donnees-personnelles' },
        ],
        licence: 'Sauf mention contraire, les contenus sont proposés sous Licence Ouverte 2.0.',
      }}
    >
      {page.contenu}
    </Layout>
  );
  return buildApp({
    cle: cleDe(config),
    routes,
    db,
    application,
    portier: creerPortier(acces),
    assets,
    adresse,
    changements,
    limites,
    limitesPartagees,
    config,
    phrases,
    demonstration: async (entetes) =>
      demonstrationOuverte(config, adresse(), entetes) && (await montreLaDemonstration(db)),
    miseEnPage,
    sante: () => health(db, migrationsAttendues),
    santeTaches,
    journaliserPanne: (incident, error, chemin) => {
      // The path of a report holds its secret: only its beginning is written.
      const where = chemin.split('/').slice(0, 2).join('/');
      const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stderr.write(`${JSON.stringify({ niveau: 'panne', incident, chemin: where, cause })}\n`);
    },
  });
};
