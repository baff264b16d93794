import { poids } from '../../../platform/francais/index.ts';
import {
  ChampFichier,
  ChampSaisie,
  ChoixMultiples,
  ChoixUnique,
  type ErreursFormulaire,
  ListeChoix,
  ZoneTexte,
} from '../../../platform/views/champs.tsx';
import type { ChampNomme, SaisieCandidature } from '../champ.ts';
import { listeSaisie, type Piece, texteSaisi } from '../saisie.rules.ts';
import { ChampCommune, ChampsLieux, type ChoixCommunes, type LieuConnuVu } from './champs-lieux.tsx';

/** What a step is drawn with, beside the fields. */
export type Contexte = {
  readonly saisie: SaisieCandidature;
  readonly erreurs: ErreursFormulaire;
  /** « Laon (02408) » by code. */
  readonly communes: ReadonlyMap<string, string>;
  readonly choixCommunes: ChoixCommunes;
  readonly pieces: ReadonlyMap<string, readonly Piece[]>;
  readonly lieuxConnus: readonly LieuConnuVu[];
  /** One more row than there are places. */
  readonly rangeeVide: boolean;
  readonly candidature: string;
  /** A file about to be taken away: asked first. */
  readonly aRetirer: string | undefined;
  /** « PDF, PNG… » and the greatest weight, in words. */
  readonly formats: string;
  /** For the browser: `.pdf,.png`. */
  readonly extensions: string;
};

function ChampPieces({ champ, contexte }: { readonly champ: ChampNomme; readonly contexte: Contexte }) {
  const { pieces, candidature, erreurs, formats, extensions } = contexte;
  const jointes = pieces.get(champ.nom) ?? [];
  return (
    <fieldset class="fr-fieldset">
      <legend class="fr-fieldset__legend">
        {champ.libelle}
        {champ.obligatoire ? <span class="maillage-obligatoire"> (obligatoire)</span> : null}
        {champ.indication === undefined ? null : <span class="fr-hint-text">{champ.indication}</span>}
      </legend>
      {jointes.length === 0 ? (
        <p class="fr-fieldset__element">Aucun fichier joint.</p>
      ) : (
        <ul class="fr-fieldset__element maillage-pieces">
          {jointes.map(({ id, nom, taille }) => (
            <li key={id} id={`piece-${id}`}>
              <a class="fr-link" href={`/candidatures/${candidature}/pieces/${id}`}>
                {nom}
              </a>{' '}
              ({poids(taille)}){' '}
              {id === contexte.aRetirer ? (
                <>
                  <button class="fr-btn fr-btn--sm" type="submit" name="retirer_piece" value={id}>
                    Confirmer le retrait<span class="fr-sr-only"> de {nom}</span>
                  </button>{' '}
                  <a class="fr-link" href="?">
                    Garder ce fichier
                  </a>
                </>
              ) : (
                <button class="fr-btn fr-btn--tertiary fr-btn--sm" type="submit" name="a_retirer" value={id}>
                  Retirer<span class="fr-sr-only"> {nom}</span>
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      <div class="fr-fieldset__element">
        <ChampFichier
          nom={champ.nom}
          libelle={jointes.length === 0 ? 'Fichiers à joindre' : 'Autres fichiers à joindre'}
          indication={formats}
          types={extensions}
          plusieurs
          erreurs={erreurs}
        />
      </div>
    </fieldset>
  );
}

/** One field, as its control says. */
export function Controle({ champ, contexte }: { readonly champ: ChampNomme; readonly contexte: Contexte }) {
  const { saisie, erreurs } = contexte;
  const { nom, libelle, indication, obligatoire, controle } = champ;
  const commun = { nom, libelle, indication, obligatoire, erreurs };
  const valeur = texteSaisi(saisie, nom);
  switch (controle.type) {
    case 'choix':
      return <ChoixUnique {...commun} choix={controle.choix} valeur={valeur} />;
    case 'liste':
      return <ListeChoix {...commun} choix={controle.choix} valeur={valeur} />;
    case 'cases':
      return <ChoixMultiples {...commun} choix={controle.choix} valeurs={listeSaisie(saisie, nom)} />;
    case 'texte_long':
      return <ZoneTexte {...commun} valeur={valeur} lignes={10} />;
    case 'commune':
      return (
        <ChampCommune
          {...commun}
          nomDuChoix={`${nom}_choix`}
          valeur={contexte.communes.get(valeur) ?? valeur}
          choix={contexte.choixCommunes.get(nom)}
        />
      );
    case 'lieux':
      return <ChampsLieux champ={champ} contexte={contexte} />;
    case 'pieces':
      return <ChampPieces champ={champ} contexte={contexte} />;
    default:
      return (
        <ChampSaisie
          {...commun}
          type={controle.type}
          // A browser shows a day of its own in a date field: what it cannot read would be lost.
          {...(controle.type === 'date' && !/^(\d{4}-\d\d-\d\d)?$/.test(valeur)
            ? { type: 'texte' as const, largeur: 'courte' as const }
            : {})}
          valeur={valeur}
          autocomplete={controle.autocomplete}
          largeur={controle.type === 'decimal' ? 'moyenne' : undefined}
        />
      );
  }
}
