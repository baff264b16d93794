import {
  ChoixMultiples,
  type ErreursFormulaire,
  idDeChamp,
  ResumeErreurs,
} from '../../../platform/views/champs.tsx';
import { Alerte } from '../../../platform/views/messages.tsx';
import { SectionsLues } from '../../views/dossier.tsx';
import { ecrireBorne } from '../dates.rules.ts';
import type { Ouverture } from '../ouverture.rules.ts';
import type { SectionDossier } from '../saisie.rules.ts';
import type { Candidature } from '../store.ts';

export type Manque = {
  readonly nom: string;
  readonly etape: string;
  readonly titre: string;
  readonly message: string;
};

export type PageRecapitulatifProps = {
  readonly candidature: Candidature;
  readonly ouverture: Ouverture;
  readonly sections: readonly SectionDossier[];
  /** The title of each step of the form. */
  readonly etapes: Readonly<Record<string, string>>;
  readonly manques: readonly Manque[];
  readonly peutDeposer: boolean;
  /** Typed since the last submission. */
  readonly change: boolean;
  readonly refus: string | undefined;
  readonly erreurs?: ErreursFormulaire;
};

const boutons = {
  brouillon: 'Déposer la candidature',
  modification: 'Déposer à nouveau',
  correction: 'Envoyer les corrections',
} as const;

/** Everything that was answered, what is missing, and the act of submitting. */
export function PageRecapitulatif(props: PageRecapitulatifProps) {
  const {
    candidature,
    ouverture,
    sections,
    etapes,
    manques,
    peutDeposer,
    change,
    refus,
    erreurs = {},
  } = props;
  const { id, vague, version, porteur } = candidature;
  return (
    <>
      <h1>Récapitulatif de la candidature, {vague.nom}</h1>
      <ResumeErreurs erreurs={erreurs} />
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      {ouverture.mode === 'lecture' ? <Alerte ton="info">{ouverture.raison}</Alerte> : null}
      {ouverture.mode !== 'lecture' && manques.length > 0 ? (
        <section class="fr-alert fr-alert--warning" aria-labelledby="manques">
          <h2 class="fr-alert__title" id="manques">
            {manques.length === 1
              ? 'Il manque une réponse, ou elle est à corriger'
              : `${manques.length} réponses manquent ou sont à corriger`}
          </h2>
          <ul>
            {manques.map(({ nom, etape, titre, message }) => (
              <li key={nom}>
                <a href={`/candidatures/${id}/formulaire/${etape}?verifier=oui#${idDeChamp(nom)}`}>
                  {message}
                </a>{' '}
                ({titre})
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <SectionsLues
        id={id}
        sections={sections}
        modifier={
          ouverture.mode === 'brouillon' || ouverture.mode === 'modification'
            ? (lu) => {
                const etape = Object.entries(etapes).find(([, titre]) => titre === lu);
                return etape && `/candidatures/${id}/formulaire/${etape[0]}`;
              }
            : undefined
        }
      />
      {ouverture.mode === 'lecture' ? null : (
        <section aria-labelledby="depot">
          <h2 id="depot">Dépôt</h2>
          {manques.length > 0 ? (
            <p>Complétez les réponses signalées en haut de la page&nbsp;: le dépôt s’ouvrira ensuite.</p>
          ) : !peutDeposer ? (
            <p>
              La candidature est prête. Seule la personne qui la porte{porteur ? ` (${porteur.nom})` : ''}{' '}
              peut la déposer, ou celles à qui elle le permet. Prévenez-la, ou{' '}
              <a class="fr-link" href={`/candidatures/${id}/equipe`}>
                voyez qui peut déposer
              </a>
              .
            </p>
          ) : ouverture.mode === 'brouillon' && vague.etat === 'a_venir' ? (
            <p>La vague n’est pas encore ouverte&nbsp;: revenez déposer la candidature quand elle le sera.</p>
          ) : ouverture.mode === 'modification' && !change ? (
            <p>Rien n’a changé depuis votre dernier dépôt.</p>
          ) : (
            <form method="post" action={`/candidatures/${id}/deposer`}>
              <input type="hidden" name="version" value={version} />
              <p>
                {ouverture.mode === 'correction'
                  ? 'Vos corrections partent à la préfecture, et un accusé de réception vous est envoyé.'
                  : `La candidature part à la préfecture, et un accusé de réception vous est envoyé. ${
                      vague.fermeture === null
                        ? ''
                        : `Vous pourrez encore la corriger jusqu’à la clôture, ${ecrireBorne(vague.fermeture)}.`
                    }`}
              </p>
              {ouverture.mode === 'correction' && !change ? (
                <>
                  <Alerte ton="attention">
                    Vous n’avez encore rien changé aux réponses demandées.{' '}
                    <a href={`/candidatures/${id}/formulaire`}>Faire les corrections</a>
                  </Alerte>
                  <ChoixMultiples
                    nom="sans_changement"
                    libelle="Envoyer sans rien changer"
                    choix={[
                      {
                        valeur: 'oui',
                        libelle: 'Mes réponses sont justes\u00a0: je les renvoie telles quelles',
                      },
                    ]}
                    valeurs={[]}
                    erreurs={erreurs}
                  />
                </>
              ) : null}
              <button class="fr-btn" type="submit">
                {boutons[ouverture.mode]}
              </button>
            </form>
          )}
        </section>
      )}
      <p>
        <a class="fr-link" href={`/candidatures/${id}`}>
          Revenir au suivi de la candidature
        </a>
      </p>
    </>
  );
}
