import { instantLong } from '../../platform/francais/index.ts';
import { formatsDe } from '../../platform/listes/formats.ts';
import type { Liste } from '../../platform/listes/index.ts';
import { ListeLiens } from '../../platform/views/liens.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';

const noms = {
  csv: 'CSV, pour un tableur français',
  xlsx: 'Excel',
  json: 'JSON',
  geojson: 'GeoJSON, pour une carte',
} as const;

const types = {
  texte: 'texte',
  entier: 'nombre entier',
  decimal: 'nombre',
  euros: 'nombre, en euros',
  date: 'date (AAAA-MM-JJ)',
  booleen: 'oui ou non',
  textes: 'liste, séparée par des virgules',
} as const;

function Jeu({ liste }: { readonly liste: Liste }) {
  return (
    <section aria-labelledby={liste.code} class="maillage-section">
      <h2 id={liste.code}>{liste.titre}</h2>
      <p>{liste.description}</p>
      <ListeLiens
        nom={`Fichiers : ${liste.titre}`}
        liens={formatsDe(liste).map((format) => ({
          texte: `${liste.titre} en ${noms[format]}`,
          href: `/donnees/${liste.code}.${format}`,
        }))}
      />
      <details>
        <summary>Ce que contiennent les colonnes</summary>
        <Tableau
          legende={`Colonnes de la liste « ${liste.titre} »`}
          legendeMasquee
          lignes={Object.entries(liste.champs)}
          cle={([code]) => code}
          vide=""
          colonnes={[
            { cle: 'code', titre: 'Nom', cellule: ([code]) => <code>{code}</code>, entete: true },
            { cle: 'type', titre: 'Contenu', cellule: ([, champ]) => types[champ.type] },
            { cle: 'description', titre: 'Signification', cellule: ([, champ]) => champ.description },
          ]}
        />
        <p>
          <a href={`/donnees/${liste.code}.schema.json`}>Schéma du fichier CSV (Table Schema)</a>
        </p>
      </details>
    </section>
  );
}

/** The open data: what there is, since when, under which licence, in which files. */
export function PageDonnees(props: {
  readonly listes: readonly Liste[];
  /** Instant of the last announcement, in ISO. */
  readonly modifie: string | null;
  readonly licence: { readonly nom: string; readonly href: string };
}) {
  const { listes, modifie, licence } = props;
  return (
    <>
      <h1>Données ouvertes</h1>
      <p class="fr-text--lead">
        Tout ce que montre ce site peut être repris&nbsp;: listes entières, ou seulement ce que vous avez
        filtré sur une page.
      </p>
      <ul>
        <li>
          Licence&nbsp;: <a href={licence.href}>{licence.nom}</a>. Citez la source et la date. Les positions
          des communes viennent de GeoNames (CC BY 4.0).
        </li>
        <li>
          Dernière annonce&nbsp;: {modifie === null ? 'aucune pour l’instant' : instantLong(modifie)}. Les
          fichiers sont toujours à jour.
        </li>
        <li>
          <a href="/donnees/maillage.zip">Toutes les listes en un fichier ZIP</a>, refait chaque nuit&nbsp;:
          dans la journée, il ne change que si une décision ou un communiqué est retiré.
        </li>
        <li>
          <a href="/donnees/catalogue.jsonld">Catalogue au format DCAT</a>, pour les moissonneurs.
        </li>
        <li>
          <a href="/api">Interface pour les programmes (API)</a>.
        </li>
      </ul>
      <p>
        Fichiers CSV&nbsp;: encodage UTF-8, séparateur point-virgule, virgule décimale. Une case vide veut
        dire «&nbsp;non connu&nbsp;».
      </p>
      {listes.map((liste) => (
        <Jeu key={liste.code} liste={liste} />
      ))}
    </>
  );
}
