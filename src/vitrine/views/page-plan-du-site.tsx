import { ListeLiens } from '../../platform/views/liens.tsx';
import { Section } from './page-texte.tsx';

type Lien = { readonly texte: string; readonly href: string; readonly detail?: string };

export type PagePlanDuSiteProps = {
  readonly regions: readonly { readonly code: string; readonly nom: string }[];
  readonly departements: readonly { readonly code: string; readonly nom: string }[];
  /** Sessions with announced decisions, the latest first. */
  readonly seances: readonly Lien[];
};

const chercher: readonly Lien[] = [
  { texte: 'Accueil', href: '/' },
  {
    texte: 'Rechercher',
    href: '/recherche',
    detail: '(une commune, une intercommunalité, un département ou une structure)',
  },
  { texte: 'Carte', href: '/carte', detail: '(les structures retenues, et leur liste)' },
];

const suivre: readonly Lien[] = [
  { texte: 'La France en chiffres', href: '/france' },
  { texte: 'Candidater pour accueillir un conseiller', href: '/candidater' },
  { texte: 'Ce que l’État paierait', href: '/candidater/simulateur' },
  { texte: 'Dates clés du programme', href: '/dates-cles' },
  { texte: 'Communiqués', href: '/communiques' },
  { texte: 'Structures retenues', href: '/structures' },
  { texte: 'Séances du comité', href: '/seances' },
];

const reprendre: readonly Lien[] = [
  { texte: 'Données ouvertes', href: '/donnees', detail: '(fichiers à télécharger)' },
  { texte: 'API', href: '/api', detail: '(pour les programmes)' },
  { texte: 'Flux des communiqués', href: '/communiques.atom', detail: '(format Atom)' },
  { texte: 'Adresses du site', href: '/sitemap.xml', detail: '(pour les moteurs de recherche)' },
  { texte: 'Composants', href: '/composants', detail: '(pour qui construit le site)' },
];

const aPropos: readonly Lien[] = [
  { texte: 'Accessibilité', href: '/accessibilite', detail: '(déclaration)' },
  { texte: 'Données personnelles et traceurs', href: '/donnees-personnelles' },
  { texte: 'Mentions légales et sources', href: '/mentions-legales' },
  { texte: 'Plan du site', href: '/plan-du-site' },
];

/** Every kind of page, and every territory. */
export function PagePlanDuSite({ regions, departements, seances }: PagePlanDuSiteProps) {
  return (
    <>
      <h1>Plan du site</h1>
      <p class="fr-text--lead">
        Toutes les pages du site, par sujet. Une structure, une commune ou une intercommunalité se trouve par
        la <a href="/recherche">recherche</a> ou par la page de son département.
      </p>
      <Section id="chercher" titre="Chercher près de chez vous">
        <ListeLiens liens={chercher} />
      </Section>
      <Section id="suivre" titre="Suivre le programme">
        <ListeLiens liens={suivre} />
        {seances.length === 0 ? null : (
          <>
            <h3 id="seances">Séances du comité de sélection</h3>
            <ListeLiens liens={seances} colonnes={seances.length > 6} />
          </>
        )}
      </Section>
      <Section id="regions" titre="Régions">
        <ListeLiens
          colonnes
          liens={regions.map(({ code, nom }) => ({ texte: nom, href: `/regions/${code}` }))}
        />
      </Section>
      <Section id="departements" titre="Départements et collectivités d’outre-mer">
        <ListeLiens
          colonnes
          liens={departements.map(({ code, nom }) => ({
            texte: `${nom}\u00a0(${code})`,
            href: `/departements/${code}`,
          }))}
        />
      </Section>
      <Section id="reprendre" titre="Réutiliser les données">
        <ListeLiens liens={reprendre} />
      </Section>
      <Section id="a-propos" titre="À propos du site">
        <ListeLiens liens={aPropos} />
      </Section>
    </>
  );
}
