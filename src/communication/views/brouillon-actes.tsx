import { Temporal } from 'temporal-polyfill';
import { instantLong, pluriel } from '../../platform/francais/index.ts';
import { ChampSaisie, ZoneTexte } from '../../platform/views/champs.tsx';
import { Confirmation } from '../../platform/views/confirmation.tsx';
import { Alerte } from '../../platform/views/messages.tsx';
import type { PageBrouillonProps } from './page-brouillon.tsx';

export type ActionCommunique =
  | 'demander_relecture'
  | 'demander_corrections'
  | 'approuver'
  | 'publier'
  | 'retirer'
  | 'reprendre';

/** What may be done with the communiqué now. */
export function Actions(props: PageBrouillonProps) {
  const { actions, adresse, version, saisie, erreurs, suivi, moi, statut, totaux, programme, publieLe } =
    props;
  const champs = { version: String(version) };
  const renoncer = { texte: 'Revenir à la liste', href: '/prefecture/communiques' };
  const ecritParMoi = suivi?.redigePar?.id === moi;
  const peut = (action: ActionCommunique): boolean => actions.includes(action);
  return (
    <>
      {statut === 'en_relecture' && ecritParMoi ? (
        <Alerte ton="info">
          Vous avez écrit ce communiqué en dernier : une autre personne doit le relire. Vous pouvez le
          reprendre en brouillon.
        </Alerte>
      ) : null}
      {peut('approuver') && !ecritParMoi ? (
        <section aria-labelledby="relire">
          <h2 id="relire">Relire</h2>
          <p>
            {suivi?.redigePar?.nom ? `Écrit par ${suivi.redigePar.nom}. ` : ''}
            <a class="fr-link" href={`${adresse}/apercu`}>
              Lire le communiqué
            </a>
          </p>
          <form method="post" action={`${adresse}/approuver`}>
            <input type="hidden" name="version" value={String(version)} />
            <button class="fr-btn" type="submit">
              Approuver le communiqué
            </button>
          </form>
          <form method="post" action={`${adresse}/corrections`}>
            <input type="hidden" name="version" value={String(version)} />
            <ZoneTexte
              nom="corrections"
              libelle="Ce qu’il faut corriger"
              longueur={2000}
              obligatoire
              valeur={saisie['corrections']}
              erreurs={erreurs}
            />
            <button class="fr-btn fr-btn--secondary" type="submit">
              Demander des corrections
            </button>
          </form>
        </section>
      ) : null}
      {peut('publier') ? (
        <Confirmation
          id="publier"
          titre="Publier ce communiqué ?"
          effets={[
            `le communiqué devient public, avec les décisions qui retiennent ${pluriel(totaux.structures, 'structure', 'structures')} et ${pluriel(totaux.postes, 'poste', 'postes')} ;`,
            'avant l’instant choisi, rien n’en paraît : ni page, ni fichier, ni chiffre ;',
            'vous pourrez retirer le communiqué, en disant pourquoi.',
          ]}
          action={`${adresse}/publier`}
          champs={champs}
          bouton="Publier"
          renoncer={renoncer}
        >
          <p>
            {suivi?.reluPar?.nom ? `Approuvé par ${suivi.reluPar.nom}. ` : ''}Sans date ni heure, il est
            publié tout de suite.
          </p>
          <Instant saisie={saisie} erreurs={erreurs} />
        </Confirmation>
      ) : null}
      {peut('reprendre') ? (
        <form method="post" action={`${adresse}/reprendre`} class="maillage-acte-simple">
          <input type="hidden" name="version" value={String(version)} />
          <button class="fr-btn fr-btn--secondary" type="submit">
            Reprendre en brouillon
          </button>
        </form>
      ) : null}
      {programme && publieLe !== null && peut('retirer') ? (
        <Confirmation
          id="reprogrammer"
          titre="Changer l’heure de cette publication ?"
          effets={[
            `le communiqué, prévu pour le ${instantLong(publieLe)}, devient public au nouvel instant, avec ses décisions ;`,
            'son texte reste celui qui a été relu : personne n’a à le relire de nouveau.',
          ]}
          action={`${adresse}/reprogrammer`}
          champs={champs}
          bouton="Changer l’heure"
          renoncer={renoncer}
        >
          <Instant saisie={{ ...enParis(publieLe), ...saisie }} erreurs={erreurs} />
        </Confirmation>
      ) : null}
      {peut('retirer') ? (
        <Confirmation
          id="retirer"
          titre={programme ? 'Annuler cette publication ?' : 'Retirer ce communiqué ?'}
          effets={
            programme
              ? ['le communiqué ne sera pas publié ;', 'les décisions qu’il annonce attendent de nouveau.']
              : ['sa page et ses fichiers ne sont plus publics ;', 'les décisions annoncées le restent.']
          }
          action={`${adresse}/retirer`}
          champs={champs}
          bouton={programme ? 'Annuler la publication' : 'Retirer le communiqué'}
          renoncer={renoncer}
        >
          <ZoneTexte
            nom="motif"
            libelle="Pourquoi"
            lignes={3}
            longueur={1000}
            obligatoire
            valeur={saisie['motif']}
            erreurs={erreurs}
          />
        </Confirmation>
      ) : null}
    </>
  );
}

/** An instant as the two fields have it. */
const enParis = (instant: string): { readonly jour: string; readonly heure: string } => {
  const paris = Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/Paris');
  return {
    jour: paris.toPlainDate().toString(),
    heure: paris.toPlainTime().toString({ smallestUnit: 'minute' }),
  };
};

/** When to publish, in two fields. */
function Instant({ saisie, erreurs }: Pick<PageBrouillonProps, 'saisie' | 'erreurs'>) {
  return (
    <>
      <ChampSaisie
        nom="jour"
        type="date"
        libelle="Jour de la publication"
        valeur={saisie['jour']}
        erreurs={erreurs}
      />
      <ChampSaisie
        nom="heure"
        libelle="Heure de Paris"
        indication="Par exemple 10:30"
        largeur="courte"
        valeur={saisie['heure']}
        erreurs={erreurs}
      />
    </>
  );
}
