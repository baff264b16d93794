import type { ComponentChildren } from 'preact';
import { nombre, pluriel } from '../../../platform/francais/index.ts';
import { ChampSaisie, ChoixMultiples, ListeChoix, ZoneTexte } from '../../../platform/views/champs.tsx';
import { genres } from '../formulaire.rules.ts';
import type { PropsDeChamps } from './page-section.tsx';

/** How many lines a list shows: those there are, and some to fill. */
const enPlus = 2;

/** Each line of a list: its fields, its place, and the box that takes it away. */
function Lignes({
  props,
  quoi,
  ids,
  ordonnees = true,
  ligne,
}: {
  readonly props: PropsDeChamps;
  /** « Critère » */
  readonly quoi: string;
  readonly ids: readonly (string | null)[];
  readonly ordonnees?: boolean;
  readonly ligne: (rang: number) => ComponentChildren;
}) {
  const { saisie, valeur, erreurs } = props;
  const typed = Object.keys(saisie ?? {}).filter((nom) => nom.startsWith('ligne_')).length;
  const total = saisie === undefined ? ids.length + enPlus : Math.max(typed, 1);
  return (
    <>
      {Array.from({ length: Math.min(total, 200) }, (_, rang) => {
        const id = saisie === undefined ? (ids[rang] ?? '') : valeur(`id_${rang}`);
        return (
          <fieldset key={rang} class="fr-fieldset maillage-ligne-de-vague">
            <legend class="fr-fieldset__legend">
              {id === '' ? `${quoi} à ajouter` : `${quoi} ${nombre(rang + 1)}`}
            </legend>
            <input type="hidden" name={`ligne_${rang}`} value="oui" />
            <input type="hidden" name={`id_${rang}`} value={id} />
            {ligne(rang)}
            {ordonnees ? (
              <ChampSaisie
                nom={`ordre_${rang}`}
                type="entier"
                libelle="Place dans la liste"
                valeur={valeur(`ordre_${rang}`, rang + 1)}
                erreurs={erreurs}
              />
            ) : null}
            {id === '' ? null : (
              <ChoixMultiples
                nom={`retirer_${rang}`}
                libelle="Retrait"
                choix={[{ valeur: 'oui', libelle: 'Retirer de la liste' }]}
                valeurs={valeur(`retirer_${rang}`) === 'oui' ? ['oui'] : []}
              />
            )}
          </fieldset>
        );
      })}
    </>
  );
}

/** Criteria and their weights, a line each. */
export function Criteres(props: PropsDeChamps) {
  const { vague, erreurs, valeur } = props;
  return (
    <>
      <p>
        Le comité note chaque candidature sur chaque critère, de 0 à 5. La part d’un critère est son poids
        divisé par la somme des poids. Une ligne laissée vide n’est pas enregistrée.
      </p>
      <Lignes
        props={props}
        quoi="Critère"
        ids={vague.criteres.map(({ id }) => id)}
        ligne={(rang) => (
          <>
            <ChampSaisie
              nom={`libelle_${rang}`}
              libelle="Critère"
              longueur={200}
              valeur={valeur(`libelle_${rang}`, vague.criteres[rang]?.libelle)}
              erreurs={erreurs}
            />
            <ChampSaisie
              nom={`poids_${rang}`}
              type="entier"
              libelle="Poids, de 1 à 100"
              valeur={valeur(`poids_${rang}`, vague.criteres[rang]?.poids)}
              erreurs={erreurs}
            />
            <ChampSaisie
              nom={`aide_${rang}`}
              libelle="Explication"
              longueur={1000}
              valeur={valeur(`aide_${rang}`, vague.criteres[rang]?.aide)}
              erreurs={erreurs}
            />
          </>
        )}
      />
    </>
  );
}

/** Questions beyond the core, a line each. */
export function Questions(props: PropsDeChamps) {
  const { vague, erreurs, valeur, saisie } = props;
  return (
    <>
      <p>
        Elles s’ajoutent au formulaire commun, que toutes les vagues posent. Une ligne laissée vide n’est pas
        enregistrée.
      </p>
      <Lignes
        props={props}
        quoi="Question"
        ids={vague.questions.map(({ id }) => id)}
        ligne={(rang) => {
          const question = vague.questions[rang];
          const obligatoire =
            saisie === undefined ? question?.obligatoire === true : valeur(`obligatoire_${rang}`) === 'oui';
          return (
            <>
              <ChampSaisie
                nom={`libelle_${rang}`}
                libelle="Question"
                longueur={300}
                valeur={valeur(`libelle_${rang}`, question?.libelle)}
                erreurs={erreurs}
              />
              <ListeChoix
                nom={`genre_${rang}`}
                libelle="Réponse attendue"
                choix={Object.entries(genres).map(([cle, libelle]) => ({ valeur: cle, libelle }))}
                valeur={valeur(`genre_${rang}`, question?.genre)}
                erreurs={erreurs}
              />
              <ZoneTexte
                nom={`choix_${rang}`}
                libelle="Réponses possibles"
                indication="Seulement pour « Une réponse parmi plusieurs » : une par ligne."
                lignes={3}
                valeur={valeur(`choix_${rang}`, question?.choix.join('\n'))}
                erreurs={erreurs}
              />
              <ChampSaisie
                nom={`aide_${rang}`}
                libelle="Aide donnée au candidat"
                longueur={1000}
                valeur={valeur(`aide_${rang}`, question?.aide)}
                erreurs={erreurs}
              />
              <ChoixMultiples
                nom={`obligatoire_${rang}`}
                libelle="Obligation"
                choix={[{ valeur: 'oui', libelle: 'Il faut y répondre pour déposer' }]}
                valeurs={obligatoire ? ['oui'] : []}
              />
            </>
          );
        }}
      />
    </>
  );
}

/** Least and most posts of territories, a line each. */
export function Quotas(props: PropsDeChamps) {
  const { vague, erreurs, valeur, departements, regions } = props;
  const choix = [
    ...regions.map(({ code, nom }) => ({ valeur: `region ${code}`, libelle: `Région ${nom}` })),
    ...departements.map(({ code, nom }) => ({ valeur: `departement ${code}`, libelle: `${nom} (${code})` })),
  ];
  return (
    <>
      <p>
        Un maximum ne sera jamais dépassé, même si plusieurs membres décident en même temps. Un minimum guide
        la proposition d’attribution. Une ligne laissée vide n’est pas enregistrée.
      </p>
      <Lignes
        props={props}
        quoi="Quota"
        ordonnees={false}
        ids={vague.quotas.map(({ id }) => id)}
        ligne={(rang) => {
          const quota = vague.quotas[rang];
          const sien =
            quota === undefined
              ? ''
              : quota.departement === null
                ? `region ${quota.region}`
                : `departement ${quota.departement}`;
          const territoire = valeur(`territoire_${rang}`, sien);
          return (
            <>
              {quota === undefined ? (
                <ListeChoix
                  nom={`territoire_${rang}`}
                  libelle="Territoire"
                  choix={choix}
                  valeur={territoire}
                  erreurs={erreurs}
                />
              ) : (
                <>
                  <input type="hidden" name={`territoire_${rang}`} value={sien} />
                  <p>
                    <strong>{choix.find((each) => each.valeur === sien)?.libelle}</strong>,{' '}
                    {pluriel(vague.decidesParQuota[quota.id ?? ''] ?? 0, 'poste décidé', 'postes décidés')}
                  </p>
                </>
              )}
              <ChampSaisie
                nom={`minimum_${rang}`}
                type="entier"
                libelle="Minimum"
                valeur={valeur(`minimum_${rang}`, quota?.minimum)}
                erreurs={erreurs}
              />
              <ChampSaisie
                nom={`maximum_${rang}`}
                type="entier"
                libelle="Maximum"
                indication="Rien&nbsp;: pas de maximum."
                valeur={valeur(`maximum_${rang}`, quota?.maximum)}
                erreurs={erreurs}
              />
            </>
          );
        }}
      />
    </>
  );
}
