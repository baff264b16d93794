import { instantLong } from '../../platform/francais/index.ts';
import type { Evenement } from '../../platform/historique.ts';
import type { ObjetNomme } from '../../platform/objets.ts';
import { ChampSaisie, type Choix, ListeChoix } from '../../platform/views/champs.tsx';
import { ActeFait } from '../../platform/views/confirmation.tsx';
import { Suite } from '../../platform/views/historique.tsx';
import { ListeLiens } from '../../platform/views/liens.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { PersonneTrouvee } from '../journal.store.ts';
import { Sceaux, type SceauxProps } from './sceaux.tsx';

/** What is searched in the journal, by the names of the parameters. */
export type RechercheJournal = {
  readonly personne?: string | undefined;
  readonly acte?: string | undefined;
  readonly objet_type?: string | undefined;
  readonly objet_id?: string | undefined;
  readonly du?: string | undefined;
  readonly au?: string | undefined;
};

export type PageJournalProps = SceauxProps & {
  readonly recherche: RechercheJournal;
  /** The person whose acts are shown. */
  readonly personne: PersonneTrouvee | undefined;
  readonly actes: readonly Choix[];
  readonly types: readonly Choix[];
  /** The object of a line in words. */
  readonly nommer: (objet: Evenement['objet']) => ObjetNomme;
  readonly evenements: readonly Evenement[];
  readonly suite: number | undefined;
  readonly avant: number | undefined;
  /** A verification was just asked for. */
  readonly demandee: boolean;
  readonly terme?: string | undefined;
  readonly trouvees?: readonly PersonneTrouvee[];
  readonly erreur?: string;
};

const chemin = '/administration/journal';

/** The address of a search, with something changed. */
const adresse = (recherche: RechercheJournal, suffixe = '', avant?: number): string => {
  const parametres = new URLSearchParams(
    Object.entries(recherche).flatMap(([nom, valeur]) =>
      valeur === undefined ? [] : [[nom, valeur] as [string, string]],
    ),
  );
  if (avant !== undefined) parametres.set('avant', String(avant));
  return `${chemin}${suffixe}${parametres.size > 0 ? `?${parametres}` : ''}`;
};

const nomDe = ({ prenom, nom }: PersonneTrouvee): string => `${prenom} ${nom}`;

function Personne(props: PageJournalProps) {
  const { personne, recherche, terme, trouvees = [], erreur } = props;
  if (recherche.personne !== undefined)
    return (
      <p>
        Actes de <strong>{personne === undefined ? 'une personne inconnue' : nomDe(personne)}</strong>.{' '}
        <a href={adresse({ ...recherche, personne: undefined })}>Voir les actes de tous</a> –{' '}
        <a href={adresse({ objet_type: 'personne', objet_id: recherche.personne })}>
          Voir ce qui a été fait sur son compte
        </a>
        {personne === undefined || personne.effacee ? null : (
          <>
            {' '}
            –{' '}
            <a href={`/administration/personnes/${personne.id}/effacer`}>Effacer ses données à sa demande</a>
          </>
        )}
      </p>
    );
  return (
    <>
      <form class="maillage-recherche-personnes" method="post" action={`${chemin}/personne`} novalidate>
        <ChampSaisie
          nom="terme"
          libelle="Chercher les actes d’une personne"
          indication="Une partie de son nom ou de son adresse, qui n’apparaîtront pas dans l’adresse de la page."
          autocomplete="off"
          valeur={terme}
          longueur={100}
          erreurs={erreur === undefined ? {} : { terme: erreur }}
        />
        <div class="maillage-actions">
          <button class="fr-btn fr-btn--secondary" type="submit">
            Chercher cette personne
          </button>
        </div>
      </form>
      {trouvees.length === 0 ? null : (
        <ListeLiens
          nom="Personnes trouvées"
          liens={trouvees.map((trouvee) => ({
            texte: nomDe(trouvee),
            href: adresse({ personne: trouvee.id }),
            detail: trouvee.courriel,
          }))}
        />
      )}
    </>
  );
}

function Filtres({ recherche, actes, types }: PageJournalProps) {
  const { personne, acte, objet_type: type, objet_id: objet, du, au } = recherche;
  return (
    <form class="maillage-filtres" method="get" action={`${chemin}#lignes`}>
      {personne === undefined ? null : <input type="hidden" name="personne" value={personne} />}
      <ListeChoix nom="acte" libelle="Acte" choix={actes} valeur={acte} invite="Tous" />
      <details
        class="maillage-filtres__plus"
        open={[type, objet, du, au].some((valeur) => valeur !== undefined)}
      >
        <summary>Objet et dates</summary>
        <div class="maillage-filtres__champs">
          <ListeChoix
            nom="objet_type"
            libelle="Nature de l’objet"
            choix={types}
            valeur={type}
            invite="Toutes"
          />
          <ChampSaisie nom="objet_id" libelle="Numéro de l’objet" valeur={objet} longueur={100} />
          <ChampSaisie nom="du" libelle="À partir du" type="date" valeur={du} />
          <ChampSaisie nom="au" libelle="Jusqu’au" type="date" valeur={au} />
        </div>
      </details>
      <p class="maillage-filtres__actions">
        <button class="fr-btn fr-btn--secondary" type="submit">
          Chercher dans le journal
        </button>
        {Object.values(recherche).some((valeur) => valeur !== undefined) ? (
          <a class="fr-link" href={chemin}>
            Retirer les filtres
          </a>
        ) : null}
      </p>
    </form>
  );
}

function Lignes({ recherche, evenements, nommer, suite, avant }: PageJournalProps) {
  return (
    <div id="lignes">
      <Tableau
        legende="Lignes du journal, de la plus récente à la plus ancienne"
        lignes={evenements}
        cle={({ id }) => String(id)}
        vide="Aucune ligne ne répond à cette recherche."
        colonnes={[
          {
            cle: 'phrase',
            titre: 'Acte',
            entete: true,
            brut: true,
            cellule: ({ id, phrase }) => <a href={`${chemin}/${id}`}>{phrase}</a>,
          },
          { cle: 'instant', titre: 'Quand', cellule: ({ instant }) => instantLong(instant) },
          {
            cle: 'auteur',
            titre: 'Par',
            cellule: ({ personne, auteur }) =>
              personne === null || personne === recherche.personne ? (
                auteur
              ) : (
                <a href={adresse({ ...recherche, personne })}>{auteur}</a>
              ),
          },
          {
            cle: 'objet',
            titre: 'Objet',
            brut: true,
            cellule: ({ objet }) => {
              const { texte, href } = nommer(objet);
              return (
                <>
                  {href === undefined ? texte : <a href={href}>{texte}</a>}
                  <br />
                  <a class="fr-text--sm" href={adresse({ objet_type: objet.type, objet_id: objet.id })}>
                    Ses actes<span class="fr-sr-only">{`\u00a0: ${texte}`}</span>
                  </a>
                </>
              );
            },
          },
          { cle: 'motif', titre: 'Motif', brut: true, cellule: ({ motif }) => motif },
        ]}
      />
      <Suite
        nom="journal"
        suite={suite === undefined ? undefined : `${adresse(recherche, '', suite)}#lignes`}
        debut={avant === undefined ? undefined : `${adresse(recherche)}#lignes`}
      />
      {evenements.length === 0 ? null : (
        <p class="maillage-fichiers">
          Télécharger tout ce qui répond à cette recherche{'\u00a0: '}
          <a href={adresse(recherche, '.csv')} download="" rel="nofollow">
            CSV
          </a>
          ,{' '}
          <a href={adresse(recherche, '.json')} download="" rel="nofollow">
            JSON
          </a>
        </p>
      )}
    </div>
  );
}

/** Who did what, when and why. */
export function PageJournal(props: PageJournalProps) {
  const { sceaux, verification, verificationEnCours, demandee } = props;
  return (
    <>
      <h1>Journal</h1>
      {demandee ? (
        <ActeFait>La vérification est demandée. Son résultat paraîtra sur cette page.</ActeFait>
      ) : null}
      <Personne {...props} />
      <Filtres {...props} />
      <Lignes {...props} />
      <h2>Sceaux</h2>
      <p>
        Les lignes sont scellées toutes les dix minutes&nbsp;: une ligne changée, retirée ou ajoutée après
        coup se voit à la vérification.
      </p>
      <Sceaux sceaux={sceaux} verification={verification} verificationEnCours={verificationEnCours} />
    </>
  );
}
