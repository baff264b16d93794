import { describe, expect, it } from 'vitest';
import { Introuvable, Panne, Refus } from './erreurs.tsx';
import { Layout, type LayoutProps } from './layout.tsx';
import { FilAriane, ListeLiens, Telechargements } from './liens.tsx';
import { Alerte, Badge, EtatVide } from './messages.tsx';
import { rendre } from './rendre.ts';

const PROPS: LayoutProps = {
  titre: 'Aisne',
  description: 'Les conseillers numériques dans l’Aisne.',
  canonique: 'https://maillage.example.fr/departements/02',
  theme: 'leger',
  assets: {
    css: ['/assets/maillage.css', '/assets/maillage-complements.css'],
    fonts: ['/assets/fonts/a.woff2'],
  },
  navigation: [
    { texte: 'Accueil', href: '/' },
    { texte: 'Départements', href: '/departements', actif: true },
  ],
  fil: [{ texte: 'Accueil', href: '/' }, { texte: 'Aisne' }],
  pied: { texte: 'Un service.', mentions: [{ texte: 'Mentions légales', href: '/mentions-legales' }] },
};

const page = (props: Partial<LayoutProps> = {}): string =>
  rendre(
    <Layout {...PROPS} {...props}>
      <h1>L’Aisne</h1>
    </Layout>,
  );

describe('Layout', () => {
  it('is a French HTML document with a title, a description and its address', () => {
    const html = page();
    expect(html).toMatch(/^<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"/);
    expect(html).toContain('<title>Aisne – Maillage</title>');
    expect(html).toContain('<meta name="description" content="Les conseillers numériques dans l’Aisne."');
    expect(html).toContain('<link rel="canonical" href="https://maillage.example.fr/departements/02"');
    expect(html).toContain('<meta property="og:title" content="Aisne"');
    expect(html).not.toContain('noindex');
  });

  it('does not repeat the name of the service in the title of the home page', () => {
    expect(page({ titre: 'Maillage' })).toContain(
      '<title>Maillage – Des conseillers numériques près de chez vous</title>',
    );
  });

  it('leads by its skip links to parts that exist', () => {
    const html = page();
    for (const [, id] of html.matchAll(/class="fr-link" href="#(\w+)"/g))
      expect(html).toContain(`id="${id}"`);
    expect(html.match(/class="fr-link" href="#/g)).toHaveLength(3);
    expect(page({ navigation: [] })).not.toContain('href="#menu"');
  });

  it('marks the current section and the current page', () => {
    const html = page();
    expect(html).toContain('href="/departements" aria-current="page">Départements');
    expect(html).toContain('<span class="fr-breadcrumb__link" aria-current="page">Aisne</span>');
  });

  it('announces the demonstration on demand only', () => {
    expect(page()).not.toContain('démonstration');
    expect(page({ demonstration: true })).toContain('Données de démonstration.');
  });

  it('needs neither script nor inline style, under both skins', () => {
    for (const theme of ['leger', 'dsfr'] as const)
      expect(page({ theme })).not.toMatch(/<script|style=|\son\w+=/);
    expect(page({ theme: 'dsfr' })).toContain('<meta name="color-scheme" content="light"');
  });

  it('loads its sheets in order, keeps an error page out of search engines, escapes everything', () => {
    const html = page({
      noindex: true,
      canonique: undefined,
      titre: '</title><script>',
      description: '"><script>',
    });
    expect(html.indexOf('maillage.css')).toBeLessThan(html.indexOf('maillage-complements.css'));
    expect(html).toContain('<meta name="robots" content="noindex"');
    expect(html).not.toMatch(/<script|canonical|og:url/);
  });
});

describe('parts of pages', () => {
  it('shows no breadcrumb for one step, and never links the last', () => {
    expect(rendre(<FilAriane etapes={[{ texte: 'Accueil', href: '/' }]} />)).not.toContain('<nav');
    const html = rendre(
      <FilAriane
        etapes={[
          { texte: 'Accueil', href: '/' },
          { texte: 'Ici', href: '/ici' },
        ]}
      />,
    );
    expect(html).not.toContain('href="/ici"');
  });

  it('says the tone of an alert in words', () => {
    expect(rendre(<Alerte ton="erreur">Refusé.</Alerte>)).toMatch(
      /fr-alert--error[^>]*>.*Erreur\u00a0: <.*Refusé\./,
    );
    expect(
      rendre(
        <Alerte ton="attention" titre="Bientôt" niveau={2}>
          Suite.
        </Alerte>,
      ),
    ).toMatch(/<h2 class="fr-alert__title">.*Attention\u00a0: <.*Bientôt<\/h2><div>Suite\./);
  });

  it('shows badges, empty states, lists and downloads', () => {
    expect(rendre(<Badge ton="succes">Publiée</Badge>)).toContain('fr-badge--success">Publiée');
    expect(rendre(<Badge>Brouillon</Badge>)).not.toContain('undefined');
    expect(rendre(<EtatVide titre="Rien encore" />)).toContain(
      '<p class="maillage-vide__titre">Rien encore</p>',
    );
    const liens = rendre(<ListeLiens liens={[{ texte: 'Aisne', href: '/02', detail: '35 postes' }]} />);
    expect(liens).toContain('<span class="maillage-liens__detail"> 35 postes</span>');
    const fichiers = [
      { texte: 'Structures', href: '/02.csv', detail: 'CSV – 4 ko', nomFichier: 'aisne.csv' },
    ];
    expect(rendre(<Telechargements fichiers={fichiers} />)).toContain('href="/02.csv" download="aisne.csv"');
  });
});

describe('error pages', () => {
  it('say what to do, with one heading and a way out', () => {
    for (const html of [
      rendre(<Introuvable />),
      rendre(<Panne incident="0193a5c2" />),
      rendre(<Refus statut={400} titre="Adresse incomplète" message="Choisissez une séance." />),
    ]) {
      expect(html.match(/<h1>/g)).toHaveLength(1);
      expect(html).toContain('href="/"');
    }
  });

  it('give the incident number, where to write, and the reason of a refusal', () => {
    const panne = rendre(
      <Panne incident="0193a5c2" contact={{ texte: 'Écrire', href: 'mailto:a@example.fr' }} />,
    );
    expect(panne).toContain('<strong>0193a5c2</strong>');
    expect(panne).toContain('mailto:a@example.fr');
    expect(rendre(<Refus statut={403} titre="Accès refusé" message="<b>non</b>" />)).toContain(
      '&lt;b>non&lt;/b>',
    );
  });
});
