import { nombre, pluriel } from '../../../platform/francais/index.ts';
import {
  ChoixUnique,
  type ErreursFormulaire,
  ListeChoix,
  ResumeErreurs,
  ZoneTexte,
} from '../../../platform/views/champs.tsx';
import { Alerte, EtatVide } from '../../../platform/views/messages.tsx';
import { Tableau } from '../../../platform/views/tableau.tsx';
import { cheminListe } from '../requete.rules.ts';
import type { AgentDePrefecture, FicheDeLot } from '../store.ts';
import { ChampsCorrection } from './page-correction.tsx';

export type PageLotProps = {
  readonly fiches: readonly FicheDeLot[];
  readonly agents: readonly AgentDePrefecture[];
  readonly champs: readonly { readonly nom: string; readonly libelle: string }[];
  readonly coches: readonly string[];
  readonly retour: string;
  readonly bornes: { readonly minimum: string; readonly maximum: string };
  readonly saisie: Readonly<Record<string, string>>;
  readonly erreurs: ErreursFormulaire;
};

/** What each batch is called, and what it does. */
export const actesDeLot = {
  affecter: 'Les affecter à un agent',
  avis: 'Rendre un avis favorable, avec les postes demandés',
  rappel: 'Rappeler aux structures la correction attendue',
  correction: 'Demander une correction ou une vérification',
} as const;
export type ActeDeLot = keyof typeof actesDeLot;

/** Chosen files, and what to do with all of them. */
export function PageLot(props: PageLotProps) {
  const { fiches, agents, retour, saisie, erreurs } = props;
  return (
    <>
      <h1>
        {fiches.length === 0
          ? 'Traiter plusieurs candidatures'
          : `Traiter ${pluriel(fiches.length, 'candidature', 'candidatures')}`}
      </h1>
      <ResumeErreurs erreurs={erreurs} />
      {fiches.length === 0 ? (
        <EtatVide titre="Aucune candidature cochée">
          <p>
            Cochez des candidatures dans <a href={`${cheminListe}${retour}`}>la liste</a>, puis recommencez.
          </p>
        </EtatVide>
      ) : (
        <form method="post" action={`${cheminListe}/lot`} novalidate>
          <input type="hidden" name="retour" value={retour} />
          <input
            type="hidden"
            name="candidatures"
            value={fiches.map(({ id, version }) => `${id}:${version}`).join(',')}
          />
          <Tableau
            legende="Candidatures cochées"
            lignes={fiches}
            cle={({ id }) => id}
            vide=""
            colonnes={[
              {
                cle: 'structure',
                titre: 'Structure',
                entete: true,
                brut: true,
                cellule: ({ id, structure }) => <a href={`${cheminListe}/${id}`}>{structure}</a>,
              },
              { cle: 'numero', titre: 'Numéro', cellule: ({ numero }) => nombre(numero) },
              { cle: 'etat', titre: 'État', cellule: ({ etat }) => etat },
              {
                cle: 'postes',
                titre: 'Postes demandés',
                numerique: true,
                cellule: ({ postes }) => nombre(postes),
              },
            ]}
          />
          <p>
            Chaque candidature est traitée à part&nbsp;: si l’une ne peut pas l’être, les autres le sont quand
            même, et le rapport dit pourquoi.
          </p>
          <ChoixUnique
            nom="acte"
            libelle="Que faire de ces candidatures ?"
            obligatoire
            choix={Object.entries(actesDeLot).map(([valeur, libelle]) => ({ valeur, libelle }))}
            valeur={saisie['acte']}
            erreurs={erreurs}
          />
          <details open={saisie['acte'] === 'affecter'}>
            <summary>Pour affecter&nbsp;: l’agent</summary>
            <ListeChoix
              nom="agent"
              libelle="Agent"
              choix={agents.map(({ id, nom }) => ({ valeur: id, libelle: nom }))}
              valeur={saisie['agent']}
              erreurs={erreurs}
            />
          </details>
          <details open={saisie['acte'] === 'avis'}>
            <summary>Pour rendre un avis&nbsp;: pourquoi</summary>
            <ZoneTexte
              nom="commentaire"
              libelle="Pourquoi"
              indication="Le même commentaire est écrit sur chaque candidature."
              longueur={5000}
              valeur={saisie['commentaire']}
              erreurs={erreurs}
            />
          </details>
          <details open={saisie['acte'] === 'correction'}>
            <summary>Pour demander une correction&nbsp;: quoi et pour quand</summary>
            <ChampsCorrection {...props} facultatif />
          </details>
          <div class="maillage-actions">
            <button class="fr-btn" type="submit">
              Traiter ces candidatures
            </button>
            <a class="fr-link" href={`${cheminListe}${retour}`}>
              Revenir à la liste
            </a>
          </div>
        </form>
      )}
    </>
  );
}

export type LigneDeRapport = {
  readonly id: string;
  readonly numero: number | null;
  readonly structure: string;
  /** Why it was not done; null: done. */
  readonly refus: string | null;
};

/** What became of each file of a batch. */
export function PageRapport(props: {
  readonly acte: string;
  readonly lignes: readonly LigneDeRapport[];
  readonly retour: string;
}) {
  const { acte, lignes, retour } = props;
  const refuses = lignes.filter(({ refus }) => refus !== null).length;
  return (
    <>
      <h1>Rapport&nbsp;: {acte.toLowerCase()}</h1>
      <Alerte ton={refuses === 0 ? 'succes' : 'attention'}>
        {pluriel(lignes.length - refuses, 'candidature traitée', 'candidatures traitées')}
        {refuses === 0 ? '' : `, ${pluriel(refuses, 'refusée', 'refusées')}\u00a0: rien n’y a changé`}.
      </Alerte>
      <Tableau
        legende="Résultat pour chaque candidature"
        lignes={lignes}
        cle={({ id }) => id}
        vide=""
        colonnes={[
          {
            cle: 'structure',
            titre: 'Structure',
            entete: true,
            brut: true,
            cellule: ({ id, structure }) => <a href={`${cheminListe}/${id}`}>{structure}</a>,
          },
          {
            cle: 'numero',
            titre: 'Numéro',
            cellule: ({ numero }) => (numero === null ? '' : nombre(numero)),
          },
          { cle: 'resultat', titre: 'Résultat', cellule: ({ refus }) => refus ?? 'Fait.' },
        ]}
      />
      <div class="maillage-actions">
        <form method="post" action={`${cheminListe}/lot/rapport`} novalidate>
          {lignes.map(({ id, refus }) => (
            <input key={id} type="hidden" name="ligne" value={`${id} ${refus ?? 'Fait.'}`} />
          ))}
          <button class="fr-btn fr-btn--secondary" type="submit">
            Télécharger ce rapport (CSV)
          </button>
        </form>
        <a class="fr-link" href={`${cheminListe}${retour}`}>
          Revenir à la liste
        </a>
      </div>
    </>
  );
}
