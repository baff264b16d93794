import type { ComponentChildren } from 'preact';
import {
  ChampSaisie,
  type Choix,
  ChoixUnique,
  type ErreursFormulaire,
  ListeChoix,
  ZoneTexte,
} from '../../platform/views/champs.tsx';
import { type SortePerimetre, sortePerimetre } from '../roles/roles.rules.ts';
import { nomDeRole, type RoleAttribuable } from '../rules.ts';

const indications: Readonly<Partial<Record<RoleAttribuable, string>>> = {
  administrateur: 'gère le programme et tous les comptes',
  membre_comite: 'prend part aux séances de sélection',
  instructeur: 'suit un département ou une région pour la préfecture',
  gestionnaire: 'candidate, signe, recrute et justifie pour sa structure',
  coordinateur: 'anime l’équipe de conseillers d’une structure',
  conseiller: 'accueille le public et note son activité',
  candidat: 'souhaite devenir conseiller numérique',
};

/** First step: which role. The next question depends on it, so that no script is needed. */
export function ChoixDuRole({
  action,
  roles,
  erreurs,
  perimetre,
  bouton = 'Continuer',
}: {
  readonly action: string;
  readonly roles: readonly RoleAttribuable[];
  readonly erreurs: ErreursFormulaire;
  /** Known already: kept for the next step. */
  readonly perimetre?: string | undefined;
  readonly bouton?: string;
}) {
  return (
    <form method="get" action={action}>
      {perimetre === undefined ? null : <input type="hidden" name="perimetre" value={perimetre} />}
      <ChoixUnique
        nom="role"
        libelle="Quel rôle donner ?"
        obligatoire
        choix={roles.map((role) => ({
          valeur: role,
          libelle: nomDeRole(role),
          indication: indications[role],
        }))}
        erreurs={erreurs}
      />
      {/* Tells a form that was sent without a choice from a first visit. */}
      <input type="hidden" name="choisir" value="oui" />
      <button class="fr-btn" type="submit">
        {bouton}
      </button>
    </form>
  );
}

export type Perimetres = {
  /** Territories or structures to choose from; undefined: too many, one is named by its number. */
  readonly choix: readonly Choix[] | undefined;
};

const libelles: Readonly<Record<Exclude<SortePerimetre, 'aucun'>, string>> = {
  territoire: 'Département ou région',
  region: 'Région du comité',
  structure: 'Structure',
  equipe: 'Équipe, par sa structure',
};

/** What the role is given on. */
function ChampPerimetre({
  role,
  choix,
  valeur,
  erreurs,
}: Perimetres & {
  readonly role: RoleAttribuable;
  readonly valeur: string | undefined;
  readonly erreurs: ErreursFormulaire;
}) {
  const sorte = sortePerimetre(role);
  if (sorte === 'aucun') return null;
  const seul = choix?.length === 1 ? choix[0]?.valeur : undefined;
  if (choix !== undefined)
    return (
      <ListeChoix
        nom="perimetre"
        libelle={libelles[sorte]}
        choix={choix}
        invite={sorte === 'region' ? 'Comité national' : 'Choisir'}
        obligatoire={sorte !== 'region'}
        valeur={valeur ?? seul}
        erreurs={erreurs}
      />
    );
  return (
    <ChampSaisie
      nom="perimetre"
      libelle={libelles[sorte]}
      indication="SIRET (14 chiffres), RIDET ou numéro TAHITI."
      obligatoire
      largeur="moyenne"
      valeur={valeur}
      erreurs={erreurs}
    />
  );
}

export type Valeurs = Readonly<Record<string, string>>;

/** Scope, reason and end of a role, for whoever gives or proposes it. */
export function ChampsDuRole({
  role,
  perimetres,
  valeurs,
  erreurs,
  children,
}: {
  readonly role: RoleAttribuable;
  readonly perimetres: Perimetres;
  readonly valeurs: Valeurs;
  readonly erreurs: ErreursFormulaire;
  readonly children?: ComponentChildren;
}) {
  return (
    <>
      <input type="hidden" name="role" value={role} />
      {children}
      <ChampPerimetre role={role} {...perimetres} valeur={valeurs['perimetre']} erreurs={erreurs} />
      <ChampMotif valeur={valeurs['motif']} erreurs={erreurs} />
      <ChampSaisie
        nom="fin"
        libelle="Jusqu’au"
        indication="Dernier jour du rôle. Laissez vide s’il n’a pas de fin prévue."
        type="date"
        valeur={valeurs['fin']}
        erreurs={erreurs}
      />
    </>
  );
}

/** Why: goes on record with the act. */
export function ChampMotif({
  valeur,
  erreurs,
  indication = 'Gardé dans l’historique, et écrit à la personne : ne dites rien de sa santé.',
}: {
  readonly valeur: string | undefined;
  readonly erreurs: ErreursFormulaire;
  readonly indication?: string;
}) {
  return (
    <ZoneTexte
      nom="motif"
      libelle="Motif"
      indication={indication}
      obligatoire
      lignes={2}
      longueur={500}
      valeur={valeur}
      erreurs={erreurs}
    />
  );
}

/** Who: address, then name, as they will be greeted. */
export function ChampsIdentite({
  valeurs,
  erreurs,
  propres = false,
}: {
  readonly valeurs: Valeurs;
  readonly erreurs: ErreursFormulaire;
  /** The person fills it in for themselves. */
  readonly propres?: boolean;
}) {
  return (
    <>
      <ChampSaisie
        nom="courriel"
        libelle="Adresse électronique"
        indication="Une adresse personnelle de travail, par exemple prenom.nom@exemple.fr ; pas la boîte d’un service."
        type="courriel"
        autocomplete={propres ? 'email' : 'off'}
        obligatoire
        valeur={valeurs['courriel']}
        erreurs={erreurs}
      />
      <ChampSaisie
        nom="prenom"
        libelle="Prénom"
        autocomplete={propres ? 'given-name' : 'off'}
        obligatoire
        longueur={100}
        valeur={valeurs['prenom']}
        erreurs={erreurs}
      />
      <ChampSaisie
        nom="nom"
        libelle="Nom"
        autocomplete={propres ? 'family-name' : 'off'}
        obligatoire
        longueur={100}
        valeur={valeurs['nom']}
        erreurs={erreurs}
      />
    </>
  );
}
