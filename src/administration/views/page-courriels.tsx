import { instantLong, pluriel } from '../../platform/francais/index.ts';
import { nomDObjet } from '../../platform/genres.ts';
import type { Demande, PageDeListe } from '../../platform/listes/index.ts';
import { ListeDonnees } from '../../platform/views/liste.tsx';
import { Alerte, EtatVide } from '../../platform/views/messages.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { listeCourriels } from '../courriels.liste.ts';
import { statutsDeCourriel } from '../courriels.rules.ts';
import type { Abandonne } from '../courriels.store.ts';
import { Statut } from './statut-courriel.tsx';

/** The outbox. */
export function PageCourriels(props: {
  readonly liste: typeof listeCourriels;
  readonly demande: Demande;
  readonly resultat: PageDeListe<(typeof listeCourriels)['champs']>;
  readonly parPage: number;
  readonly natures: readonly string[];
  /** How many were given up and can be sent again. */
  readonly abandonnes: number;
}) {
  const { natures, abandonnes, ...liste } = props;
  return (
    <>
      <h1>Courriels</h1>
      <p>
        Tout ce que Maillage a écrit depuis un an. Le texte est effacé 30 jours après l’envoi. Un nom ou une
        adresse ne se cherche pas ici&nbsp;: ils paraîtraient dans l’adresse de la page.
      </p>
      {abandonnes === 0 ? null : (
        <p>
          <a class="fr-btn fr-btn--secondary" href="/administration/courriels/renvoyer">
            Renvoyer {pluriel(abandonnes, 'courriel abandonné', 'courriels abandonnés')}
          </a>
        </p>
      )}
      <ListeDonnees
        {...liste}
        chemin="/administration/courriels"
        fichiers={{ base: '/administration/courriels', formats: ['csv', 'xlsx', 'ods', 'json'] }}
        filtres={[
          {
            nom: 'statut',
            choix: Object.entries(statutsDeCourriel).map(([valeur, texte]) => ({ valeur, texte })),
          },
          { nom: 'du' },
          { nom: 'au' },
          { nom: 'nature', choix: natures.map((nature) => ({ valeur: nature, texte: nomDObjet(nature) })) },
          { nom: 'numero' },
        ]}
        entete="objet"
        cellules={{
          objet: ({ id, objet }) => <a href={`/administration/courriels/${id}`}>{objet}</a>,
          statut: ({ statut }) => <Statut statut={statut} />,
          ecrit: ({ ecrit }) => (ecrit === null ? '' : instantLong(ecrit)),
          envoye: ({ envoye }) => (envoye === null ? '' : instantLong(envoye)),
          nature: ({ nature }) => (nature === null ? '' : nomDObjet(nature)),
          prochain: ({ prochain }) => (prochain === null ? '' : instantLong(prochain)),
        }}
        vide={<p>Maillage n’a encore écrit à personne.</p>}
      />
    </>
  );
}

function Choisir({ courriels }: { readonly courriels: readonly Abandonne[] }) {
  return (
    <Tableau
      legende="Courriels abandonnés"
      legendeMasquee
      lignes={courriels}
      cle={({ id }) => id}
      vide=""
      colonnes={[
        {
          cle: 'choix',
          titre: 'Renvoyer',
          cellule: ({ id, objet, destinataire }) => (
            <div class="fr-checkbox-group">
              <input type="checkbox" id={`courriel-${id}`} name="courriel" value={id} checked />
              <label class="fr-label" for={`courriel-${id}`}>
                Renvoyer<span class="fr-sr-only">{`\u00a0: ${objet}, à ${destinataire}`}</span>
              </label>
            </div>
          ),
        },
        {
          cle: 'objet',
          titre: 'Objet',
          entete: true,
          brut: true,
          cellule: ({ id, objet }) => <a href={`/administration/courriels/${id}`}>{objet}</a>,
        },
        { cle: 'a', titre: 'À', brut: true, cellule: ({ destinataire }) => destinataire },
        { cle: 'date', titre: 'Écrit le', cellule: ({ creeLe }) => instantLong(creeLe) },
        { cle: 'erreur', titre: 'Erreur', brut: true, cellule: ({ derniereErreur }) => derniereErreur },
      ]}
    />
  );
}

/** Chooses, among mails given up, those to send again. */
export function PageRenvoyerPlusieurs(props: {
  readonly courriels: readonly Abandonne[];
  readonly total: number;
  readonly erreur: string | undefined;
}) {
  const { courriels, total, erreur } = props;
  return (
    <>
      <h1>Renvoyer les courriels abandonnés</h1>
      {erreur === undefined ? null : <Alerte ton="erreur">{erreur}</Alerte>}
      {courriels.length === 0 ? (
        <EtatVide titre="Rien à renvoyer">
          <p>
            Aucun courriel n’est abandonné. <a href="/administration/courriels">Tous les courriels</a>.
          </p>
        </EtatVide>
      ) : (
        <form method="post" action="/administration/courriels/renvoyer">
          <p>
            Les courriels cochés repartent aussitôt, avec tous leurs essais devant eux.
            {total > courriels.length
              ? ` Voici les ${courriels.length} plus anciens, sur ${total} : renvoyez-les d’abord.`
              : ''}
          </p>
          <Choisir courriels={courriels} />
          <div class="maillage-actions">
            <button class="fr-btn" type="submit">
              Renvoyer les courriels cochés
            </button>
            <a class="fr-link" href="/administration/courriels">
              Ne rien renvoyer
            </a>
          </div>
        </form>
      )}
    </>
  );
}

/** What became of each mail that was to be sent again. */
export function PageRapport(props: {
  readonly resultats: readonly {
    readonly id: string;
    readonly objet: string;
    readonly destinataire: string;
    readonly refus: string | undefined;
  }[];
  /** Given up, and not sent again yet. */
  readonly restants: number;
}) {
  const { resultats, restants } = props;
  const refuses = resultats.filter(({ refus }) => refus !== undefined).length;
  return (
    <>
      <h1>Courriels renvoyés</h1>
      <Alerte ton={refuses === 0 ? 'succes' : 'attention'}>
        {pluriel(resultats.length - refuses, 'courriel remis à l’envoi', 'courriels remis à l’envoi')}
        {refuses === 0 ? '' : `, ${pluriel(refuses, 'refusé', 'refusés')}`}.
      </Alerte>
      <Tableau
        legende="Résultat de chaque courriel"
        lignes={resultats}
        cle={({ id }) => id}
        vide=""
        colonnes={[
          {
            cle: 'objet',
            titre: 'Objet',
            entete: true,
            brut: true,
            cellule: ({ id, objet, destinataire }) =>
              destinataire === '' ? objet : <a href={`/administration/courriels/${id}`}>{objet}</a>,
          },
          { cle: 'a', titre: 'À', brut: true, cellule: ({ destinataire }) => destinataire },
          { cle: 'resultat', titre: 'Résultat', cellule: ({ refus }) => refus ?? 'Remis à l’envoi.' },
        ]}
      />
      <div class="maillage-actions">
        {restants === 0 ? null : (
          <a class="fr-btn" href="/administration/courriels/renvoyer">
            Continuer avec {pluriel(restants, 'autre courriel abandonné', 'autres courriels abandonnés')}
          </a>
        )}
        <a class="fr-link" href="/administration/courriels">
          Tous les courriels
        </a>
      </div>
    </>
  );
}
