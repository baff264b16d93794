import { liste } from '../../../platform/francais/index.ts';
import { Badge, type Ton } from '../../../platform/views/messages.tsx';
import { type EtatVague, etatsDeVague, type MomentEnMots } from '../rules.ts';

const tons: Readonly<Record<EtatVague, Ton | 'neutre'>> = {
  preparation: 'neutre',
  a_venir: 'info',
  ouverte: 'succes',
  close: 'neutre',
  annulee: 'attention',
};

export function EtatDeVague({ etat }: { readonly etat: EtatVague }) {
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
