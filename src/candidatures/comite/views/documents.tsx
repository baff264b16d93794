import { Progression, SuivreProgression } from '../../../platform/views/progression.tsx';
import type { Avancement } from '../../notification/index.ts';

/** Whether all that a closing gives is made. */
export const estFait = ({ lettres, lettresFaites, procesVerbal }: Avancement): boolean =>
  procesVerbal && lettresFaites === lettres;

/** The letters and minutes of a closed session, as they are made. */
export function Documents({
  seance,
  avancement,
  suivi,
}: {
  readonly seance: string;
  readonly avancement: Avancement;
  readonly suivi: boolean;
}) {
  const { lettres, lettresFaites, procesVerbal } = avancement;
  const fait = estFait(avancement);
  const adresse = `/comite/${seance}`;
  return (
    <section aria-labelledby="documents">
      <h2 id="documents">Lettres et procès-verbal</h2>
      {lettres === 0 ? null : (
        <Progression
          id="lettres"
          titre="Lettres de décision"
          etat={fait ? 'terminee' : 'en-cours'}
          valeur={lettresFaites}
          maximum={lettres}
          quoi="lettres écrites et mises à l’envoi"
        >
          {fait ? null : <SuivreProgression adresse={adresse} suivi={suivi} />}
        </Progression>
      )}
      <p>
        {procesVerbal ? (
          <a class="fr-link" href={`${adresse}/proces-verbal`}>
            Télécharger le procès-verbal (PDF)
          </a>
        ) : (
          'Le procès-verbal s’écrit.'
        )}
      </p>
    </section>
  );
}
