import type { ComponentChildren } from 'preact';
import { nombre, pourcentage } from '../francais/index.ts';
import { Badge } from './messages.tsx';

export type ProgressionProps = {
  /** Unique in the page. */
  readonly id: string;
  /** The act: « Import des candidatures de la vague 2 ». */
  readonly titre: string;
  readonly etat: 'en-cours' | 'terminee' | 'echouee';
  /** Done so far. */
  readonly valeur: number;
  /** All there is to do; left out while it is not known. */
  readonly maximum?: number | undefined;
  /** What is counted, in the plural: « lignes lues ». */
  readonly quoi: string;
  /** What is happening, or why it failed and what to do. */
  readonly texte?: ComponentChildren;
  /** What can be done now: links, a form. */
  readonly children?: ComponentChildren;
};

const ETATS = {
  'en-cours': { ton: 'info', mot: 'En cours' },
  terminee: { ton: 'succes', mot: 'Terminé' },
  echouee: { ton: 'erreur', mot: 'Échec' },
} as const;

/** How to follow a long act: by hand, or by a page that asks again every 5 seconds. */
export function SuivreProgression({ adresse, suivi }: { readonly adresse: string; readonly suivi: boolean }) {
  return (
    <div class="maillage-actions">
      <a class="fr-btn" href={adresse}>
        Actualiser
      </a>
      {suivi ? (
        <a class="fr-link" href={adresse}>
          Arrêter d’actualiser toutes les 5 secondes
        </a>
      ) : (
        <a class="fr-link" href={`${adresse}?suivi=oui`}>
          Actualiser toutes les 5 secondes
        </a>
      )}
    </div>
  );
}

/** How far a long act has got, in words and as a bar. The page decides how it is refreshed. */
export function Progression(props: ProgressionProps) {
  const { id, titre, etat, valeur, maximum, quoi, texte, children } = props;
  const { ton, mot } = ETATS[etat];
  const borne = maximum !== undefined && maximum > 0 ? maximum : undefined;
  // Never « 100 % » before the end.
  const part = borne === undefined ? undefined : Math.min(Math.floor((valeur / borne) * 100), 100);
  return (
    <div class={`maillage-progression maillage-progression--${etat}`} data-etat={etat}>
      <p class="maillage-progression__titre">
        <label for={id}>{titre}</label> <Badge ton={ton}>{mot}</Badge>
      </p>
      <progress
        id={id}
        class="maillage-progression__barre"
        value={borne === undefined && etat === 'en-cours' ? undefined : Math.min(valeur, borne ?? valeur)}
        max={borne ?? Math.max(valeur, 1)}
      >
        {part === undefined ? mot : pourcentage(part)}
      </progress>
      <p class="maillage-progression__nombres">
        {nombre(valeur)}
        {borne === undefined ? '' : ` sur ${nombre(borne)}`} {quoi}
        {part === undefined ? null : (
          <span class="maillage-progression__part">{` (${pourcentage(part)})`}</span>
        )}
      </p>
      {texte === undefined ? null : <div class="maillage-progression__texte">{texte}</div>}
      {children}
    </div>
  );
}
