import { type Lien, ListeLiens } from './liens.tsx';

const ACCUEIL: readonly Lien[] = [
  { texte: 'Revenir à l’accueil', href: '/' },
  { texte: 'Chercher une commune ou une structure', href: '/recherche' },
];

/** Content of the page for an address that leads nowhere (404). */
export function Introuvable({ liens = ACCUEIL }: { liens?: readonly Lien[] | undefined }) {
  return (
    <div class="maillage-erreur">
      <p class="maillage-erreur__code">Erreur 404</p>
      <h1>Cette page n’existe pas</h1>
      <p class="fr-text--lead">L’adresse est peut-être mal écrite, ou la page a été déplacée ou retirée.</p>
      <p>Si vous avez tapé l’adresse, vérifiez-la. Sinon, vous pouvez repartir d’ici&nbsp;:</p>
      <ListeLiens liens={liens} />
    </div>
  );
}

/** Content of the page that leads to another server: by itself, and by a link. */
export function Ailleurs({ href }: { href: string }) {
  return (
    <div class="maillage-erreur">
      <h1>Un instant</h1>
      <p class="fr-text--lead">
        Vous allez être dirigé vers <strong>{new URL(href).host}</strong>.
      </p>
      <p>
        <a class="fr-btn" href={href}>
          Continuer
        </a>
      </p>
    </div>
  );
}

export type PanneProps = {
  /** Number under which the fault stands in the log. */
  incident: string;
  /** Where to write. */
  contact?: Lien | undefined;
};

/** Content of the page for an unexpected fault (500): no technical detail, a number to quote. */
export function Panne({ incident, contact }: PanneProps) {
  return (
    <div class="maillage-erreur">
      <p class="maillage-erreur__code">Erreur 500</p>
      <h1>Le service ne répond pas comme prévu</h1>
      <p class="fr-text--lead">Le problème vient de nous, pas de vous. Il est enregistré.</p>
      <p>
        Réessayez dans quelques minutes. Si le problème continue, écrivez-nous en donnant ce numéro&nbsp;:
      </p>
      <p class="maillage-erreur__incident">
        Numéro d’incident&nbsp;: <strong>{incident}</strong>
      </p>
      {contact === undefined ? <ListeLiens liens={ACCUEIL} /> : <ListeLiens liens={[contact, ...ACCUEIL]} />}
    </div>
  );
}

export type RefusProps = {
  statut: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 422 | 429;
  titre: string;
  /** Why, and what to do, in one or two sentences. */
  message: string;
  liens?: readonly Lien[] | undefined;
};

/** Content of the page for an expected refusal. */
export function Refus({ statut, titre, message, liens = ACCUEIL }: RefusProps) {
  return (
    <div class="maillage-erreur">
      <p class="maillage-erreur__code">Erreur {statut}</p>
      <h1>{titre}</h1>
      <p class="fr-text--lead">{message}</p>
      <ListeLiens liens={liens} />
    </div>
  );
}

/** Longest texts first: what somebody wrote is worth more than a choice that is made again in a click. */
const ecrits = (saisie: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.values(saisie)
    .flat()
    .filter((valeur): valeur is string => typeof valeur === 'string' && valeur.trim().length > 20)
    .sort((a, b) => b.length - a.length);

/** Content of the page for a form that was sent after its session had ended (401): nothing that was typed is lost. */
export function SessionTerminee({ saisie }: { readonly saisie: Readonly<Record<string, unknown>> }) {
  const textes = ecrits(saisie);
  return (
    <div class="maillage-erreur">
      <p class="maillage-erreur__code">Erreur 401</p>
      <h1>Votre session est terminée</h1>
      <p class="fr-text--lead">
        Rien n’a été enregistré. Connectez-vous à nouveau, puis recommencez votre envoi.
      </p>
      {textes.length === 0 ? null : (
        <>
          <h2>Ce que vous aviez écrit</h2>
          <p>Copiez ces textes avant de quitter la page.</p>
          {textes.map((texte, rang) => (
            <pre key={rang} class="maillage-texte-rendu">
              {texte}
            </pre>
          ))}
        </>
      )}
      <ListeLiens liens={[{ texte: 'Se connecter', href: '/connexion' }]} />
    </div>
  );
}
