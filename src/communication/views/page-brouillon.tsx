import type { ComponentChildren } from 'preact';
import { capitale, dateLongue, instantLong, pluriel } from '../../platform/francais/index.ts';
import {
  ChampSaisie,
  type ErreursFormulaire,
  ResumeErreurs,
  ZoneTexte,
} from '../../platform/views/champs.tsx';
import { Chronologie, type Fait } from '../../platform/views/chronologie.tsx';
import { ActeFait, Confirmation } from '../../platform/views/confirmation.tsx';
import { Etapier } from '../../platform/views/etapes.tsx';
import { Telechargements } from '../../platform/views/liens.tsx';
import { Alerte } from '../../platform/views/messages.tsx';
import { differences } from '../differences.rules.ts';
import type { Suivi } from '../relecture.store.ts';
import type { CleParagraphe, Communique } from '../rules.ts';
import type { EtatDuCommunique } from '../workflow.ts';

/** A paragraph as the form shows it. */
export type ChampParagraphe = {
  readonly cle: CleParagraphe;
  /** « le chapeau » */
  readonly nom: string;
  readonly valeur: string;
  /** What is recorded, or proposed where nothing is. */
  readonly enregistre: string;
  /** Names of its figures, with what they read. */
  readonly chiffres: readonly (readonly [string, string])[];
  readonly redaction: 'generee' | 'reecrite' | 'perimee';
  /** Somebody else changed it while this was typed. */
  readonly dispute: boolean;
};

export type ActionCommunique =
  | 'demander_relecture'
  | 'demander_corrections'
  | 'approuver'
  | 'publier'
  | 'retirer'
  | 'reprendre';

export type PageBrouillonProps = {
  readonly adresse: string;
  readonly titre: string;
  readonly communique: Communique;
  readonly totaux: { readonly structures: number; readonly postes: number };
  readonly statut: EtatDuCommunique;
  readonly version: number;
  readonly publieLe: string | null;
  readonly programme: boolean;
  /** Withdrawn before its instant: it never was public. */
  readonly annule: boolean;
  readonly suivi: Suivi | null;
  /** Names of other agents are not needed: only whether there is anybody to proofread. */
  readonly seul: boolean;
  readonly moi: string;
  readonly actions: readonly ActionCommunique[];
  readonly champs: readonly ChampParagraphe[];
  readonly saisie: Readonly<Record<string, string>>;
  readonly erreurs: ErreursFormulaire;
  /** Somebody else recorded something meanwhile. */
  readonly conflit: boolean;
  /** Why the act was refused. */
  readonly refus: string | undefined;
  readonly fait: string | undefined;
  readonly historique: readonly Fait[];
};

const rangs: Readonly<Record<EtatDuCommunique, number>> = {
  brouillon: 1,
  en_relecture: 2,
  relu: 3,
  publie: 4,
  retire: 1,
};

const faits: Readonly<Record<string, string>> = {
  enregistre: 'Le brouillon est enregistré.',
  relecture: 'La relecture est demandée. Les autres agents du département sont prévenus par courriel.',
  corrections: 'Les corrections sont demandées : le communiqué est de nouveau un brouillon.',
  approuve: 'Le communiqué est approuvé : il peut être publié.',
  publie: 'Le communiqué est publié.',
  programme: 'La publication est programmée.',
  retire: 'Le communiqué est retiré : sa page n’est plus publique.',
  repris: 'Le communiqué est de nouveau un brouillon.',
};

export const codesFaits = Object.keys(faits);

/** A communiqué for those who prepare it: where it stands, what to do, its text, its facts, its history. */
export function PageBrouillon(props: PageBrouillonProps) {
  const { titre, statut, fait, refus, conflit, suivi, erreurs, historique, publieLe } = props;
  return (
    <>
      <h1>{titre}</h1>
      {fait === undefined || faits[fait] === undefined ? null : (
        <ActeFait>
          {fait === 'retire' && props.annule ? 'La publication programmée est annulée.' : faits[fait]}
        </ActeFait>
      )}
      <ResumeErreurs erreurs={erreurs} />
      {conflit ? <Conflit champs={props.champs} /> : null}
      {refus === undefined ? null : (
        <Alerte ton="erreur" titre="Rien n’a été fait" niveau={2}>
          <p>{refus}</p>
        </Alerte>
      )}
      <Etapier
        etapes={[
          'Rédaction',
          'Relecture par une autre personne',
          props.programme ? 'Publication programmée' : 'Publication',
          'En ligne',
        ]}
        etape={props.programme ? rangs.relu : rangs[statut]}
      />
      {statut === 'retire' ? (
        <Alerte ton="attention">
          {props.annule
            ? 'La publication programmée de ce communiqué est annulée : le public ne l’a pas vu.'
            : 'Ce communiqué a été retiré : le public ne le voit plus.'}
        </Alerte>
      ) : null}
      {statut === 'publie' && publieLe !== null ? (
        <p>
          {props.programme
            ? `Ce communiqué est programmé pour le ${instantLong(publieLe)} : il deviendra public à cet instant, avec les décisions qu’il annonce.`
            : `Ce communiqué est public depuis le ${instantLong(publieLe)}.`}{' '}
          {props.programme ? null : (
            <a class="fr-link" href={props.adresse.replace('/prefecture', '')}>
              Voir sa page publique
            </a>
          )}
        </p>
      ) : null}
      {suivi?.corrections && statut === 'brouillon' ? (
        <Alerte ton="attention" titre="Corrections demandées" niveau={2}>
          <p class="maillage-commentaire">{suivi.corrections}</p>
        </Alerte>
      ) : null}
      <div class="fr-grid-row fr-grid-row--gutters">
        <div class="fr-col-12 fr-col-lg-8 maillage-travail">
          {statut === 'brouillon' ? <Redaction {...props} /> : null}
          <Actions {...props} />
        </div>
        <aside class="fr-col-12 fr-col-lg-4" aria-label="Faits et fichiers">
          <Faits {...props} />
        </aside>
      </div>
      <section aria-labelledby="historique">
        <h2 id="historique">Historique</h2>
        <Chronologie
          faits={historique}
          nom="Historique du communiqué"
          vide="Personne n’a encore écrit ce communiqué : son texte est celui que les décisions donnent."
        />
      </section>
    </>
  );
}

function Conflit({ champs }: Pick<PageBrouillonProps, 'champs'>) {
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

function Redaction(props: PageBrouillonProps) {
  const { adresse, version, champs, communique, saisie, erreurs, actions, seul } = props;
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
        <ChampSaisie
          nom="date"
          type="date"
          libelle="Date que porte le communiqué"
          obligatoire
          valeur={saisie['date'] ?? communique.date}
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
                Personne ne peut relire : vous êtes la seule personne de cette préfecture à avoir un compte.
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

function Actions(props: PageBrouillonProps) {
  const { actions, adresse, version, saisie, erreurs, suivi, moi, statut, totaux, programme } = props;
  const champs = { version: String(version) };
  const renoncer = { texte: 'Revenir à la liste', href: '/prefecture/communiques' };
  const ecritParMoi = suivi?.redigePar?.id === moi;
  const peut = (action: ActionCommunique): boolean => actions.includes(action);
  return (
    <>
      {statut === 'en_relecture' && ecritParMoi ? (
        <Alerte ton="info">
          Vous avez écrit ce communiqué en dernier : une autre personne doit le relire. Vous pouvez le
          reprendre en brouillon.
        </Alerte>
      ) : null}
      {peut('approuver') && !ecritParMoi ? (
        <section aria-labelledby="relire">
          <h2 id="relire">Relire</h2>
          <p>
            {suivi?.redigePar?.nom ? `Écrit par ${suivi.redigePar.nom}. ` : ''}
            <a class="fr-link" href={`${adresse}/apercu`}>
              Lire le communiqué
            </a>
          </p>
          <form method="post" action={`${adresse}/approuver`}>
            <input type="hidden" name="version" value={String(version)} />
            <button class="fr-btn" type="submit">
              Approuver le communiqué
            </button>
          </form>
          <form method="post" action={`${adresse}/corrections`}>
            <input type="hidden" name="version" value={String(version)} />
            <ZoneTexte
              nom="corrections"
              libelle="Ce qu’il faut corriger"
              longueur={2000}
              obligatoire
              valeur={saisie['corrections']}
              erreurs={erreurs}
            />
            <button class="fr-btn fr-btn--secondary" type="submit">
              Demander des corrections
            </button>
          </form>
        </section>
      ) : null}
      {peut('publier') ? (
        <Confirmation
          id="publier"
          titre="Publier ce communiqué ?"
          effets={[
            `le communiqué devient public, avec les décisions qui retiennent ${pluriel(totaux.structures, 'structure', 'structures')} et ${pluriel(totaux.postes, 'poste', 'postes')} ;`,
            'avant l’instant choisi, rien n’en paraît : ni page, ni fichier, ni chiffre ;',
            'vous pourrez retirer le communiqué, en disant pourquoi.',
          ]}
          action={`${adresse}/publier`}
          champs={champs}
          bouton="Publier"
          renoncer={renoncer}
        >
          <p>
            {suivi?.reluPar?.nom ? `Approuvé par ${suivi.reluPar.nom}. ` : ''}Sans date ni heure, il est
            publié tout de suite.
          </p>
          <ChampSaisie
            nom="jour"
            type="date"
            libelle="Jour de la publication"
            valeur={saisie['jour']}
            erreurs={erreurs}
          />
          <ChampSaisie
            nom="heure"
            libelle="Heure de Paris"
            indication="Par exemple 10:30"
            largeur="courte"
            valeur={saisie['heure']}
            erreurs={erreurs}
          />
        </Confirmation>
      ) : null}
      {peut('reprendre') ? (
        <form method="post" action={`${adresse}/reprendre`} class="maillage-acte-simple">
          <input type="hidden" name="version" value={String(version)} />
          <button class="fr-btn fr-btn--secondary" type="submit">
            Reprendre en brouillon
          </button>
        </form>
      ) : null}
      {peut('retirer') ? (
        <Confirmation
          id="retirer"
          titre={programme ? 'Annuler cette publication ?' : 'Retirer ce communiqué ?'}
          effets={
            programme
              ? ['le communiqué ne sera pas publié ;', 'les décisions qu’il annonce attendent de nouveau.']
              : ['sa page et ses fichiers ne sont plus publics ;', 'les décisions annoncées le restent.']
          }
          action={`${adresse}/retirer`}
          champs={champs}
          bouton={programme ? 'Annuler la publication' : 'Retirer le communiqué'}
          renoncer={renoncer}
        >
          <ZoneTexte
            nom="motif"
            libelle="Pourquoi"
            lignes={3}
            longueur={1000}
            obligatoire
            valeur={saisie['motif']}
            erreurs={erreurs}
          />
        </Confirmation>
      ) : null}
    </>
  );
}

function Faits({ communique, totaux, adresse }: PageBrouillonProps) {
  const { liste, avertissements } = communique;
  const aRelire = liste.lignes.filter(({ marque }) => marque !== null);
  return (
    <>
      <h2 class="fr-h4">Ce que disent les décisions</h2>
      <p>
        {pluriel(totaux.postes, 'poste', 'postes')} dans{' '}
        {pluriel(totaux.structures, 'structure', 'structures')}, retenus le {dateLongue(communique.seance)}.
      </p>
      <ul class="maillage-faits">
        {liste.lignes.map(({ texte, marque }) => (
          <li key={texte}>
            {texte}
            {marque === null ? null : <em> [{marque}]</em>}
          </li>
        ))}
      </ul>
      {avertissements.length === 0 ? null : (
        <Alerte ton="attention" titre="À relire" niveau={3}>
          <ul>
            {avertissements.map((avertissement) => (
              <li key={avertissement}>{avertissement}</li>
            ))}
          </ul>
          {aRelire.length === 0 ? null : (
            <>
              <p>Ces noms ont été déduits du fichier du comité, personne ne les a relus :</p>
              <ul>
                {aRelire.map(({ libelle, siret }) => (
                  <li key={`${siret} ${libelle}`}>
                    {libelle}
                    {siret === null ? '' : ` (${siret})`}
                  </li>
                ))}
              </ul>
              <p>Pour en corriger ou en confirmer un, demandez-le à un administrateur du service.</p>
            </>
          )}
        </Alerte>
      )}
      <h2 class="fr-h4">Aperçus</h2>
      <p>
        <a class="fr-link" href={`${adresse}/apercu`}>
          Aperçu du communiqué
        </a>
      </p>
      <Telechargements
        fichiers={[
          { texte: 'Le communiqué', href: `${adresse}.pdf`, detail: 'PDF accessible' },
          { texte: 'Le communiqué modifiable', href: `${adresse}.odt`, detail: 'ODT' },
          { texte: 'Le communiqué pour un site', href: `${adresse}.html`, detail: 'HTML' },
        ]}
      />
    </>
  );
}
