import type { ComponentChildren } from 'preact';
import { dateLongue, euros, instantLong, pluriel } from '../../platform/francais/index.ts';
import type { Evenement } from '../../platform/historique.ts';
import { ChampFichier, type ErreursFormulaire, ResumeErreurs } from '../../platform/views/champs.tsx';
import { ActeFait, Confirmation } from '../../platform/views/confirmation.tsx';
import { Etapier } from '../../platform/views/etapes.tsx';
import { Historique } from '../../platform/views/historique.tsx';
import { Telechargements } from '../../platform/views/liens.tsx';
import { Alerte } from '../../platform/views/messages.tsx';
import { Progression, SuivreProgression } from '../../platform/views/progression.tsx';
import type { Depot } from '../import/depot.store.ts';
import type { ImportEnregistre } from '../import/rapport.store.ts';
import {
  AbsentesImport,
  BilanImport,
  type Lignes,
  LignesImport,
  PageImport,
  SuitesImport,
} from './page-import.tsx';

const etapes = ['Choisir le fichier', 'Relire l’aperçu', 'Importer'];

/** The form that sends a file, with what it must hold. */
export function PageNouvelImport({ erreurs }: { readonly erreurs: ErreursFormulaire }) {
  return (
    <>
      <h1>Importer un fichier du comité</h1>
      <ResumeErreurs erreurs={erreurs} />
      <Etapier etapes={etapes} etape={1} />
      <p>
        Rien n’est écrit à cette étape&nbsp;: vous verrez d’abord, ligne par ligne, ce que l’import ferait.
      </p>
      <form method="post" action="/administration/imports/nouveau" enctype="multipart/form-data">
        <ChampFichier
          nom="fichier"
          libelle="Fichier du comité de sélection"
          indication="Format CSV, 5 Mo au plus (environ 25 000 lignes)."
          types=".csv,.txt,text/csv"
          obligatoire
          erreurs={erreurs}
        />
        <div class="maillage-actions">
          <button class="fr-btn" type="submit">
            Préparer l’aperçu
          </button>
          <a class="fr-link" href="/administration/imports">
            Revenir aux imports
          </a>
        </div>
      </form>
      <section aria-labelledby="attendu">
        <h2 id="attendu">Ce que le fichier doit contenir</h2>
        <ul>
          <li>Une ligne d’en-têtes, puis une ligne par décision.</li>
          <li>
            Au moins le nombre de postes, la date du comité, et le SIRET ou la raison sociale avec la commune.
          </li>
          <li>
            L’ordre et le nom des colonnes, le séparateur et l’encodage (UTF-8 ou Windows) sont reconnus.
          </li>
          <li>
            Un classeur (XLSX, ODS) n’est pas lu&nbsp;: enregistrez-le au format «&nbsp;CSV UTF-8&nbsp;».
          </li>
        </ul>
        <Telechargements
          fichiers={[
            {
              texte: 'Modèle de fichier, avec une ligne d’exemple',
              href: '/administration/imports/modele.csv',
              detail: 'CSV',
            },
          ]}
        />
      </section>
    </>
  );
}

const messagesFaits = {
  depose: 'Le fichier est déposé.',
  confirme: 'L’import est lancé.',
  repris: 'L’aperçu va être refait.',
  abandonne: 'L’import est abandonné\u00a0: rien n’a été écrit et le fichier est effacé.',
} as const;
export const faits = ['depose', 'confirme', 'repris', 'abandonne'] as const;

export type PageDepotProps = {
  readonly depot: Depot;
  readonly adresse: string;
  readonly fait?: (typeof faits)[number] | undefined;
  /** Why what was just asked is refused. */
  readonly refus?: string | undefined;
  /** The page is asked for again by itself. */
  readonly suivi: boolean;
  /** Rows of the preview or of the report, where there is one. */
  readonly lignes?: Lignes | undefined;
  readonly rapport?: ImportEnregistre | undefined;
  /** What was done to it, newest first. */
  readonly historique: readonly Evenement[];
};

function Bouton({
  depot,
  adresse,
  acte,
  children,
}: {
  readonly depot: Depot;
  readonly adresse: string;
  readonly acte: 'reprendre' | 'abandonner';
  readonly children: ComponentChildren;
}) {
  return (
    <form method="post" action={`${adresse}/${acte}`}>
      <input type="hidden" name="version" value={depot.version} />
      <button class="fr-btn fr-btn--secondary" type="submit">
        {children}
      </button>
    </form>
  );
}

const attentes = {
  depose: {
    attente: 'L’aperçu commence dans un instant, ou dès que le travail en cours se termine.',
    lecture: 'Le fichier est lu ligne par ligne.',
    ecriture: 'Les lignes sont rapprochées de ce qui est déjà connu.',
  },
  confirme: {
    attente: 'L’import commence dans un instant, ou dès que l’import en cours se termine.',
    lecture: 'Le fichier est lu de nouveau, ligne par ligne.',
    ecriture: 'Les décisions sont écrites en base, toutes ensemble.',
  },
} as const;

/** What is under way, and how to follow it. */
function EnCours({ depot, adresse, suivi }: PageDepotProps) {
  const simulation = depot.statut === 'depose';
  return (
    <>
      <Progression
        id="progression"
        titre={simulation ? 'Aperçu' : 'Import'}
        etat="en-cours"
        valeur={depot.lignesFaites}
        maximum={depot.lignes}
        quoi="lignes lues"
        texte={<p>{attentes[simulation ? 'depose' : 'confirme'][depot.etape]}</p>}
      >
        <SuivreProgression adresse={adresse} suivi={suivi} />
      </Progression>
      <p>
        {simulation
          ? 'Vous pouvez fermer cette page et revenir plus tard.'
          : 'Vous pouvez fermer cette page\u00a0: un courriel vous dira quand l’import est terminé.'}
      </p>
      <Bouton depot={depot} adresse={adresse} acte="abandonner">
        {simulation ? 'Abandonner' : 'Arrêter l’import'}
      </Bouton>
    </>
  );
}

function Avertissements({ depot }: { readonly depot: Depot }) {
  const { bilan } = depot;
  return (
    <>
      {depot.message === null ? null : (
        <Alerte ton="attention" titre="Aperçu refait" niveau={2}>
          <p>{depot.message}</p>
        </Alerte>
      )}
      {depot.autreImportLe === null ? null : (
        <Alerte ton="attention" titre="La base a changé depuis cet aperçu" niveau={2}>
          <p>
            Un autre import s’est terminé le {instantLong(depot.autreImportLe)}. Refaites l’aperçu avant de
            confirmer.
          </p>
        </Alerte>
      )}
      {depot.dejaImporteLe === null || depot.autreImportLe !== null ? null : (
        <Alerte ton="info" titre="Ce fichier a déjà été importé" niveau={2}>
          <p>Le même fichier, à l’octet près, a été importé le {instantLong(depot.dejaImporteLe)}.</p>
        </Alerte>
      )}
      {bilan !== null && bilan.rejetees > 0 ? (
        <Alerte
          ton="attention"
          titre={pluriel(bilan.rejetees, 'ligne serait rejetée', 'lignes seraient rejetées')}
          niveau={2}
        >
          <p>
            Vous pouvez corriger le fichier et le déposer de nouveau, ou importer le reste et corriger ces
            lignes ensuite&nbsp;: elles se téléchargent ci-dessous, avec leurs motifs.
          </p>
        </Alerte>
      ) : null}
    </>
  );
}

function Apercu(props: PageDepotProps) {
  const { depot, adresse, lignes } = props;
  const { bilan } = depot;
  if (bilan === null || lignes === undefined) return null;
  const rien = bilan.creees + bilan.modifiees === 0;
  return (
    <>
      <Avertissements depot={depot} />
      <p class="fr-text--lead">
        Aperçu du {instantLong(depot.simuleLe ?? depot.creeLe)}&nbsp;: rien n’est encore écrit. Sans
        confirmation, le fichier est effacé le {dateLongue(depot.expireLe.slice(0, 10))}.
      </p>
      <BilanImport bilan={bilan} adresse={adresse} />
      <LignesImport lignes={lignes} adresse={adresse} />
      <AbsentesImport absentes={bilan.listeAbsentes} />
      {depot.autreImportLe === null ? (
        <Confirmation
          id="confirmer"
          titre={`Importer «\u00a0${depot.fichier}\u00a0»\u00a0?`}
          effets={[
            rien
              ? 'aucune décision ne change\u00a0: toutes les lignes comprises sont déjà connues'
              : `${pluriel(bilan.creees, 'ligne est créée', 'lignes sont créées')} et ${pluriel(bilan.modifiees, 'ligne est modifiée', 'lignes sont modifiées')}, toutes ensemble ou aucune`,
            ...(bilan.rejetees === 0
              ? []
              : [
                  `${pluriel(bilan.rejetees, 'ligne rejetée est laissée', 'lignes rejetées sont laissées')} de côté`,
                ]),
            `le fichier engage en tout ${euros(bilan.montant_centimes)} de l’enveloppe`,
            'aucune décision n’est annoncée au public\u00a0: cela se fait séance par séance',
            'vous recevez un courriel quand l’import est terminé',
          ]}
          action={`${adresse}/confirmer`}
          champs={{ version: String(depot.version) }}
          bouton="Importer ces décisions"
          renoncer={{ texte: 'Revenir aux imports', href: '/administration/imports' }}
        />
      ) : null}
      <div class="maillage-actions">
        <Bouton depot={depot} adresse={adresse} acte="reprendre">
          Refaire l’aperçu
        </Bouton>
        <Bouton depot={depot} adresse={adresse} acte="abandonner">
          Abandonner cet import
        </Bouton>
      </div>
    </>
  );
}

function Echec({ depot, adresse }: PageDepotProps) {
  return (
    <>
      <Progression
        id="progression"
        titre="Import"
        etat="echouee"
        valeur={depot.lignesFaites}
        maximum={depot.lignes}
        quoi="lignes lues"
        texte={<p>{depot.message ?? 'Rien n’a été importé.'}</p>}
      />
      <div class="maillage-actions">
        <Bouton depot={depot} adresse={adresse} acte="reprendre">
          Refaire l’aperçu
        </Bouton>
        <Bouton depot={depot} adresse={adresse} acte="abandonner">
          Abandonner cet import
        </Bouton>
      </div>
    </>
  );
}

const etapeDe = (depot: Depot): number =>
  depot.statut === 'confirme' || (depot.statut === 'echoue' && depot.confirmeLe !== null) ? 3 : 2;

function Corps(props: PageDepotProps) {
  const { depot } = props;
  switch (depot.statut) {
    case 'depose':
    case 'confirme':
      return <EnCours {...props} />;
    case 'simule':
      return <Apercu {...props} />;
    case 'echoue':
      return <Echec {...props} />;
    default:
      return <p>{depot.message ?? 'Cet import a été abandonné\u00a0: rien n’a été écrit.'}</p>;
  }
}

/** A file sent: how far its preview or its import has got, what it would do, or what it did. */
export function PageDepot(props: PageDepotProps) {
  const { depot, adresse, fait, refus, rapport, lignes, historique } = props;
  const faitVisible = fait !== undefined && refus === undefined;
  return (
    <>
      {faitVisible ? <ActeFait>{messagesFaits[fait]}</ActeFait> : null}
      {rapport !== undefined && lignes !== undefined ? (
        <>
          <PageImport rapport={rapport} lignes={lignes} adresse={adresse} />
          <SuitesImport rapport={rapport} />
        </>
      ) : (
        <>
          <h1>Import de «&nbsp;{depot.fichier}&nbsp;»</h1>
          {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
          {depot.statut === 'abandonne' ? null : <Etapier etapes={etapes} etape={etapeDe(depot)} />}
          <Corps {...props} />
        </>
      )}
      <section aria-labelledby="historique">
        <h2 id="historique">Historique</h2>
        <Historique nom="Historique de l’import" evenements={historique} vide="" />
      </section>
      <p>
        <a class="fr-link" href="/administration/imports">
          Tous les imports
        </a>
      </p>
    </>
  );
}
