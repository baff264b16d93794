import type { ComponentChildren } from 'preact';
import { dateLongue, nombre, pluriel } from '../../platform/francais/index.ts';
import { ListeLiens } from '../../platform/views/liens.tsx';
import { distanceEnMots } from '../../platform/views/lieux.ts';
import { Alerte, EtatVide } from '../../platform/views/messages.tsx';
import { Pagination } from '../../platform/views/pagination.tsx';
import { ChampRecherche } from '../../platform/views/recherche.tsx';
import { type Colonne, Tableau } from '../../platform/views/tableau.tsx';
import type { Chiffres } from '../../statistiques/index.ts';

export type StructureDeCommune = {
  readonly id: string;
  readonly libelle: string;
  readonly postes: number;
  readonly seances: readonly string[];
};

export type StructureVoisine = {
  readonly id: string;
  readonly libelle: string;
  /** Null where it is not known: the structure then stands at a position of its own. */
  readonly commune: { readonly code: string; readonly nom: string } | null;
  readonly postes: number;
  readonly kilometres: number;
  readonly precision: 'exacte' | 'commune' | 'approximative';
};

export type PageCommuneProps = {
  readonly commune: {
    readonly code: string;
    readonly nom: string;
    /** « de Laon », « du Mans » */
    readonly genitif: string;
    readonly codesPostaux: readonly string[];
    /** Whether its position is only known to be nearby. */
    readonly approximative: boolean;
  };
  /** Département, région, EPCI: where to look from further away. */
  readonly territoires: readonly { readonly texte: string; readonly href: string; readonly detail: string }[];
  readonly chiffres: Chiffres;
  readonly ici: readonly StructureDeCommune[];
  readonly page: number;
  readonly pages: number;
  /** Nearest first, those of the commune and those too far to go to left out. */
  readonly voisines: readonly StructureVoisine[];
  /** In kilometres, how far was looked, and what is still near. */
  readonly portee: number;
  readonly proche: number;
  /** Whether anything is announced anywhere. */
  readonly annonces: boolean;
  readonly carte: ComponentChildren | null;
};

type Precision = StructureVoisine['precision'];

/** What holds for most rows is said once above them; the others say their own. */
const precisionDuTableau = (voisines: readonly StructureVoisine[]): Precision =>
  2 * voisines.filter(({ precision }) => precision === 'exacte').length > voisines.length
    ? 'exacte'
    : 'commune';

const exceptions = {
  exacte: 'jusqu’à son adresse',
  commune: 'jusqu’au centre de la commune',
  approximative: 'position de la commune connue à peu près',
} as const satisfies Record<Precision, string>;

const colonneStructure: Colonne<{ readonly id: string; readonly libelle: string }> = {
  cle: 'libelle',
  titre: 'Structure',
  brut: true,
  entete: true,
  cellule: ({ id, libelle }) => <a href={`/structures/${id}`}>{libelle}</a>,
};

const seancesLiees = (seances: readonly string[]): ComponentChildren =>
  seances.map((date, rang) => (
    <>
      {rang === 0 ? null : ', '}
      <a href={`/seances/${date}`}>{dateLongue(date)}</a>
    </>
  ));

function DansLaCommune({ commune, ici, chiffres, page, pages }: PageCommuneProps) {
  // A heading over nothing would only put off the answer.
  if (ici.length === 0) return <p>{`Aucune structure ${commune.genitif} n’a encore été retenue.`}</p>;
  return (
    <section aria-labelledby="ici">
      <h2 id="ici">Dans la commune</h2>
      <p>
        {`${pluriel(chiffres.structures, 'structure retenue', 'structures retenues')}, ${pluriel(chiffres.postes, 'poste', 'postes')}.`}
      </p>
      <Tableau
        legende={`Structures retenues\u00a0: ${commune.nom}`}
        legendeMasquee
        lignes={ici}
        cle={({ id }) => id}
        vide=""
        colonnes={[
          colonneStructure,
          { cle: 'postes', titre: 'Postes', numerique: true, cellule: (row) => nombre(row.postes) },
          { cle: 'seances', titre: 'Séance', cellule: (row) => seancesLiees(row.seances) },
        ]}
      />
      <Pagination
        de="structures"
        page={page}
        pages={pages}
        lien={(next) => `/communes/${commune.code}?page=${next}#ici`}
      />
    </section>
  );
}

function Autour({ commune, voisines, portee, proche }: PageCommuneProps) {
  const [plusProche] = voisines;
  const courante = precisionDuTableau(voisines);
  return (
    <section aria-labelledby="autour">
      <h2 id="autour">Les plus proches autour {commune.genitif}</h2>
      {commune.approximative ? (
        <Alerte ton="info">
          {`La position ${commune.genitif} n’est connue qu’à peu près\u00a0: les distances sont des ordres de grandeur.`}
        </Alerte>
      ) : null}
      {plusProche === undefined ? (
        <EtatVide titre={`Aucune structure annoncée à moins de ${nombre(portee)}\u00a0km`} niveau={3}>
          <p>
            D’autres structures seront annoncées à la suite des prochaines séances du comité de sélection. En
            attendant, voyez <a href="#territoires">les territoires de la commune</a> ou{' '}
            <a href="/#territoires">tous les départements</a>.
          </p>
        </EtatVide>
      ) : (
        <>
          <p>
            {plusProche.kilometres > proche
              ? `Rien n’est annoncé à moins de ${nombre(proche)}\u00a0km. `
              : ''}
            Distances à vol d’oiseau{'\u00a0:'} plus par la route.
            {courante === 'exacte'
              ? ''
              : ` ${voisines.every(({ precision }) => precision === courante) ? 'Elles' : 'Sauf mention contraire, elles'} vont jusqu’au centre de la commune, car l’adresse n’est pas connue.`}
          </p>
          <Tableau
            legende={`Structures les plus proches, hors de la commune\u00a0: ${commune.nom}`}
            legendeMasquee
            lignes={voisines}
            cle={({ id }) => id}
            vide=""
            colonnes={[
              colonneStructure,
              {
                cle: 'commune',
                titre: 'Commune',
                cellule: ({ commune: other }) =>
                  other === null ? 'non renseignée' : <a href={`/communes/${other.code}`}>{other.nom}</a>,
              },
              {
                cle: 'distance',
                titre: 'Distance',
                cellule: ({ kilometres, precision }) => (
                  <>
                    {distanceEnMots(kilometres * 1000)}
                    {precision === courante ? null : (
                      <span class="maillage-resultats__detail">{exceptions[precision]}</span>
                    )}
                  </>
                ),
              },
              { cle: 'postes', titre: 'Postes', numerique: true, cellule: (row) => nombre(row.postes) },
            ]}
          />
        </>
      )}
    </section>
  );
}

/** A commune: who was retained there, and who is nearest. */
export function PageCommune(props: PageCommuneProps) {
  const { commune, territoires, annonces, carte } = props;
  return (
    <>
      <h1>Conseillers numériques près {commune.genitif}</h1>
      {annonces ? (
        <>
          <DansLaCommune {...props} />
          {props.page === 1 ? <Autour {...props} /> : null}
          {props.ici.length === 0 && props.voisines.length === 0 ? null : (
            <p>
              Une structure retenue n’a pas toujours encore son conseiller{'\u00a0:'} renseignez-vous auprès
              d’elle ou de sa mairie.
            </p>
          )}
          {props.page === 1 && carte ? (
            <section aria-labelledby="sur-la-carte" class="maillage-section">
              <h2 id="sur-la-carte">Sur la carte</h2>
              {carte}
            </section>
          ) : null}
        </>
      ) : (
        <EtatVide titre="Aucune structure n’a encore été annoncée" niveau={2}>
          <p>
            Les structures retenues apparaîtront ici dès l’annonce d’une séance du comité de sélection. En
            attendant, <a href="/">voyez où en est le programme</a>.
          </p>
        </EtatVide>
      )}
      <section aria-labelledby="territoires">
        <h2 id="territoires">{commune.nom} et ses territoires</h2>
        <ListeLiens liens={territoires.map((lien) => ({ ...lien, detail: `– ${lien.detail}` }))} />
        {commune.codesPostaux.length === 0 ? null : (
          <p>
            {`${commune.codesPostaux.length > 1 ? 'Codes postaux' : 'Code postal'}\u00a0: ${commune.codesPostaux.join(', ')}. Code INSEE\u00a0: ${commune.code}.`}
          </p>
        )}
      </section>
      <section aria-labelledby="ailleurs">
        <h2 id="ailleurs">Chercher ailleurs</h2>
        <ChampRecherche
          id="q"
          libelle="Trouver les structures les plus proches"
          indication="Commune, code postal ou nom d’une structure"
          action="/recherche"
          suggestions="/recherche/suggestions"
          bouton="Chercher"
        />
      </section>
    </>
  );
}
