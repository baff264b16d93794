import { nombre, pluriel } from '../../../platform/francais/index.ts';
import {
  ChampFichier,
  ChampSaisie,
  type ErreursFormulaire,
  ResumeErreurs,
} from '../../../platform/views/champs.tsx';
import { ActeFait } from '../../../platform/views/confirmation.tsx';
import { Alerte } from '../../../platform/views/messages.tsx';
import { Tableau } from '../../../platform/views/tableau.tsx';
import type { LigneFragilite } from '../fragilite.rules.ts';

const chemin = '/administration/fragilite';

export type ApercuFragilite = {
  readonly lus: number;
  readonly retenus: number;
  readonly rejets: readonly LigneFragilite[];
  readonly source: string;
  /** What will be written, as the form sends it back. */
  readonly contenu: string;
};

/** Lines shown of those that were refused. */
const montrees = 200;

/** Imports the index of digital fragility of communes. */
export function PageFragilite(props: {
  readonly connus: number;
  readonly sources: readonly string[];
  readonly apercu: ApercuFragilite | undefined;
  readonly saisie: Readonly<Record<string, string>>;
  readonly erreurs: ErreursFormulaire;
  readonly fait: boolean;
}) {
  const { connus, sources, apercu, saisie, erreurs, fait } = props;
  return (
    <>
      <h1>Indice de fragilité numérique</h1>
      <ResumeErreurs erreurs={erreurs} />
      {fait ? <ActeFait>Les indices sont importés. La carte des préfectures les montre.</ActeFait> : null}
      <p>
        {connus === 0
          ? 'Aucun indice n’est encore connu.'
          : `${pluriel(connus, 'commune a un indice', 'communes ont un indice')} (${sources.join(', ')}).`}
      </p>
      {apercu === undefined ? null : (
        <section aria-labelledby="apercu">
          <h2 id="apercu">Aperçu</h2>
          <Alerte ton={apercu.rejets.length === 0 ? 'succes' : 'attention'}>
            {pluriel(apercu.lus, 'ligne lue', 'lignes lues')}&nbsp;:{' '}
            {pluriel(apercu.retenus, 'indice à importer', 'indices à importer')},{' '}
            {pluriel(apercu.rejets.length, 'ligne refusée', 'lignes refusées')}.
          </Alerte>
          {apercu.rejets.length === 0 ? null : (
            <Tableau
              legende={
                apercu.rejets.length > montrees
                  ? `Les ${montrees} premières lignes refusées, sur ${nombre(apercu.rejets.length)}`
                  : 'Lignes refusées'
              }
              lignes={apercu.rejets.slice(0, montrees)}
              cle={({ ligne }) => String(ligne)}
              vide=""
              colonnes={[
                { cle: 'ligne', titre: 'Ligne', entete: true, cellule: ({ ligne }) => nombre(ligne) },
                { cle: 'texte', titre: 'Contenu', brut: true, cellule: ({ texte }) => texte },
                { cle: 'motif', titre: 'Pourquoi', cellule: ({ motif }) => motif },
              ]}
            />
          )}
          {apercu.retenus === 0 ? null : (
            <form method="post" action={`${chemin}/importer`} encType="multipart/form-data">
              <input type="hidden" name="source" value={apercu.source} />
              <input type="hidden" name="contenu" value={apercu.contenu} />
              <button class="fr-btn" type="submit">
                Importer {pluriel(apercu.retenus, 'indice', 'indices')}
              </button>
            </form>
          )}
        </section>
      )}
      <h2>{apercu === undefined ? 'Importer un fichier' : 'Choisir un autre fichier'}</h2>
      <form method="post" action={chemin} encType="multipart/form-data" novalidate>
        <ChampFichier
          nom="fichier"
          libelle="Fichier des indices"
          indication="CSV de deux colonnes : code_insee;indice. Une commune par ligne ; plus l’indice est grand, plus la commune est fragile."
          types=".csv,text/csv"
          obligatoire
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="source"
          libelle="Source"
          indication="Qui a calculé l’indice, et en quelle année."
          obligatoire
          longueur={200}
          valeur={saisie['source']}
          erreurs={erreurs}
        />
        <button class="fr-btn fr-btn--secondary" type="submit">
          Vérifier le fichier
        </button>
      </form>
    </>
  );
}
