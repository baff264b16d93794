import { dateLongue, instantLong } from '../../platform/francais/index.ts';
import { ChampSaisie, type ErreursFormulaire, ResumeErreurs } from '../../platform/views/champs.tsx';
import { Etapier } from '../../platform/views/etapes.tsx';
import { Alerte, EtatVide } from '../../platform/views/messages.tsx';
import { essaisMax } from '../revendications/revendications.rules.ts';
import type { RevendicationLue, StructureAnnoncee } from '../revendications/revendications.store.ts';
import { ChampsIdentite, type Valeurs } from './champs-role.tsx';

const etapes = [
  'Trouver la structure',
  'Vous présenter',
  'Confirmer votre adresse',
  'Recopier le code du courrier',
];

const nomDe = ({ nom, commune }: Pick<StructureAnnoncee, 'nom' | 'commune'>): string =>
  commune === null ? nom : `${nom} – ${commune}`;

/** First step: which structure. */
export function PageChercherStructure({
  texte,
  trouvees,
  limite,
  erreurs,
}: {
  readonly texte: string | undefined;
  readonly trouvees: readonly StructureAnnoncee[] | undefined;
  /** Structures shown at once. */
  readonly limite: number;
  readonly erreurs: ErreursFormulaire;
}) {
  return (
    <div class="maillage-etroit">
      <h1>Demander l’accès d’une structure</h1>
      <ResumeErreurs erreurs={erreurs} />
      <Etapier etapes={etapes} etape={1} />
      <p>
        Votre structure accueille des conseillers numériques et n’a pas encore de compte&nbsp;? La préfecture
        lui envoie un code par la poste, qui prouve que la demande vient d’elle. Vous avez déjà un
        compte&nbsp;? <a href="/connexion">Connectez-vous</a>.
      </p>
      <form method="get" action="/revendication">
        <ChampSaisie
          nom="q"
          libelle="SIRET, RIDET, numéro TAHITI, nom ou commune de la structure"
          autocomplete="off"
          longueur={100}
          valeur={texte}
          erreurs={erreurs}
        />
        <input type="hidden" name="chercher" value="oui" />
        <button class="fr-btn" type="submit">
          Chercher
        </button>
      </form>
      {trouvees === undefined ? null : trouvees.length === 0 ? (
        <EtatVide titre="Aucune structure" niveau={2}>
          <p>
            Aucune structure retenue et annoncée ne répond à cette recherche. Vérifiez le numéro, ou essayez
            le nom de la commune.
          </p>
        </EtatVide>
      ) : (
        <>
          <h2>Choisissez la structure</h2>
          <ul class="maillage-liens">
            {trouvees.slice(0, limite).map((structure) => (
              <li key={structure.id}>
                <a class="fr-link" href={`/revendication?structure=${structure.id}`}>
                  {nomDe(structure)}
                </a>
                {structure.identifiant === null ? null : (
                  <span class="maillage-liens__detail"> {structure.identifiant}</span>
                )}
              </li>
            ))}
          </ul>
          {trouvees.length > limite ? (
            <p>D’autres structures répondent à cette recherche&nbsp;: précisez-la.</p>
          ) : null}
        </>
      )}
    </div>
  );
}

/** Second step: who asks. */
export function PageSePresenter({
  structure,
  geree,
  valeurs,
  erreurs,
}: {
  readonly structure: StructureAnnoncee;
  /** It has a manager already: who, is not said. */
  readonly geree: boolean;
  readonly valeurs: Valeurs;
  readonly erreurs: ErreursFormulaire;
}) {
  return (
    <div class="maillage-etroit">
      <h1>Demander l’accès&nbsp;: {structure.nom}</h1>
      <Etapier etapes={etapes} etape={2} />
      <ResumeErreurs erreurs={erreurs} />
      <p>
        {nomDe(structure)}. <a href="/revendication">Choisir une autre structure</a>.
      </p>
      {geree ? (
        <Alerte ton="attention" titre="Cette structure est déjà gérée" niveau={2}>
          <p>
            Une personne la gère déjà dans Maillage. Si vous y travaillez, demandez-lui plutôt une
            invitation&nbsp;: c’est plus rapide. Si elle est partie, faites votre demande ici.
          </p>
        </Alerte>
      ) : null}
      <form method="post" action="/revendication" novalidate>
        <input type="hidden" name="structure" value={structure.id} />
        <ChampsIdentite valeurs={valeurs} erreurs={erreurs} propres />
        <ChampSaisie
          nom="fonction"
          libelle="Fonction dans la structure"
          indication="Par exemple directrice, secrétaire de mairie."
          autocomplete="organization-title"
          obligatoire
          longueur={100}
          valeur={valeurs['fonction']}
          erreurs={erreurs}
        />
        <p class="fr-text--sm">
          Ces renseignements sont lus par la préfecture du département et par l’administration du programme,
          pour traiter votre demande.
        </p>
        <button class="fr-btn" type="submit">
          Envoyer la demande
        </button>
      </form>
    </div>
  );
}

/** The same for every address: nobody learns who has an account, or has asked already. */
export function PageDemandeEnvoyee({ demonstration }: { readonly demonstration: boolean }) {
  return (
    <div class="maillage-etroit">
      <h1>Consultez votre messagerie</h1>
      <Etapier etapes={etapes} etape={3} />
      <p class="fr-text--lead">Un courriel vient de partir à l’adresse que vous avez écrite.</p>
      <ul>
        <li>
          Ouvrez son lien pour confirmer votre adresse, et gardez-le&nbsp;: il sert aussi à écrire le code.
        </li>
        <li>Regardez aussi dans les courriers indésirables.</li>
        <li>Rien n’arrive&nbsp;? Vérifiez l’adresse, ou écrivez à la préfecture de votre département.</li>
      </ul>
      {demonstration ? (
        <p>
          Dans la démonstration, <a href="/demonstration/courriels">les courriels se lisent ici</a>.
        </p>
      ) : null}
    </div>
  );
}

function Suite({
  revendication,
  secret,
  erreurs,
}: {
  readonly revendication: RevendicationLue;
  readonly secret: string;
  readonly erreurs: ErreursFormulaire;
}) {
  const { etat, creeLe, codeExpireLe, codeExpire, essais } = revendication;
  switch (etat) {
    case 'a_confirmer':
      return (
        <>
          <Etapier etapes={etapes} etape={3} />
          <p>
            Confirmez que {revendication.courriel} est bien votre adresse. La préfecture est prévenue ensuite.
          </p>
          <form method="post" action={`/revendication/${secret}/confirmer`}>
            <button class="fr-btn" type="submit">
              Confirmer mon adresse
            </button>
          </form>
        </>
      );
    case 'demandee':
      return (
        <>
          <Etapier etapes={etapes} etape={4} />
          <p>
            Votre demande du {instantLong(creeLe)} est chez la préfecture. Elle enverra un courrier à
            l’adresse postale de la structure. Revenez ici par le même lien quand il est arrivé.
          </p>
        </>
      );
    case 'courrier_edite':
      return codeExpire || essais >= essaisMax ? (
        <Alerte ton="attention" titre="Ce code ne sert plus" niveau={2}>
          <p>
            {codeExpire
              ? 'Le code du dernier courrier a expiré.'
              : `Les ${essaisMax} essais de ce code sont passés.`}{' '}
            Demandez un nouveau courrier à la préfecture de votre département.
          </p>
        </Alerte>
      ) : (
        <>
          <Etapier etapes={etapes} etape={4} />
          <ResumeErreurs erreurs={erreurs} />
          <p>
            La préfecture a préparé le courrier.
            {codeExpireLe === null ? '' : ` Son code sert jusqu’au ${dateLongue(codeExpireLe.slice(0, 10))}.`}
          </p>
          <form method="post" action={`/revendication/${secret}/code`} novalidate>
            <ChampSaisie
              nom="code"
              libelle="Code du courrier"
              indication={`8 signes, par exemple ABCD-2345. Essais restants : ${essaisMax - essais}.`}
              autocomplete="one-time-code"
              obligatoire
              largeur="moyenne"
              longueur={20}
              erreurs={erreurs}
            />
            <button class="fr-btn" type="submit">
              Vérifier le code
            </button>
          </form>
        </>
      );
    case 'code_verifie':
      return (
        <Alerte ton="succes" titre="Le code est bon" niveau={2}>
          <p>La préfecture va confirmer votre demande. Un courriel vous ouvrira ensuite l’accès.</p>
        </Alerte>
      );
    case 'confirmee':
      return (
        <Alerte ton="succes" titre="Votre demande est confirmée" niveau={2}>
          <p>
            Ouvrez l’invitation que vous avez reçue par courriel, ou <a href="/connexion">connectez-vous</a>{' '}
            si vous l’avez déjà acceptée.
          </p>
        </Alerte>
      );
    case 'refusee':
      return (
        <Alerte ton="attention" titre="Votre demande est refusée" niveau={2}>
          <p>Le motif est dans le courriel que vous avez reçu.</p>
        </Alerte>
      );
    default:
      return (
        <Alerte ton="attention" titre="Votre demande a expiré" niveau={2}>
          <p>
            <a href={`/revendication?structure=${revendication.structure}`}>Refaites-la</a> avec la même
            adresse.
          </p>
        </Alerte>
      );
  }
}

/** Where a claim stands, for whoever made it. */
export function PageSuivre(props: Parameters<typeof Suite>[0]) {
  return (
    <div class="maillage-etroit">
      <h1>Votre demande&nbsp;: {props.revendication.structureNom}</h1>
      <Suite {...props} />
    </div>
  );
}

export function PageLienDeDemandePerime() {
  return (
    <div class="maillage-etroit">
      <h1>Ce lien ne sert plus</h1>
      <p class="fr-text--lead">Un lien plus récent l’a remplacé, ou il est incomplet.</p>
      <p>
        <a class="fr-btn" href="/revendication">
          Refaire la demande
        </a>
      </p>
    </div>
  );
}
