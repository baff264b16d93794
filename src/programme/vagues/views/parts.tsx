import { dateLongue, liste } from '../../../platform/francais/index.ts';
import { Badge, type Ton } from '../../../platform/views/messages.tsx';
import { type EtatMontre, etatsDeVague, type MomentEnMots } from '../rules.ts';
import type { SeanceDeVague } from '../seances.store.ts';

const tons: Readonly<Record<EtatMontre, Ton | 'neutre'>> = {
  preparation: 'neutre',
  sans_calendrier: 'neutre',
  a_venir: 'info',
  ouverte: 'succes',
  close: 'neutre',
  annulee: 'attention',
};

export function EtatDeVague({ etat }: { readonly etat: EtatMontre }) {
  return <Badge ton={tons[etat]}>{etatsDeVague[etat]}</Badge>;
}

/** The name of each territory, with its article: « la Guadeloupe ». */
export type NomsDeTerritoires = Readonly<Record<string, string>>;

/** A moment, and what it is in Paris for those who live at another hour. */
export function Moment({
  avant,
  moment,
  noms,
}: {
  /** « Ouverture », « Clôture » */
  readonly avant: string;
  readonly moment: MomentEnMots;
  readonly noms: NomsDeTerritoires;
}) {
  return (
    <>
      <p>
        {avant} le <strong>{moment.texte}</strong>
        {moment.ailleurs.length === 0 ? '.' : ', soit, à Paris\u00a0:'}
      </p>
      {moment.ailleurs.length === 0 ? null : (
        <ul>
          {moment.ailleurs.map(({ departements, aParis }) => (
            <li key={aParis}>
              le {aParis} pour {liste(departements.map((code) => noms[code] ?? code))}.
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** A session of the committee in words, with its page. */
export function LienDeSeance({ seance }: { readonly seance: SeanceDeVague }) {
  const { id, numero, date } = seance;
  // One that was imported has its page among the decisions that are followed.
  return (
    <a href={numero === null ? `/espace/seances/${date}` : `/comite/${id}`}>
      {numero === null
        ? `Sélection importée du ${dateLongue(date)}`
        : `Séance n°\u00a0${numero} du ${dateLongue(date)}`}
    </a>
  );
}
