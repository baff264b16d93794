import { capitale, pluriel } from '../../platform/francais/index.ts';
import type { Operation, Parametre } from '../../platform/http/openapi.ts';
import { Tableau } from '../../platform/views/tableau.tsx';

const identifiantDe = ({ chemin }: Operation): string =>
  chemin
    .replace('/api/v1/', '')
    .replace(/[^a-z]+/g, '-')
    .replace(/-$/, '');

/** Values that the example gives to the parameters of the query. */
const valeursDeLExemple = (exemple: string): URLSearchParams =>
  new URLSearchParams(exemple.split('?')[1] ?? '');

/** The values that a parameter takes, where they are few and named. */
const valeursPermises = ({ schema }: Parametre): readonly string[] => {
  const { enum: permises } = schema;
  return Array.isArray(permises) ? permises.map(String) : [];
};

function ChampEssai({ parametre, id, valeur }: { parametre: Parametre; id: string; valeur: string }) {
  const champ = `${id}-${parametre.nom}`;
  return (
    <div class="fr-input-group">
      <label class="fr-label" for={champ}>
        {parametre.nom}
        <span class="fr-hint-text">{parametre.description}</span>
      </label>
      {valeursPermises(parametre).length > 0 ? (
        <select class="fr-select" id={champ} name={parametre.nom}>
          <option value="">Sans</option>
          {valeursPermises(parametre).map((permise) => (
            <option key={permise} value={permise} selected={permise === valeur}>
              {permise}
            </option>
          ))}
        </select>
      ) : (
        <input
          class="fr-input"
          id={champ}
          name={parametre.nom}
          type="text"
          value={valeur}
          placeholder={parametre.exemple}
          autocomplete="off"
          spellcheck={false}
        />
      )}
    </div>
  );
}

function UneOperation({ operation, adresse }: { readonly operation: Operation; readonly adresse: string }) {
  const id = identifiantDe(operation);
  const valeurs = valeursDeLExemple(operation.exemple);
  const chemin = operation.exemple.split('?')[0] ?? operation.chemin;
  const [requete, ...autres] = [
    operation.parametres.filter(({ place }) => place === 'query'),
    operation.parametres.filter(({ place }) => place === 'path'),
  ];
  return (
    <section aria-labelledby={id} class="maillage-api">
      <h3 id={id}>{operation.resume}</h3>
      <p>
        <code class="maillage-api__chemin">GET {operation.chemin}</code>
      </p>
      <p>{operation.description}</p>
      {operation.parametres.length > 0 ? (
        <details class="maillage-api__essai">
          <summary>{pluriel(operation.parametres.length, 'paramètre', 'paramètres')}</summary>
          <Tableau
            legende={`Paramètres de ${operation.chemin}`}
            legendeMasquee
            lignes={operation.parametres}
            cle={({ nom }) => nom}
            vide=""
            colonnes={[
              { cle: 'nom', titre: 'Paramètre', cellule: ({ nom }) => <code>{nom}</code>, entete: true },
              {
                cle: 'place',
                titre: 'Place',
                cellule: ({ place, requis }) =>
                  `${place === 'path' ? 'dans le chemin' : 'après « ? »'}${requis ? ', obligatoire' : ''}`,
              },
              { cle: 'description', titre: 'Signification', cellule: ({ description }) => description },
              {
                cle: 'exemple',
                titre: 'Exemple',
                cellule: ({ exemple }) => (exemple === '' ? '' : <code>{exemple}</code>),
              },
            ]}
          />
        </details>
      ) : null}
      <details class="maillage-api__essai">
        <summary>Essayer</summary>
        <form method="get" action={chemin} data-ilot="essai-api">
          {requete?.map((parametre) => (
            <ChampEssai
              key={parametre.nom}
              parametre={parametre}
              id={id}
              valeur={valeurs.get(parametre.nom) ?? ''}
            />
          ))}
          {autres.flat().length > 0 ? (
            <p>
              Adresse demandée&nbsp;: <code class="maillage-api__chemin">{chemin}</code>
            </p>
          ) : null}
          <p>
            <button class="fr-btn" type="submit" aria-label={`Envoyer la demande : ${operation.resume}`}>
              Envoyer la demande
            </button>
          </p>
          {/* Said aloud: how it went. What came is beside it, to be read when wanted. */}
          <p>
            <output />
          </p>
          <div class="maillage-api__reponse" />
        </form>
      </details>
      <p>
        Exemple&nbsp;: <a href={operation.exemple}>{operation.exemple}</a>
      </p>
      <pre class="maillage-api__commande">
        <code>{`curl '${adresse}${operation.exemple}'`}</code>
      </pre>
    </section>
  );
}

/** How to read the data from a program: rules, then each operation with an example and a form to try it. */
export function PageApi({
  operations,
  adresse,
}: {
  readonly operations: readonly Operation[];
  readonly adresse: string;
}) {
  const etiquettes = [...new Set(operations.map(({ etiquette }) => etiquette))];
  return (
    <>
      <h1>API : lire les données depuis un programme</h1>
      <p class="fr-text--lead">
        Tout ce que montre ce site se lit aussi par un programme, sans clé ni inscription, depuis n’importe
        quel site.
      </p>
      <ul>
        <li>
          Adresse de base&nbsp;: <code class="maillage-api__chemin">{adresse}/api/v1</code>
        </li>
        <li>
          Description complète&nbsp;: <a href="/api/v1/openapi.json">document OpenAPI 3.1</a>
        </li>
        <li>Réponses en JSON, montants en euros, dates AAAA-MM-JJ, positions en degrés (WGS 84).</li>
        <li>
          Listes&nbsp;: 100 lignes par réponse, 500 au plus avec <code>limite</code>. <code>suite</code> donne
          l’adresse des lignes suivantes&nbsp;: demandez-la jusqu’à ce qu’elle soit vide. Rien n’est sauté ni
          répété si des lignes s’ajoutent pendant ce temps.
        </li>
        <li>
          Chaque réponse porte une empreinte (<code>ETag</code>)&nbsp;: renvoyez-la dans{' '}
          <code>If-None-Match</code> pour ne rien recevoir quand rien n’a changé.
        </li>
        <li>
          300 demandes par minute et par adresse IP. Au-delà, la réponse 429 dit combien de secondes attendre
          (<code>Retry-After</code>).
        </li>
        <li>
          Erreurs au format <code>application/problem+json</code>&nbsp;: <code>detail</code> dit en français
          ce qui ne va pas, <code>erreurs</code> à quel paramètre.
        </li>
        <li>
          Pour tout prendre d’un coup, préférez les <a href="/donnees">fichiers</a>.
        </li>
      </ul>
      <nav aria-label="Ressources de l’API">
        <ul class="maillage-liens maillage-liens--colonnes">
          {operations.map((operation) => (
            <li key={operation.chemin}>
              <a class="fr-link" href={`#${identifiantDe(operation)}`}>
                {operation.resume}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {etiquettes.map((etiquette) => (
        <section key={etiquette} class="maillage-section">
          <h2>{capitale(etiquette)}</h2>
          {operations
            .filter((operation) => operation.etiquette === etiquette)
            .map((operation) => (
              <UneOperation key={operation.chemin} operation={operation} adresse={adresse} />
            ))}
        </section>
      ))}
    </>
  );
}
