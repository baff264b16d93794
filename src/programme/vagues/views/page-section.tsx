import type { ComponentChildren } from 'preact';
import { euros, nombre } from '../../../platform/francais/index.ts';
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
import type { Enveloppe } from '../../enveloppes/store.ts';
import { type ChampVague, type Section, sections } from '../rules.ts';
import type { VagueLue } from '../store.ts';
import { Criteres, Questions, Quotas } from './champs-listes.tsx';

export type Territoire = { readonly code: string; readonly nom: string };

/** Labels that waves favour as a rule; others are typed. */
const prioritesConnues = ['les Espaces France Services', 'les tiers-lieux'] as const;

export type PageSectionProps = {
  readonly section: Section;
  readonly adresse: string;
  readonly vague: VagueLue;
  readonly figes: Readonly<Partial<Record<ChampVague, string>>>;
  readonly erreurs: ErreursFormulaire;
  readonly refus: string | undefined;
  /** What was typed, where it was refused. */
  readonly saisie: Readonly<Record<string, readonly string[]>> | undefined;
  readonly enveloppes: readonly Enveloppe[];
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
        <form method="post" action={`${adresse}/${section}`} novalidate>
          <input type="hidden" name="version" value={String(vague.version)} />
          <Champs {...props} valeur={valeur} />
          <div class="maillage-actions">
            <button class="fr-btn" type="submit">
              Enregistrer
            </button>
            {!['criteres', 'questions', 'quotas'].includes(section) ? null : (
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

export type PropsDeChamps = PageSectionProps & { readonly valeur: Valeur };
type Props = PropsDeChamps;

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
          indication={
            <>
              Une autre s’écrit dans <a href="/administration/enveloppes">Enveloppes</a>.
            </>
          }
          choix={enveloppes.map(({ id, nom, montant, engage }) => ({
            valeur: id,
            libelle: `${nom} (reste ${euros(montant - engage)})`,
          }))}
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
