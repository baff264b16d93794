import { capitale, duree, euros, pluriel, pourcentage } from '../../../platform/francais/index.ts';
import { Barres } from '../../../platform/views/barres.tsx';
import {
  ChampSaisie,
  ChoixUnique,
  type ErreursFormulaire,
  ListeChoix,
  ResumeErreurs,
} from '../../../platform/views/champs.tsx';
import { Alerte, EtatVide } from '../../../platform/views/messages.tsx';
import type { Variante } from '../../rules.ts';
import type { Prise, Projet, plusFavorable } from '../simulateur.rules.ts';
import type { VaguePublique } from '../store.ts';

type PriseDite = Prise & { readonly variante: Variante };

export type PageSimulateurProps = {
  readonly titre: string;
  readonly saisie: {
    readonly vague: string;
    readonly categorie: string;
    readonly territoire: string;
    readonly salaire: string;
    readonly charges: string;
    readonly mois: string;
  };
  readonly erreurs: ErreursFormulaire;
  readonly vagues: readonly VaguePublique[];
  readonly vague: VaguePublique | undefined;
  readonly projet: Projet;
  readonly resultat:
    | {
        readonly prises: readonly PriseDite[];
        readonly meilleure: ReturnType<typeof plusFavorable>;
        readonly regles: string;
        readonly sources: readonly string[];
      }
    | undefined;
};

const noms = { forfait: 'forfait', taux: 'taux' } as const;

/** Compares what the State would pay under each régime, in words, in a drawing and in a table. */
export function PageSimulateur(props: PageSimulateurProps) {
  const { titre, erreurs, resultat } = props;
  return (
    <>
      <h1>{titre}</h1>
      <p class="fr-text--lead">
        Deux façons de financer un poste existent&nbsp;: le forfait et le taux. Comparez-les pour le salaire
        que vous prévoyez.
      </p>
      <ResumeErreurs erreurs={erreurs} />
      {resultat === undefined ? null : <Resultat {...props} resultat={resultat} />}
      <Formulaire {...props} />
      <p class="maillage-actions">
        <a class="fr-link" href="/candidater">
          Revenir aux vagues de candidatures
        </a>
      </p>
    </>
  );
}

function Formulaire({ saisie, erreurs, vagues, resultat }: PageSimulateurProps) {
  return (
    <section aria-labelledby="projet">
      <h2 id="projet">{resultat === undefined ? 'Votre projet' : 'Changer votre projet'}</h2>
      <form method="get" action="/candidater/simulateur">
        {vagues.length < 2 ? null : (
          <ListeChoix
            nom="vague"
            libelle="Vague"
            choix={vagues.map(({ id, nom }) => ({ valeur: id, libelle: nom }))}
            valeur={saisie.vague}
          />
        )}
        <ChoixUnique
          nom="categorie"
          libelle="Votre structure est"
          choix={[
            { valeur: 'publique', libelle: 'publique', indication: 'Collectivité, établissement public.' },
            {
              valeur: 'privee',
              libelle: 'privée',
              indication: 'Association, entreprise de l’économie sociale.',
            },
          ]}
          valeur={saisie.categorie}
        />
        <ChoixUnique
          nom="territoire"
          libelle="Le poste est"
          choix={[
            { valeur: 'metropole', libelle: 'dans l’Hexagone ou en Corse' },
            { valeur: 'outre_mer', libelle: 'outre-mer' },
          ]}
          valeur={saisie.territoire}
        />
        <ChampSaisie
          nom="salaire"
          type="decimal"
          libelle="Salaire mensuel brut, en euros"
          indication="Pour un temps plein, par exemple 1 850."
          obligatoire
          valeur={saisie.salaire}
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="charges"
          type="decimal"
          libelle="Charges de l’employeur, en pour cent du salaire brut"
          indication="C’est votre hypothèse&nbsp;: ce que l’employeur paie en plus du salaire brut. Demandez-la à votre service de paie."
          obligatoire
          valeur={saisie.charges}
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="mois"
          type="entier"
          libelle="Durée du contrat, en mois"
          indication="Par exemple 24 pour deux ans."
          obligatoire
          valeur={saisie.mois}
          erreurs={erreurs}
        />
        <button class="fr-btn" type="submit">
          Comparer
        </button>
      </form>
    </section>
  );
}

/** Whole euros: what is left each month is an order of size. */
const parMois = (montant: number, mois: number): string => euros(Math.round(montant / mois / 100) * 100);

function EnMots({ prise, projet }: { readonly prise: PriseDite; readonly projet: Projet }) {
  const { mode, etat, employeur, moisFinances, dureeMois, limite, variante } = prise;
  const regle =
    mode === 'forfait'
      ? `jusqu’à ${euros(variante.plafond ?? 0)} pour ${duree(dureeMois)}`
      : `${pourcentage((variante.tauxPourMille ?? 0) / 10)} du salaire ${variante.baseSalaire === 'charge' ? 'avec ses charges' : 'brut'}, pendant ${duree(dureeMois)}${variante.plafond === null ? '' : `, jusqu’à ${euros(variante.plafond)}`}`;
  return (
    <li>
      <p>
        <strong>Au {noms[mode]}</strong> ({regle}), l’État paierait <strong>{euros(etat)}</strong>. Il
        resterait <strong>{euros(employeur)}</strong> à votre structure, soit{' '}
        {parMois(employeur, projet.mois)} par mois en moyenne.
      </p>
      {limite === 'cout' ? (
        <p>Le salaire et les charges coûtent moins que cette somme&nbsp;: l’État n’en paie pas davantage.</p>
      ) : null}
      {projet.mois > moisFinances ? (
        <p>
          L’État paie les {pluriel(moisFinances, 'premier mois', 'premiers mois')}. Les{' '}
          {pluriel(projet.mois - moisFinances, 'mois suivant est', 'mois suivants sont')} entièrement pour
          votre structure.
        </p>
      ) : null}
    </li>
  );
}

function Resultat({
  resultat,
  projet,
  vague,
}: PageSimulateurProps & { readonly resultat: NonNullable<PageSimulateurProps['resultat']> }) {
  const { prises, meilleure, regles, sources } = resultat;
  const [premiere] = prises;
  const nomVague = vague === undefined ? '' : ` de la vague «\u00a0${vague.nom}\u00a0»`;
  if (premiere === undefined)
    return (
      <EtatVide titre="Les règles ne sont pas encore connues" niveau={2}>
        Aucune règle de financement{nomVague} n’est en vigueur pour ce genre de structure. Revenez quand elles
        seront publiées.
      </EtatVide>
    );
  return (
    <section aria-labelledby="resultat">
      <h2 id="resultat">Le résultat</h2>
      <Alerte
        ton="info"
        titre={
          meilleure === null
            ? prises.length === 1
              ? `Seul le ${noms[premiere.mode]} est possible`
              : 'Les deux reviennent au même pour votre structure'
            : `Le ${noms[meilleure.mode]} laisse ${euros(meilleure.ecart)} de moins à votre charge`
        }
      >
        <p>
          Le poste coûterait {euros(premiere.cout)} sur {duree(projet.mois)}&nbsp;: le salaire brut et{' '}
          {pourcentage(projet.chargesPourMille / 10)} de charges, selon votre hypothèse. La formation du
          conseiller ({euros(premiere.formation)}) est payée en plus, et en entier, par l’État.
        </p>
      </Alerte>
      <ul>
        {prises.map((prise) => (
          <EnMots key={prise.mode} prise={prise} projet={projet} />
        ))}
      </ul>
      <Barres
        id="comparaison"
        titre={`Qui paie quoi, sur ${duree(projet.mois)}`}
        objet="Régime et payeur"
        mesure="Montant"
        ecrire={euros}
        maximum={premiere.cout}
        barres={prises.flatMap(({ mode, etat, employeur }) => [
          { cle: `${mode}-etat`, libelle: `${capitale(noms[mode])}\u00a0: l’État`, valeur: etat },
          {
            cle: `${mode}-employeur`,
            libelle: `${capitale(noms[mode])}\u00a0: votre structure`,
            valeur: employeur,
          },
        ])}
        definition={`Pour chaque régime, les deux barres font ensemble le coût du poste, ${euros(premiere.cout)}.`}
        vide=""
      />
      <p>
        Ce calcul est une estimation, pour un poste à temps plein et des mois entiers, selon les {regles}
        {nomVague === '' ? '' : ` (${nomVague.trim().replace(/^de la /, '')})`}. Seule la décision engage
        l’État. Frais de déplacement et matériel sont pour la structure.
      </p>
      {sources.length === 0 ? null : (
        <>
          <p>D’où viennent ces règles&nbsp;:</p>
          <ul>
            {sources.map((source) => (
              <li key={source}>{source}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
