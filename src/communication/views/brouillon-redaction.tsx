import type { ComponentChildren } from 'preact';
import { dateDuDomaine } from '../../platform/dates.ts';
import { capitale, dateLongue } from '../../platform/francais/index.ts';
import { ChampSaisie, ZoneTexte } from '../../platform/views/champs.tsx';
import { Alerte } from '../../platform/views/messages.tsx';
import type { ChampParagraphe } from '../brouillon.rules.ts';
import { differences } from '../differences.rules.ts';
import type { PageBrouillonProps } from './page-brouillon.tsx';

/** Says that somebody else wrote meanwhile, and shows where the two texts differ. */
export function Conflit({ date, champs }: Pick<PageBrouillonProps, 'date' | 'champs'>) {
  const disputes = champs.filter(({ dispute }) => dispute);
  return (
    <Alerte
      ton="attention"
      titre="Une autre personne a modifié ce communiqué pendant que vous écriviez"
      niveau={2}
    >
      <p>
        Rien n’est perdu : votre texte est dans le formulaire, avec ce que l’autre personne a changé ailleurs.
        Relisez-le, puis enregistrez de nouveau.
      </p>
      {date.dispute ? (
        <>
          <h3 class="fr-h6">Date que porte le communiqué</h3>
          <p>
            Version enregistrée : {dateLongue(date.enregistre)}. La vôtre :{' '}
            {dateDuDomaine.safeParse(date.valeur).success ? dateLongue(date.valeur) : 'aucune'}.
          </p>
        </>
      ) : null}
      {disputes.map(({ cle, nom, enregistre, valeur }) => (
        <div key={cle}>
          <h3 class="fr-h6">{capitale(nom)} : de la version enregistrée à la vôtre</h3>
          <p class="maillage-differences">
            {differences(enregistre, valeur).map(({ sort, texte }, rang) =>
              sort === 'commun' ? (
                <span key={rang}>{texte}</span>
              ) : sort === 'retire' ? (
                <del key={rang}>
                  <span class="fr-sr-only">[retiré : </span>
                  {texte}
                  <span class="fr-sr-only">] </span>
                </del>
              ) : (
                <ins key={rang}>
                  <span class="fr-sr-only">[ajouté : </span>
                  {texte}
                  <span class="fr-sr-only">] </span>
                </ins>
              ),
            )}
          </p>
        </div>
      ))}
    </Alerte>
  );
}

const effetsDeLaRelecture = [
  'ce qui est écrit ci-dessus est d’abord enregistré ;',
  'les autres agents du département, et la boîte du service, reçoivent un courriel ;',
  'une autre personne que celle qui l’a écrit en dernier l’approuve ou demande des corrections ;',
  'le texte enregistré ne change plus pendant la relecture.',
];

/** The form of the text, and the button that asks to proofread it. */
export function Redaction(props: PageBrouillonProps) {
  const { adresse, version, date, champs, erreurs, actions, seul } = props;
  const relecture = actions.includes('demander_relecture');
  return (
    <section aria-labelledby="redaction">
      <h2 id="redaction">Rédiger</h2>
      <p>
        Les chiffres viennent des décisions : dans le texte, leur nom est entre accolades et doit y rester. Un
        texte vidé revient à celui qui est proposé.
      </p>
      <form method="post" action={adresse}>
        <input type="hidden" name="version" value={String(version)} />
        <input type="hidden" name="montre_date" value={date.enregistre} />
        <ChampSaisie
          nom="date"
          type="date"
          libelle="Date que porte le communiqué"
          obligatoire
          valeur={date.valeur}
          erreurs={erreurs}
        />
        {champs.map(({ cle, nom, valeur, enregistre, chiffres, redaction }) => (
          <div key={cle}>
            <input type="hidden" name={`montre_${cle}`} value={enregistre} />
            <ZoneTexte
              nom={cle}
              libelle={capitale(nom)}
              lignes={cle === 'titre' || cle === 'liste' ? 2 : 5}
              longueur={2000}
              valeur={valeur}
              erreurs={erreurs}
              indication={
                <Indication chiffres={chiffres}>
                  {redaction === 'reecrite'
                    ? 'Réécrit. '
                    : redaction === 'perimee'
                      ? 'Les données ont changé depuis que ce texte a été réécrit : le texte proposé est revenu. '
                      : null}
                </Indication>
              }
            />
          </div>
        ))}
        <div class="maillage-actions">
          <button class="fr-btn" type="submit">
            Enregistrer le brouillon
          </button>
          <a class="fr-link" href={`${adresse}/apercu`}>
            Voir l’aperçu
          </a>
        </div>
        {relecture ? (
          <section class="maillage-confirmation" aria-labelledby="relecture">
            <h3 class="maillage-confirmation__titre" id="relecture">
              Faire relire ce communiqué ?
            </h3>
            {seul ? (
              <Alerte ton="attention">
                Personne ne peut relire : en dehors de vous, aucun agent de cette préfecture n’a de compte.
                Demandez à un ou une collègue de prendre un compte,{' '}
                <a class="fr-link" href="/invitations/nouvelle">
                  en l’invitant
                </a>
                , ou à l’administrateur du service de l’inviter.
              </Alerte>
            ) : (
              <>
                <p>Si vous confirmez :</p>
                <ul class="maillage-confirmation__effets">
                  {effetsDeLaRelecture.map((effet) => (
                    <li key={effet}>{effet}</li>
                  ))}
                </ul>
              </>
            )}
            {/* Of the same form as the text: nothing typed is lost. */}
            <div class="maillage-actions">
              <button
                class="fr-btn fr-btn--secondary"
                type="submit"
                formaction={`${adresse}/relecture`}
                disabled={seul}
              >
                Demander la relecture
              </button>
            </div>
          </section>
        ) : null}
      </form>
    </section>
  );
}

function Indication({
  chiffres,
  children,
}: Pick<ChampParagraphe, 'chiffres'> & { readonly children: ComponentChildren }) {
  return (
    <>
      {children}
      {chiffres.map(([nom, lu], rang) => (
        <span key={nom}>
          {rang > 0 ? ' ; ' : ''}
          <code>{`{${nom}}`}</code> se lit « {lu} »
        </span>
      ))}
    </>
  );
}
