import type { ComponentChildren } from 'preact';
import type { listeStructures } from '../../candidatures/index.ts';
import {
  dateLongue,
  liste as enumerer,
  euros,
  nombre,
  pluriel,
  typographier,
} from '../../platform/francais/index.ts';
import type { Ligne } from '../../platform/listes/index.ts';
import { ChiffresCles } from '../../platform/views/chiffres.tsx';
import { Courbe, cumuler } from '../../platform/views/courbe.tsx';
import { Jauge } from '../../platform/views/jauge.tsx';
import { ListeLiens } from '../../platform/views/liens.tsx';
import { ListeDonnees, type ListeProps } from '../../platform/views/liste.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import {
  type Chiffres,
  montant,
  partEnveloppe,
  partObjectif,
  postes,
  structures,
} from '../../statistiques/index.ts';

/** Why a communiqué may bear a date before its session's: both are as their source writes them. */
export const avantLaSeance =
  'La date d’une séance est celle du fichier national du comité. Une préfecture a pu annoncer ses structures quelques jours plus tôt\u00a0: son communiqué porte alors une date antérieure.';

export type ChiffresParSeance = readonly (Chiffres & { readonly cle: string | null })[];

/** The three figures of a territory or a session, with what each counts. */
export function ChiffresDuTerritoire({ chiffres }: { readonly chiffres: Chiffres }) {
  return (
    <ChiffresCles
      chiffres={[
        {
          libelle: structures.nom,
          valeur: nombre(chiffres.structures),
          definition: typographier(structures.definition),
        },
        { libelle: postes.nom, valeur: nombre(chiffres.postes), definition: typographier(postes.definition) },
        {
          libelle: montant.nom,
          valeur: euros(chiffres.montant_centimes),
          definition: typographier(montant.definition),
        },
      ]}
    />
  );
}

/** The lead of a territory or a session: « 16 structures retenues pour accueillir 32 conseillers numériques ». */
export function Retenues({
  chiffres,
  suite = '.',
}: {
  readonly chiffres: Chiffres;
  readonly suite?: string;
}) {
  return (
    <p class="fr-text--lead">
      {pluriel(chiffres.structures, 'structure retenue', 'structures retenues')} pour accueillir{' '}
      {pluriel(chiffres.postes, 'conseiller numérique', 'conseillers numériques')}
      {suite}
    </p>
  );
}

/** The section of the figures. */
export function EnChiffres({
  titre = 'En chiffres',
  chiffres,
  children,
}: {
  readonly titre?: string;
  readonly chiffres: Chiffres;
  readonly children?: ComponentChildren;
}) {
  return (
    <section aria-labelledby="chiffres">
      <h2 id="chiffres">{titre}</h2>
      <ChiffresDuTerritoire chiffres={chiffres} />
      {children}
    </section>
  );
}

/** Objective in posts and enveloppe in cents; null before the programme is set up. */
export type Cadre = { readonly objectifPostes: number; readonly enveloppeMontant: number } | null;

/** How far the programme has come: posts on its objective, money on its enveloppe. */
export function Avancement({
  chiffres,
  programme,
}: {
  readonly chiffres: Chiffres;
  readonly programme: Cadre;
}) {
  if (programme === null) return null;
  return (
    <div class="fr-grid-row fr-grid-row--gutters">
      <div class="fr-col-12 fr-col-md-6">
        <Jauge
          titre="Postes retenus, sur l’objectif national"
          valeur={chiffres.postes}
          maximum={programme.objectifPostes}
          valeurTexte={pluriel(chiffres.postes, 'poste', 'postes')}
          maximumTexte={pluriel(programme.objectifPostes, 'poste', 'postes')}
          definition={typographier(partObjectif.definition)}
        />
      </div>
      <div class="fr-col-12 fr-col-md-6">
        <Jauge
          titre="Montant engagé, sur l’enveloppe nationale"
          valeur={chiffres.montant_centimes}
          maximum={programme.enveloppeMontant}
          valeurTexte={euros(chiffres.montant_centimes)}
          maximumTexte={euros(programme.enveloppeMontant)}
          definition={typographier(partEnveloppe.definition)}
        />
      </div>
    </div>
  );
}

/** The section of the map. */
export function OuSontLesStructures({ children }: { readonly children: ComponentChildren }) {
  return (
    <section aria-labelledby="ou" class="maillage-section">
      <h2 id="ou">Où sont les structures</h2>
      {children}
    </section>
  );
}

/** Sessions over time: the sum of posts as a line when there is more than one, and each session in the table. */
export function ParSeance({
  seances,
  chiffres,
  lieu,
}: {
  readonly seances: ChiffresParSeance;
  readonly chiffres: Chiffres;
  /** « dans l’Aisne » */
  readonly lieu: string;
}) {
  const points = seances.flatMap(({ cle, postes: valeur }) => (cle === null ? [] : [{ date: cle, valeur }]));
  return (
    <section aria-labelledby="seances" class="maillage-section">
      <h2 id="seances">Par séance du comité de sélection</h2>
      {points.length > 1 ? (
        <Courbe
          id="evolution"
          titre={`Postes retenus ${lieu}, séance après séance`}
          series={[{ nom: 'Postes retenus', points: cumuler(points) }]}
          ecrire={(valeur) => pluriel(valeur, 'poste', 'postes')}
          ecrireAxe={nombre}
          vide="Aucune séance."
        />
      ) : null}
      <Tableau
        legende={`Structures et postes retenus ${lieu}, par séance`}
        legendeMasquee
        lignes={seances}
        cle={({ cle }) => cle ?? ''}
        vide="Aucune séance."
        // A structure retained twice counts once in the total of structures.
        total="Ensemble"
        colonnes={[
          {
            cle: 'date',
            titre: 'Séance',
            cellule: ({ cle }) => (cle === null ? '' : <a href={`/seances/${cle}`}>{dateLongue(cle)}</a>),
            entete: true,
          },
          {
            cle: 'structures',
            titre: 'Structures',
            numerique: true,
            cellule: (row) => nombre(row.structures),
            total: nombre(chiffres.structures),
          },
          {
            cle: 'postes',
            titre: 'Postes',
            numerique: true,
            cellule: (row) => nombre(row.postes),
            total: nombre(chiffres.postes),
          },
          {
            cle: 'montant',
            titre: 'Montant',
            numerique: true,
            cellule: (row) => euros(row.montant_centimes),
            total: euros(chiffres.montant_centimes),
          },
        ]}
      />
    </section>
  );
}

type Structures = (typeof listeStructures)['champs'];

/** The list of retained structures, with the links and words of the public site. */
export function ListeStructures(
  props: Omit<ListeProps<Structures>, 'cellules' | 'entete' | 'vide'> & { readonly vide?: ComponentChildren },
) {
  const territoire = (niveau: string, code: string | null, nom: string | null) =>
    code === null ? (nom ?? 'non renseigné') : <a href={`/${niveau}/${code}`}>{nom}</a>;
  const cellules: NonNullable<ListeProps<Structures>['cellules']> = {
    libelle: ({ id, libelle }) => <a href={`/structures/${id}`}>{libelle}</a>,
    commune: ({ commune_code: code, commune }) => territoire('communes', code, commune),
    epci: ({ epci_code: code, epci }) => (code === null ? '' : territoire('epci', code, epci)),
    departement: ({ departement_code: code, departement }) => territoire('departements', code, departement),
    region: ({ region_code: code, region }) => (code === null ? '' : territoire('regions', code, region)),
    categories: ({ categories }) =>
      enumerer((categories ?? []).map((categorie) => (categorie === 'privee' ? 'privée' : categorie))),
    precision_position: (ligne: Ligne<Structures>) =>
      ligne.precision_position === 'structure' ? 'exacte' : 'centre de la commune',
    seances: ({ seances }) =>
      (seances ?? []).map((date, rang) => (
        <>
          {rang > 0 ? ', ' : ''}
          <a class="maillage-insecable" href={`/seances/${date}`}>
            {dateLongue(date)}
          </a>
        </>
      )),
  };
  return <ListeDonnees {...props} cellules={cellules} entete="libelle" vide={props.vide ?? ''} />;
}

/** The section of the list, in a page that holds more. */
export function StructuresRetenues(props: Parameters<typeof ListeStructures>[0]) {
  return (
    <section aria-labelledby="structures" class="maillage-section">
      <h2 id="structures">Structures retenues</h2>
      <ListeStructures {...props} />
    </section>
  );
}

/** The communiqués, where there are any. */
export function Communiques({
  communiques,
  flux,
}: {
  readonly communiques: readonly { readonly texte: string; readonly href: string }[];
  /** Address of the feed that follows them. */
  readonly flux: string;
}) {
  if (communiques.length === 0) return null;
  return (
    <section aria-labelledby="communiques" class="maillage-section">
      <h2 id="communiques">Communiqués</h2>
      <ListeLiens liens={communiques} />
      <p>
        <a href={flux}>Suivre les communiqués (flux Atom)</a>
      </p>
    </section>
  );
}
