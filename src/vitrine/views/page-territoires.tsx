import type { ComponentChildren } from 'preact';
import type { listeStructures } from '../../candidatures/index.ts';
import { euros, nombre, pluriel } from '../../platform/francais/index.ts';
import type { Demande, PageDeListe } from '../../platform/listes/index.ts';
import { Barres } from '../../platform/views/barres.tsx';
import type { Choix } from '../../platform/views/liste.tsx';
import { EtatVide } from '../../platform/views/messages.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { Chiffres } from '../../statistiques/index.ts';
import {
  Avancement,
  avantLaSeance,
  type Cadre,
  type ChiffresParSeance,
  Communiques,
  EnChiffres,
  ListeStructures,
  OuSontLesStructures,
  ParSeance,
  Retenues,
  StructuresRetenues,
} from './parts.tsx';

export type Part = {
  readonly code: string;
  readonly nom: string;
  readonly structures: number;
  readonly postes: number;
  /** In cents. */
  readonly montant: number;
};

/** The parts of a territory, with figures: all of them, those without any included. */
function Parts({
  parts,
  niveau,
  titre,
  objet,
  chiffres,
}: {
  readonly parts: readonly Part[];
  readonly niveau: 'regions' | 'departements';
  readonly titre: string;
  readonly objet: string;
  readonly chiffres: Chiffres;
}) {
  const lien = ({ code, nom }: Part) => (
    <a href={`/${niveau}/${code}`}>
      {nom}&nbsp;({code})
    </a>
  );
  return (
    <Tableau
      legende={titre}
      legendeMasquee
      lignes={parts}
      cle={({ code }) => code}
      vide=""
      total="Ensemble"
      colonnes={[
        { cle: 'nom', titre: objet, cellule: lien, entete: true },
        {
          cle: 'structures',
          titre: 'Structures',
          numerique: true,
          cellule: (part) => nombre(part.structures),
          total: nombre(chiffres.structures),
        },
        {
          cle: 'postes',
          titre: 'Postes',
          numerique: true,
          cellule: (part) => nombre(part.postes),
          total: nombre(chiffres.postes),
        },
        {
          cle: 'montant',
          titre: 'Montant',
          numerique: true,
          cellule: (part) => euros(part.montant),
          total: euros(chiffres.montant_centimes),
        },
      ]}
    />
  );
}

export type PageFranceProps = {
  readonly chiffres: Chiffres;
  readonly programme: Cadre;
  readonly regions: readonly Part[];
  readonly seances: ChiffresParSeance;
  readonly carte: ComponentChildren;
};

/** The country: the objective, the régions, the sessions. */
export function PageFrance({ chiffres, programme, regions, seances, carte }: PageFranceProps) {
  const served = regions.filter(({ postes }) => postes > 0).toSorted((a, b) => b.postes - a.postes);
  return (
    <>
      <h1>Les conseillers numériques en France</h1>
      {chiffres.structures === 0 ? (
        <EtatVide titre="Aucune décision n’a encore été annoncée" niveau={2}>
          <p>Les chiffres apparaîtront ici dès l’annonce de la première séance du comité de sélection.</p>
        </EtatVide>
      ) : (
        <>
          <Retenues chiffres={chiffres} suite={`, dans ${pluriel(served.length, 'région', 'régions')}.`} />
          <EnChiffres chiffres={chiffres}>
            <Avancement chiffres={chiffres} programme={programme} />
          </EnChiffres>
          <section aria-labelledby="departements" class="maillage-section">
            <h2 id="departements">Par département</h2>
            {carte}
          </section>
          <section aria-labelledby="regions" class="maillage-section">
            <h2 id="regions">Par région</h2>
            {served.length > 1 ? (
              <Barres
                id="postes-par-region"
                titre="Postes retenus, par région"
                objet="Région"
                mesure="Postes"
                barres={served.map(({ code, nom, postes }) => ({
                  cle: code,
                  libelle: nom,
                  valeur: postes,
                  href: `/regions/${code}`,
                }))}
                vide=""
              />
            ) : null}
            <Parts
              parts={regions}
              niveau="regions"
              titre="Structures et postes, par région"
              objet="Région"
              chiffres={chiffres}
            />
          </section>
          <ParSeance seances={seances} chiffres={chiffres} lieu="en France" />
        </>
      )}
      <p>
        <a href="/structures">Voir la liste de toutes les structures</a>, <a href="/carte">leur carte</a>, ou{' '}
        <a href="/donnees">télécharger les données</a>.
      </p>
    </>
  );
}

type Champs = (typeof listeStructures)['champs'];

export type PageRegionProps = {
  readonly region: { readonly code: string; readonly nom: string; readonly locatif: string };
  readonly chiffres: Chiffres;
  readonly departements: readonly Part[];
  readonly seances: ChiffresParSeance;
  readonly carte: ComponentChildren;
  readonly liste: typeof listeStructures;
  readonly demande: Demande;
  readonly resultat: PageDeListe<Champs>;
  readonly parPage: number;
  readonly choix: { readonly seances: Choix; readonly departements: Choix; readonly categories: Choix };
};

/** A région: its départements, its map, its structures. */
export function PageRegion(props: PageRegionProps) {
  const { region, chiffres, departements, seances, carte, choix, ...liste } = props;
  const { code, locatif } = region;
  return (
    <>
      <h1>Les conseillers numériques {locatif}</h1>
      {chiffres.structures === 0 ? (
        <EtatVide titre={`Aucune structure annoncée ${locatif}`} niveau={2}>
          <p>Les structures retenues apparaîtront ici dès l’annonce d’une séance du comité de sélection.</p>
        </EtatVide>
      ) : (
        <>
          <Retenues chiffres={chiffres} />
          <EnChiffres chiffres={chiffres} />
        </>
      )}
      <section aria-labelledby="departements" class="maillage-section">
        <h2 id="departements">Par département</h2>
        <Parts
          parts={departements}
          niveau="departements"
          titre={`Structures et postes ${locatif}, par département`}
          objet="Département"
          chiffres={chiffres}
        />
      </section>
      {chiffres.structures === 0 ? null : (
        <>
          <OuSontLesStructures>{carte}</OuSontLesStructures>
          <ParSeance seances={seances} chiffres={chiffres} lieu={locatif} />
          <StructuresRetenues
            {...liste}
            chemin={`/regions/${code}`}
            fixes={{ region: code }}
            filtres={[
              { nom: 'q' },
              { nom: 'departement', choix: choix.departements },
              { nom: 'seance', choix: choix.seances },
              { nom: 'categorie', choix: choix.categories },
            ]}
            sans={['region']}
          />
        </>
      )}
    </>
  );
}

/** All the structures of the country, as a list. */
export function PageStructures(
  props: Omit<PageRegionProps, 'region' | 'chiffres' | 'departements' | 'seances' | 'carte' | 'choix'> & {
    readonly choix: PageRegionProps['choix'] & { readonly regions: Choix };
  },
) {
  const { choix, ...liste } = props;
  return (
    <>
      <h1>Structures retenues</h1>
      <p class="fr-text--lead">
        Les structures choisies par le comité de sélection pour accueillir des conseillers numériques.
      </p>
      <ListeStructures
        {...liste}
        chemin="/structures"
        filtres={[
          { nom: 'q' },
          { nom: 'region', choix: choix.regions },
          { nom: 'departement', choix: choix.departements },
          { nom: 'seance', choix: choix.seances },
          { nom: 'categorie', choix: choix.categories },
        ]}
        vide={
          <p>Les structures apparaîtront ici dès l’annonce de la première séance du comité de sélection.</p>
        }
      />
    </>
  );
}

export type PageSeanceProps = Omit<PageRegionProps, 'region' | 'seances' | 'carte' | 'choix'> & {
  readonly seance: { readonly date: string; readonly texte: string; readonly vague: string | null };
  readonly communiques: readonly { readonly texte: string; readonly href: string }[];
  readonly choix: { readonly departements: Choix; readonly categories: Choix };
};

/** A session of the committee: what it gave, to whom, and the communiqués that announced it. */
export function PageSeance(props: PageSeanceProps) {
  const { seance, chiffres, departements, communiques, choix, ...liste } = props;
  return (
    <>
      <h1>Comité de sélection du {seance.texte}</h1>
      <Retenues
        chiffres={chiffres}
        suite={seance.vague === null ? '.' : ` (${seance.vague.toLowerCase()}).`}
      />
      <p>{avantLaSeance}</p>
      <EnChiffres chiffres={chiffres} />
      <StructuresRetenues
        {...liste}
        chemin={`/seances/${seance.date}`}
        fixes={{ seance: seance.date }}
        filtres={[
          { nom: 'q' },
          { nom: 'departement', choix: choix.departements },
          { nom: 'categorie', choix: choix.categories },
        ]}
        sans={['seances', 'region']}
      />
      {departements.length > 1 ? (
        <section aria-labelledby="departements" class="maillage-section">
          <h2 id="departements">Par département</h2>
          <Parts
            parts={departements}
            niveau="departements"
            titre="Structures et postes de la séance, par département"
            objet="Département"
            chiffres={chiffres}
          />
        </section>
      ) : null}
      <Communiques communiques={communiques} flux="/communiques.atom" />
    </>
  );
}
