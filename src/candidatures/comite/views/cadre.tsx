import type { ComponentChildren } from 'preact';
import { dateLongue } from '../../../platform/francais/index.ts';
import { type ErreursFormulaire, ResumeErreurs } from '../../../platform/views/champs.tsx';
import { ActeFait } from '../../../platform/views/confirmation.tsx';
import { Alerte, Badge } from '../../../platform/views/messages.tsx';
import type { Fonction } from '../rules.ts';
import type { Seance } from '../seances.store.ts';

/** What an act answers once it is done. */
export const faits = {
  preparee: 'La séance est préparée.',
  modifiee: 'La séance est modifiée.',
  supprimee: 'La séance est supprimée\u00a0: son numéro et sa date sont libres.',
  presences: 'Les présences sont notées.',
  ouverte: 'La séance est ouverte : les décisions peuvent être enregistrées.',
  close: 'La séance est close. Les lettres et le procès-verbal s’écrivent.',
  rouverte: 'La séance est rouverte : ses décisions sont de nouveau à confirmer.',
  decidee: 'La décision est enregistrée.',
  annulee: 'La décision est annulée : ses postes et son montant sont libres.',
  lot: 'Les décisions sont enregistrées.',
  notee: 'Vos notes sont enregistrées.',
  conflit: 'Votre conflit d’intérêts est déclaré : vous ne voyez plus ce dossier et ne votez pas sur lui.',
  levee: 'Le conflit d’intérêts est levé.',
  promue: 'Le dossier est retenu. Une lettre à la structure s’écrit.',
  retiree: 'La décision est retirée. Une lettre à la structure s’écrit.',
} as const;
export type Fait = keyof typeof faits;

const etatsDeSeance = { preparation: 'En préparation', ouverte: 'Ouverte', close: 'Close' } as const;

export const nomDeSeance = ({ numero, date }: Pick<Seance, 'numero' | 'date'>): string =>
  `Séance n° ${numero ?? '–'} du ${dateLongue(date)}`;

/** Who records what a session decides. */
export const tientLaSeance = (fonction: Fonction | null, administrateur: boolean): boolean =>
  administrateur || fonction === 'president' || fonction === 'secretaire';

export type Vu = {
  readonly fait?: Fait | undefined;
  readonly refus?: string | undefined;
  readonly erreurs?: ErreursFormulaire | undefined;
  readonly saisie?: Readonly<Record<string, string>> | undefined;
  /** What was ticked in the list, as it was sent. */
  readonly coches?: readonly string[] | undefined;
};

export type Onglet = 'seance' | 'decisions' | 'notes' | 'propositions' | 'conflits' | 'suites';

/** The way from each page of a session to the others. */
export function OngletsDeSeance({
  seance,
  onglet,
  administrateur,
}: {
  readonly seance: Pick<Seance, 'id' | 'statut'>;
  readonly onglet: Onglet | null;
  readonly administrateur: boolean;
}) {
  const base = `/comite/${seance.id}`;
  const onglets: readonly { readonly cle: Onglet; readonly texte: string; readonly href: string }[] = [
    { cle: 'seance', texte: 'Séance', href: base },
    { cle: 'decisions', texte: 'Dossiers et décisions', href: `${base}/decisions` },
    { cle: 'notes', texte: 'Notes des membres', href: `${base}/notes` },
    { cle: 'propositions', texte: 'Propositions', href: `${base}/propositions` },
    ...(administrateur
      ? [{ cle: 'conflits', texte: 'Conflits d’intérêts', href: `${base}/conflits` } as const]
      : []),
    ...(seance.statut === 'close'
      ? [{ cle: 'suites', texte: 'Suites', href: `${base}/suites` } as const]
      : []),
  ];
  return (
    <nav class="maillage-onglets" aria-label="Pages de la séance">
      <ul>
        {onglets.map(({ cle, texte, href }) => (
          <li key={cle}>
            <a class="fr-tag" href={href} aria-current={cle === onglet ? 'page' : undefined}>
              {texte}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** What the pages of a session share: its name and state, where one is, what was just done or refused. */
export function Cadre({
  seance,
  onglet,
  administrateur,
  vu = {},
  titre,
  children,
}: {
  readonly seance: Seance;
  readonly onglet: Onglet | null;
  readonly administrateur: boolean;
  readonly vu?: Vu;
  readonly titre: string;
  readonly children: ComponentChildren;
}) {
  return (
    <>
      <h1>{titre}</h1>
      <p>
        <Badge ton={seance.statut === 'ouverte' ? 'succes' : 'neutre'}>{etatsDeSeance[seance.statut]}</Badge>{' '}
        {seance.vagueNom}
      </p>
      <OngletsDeSeance seance={seance} onglet={onglet} administrateur={administrateur} />
      {vu.fait === undefined ? null : <ActeFait>{faits[vu.fait]}</ActeFait>}
      {vu.refus === undefined ? null : (
        <Alerte ton="erreur" titre="Rien n’a été fait" niveau={2}>
          <p>{vu.refus}</p>
        </Alerte>
      )}
      <ResumeErreurs erreurs={vu.erreurs ?? {}} />
      {children}
    </>
  );
}
