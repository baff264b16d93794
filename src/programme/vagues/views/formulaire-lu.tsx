import type { ChampDemande } from '../formulaire.rules.ts';

/** The fields of a step, to be read: what is asked, how, and whether it must be answered. */
export function ChampsDemandes({ champs }: { readonly champs: readonly ChampDemande[] }) {
  return (
    <dl class="maillage-fiche">
      {champs.map(({ cle, libelle, aide, obligatoire, reponse, choix, cases }) => (
        <div key={cle}>
          <dt>
            {libelle}
            {obligatoire ? ' (obligatoire)' : ' (facultatif)'}
          </dt>
          <dd>
            Réponse&nbsp;: {reponse}
            {cases ? (
              <>
                &nbsp;:
                <ul>
                  {choix.map(({ valeur, libelle: texte }) => (
                    <li key={valeur}>{texte}</li>
                  ))}
                </ul>
              </>
            ) : (
              '.'
            )}
            {aide === null ? null : <span class="fr-hint-text">{aide}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
