import { dateLongue, instantLong, nombre, pluriel } from '../../platform/francais/index.ts';
import { Badge, EtatVide, type Ton } from '../../platform/views/messages.tsx';
import { Pagination } from '../../platform/views/pagination.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { CommuniqueSuivi, Etape } from '../relecture.store.ts';

export const etapes: Readonly<Record<Etape, { readonly texte: string; readonly ton: Ton | 'neutre' }>> = {
  a_preparer: { texte: 'à préparer', ton: 'attention' },
  brouillon: { texte: 'brouillon', ton: 'neutre' },
  en_relecture: { texte: 'en relecture', ton: 'info' },
  relu: { texte: 'relu, à publier', ton: 'attention' },
  programme: { texte: 'programmé', ton: 'info' },
  publie: { texte: 'publié', ton: 'succes' },
  retire: { texte: 'retiré', ton: 'erreur' },
};

export type PageSuivisProps = {
  readonly communiques: readonly CommuniqueSuivi[];
  readonly total: number;
  readonly page: number;
  readonly parPage: number;
  readonly etape: Etape | undefined;
  readonly departement: string | undefined;
  /** Of the acting territory. */
  readonly departements: readonly { readonly code: string; readonly nom: string }[];
  readonly chemin: string;
};

/** Communiqués of the acting territory, each with where it stands. */
export function PageSuivis(props: PageSuivisProps) {
  const { communiques, total, page, parPage, etape, departement, departements, chemin } = props;
  const adresse = (vers: number): string => {
    const query = new URLSearchParams({
      ...(etape === undefined ? {} : { etape }),
      ...(departement === undefined ? {} : { departement }),
      ...(vers === 1 ? {} : { page: String(vers) }),
    }).toString();
    return query === '' ? chemin : `${chemin}?${query}`;
  };
  const seul = departements.length === 1;
  return (
    <>
      <h1>Communiqués</h1>
      <p class="fr-text--lead">
        Un communiqué annonce ce qu’une séance du comité a retenu dans un département. Une personne l’écrit,
        une autre le relit, puis il est publié.
      </p>
      <form method="get" action={chemin} class="maillage-filtres" aria-label="Choisir les communiqués">
        <div class="maillage-filtres__champs">
          <div class="fr-select-group">
            <label class="fr-label" for="etape">
              Étape
            </label>
            <select class="fr-select" id="etape" name="etape">
              <option value="">Toutes</option>
              {Object.entries(etapes).map(([valeur, { texte }]) => (
                <option key={valeur} value={valeur} selected={valeur === etape}>
                  {texte}
                </option>
              ))}
            </select>
          </div>
          {seul ? null : (
            <div class="fr-select-group">
              <label class="fr-label" for="departement">
                Département
              </label>
              <select class="fr-select" id="departement" name="departement">
                <option value="">Tous</option>
                {departements.map(({ code, nom }) => (
                  <option key={code} value={code} selected={code === departement}>
                    {nom}
                  </option>
                ))}
              </select>
            </div>
          )}
        </div>
        <p class="maillage-filtres__actions">
          <button class="fr-btn fr-btn--secondary" type="submit">
            Filtrer
          </button>
        </p>
      </form>
      {communiques.length === 0 ? (
        <EtatVide titre="Aucun communiqué" niveau={2}>
          {etape === undefined && departement === undefined
            ? 'Le comité n’a encore rien retenu sur votre territoire. Dès qu’une séance y retient une structure, son communiqué est à préparer ici.'
            : 'Aucun communiqué ne répond à ces choix.'}
        </EtatVide>
      ) : (
        <Tableau
          legende={`${pluriel(total, 'communiqué', 'communiqués')}${total > parPage ? `, page ${nombre(page)}` : ''}`}
          lignes={communiques}
          cle={(ligne) => `${ligne.departement}-${ligne.seance}`}
          vide=""
          colonnes={[
            {
              cle: 'communique',
              titre: 'Communiqué',
              entete: true,
              cellule: (ligne) => (
                <a href={`${chemin}/${ligne.departement}/${ligne.seance}`}>
                  {ligne.departementNom}, séance du {dateLongue(ligne.seance)}
                </a>
              ),
            },
            {
              cle: 'etape',
              titre: 'Étape',
              cellule: (ligne) => (
                <Badge ton={etapes[ligne.etape].ton}>
                  {ligne.corrections ? 'à corriger' : etapes[ligne.etape].texte}
                </Badge>
              ),
            },
            {
              cle: 'date',
              titre: 'Date qu’il porte',
              cellule: (ligne) => (ligne.date === null ? '' : dateLongue(ligne.date)),
            },
            {
              cle: 'publie',
              titre: 'Publication',
              cellule: (ligne) =>
                ligne.publieLe !== null && (ligne.etape === 'publie' || ligne.etape === 'programme')
                  ? instantLong(ligne.publieLe)
                  : '',
            },
          ]}
        />
      )}
      <Pagination page={page} pages={Math.ceil(total / parPage)} lien={adresse} de="communiqués" />
    </>
  );
}
