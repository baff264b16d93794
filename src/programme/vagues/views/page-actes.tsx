import { nombre, pluriel } from '../../../platform/francais/index.ts';
import {
  ChampSaisie,
  type ErreursFormulaire,
  ResumeErreurs,
  ZoneTexte,
} from '../../../platform/views/champs.tsx';
import { Confirmation } from '../../../platform/views/confirmation.tsx';
import { Alerte } from '../../../platform/views/messages.tsx';
import { momentDeVague, type Section, sections, suppressionEmpechee } from '../rules.ts';
import type { SeanceDeVague } from '../seances.store.ts';
import type { VagueLue } from '../store.ts';
import { LienDeSeance } from './parts.tsx';

type Props = {
  readonly adresse: string;
  readonly vague: VagueLue;
  readonly manques: readonly { readonly section: Section; readonly texte: string }[];
  /** Its closing is over. */
  readonly passee: boolean;
  readonly seances: readonly SeanceDeVague[];
  /** Why it may not be cancelled. */
  readonly empechement: string | undefined;
  readonly erreurs: ErreursFormulaire;
  readonly refus: string | undefined;
  readonly saisie: Readonly<Record<string, string>>;
};

function Refus({ refus }: Pick<Props, 'refus'>) {
  return refus === undefined ? null : (
    <Alerte ton="erreur" titre="Rien n’a changé" niveau={2}>
      <p>{refus}</p>
    </Alerte>
  );
}

const renoncer = (adresse: string) => ({ texte: 'Revenir à la vague', href: adresse });

/** Asks before a wave is published; says what is missing. */
export function PagePublier({ adresse, vague, refus, manques, passee }: Props) {
  const moment = (jour: string | null, heure: string): string =>
    jour === null ? '' : momentDeVague(jour, heure, vague.heureLocale, []).texte;
  return (
    <>
      <h1>Publier «&nbsp;{vague.nom}&nbsp;»</h1>
      <Refus refus={refus} />
      {passee ? (
        <Alerte ton="attention" titre="La clôture de cette vague est passée" niveau={2}>
          <p>
            Publiée ainsi, elle serait close aussitôt et personne n’y candidaterait.{' '}
            <a href={`${adresse}/calendrier`}>Changer le calendrier</a>
          </p>
        </Alerte>
      ) : null}
      {manques.length > 0 ? (
        <>
          <p>La vague ne peut pas encore être publiée. Il manque&nbsp;:</p>
          <ul>
            {manques.map(({ section, texte }) => (
              <li key={texte}>
                {texte}&nbsp;: <a href={`${adresse}/${section}`}>{sections[section].titre}</a>
              </li>
            ))}
          </ul>
          <Retour adresse={adresse} />
        </>
      ) : (
        <Confirmation
          id="confirmer"
          titre="Publier cette vague&nbsp;?"
          effets={[
            'tout le monde la voit sur le site public, avec ses questions et ses critères\u00a0;',
            `elle vise ${pluriel(vague.objectifPostes ?? 0, 'poste', 'postes')}, que paie l’enveloppe «\u00a0${vague.enveloppeNom ?? ''}\u00a0»\u00a0;`,
            `elle s’ouvre d’elle-même le ${moment(vague.ouvreLe, vague.ouvreHeure)}\u00a0;`,
            `elle se ferme d’elle-même le ${moment(vague.fermeLe, vague.fermeHeure)}\u00a0;`,
            'son rang ne change plus, et sa clôture ne peut plus qu’être reportée\u00a0;',
            'dès la première candidature déposée, les critères, les priorités, les régimes et les questions ne changent plus.',
          ]}
          action={`${adresse}/publier`}
          champs={{ version: String(vague.version) }}
          bouton="Publier la vague"
          renoncer={renoncer(adresse)}
        />
      )}
    </>
  );
}

/** Asks to what moment the closing is put off, and why. */
export function PageProlonger({ adresse, vague, seances, erreurs, refus, saisie }: Props) {
  const prevues = seances.filter(({ statut }) => statut !== 'close');
  return (
    <>
      <h1>Reporter la clôture de «&nbsp;{vague.nom}&nbsp;»</h1>
      <ResumeErreurs erreurs={erreurs} />
      <Refus refus={refus} />
      {prevues.length === 0 ? null : (
        <Alerte ton="attention" titre="Une séance du comité est prévue sur cette vague" niveau={2}>
          <p>
            Si la nouvelle clôture vient après elle, les candidatures qui arrivent ensuite n’y seront pas
            décidées. Changez d’abord la date de la séance, ou gardez une clôture plus proche.
          </p>
          <Seances seances={prevues} />
        </Alerte>
      )}
      <Confirmation
        id="confirmer"
        titre="Reporter la clôture&nbsp;?"
        effets={[
          'les structures peuvent candidater jusqu’à la nouvelle clôture\u00a0;',
          'la clôture ne pourra plus être avancée\u00a0;',
          'le motif est gardé dans l’historique de la vague.',
        ]}
        action={`${adresse}/prolonger`}
        champs={{ version: String(vague.version) }}
        bouton="Reporter la clôture"
        renoncer={renoncer(adresse)}
      >
        <ChampSaisie
          nom="ferme_le"
          type="date"
          libelle="Nouveau jour de clôture"
          obligatoire
          valeur={saisie['ferme_le'] ?? vague.fermeLe ?? ''}
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="ferme_heure"
          libelle="Heure de clôture"
          indication={`${vague.heureLocale ? 'Heure de chaque territoire' : 'Heure de Paris'}, par exemple 18h ou 23h59.`}
          largeur="courte"
          obligatoire
          valeur={saisie['ferme_heure'] ?? vague.fermeHeure}
          erreurs={erreurs}
        />
        <ZoneTexte
          nom="motif"
          libelle="Motif"
          lignes={3}
          obligatoire
          longueur={2000}
          valeur={saisie['motif']}
          erreurs={erreurs}
        />
      </Confirmation>
    </>
  );
}

function Seances({ seances }: Pick<Props, 'seances'>) {
  return (
    <ul>
      {seances.map((seance) => (
        <li key={seance.id}>
          <LienDeSeance seance={seance} />
        </li>
      ))}
    </ul>
  );
}

function Retour({ adresse }: Pick<Props, 'adresse'>) {
  return (
    <p>
      <a class="fr-link" href={adresse}>
        Revenir à la vague
      </a>
    </p>
  );
}

/** A wave that is cancelled does nothing more. */
export function PageDejaAnnulee({ adresse, vague }: Pick<Props, 'adresse' | 'vague'>) {
  return (
    <>
      <h1>Vague «&nbsp;{vague.nom}&nbsp;»</h1>
      <p>Cette vague est déjà annulée&nbsp;: elle ne change plus. Son historique dit quand et pourquoi.</p>
      <Retour adresse={adresse} />
    </>
  );
}

/** Asks before a wave is cancelled, and why; says why it cannot be. */
export function PageAnnuler({ adresse, vague, seances, empechement, erreurs, refus, saisie }: Props) {
  const { comptees, brouillons } = vague;
  const personne = comptees + brouillons === 0;
  if (empechement !== undefined)
    return (
      <>
        <h1>Annuler «&nbsp;{vague.nom}&nbsp;»</h1>
        <Alerte ton="attention" titre="Cette vague ne peut pas être annulée" niveau={2}>
          <p>{empechement}</p>
          <Seances seances={seances} />
        </Alerte>
        <Retour adresse={adresse} />
      </>
    );
  return (
    <>
      <h1>Annuler «&nbsp;{vague.nom}&nbsp;»</h1>
      <ResumeErreurs erreurs={erreurs} />
      <Refus refus={refus} />
      <Confirmation
        id="confirmer"
        titre="Annuler cette vague&nbsp;?"
        effets={[
          'aucune candidature ne peut plus y être déposée\u00a0;',
          personne
            ? 'aucune candidature n’y a été commencée\u00a0: personne ne reçoit de courriel\u00a0;'
            : `${pluriel(comptees, 'candidature déposée', 'candidatures déposées')} et ${nombre(brouillons)} en brouillon restent lisibles, sans suite\u00a0; leurs gestionnaires reçoivent un courriel\u00a0;`,
          personne
            ? 'le motif est gardé dans l’historique de la vague.'
            : 'le motif est gardé dans l’historique de la vague, et écrit dans ces courriels.',
        ]}
        action={`${adresse}/annuler`}
        champs={{ version: String(vague.version) }}
        bouton="Annuler la vague"
        renoncer={renoncer(adresse)}
        definitif
      >
        <ZoneTexte
          nom="motif"
          libelle="Motif"
          lignes={3}
          obligatoire
          longueur={2000}
          valeur={saisie['motif']}
          erreurs={erreurs}
        />
      </Confirmation>
    </>
  );
}

/** Asks before a draft is taken away; says why it cannot be. */
export function PageSupprimer({ adresse, vague, seances, refus }: Props) {
  const empechement =
    vague.statut === 'preparation'
      ? seances.length > 0
        ? suppressionEmpechee.seance
        : vague.deposees + vague.brouillons > 0
          ? suppressionEmpechee.candidature
          : undefined
      : 'Cette vague a été publiée\u00a0: elle peut être annulée, et reste lisible.';
  return (
    <>
      <h1>Supprimer «&nbsp;{vague.nom}&nbsp;»</h1>
      <Refus refus={refus} />
      {empechement === undefined ? (
        <Confirmation
          id="confirmer"
          titre="Supprimer cette vague en préparation&nbsp;?"
          effets={[
            'tout ce qui y est écrit disparaît\u00a0: dates, critères, questions, quotas\u00a0;',
            `son rang, ${nombre(vague.rang)}, est de nouveau libre\u00a0;`,
            'le journal garde son nom, et qui l’a supprimée.',
          ]}
          action={`${adresse}/supprimer`}
          champs={{ version: String(vague.version) }}
          bouton="Supprimer la vague"
          renoncer={renoncer(adresse)}
          definitif
        />
      ) : (
        <>
          <Alerte ton="attention" titre="Cette vague ne peut pas être supprimée" niveau={2}>
            <p>{empechement}</p>
            {empechement === suppressionEmpechee.seance ? <Seances seances={seances} /> : null}
          </Alerte>
          <p>
            <a class="fr-link" href={`${adresse}/annuler`}>
              Annuler la vague
            </a>
          </p>
          <Retour adresse={adresse} />
        </>
      )}
    </>
  );
}
