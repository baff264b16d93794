import {
  ChampSaisie,
  type ChampSaisieProps,
  ChoixMultiples,
  ListeChoix,
} from '../../../platform/views/champs.tsx';
import type { ChampNomme, LieuSaisi } from '../champ.ts';
import { lieuxSaisis } from '../saisie.rules.ts';
import type { Contexte } from './controle.tsx';

/** Communes to choose from, by the name of the control whose words mean several. */
export type ChoixCommunes = ReadonlyMap<
  string,
  readonly { readonly valeur: string; readonly libelle: string }[]
>;
export type LieuConnuVu = { readonly id: string; readonly nom: string; readonly itinerant: boolean };

/** A commune: its name or postal code, then a choice where several have it. */
export function ChampCommune({
  choix,
  nomDuChoix,
  ...champ
}: ChampSaisieProps & {
  readonly nomDuChoix: string;
  readonly choix: readonly { readonly valeur: string; readonly libelle: string }[] | undefined;
}) {
  return (
    <>
      <ChampSaisie
        {...champ}
        indication="Nom ou code postal, par exemple Laon ou 02000."
        autocomplete="off"
      />
      {choix === undefined || choix.length === 0 ? null : (
        <ListeChoix
          nom={nomDuChoix}
          libelle={`Choisir la commune pour «\u00a0${champ.valeur ?? ''}\u00a0»`}
          choix={choix}
        />
      )}
    </>
  );
}

const vide: LieuSaisi = { nom: '', adresse: '', commune: '', itinerant: '' };

function Rangee({
  lieu,
  rang,
  contexte,
}: {
  readonly lieu: LieuSaisi;
  readonly rang: number;
  readonly contexte: Contexte;
}) {
  const { erreurs, communes, choixCommunes } = contexte;
  const de = (nom: string): string => `lieux-${rang}-${nom}`;
  return (
    <fieldset class="fr-fieldset maillage-lieu" id={`lieu-${rang}`}>
      <legend class="fr-fieldset__legend">
        Lieu {rang + 1}
        {lieu.nom === '' ? '' : `\u00a0: ${lieu.nom}`}
      </legend>
      {lieu.lieu_id === undefined ? null : <input type="hidden" name={de('lieu_id')} value={lieu.lieu_id} />}
      <div class="fr-fieldset__element">
        <ChampSaisie
          nom={de('nom')}
          libelle="Nom du lieu"
          indication="Par exemple Médiathèque, Maison France Services."
          obligatoire
          valeur={lieu.nom}
          autocomplete="off"
          erreurs={erreurs}
        />
        <ChampSaisie
          nom={de('adresse')}
          libelle="Adresse"
          obligatoire
          valeur={lieu.adresse}
          autocomplete="off"
          erreurs={erreurs}
        />
        <ChampCommune
          nom={de('commune')}
          libelle="Commune"
          obligatoire
          nomDuChoix={de('choix')}
          valeur={communes.get(lieu.commune) ?? lieu.commune}
          choix={choixCommunes.get(de('commune'))}
          erreurs={erreurs}
        />
        <ChoixMultiples
          nom={de('itinerant')}
          libelle="Lieu itinérant"
          choix={[
            {
              valeur: 'oui',
              libelle: 'Le conseiller se déplace\u00a0: ce lieu est un point de passage ou de départ',
            },
          ]}
          valeurs={[lieu.itinerant]}
        />
        <button
          class="fr-btn fr-btn--tertiary fr-btn--sm"
          type="submit"
          name="suite"
          value={`retirer-${rang}`}
        >
          Retirer ce lieu<span class="fr-sr-only">{`\u00a0: ${lieu.nom || `lieu ${rang + 1}`}`}</span>
        </button>
      </div>
    </fieldset>
  );
}

/** The places planned, a group of fields each. */
export function ChampsLieux({
  champ,
  contexte,
}: {
  readonly champ: ChampNomme;
  readonly contexte: Contexte;
}) {
  const lieux = lieuxSaisis(contexte.saisie);
  const rangees = lieux.length === 0 || contexte.rangeeVide ? [...lieux, vide] : lieux;
  const pris = new Set(lieux.map(({ lieu_id }) => lieu_id));
  const connus = contexte.lieuxConnus.filter(({ id }) => !pris.has(id));
  return (
    <>
      <p>{champ.libelle}. Un lieu par emplacement, une commune par lieu.</p>
      {contexte.erreurs[champ.nom] === undefined ? null : (
        <p class="fr-error-text" id={`champ-${champ.nom}`} tabindex={-1}>
          {contexte.erreurs[champ.nom]}
        </p>
      )}
      {rangees.map((lieu, rang) => (
        <Rangee key={rang} lieu={lieu} rang={rang} contexte={contexte} />
      ))}
      {connus.length === 0 ? null : (
        <div class="maillage-lieu__connus">
          <ListeChoix
            nom="existant"
            libelle="Reprendre un lieu de la structure"
            choix={connus.map(({ id, nom }) => ({ valeur: id, libelle: nom }))}
            erreurs={contexte.erreurs}
          />
          <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit" name="suite" value="existant">
            Reprendre ce lieu
          </button>
        </div>
      )}
      <p>
        <button class="fr-btn fr-btn--secondary" type="submit" name="suite" value="ajouter">
          Ajouter un autre lieu
        </button>
      </p>
    </>
  );
}
