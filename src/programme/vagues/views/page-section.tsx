import type { ComponentChildren } from 'preact';
import { nombre } from '../../../platform/francais/index.ts';
import {
  ChampSaisie,
  ChoixMultiples,
  ChoixUnique,
  type ErreursFormulaire,
  ListeChoix,
  ResumeErreurs,
  ZoneTexte,
} from '../../../platform/views/champs.tsx';
import { Alerte } from '../../../platform/views/messages.tsx';
import { genres } from '../formulaire.rules.ts';
import { type ChampVague, type Section, sections } from '../rules.ts';
import type { VagueLue } from '../store.ts';

export type Territoire = { readonly code: string; readonly nom: string };

/** Labels that waves favour as a rule; others are typed. */
export const prioritesConnues = ['les Espaces France Services', 'les tiers-lieux'] as const;

export type PageSectionProps = {
  readonly section: Section;
  readonly adresse: string;
  readonly vague: VagueLue;
  readonly figes: Readonly<Partial<Record<ChampVague, string>>>;
  readonly erreurs: ErreursFormulaire;
  readonly refus: string | undefined;
  /** What was typed, where it was refused. */
  readonly saisie: Readonly<Record<string, readonly string[]>> | undefined;
  readonly enveloppes: readonly { readonly id: string; readonly nom: string }[];
  readonly departements: readonly Territoire[];
  readonly regions: readonly Territoire[];
};

/** What a field shows: what was typed, else what is written. */
type Valeur = (nom: string, ecrite?: string | number | null) => string;

/** A part of a wave in a short form. */
export function PageSection(props: PageSectionProps) {
  const { section, adresse, vague, figes, erreurs, refus, saisie } = props;
  const { titre, champs } = sections[section];
  const gelees = [...new Set(champs.flatMap((champ: ChampVague) => figes[champ] ?? []))];
  const toutFige = champs.every((champ: ChampVague) => figes[champ] !== undefined);
  const valeur: Valeur = (nom, ecrite) =>
    saisie === undefined ? String(ecrite ?? '') : (saisie[nom]?.[0] ?? '');
  const Champs = formulaires[section];
  return (
    <>
      <h1>{titre}</h1>
      <p>
        Vague «&nbsp;{vague.nom}&nbsp;» –{' '}
        <a class="fr-link" href={adresse}>
          revenir à la vague
        </a>
      </p>
      <ResumeErreurs erreurs={erreurs} />
      {refus === undefined ? null : (
        <Alerte ton="erreur" titre="Rien n’a été enregistré" niveau={2}>
          <p>{refus}</p>
        </Alerte>
      )}
      {gelees.length === 0 ? null : (
        <Alerte
          ton="info"
          titre={toutFige ? 'Cette partie ne change plus' : 'Ce qui ne change plus'}
          niveau={2}
        >
          <ul>
            {gelees.map((raison) => (
              <li key={raison}>{raison}</li>
            ))}
          </ul>
        </Alerte>
      )}
      {toutFige ? null : (
        <form method="post" action={`${adresse}/${section}`}>
          <input type="hidden" name="version" value={String(vague.version)} />
          <Champs {...props} valeur={valeur} />
          <div class="maillage-actions">
            <button class="fr-btn" type="submit">
              Enregistrer
            </button>
            {lignesDe[section] === undefined ? null : (
              <button class="fr-btn fr-btn--secondary" type="submit" name="suite" value="oui">
                Enregistrer et en ajouter
              </button>
            )}
            <a class="fr-link" href={adresse}>
              Renoncer
            </a>
          </div>
        </form>
      )}
    </>
  );
}

type Props = PageSectionProps & { readonly valeur: Valeur };

/** A field, or what it says where it is frozen. */
function SaufFige({
  props,
  champ,
  libelle,
  dit,
  children,
}: {
  readonly props: Props;
  readonly champ: ChampVague;
  readonly libelle: string;
  readonly dit: string;
  readonly children: ComponentChildren;
}) {
  return props.figes[champ] === undefined ? (
    children
  ) : (
    <p>
      <strong>{libelle}&nbsp;:</strong> {dit} (ne change plus)
    </p>
  );
}

const textesRegimes = {
  tous: 'Forfait ou taux, au choix du candidat',
  forfait: 'Forfait seulement',
  taux: 'Taux seulement',
};

function Identite(props: Props) {
  const { vague, erreurs, valeur, enveloppes } = props;
  const regimes = vague.regimes.length > 1 ? 'tous' : (vague.regimes[0] ?? 'tous');
  return (
    <>
      <ChampSaisie
        nom="nom"
        libelle="Nom de la vague"
        indication="Par exemple «&nbsp;Troisième vague&nbsp;»."
        obligatoire
        longueur={200}
        valeur={valeur('nom', vague.nom)}
        erreurs={erreurs}
      />
      <SaufFige props={props} champ="rang" libelle="Rang" dit={nombre(vague.rang)}>
        <ChampSaisie
          nom="rang"
          type="entier"
          libelle="Rang"
          obligatoire
          valeur={valeur('rang', vague.rang)}
          erreurs={erreurs}
        />
      </SaufFige>
      <SaufFige props={props} champ="enveloppeId" libelle="Enveloppe" dit={vague.enveloppeNom ?? ''}>
        <ListeChoix
          nom="enveloppeId"
          libelle="Enveloppe qui paie les postes"
          choix={enveloppes.map(({ id, nom }) => ({ valeur: id, libelle: nom }))}
          valeur={valeur('enveloppeId', vague.enveloppeId)}
          erreurs={erreurs}
        />
      </SaufFige>
      <ChampSaisie
        nom="objectifPostes"
        type="entier"
        libelle="Objectif en postes"
        indication="Le comité ne pourra pas en décider davantage."
        valeur={valeur('objectifPostes', vague.objectifPostes)}
        erreurs={erreurs}
      />
      <SaufFige props={props} champ="regimes" libelle="Régimes" dit={textesRegimes[regimes]}>
        <ChoixUnique
          nom="regimes"
          libelle="Régimes de financement permis"
          choix={Object.entries(textesRegimes).map(([cle, libelle]) => ({ valeur: cle, libelle }))}
          valeur={valeur('regimes', regimes)}
          erreurs={erreurs}
        />
      </SaufFige>
      <SaufFige
        props={props}
        champ="coordinateurs"
        libelle="Postes de coordinateur"
        dit={vague.coordinateurs ? 'peuvent être demandés' : 'ne peuvent pas être demandés'}
      >
        <ChoixUnique
          nom="coordinateurs"
          libelle="Les structures peuvent-elles demander des postes de coordinateur&nbsp;?"
          choix={[
            { valeur: 'oui', libelle: 'Oui' },
            { valeur: 'non', libelle: 'Non' },
          ]}
          valeur={valeur('coordinateurs', vague.coordinateurs ? 'oui' : 'non')}
          erreurs={erreurs}
        />
      </SaufFige>
      <ZoneTexte
        nom="presentation"
        libelle="Texte qui présente la vague aux candidats"
        indication="Pourquoi cette vague, pour qui, et ce qui aide à être choisi."
        lignes={6}
        longueur={5000}
        valeur={valeur('presentation', vague.presentation)}
        erreurs={erreurs}
      />
    </>
  );
}

function Calendrier(props: Props) {
  const { vague, erreurs, valeur } = props;
  const heure = 'Par exemple 9h, 18h ou 23h59. La minute écrite compte encore.';
  return (
    <>
      <SaufFige
        props={props}
        champ="heureLocale"
        libelle="Heures"
        dit={vague.heureLocale ? 'celles de chaque territoire' : 'celles de Paris'}
      >
        <ChoixUnique
          nom="heureLocale"
          libelle="Ces heures sont"
          choix={[
            {
              valeur: 'locale',
              libelle: 'celles de chaque territoire',
              indication: 'Outre-mer, la vague s’ouvre et se ferme à l’heure de là-bas.',
            },
            { valeur: 'paris', libelle: 'celles de Paris, pour tous' },
          ]}
          valeur={valeur('heureLocale', vague.heureLocale ? 'locale' : 'paris')}
          erreurs={erreurs}
        />
      </SaufFige>
      <SaufFige
        props={props}
        champ="ouvreLe"
        libelle="Ouverture"
        dit={`${vague.ouvreLe ?? ''} à ${vague.ouvreHeure}`}
      >
        <ChampSaisie
          nom="ouvreLe"
          type="date"
          libelle="Jour d’ouverture"
          valeur={valeur('ouvreLe', vague.ouvreLe)}
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="ouvreHeure"
          libelle="Heure d’ouverture"
          indication={heure}
          largeur="courte"
          obligatoire
          valeur={valeur('ouvreHeure', vague.ouvreHeure)}
          erreurs={erreurs}
        />
      </SaufFige>
      <SaufFige
        props={props}
        champ="fermeLe"
        libelle="Clôture"
        dit={`${vague.fermeLe ?? ''} à ${vague.fermeHeure}`}
      >
        <ChampSaisie
          nom="fermeLe"
          type="date"
          libelle="Jour de clôture"
          valeur={valeur('fermeLe', vague.fermeLe)}
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="fermeHeure"
          libelle="Heure de clôture"
          indication={heure}
          largeur="courte"
          obligatoire
          valeur={valeur('fermeHeure', vague.fermeHeure)}
          erreurs={erreurs}
        />
      </SaufFige>
    </>
  );
}

function Territoires(props: Props) {
  const { vague, erreurs, valeur, departements, saisie } = props;
  return (
    <>
      <ChoixUnique
        nom="ouverture"
        libelle="La vague est ouverte"
        choix={[
          { valeur: 'tous', libelle: 'à toute la France' },
          { valeur: 'choisis', libelle: 'aux départements cochés plus bas' },
        ]}
        valeur={valeur('ouverture', vague.departements.length === 0 ? 'tous' : 'choisis')}
        erreurs={erreurs}
      />
      <SaufFige
        props={props}
        champ="avisNiveau"
        libelle="Avis qui compte"
        dit={
          vague.avisNiveau === 'region'
            ? 'celui de la préfecture de région'
            : 'celui de la préfecture du département'
        }
      >
        <ChoixUnique
          nom="avisNiveau"
          libelle="L’avis qui compte est celui"
          choix={[
            { valeur: 'departement', libelle: 'de la préfecture du département' },
            { valeur: 'region', libelle: 'de la préfecture de région' },
          ]}
          valeur={valeur('avisNiveau', vague.avisNiveau)}
          erreurs={erreurs}
        />
      </SaufFige>
      <ChampSaisie
        nom="minimumDepartement"
        type="entier"
        libelle="Minimum de postes par département"
        indication="La proposition d’attribution le respecte autant que les candidatures le permettent. 0&nbsp;: aucun minimum."
        valeur={valeur('minimumDepartement', vague.minimumDepartement)}
        erreurs={erreurs}
      />
      <div class="maillage-cases-en-colonnes">
        <ChoixMultiples
          nom="departements"
          libelle="Départements ouverts"
          indication="Ne compte que si vous avez choisi «&nbsp;aux départements cochés&nbsp;»."
          choix={departements.map(({ code, nom }) => ({ valeur: code, libelle: `${nom} (${code})` }))}
          valeurs={saisie === undefined ? vague.departements : (saisie['departements'] ?? [])}
          erreurs={erreurs}
        />
      </div>
    </>
  );
}

/** How many lines a list shows: those there are, and some to fill. */
const enPlus = 2;
const lignesDe: Readonly<Partial<Record<Section, (vague: VagueLue) => number>>> = {
  criteres: ({ criteres }) => criteres.length,
  questions: ({ questions }) => questions.length,
  quotas: ({ quotas }) => quotas.length,
};

/** Each line of a list: its fields, its place, and the box that takes it away. */
function Lignes({
  props,
  quoi,
  ids,
  ordonnees = true,
  ligne,
}: {
  readonly props: Props;
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

function Criteres(props: Props) {
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

function Questions(props: Props) {
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

function Quotas(props: Props) {
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
                    {nombre(vague.decidesParQuota[quota.id ?? ''] ?? 0)} poste(s) décidé(s)
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

function Priorites({ vague, erreurs, valeur, saisie }: Props) {
  const connues: readonly string[] = prioritesConnues;
  return (
    <>
      <ChoixMultiples
        nom="connues"
        libelle="La vague privilégie"
        choix={prioritesConnues.map((priorite) => ({ valeur: priorite, libelle: priorite }))}
        valeurs={saisie === undefined ? vague.priorites : (saisie['connues'] ?? [])}
        erreurs={erreurs}
      />
      <ZoneTexte
        nom="autres"
        libelle="Autres priorités"
        indication="Une par ligne, avec son article : « les communes rurales »."
        lignes={3}
        valeur={valeur(
          'autres',
          vague.priorites.filter((priorite) => !connues.includes(priorite)).join('\n'),
        )}
        erreurs={erreurs}
      />
      <ChampSaisie
        nom="bonusPriorite"
        type="entier"
        libelle="Bonus, en pour cent"
        indication="Ce que la priorité ajoute à la note d’une candidature, de 0 à 100."
        valeur={valeur('bonusPriorite', vague.bonusPriorite)}
        erreurs={erreurs}
      />
    </>
  );
}

const formulaires: Readonly<Record<Section, (props: Props) => ComponentChildren>> = {
  identite: Identite,
  calendrier: Calendrier,
  territoires: Territoires,
  quotas: Quotas,
  criteres: Criteres,
  priorites: Priorites,
  questions: Questions,
};
