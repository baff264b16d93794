import type { ComponentChildren } from 'preact';
import { accord, euros, instantLong, nombre, pluriel, pourcentage } from '../../platform/francais/index.ts';
import type { Demande, Ligne, PageDeListe } from '../../platform/listes/index.ts';
import { ChampSaisie, type ErreursFormulaire, ResumeErreurs } from '../../platform/views/champs.tsx';
import { ListeDonnees } from '../../platform/views/liste.tsx';
import { Alerte, Badge, EtatVide } from '../../platform/views/messages.tsx';
import { Progression } from '../../platform/views/progression.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import { listeProposition } from './listes.ts';
import { enPhrases } from './phrases.rules.ts';
import type { EcartDePropositions, Expliquee, PoidsDeProposition, Proposition } from './store.ts';
import { workflowProposition } from './workflow.ts';

export const poidsUsuels: PoidsDeProposition = { besoin: 50, criteres: 40, priorite: 10, habitants: 15_000 };

const etat = ({ statut }: Proposition) => (
  <Badge ton={statut === 'calculee' ? 'succes' : statut === 'echouee' ? 'erreur' : 'info'}>
    {workflowProposition.etats[statut]}
  </Badge>
);

const enMots = ({ besoin, criteres, priorite, habitants }: PoidsDeProposition): string =>
  `besoin ${besoin}, critères ${criteres}, labels prioritaires ${priorite}, un poste pour ${nombre(habitants)} habitants`;

/** The proposals of a session, and the form that asks for one. */
export function PagePropositions({
  base,
  onglets,
  propositions,
  saisie,
  erreurs,
  refus,
}: {
  readonly base: string;
  readonly onglets: ComponentChildren;
  readonly propositions: readonly Proposition[];
  readonly saisie: Readonly<Record<string, string>>;
  readonly erreurs: ErreursFormulaire;
  readonly refus: string | undefined;
}) {
  const champ = (nom: string) => ({ nom, valeur: saisie[nom], erreurs, obligatoire: true });
  return (
    <>
      <h1>Propositions de répartition</h1>
      {onglets}
      <p class="fr-text--lead">
        La machine cherche la meilleure répartition des postes dans l’enveloppe, l’objectif et les quotas.
        Elle propose&nbsp;; le comité décide.
      </p>
      <ResumeErreurs erreurs={erreurs} />
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      <Tableau
        legende="Propositions déjà demandées"
        lignes={propositions}
        cle={({ id }) => id}
        colonnes={[
          {
            cle: 'nom',
            titre: 'Nom',
            entete: true,
            cellule: ({ id, nom, statut }) => (
              <a href={`${base}/${id}${statut === 'demandee' ? '?suivi=oui' : ''}`}>{nom}</a>
            ),
          },
          { cle: 'etat', titre: 'État', cellule: etat },
          { cle: 'poids', titre: 'Poids', cellule: ({ poids }) => enMots(poids) },
          {
            cle: 'postes',
            titre: 'Postes',
            numerique: true,
            cellule: ({ resultat }) => (resultat === null ? '' : nombre(resultat.postes)),
          },
          {
            cle: 'montant',
            titre: 'Montant',
            numerique: true,
            cellule: ({ resultat }) => (resultat === null ? '' : euros(resultat.montant)),
          },
          {
            cle: 'quand',
            titre: 'Demandée',
            cellule: ({ demandeeLe }) => instantLong(demandeeLe.toISOString()),
          },
        ]}
        vide={<p>Aucune proposition n’a encore été demandée. Choisissez les poids ci-dessous.</p>}
      />
      <h2>Demander une proposition</h2>
      <p>
        Chaque poste rapporte des points&nbsp;: la proposition est la répartition qui en rapporte le plus. Un
        poids de&nbsp;0 ignore ce qu’il pèse.
      </p>
      <form method="post" action={base} novalidate>
        <ChampSaisie
          {...champ('nom')}
          libelle="Nom de la proposition"
          indication="Par exemple «&nbsp;Priorité aux territoires sans conseiller&nbsp;»."
          longueur={200}
          autocomplete="off"
        />
        <ChampSaisie
          {...champ('besoin')}
          type="entier"
          libelle="Poids du besoin"
          indication={'De 0 à 100\u00a0: points d’un poste qui couvre un besoin de son intercommunalité.'}
        />
        <ChampSaisie
          {...champ('criteres')}
          type="entier"
          libelle="Poids des critères"
          indication={
            'De 0 à 100\u00a0: points d’un poste dont le dossier a la meilleure note partout. Un critère non noté ne compte pas\u00a0; un dossier sans aucune note vaut zéro.'
          }
        />
        <ChampSaisie
          {...champ('priorite')}
          type="entier"
          libelle="Poids des labels prioritaires"
          indication={
            'De 0 à 100\u00a0: points d’un poste dans une structure qui porte un label de la vague.'
          }
        />
        <ChampSaisie
          {...champ('habitants')}
          type="entier"
          libelle="Habitants pour un poste"
          indication="Le besoin d’une intercommunalité est sa population divisée par ce nombre, plus forte où l’indice de fragilité dépasse la moyenne, moins les postes qu’elle a déjà."
        />
        <button class="fr-btn" type="submit">
          Calculer la proposition
        </button>
      </form>
    </>
  );
}

function Resultat({ proposition }: { readonly proposition: Proposition }) {
  const { resultat } = proposition;
  if (resultat === null) return null;
  const { manques, objectif } = resultat;
  const absents = Object.values(manques).reduce((total, postes) => total + postes, 0);
  const lignes = [
    [
      'Dossiers',
      resultat.hors === 0
        ? nombre(resultat.dossiers)
        : `${pluriel(resultat.dossiers, 'examiné', 'examinés')}, ${nombre(resultat.hors)} hors du calcul`,
    ],
    [
      'Postes donnés',
      `${nombre(resultat.postes)}${objectif === null ? '' : ` sur ${nombre(objectif)} à donner`}`,
    ],
    ['Montant', `${euros(resultat.montant)} sur ${euros(resultat.enveloppe)} disponibles`],
    ['Points', nombre(resultat.points, 1)],
    [
      'Qualité prouvée',
      resultat.ecart < 0.000_005
        ? 'aucune répartition ne rapporte davantage'
        : `aucune répartition ne rapporte plus de ${nombre(resultat.borne, 1)} points (écart de ${pourcentage(resultat.ecart * 100)})`,
    ],
    [
      'Durée du calcul',
      resultat.duree < 1 ? 'moins d’une seconde' : pluriel(Math.round(resultat.duree), 'seconde', 'secondes'),
    ],
  ] as const;
  return (
    <>
      <dl class="maillage-fiche">
        {lignes.map(([titre, valeur]) => (
          <div key={titre}>
            <dt>{titre}</dt>
            <dd>{valeur}</dd>
          </div>
        ))}
      </dl>
      {absents === 0 ? null : (
        <Alerte ton="attention" titre="Des minimums ne sont pas atteints">
          Il manque {pluriel(absents, 'poste', 'postes')} pour atteindre le minimum de{' '}
          {nombre(Object.keys(manques).length)}{' '}
          {accord(Object.keys(manques).length, 'territoire', 'territoires')}&nbsp;: les dossiers de ces
          territoires n’en demandent pas assez, ou l’enveloppe ne suffit pas.
        </Alerte>
      )}
    </>
  );
}

/** A proposal: what it gives to each file, and why. */
export function PageProposition(props: {
  readonly base: string;
  readonly onglets: ComponentChildren;
  readonly proposition: Proposition;
  readonly suivi: boolean;
  readonly demande: Demande;
  readonly resultat: PageDeListe<typeof listeProposition.champs>;
  readonly parPage: number;
  readonly explications: ReadonlyMap<string, Expliquee>;
  readonly territoires: ReadonlyMap<string, string>;
  readonly autres: readonly Proposition[];
}) {
  const { base, proposition, suivi, demande, resultat, parPage, explications, territoires, autres } = props;
  const { id, nom, poids, statut, avancement, echec } = proposition;
  const adresse = `${base}/${id}`;
  const expliquer = (cle: string): string => {
    const lue = explications.get(cle);
    return lue === undefined
      ? ''
      : enPhrases(lue, poids, {
          territoire: (territoire) => territoires.get(territoire) ?? territoire,
          structure: () => lue.faceNom ?? undefined,
        }).join(' ');
  };
  const dossier = (ligne: Ligne<typeof listeProposition.champs>) => {
    const cle = '_cle' in ligne ? String(ligne['_cle']) : '';
    return (
      <>
        <a href={`${base.replace(/\/propositions$/, '')}/dossiers/${cle}`}>
          {ligne.structure ?? 'Structure sans nom'}
        </a>
        <p class="fr-text--sm fr-mb-0">{expliquer(cle)}</p>
      </>
    );
  };
  return (
    <>
      <h1>{nom}</h1>
      {props.onglets}
      <p>
        {etat(proposition)} Poids&nbsp;: {enMots(poids)}.
      </p>
      {statut === 'demandee' ? (
        <Progression
          id="calcul"
          titre="Calcul de la proposition"
          etat="en-cours"
          valeur={Math.round(avancement?.duree ?? 0)}
          quoi={(avancement?.duree ?? 0) < 1.5 ? 'seconde de calcul' : 'secondes de calcul'}
          texte={
            avancement === null
              ? 'Le calcul commence.'
              : avancement.ecart === null
                ? 'Aucune répartition complète n’est encore trouvée.'
                : `Une répartition est trouvée, à ${pourcentage(Math.min(avancement.ecart * 100, 100))} au plus de la meilleure.`
          }
        >
          <p>
            {suivi ? (
              <a href={adresse}>Arrêter de suivre</a>
            ) : (
              <a href={`${adresse}?suivi=oui`}>Suivre l’avancement (la page se recharge)</a>
            )}
          </p>
        </Progression>
      ) : null}
      {statut === 'echouee' ? (
        <Alerte ton="erreur" titre="Le calcul n’a pas abouti">
          {echec ?? 'Demandez une nouvelle proposition.'}
        </Alerte>
      ) : null}
      {statut === 'calculee' ? (
        <>
          <Resultat proposition={proposition} />
          <p>
            <a class="fr-btn" href={`${base.replace(/\/propositions$/, '')}/decisions?proposition=${id}`}>
              Décider avec cette proposition sous les yeux
            </a>
          </p>
          {autres.length === 0 ? null : (
            <form method="get" action={`${base}/comparer`} class="maillage-filtres">
              <input type="hidden" name="une" value={id} />
              <div class="fr-select-group">
                <label class="fr-label" for="autre">
                  Comparer avec
                </label>
                <select class="fr-select" id="autre" name="autre">
                  {autres.map((autre) => (
                    <option key={autre.id} value={autre.id}>
                      {autre.nom}
                    </option>
                  ))}
                </select>
              </div>
              <button class="fr-btn fr-btn--secondary" type="submit">
                Comparer
              </button>
            </form>
          )}
          <h2>Dossier par dossier</h2>
          <ListeDonnees
            liste={listeProposition}
            demande={demande}
            resultat={resultat}
            parPage={parPage}
            chemin={adresse}
            fixes={{ proposition: id }}
            fichiers={{ base: `${adresse}/dossiers`, formats: ['csv', 'xlsx', 'ods'] }}
            filtres={[
              { nom: 'q' },
              {
                nom: 'sort',
                choix: [
                  { valeur: 'servi', texte: 'Reçoit tout' },
                  { valeur: 'partiel', texte: 'Reçoit une partie' },
                  { valeur: 'exclu', texte: 'Hors de la proposition' },
                ],
              },
            ]}
            cellules={{ structure: dossier }}
            entete="structure"
            vide={<p>Cette proposition ne porte sur aucun dossier que vous puissiez voir.</p>}
          />
        </>
      ) : null}
      <p>
        <a href={base}>Toutes les propositions de la séance</a>
      </p>
    </>
  );
}

/** Where two proposals do not give the same. */
export function PageComparaison({
  base,
  onglets,
  une,
  autre,
  ecarts,
}: {
  readonly base: string;
  readonly onglets: ComponentChildren;
  readonly une: Proposition;
  readonly autre: Proposition;
  readonly ecarts: { readonly total: number; readonly lignes: readonly EcartDePropositions[] };
}) {
  const mesures = (
    [
      ['Postes donnés', ({ resultat }: Proposition) => (resultat === null ? '' : nombre(resultat.postes))],
      ['Montant', ({ resultat }: Proposition) => (resultat === null ? '' : euros(resultat.montant))],
      ['Poids', ({ poids }: Proposition) => enMots(poids)],
    ] as const
  ).map(([titre, lire]) => ({ titre, une: lire(une), autre: lire(autre) }));
  return (
    <>
      <h1>Comparer deux propositions</h1>
      {onglets}
      <Tableau
        legende="Ce que chacune donne en tout"
        lignes={mesures}
        cle={({ titre }) => titre}
        colonnes={[
          { cle: 'titre', titre: 'Mesure', entete: true, cellule: ({ titre }) => titre },
          {
            cle: 'une',
            titre: une.nom,
            tete: <a href={`${base}/${une.id}`}>{une.nom}</a>,
            cellule: (ligne) => ligne.une,
          },
          {
            cle: 'autre',
            titre: autre.nom,
            tete: <a href={`${base}/${autre.id}`}>{autre.nom}</a>,
            cellule: (ligne) => ligne.autre,
          },
        ]}
        vide=""
      />
      <h2>{pluriel(ecarts.total, 'dossier change', 'dossiers changent')}</h2>
      {ecarts.total > ecarts.lignes.length ? (
        <p>Les {nombre(ecarts.lignes.length)} plus grands écarts sont montrés.</p>
      ) : null}
      {ecarts.total === 0 ? (
        <EtatVide titre="Les deux propositions donnent les mêmes postes aux mêmes dossiers." />
      ) : (
        <Tableau
          legende="Dossiers qui ne reçoivent pas la même chose"
          lignes={ecarts.lignes}
          cle={({ id }) => id}
          colonnes={[
            { cle: 'structure', titre: 'Structure', entete: true, cellule: ({ structure }) => structure },
            { cle: 'departement', titre: 'Département', cellule: ({ departement }) => departement ?? '' },
            { cle: 'une', titre: une.nom, numerique: true, cellule: (ligne) => nombre(ligne.une) },
            { cle: 'autre', titre: autre.nom, numerique: true, cellule: (ligne) => nombre(ligne.autre) },
          ]}
          vide=""
        />
      )}
    </>
  );
}
