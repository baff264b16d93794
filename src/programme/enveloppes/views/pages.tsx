import { euros, nombre, pluriel } from '../../../platform/francais/index.ts';
import type { Evenement } from '../../../platform/historique.ts';
import {
  ChampSaisie,
  type ErreursFormulaire,
  ResumeErreurs,
  ZoneTexte,
} from '../../../platform/views/champs.tsx';
import { ActeFait } from '../../../platform/views/confirmation.tsx';
import { Historique } from '../../../platform/views/historique.tsx';
import { Jauge } from '../../../platform/views/jauge.tsx';
import { Alerte } from '../../../platform/views/messages.tsx';
import { Tableau } from '../../../platform/views/tableau.tsx';
import type { Enveloppe } from '../store.ts';

/** Every enveloppe, with what is committed on it and what is left. */
export function PageEnveloppes({
  adresse,
  enveloppes,
}: {
  readonly adresse: string;
  readonly enveloppes: readonly Enveloppe[];
}) {
  return (
    <>
      <h1>Enveloppes</h1>
      <p class="fr-text--lead">
        Une enveloppe paie les postes des vagues qui la choisissent. Le comité ne peut jamais décider plus
        qu’elle ne permet.
      </p>
      <p>
        <a class="fr-btn" href={`${adresse}/nouvelle`}>
          Ajouter une enveloppe
        </a>
      </p>
      <Tableau
        legende="Enveloppes du programme"
        legendeMasquee
        lignes={enveloppes}
        cle={({ id }) => id}
        vide="Aucune enveloppe n’est écrite."
        colonnes={[
          {
            cle: 'nom',
            titre: 'Enveloppe',
            entete: true,
            cellule: ({ id, nom }) => <a href={`${adresse}/${id}`}>{nom}</a>,
          },
          {
            cle: 'montant',
            titre: 'Montant',
            numerique: true,
            cellule: ({ montant }) => euros(montant),
          },
          { cle: 'engage', titre: 'Engagé', numerique: true, cellule: ({ engage }) => euros(engage) },
          {
            cle: 'reste',
            titre: 'Reste',
            numerique: true,
            cellule: ({ montant, engage }) => euros(montant - engage),
          },
        ]}
      />
      <p>
        L’engagé compte toutes les décisions, même celles qui ne sont pas encore annoncées. L’import de
        sélections et les vagues qui ne disent rien d’autre s’imputent sur la première.
      </p>
    </>
  );
}

type Saisie = Readonly<Record<string, string>>;

function Champs({ saisie, erreurs }: { readonly saisie: Saisie; readonly erreurs: ErreursFormulaire }) {
  return (
    <>
      <ChampSaisie
        nom="nom"
        libelle="Nom de l’enveloppe"
        indication="Par exemple «&nbsp;Plan de relance, deuxième tranche&nbsp;»."
        obligatoire
        longueur={200}
        valeur={saisie['nom'] ?? ''}
        erreurs={erreurs}
      />
      <ChampSaisie
        nom="montant"
        type="decimal"
        libelle="Montant, en euros"
        largeur="moyenne"
        obligatoire
        valeur={saisie['montant'] ?? ''}
        erreurs={erreurs}
      />
    </>
  );
}

function Refus({ refus }: { readonly refus: string | undefined }) {
  return refus === undefined ? null : (
    <Alerte ton="erreur" titre="Rien n’a été enregistré" niveau={2}>
      <p>{refus}</p>
    </Alerte>
  );
}

export type PropsDeFormulaire = {
  readonly adresse: string;
  readonly saisie: Saisie;
  readonly erreurs: ErreursFormulaire;
  readonly refus: string | undefined;
};

export function PageNouvelleEnveloppe({ adresse, saisie, erreurs, refus }: PropsDeFormulaire) {
  return (
    <>
      <h1>Ajouter une enveloppe</h1>
      <ResumeErreurs erreurs={erreurs} />
      <Refus refus={refus} />
      <p>
        Les vagues en préparation peuvent la choisir dès qu’elle est ajoutée. Son montant s’ajoute à
        l’enveloppe nationale que dit le site public.
      </p>
      <form method="post" action={`${adresse}/nouvelle`} novalidate>
        <Champs saisie={saisie} erreurs={erreurs} />
        <div class="maillage-actions">
          <button class="fr-btn" type="submit">
            Ajouter l’enveloppe
          </button>
          <a class="fr-link" href={adresse}>
            Renoncer
          </a>
        </div>
      </form>
    </>
  );
}

/** An enveloppe: what is left of it, which waves it pays, its form and its history. */
export function PageEnveloppe({
  adresse,
  enveloppe,
  vagues,
  saisie,
  erreurs,
  refus,
  fait,
  evenements,
}: Omit<PropsDeFormulaire, 'saisie'> & {
  readonly enveloppe: Enveloppe;
  readonly vagues: readonly { readonly id: string; readonly nom: string }[];
  /** What was typed, where it was refused. */
  readonly saisie: Saisie | undefined;
  readonly fait: 'creee' | 'enregistree' | undefined;
  readonly evenements: readonly Evenement[];
}) {
  const { nom, montant, engage } = enveloppe;
  return (
    <>
      <h1>{nom}</h1>
      {fait === undefined ? null : (
        <ActeFait>
          {fait === 'creee' ? 'L’enveloppe est ajoutée.' : 'La modification est enregistrée.'}
        </ActeFait>
      )}
      <ResumeErreurs erreurs={erreurs} />
      <Refus refus={refus} />
      <Jauge
        titre="Engagé par les décisions"
        valeur={engage}
        maximum={montant}
        valeurTexte={euros(engage)}
        maximumTexte={euros(montant)}
        definition={`Toutes décisions comprises, même celles qui ne sont pas encore annoncées. Il reste ${euros(montant - engage)}.`}
      />
      {vagues.length === 0 ? (
        <p>Aucune vague ne l’a encore choisie.</p>
      ) : (
        <>
          <p>{`${pluriel(vagues.length, 'vague l’a choisie', 'vagues l’ont choisie')}\u00a0:`}</p>
          <ul>
            {vagues.map((vague) => (
              <li key={vague.id}>
                <a href={`/administration/vagues/${vague.id}`}>{vague.nom}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>Modifier</h2>
      <p>
        Le montant peut monter ou descendre, jamais sous ce qui est engagé. Le site public et les prochains
        communiqués disent aussitôt le nouveau total.
      </p>
      <form method="post" action={`${adresse}/${enveloppe.id}`} novalidate>
        <input type="hidden" name="vu" value={String(montant)} />
        <Champs saisie={saisie ?? { nom, montant: nombre(montant / 100, 2) }} erreurs={erreurs} />
        <ZoneTexte
          nom="motif"
          libelle="Motif"
          indication="Gardé dans l’historique, avec l’ancien montant."
          lignes={2}
          obligatoire
          longueur={2000}
          valeur={saisie?.['motif']}
          erreurs={erreurs}
        />
        <div class="maillage-actions">
          <button class="fr-btn" type="submit">
            Enregistrer
          </button>
          <a class="fr-link" href={adresse}>
            Renoncer
          </a>
        </div>
      </form>
      <h2>Historique</h2>
      <Historique
        evenements={evenements}
        nom="Historique de l’enveloppe"
        vide="Elle vient des données de référence&nbsp;: rien n’y a été changé depuis."
      />
    </>
  );
}
