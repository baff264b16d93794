import { dateLongue, euros, liste, pluriel } from '../../../platform/francais/index.ts';
import type { Evenement } from '../../../platform/historique.ts';
import type { Demande, PageDeListe } from '../../../platform/listes/index.ts';
import {
  ChampSaisie,
  ChoixUnique,
  type ErreursFormulaire,
  ListeChoix,
  ResumeErreurs,
  ZoneTexte,
} from '../../../platform/views/champs.tsx';
import { ActeFait, Confirmation } from '../../../platform/views/confirmation.tsx';
import { Historique } from '../../../platform/views/historique.tsx';
import { ListeDonnees } from '../../../platform/views/liste.tsx';
import { Alerte, Badge } from '../../../platform/views/messages.tsx';
import { Tableau } from '../../../platform/views/tableau.tsx';
import type { listeRegimes } from '../liste.ts';
import {
  etatsDeRegime,
  modesDeRegime,
  publics,
  type RegimeEcrit,
  type SaisieRegime,
  type VarianteEcrite,
} from '../rules.ts';

export function PageRegimes(props: {
  readonly liste: typeof listeRegimes;
  readonly demande: Demande;
  readonly resultat: PageDeListe<(typeof listeRegimes)['champs']>;
  readonly parPage: number;
  readonly chemin: string;
}) {
  const { chemin } = props;
  return (
    <>
      <h1>Régimes</h1>
      <p class="fr-text--lead">
        Un régime dit ce que l’État paie pour un poste, du jour où il entre en vigueur à celui où il finit.
        Une vague applique ceux qui sont en vigueur le jour de son ouverture.
      </p>
      <p>
        <a class="fr-btn" href={`${chemin}/nouveau`}>
          Ajouter un régime
        </a>
      </p>
      <ListeDonnees
        {...props}
        fichiers={{ base: chemin, formats: ['csv', 'xlsx', 'ods'] }}
        filtres={[
          { nom: 'etat', choix: Object.entries(etatsDeRegime).map(([valeur, texte]) => ({ valeur, texte })) },
        ]}
        entete="libelle"
        cellules={{
          libelle: ({ id, libelle }) => <a href={`${chemin}/${id}`}>{libelle}</a>,
          mode: ({ mode }) => modesDeRegime[mode ?? ''] ?? mode,
          etat: ({ etat }) => (
            <Badge ton={etat === 'en_vigueur' ? 'succes' : etat === 'a_venir' ? 'info' : 'neutre'}>
              {etatsDeRegime[etat ?? ''] ?? etat}
            </Badge>
          ),
        }}
        vide={<p>Aucun régime n’est écrit.</p>}
      />
    </>
  );
}

const taux = ({ tauxPourMille, baseSalaire }: VarianteEcrite): string =>
  tauxPourMille === null
    ? ''
    : `${(tauxPourMille / 10).toLocaleString('fr')}\u00a0% du salaire ${baseSalaire === 'charge' ? 'chargé' : 'brut'}`;

const plafond = (variante: VarianteEcrite): string =>
  variante.plafond === null ? 'sans plafond' : euros(variante.plafond);

type LigneDeRegime = { readonly code: string; readonly libelle: string; readonly variante: VarianteEcrite };

/** The publics that a régime has figures for. */
const lignesDe = ({ variantes }: RegimeEcrit): readonly LigneDeRegime[] =>
  publics.flatMap(({ code, categorie, territoire, libelle }) => {
    const variante = variantes.find((each) => each.categorie === categorie && each.territoire === territoire);
    return variante === undefined ? [] : [{ code, libelle, variante }];
  });

/** What a régime pays, for whom, and since when. */
export function PageRegime({
  adresse,
  regime,
  fait,
  evenements,
}: {
  readonly adresse: string;
  readonly regime: RegimeEcrit & { readonly id: string };
  readonly fait: 'cree' | 'fini' | undefined;
  readonly evenements: readonly Evenement[];
}) {
  return (
    <>
      <h1>{regime.libelle}</h1>
      {fait === undefined ? null : (
        <ActeFait>
          {fait === 'cree'
            ? 'Le régime est ajouté\u00a0: les vagues qui ouvrent tant qu’il est en vigueur peuvent l’appliquer.'
            : 'La fin du régime est écrite\u00a0: les vagues qui ouvrent ensuite ne peuvent plus l’appliquer.'}
        </ActeFait>
      )}
      <p>
        Code <strong>{regime.code}</strong>, {modesDeRegime[regime.mode]}, en vigueur depuis le{' '}
        {dateLongue(regime.debut)}
        {regime.fin === null ? ', sans fin connue.' : ` et jusqu’à la veille du ${dateLongue(regime.fin)}.`}
      </p>
      <p>Source&nbsp;: {regime.source}</p>
      <Tableau
        legende="Ce que l’État paie pour un poste"
        lignes={lignesDe(regime)}
        cle={({ code }) => code}
        vide="Aucun chiffre n’est écrit."
        colonnes={[
          { cle: 'public', titre: 'Pour', entete: true, cellule: ({ libelle }) => libelle },
          {
            cle: 'duree',
            titre: 'Durée',
            cellule: ({ variante }) => pluriel(variante.dureeMois, 'mois', 'mois'),
          },
          ...(regime.mode === 'taux'
            ? [{ cle: 'taux', titre: 'Taux', cellule: ({ variante }: LigneDeRegime) => taux(variante) }]
            : []),
          {
            cle: 'plafond',
            titre: regime.mode === 'taux' ? 'Plafond' : 'Forfait',
            cellule: ({ variante }) => plafond(variante),
          },
          { cle: 'formation', titre: 'Formation', cellule: ({ variante }) => euros(variante.formation) },
        ]}
      />
      <p>Ces chiffres ne changent plus&nbsp;: des décisions peuvent s’appuyer sur eux.</p>
      <div class="maillage-actions">
        <a class="fr-btn fr-btn--secondary" href={`/administration/regimes/nouveau?modele=${regime.id}`}>
          Reprendre ces chiffres
        </a>
        <a class="fr-btn fr-btn--secondary" href={`${adresse}/fin`}>
          Mettre fin au régime
        </a>
      </div>
      <h2>Historique</h2>
      <Historique
        evenements={evenements}
        nom="Historique du régime"
        vide="Il vient des données de référence\u00a0: rien n’y a été changé depuis."
      />
    </>
  );
}

/** The fields of a régime, as its figures are known: to begin another one from. */
export const saisieDe = (regime: RegimeEcrit): SaisieRegime => ({
  mode: regime.mode,
  source: regime.source,
  ...Object.fromEntries(
    lignesDe(regime).flatMap(({ code, variante }) => {
      const montant = (cents: number | null): string =>
        cents === null ? '' : (cents / 100).toString().replace('.', ',');
      return [
        [`duree_${code}`, String(variante.dureeMois)],
        [`plafond_${code}`, montant(variante.plafond)],
        [
          `taux_${code}`,
          variante.tauxPourMille === null ? '' : String(variante.tauxPourMille / 10).replace('.', ','),
        ],
        [`base_${code}`, variante.baseSalaire ?? ''],
        [`formation_${code}`, montant(variante.formation)],
      ];
    }),
  ),
});

export function PageNouveauRegime({
  adresse,
  saisie,
  erreurs,
  refus,
}: {
  readonly adresse: string;
  readonly saisie: SaisieRegime;
  readonly erreurs: ErreursFormulaire;
  readonly refus: string | undefined;
}) {
  const commun = (nom: string) => ({ nom, valeur: saisie[nom] ?? '', erreurs });
  return (
    <>
      <h1>Ajouter un régime</h1>
      <ResumeErreurs erreurs={erreurs} />
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      <p>
        Ses chiffres ne changeront plus&nbsp;: relisez-les avec le texte sous les yeux. Un public que le texte
        ne prévoit pas reste vide.
      </p>
      <form method="post" action={adresse} novalidate>
        <ChampSaisie
          {...commun('libelle')}
          libelle="Nom du régime"
          indication="Par exemple «&nbsp;Forfait de 2026&nbsp;»."
          obligatoire
          longueur={200}
        />
        <ChampSaisie
          {...commun('code')}
          libelle="Code"
          indication="Minuscules, chiffres et tirets, par exemple forfait-2026."
          largeur="moyenne"
          obligatoire
          longueur={50}
        />
        <ChoixUnique
          {...commun('mode')}
          libelle="Comment l’État paie"
          obligatoire
          choix={[
            { valeur: 'forfait', libelle: 'Forfait', indication: 'Un montant par poste sur toute la durée.' },
            { valeur: 'taux', libelle: 'Taux', indication: 'Une part du salaire, avec ou sans plafond.' },
          ]}
        />
        <ChampSaisie {...commun('debut')} type="date" libelle="En vigueur à partir du" obligatoire />
        <ChampSaisie
          {...commun('fin')}
          type="date"
          libelle="Fin, ce jour non compris"
          indication="Vide tant qu’elle n’est pas connue."
        />
        <ZoneTexte
          {...commun('source')}
          libelle="Source des chiffres"
          indication="Le texte, sa date, sa page."
          lignes={2}
          obligatoire
          longueur={500}
        />
        {publics.map(({ code, libelle }) => (
          <fieldset key={code} class="fr-fieldset">
            <legend class="fr-fieldset__legend">{libelle}</legend>
            <div class="fr-fieldset__element maillage-regime__public">
              <ChampSaisie {...commun(`duree_${code}`)} type="entier" libelle="Durée, en mois" />
              <ChampSaisie
                {...commun(`plafond_${code}`)}
                type="decimal"
                libelle="Forfait ou plafond pour un poste, en euros"
                largeur="moyenne"
              />
              <ChampSaisie {...commun(`taux_${code}`)} type="decimal" libelle="Taux, en %" />
              <ListeChoix
                {...commun(`base_${code}`)}
                libelle="Salaire sur lequel le taux est pris"
                largeur="moyenne"
                choix={[
                  { valeur: 'brut', libelle: 'Salaire brut' },
                  { valeur: 'charge', libelle: 'Salaire chargé' },
                ]}
              />
              <ChampSaisie
                {...commun(`formation_${code}`)}
                type="decimal"
                libelle="Formation pour un poste, en euros"
                largeur="moyenne"
              />
            </div>
          </fieldset>
        ))}
        <button class="fr-btn" type="submit">
          Ajouter le régime
        </button>
      </form>
    </>
  );
}

export function PageFinRegime({
  adresse,
  regime,
  vagues,
  saisie,
  erreurs,
  refus,
}: {
  readonly adresse: string;
  readonly regime: RegimeEcrit;
  /** The published waves that apply it. */
  readonly vagues: readonly string[];
  readonly saisie: SaisieRegime;
  readonly erreurs: ErreursFormulaire;
  readonly refus: string | undefined;
}) {
  return (
    <>
      <h1>Mettre fin au régime «&nbsp;{regime.libelle}&nbsp;»</h1>
      <ResumeErreurs erreurs={erreurs} />
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      <Confirmation
        id="confirmer"
        titre="Mettre fin à ce régime&nbsp;?"
        effets={[
          'les vagues qui ouvrent à partir de ce jour ne peuvent plus l’appliquer, et ne se publient pas sans un autre régime\u00a0;',
          ...(vagues.length === 0
            ? []
            : [
                `${liste(vagues.map((nom) => `«\u00a0${nom}\u00a0»`))} ${vagues.length === 1 ? 'garde' : 'gardent'} les prix de ce régime, même si ce jour est passé\u00a0: les candidatures sont chiffrées au jour où leur vague a ouvert\u00a0;`,
              ]),
          'un autre régime du même mode peut entrer en vigueur ce jour-là\u00a0;',
          'ce qui est déjà décidé garde ses montants\u00a0;',
          'cette fin ne pourra plus être repoussée ni retirée, seulement avancée.',
        ]}
        action={`${adresse}/fin`}
        bouton="Mettre fin au régime"
        renoncer={{ texte: 'Revenir au régime', href: adresse }}
        definitif
      >
        <ChampSaisie
          nom="fin"
          type="date"
          libelle="Fin, ce jour non compris"
          obligatoire
          valeur={saisie['fin'] ?? ''}
          erreurs={erreurs}
        />
        <ZoneTexte
          nom="motif"
          libelle="Motif"
          lignes={3}
          obligatoire
          longueur={2000}
          valeur={saisie['motif'] ?? ''}
          erreurs={erreurs}
        />
      </Confirmation>
    </>
  );
}
