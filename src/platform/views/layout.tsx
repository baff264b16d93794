import type { ComponentChildren } from 'preact';
import { type Etape, FilAriane, type Lien } from './liens.tsx';

export type Service = {
  nom: string;
  /** One line under the name. */
  accroche: string;
  /** Address of the home page. */
  accueil: string;
};

const MAILLAGE: Service = {
  nom: 'Maillage',
  accroche: 'Des conseillers numériques près de chez vous',
  accueil: '/',
};

export type LayoutProps = {
  /** Title of the page alone; the name of the service is added to it. */
  titre: string;
  description: string;
  /** Absolute address of the page; left out on error pages. */
  canonique?: string | undefined;
  theme: 'leger' | 'dsfr';
  /** Addresses of the style sheets, in order, and of the fonts to load first. */
  assets: { readonly css: readonly string[]; readonly fonts: readonly string[] };
  icone?: string | undefined;
  service?: Service | undefined;
  /** Main navigation; the current section bears `actif`. */
  navigation: readonly Lien[];
  fil?: readonly Etape[] | undefined;
  /** Says on every page that the data are those of the demonstration. */
  demonstration?: boolean | undefined;
  pied: {
    /** What the service is, in a sentence. */
    texte: ComponentChildren;
    /** Links that help: open data, source code… */
    liens?: readonly Lien[] | undefined;
    /** Legal notice, accessibility statement, personal data… */
    mentions: readonly Lien[];
    /** Licence of the contents. */
    licence?: ComponentChildren;
  };
  /** Who is signed in, on a page that is theirs alone. */
  compte?: CompteProps | undefined;
  noindex?: boolean | undefined;
  /** Absolute address of the picture shown when the page is shared. */
  image?: string | undefined;
  /** Addresses of the browser programs of the page. */
  scripts?: readonly string[] | undefined;
  flux?: readonly { readonly titre: string; readonly href: string }[] | undefined;
  /** schema.org objects. */
  donneesStructurees?: readonly Readonly<Record<string, unknown>>[] | undefined;
  children?: ComponentChildren;
};

export type CompteProps = {
  readonly nom: string;
  /** The acting role; undefined for whoever has none. */
  readonly role: string | undefined;
  /** The other roles that the person holds. */
  readonly autres: readonly { readonly id: string; readonly libelle: string }[];
};

/** The whole document around the content of a page. Needs no script: the navigation wraps instead of folding. */
export function Layout(props: LayoutProps) {
  const { service = MAILLAGE, navigation, fil = [], demonstration = false, pied, children } = props;
  return (
    <html lang="fr">
      <Tete {...props} service={service} />
      <body>
        <Evitement avecMenu={navigation.length > 0} />
        <Entete service={service} navigation={navigation} compte={props.compte} />
        {demonstration ? <BandeauDemonstration /> : null}
        {fil.length > 1 ? (
          <div class="fr-container">
            <FilAriane etapes={fil} />
          </div>
        ) : null}
        <main id="contenu" class="maillage-contenu">
          <div class="fr-container">{children}</div>
        </main>
        <Pied service={service} pied={pied} />
      </body>
    </html>
  );
}

function Tete(props: LayoutProps & { service: Service }) {
  const { titre, description, canonique, theme, assets, icone, service, noindex = false, image } = props;
  const { scripts = [], flux = [], donneesStructurees = [] } = props;
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{titre === service.nom ? `${titre} – ${service.accroche}` : `${titre} – ${service.nom}`}</title>
      <meta name="description" content={description} />
      {noindex ? <meta name="robots" content="noindex" /> : null}
      <meta name="color-scheme" content={theme === 'leger' ? 'light dark' : 'light'} />
      <meta name="format-detection" content="telephone=no" />
      {canonique === undefined ? null : <link rel="canonical" href={canonique} />}
      <meta property="og:type" content="website" />
      <meta property="og:locale" content="fr_FR" />
      <meta property="og:site_name" content={service.nom} />
      <meta property="og:title" content={titre} />
      <meta property="og:description" content={description} />
      {canonique === undefined ? null : <meta property="og:url" content={canonique} />}
      {image === undefined ? null : <meta property="og:image" content={image} />}
      {assets.fonts.map((font) => (
        <link key={font} rel="preload" href={font} as="font" type="font/woff2" crossorigin="anonymous" />
      ))}
      {assets.css.map((sheet) => (
        <link key={sheet} rel="stylesheet" href={sheet} />
      ))}
      {image === undefined ? null : <meta name="twitter:card" content="summary_large_image" />}
      {flux.map(({ titre: nom, href }) => (
        <link key={href} rel="alternate" type="application/atom+xml" title={nom} href={href} />
      ))}
      <link rel="icon" href={icone ?? '/favicon.ico'} type="image/svg+xml" />
      {scripts.map((script) => (
        <script key={script} type="module" src={script} />
      ))}
      {donneesStructurees.map((objet, rang) => (
        <script
          key={rang}
          type="application/ld+json"
          // JSON in which no tag can end; data, never run.
          dangerouslySetInnerHTML={{ __html: JSON.stringify(objet).replaceAll('<', '\\u003c') }}
        />
      ))}
    </head>
  );
}

function Evitement({ avecMenu }: { avecMenu: boolean }) {
  return (
    <div class="fr-skiplinks">
      <nav class="fr-container" aria-label="Accès rapide">
        <ul class="fr-skiplinks__list">
          <li>
            <a class="fr-link" href="#contenu">
              Contenu
            </a>
          </li>
          {avecMenu ? (
            <li>
              <a class="fr-link" href="#menu">
                Menu
              </a>
            </li>
          ) : null}
          <li>
            <a class="fr-link" href="#pied">
              Pied de page
            </a>
          </li>
        </ul>
      </nav>
    </div>
  );
}

/** One's role, the way to the others, and the way out. */
function Compte({ nom, role, autres }: CompteProps) {
  return (
    <div class="fr-header__tools maillage-compte">
      <p class="maillage-compte__qui">
        <a class="fr-link" href="/compte">
          <span class="fr-sr-only">Mon compte : </span>
          {nom}
        </a>
        {role === undefined ? null : <span class="maillage-compte__role">{role}</span>}
      </p>
      <div class="maillage-compte__actions">
        {autres.length === 0 ? null : (
          <details class="maillage-compte__roles">
            <summary>Changer de rôle</summary>
            <form method="post" action="/compte/role">
              <ul>
                {autres.map(({ id, libelle }) => (
                  <li key={id}>
                    <button
                      class="fr-btn fr-btn--tertiary fr-btn--sm"
                      type="submit"
                      name="habilitation"
                      value={id}
                    >
                      {libelle}
                    </button>
                  </li>
                ))}
              </ul>
            </form>
          </details>
        )}
        <form method="post" action="/deconnexion">
          <button class="fr-btn fr-btn--tertiary fr-btn--sm" type="submit">
            Se déconnecter
          </button>
        </form>
      </div>
    </div>
  );
}

/** A menu of more entries than these, of a workspace, folds on a narrow screen. */
const entreesSansRepli = 5;

function Entrees({ navigation }: Pick<LayoutProps, 'navigation'>) {
  return (
    <ul class="fr-nav__list">
      {navigation.map((lien) => (
        <li key={lien.href} class="fr-nav__item">
          <a class="fr-nav__link" href={lien.href} aria-current={lien.actif ? 'page' : undefined}>
            {lien.texte}
          </a>
        </li>
      ))}
    </ul>
  );
}

type EnteteProps = Pick<LayoutProps, 'navigation' | 'compte'> & { service: Service };

function Entete({ service, navigation, compte }: EnteteProps) {
  return (
    <header class="fr-header">
      <div class="fr-header__body">
        <div class="fr-container">
          <div class="fr-header__body-row">
            <div class="fr-header__brand">
              <div class="fr-header__service">
                <a class="maillage-marque" href={service.accueil}>
                  <Embleme />
                  <span class="fr-header__service-title">
                    <span class="fr-sr-only">Accueil – </span>
                    {service.nom}
                  </span>
                </a>
                <p class="fr-header__service-tagline">{service.accroche}</p>
              </div>
            </div>
            {compte === undefined ? null : <Compte {...compte} />}
          </div>
        </div>
      </div>
      {navigation.length === 0 ? null : (
        <div class="maillage-menu">
          <div class="fr-container">
            <nav class="fr-nav" id="menu" aria-label="Menu principal">
              {compte === undefined || navigation.length <= entreesSansRepli ? (
                <Entrees navigation={navigation} />
              ) : (
                <details class="maillage-menu__repli">
                  <summary>
                    Menu
                    {navigation.flatMap(({ actif, texte }) => (actif ? [`\u00a0: ${texte}`] : []))}
                  </summary>
                  <Entrees navigation={navigation} />
                </details>
              )}
            </nav>
          </div>
        </div>
      )}
    </header>
  );
}

/** The mesh of a territory: a centre and its neighbours. */
function Embleme() {
  return (
    <svg
      class="maillage-embleme"
      viewBox="0 0 32 32"
      width="36"
      height="36"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M16 4 26.4 10v12L16 28 5.6 22V10zM16 16V4m0 12 10.4-6M16 16l10.4 6M16 16v12m0-12L5.6 22M16 16 5.6 10" />
      <circle cx="16" cy="16" r="4.5" />
      <circle cx="16" cy="4" r="2.5" />
      <circle cx="26.4" cy="10" r="2.5" />
      <circle cx="26.4" cy="22" r="2.5" />
      <circle cx="16" cy="28" r="2.5" />
      <circle cx="5.6" cy="22" r="2.5" />
      <circle cx="5.6" cy="10" r="2.5" />
    </svg>
  );
}

function BandeauDemonstration() {
  return (
    <section class="fr-notice fr-notice--info" aria-label="Avertissement">
      <div class="fr-container">
        <div class="fr-notice__body">
          <p>
            <span class="fr-notice__title">Données de démonstration.</span>{' '}
            <span class="fr-notice__desc">
              L’exemple est l’Aisne de mars 2021&nbsp;: ailleurs, un zéro veut dire «&nbsp;non chargé&nbsp;».
              Ce n’est pas un service officiel.
            </span>
          </p>
        </div>
      </div>
    </section>
  );
}

function Pied({ service, pied }: { service: Service; pied: LayoutProps['pied'] }) {
  const { texte, liens = [], mentions, licence } = pied;
  return (
    <footer class="fr-footer" id="pied">
      <div class="fr-container">
        <div class="fr-footer__body">
          <div class="fr-footer__brand">
            <a class="maillage-marque" href={service.accueil}>
              <Embleme />
              <span class="maillage-marque__nom">
                <span class="fr-sr-only">Accueil – </span>
                {service.nom}
              </span>
            </a>
          </div>
          <div class="fr-footer__content">
            <p class="fr-footer__content-desc">{texte}</p>
            {liens.length === 0 ? null : (
              <ul class="fr-footer__content-list">
                {liens.map((lien) => (
                  <li key={lien.href} class="fr-footer__content-item">
                    <a class="fr-footer__content-link" href={lien.href}>
                      {lien.texte}
                    </a>
                  </li>
                ))}
              </ul>
            )}
          </div>
        </div>
        <div class="fr-footer__bottom">
          <ul class="fr-footer__bottom-list">
            {mentions.map((lien) => (
              <li key={lien.href} class="fr-footer__bottom-item">
                <a class="fr-footer__bottom-link" href={lien.href}>
                  {lien.texte}
                </a>
              </li>
            ))}
          </ul>
          {licence === undefined ? null : (
            <div class="fr-footer__bottom-copy">
              <p>{licence}</p>
            </div>
          )}
        </div>
      </div>
    </footer>
  );
}
