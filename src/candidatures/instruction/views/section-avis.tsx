import { instantLong, pluriel } from '../../../platform/francais/index.ts';
import {
  ChampSaisie,
  ChoixUnique,
  type ErreursFormulaire,
  ZoneTexte,
} from '../../../platform/views/champs.tsx';
import { Badge } from '../../../platform/views/messages.tsx';
import { avisDepasse, type Niveau } from '../rules.ts';
import type { Avis, Fiche } from '../store.ts';

const niveaux: Readonly<Record<Niveau, string>> = {
  departement: 'Préfecture de département',
  region: 'Préfecture de région',
};

function AvisLu({ avis, vaut }: { readonly avis: Avis; readonly vaut: boolean }) {
  const { niveau, favorable, postes, commentaire, auteur, renduLe } = avis;
  return (
    <div class="maillage-instruction__avis">
      <p>
        <Badge ton={favorable ? 'succes' : 'erreur'}>{favorable ? 'favorable' : 'défavorable'}</Badge>
        {favorable ? ` ${pluriel(postes, 'poste proposé', 'postes proposés')}. ` : ' '}
        <span class="fr-hint-text">
          {niveaux[niveau]}, {auteur === null ? '' : `${auteur}, `}le {instantLong(renduLe)}
          {vaut ? '' : ' (pour information)'}
        </span>
      </p>
      <p class="maillage-instruction__texte">{commentaire}</p>
    </div>
  );
}

/** All opinions given: the one that counts, then the others. */
export function SectionAvis({
  fiche,
  avis,
}: {
  readonly fiche: Pick<Fiche, 'statut' | 'avisNiveau' | 'deposeeLe'>;
  readonly avis: readonly Avis[];
}) {
  const actuel = avis.find(({ niveau }) => niveau === fiche.avisNiveau);
  const autres = avis.filter((autre) => autre !== actuel);
  return (
    <section aria-labelledby="avis">
      <h2 id="avis">Avis</h2>
      {actuel === undefined ? (
        <p>
          Aucun avis de la {niveaux[fiche.avisNiveau].toLowerCase()}, que cette vague demande, n’est encore
          rendu.
        </p>
      ) : (
        <AvisLu avis={actuel} vaut />
      )}
      {actuel !== undefined &&
      avisDepasse(fiche.statut, { renduLe: actuel.renduLe, deposeeLe: fiche.deposeeLe }) ? (
        <p>
          Cet avis portait sur un dépôt précédent&nbsp;: la candidature a été déposée de nouveau depuis, elle
          en attend un autre.
        </p>
      ) : null}
      {fiche.statut === 'ajournee' ? (
        <p>
          Le comité a ajourné sa décision&nbsp;: il examinera de nouveau la candidature après un nouvel avis.
        </p>
      ) : null}
      {fiche.statut === 'en_correction' ? (
        <p>
          La candidature est en correction&nbsp;: un avis se rend dès que la structure a répondu, ou que vous
          reprenez la candidature sans attendre.
        </p>
      ) : null}
      {autres.length === 0 ? null : (
        <details>
          <summary>
            {pluriel(
              autres.length,
              'autre avis, précédent ou pour information',
              'autres avis, précédents ou pour information',
            )}
          </summary>
          {autres.map((autre) => (
            <AvisLu key={autre.id} avis={autre} vaut={autre.niveau === fiche.avisNiveau} />
          ))}
        </details>
      )}
    </section>
  );
}

export type FormulaireAvisProps = {
  readonly fiche: Fiche;
  readonly adresse: string;
  readonly requete: string;
  readonly formulaire: 'avis' | 'note' | undefined;
  /** An opinion stands already. */
  readonly dejaRendu: boolean;
  readonly saisie: Readonly<Record<string, string>>;
  readonly erreurs: ErreursFormulaire;
  readonly actes: readonly string[];
};

/** Gives an opinion. What was typed stays after a refusal. */
export function FormulaireAvis(props: FormulaireAvisProps) {
  const { fiche, adresse, requete, formulaire, actes, dejaRendu } = props;
  if (!actes.includes('rendre_avis')) return null;
  const saisie = formulaire === 'avis' ? props.saisie : {};
  const erreurs = formulaire === 'avis' ? props.erreurs : {};
  return (
    <section aria-labelledby="rendre-avis">
      <h3 id="rendre-avis">Rendre un avis</h3>
      {actes.includes('avis_information') ? (
        <p>
          Cette vague demande l’avis de la {niveaux[fiche.avisNiveau].toLowerCase()}&nbsp;: le vôtre sera
          donné pour information.
        </p>
      ) : null}
      {dejaRendu ? <p>Un nouvel avis remplace le dernier, qui reste lisible dans cette page.</p> : null}
      <form method="post" action={`${adresse}/avis${requete}`} novalidate>
        <input type="hidden" name="version" value={String(fiche.version)} />
        <ChoixUnique
          nom="favorable"
          libelle="Votre avis"
          obligatoire
          choix={[
            { valeur: 'oui', libelle: 'Favorable' },
            { valeur: 'non', libelle: 'Défavorable' },
          ]}
          valeur={saisie['favorable']}
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="postes"
          libelle="Postes proposés"
          indication={`La structure en demande ${fiche.postes}. Sans objet pour un avis défavorable.`}
          type="entier"
          valeur={saisie['postes'] ?? String(fiche.postes)}
          erreurs={erreurs}
        />
        <ZoneTexte
          nom="commentaire"
          libelle="Pourquoi"
          indication="Le comité lit ce commentaire ; la structure ne le lit pas."
          obligatoire
          longueur={5000}
          valeur={saisie['commentaire']}
          erreurs={erreurs}
        />
        <button class="fr-btn" type="submit">
          Rendre cet avis
        </button>
      </form>
    </section>
  );
}
