import { dateLongue, nombre, pluriel } from '../../../platform/francais/index.ts';
import {
  ChampSaisie,
  ChoixUnique,
  type ErreursFormulaire,
  ResumeErreurs,
  ZoneTexte,
} from '../../../platform/views/champs.tsx';
import { Confirmation } from '../../../platform/views/confirmation.tsx';
import { Alerte } from '../../../platform/views/messages.tsx';
import { raisonsDeDoublon } from '../rules.ts';
import type { Doublon, Fiche } from '../store.ts';

type Commun = {
  readonly fiche: Fiche;
  readonly action: string;
  readonly retour: string;
  readonly saisie: Readonly<Record<string, string>>;
  readonly erreurs: ErreursFormulaire;
  readonly refus: string | undefined;
};

type Bornes = { readonly minimum: string; readonly maximum: string };

function MessageEtEcheance(props: {
  readonly bornes: Bornes;
  readonly saisie: Readonly<Record<string, string>>;
  readonly erreurs: ErreursFormulaire;
  readonly facultatif?: boolean;
}) {
  const { bornes, saisie, erreurs, facultatif = false } = props;
  return (
    <>
      <ZoneTexte
        nom="message"
        libelle="Ce que vous demandez"
        indication="La structure lit ce texte au-dessus des réponses à corriger."
        obligatoire={!facultatif}
        longueur={5000}
        valeur={saisie['message']}
        erreurs={erreurs}
      />
      <ChampSaisie
        nom="echeance"
        libelle="Réponse attendue au plus tard le"
        indication={`Ce jour est compris. Le ${dateLongue(bornes.maximum)} au plus tard.`}
        type="date"
        {...bornes}
        obligatoire={!facultatif}
        valeur={saisie['echeance']}
        erreurs={erreurs}
      />
    </>
  );
}

/** Fields, message and due date of a correction to ask for. */
export function ChampsCorrection(props: {
  readonly champs: readonly { readonly nom: string; readonly libelle: string }[];
  readonly coches: readonly string[];
  readonly saisie: Readonly<Record<string, string>>;
  readonly erreurs: ErreursFormulaire;
  readonly bornes: Bornes;
  /** Of one act among others: the browser does not insist. */
  readonly facultatif?: boolean;
}) {
  const { champs, coches, saisie, erreurs, bornes, facultatif = false } = props;
  return (
    <>
      <fieldset
        class="fr-fieldset"
        aria-describedby={erreurs['champs'] === undefined ? undefined : 'champs-erreur'}
      >
        <legend class="fr-fieldset__legend fr-fieldset__legend--regular" id="champ-champs" tabIndex={-1}>
          Ce qui est à corriger
          <span class="fr-hint-text">La structure ne pourra changer que ce que vous cochez.</span>
        </legend>
        {champs.map(({ nom, libelle }) => (
          <div key={nom} class="fr-fieldset__element">
            <div class="fr-checkbox-group">
              <input
                type="checkbox"
                id={`coche-${nom}`}
                name={`champ.${nom}`}
                value="oui"
                checked={coches.includes(nom)}
              />
              <label class="fr-label" for={`coche-${nom}`}>
                {libelle}
              </label>
            </div>
          </div>
        ))}
        {erreurs['champs'] === undefined ? null : (
          <p class="fr-error-text" id="champs-erreur">
            <span class="fr-sr-only">{'Erreur\u00a0: '}</span>
            {erreurs['champs']}
          </p>
        )}
      </fieldset>
      <MessageEtEcheance bornes={bornes} saisie={saisie} erreurs={erreurs} facultatif={facultatif} />
    </>
  );
}

/** Asks a structure to correct some of its answers. */
export function PageCorrection(
  props: Commun & {
    readonly champs: readonly { readonly nom: string; readonly libelle: string }[];
    readonly coches: readonly string[];
    readonly bornes: Bornes;
  },
) {
  const { fiche, action, retour, erreurs, refus } = props;
  return (
    <>
      <h1>Demander une correction à {fiche.structure}</h1>
      <ResumeErreurs erreurs={erreurs} />
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      <p>
        La candidature retourne à la structure pour ces seules réponses, même si la vague est close. Elle est
        prévenue par courriel, puis relancée trois jours avant l’échéance et le lendemain.
      </p>
      <form method="post" action={action} novalidate>
        <input type="hidden" name="version" value={String(fiche.version)} />
        <ChampsCorrection {...props} />
        <div class="maillage-actions">
          <button class="fr-btn" type="submit">
            Demander la correction
          </button>
          <a class="fr-link" href={retour}>
            Revenir à la candidature
          </a>
        </div>
      </form>
    </>
  );
}

/** Changes the text or the date of what is asked already. */
export function PageChangement(
  props: Commun & { readonly libelles: readonly string[]; readonly bornes: Bornes },
) {
  const { fiche, action, retour, saisie, erreurs, refus, libelles, bornes } = props;
  return (
    <>
      <h1>Changer la demande de correction à {fiche.structure}</h1>
      <ResumeErreurs erreurs={erreurs} />
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      <p>
        Réponses à corriger&nbsp;: {libelles.join(', ')}. La structure est prévenue du changement par
        courriel. Pour faire corriger d’autres réponses, reprenez d’abord la candidature sans attendre la
        correction.
      </p>
      <form method="post" action={action} novalidate>
        <input type="hidden" name="correction" value={saisie['correction']} />
        <MessageEtEcheance bornes={bornes} saisie={saisie} erreurs={erreurs} />
        <div class="maillage-actions">
          <button class="fr-btn" type="submit">
            Changer la demande
          </button>
          <a class="fr-link" href={retour}>
            Revenir à la candidature
          </a>
        </div>
      </form>
    </>
  );
}

/** Goes on without the correction that was asked for. */
export function PageReprise({ fiche, action, retour, saisie, erreurs, refus }: Commun) {
  return (
    <>
      <h1>
        Reprendre la candidature n°&nbsp;{nombre(fiche.numero)}, {fiche.structure}
      </h1>
      <ResumeErreurs erreurs={erreurs} />
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      <Confirmation
        id="reprendre"
        titre="Reprendre sans attendre la correction ?"
        effets={[
          'la candidature redevient « déposée », telle qu’elle a été déposée en dernier ;',
          'la structure ne peut plus faire la correction demandée, et en est prévenue.',
        ]}
        action={action}
        champs={{ version: String(fiche.version) }}
        bouton="Reprendre la candidature"
        renoncer={{ texte: 'Attendre encore', href: retour }}
      >
        <ZoneTexte
          nom="motif"
          libelle="Pourquoi"
          obligatoire
          longueur={1000}
          lignes={3}
          valeur={saisie['motif']}
          erreurs={erreurs}
        />
      </Confirmation>
    </>
  );
}

/** Says which application this one is the double of. */
export function PageFusion(props: Commun & { readonly doublons: readonly Doublon[] }) {
  const { fiche, action, retour, saisie, erreurs, refus, doublons } = props;
  return (
    <>
      <h1>
        Signaler comme doublon la candidature n°&nbsp;{nombre(fiche.numero)}, {fiche.structure}
      </h1>
      <ResumeErreurs erreurs={erreurs} />
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      <Confirmation
        id="fusionner"
        titre="Quelle candidature garder ?"
        effets={[
          'celle que vous choisissez se poursuit seule, avec ses propres réponses ;',
          `la candidature n° ${nombre(fiche.numero)} n’est plus instruite ; ses messages et son historique restent lisibles ;`,
          'sa structure est prévenue par courriel ;',
          'si c’est une erreur, vous pourrez la rétablir depuis sa page : elle redeviendra « déposée ».',
        ]}
        action={action}
        champs={{ version: String(fiche.version) }}
        bouton="Signaler comme doublon"
        renoncer={{ texte: 'Ne rien changer', href: retour }}
      >
        <ChoixUnique
          nom="cible"
          libelle="Candidature à garder"
          obligatoire
          choix={doublons.map(({ id, numero, structure, identifiant, commune, postes, raison }) => ({
            valeur: id,
            libelle: `${structure} (n°\u00a0${nombre(numero)})`,
            indication: `${[identifiant, commune].filter((part) => part !== null).join(', ')}, ${pluriel(postes, 'poste demandé', 'postes demandés')}\u00a0: ${raisonsDeDoublon[raison]}`,
          }))}
          valeur={saisie['cible'] ?? (doublons.length === 1 ? doublons[0]?.id : undefined)}
          erreurs={erreurs}
        />
        <ZoneTexte
          nom="motif"
          libelle="Pourquoi"
          obligatoire
          longueur={1000}
          lignes={3}
          valeur={saisie['motif']}
          erreurs={erreurs}
        />
      </Confirmation>
    </>
  );
}

/** Undoes a merge. */
export function PageSeparation({ fiche, action, retour, saisie, erreurs, refus }: Commun) {
  return (
    <>
      <h1>
        Rétablir la candidature n°&nbsp;{nombre(fiche.numero)}, {fiche.structure}
      </h1>
      <ResumeErreurs erreurs={erreurs} />
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      <Confirmation
        id="separer"
        titre="Ce n’est pas un doublon ?"
        effets={['la candidature redevient « déposée » : elle est de nouveau à instruire.']}
        action={action}
        champs={{ version: String(fiche.version) }}
        bouton="Rétablir la candidature"
        renoncer={{ texte: 'Ne rien changer', href: retour }}
      >
        <ZoneTexte
          nom="motif"
          libelle="Pourquoi"
          obligatoire
          longueur={1000}
          lignes={3}
          valeur={saisie['motif']}
          erreurs={erreurs}
        />
      </Confirmation>
    </>
  );
}
