import { ResumeErreurs } from '../../../platform/views/champs.tsx';
import { ActeFait } from '../../../platform/views/confirmation.tsx';
import { Etapier } from '../../../platform/views/etapes.tsx';
import { Alerte } from '../../../platform/views/messages.tsx';
import type { ChampNomme, Etape } from '../champ.ts';
import { type Contexte, Controle } from './controle.tsx';

export type PageFormulaireProps = {
  readonly id: string;
  readonly vague: string;
  /** `complete`: nothing in it would be refused at submission. */
  readonly etapes: readonly { readonly cle: Etape; readonly titre: string; readonly complete: boolean }[];
  readonly etape: Etape;
  readonly champs: readonly ChampNomme[];
  readonly contexte: Contexte;
  /** What the page was drawn from, sent back with the form. */
  readonly avant: string;
  /** What the préfecture asks to correct. */
  readonly correction: { readonly demande: string; readonly echeance: string } | null;
  /** Who the structure is, where that stands. */
  readonly identite: { readonly identifiant: string; readonly nom: string } | null;
  /** A search of the directory of companies may be asked for. */
  readonly annuaire: boolean;
  readonly fait: string | undefined;
  /** Said above the form: what the directory answered, what a file was refused for. */
  readonly avis: string | undefined;
  readonly enModification: boolean;
  /** The next page, where one may go on though answers are wrong. */
  readonly suivante: string;
};

/** One step of the form. */
export function PageFormulaire(props: PageFormulaireProps) {
  const { id, vague, etapes, etape, champs, contexte, correction, identite, avis, suivante } = props;
  const rang = etapes.findIndex(({ cle }) => cle === etape);
  const enErreur = Object.keys(contexte.erreurs).length > 0;
  const fichiers = etape === 'pieces';
  return (
    <div class="maillage-etroit">
      <h1>
        {etapes[rang]?.titre}
        <span class="maillage-surtitre"> Candidature, {vague}</span>
      </h1>
      <Etapier etapes={etapes.map(({ titre }) => titre)} etape={rang + 1} />
      {props.fait === undefined ? null : <ActeFait>{props.fait}</ActeFait>}
      {avis === undefined ? null : <Alerte ton="attention">{avis}</Alerte>}
      <ResumeErreurs erreurs={contexte.erreurs} />
      {enErreur ? (
        <p>
          Ce que vous avez écrit est enregistré. Vous pouvez{' '}
          <a class="fr-link" href={suivante}>
            continuer sans corriger
          </a>{' '}
          et y revenir avant de déposer.
        </p>
      ) : null}
      {correction === null ? null : (
        <Alerte ton="attention" titre="La préfecture demande une correction" niveau={2}>
          <p class="maillage-texte-libre">{correction.demande}</p>
          <p>
            À renvoyer au plus tard le <strong>{correction.echeance}</strong>. Seules les réponses demandées
            sont ouvertes.
          </p>
        </Alerte>
      )}
      {props.enModification ? (
        <Alerte ton="info">
          Votre candidature est déposée. Ce que vous changez ici ne compte qu’une fois déposé à nouveau.
        </Alerte>
      ) : null}
      {identite === null || etape !== 'structure' ? null : (
        <p>
          <strong>{identite.nom}</strong>, n°&nbsp;{identite.identifiant}. Pour changer le nom ou le numéro de
          la structure, écrivez à votre préfecture.
        </p>
      )}
      <form
        method="post"
        action={`/candidatures/${id}/formulaire/${etape}`}
        enctype={fichiers ? 'multipart/form-data' : undefined}
        novalidate
        data-ilot={fichiers ? undefined : 'brouillon'}
      >
        {/* The key « Enter » takes the first button of a form. */}
        <button class="fr-sr-only" type="submit" name="suite" value="continuer" tabindex={-1}>
          Enregistrer
        </button>
        <input type="hidden" name="avant" value={props.avant} />
        {champs.map((champ) => (
          <Controle key={champ.nom} champ={champ} contexte={contexte} />
        ))}
        {props.annuaire && etape === 'structure' && identite === null ? (
          <p>
            <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit" name="suite" value="annuaire">
              Remplir depuis l’annuaire des entreprises
            </button>
          </p>
        ) : null}
        {fichiers ? (
          <p>
            <button class="fr-btn fr-btn--secondary" type="submit" name="suite" value="joindre">
              Joindre les fichiers choisis
            </button>
          </p>
        ) : null}
        <p class="maillage-enregistrement">
          <output />
        </p>
        <div class="maillage-actions">
          <button class="fr-btn" type="submit" name="suite" value="continuer">
            Enregistrer et continuer
          </button>
          <button class="fr-btn fr-btn--secondary" type="submit" name="suite" value="quitter">
            Enregistrer et quitter
          </button>
        </div>
      </form>
      <nav class="maillage-etapes" aria-label="Étapes de la candidature">
        <ol class="maillage-etapes-liste">
          {etapes.map(({ cle, titre, complete }) => (
            <li key={cle}>
              <a
                class="fr-link"
                href={`/candidatures/${id}/formulaire/${cle}`}
                aria-current={cle === etape ? 'step' : undefined}
              >
                {titre}
              </a>{' '}
              <span class="fr-hint-text">{complete ? 'complète' : 'à compléter'}</span>
            </li>
          ))}
          <li>
            <a class="fr-link" href={`/candidatures/${id}/recapitulatif`}>
              Récapitulatif et dépôt
            </a>
          </li>
        </ol>
      </nav>
    </div>
  );
}
