import { capitale, dateLongue, euros, instantLong, nombre, pluriel } from '../../platform/francais/index.ts';
import { ChiffresCles } from '../../platform/views/chiffres.tsx';
import { ListeLiens, Telechargements } from '../../platform/views/liens.tsx';
import { Alerte } from '../../platform/views/messages.tsx';
import { Pagination } from '../../platform/views/pagination.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { Bilan, LigneAbsente, LigneBilan, Sort } from '../import/bilan.store.ts';
import { libelles } from '../import/colonnes.rules.ts';
import type { ImportEnregistre } from '../import/rapport.store.ts';

export const vues = ['rejetee', 'anomalies', 'modifiee', 'creee', 'inchangee'] as const;
export type Vue = (typeof vues)[number];

export const parPage = 100;

/** The rows of an import in one of its views. */
export type Lignes = {
  readonly vue: Vue;
  /** Number of rows in each view. */
  readonly comptes: Readonly<Record<Vue, number>>;
  readonly lignes: readonly LigneBilan[];
  readonly page: number;
};

export type PageImportProps = {
  readonly rapport: ImportEnregistre;
  readonly lignes: Lignes;
  /** Address of the report: its views and files hang on it. */
  readonly adresse: string;
};

const noms: Readonly<Record<Vue, string>> = {
  anomalies: 'Lignes avec anomalie',
  rejetee: 'Lignes rejetées',
  modifiee: 'Lignes modifiées',
  creee: 'Lignes créées',
  inchangee: 'Lignes inchangées',
};

const sorts: Readonly<Record<Sort, string>> = {
  creee: 'créée',
  modifiee: 'modifiée',
  inchangee: 'inchangée',
  rejetee: 'rejetée',
};

const vides: Readonly<Record<Vue, string>> = {
  anomalies: 'Aucune anomalie : le fichier est propre.',
  rejetee: 'Aucune ligne rejetée : toutes ont été comprises.',
  modifiee: 'Aucune ligne modifiée.',
  creee: 'Aucune ligne créée : toutes étaient déjà connues.',
  inchangee: 'Aucune ligne inchangée.',
};

/** What there is to say of a row in a view: its changes among modified rows, its anomalies elsewhere. */
function Constats({ ligne, vue }: { readonly ligne: LigneBilan; readonly vue: Vue }) {
  const anomalies = ligne.anomalies.map(({ champ, valeur, message }) =>
    valeur === '' ? message : `${capitale(libelles[champ])} « ${valeur} » : ${message}`,
  );
  const changements = ligne.changements.map(({ champ, avant, apres }) =>
    avant === null
      ? `${capitale(champ)} : « ${apres} » (rien auparavant)`
      : `${capitale(champ)} : « ${avant} » devient « ${apres ?? 'vide'} »`,
  );
  const items =
    vue === 'modifiee' ? changements : [...(ligne.motif === null ? [] : [ligne.motif]), ...anomalies];
  if (items.length < 2) return <span>{items[0] ?? 'Rien à signaler'}</span>;
  return (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}

/** What an import did, or would do, in numbers. */
export function BilanImport({ bilan, adresse }: { readonly bilan: Bilan; readonly adresse: string }) {
  return (
    <section aria-labelledby="bilan">
      <h2 id="bilan">Bilan</h2>
      <ChiffresCles
        chiffres={[
          { libelle: 'lignes lues', valeur: nombre(bilan.lignes) },
          { libelle: 'créées', valeur: nombre(bilan.creees) },
          { libelle: 'modifiées', valeur: nombre(bilan.modifiees) },
          { libelle: 'inchangées', valeur: nombre(bilan.inchangees) },
          { libelle: 'rejetées', valeur: nombre(bilan.rejetees) },
          { libelle: 'anomalies', valeur: nombre(bilan.anomalies) },
          { libelle: 'postes', valeur: nombre(bilan.postes), definition: 'Somme des lignes non rejetées.' },
          {
            libelle: 'engagés',
            valeur: euros(bilan.montant_centimes),
            definition: 'Calculés d’après les régimes, formation comprise.',
          },
        ]}
      />
      {bilan.rejetees > 0 ? (
        <Telechargements
          fichiers={[
            { texte: 'Lignes rejetées, avec leurs motifs', href: `${adresse}/rejets.csv`, detail: 'CSV' },
          ]}
        />
      ) : null}
    </section>
  );
}

/** The rows of an import, view by view, a page at a time. */
export function LignesImport({
  lignes: montrees,
  adresse,
}: {
  readonly lignes: Lignes;
  readonly adresse: string;
}) {
  const { vue, comptes, lignes, page } = montrees;
  return (
    <section aria-labelledby="lignes">
      <h2 id="lignes">{noms[vue]}</h2>
      <nav class="maillage-onglets" aria-label="Choisir les lignes à lire">
        <ul>
          {vues.map((other) => (
            <li key={other}>
              <a
                class="fr-tag"
                href={`${adresse}?vue=${other}#lignes`}
                aria-current={other === vue ? 'page' : undefined}
              >
                {noms[other]} ({nombre(comptes[other])})
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Tableau
        legende={noms[vue]}
        legendeMasquee
        lignes={lignes}
        cle={({ numero }) => String(numero)}
        vide={vides[vue]}
        colonnes={[
          {
            cle: 'ligne',
            titre: 'Ligne du fichier',
            numerique: true,
            cellule: ({ ligne }) => nombre(ligne),
          },
          {
            cle: 'structure',
            titre: 'Structure',
            entete: true,
            brut: true,
            cellule: ({ libelle }) => libelle ?? 'sans nom',
          },
          { cle: 'sort', titre: 'Sort', cellule: ({ sort }) => sorts[sort] },
          {
            cle: 'constats',
            titre: 'Constats',
            brut: true,
            cellule: (ligne) => <Constats ligne={ligne} vue={vue} />,
          },
        ]}
      />
      <Pagination
        de="lignes"
        page={page}
        pages={Math.ceil(comptes[vue] / parPage)}
        lien={(next) => `${adresse}?vue=${vue}&page=${next}#lignes`}
      />
    </section>
  );
}

/** Lines that the file no longer has: told, never deleted. */
export function AbsentesImport({ absentes }: { readonly absentes: readonly LigneAbsente[] }) {
  if (absentes.length === 0) return null;
  return (
    <section aria-labelledby="absentes">
      <h2 id="absentes">Lignes connues, absentes du fichier</h2>
      <p>Elles ont été importées auparavant et ne figurent pas dans ce fichier. Rien n’est supprimé.</p>
      <Tableau
        legende="Lignes connues, absentes du fichier"
        legendeMasquee
        lignes={absentes.slice(0, parPage)}
        cle={(_, rang) => String(rang)}
        vide=""
        colonnes={[
          { cle: 'structure', titre: 'Structure', cellule: ({ libelle }) => libelle },
          { cle: 'seance', titre: 'Séance', cellule: ({ date }) => dateLongue(date) },
          { cle: 'postes', titre: 'Postes', numerique: true, cellule: ({ postes }) => nombre(postes) },
        ]}
      />
    </section>
  );
}

/** Where an administrator goes on from an import: its sessions, and the communiqués that announce them. */
export function SuitesImport({ rapport }: Pick<PageImportProps, 'rapport'>) {
  const { seances = [] } = rapport.bilan;
  if (seances.length === 0) return null;
  return (
    <section aria-labelledby="suites">
      <h2 id="suites">Et maintenant</h2>
      <ListeLiens
        liens={[
          ...seances.map((date) => ({
            texte: `Séance du ${dateLongue(date)}`,
            href: `/espace/seances/${date}`,
          })),
          { texte: 'Communiqués à écrire', href: '/prefecture/communiques?etape=a_preparer' },
        ]}
      />
    </section>
  );
}

/** The report of an import: what became of each row, and what to do about it. */
export function PageImport({ rapport, lignes, adresse }: PageImportProps) {
  const { bilan } = rapport;
  return (
    <>
      <h1>Rapport d’import</h1>
      <p class="fr-text--lead">
        Fichier « {rapport.fichier} », importé le {instantLong(rapport.importeLe)}.
      </p>
      {bilan.rejetees > 0 ? (
        <Alerte
          ton="attention"
          titre={`${pluriel(bilan.rejetees, 'ligne rejetée', 'lignes rejetées')}`}
          niveau={2}
        >
          <p>
            Téléchargez-les ci-dessous, corrigez-les d’après le motif de leur dernière colonne, puis importez
            le fichier corrigé.
          </p>
        </Alerte>
      ) : null}
      <BilanImport bilan={bilan} adresse={adresse} />
      <LignesImport lignes={lignes} adresse={adresse} />
      <AbsentesImport absentes={bilan.listeAbsentes} />
    </>
  );
}
