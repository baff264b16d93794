import type { ComponentChildren } from 'preact';

/** A name as long as they come, and a word that nothing breaks: what a part must bear. */
export const NOM_LONG =
  'Communauté d’agglomération du Pays de Saint-Omer, service commun de l’inclusion numérique et de l’accès aux droits';
export const MOT_SANS_FIN = 'Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson'.replaceAll('-', '').repeat(2);

/** A part of the interface: its name, its file, its states. */
export type Presentation = {
  /** Id of the section. */
  readonly id: string;
  readonly nom: string;
  /** What it is for, in a sentence. */
  readonly quoi: string;
  readonly exemples: readonly { readonly etat: string; readonly contenu: ComponentChildren }[];
};

/** All the states of a part, each under its heading. */
export function Composant({ id, nom, quoi, exemples }: Presentation) {
  return (
    <section class="maillage-section" aria-labelledby={id} data-composant={id}>
      <h2 id={id}>{nom}</h2>
      <p>{quoi}</p>
      {exemples.map(({ etat, contenu }) => (
        <div key={etat} class="maillage-exemple">
          <h3>{etat}</h3>
          {contenu}
        </div>
      ))}
    </section>
  );
}
