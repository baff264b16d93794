import { euros, nombre, pluriel } from '../../platform/francais/index.ts';
import { Carte } from '../../platform/views/carte.tsx';
import type { FondDeCarte } from '../../platform/views/cartographie.ts';
import { ChiffresCles } from '../../platform/views/chiffres.tsx';
import { Jauge } from '../../platform/views/jauge.tsx';
import { ListeLiens } from '../../platform/views/liens.tsx';
import { EtatVide } from '../../platform/views/messages.tsx';
import {
  type Chiffres,
  montant,
  partEnveloppe,
  partObjectif,
  postes,
  structures,
} from '../../statistiques/index.ts';

export type DepartementAccueil = {
  readonly code: string;
  readonly nom: string;
  readonly postes: number;
  readonly structures: number;
};

export type PageAccueilProps = {
  readonly chiffres: Chiffres;
  /** Objective in posts and enveloppe in cents; null before the programme is set up. */
  readonly programme: { readonly objectifPostes: number; readonly enveloppeMontant: number } | null;
  readonly departements: readonly DepartementAccueil[];
  readonly fond: FondDeCarte;
  readonly communiques: readonly { readonly texte: string; readonly href: string }[];
};

const seuils = [1, 10, 25, 50, 100];

export function PageAccueil({ chiffres, programme, departements, fond, communiques }: PageAccueilProps) {
  const served = departements.filter((departement) => departement.postes > 0);
  return (
    <>
      <h1>Les conseillers numériques, du comité de sélection à la personne aidée</h1>
      <p class="fr-text--lead">
        L’État finance des conseillers numériques qui aident chacun à utiliser internet ; voici les structures
        retenues pour les accueillir, département par département.
      </p>
      <section aria-labelledby="chiffres">
        <h2 id="chiffres">Où en est le programme</h2>
        <ChiffresCles
          chiffres={[
            {
              libelle: structures.nom,
              valeur: nombre(chiffres.structures),
              definition: structures.definition,
            },
            { libelle: postes.nom, valeur: nombre(chiffres.postes), definition: postes.definition },
            {
              libelle: montant.nom,
              valeur: euros(chiffres.montant_centimes),
              definition: montant.definition,
            },
          ]}
        />
        {programme ? (
          <>
            <Jauge
              titre="Postes retenus, sur l’objectif national"
              valeur={chiffres.postes}
              maximum={programme.objectifPostes}
              valeurTexte={pluriel(chiffres.postes, 'poste', 'postes')}
              maximumTexte={pluriel(programme.objectifPostes, 'poste', 'postes')}
              definition={partObjectif.definition}
            />
            <Jauge
              titre="Montant engagé, sur l’enveloppe nationale"
              valeur={chiffres.montant_centimes}
              maximum={programme.enveloppeMontant}
              valeurTexte={euros(chiffres.montant_centimes)}
              maximumTexte={euros(programme.enveloppeMontant)}
              definition={partEnveloppe.definition}
            />
          </>
        ) : null}
      </section>
      <section aria-labelledby="territoires">
        <h2 id="territoires">Votre département</h2>
        {served.length === 0 ? (
          <EtatVide titre="Aucune décision n’a encore été annoncée" niveau={3}>
            <p>
              Les structures retenues apparaîtront ici dès l’annonce de la première séance du comité de
              sélection.
            </p>
          </EtatVide>
        ) : (
          <Carte
            id="carte"
            titre="Postes de conseillers numériques par département"
            fond={fond}
            donnees={served.map((departement) => ({
              code: departement.code,
              valeur: departement.postes,
              href: `/departements/${departement.code}`,
              texte: pluriel(departement.postes, 'poste', 'postes'),
            }))}
            seuils={seuils}
            legende="Nombre de postes"
            aucun="Aucun poste annoncé"
            equivalent="liste-departements"
          />
        )}
        <h3 id="liste-departements">Tous les départements</h3>
        <ListeLiens
          colonnes
          liens={departements.map(({ code, nom, postes: count }) => ({
            texte: `${nom} (${code})`,
            href: `/departements/${code}`,
            detail: count > 0 ? pluriel(count, 'poste', 'postes') : 'aucun poste annoncé',
          }))}
        />
      </section>
      {communiques.length > 0 ? (
        <section aria-labelledby="communiques">
          <h2 id="communiques">Derniers communiqués</h2>
          <ListeLiens liens={communiques} />
        </section>
      ) : null}
    </>
  );
}
