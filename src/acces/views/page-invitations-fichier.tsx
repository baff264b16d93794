import { accord, capitale, nombre, pluriel } from '../../platform/francais/index.ts';
import {
  ChampFichier,
  ChoixMultiples,
  type ErreursFormulaire,
  ResumeErreurs,
} from '../../platform/views/champs.tsx';
import { Alerte } from '../../platform/views/messages.tsx';
import { Pagination } from '../../platform/views/pagination.tsx';
import { Progression, SuivreProgression } from '../../platform/views/progression.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import {
  colonnesObligatoires,
  type LigneDeLot,
  lignesMax,
  lireRoleEcrit,
} from '../invitations/invitations.rules.ts';
import type { Lot } from '../invitations/invitations-fichier.store.ts';
import { nomDeRole } from '../rules.ts';

/** Sends a file of invitations; nobody is invited before its preview is confirmed. */
export function PageFichier({ erreurs }: { readonly erreurs: ErreursFormulaire }) {
  return (
    <div class="maillage-etroit">
      <h1>Inviter par un fichier</h1>
      <ResumeErreurs erreurs={erreurs} />
      <ol>
        <li>
          <a href="/invitations/fichier/modele.csv" download="">
            Téléchargez le modèle
          </a>{' '}
          (CSV, il s’ouvre dans un tableur).
        </li>
        <li>
          Remplissez une ligne par personne. Les colonnes {colonnesObligatoires.join(', ')} sont obligatoires.
          Le périmètre est le SIRET de la structure, ou le code du département.
        </li>
        <li>Envoyez le fichier&nbsp;: un aperçu montre chaque ligne avant tout envoi de courriel.</li>
      </ol>
      <form method="post" action="/invitations/fichier" enctype="multipart/form-data" novalidate>
        <ChampFichier
          nom="fichier"
          libelle="Fichier des invitations"
          indication={`CSV, ${nombre(lignesMax)} lignes et 1 Mo au plus.`}
          types=".csv,text/csv"
          obligatoire
          erreurs={erreurs}
        />
        <div class="maillage-actions">
          <button class="fr-btn" type="submit">
            Voir l’aperçu
          </button>
          <a class="fr-link" href="/invitations">
            Toutes les invitations
          </a>
        </div>
      </form>
    </div>
  );
}

const parPage = 100;

/** A role under its name; as it was written, where it is not one. */
const nomDuRoleEcrit = (ecrit: string): string => {
  const role = lireRoleEcrit(ecrit);
  return role === undefined ? ecrit : capitale(nomDeRole(role));
};

function Lignes({
  lot,
  page,
  traite,
}: {
  readonly lot: Lot;
  readonly page: number;
  readonly traite: boolean;
}) {
  // What is to be corrected comes first.
  const rang = ({ erreurs, avertissements }: LigneDeLot): number =>
    erreurs.length > 0 ? 0 : avertissements.length > 0 ? 1 : 2;
  const lignes = lot.lignes.toSorted((a, b) => rang(a) - rang(b) || a.ligne - b.ligne);
  return (
    <>
      <Tableau
        legende={traite ? 'Compte rendu, ligne par ligne' : 'Aperçu, ligne par ligne'}
        lignes={lignes.slice((page - 1) * parPage, page * parPage)}
        cle={({ ligne }) => String(ligne)}
        vide="Aucune ligne."
        colonnes={[
          { cle: 'ligne', titre: 'Ligne', entete: true, insecable: true, cellule: ({ ligne }) => ligne },
          {
            cle: 'personne',
            titre: 'Personne',
            brut: true,
            cellule: ({ valeurs: { prenom, nom, courriel } }) => (
              <div class="maillage-apercu-personne">{`${prenom} ${nom} ${courriel}`.trim()}</div>
            ),
          },
          { cle: 'role', titre: 'Rôle', brut: true, cellule: ({ valeurs }) => nomDuRoleEcrit(valeurs.role) },
          {
            cle: 'perimetre',
            titre: 'Périmètre',
            brut: true,
            cellule: ({ valeurs, lieu }) => lieu ?? valeurs.perimetre,
          },
          {
            cle: 'suite',
            titre: traite ? 'Résultat' : 'Ce qui se passera',
            cellule: ({ erreurs, avertissements, envoyee, invitation }) => {
              if (erreurs.length > 0)
                return (
                  <>
                    <strong>Pas d’invitation.</strong> {erreurs.join(' ')}
                    {invitation === undefined ? null : (
                      <>
                        {' '}
                        <a href={`/invitations/${invitation}`}>Voir l’invitation</a>
                      </>
                    )}
                  </>
                );
              if (avertissements.length > 0 && !traite)
                return (
                  <>
                    <strong>À vérifier, et à cocher pour l’envoyer.</strong> {avertissements.join(' ')}
                  </>
                );
              return envoyee === true ? 'Invitation envoyée.' : 'Invitation à envoyer.';
            },
          },
        ]}
      />
      <Pagination
        page={page}
        pages={Math.max(1, Math.ceil(lignes.length / parPage))}
        lien={(number) => `/invitations/fichier/${lot.id}?page=${number}`}
        de="des lignes"
      />
    </>
  );
}

/** How far the lines of a file have left. */
function EnvoiEnCours({ lot, suivi }: { readonly lot: Lot; readonly suivi: boolean }) {
  return (
    <>
      <h1>Envoi des invitations</h1>
      <Progression
        id="progression"
        titre="Envoi"
        etat="en-cours"
        valeur={lot.lignes.filter(({ envoyee }) => envoyee !== undefined).length}
        maximum={lot.lignes.length}
        quoi="lignes traitées"
        texte={<p>Les invitations partent par groupes, dans l’ordre du fichier.</p>}
      >
        <SuivreProgression adresse={`/invitations/fichier/${lot.id}`} suivi={suivi} />
      </Progression>
      <p>
        Vous pouvez fermer cette page&nbsp;: un courriel vous dira quand l’envoi est terminé, et le compte
        rendu restera ici.
      </p>
    </>
  );
}

/** The preview of a file, how far it has left, then its report. */
export function PageLot(props: {
  readonly lot: Lot;
  readonly page: number;
  /** The page asks again by itself. */
  readonly suivi: boolean;
  readonly erreur: string | undefined;
}) {
  const { lot, suivi } = props;
  return lot.demandeeLe !== null && lot.traiteeLe === null ? (
    <EnvoiEnCours lot={lot} suivi={suivi} />
  ) : (
    <ApercuOuCompteRendu {...props} />
  );
}

function ApercuOuCompteRendu({
  lot,
  page,
  erreur,
}: {
  readonly lot: Lot;
  readonly page: number;
  readonly erreur: string | undefined;
}) {
  const traite = lot.traiteeLe !== null;
  const arretees = lot.lignes.filter(({ erreurs }) => erreurs.length > 0).length;
  const bonnes = lot.lignes.length - arretees;
  const aVerifier = lot.lignes.filter(
    ({ erreurs, avertissements }) => erreurs.length === 0 && avertissements.length > 0,
  );
  const sures = bonnes - aVerifier.length;
  return (
    <>
      <h1>{traite ? 'Compte rendu des invitations' : 'Aperçu des invitations'}</h1>
      {erreur === undefined ? null : (
        <Alerte ton="erreur" titre="Rien n’est parti" niveau={2}>
          <p>{erreur}</p>
        </Alerte>
      )}
      {traite ? (
        <Alerte
          ton="succes"
          titre={`${pluriel(bonnes, 'invitation envoyée', 'invitations envoyées')}`}
          niveau={2}
        >
          <p>
            {arretees === 0
              ? 'Toutes les lignes du fichier sont parties.'
              : `${pluriel(arretees, 'ligne n’est pas partie', 'lignes ne sont pas parties')} : corrigez-les et renvoyez-les.`}
          </p>
        </Alerte>
      ) : (
        <>
          <p class="fr-text--lead">
            {pluriel(sures, 'invitation à envoyer', 'invitations à envoyer')},{' '}
            {aVerifier.length === 0
              ? ''
              : `${pluriel(aVerifier.length, 'ligne à vérifier', 'lignes à vérifier')}, `}
            {pluriel(arretees, 'ligne à corriger', 'lignes à corriger')}. Personne n’est encore invité.
          </p>
          {bonnes === 0 ? null : (
            <form class="maillage-envoi" method="post" action={`/invitations/fichier/${lot.id}`}>
              {aVerifier.length === 0 ? null : (
                <ChoixMultiples
                  nom="ligne"
                  libelle="Adresses à vérifier : cochez celles qu’une seule personne lit"
                  indication="Les lignes que vous ne cochez pas ne partent pas."
                  choix={aVerifier.map(({ ligne, valeurs: { courriel, prenom, nom } }) => ({
                    valeur: String(ligne),
                    libelle: `Ligne ${ligne} : ${prenom} ${nom}, ${courriel}`,
                  }))}
                />
              )}
              <button class="fr-btn" type="submit">
                {aVerifier.length > 0
                  ? 'Envoyer les invitations'
                  : `Envoyer ${accord(bonnes, 'l’invitation', `les ${nombre(bonnes)} invitations`)}`}
              </button>
            </form>
          )}
        </>
      )}
      <ul>
        {arretees === 0 ? null : (
          <li>
            <a href={`/invitations/fichier/${lot.id}/erreurs.csv`} download="">
              Télécharger les lignes à corriger
            </a>{' '}
            (CSV, avec leurs raisons)
          </li>
        )}
        <li>
          <a href="/invitations/fichier">Envoyer un autre fichier</a>
        </li>
        <li>
          <a href="/invitations">Toutes les invitations</a>
        </li>
      </ul>
      <Lignes lot={lot} page={page} traite={traite} />
    </>
  );
}
