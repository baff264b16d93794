import { instantLong, nombre } from '../../platform/francais/index.ts';
import type { Demande, PageDeListe } from '../../platform/listes/index.ts';
import type { SanteTaches } from '../../platform/taches-sante.ts';
import { ActeFait, Confirmation } from '../../platform/views/confirmation.tsx';
import { ListeDonnees } from '../../platform/views/liste.tsx';
import { Alerte, Badge } from '../../platform/views/messages.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { EtatTache, etats, listeExecutions } from '../executions.liste.ts';

type TacheMontree = {
  readonly nom: string;
  readonly libelle: string;
  readonly planifiee: boolean;
  readonly prochaine: string | null;
  readonly suivi: SanteTaches['taches'][number] | undefined;
  readonly file: SanteTaches['files'][number] | undefined;
  readonly echec: EtatTache | undefined;
};

export type PageTachesProps = {
  readonly taches: readonly TacheMontree[];
  readonly alertes: readonly string[];
  readonly liste: typeof listeExecutions;
  readonly demande: Demande;
  readonly resultat: PageDeListe<(typeof listeExecutions)['champs']>;
  readonly parPage: number;
  readonly fait: 'lancee' | 'reprise' | undefined;
  /** States in words. */
  readonly etats: typeof etats;
};

const faits = {
  lancee: 'La tâche est lancée : elle se fait dans les secondes qui viennent.',
  reprise: 'La tâche est relancée : elle se fait dans les secondes qui viennent.',
} as const;

function Passage({ tache }: { readonly tache: TacheMontree }) {
  const { suivi, echec, planifiee } = tache;
  if (!planifiee) return <>à la demande d’un acte</>;
  const reussie = suivi?.reussie_le ?? null;
  return (
    <>
      {reussie === null ? 'pas encore passée' : instantLong(reussie)}
      {suivi !== undefined && suivi.retard_minutes > 0 ? (
        <>
          {' '}
          <Badge ton="attention">en retard</Badge>
        </>
      ) : null}
      {echec?.echoueeLe ? <Echec echec={echec} reussie={reussie} /> : null}
    </>
  );
}

function Echec({ echec, reussie }: { readonly echec: EtatTache; readonly reussie: string | null }) {
  const { echoueeLe, derniereErreur } = echec;
  if (echoueeLe === null) return null;
  const passe = reussie !== null && reussie > echoueeLe;
  return (
    <p>
      {passe ? 'Avait échoué le ' : 'A échoué le '}
      {instantLong(echoueeLe)}
      {derniereErreur === null ? '' : `\u00a0: ${derniereErreur}`}
    </p>
  );
}

/** Every job: when it passed, when it is due, what waits; then what the queue remembers. */
export function PageTaches(props: PageTachesProps) {
  const { taches, alertes, liste, demande, resultat, parPage, fait, etats: mots } = props;
  return (
    <>
      <h1>Tâches</h1>
      {fait === undefined ? null : <ActeFait>{faits[fait]}</ActeFait>}
      {alertes.length === 0 ? null : (
        <Alerte ton="attention" titre="À regarder" niveau={2}>
          <ul>
            {alertes.map((alerte) => (
              <li key={alerte}>{alerte}</li>
            ))}
          </ul>
        </Alerte>
      )}
      <Tableau
        legende="Tâches de Maillage"
        legendeMasquee
        lignes={taches}
        cle={({ nom }) => nom}
        vide="Aucune tâche."
        colonnes={[
          {
            cle: 'tache',
            titre: 'Tâche',
            entete: true,
            cellule: ({ nom, libelle }) => (
              <>
                <a href={`/administration/taches?tache=${nom}#resultats`}>{libelle}</a> <small>{nom}</small>
              </>
            ),
          },
          { cle: 'passage', titre: 'Dernier passage', cellule: (tache) => <Passage tache={tache} /> },
          {
            cle: 'prochaine',
            titre: 'Prochain passage',
            cellule: ({ prochaine }) => (prochaine === null ? '' : instantLong(prochaine)),
          },
          {
            cle: 'attente',
            titre: 'En attente',
            numerique: true,
            cellule: ({ file }) => nombre(file?.en_attente ?? 0),
          },
          {
            cle: 'cours',
            titre: 'En cours',
            numerique: true,
            cellule: ({ file }) => nombre(file?.en_cours ?? 0),
          },
          {
            cle: 'echecs',
            titre: 'En échec',
            numerique: true,
            cellule: ({ file }) => nombre(file?.echouees ?? 0),
          },
          {
            cle: 'lancer',
            titre: 'Lancer',
            cellule: ({ nom, libelle, planifiee }) =>
              planifiee ? (
                <a href={`/administration/taches/${nom}/lancer`}>
                  Lancer maintenant<span class="fr-sr-only">{`\u00a0: ${libelle}`}</span>
                </a>
              ) : null,
          },
        ]}
      />
      <h2>Exécutions</h2>
      <p>Ce que la file garde de chaque tâche, quelques jours. Une exécution en échec se relance.</p>
      <ListeDonnees
        liste={liste}
        demande={demande}
        resultat={resultat}
        parPage={parPage}
        chemin="/administration/taches"
        fichiers={{ base: '/administration/taches', formats: ['csv', 'xlsx', 'ods', 'json'] }}
        filtres={[
          {
            nom: 'etat',
            choix: Object.entries(mots).map(([valeur, texte]) => ({ valeur, texte })),
          },
          { nom: 'tache', choix: taches.map(({ nom, libelle }) => ({ valeur: nom, texte: libelle })) },
          { nom: 'du' },
          { nom: 'au' },
        ]}
        entete="tache"
        cellules={{
          tache: ({ tache }) => {
            const libelle = taches.find(({ nom }) => nom === tache)?.libelle;
            return libelle === undefined ? (
              tache
            ) : (
              <>
                {libelle} <small>{tache}</small>
              </>
            );
          },
          etat: ({ etat }) => (
            <Badge ton={etat === 'failed' ? 'erreur' : etat === 'completed' ? 'succes' : 'neutre'}>
              {Object.entries(mots).find(([code]) => code === etat)?.[1] ?? etat}
            </Badge>
          ),
          demandee: ({ demandee }) => (demandee === null ? '' : instantLong(demandee)),
          attendue: ({ attendue }) => (attendue === null ? '' : instantLong(attendue)),
          debut: ({ debut }) => (debut === null ? '' : instantLong(debut)),
          fin: ({ fin }) => (fin === null ? '' : instantLong(fin)),
          erreur: ({ id, etat, erreur }) =>
            etat === 'failed' ? (
              <>
                {erreur}{' '}
                <a href={`/administration/executions/${id}/relancer`}>
                  Relancer<span class="fr-sr-only"> cette exécution</span>
                </a>
              </>
            ) : (
              erreur
            ),
        }}
        vide={<p>Aucune tâche n’a encore été faite.</p>}
      />
    </>
  );
}

/** Asks before a scheduled job runs out of its hour. */
export function PageLancer(props: {
  readonly nom: string;
  readonly libelle: string;
  readonly refus: string | undefined;
}) {
  const { nom, libelle, refus } = props;
  return (
    <div class="maillage-etroit">
      <h1>Lancer une tâche</h1>
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      <Confirmation
        id="lancer"
        titre={`Lancer maintenant «\u00a0${libelle}\u00a0»\u00a0?`}
        effets={[
          'la tâche se fait dans les secondes qui viennent, puis de nouveau à son heure\u00a0;',
          'son résultat paraît parmi les tâches\u00a0;',
          'l’acte est écrit au journal.',
        ]}
        action={`/administration/taches/${nom}/lancer`}
        bouton="Lancer la tâche"
        renoncer={{ texte: 'Attendre son heure', href: '/administration/taches' }}
      />
    </div>
  );
}

/** Asks before a job that failed is tried again. */
export function PageReprendre(props: {
  readonly id: string;
  readonly libelle: string;
  readonly refus: string | undefined;
}) {
  const { id, libelle, refus } = props;
  return (
    <div class="maillage-etroit">
      <h1>Relancer une tâche en échec</h1>
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      <Confirmation
        id="reprendre"
        titre={`Relancer «\u00a0${libelle}\u00a0»\u00a0?`}
        effets={[
          'cette exécution est essayée encore une fois\u00a0;',
          'ce qu’elle avait déjà fait n’est pas refait\u00a0;',
          'l’acte est écrit au journal.',
        ]}
        action={`/administration/executions/${id}/relancer`}
        bouton="Relancer la tâche"
        renoncer={{ texte: 'Ne pas la relancer', href: '/administration/taches' }}
      />
    </div>
  );
}
