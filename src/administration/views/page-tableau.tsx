import { nombre, pluriel } from '../../platform/francais/index.ts';
import type { SanteTaches } from '../../platform/taches-sante.ts';
import { ChiffresCles } from '../../platform/views/chiffres.tsx';
import { ActeFait } from '../../platform/views/confirmation.tsx';
import { ListeLiens } from '../../platform/views/liens.tsx';
import { Alerte } from '../../platform/views/messages.tsx';
import { Sceaux, type SceauxProps } from './sceaux.tsx';

const sansServeur = 'Aucun serveur d’envoi n’est réglé\u00a0: les courriels restent en attente.';

/** The board of administration: what goes well, what does not, and the way to each. */
export function PageTableau(
  props: SceauxProps & {
    readonly sante: SanteTaches;
    readonly comptes: { readonly personnes: number; readonly invitations: number };
    readonly fait: 'effacement' | undefined;
  },
) {
  const { sante, comptes, fait, ...sceaux } = props;
  const sansEnvoi = sante.courriels.expedition !== 'active';
  const echouees = sante.files.reduce((sum, file) => sum + file.echouees, 0);
  return (
    <>
      <h1>Administration</h1>
      {fait === undefined ? null : (
        <ActeFait>
          Le compte est fermé. Ses données s’effacent dans les minutes qui viennent&nbsp;: suivez la tâche
          «&nbsp;effacement&nbsp;».
        </ActeFait>
      )}
      {sante.alertes.length > 0 ? (
        <Alerte ton="attention" titre="À regarder" niveau={2}>
          <ul>
            {sante.alertes.map((alerte) => (
              <li key={alerte}>{alerte}</li>
            ))}
            {sansEnvoi ? <li>{sansServeur}</li> : null}
          </ul>
        </Alerte>
      ) : sansEnvoi ? (
        <Alerte ton="info" titre="Tout se fait à son heure, sauf l’envoi des courriels" niveau={2}>
          <p>{sansServeur}</p>
        </Alerte>
      ) : (
        <Alerte ton="succes" titre="Tout se fait à son heure" niveau={2} />
      )}
      <ChiffresCles
        chiffres={[
          {
            libelle: 'Courriels en attente',
            valeur: nombre(sante.courriels.en_attente),
            href: '/administration/courriels?statut=en_attente',
          },
          {
            libelle: 'Courriels abandonnés',
            valeur: nombre(sante.courriels.abandonnes),
            href: '/administration/courriels?statut=abandonne',
          },
          {
            libelle: 'Tâches en échec',
            valeur: nombre(echouees),
            href: '/administration/taches?etat=failed',
          },
          { libelle: 'Comptes ouverts', valeur: nombre(comptes.personnes), href: '/personnes' },
          {
            libelle: 'Invitations en attente',
            valeur: nombre(comptes.invitations),
            href: '/invitations',
          },
        ]}
      />
      <ListeLiens
        liens={[
          {
            texte: 'Courriels',
            href: '/administration/courriels',
            detail: 'ce qui est parti, ce qui attend, ce qui a échoué',
          },
          {
            texte: 'Tâches',
            href: '/administration/taches',
            detail: `${pluriel(sante.taches.length, 'tâche planifiée', 'tâches planifiées')}, leurs derniers passages, leurs échecs`,
          },
          {
            texte: 'Vagues',
            href: '/administration/vagues',
            detail: 'les préparer, les publier, reporter leur clôture',
          },
          {
            texte: 'Régimes',
            href: '/administration/regimes',
            detail: 'ce que l’État paie pour un poste, et depuis quand',
          },
          {
            texte: 'Enveloppes',
            href: '/administration/enveloppes',
            detail: 'ce que le programme peut dépenser, ce qui est engagé et ce qui reste',
          },
          {
            texte: 'Suivi des vagues',
            href: '/suivi/vagues',
            detail: 'des candidatures aux postes retenus, par territoire, et la prévision',
          },
          {
            texte: 'Structures à vérifier',
            href: '/structures-a-verifier',
            detail: 'celles que l’annuaire des entreprises n’a pas confirmées',
          },
          {
            texte: 'Fragilité numérique',
            href: '/administration/fragilite',
            detail: 'l’indice par commune, que montre la carte des candidatures',
          },
          {
            texte: 'Imports',
            href: '/administration/imports',
            detail: 'les fichiers du comité de sélection, ce qu’ils feraient et ce qu’ils ont fait',
          },
          {
            texte: 'Journal',
            href: '/administration/journal',
            detail: 'qui a fait quoi, quand et pourquoi',
          },
        ]}
      />
      <h2>Journal</h2>
      <Sceaux {...sceaux} />
    </>
  );
}
