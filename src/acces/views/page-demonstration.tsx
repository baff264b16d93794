import { instantLong, pluriel } from '../../platform/francais/index.ts';
import type { Habilitation } from '../../platform/http/identite.ts';
import { EtatVide } from '../../platform/views/messages.tsx';
import { Pagination } from '../../platform/views/pagination.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { CourrielLu } from '../connexion/demonstration.store.ts';

export type PorteDemo = {
  readonly id: string;
  readonly nom: string;
  readonly roles: readonly Habilitation[];
};

/** Every role in one click. */
export function PagePortes({
  portes,
  actuelle,
}: {
  readonly portes: readonly PorteDemo[];
  readonly actuelle: string | undefined;
}) {
  return (
    <>
      <h1>Essayer chaque rôle</h1>
      <p class="fr-text--lead">
        Ces personnes sont inventées. Choisissez-en une pour entrer dans Maillage à sa place, sans mot de
        passe.
      </p>
      <p>
        Cette page n’existe que dans la démonstration, sur cet ordinateur.{' '}
        <a href="/demonstration/courriels">Lire les courriels envoyés par Maillage</a>.
      </p>
      {portes.length === 0 ? (
        <EtatVide titre="Personne dans la démonstration" niveau={2}>
          Aucune personne de démonstration n’est chargée&nbsp;: lancez «&nbsp;maillage demo charger&nbsp;».
        </EtatVide>
      ) : (
        <Tableau
          legende="Personnes de la démonstration"
          legendeMasquee
          lignes={portes}
          cle={({ id }) => id}
          vide=""
          colonnes={[
            { cle: 'nom', titre: 'Personne', entete: true, cellule: ({ nom }) => nom },
            {
              cle: 'roles',
              titre: 'Rôles',
              cellule: ({ roles }) => (
                <ul class="fr-raw-list">
                  {roles.map(({ id, libelle }) => (
                    <li key={id}>{libelle}</li>
                  ))}
                </ul>
              ),
            },
            {
              cle: 'entrer',
              titre: 'Entrer',
              cellule: ({ id, nom }) =>
                id === actuelle ? (
                  <a href="/espace">Vous êtes cette personne</a>
                ) : (
                  <form method="post" action="/demonstration/entrer">
                    <button class="fr-btn fr-btn--sm" type="submit" name="personne" value={id}>
                      Entrer<span class="fr-sr-only">{`\u00a0: ${nom}`}</span>
                    </button>
                  </form>
                ),
            },
          ]}
        />
      )}
    </>
  );
}

const statuts: Readonly<Record<CourrielLu['statut'], string>> = {
  en_attente: 'En attente d’envoi',
  envoye: 'Envoyé',
  abandonne: 'Abandonné',
};

/** The mailbox of the demonstration: every mail, to whomever it is. */
export function PageCourriels(props: {
  readonly courriels: readonly CourrielLu[];
  readonly page: number;
  readonly total: number;
  readonly parPage: number;
}) {
  const { courriels, page, total, parPage } = props;
  return (
    <>
      <h1>Courriels de la démonstration</h1>
      <p>
        {pluriel(total, 'courriel écrit', 'courriels écrits')} par Maillage, du plus récent au plus ancien.{' '}
        <a href="/demonstration">Changer de personne</a>.
      </p>
      <Tableau
        legende="Courriels"
        legendeMasquee
        lignes={courriels}
        cle={({ id }) => id}
        vide="Maillage n’a encore écrit à personne. Demandez par exemple un lien de connexion."
        colonnes={[
          {
            cle: 'objet',
            titre: 'Objet',
            entete: true,
            cellule: ({ id, objet }) => <a href={`/demonstration/courriels/${id}`}>{objet}</a>,
          },
          { cle: 'destinataire', titre: 'À', brut: true, cellule: ({ destinataire }) => destinataire },
          { cle: 'date', titre: 'Écrit le', cellule: ({ creeLe }) => instantLong(creeLe) },
          { cle: 'statut', titre: 'État', cellule: ({ statut }) => statuts[statut] },
        ]}
      />
      <Pagination
        page={page}
        pages={Math.max(1, Math.ceil(total / parPage))}
        lien={(number) => `/demonstration/courriels?page=${number}`}
        de="des courriels"
      />
    </>
  );
}

/** One mail, with its link: what its addressee would read. */
export function PageCourriel({ courriel }: { readonly courriel: CourrielLu }) {
  return (
    <article class="maillage-etroit">
      <h1>{courriel.objet}</h1>
      <p class="fr-text--sm">
        À {courriel.destinataire}, {instantLong(courriel.creeLe)}. {statuts[courriel.statut]}.
      </p>
      {courriel.paragraphes.map((texte, rang) => (
        <p key={rang}>{texte}</p>
      ))}
      {courriel.lien === null ? null : (
        <p>
          <a class="fr-btn" href={courriel.lien.href}>
            {courriel.lien.texte}
          </a>
        </p>
      )}
      <p>
        <a href="/demonstration/courriels">Tous les courriels</a>
      </p>
    </article>
  );
}
