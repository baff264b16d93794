import { capitale, liste, moisLong, nombre, pluriel } from '../../../platform/francais/index.ts';
import { type ErreursFormulaire, ListeChoix, ResumeErreurs } from '../../../platform/views/champs.tsx';
import { Alerte, EtatVide } from '../../../platform/views/messages.tsx';
import type { EtapeDemandee } from '../../vagues/formulaire.rules.ts';
import { type EtatVague, momentDeVague } from '../../vagues/rules.ts';
import { EtatDeVague, Moment, type NomsDeTerritoires } from '../../vagues/views/parts.tsx';
import { type NomDeNature, natures, type Reponse, sourceEligibilite } from '../eligibilite.rules.ts';
import type { ContactPublic, VaguePublique } from '../store.ts';

export type VagueProposee = {
  readonly vague: VaguePublique;
  readonly etat: EtatVague;
  /** Codes of the départements that it is open to. */
  readonly codes: readonly string[];
  readonly questions: readonly EtapeDemandee[];
};

type Departement = {
  readonly code: string;
  readonly nom: string;
  readonly avecArticle: string;
  readonly locatif: string;
  readonly prefecture: { readonly nom: string; readonly avecArticle: string; readonly lieuLocatif: string };
};

export type PageCandidaterProps = {
  readonly vagues: readonly VagueProposee[];
  readonly nature: NomDeNature | undefined;
  readonly erreurs: ErreursFormulaire;
  readonly departement: Departement | null;
  readonly departements: readonly Departement[];
  readonly contact: ContactPublic | undefined;
};

/** The start of an application: when, who, what, how much, whom to ask. */
export function PageCandidater(props: PageCandidaterProps) {
  const { vagues, departements } = props;
  const noms: NomsDeTerritoires = Object.fromEntries(
    departements.map(({ code, avecArticle }) => [code, avecArticle]),
  );
  const courantes = vagues.filter(({ etat }) => etat === 'ouverte' || etat === 'a_venir');
  const closes = vagues.filter(({ etat }) => etat === 'close');
  return (
    <>
      <h1>Accueillir un conseiller numérique</h1>
      <p class="fr-text--lead">
        Votre structure peut demander à l’État de financer un ou plusieurs conseillers numériques. Elle répond
        à un appel à candidatures, nommé «&nbsp;vague&nbsp;».
      </p>
      <section aria-labelledby="vagues">
        <h2 id="vagues">Les vagues ouvertes et à venir</h2>
        {courantes.length === 0 ? (
          <EtatVide titre="Aucune vague n’est ouverte ni annoncée" niveau={3}>
            Revenez plus tard, ou demandez à la préfecture de votre département si une vague est prévue.
          </EtatVide>
        ) : (
          courantes.map((vague) => <UneVague key={vague.vague.id} {...vague} noms={noms} />)
        )}
        {closes.length === 0 ? null : (
          <p>
            {capitale(liste(closes.map(({ vague }) => `«\u00a0${vague.nom}\u00a0»`)))}{' '}
            {closes.length === 1 ? 'est close' : 'sont closes'}&nbsp;: on ne peut plus y candidater.
          </p>
        )}
      </section>
      <Eligibilite {...props} />
      <section aria-labelledby="paie">
        <h2 id="paie">Ce que paie l’État</h2>
        <p>
          L’État verse soit une somme fixe pour chaque poste (le forfait), soit une part du salaire (le taux).
          Il paie aussi toute la formation du conseiller. Le reste du salaire est à la charge de votre
          structure.
        </p>
        <p>
          <a class="fr-btn fr-btn--secondary" href="/candidater/simulateur">
            Calculer ce que l’État paierait
          </a>
        </p>
      </section>
      <section aria-labelledby="temps">
        <h2 id="temps">Combien de temps cela prend</h2>
        <ol>
          <li>
            Vous remplissez le formulaire, seul ou à plusieurs, en une ou plusieurs fois. Il est gardé à
            chaque étape.
          </li>
          <li>Vous le déposez avant la clôture. Vous recevez aussitôt un accusé de réception.</li>
          <li>La préfecture lit votre dossier et donne son avis. Elle peut vous demander une correction.</li>
          <li>Le comité national décide. Vous recevez sa décision par écrit, avec ses raisons.</li>
          <li>Si votre structure est retenue, elle recrute le conseiller. L’État le forme.</li>
        </ol>
        <p>À tout moment, votre espace dit où en est votre dossier et ce qui vient ensuite.</p>
      </section>
      <Contact {...props} />
    </>
  );
}

function UneVague({
  vague,
  etat,
  codes,
  questions,
  noms,
}: VagueProposee & { readonly noms: NomsDeTerritoires }) {
  const { id, nom, ouvreLe, fermeLe, heureLocale } = vague;
  const demandes = questions.reduce((sum, { champs }) => sum + champs.length, 0);
  return (
    <section class="maillage-vague" aria-labelledby={`vague-${id}`}>
      <h3 id={`vague-${id}`}>
        {nom} <EtatDeVague etat={etat} />
      </h3>
      {vague.presentation === null
        ? null
        : vague.presentation.split(/\n+/).map((paragraphe) => <p key={paragraphe}>{paragraphe}</p>)}
      {ouvreLe === null ? (
        <p>Le jour de son ouverture n’est pas encore connu.</p>
      ) : vague.ouverturePrecision === 'mois' ? (
        <p>Ouverture prévue en {moisLong(ouvreLe.slice(0, 7))}.</p>
      ) : (
        <Moment
          avant="Ouverture"
          moment={momentDeVague(ouvreLe, vague.ouvreHeure, heureLocale, etat === 'ouverte' ? [] : codes)}
          noms={noms}
        />
      )}
      {fermeLe === null ? null : (
        <Moment
          avant="Clôture"
          moment={momentDeVague(fermeLe, vague.fermeHeure, heureLocale, codes)}
          noms={noms}
        />
      )}
      <ul>
        {vague.objectifPostes === null ? null : (
          <li>{pluriel(vague.objectifPostes, 'poste à attribuer', 'postes à attribuer')}</li>
        )}
        {vague.priorites.length === 0 ? null : <li>En priorité&nbsp;: {liste(vague.priorites)}</li>}
        <li>
          {vague.departements.length === 0
            ? 'Ouverte à toute la France'
            : `Ouverte à ${liste(vague.departements.map((code) => noms[code] ?? code))}`}
        </li>
        <li>
          <a href={`/candidater/vagues/${id}`}>
            Ce qui vous sera demandé<span class="fr-sr-only">{`\u00a0: ${nom}`}</span>
          </a>{' '}
          ({nombre(demandes)} réponses, en {nombre(questions.length)} étapes)
        </li>
      </ul>
      {etat === 'ouverte' ? (
        <div class="maillage-actions">
          <a class="fr-btn" href={`/candidatures/nouvelle?vague=${id}`}>
            Commencer ma candidature<span class="fr-sr-only">{`\u00a0: ${nom}`}</span>
          </a>
          <a class="fr-link" href={`/candidater/compte?vague=${id}`}>
            Je n’ai pas encore de compte
          </a>
        </div>
      ) : null}
    </section>
  );
}

const tons = { oui: 'succes', non: 'attention', a_verifier: 'info' } as const;
const titres: Readonly<Record<Reponse, string>> = {
  oui: 'Oui, votre structure peut candidater',
  non: 'Non, votre structure ne peut pas candidater',
  a_verifier: 'Il faut le vérifier',
};

/** Whether the structure may apply, in general and now, with where that comes from. */
function Verdict({ vagues, nature, departement }: PageCandidaterProps) {
  if (nature === undefined) return null;
  const { reponse, phrase } = natures[nature];
  const ouvertes = vagues.filter(
    ({ etat, codes }) =>
      (etat === 'ouverte' || etat === 'a_venir') &&
      (departement === null || codes.includes(departement.code)),
  );
  return (
    <div role="status">
      <Alerte ton={tons[reponse]} titre={titres[reponse]}>
        <p>{phrase}</p>
        {reponse === 'non' || departement === null ? null : (
          <p>
            {capitale(departement.locatif)},{' '}
            {ouvertes.length === 0
              ? 'aucune vague n’est ouverte ni annoncée pour le moment.'
              : `${ouvertes.length === 1 ? 'une vague est' : `${nombre(ouvertes.length)} vagues sont`} à votre portée : ${liste(
                  ouvertes.map(
                    ({ vague, etat }) =>
                      `«\u00a0${vague.nom}\u00a0» (${etat === 'ouverte' ? 'ouverte' : 'à venir'})`,
                  ),
                )}.`}
          </p>
        )}
        <p>
          Source&nbsp;: <a href={sourceEligibilite.href}>{sourceEligibilite.texte}</a>.
        </p>
      </Alerte>
    </div>
  );
}

function Eligibilite(props: PageCandidaterProps) {
  const { nature, departement, departements, erreurs } = props;
  return (
    <section aria-labelledby="eligible">
      <h2 id="eligible">Ma structure peut-elle candidater&nbsp;?</h2>
      <ResumeErreurs erreurs={erreurs} niveau={3} />
      <Verdict {...props} />
      <form method="get" action="/candidater#eligible">
        <ListeChoix
          nom="nature"
          libelle="Ma structure est"
          choix={Object.entries(natures).map(([cle, { libelle, ...reste }]) => ({
            valeur: cle,
            libelle:
              'indication' in reste
                ? `${libelle} (${reste.indication.replace(/\.$/, '').toLowerCase()})`
                : libelle,
          }))}
          valeur={nature}
          erreurs={erreurs}
        />
        <ListeChoix
          nom="departement"
          libelle="Son département ou sa collectivité"
          choix={departements.map(({ code, nom }) => ({ valeur: code, libelle: `${nom} (${code})` }))}
          valeur={departement?.code}
        />
        <button class="fr-btn fr-btn--secondary" type="submit" name="demander" value="oui">
          Savoir si je peux candidater
        </button>
      </form>
    </section>
  );
}

function Contact({ departement, contact }: PageCandidaterProps) {
  if (departement === null)
    return (
      <section aria-labelledby="demander">
        <h2 id="demander">À qui demander</h2>
        <p>
          À la préfecture de votre département. Si elle a publié un contact,{' '}
          <a href="#eligible">votre département, choisi plus haut</a>, le montre ici.
        </p>
      </section>
    );
  const lignes = [
    { titre: 'Service', texte: contact?.contact },
    { titre: 'Adresse', texte: contact === undefined ? null : contact.adresse.join(', ') || null },
    { titre: 'Téléphone', texte: contact?.telephone },
    {
      titre: 'Courriel',
      texte: contact?.courriel == null ? null : <a href={`mailto:${contact.courriel}`}>{contact.courriel}</a>,
    },
  ].filter(({ texte }) => texte != null);
  return (
    <section aria-labelledby="demander">
      <h2 id="demander">À qui demander</h2>
      <p>
        À {departement.prefecture.avecArticle}, {departement.prefecture.lieuLocatif}.
      </p>
      {lignes.length === 0 ? (
        <p>
          Elle n’a pas encore publié de contact ici&nbsp;: cherchez-la dans l’annuaire des services publics.
        </p>
      ) : (
        <dl class="maillage-fiche">
          {lignes.map(({ titre, texte }) => (
            <div key={titre}>
              <dt>{titre}</dt>
              <dd>{texte}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
