import { dateLongue, instantLong, pluriel } from '../../../platform/francais/index.ts';
import type { Demande, PageDeListe } from '../../../platform/listes/index.ts';
import {
  ChampSaisie,
  ChoixMultiples,
  type ErreursFormulaire,
  ListeChoix,
  ResumeErreurs,
  ZoneTexte,
} from '../../../platform/views/champs.tsx';
import { ActeFait } from '../../../platform/views/confirmation.tsx';
import { ListeDonnees } from '../../../platform/views/liste.tsx';
import { Alerte } from '../../../platform/views/messages.tsx';
import { Tableau } from '../../../platform/views/tableau.tsx';
import type { Avancement } from '../../notification/index.ts';
import type { ChampsSeances, listeSeancesComite } from '../listes.ts';
import { etrangetesDeDate, fonctions } from '../rules.ts';
import type { Choisissable, Jauges, MembreDeSeance, Seance, VagueADecider } from '../seances.store.ts';
import { Cadre, type Fait, faits, nomDeSeance, tientLaSeance, type Vu } from './cadre.tsx';
import { Documents } from './documents.tsx';
import { JaugesDeSeance } from './jauges.tsx';
import { Reouverture } from './page-cloture.tsx';

/** The sessions of the committee. */
export function PageSeances({
  liste,
  demande,
  resultat,
  parPage,
  administrateur,
  fait,
}: {
  readonly liste: typeof listeSeancesComite;
  readonly demande: Demande;
  readonly resultat: PageDeListe<ChampsSeances>;
  readonly parPage: number;
  readonly administrateur: boolean;
  readonly fait: Fait | undefined;
}) {
  return (
    <>
      <h1>Comité de sélection</h1>
      {fait === undefined ? null : <ActeFait>{faits[fait]}</ActeFait>}
      <p>Le comité lit les candidatures, les note et en décide en séance.</p>
      {administrateur ? (
        <p>
          <a class="fr-btn" href="/comite/nouvelle">
            Préparer une séance
          </a>
        </p>
      ) : null}
      <ListeDonnees
        liste={liste}
        demande={demande}
        resultat={resultat}
        parPage={parPage}
        chemin="/comite"
        fichiers={{ base: '/comite', formats: ['csv', 'xlsx', 'ods'] }}
        filtres={[
          {
            nom: 'etat',
            choix: [
              { valeur: 'preparation', texte: 'En préparation' },
              { valeur: 'ouverte', texte: 'Ouverte' },
              { valeur: 'close', texte: 'Close' },
            ],
          },
        ]}
        cellules={{ seance: ({ id, seance }) => <a href={`/comite/${id}`}>{seance}</a> }}
        entete="seance"
        vide={
          <p>
            {administrateur
              ? 'Aucune séance n’est préparée.'
              : 'Vous n’êtes membre d’aucune séance. Un administrateur vous y inscrit.'}
          </p>
        }
      />
    </>
  );
}

export type FormulaireSeanceProps = {
  readonly action: string;
  readonly titre: string;
  readonly bouton: string;
  readonly renoncer: string;
  readonly version?: number | undefined;
  readonly valeurs: Readonly<Record<string, string>>;
  readonly membres: readonly string[];
  readonly erreurs: ErreursFormulaire;
  readonly possibles: readonly Choisissable[];
  readonly vagues: readonly VagueADecider[];
};

/** Prepares a session, or changes one that is being prepared. */
export function PageFormulaireSeance(props: FormulaireSeanceProps) {
  const { action, titre, bouton, renoncer, version, valeurs, membres, erreurs, possibles, vagues } = props;
  const personnes = possibles.map(({ id, nom }) => ({ valeur: id, libelle: nom }));
  return (
    <div class="maillage-etroit">
      <h1>{titre}</h1>
      <ResumeErreurs erreurs={erreurs} />
      {possibles.length < 2 ? (
        <p>
          Il faut au moins deux personnes qui ont le rôle de membre du comité&nbsp;: l’une préside, l’autre
          rédige. <a href="/personnes">Donner ce rôle à une personne</a>
        </p>
      ) : null}
      <form method="post" action={action} novalidate>
        {version === undefined ? null : <input type="hidden" name="version" value={version} />}
        <ListeChoix
          nom="vague"
          libelle="Vague dont la séance décide"
          obligatoire
          valeur={valeurs['vague']}
          erreurs={erreurs}
          choix={vagues.map(({ id, nom, instruites }) => ({
            valeur: id,
            libelle: `${nom} (${pluriel(instruites, 'dossier à décider', 'dossiers à décider')})`,
          }))}
        />
        <ChampSaisie
          nom="numero"
          libelle="Numéro de la séance"
          type="entier"
          obligatoire
          valeur={valeurs['numero']}
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="date"
          libelle="Date de la séance"
          type="date"
          obligatoire
          valeur={valeurs['date']}
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="lieu"
          libelle="Lieu"
          indication="Une adresse, ou « visioconférence »."
          longueur={200}
          valeur={valeurs['lieu']}
          erreurs={erreurs}
        />
        <ZoneTexte
          nom="ordre_du_jour"
          libelle="Ordre du jour"
          longueur={3000}
          valeur={valeurs['ordre_du_jour']}
          erreurs={erreurs}
        />
        <ListeChoix
          nom="president"
          libelle="Qui préside"
          obligatoire
          choix={personnes}
          valeur={valeurs['president']}
          erreurs={erreurs}
        />
        <ListeChoix
          nom="secretaire"
          libelle="Qui rédige"
          indication="Cette personne note les présences et enregistre les décisions."
          obligatoire
          choix={personnes}
          valeur={valeurs['secretaire']}
          erreurs={erreurs}
        />
        <ChoixMultiples
          nom="membres"
          libelle="Autres membres"
          choix={personnes}
          valeurs={membres}
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="quorum"
          libelle="Quorum"
          indication="Nombre de membres présents sans lequel la séance ne s’ouvre pas, président et secrétaire compris."
          type="entier"
          obligatoire
          valeur={valeurs['quorum']}
          erreurs={erreurs}
        />
        <div class="maillage-actions">
          <button class="fr-btn" type="submit">
            {bouton}
          </button>
          <a class="fr-link" href={renoncer}>
            Renoncer
          </a>
        </div>
      </form>
    </div>
  );
}

function Presences({
  seance,
  membres,
  tient,
}: {
  readonly seance: Seance;
  readonly membres: readonly MembreDeSeance[];
  readonly tient: boolean;
}) {
  const presents = membres.filter(({ present }) => present).length;
  if (!tient || seance.statut === 'close')
    return (
      <Tableau
        legende="Membres de la séance"
        colonnes={[
          { cle: 'nom', titre: 'Membre', cellule: ({ nom }) => nom },
          { cle: 'fonction', titre: 'Fonction', cellule: ({ fonction }) => fonctions[fonction] },
          { cle: 'present', titre: 'Présence', cellule: ({ present }) => (present ? 'présent' : 'absent') },
        ]}
        lignes={membres}
        cle={({ id }) => id}
        vide="Aucun membre."
      />
    );
  return (
    <form method="post" action={`/comite/${seance.id}/presences`}>
      <ChoixMultiples
        nom="presents"
        libelle={`Membres présents (${pluriel(presents, 'noté', 'notés')}, quorum de ${seance.quorum})`}
        choix={membres.map(({ id, nom, fonction }) => ({
          valeur: id,
          libelle: `${nom}, ${fonctions[fonction].toLowerCase()}`,
        }))}
        valeurs={membres.flatMap(({ id, present }) => (present ? [id] : []))}
      />
      <button class="fr-btn fr-btn--secondary" type="submit">
        Noter les présences
      </button>
    </form>
  );
}

/** One session: what it is about, who is there, where it stands, what to do. */
export function PageSeance({
  seance,
  membres,
  jauges,
  avancement,
  suivi,
  administrateur,
  empechement,
  vu,
}: {
  readonly seance: Seance;
  readonly membres: readonly MembreDeSeance[];
  readonly jauges: Jauges;
  /** Of a closed session. */
  readonly avancement: Avancement | undefined;
  readonly suivi: boolean;
  readonly administrateur: boolean;
  /** Why a closed session is not reopened; undefined where it may be. */
  readonly empechement: string | undefined;
  readonly vu: Vu;
}) {
  const tient = tientLaSeance(seance.fonction, administrateur);
  const etrangetes = etrangetesDeDate(seance);
  const base = `/comite/${seance.id}`;
  return (
    <Cadre
      seance={seance}
      onglet="seance"
      administrateur={administrateur}
      vu={vu}
      titre={nomDeSeance(seance)}
    >
      <dl class="maillage-fiche">
        <div>
          <dt>Date</dt>
          <dd>{dateLongue(seance.date)}</dd>
        </div>
        {seance.lieu === null ? null : (
          <div>
            <dt>Lieu</dt>
            <dd>{seance.lieu}</dd>
          </div>
        )}
        {seance.ordreDuJour === null ? null : (
          <div>
            <dt>Ordre du jour</dt>
            <dd class="maillage-commentaire">{seance.ordreDuJour}</dd>
          </div>
        )}
        {seance.fonction === null ? null : (
          <div>
            <dt>Votre fonction</dt>
            <dd>{fonctions[seance.fonction]}</dd>
          </div>
        )}
        {seance.ouverteLe === null ? null : (
          <div>
            <dt>Ouverte</dt>
            <dd>{instantLong(seance.ouverteLe)}</dd>
          </div>
        )}
        {seance.statut === 'close' && seance.closeLe !== null ? (
          <div>
            <dt>Close</dt>
            <dd>{instantLong(seance.closeLe)}</dd>
          </div>
        ) : null}
      </dl>
      {administrateur && seance.statut === 'preparation' ? (
        <p class="maillage-actions">
          <a class="fr-link" href={`${base}/modifier`}>
            Modifier la séance
          </a>{' '}
          <a class="fr-link" href={`${base}/supprimer`}>
            Supprimer la séance
          </a>
        </p>
      ) : null}
      {avancement === undefined ? null : (
        <Documents seance={seance.id} avancement={avancement} suivi={suivi} />
      )}
      <JaugesDeSeance jauges={jauges} />
      <section aria-labelledby="membres">
        <h2 id="membres">Membres</h2>
        <Presences seance={seance} membres={membres} tient={tient} />
      </section>
      {tient && seance.statut === 'preparation' ? (
        <section aria-labelledby="ouvrir">
          <h2 id="ouvrir">Ouvrir la séance</h2>
          <p>
            Notez d’abord les présences. Une fois la séance ouverte, le président et le secrétaire
            enregistrent les décisions. Le procès-verbal et les lettres portent la date du{' '}
            {dateLongue(seance.date)}&nbsp;: si la séance se tient un autre jour,{' '}
            {administrateur ? (
              <a href={`${base}/modifier`}>changez-la d’abord</a>
            ) : (
              'demandez d’abord à un administrateur de la changer'
            )}
            .
          </p>
          {etrangetes.length === 0 ? null : (
            <Alerte ton="attention" titre="Vérifiez la date" niveau={3}>
              <ul>
                {etrangetes.map((phrase) => (
                  <li key={phrase}>{phrase}</li>
                ))}
              </ul>
            </Alerte>
          )}
          <form method="post" action={`${base}/ouvrir`}>
            <input type="hidden" name="version" value={seance.version} />
            <button class="fr-btn" type="submit">
              Ouvrir la séance
            </button>
          </form>
        </section>
      ) : null}
      {tient && seance.statut === 'ouverte' ? (
        <section aria-labelledby="clore">
          <h2 id="clore">Clore la séance</h2>
          <p>La page suivante dit ce que la clôture produira et ce qui reste à décider.</p>
          <p>
            <a class="fr-btn" href={`${base}/cloture`}>
              Préparer la clôture
            </a>
          </p>
        </section>
      ) : null}
      {administrateur && seance.statut === 'close' ? (
        <Reouverture base={base} version={seance.version} empechement={empechement} vu={vu} />
      ) : null}
    </Cadre>
  );
}
