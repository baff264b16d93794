import type { ComponentChildren } from 'preact';
import { accord, nombre } from '../francais/index.ts';

/** What is wrong in a form: the message of each field, under the name of the field, in the order of the form. */
export type ErreursFormulaire = Readonly<Record<string, string>>;

/** What every field has. The label says what to write, the hint how. */
type Champ = {
  /** Name under which the value is sent; the element's id is made of it. */
  readonly nom: string;
  readonly libelle: string;
  readonly indication?: ComponentChildren;
  readonly obligatoire?: boolean | undefined;
  /** Errors of the whole form: the field takes its own. */
  readonly erreurs?: ErreursFormulaire | undefined;
};

/** Width of a field: it tells how much is awaited. */
type Largeur = 'courte' | 'moyenne' | 'pleine';

/** Id of a field (of its first choice, for a group): where the error summary leads. */
export const idDeChamp = (nom: string): string => `champ-${nom}`;

/** The message of a field, if it has one of its own. */
const erreurDe = (nom: string, erreurs: ErreursFormulaire | undefined): string | undefined =>
  erreurs !== undefined && Object.hasOwn(erreurs, nom) ? erreurs[nom] : undefined;

/** Attributes of a control that follow from its state; the error is read with the field. */
const attributs = ({ nom, obligatoire = false, erreurs }: Champ) => {
  const enErreur = erreurDe(nom, erreurs) !== undefined;
  return {
    id: idDeChamp(nom),
    name: nom,
    required: obligatoire,
    'aria-invalid': enErreur ? ('true' as const) : undefined,
    'aria-describedby': enErreur ? `${idDeChamp(nom)}-erreur` : undefined,
  };
};

/** Label and hint, shared by labels and legends. « Obligatoire » is a word: a star has to be explained. */
function Intitule({ libelle, indication, obligatoire = false }: Champ) {
  return (
    <>
      {libelle}
      {obligatoire ? <span class="maillage-obligatoire"> (obligatoire)</span> : null}
      {indication === undefined ? null : <span class="fr-hint-text">{indication}</span>}
    </>
  );
}

function MessageErreur({ nom, erreurs }: Champ) {
  const erreur = erreurDe(nom, erreurs);
  if (erreur === undefined) return null;
  return (
    <p class="fr-error-text" id={`${idDeChamp(nom)}-erreur`}>
      <span class="fr-sr-only">{'Erreur\u00a0: '}</span>
      {erreur}
    </p>
  );
}

/** Frame of a field with one control: label, control, error. */
function Cadre({
  champ,
  famille,
  children,
}: {
  readonly champ: Champ;
  readonly famille: 'input' | 'select' | 'upload';
  readonly children: ComponentChildren;
}) {
  const enErreur = erreurDe(champ.nom, champ.erreurs) !== undefined;
  return (
    <div class={`fr-${famille}-group${enErreur ? ` fr-${famille}-group--error` : ''}`}>
      <label class="fr-label" for={idDeChamp(champ.nom)}>
        <Intitule {...champ} />
      </label>
      {children}
      <MessageErreur {...champ} />
    </div>
  );
}

const classeDuChamp = (
  famille: 'input' | 'select',
  { nom, erreurs }: Champ,
  largeur: Largeur = 'pleine',
): string => {
  const erreur = erreurDe(nom, erreurs) === undefined ? '' : ` fr-${famille}--error`;
  return `fr-${famille}${erreur}${largeur === 'pleine' ? '' : ` maillage-champ--${largeur}`}`;
};

// A browser's number field refuses « 12,5 » or « 1 234 » and forgets what was typed: a text field with the keyboard
// of numbers keeps it, and the server says what is wrong.
const TYPES = {
  texte: { type: 'text' },
  courriel: { type: 'email', spellcheck: false },
  telephone: { type: 'tel' },
  adresse: { type: 'url', spellcheck: false },
  entier: { type: 'text', inputmode: 'numeric' },
  decimal: { type: 'text', inputmode: 'decimal' },
  date: { type: 'date' },
} as const;

export type ChampSaisieProps = Champ & {
  /** `texte` by default. A date is sent and shown as ISO `yyyy-mm-dd`. */
  readonly type?: keyof typeof TYPES | undefined;
  /** What was typed, right or wrong. */
  readonly valeur?: string | undefined;
  /** Token of the HTML list (`email`, `given-name`, `off`…): obligatory by RGAA 11.13 for what concerns the user. */
  readonly autocomplete?: string | undefined;
  /** Short for numbers and dates by default. */
  readonly largeur?: Largeur | undefined;
  /** Least and greatest date. */
  readonly minimum?: string | undefined;
  readonly maximum?: string | undefined;
  /** Greatest number of characters. */
  readonly longueur?: number | undefined;
};

/** Field of one line: text, e-mail, telephone, web address, number, date. */
export function ChampSaisie(props: ChampSaisieProps) {
  const { type = 'texte', valeur, autocomplete, minimum, maximum, longueur } = props;
  const breve = type === 'entier' || type === 'decimal' || type === 'date';
  return (
    <Cadre champ={props} famille="input">
      <input
        class={classeDuChamp('input', props, props.largeur ?? (breve ? 'courte' : 'pleine'))}
        {...TYPES[type]}
        {...attributs(props)}
        value={valeur}
        autocomplete={autocomplete}
        min={minimum}
        max={maximum}
        maxlength={longueur}
      />
    </Cadre>
  );
}

export type ZoneTexteProps = Champ & {
  readonly valeur?: string | undefined;
  /** Lines shown, 5 by default. */
  readonly lignes?: number | undefined;
  readonly longueur?: number | undefined;
};

/** Field of several lines. */
export function ZoneTexte(props: ZoneTexteProps) {
  const { valeur, lignes = 5, longueur } = props;
  return (
    <Cadre champ={props} famille="input">
      <textarea
        class={classeDuChamp('input', props)}
        {...attributs(props)}
        rows={lignes}
        maxlength={longueur}
        value={valeur}
      />
    </Cadre>
  );
}

export type Choix = {
  readonly valeur: string;
  readonly libelle: string;
  readonly indication?: ComponentChildren;
};

export type ListeChoixProps = Champ & {
  readonly choix: readonly Choix[];
  readonly valeur?: string | undefined;
  /** First line, which chooses nothing: « Choisir un régime » by default « Choisir ». */
  readonly invite?: string | undefined;
  readonly largeur?: Largeur | undefined;
};

/** Drop-down list. For fewer than six choices, prefer `ChoixUnique`: all are seen at once. */
export function ListeChoix(props: ListeChoixProps) {
  const { choix, valeur = '', invite = 'Choisir' } = props;
  return (
    <Cadre champ={props} famille="select">
      <select class={classeDuChamp('select', props, props.largeur)} {...attributs(props)}>
        <option value="" selected={valeur === ''}>
          {invite}
        </option>
        {choix.map((option) => (
          <option key={option.valeur} value={option.valeur} selected={option.valeur === valeur}>
            {option.libelle}
          </option>
        ))}
      </select>
    </Cadre>
  );
}

/** Frame of a group of choices: legend, choices, error. */
function Groupe({
  champ,
  choix,
  type,
  estChoisie,
}: {
  readonly champ: Champ;
  readonly choix: readonly Choix[];
  readonly type: 'radio' | 'checkbox';
  readonly estChoisie: (valeur: string) => boolean;
}) {
  const id = idDeChamp(champ.nom);
  const enErreur = erreurDe(champ.nom, champ.erreurs) !== undefined;
  return (
    <fieldset
      class={`fr-fieldset${enErreur ? ' fr-fieldset--error' : ''}`}
      aria-describedby={enErreur ? `${id}-erreur` : undefined}
    >
      <legend class="fr-fieldset__legend fr-fieldset__legend--regular">
        <Intitule {...champ} />
      </legend>
      {choix.map(({ valeur, libelle, indication }, rang) => {
        const propre = rang === 0 ? id : `${id}-${rang + 1}`;
        return (
          <div key={valeur} class="fr-fieldset__element">
            <div class={`fr-${type}-group`}>
              <input
                type={type}
                id={propre}
                name={champ.nom}
                value={valeur}
                checked={estChoisie(valeur)}
                // In a group of boxes, `required` would ask for each of them.
                required={type === 'radio' && champ.obligatoire === true}
                aria-invalid={enErreur && type === 'checkbox' ? 'true' : undefined}
              />
              <label class="fr-label" for={propre}>
                {libelle}
                {indication === undefined ? null : <span class="fr-hint-text">{indication}</span>}
              </label>
            </div>
          </div>
        );
      })}
      <MessageErreur {...champ} />
    </fieldset>
  );
}

export type ChoixUniqueProps = Champ & {
  readonly choix: readonly Choix[];
  readonly valeur?: string | undefined;
};

/** One choice among several, all in view (radio buttons). */
export function ChoixUnique(props: ChoixUniqueProps) {
  return (
    <Groupe champ={props} choix={props.choix} type="radio" estChoisie={(valeur) => valeur === props.valeur} />
  );
}

export type ChoixMultiplesProps = Champ & {
  readonly choix: readonly Choix[];
  readonly valeurs?: readonly string[] | undefined;
};

/** Any number of choices (check boxes), each sent under the same name; a single one serves for a consent. */
export function ChoixMultiples(props: ChoixMultiplesProps) {
  const { choix, valeurs = [] } = props;
  return (
    <Groupe champ={props} choix={choix} type="checkbox" estChoisie={(valeur) => valeurs.includes(valeur)} />
  );
}

export type ChampFichierProps = Champ & {
  /** Types accepted: `.csv,text/csv`. Say them in the hint too, with the greatest weight. */
  readonly types?: string | undefined;
  readonly plusieurs?: boolean | undefined;
};

/** File to send; its form needs `enctype="multipart/form-data"`. A browser never keeps a chosen file after an error. */
export function ChampFichier(props: ChampFichierProps) {
  const { types, plusieurs = false } = props;
  return (
    <Cadre champ={props} famille="upload">
      <input class="fr-upload" type="file" {...attributs(props)} accept={types} multiple={plusieurs} />
    </Cadre>
  );
}

export type ResumeErreursProps = {
  readonly erreurs: ErreursFormulaire;
  /** Heading level, 2 by default. */
  readonly niveau?: 2 | 3 | 4 | undefined;
  readonly id?: string | undefined;
  /** Takes the focus as the page opens, as a reader must first learn that nothing was recorded; true by default. */
  readonly prendLeFocus?: boolean | undefined;
};

/**
 * What is wrong, above the form, each error leading to its field; nothing without errors. The page that holds it
 * also begins its title with « Erreur : », the first thing a screen reader says.
 */
export function ResumeErreurs({
  erreurs,
  niveau = 2,
  id = 'erreurs',
  prendLeFocus = true,
}: ResumeErreursProps) {
  const messages = Object.entries(erreurs);
  if (messages.length === 0) return null;
  const Titre = `h${niveau}` as const;
  return (
    <div
      class="fr-alert fr-alert--error maillage-resume-erreurs"
      id={id}
      tabindex={-1}
      // After a refused form, reading starts at the reason.
      autofocus={prendLeFocus}
    >
      <Titre class="fr-alert__title">
        {messages.length === 1
          ? 'Une réponse est à corriger'
          : `${nombre(messages.length)} ${accord(messages.length, 'réponse est', 'réponses sont')} à corriger`}
      </Titre>
      <ul>
        {messages.map(([nom, message]) => (
          <li key={nom}>
            <a href={`#${idDeChamp(nom)}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
