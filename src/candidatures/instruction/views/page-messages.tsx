import { instantLong, nombre, poids } from '../../../platform/francais/index.ts';
import {
  ChampFichier,
  type ErreursFormulaire,
  ResumeErreurs,
  ZoneTexte,
} from '../../../platform/views/champs.tsx';
import { ActeFait } from '../../../platform/views/confirmation.tsx';
import { Alerte, Badge, EtatVide } from '../../../platform/views/messages.tsx';
import type { Cote, Message } from '../messages.store.ts';

export type PageMessagesProps = {
  readonly candidature: string;
  readonly structure: string;
  readonly numero: number;
  readonly messages: readonly Message[];
  /** The side of who reads. */
  readonly cote: Cote;
  readonly ecrit: boolean;
  readonly action: string;
  readonly retour: string;
  readonly types: readonly string[];
  readonly formats: string;
  readonly saisie: Readonly<Record<string, string>>;
  readonly erreurs: ErreursFormulaire;
  readonly refus: string | undefined;
  readonly fait: boolean;
};

const cotes: Readonly<Record<Cote, string>> = { structure: 'La structure', prefecture: 'La préfecture' };

function MessageLu({ message, props }: { readonly message: Message; readonly props: PageMessagesProps }) {
  const { cote, auteur, texte, envoyeLe, nouveau, pieces } = message;
  const notre = cote === props.cote;
  return (
    <li class={`maillage-instruction__message${notre ? ' maillage-instruction__message--notre' : ''}`}>
      <p>
        <strong>{auteur === null ? cotes[cote] : `${auteur} (${cotes[cote].toLowerCase()})`}</strong>, le{' '}
        <time datetime={envoyeLe}>{instantLong(envoyeLe)}</time>{' '}
        {nouveau ? <Badge ton="info">nouveau</Badge> : null}
      </p>
      <p class="maillage-instruction__texte">{texte}</p>
      {pieces.length === 0 ? null : (
        <ul>
          {pieces.map(({ id, nom, taille }) => (
            <li key={id}>
              <a class="fr-link" href={`/candidatures/${props.candidature}/pieces/${id}`}>
                {nom}
              </a>{' '}
              ({poids(taille)})
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** What the structure and its préfecture write to each other about an application. */
export function PageMessages(props: PageMessagesProps) {
  const {
    structure,
    numero,
    messages,
    cote,
    ecrit,
    action,
    retour,
    types,
    formats,
    saisie,
    erreurs,
    refus,
    fait,
  } = props;
  const autre = cote === 'structure' ? 'la préfecture' : 'la structure';
  return (
    <>
      <h1>Messages sur la candidature n°&nbsp;{nombre(numero)}</h1>
      <ResumeErreurs erreurs={erreurs} />
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      {fait ? (
        <ActeFait>Votre message est envoyé. L’autre partie en est prévenue par courriel.</ActeFait>
      ) : null}
      <p>
        <a class="fr-link" href={retour}>
          Revenir à la candidature
        </a>
        &nbsp;: {structure}
      </p>
      {messages.length === 0 ? (
        <EtatVide titre="Aucun message">
          <p>Écrivez ici ce qui concerne cette candidature&nbsp;: tout reste au même endroit.</p>
        </EtatVide>
      ) : (
        <ol class="maillage-instruction__messages" aria-label="Messages, du plus ancien au plus récent">
          {messages.map((message) => (
            <MessageLu key={message.id} message={message} props={props} />
          ))}
        </ol>
      )}
      {ecrit ? (
        <section aria-labelledby="ecrire">
          <h2 id="ecrire">Écrire à {autre}</h2>
          <form method="post" action={action} encType="multipart/form-data" novalidate>
            <ZoneTexte
              nom="texte"
              libelle="Votre message"
              indication="Le courriel qui l’annonce ne dit rien de son contenu."
              obligatoire
              longueur={10_000}
              valeur={saisie['texte']}
              erreurs={erreurs}
            />
            <ChampFichier
              nom="fichiers"
              libelle="Pièces jointes"
              indication={`${formats}, cinq fichiers au plus.`}
              types={types.map((type) => `.${type}`).join(',')}
              plusieurs
              erreurs={erreurs}
            />
            <button class="fr-btn" type="submit">
              Envoyer le message
            </button>
          </form>
        </section>
      ) : null}
    </>
  );
}
