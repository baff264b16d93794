import type { CommuniquePublie } from '../../communication/index.ts';
import type { Plan } from '../../plan/index.ts';
import {
  capitale,
  dateLongue,
  de,
  eurosEnLettres,
  moisLong,
  nombre,
  pluriel,
} from '../../platform/francais/index.ts';
import { Chronologie, type Fait } from '../../platform/views/chronologie.tsx';
import type { Programme, Vague } from '../../programme/index.ts';
import type { SeanceAnnoncee } from '../listes.ts';
import { avantLaSeance } from './parts.tsx';

/** A plan with its département. */
type PlanPresente = Plan & {
  readonly departement: string;
  readonly departementNom: string;
  readonly locatif: string;
};

export type PageDatesClesProps = {
  readonly programme: Programme | undefined;
  readonly vagues: readonly Vague[];
  readonly seances: readonly SeanceAnnoncee[];
  readonly plans: readonly PlanPresente[];
  readonly communiques: readonly CommuniquePublie[];
  /** ISO day: what comes after it is still to come. */
  readonly aujourdhui: string;
};

const annonce = (programme: Programme | undefined): readonly Fait[] =>
  programme === undefined
    ? []
    : [
        {
          cle: 'programme',
          date: programme.annonceLe,
          titre: <a href="/france">{`L’État annonce le programme «\u00a0${programme.nom}\u00a0»`}</a>,
          texte: (
            <p>
              Une enveloppe {de(eurosEnLettres(programme.enveloppeMontant))}, pour financer{' '}
              {pluriel(programme.objectifPostes, 'conseiller numérique', 'conseillers numériques')} dans toute
              la France.
            </p>
          ),
        },
      ];

const ouverture = ({ rang, nom, ouvreLe, ouverturePrecision, priorites }: Vague): readonly Fait[] => {
  if (ouvreLe === null) return [];
  const auMois = ouverturePrecision === 'mois';
  const mois = moisLong(ouvreLe.slice(0, 7));
  return [
    {
      cle: `ouverture-${rang}`,
      date: auMois ? ouvreLe.slice(0, 7) : ouvreLe,
      titre: `${capitale(nom)}\u00a0: début des candidatures`,
      texte: (
        <>
          <p>
            Les structures peuvent se porter candidates{' '}
            {auMois ? `à partir du mois ${de(mois)}` : `à partir du ${dateLongue(ouvreLe)}`}.
          </p>
          {priorites.length === 0 ? null : <p>Sont choisis en priorité&nbsp;: {priorites.join(', ')}.</p>}
        </>
      ),
    },
  ];
};

const fermeture = ({ rang, nom, fermeLe }: Vague): readonly Fait[] =>
  fermeLe === null
    ? []
    : [
        {
          cle: `fermeture-${rang}`,
          date: fermeLe,
          titre: `${capitale(nom)}\u00a0: fin des candidatures`,
        },
      ];

const seance = ({ date, vague, structures, postes }: SeanceAnnoncee): Fait => ({
  cle: `seance-${date}`,
  date,
  titre: <a href={`/seances/${date}`}>Séance du comité de sélection</a>,
  texte: (
    <p>
      {pluriel(structures, 'structure retenue', 'structures retenues')} pour accueillir{' '}
      {pluriel(postes, 'conseiller numérique', 'conseillers numériques')}.
      {vague === null ? null : ` ${capitale(vague)}.`}
    </p>
  ),
});

/** More than these of one day are told together. */
const detailles = 5;

const plansDuJour = ([date, plans]: readonly [string, readonly PlanPresente[]]): Fait => {
  const [first] = plans;
  const cle = `plan-${date}`;
  if (plans.length === 1 && first !== undefined) {
    const presente = first.genre === 'f' ? 'présentée' : 'présenté';
    return {
      cle,
      date,
      titre: (
        <a href={`/departements/${first.departement}`}>
          {`${capitale(first.nom)} ${presente} ${first.locatif}`}
        </a>
      ),
      texte: <p>Le déploiement de conseillers numériques est l’une de ses mesures.</p>,
    };
  }
  return {
    cle,
    date,
    titre: `${nombre(plans.length)} plans départementaux présentés`,
    texte: (
      <p>
        Le déploiement de conseillers numériques est l’une de leurs mesures&nbsp;:{' '}
        {plans.map(({ departement, departementNom, nom }, rang) => (
          <span key={`${departement} ${nom}`}>
            {rang === 0 ? '' : ', '}
            <a href={`/departements/${departement}`}>{departementNom}</a>
          </span>
        ))}
        .
      </p>
    ),
  };
};

const hrefCommunique = ({ departement, seance: date }: CommuniquePublie): string =>
  `/communiques/${departement}/${date}`;

const communiquesDuJour = ([date, communiques]: readonly [string, readonly CommuniquePublie[]]): Fait => {
  const [first] = communiques;
  const postes = communiques.reduce((sum, communique) => sum + communique.postes, 0);
  const conseillers = pluriel(postes, 'conseiller numérique annoncé', 'conseillers numériques annoncés');
  const cle = `communiques-${date}`;
  if (communiques.length === 1 && first !== undefined) {
    return {
      cle,
      date,
      titre: <a href={hrefCommunique(first)}>{`Communiqué\u00a0: ${first.departementNom}`}</a>,
      texte: <p>{`${conseillers} ${first.locatif}.`}</p>,
    };
  }
  const titre = `${nombre(communiques.length)} communiqués`;
  if (communiques.length > detailles)
    return { cle, date, titre: <a href="/communiques">{titre}</a>, texte: <p>{`${conseillers}.`}</p> };
  return {
    cle,
    date,
    titre,
    texte: (
      <p>
        {conseillers}&nbsp;:{' '}
        {communiques.map((communique, rang) => (
          <span key={hrefCommunique(communique)}>
            {rang === 0 ? '' : ', '}
            <a href={hrefCommunique(communique)}>{communique.departementNom}</a>
          </span>
        ))}
        .
      </p>
    ),
  };
};

const faitsDuProgramme = (props: PageDatesClesProps): readonly Fait[] => {
  const { programme, vagues, seances, plans, communiques, aujourdhui } = props;
  return [
    ...annonce(programme),
    ...vagues.flatMap((vague) => [...ouverture(vague), ...fermeture(vague)]),
    ...[...Map.groupBy(plans, ({ presenteLe }) => presenteLe)].map(plansDuJour),
    ...seances.map(seance),
    ...[...Map.groupBy(communiques, ({ date }) => date)].map(communiquesDuJour),
  ]
    .map((fait) => ({ ...fait, aVenir: fait.date > aujourdhui.slice(0, fait.date.length) }))
    .toSorted((left, right) => (left.date < right.date ? -1 : left.date > right.date ? 1 : 0));
};

/** The programme since its announcement, in order; each fact leads to its page. */
export function PageDatesCles(props: PageDatesClesProps) {
  const faits = faitsDuProgramme(props);
  return (
    <>
      <h1>Dates clés du programme</h1>
      <p class="fr-text--lead">
        De l’annonce du programme aux décisions publiées&nbsp;: voici ce qui s’est passé, du plus ancien au
        plus récent.
      </p>
      <p>{avantLaSeance}</p>
      <Chronologie
        nom="Dates clés du programme"
        faits={faits}
        vide={<p>Aucune date n’est connue pour le moment. Elles apparaîtront ici dès la première annonce.</p>}
      />
      {props.communiques.length === 0 ? null : (
        <p>
          Chaque annonce a son communiqué&nbsp;: <a href="/communiques">voir tous les communiqués</a>.
        </p>
      )}
    </>
  );
}
