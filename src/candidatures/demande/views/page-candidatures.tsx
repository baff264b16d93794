import { Badge, EtatVide, type Ton } from '../../../platform/views/messages.tsx';
import { ecrireBorne } from '../dates.rules.ts';
import type { CandidatureListee, VagueProposee } from '../store.ts';

const tons: Readonly<Record<string, Ton>> = {
  deposee: 'info',
  instruite: 'info',
  en_correction: 'attention',
  retenue: 'succes',
  refusee: 'erreur',
};

export function StatutCandidature({
  statut,
  libelle,
}: {
  readonly statut: string;
  readonly libelle: string;
}) {
  return <Badge ton={tons[statut] ?? 'neutre'}>{libelle}</Badge>;
}

function Vague({ vague }: { readonly vague: VagueProposee }) {
  return (
    <li class="maillage-vague">
      <h3>{vague.nom}</h3>
      {vague.etat === 'ouverte' ? (
        <p>
          {vague.fermeture === null
            ? 'Ouverte, sans date de clôture annoncée.'
            : `Ouverte, elle ferme ${ecrireBorne(vague.fermeture)}.`}
        </p>
      ) : (
        <p>
          {vague.ouverte === null
            ? 'Pas encore ouverte.'
            : `Pas encore ouverte\u00a0: elle ouvre ${ecrireBorne(vague.ouverte)}.`}
        </p>
      )}
      {vague.active !== null ? (
        <a class="fr-link" href={`/candidatures/${vague.active}`}>
          Voir votre candidature à cette vague
        </a>
      ) : vague.etat !== 'ouverte' ? null : vague.departementOuvert ? (
        <a class="fr-btn" href={`/candidatures/nouvelle?vague=${vague.id}`}>
          Candidater à «&nbsp;{vague.nom}&nbsp;»
        </a>
      ) : (
        <p>
          Elle n’est pas ouverte dans le département de votre structure. Votre préfecture vous dira quand la
          suivante le sera.
        </p>
      )}
    </li>
  );
}

/** The applications of a structure, and where it may apply. */
export function PageCandidatures({
  structure,
  candidatures,
  vagues,
}: {
  readonly structure: string;
  readonly candidatures: readonly (CandidatureListee & { readonly etat: string })[];
  readonly vagues: readonly VagueProposee[];
}) {
  return (
    <>
      <h1>Candidatures</h1>
      <p class="fr-text--lead">{structure}</p>
      <h2>Vos candidatures</h2>
      {candidatures.length === 0 ? (
        <EtatVide titre="Aucune candidature pour l’instant">
          <p>
            {vagues.some(({ etat }) => etat === 'ouverte')
              ? 'Choisissez une vague ouverte ci-dessous pour commencer.'
              : 'Quand une vague ouvrira, vous pourrez candidater depuis cette page.'}
          </p>
        </EtatVide>
      ) : (
        <ul class="maillage-candidatures">
          {candidatures.map((candidature) => (
            <li key={candidature.id}>
              <a class="fr-link" href={`/candidatures/${candidature.id}`}>
                {candidature.vague}, candidature n°&nbsp;{candidature.numero}
              </a>{' '}
              <StatutCandidature statut={candidature.statut} libelle={candidature.etat} />
              {candidature.statut === 'brouillon' ? (
                <p>
                  {candidature.etatVague === 'annulee'
                    ? 'La vague est annulée\u00a0: ce brouillon ne sera pas déposé.'
                    : candidature.etatVague === 'close'
                      ? 'La vague est close\u00a0: ce brouillon n’a pas été déposé à temps.'
                      : candidature.fermeture === null
                        ? 'À déposer avant la clôture.'
                        : `À déposer au plus tard ${ecrireBorne(candidature.fermeture)}.`}
                </p>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      <h2>Vagues</h2>
      {vagues.length === 0 ? (
        <EtatVide titre="Aucune vague n’est ouverte ni annoncée" />
      ) : (
        <ul class="maillage-candidatures">
          {vagues.map((vague) => (
            <Vague key={vague.id} vague={vague} />
          ))}
        </ul>
      )}
    </>
  );
}

/** Asks before a draft is made: for which wave, and what comes next. */
export function PageNouvelle({
  structure,
  vague,
  refus,
}: {
  readonly structure: string;
  readonly vague: VagueProposee;
  readonly refus: { readonly message: string; readonly active: string | undefined } | undefined;
}) {
  return (
    <div class="maillage-etroit">
      <h1>Candidater à «&nbsp;{vague.nom}&nbsp;»</h1>
      {refus === undefined ? (
        <>
          <p>
            Au nom de <strong>{structure}</strong>.{' '}
            {vague.fermeture === null ? '' : `La vague ferme ${ecrireBorne(vague.fermeture)}.`}
          </p>
          <p>
            Le formulaire tient en quelques pages courtes. Ce que vous écrivez est enregistré à chaque
            page&nbsp;: vous pouvez l’interrompre et le reprendre. Vos collègues qui gèrent la structure
            peuvent l’écrire avec vous&nbsp;; vous seul le déposez, sauf si vous le permettez à d’autres.
          </p>
          <p>
            Préparez le SIRET de la structure, les coordonnées de son représentant légal, les lieux d’accueil
            prévus, le nombre de postes et le salaire envisagé.
          </p>
          <form method="post" action="/candidatures/nouvelle">
            <input type="hidden" name="vague" value={vague.id} />
            <div class="maillage-actions">
              <button class="fr-btn" type="submit">
                Commencer la candidature
              </button>
              <a class="fr-link" href="/candidatures">
                Revenir aux candidatures
              </a>
            </div>
          </form>
        </>
      ) : (
        <>
          <p>{refus.message}</p>
          <div class="maillage-actions">
            {refus.active === undefined ? null : (
              <a class="fr-btn" href={`/candidatures/${refus.active}`}>
                Voir la candidature en cours
              </a>
            )}
            <a class="fr-link" href="/candidatures">
              Revenir aux candidatures
            </a>
          </div>
        </>
      )}
    </div>
  );
}
