import { dateLongue } from '../../platform/francais/index.ts';
import {
  ChampFichier,
  ChampSaisie,
  ChoixMultiples,
  type ErreursFormulaire,
  ResumeErreurs,
  ZoneTexte,
} from '../../platform/views/champs.tsx';
import { Chronologie, type Fait } from '../../platform/views/chronologie.tsx';
import { ActeFait, Confirmation } from '../../platform/views/confirmation.tsx';
import { ListeLiens, Telechargements } from '../../platform/views/liens.tsx';
import { Alerte, EtatVide } from '../../platform/views/messages.tsx';
import type { Reglages, Signataire } from '../reglages.store.ts';

const faits: Readonly<Record<string, string>> = {
  reglages: 'Les réglages sont enregistrés.',
  signataire: 'Le signataire est enregistré.',
  fin: 'La signature est terminée.',
  retire: 'Le signataire est retiré.',
};
export const codesReglages = Object.keys(faits);

export type PageReglagesProps = {
  readonly adresse: string;
  readonly titre: string;
  readonly reglages: Reglages;
  readonly signataires: readonly Signataire[];
  readonly aujourdhui: string;
  readonly saisie: Readonly<Record<string, string>>;
  readonly erreurs: ErreursFormulaire;
  readonly refus: string | undefined;
  readonly fait: string | undefined;
  readonly historique: readonly Fait[];
};

/** Which préfecture to set, for whoever looks after several. */
export function PageChoixReglages({
  departements,
  chemin,
}: {
  readonly departements: readonly { readonly code: string; readonly nom: string }[];
  readonly chemin: string;
}) {
  return (
    <>
      <h1>Réglages des préfectures</h1>
      {departements.length === 0 ? (
        <EtatVide titre="Aucun département" niveau={2}>
          Votre rôle ne porte sur aucun département.
        </EtatVide>
      ) : (
        <>
          <p>Choisissez le département dont vous réglez la préfecture.</p>
          <ListeLiens
            colonnes
            nom="Départements"
            liens={departements.map(({ code, nom }) => ({ texte: nom, href: `${chemin}/${code}` }))}
          />
        </>
      )}
    </>
  );
}

/** Letterhead, press contact, mailbox and signatories of a préfecture. */
export function PageReglages(props: PageReglagesProps) {
  const { titre, erreurs, refus, fait, historique } = props;
  return (
    <>
      <h1>{titre}</h1>
      {fait === undefined || faits[fait] === undefined ? null : <ActeFait>{faits[fait]}</ActeFait>}
      <ResumeErreurs erreurs={erreurs} />
      {refus === undefined ? null : (
        <Alerte ton="erreur" titre="Rien n’a été enregistré" niveau={2}>
          <p>{refus}</p>
        </Alerte>
      )}
      <EnTete {...props} />
      <Signataires {...props} />
      <section aria-labelledby="historique">
        <h2 id="historique">Historique</h2>
        <Chronologie
          faits={historique}
          nom="Historique des réglages"
          vide="Ces réglages n’ont pas encore été modifiés."
        />
      </section>
    </>
  );
}

function EnTete({ adresse, reglages, saisie, erreurs }: PageReglagesProps) {
  const { enTete, boite, version } = reglages;
  const valeur = (nom: string, enregistree: string | null | undefined): string =>
    saisie[nom] ?? enregistree ?? '';
  return (
    <section aria-labelledby="en-tete">
      <h2 id="en-tete">En-tête et contacts</h2>
      <p>L’en-tête est celui des communiqués de ce département, et de ses courriers.</p>
      <Telechargements
        fichiers={[{ texte: 'Aperçu de l’en-tête', href: `${adresse}/en-tete.pdf`, detail: 'PDF' }]}
      />
      <form method="post" action={adresse} enctype="multipart/form-data">
        <input type="hidden" name="version" value={String(version)} />
        <ZoneTexte
          nom="service"
          libelle="Nom du service"
          indication="Une ligne de l’en-tête par ligne : « Préfecture de l’Aisne »."
          lignes={3}
          obligatoire
          valeur={valeur('service', enTete?.service.join('\n'))}
          erreurs={erreurs}
        />
        <ZoneTexte
          nom="adresse"
          libelle="Adresse postale"
          indication="Une ligne par ligne."
          lignes={3}
          valeur={valeur('adresse', enTete?.adresse.join('\n'))}
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="lieu"
          libelle="Lieu de signature"
          indication="Pour écrire « Laon, le 18 mars 2021 »."
          largeur="moyenne"
          obligatoire
          valeur={valeur('lieu', enTete?.lieu)}
          erreurs={erreurs}
        />
        <h3>Contact presse</h3>
        <ChampSaisie
          nom="contact_service"
          libelle="Service"
          indication="Un service, jamais une personne."
          valeur={valeur('contact_service', enTete?.contact?.service)}
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="contact_telephone"
          type="telephone"
          libelle="Téléphone"
          largeur="moyenne"
          autocomplete="off"
          valeur={valeur('contact_telephone', enTete?.contact?.telephone)}
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="contact_courriel"
          type="courriel"
          libelle="Adresse électronique pour la presse"
          autocomplete="off"
          valeur={valeur('contact_courriel', enTete?.contact?.courriel)}
          erreurs={erreurs}
        />
        <h3>Boîte du service</h3>
        <ChampSaisie
          nom="boite"
          type="courriel"
          libelle="Adresse électronique du service"
          indication="Elle reçoit les avis de Maillage. Elle ne permet pas de se connecter."
          autocomplete="off"
          valeur={valeur('boite', boite)}
          erreurs={erreurs}
        />
        <h3>Logo</h3>
        {enTete?.logo ? (
          <>
            {enTete.logo.type === 'png' ? (
              <p>
                <img class="maillage-logo" src={`${adresse}/logo.png`} alt={enTete.logo.alt} />
              </p>
            ) : (
              <p>Un logo est enregistré : « {enTete.logo.alt} ».</p>
            )}
            <ChoixMultiples
              nom="retirer_logo"
              libelle="Logo enregistré"
              choix={[{ valeur: 'oui', libelle: 'Retirer ce logo' }]}
              valeurs={saisie['retirer_logo'] === undefined ? [] : ['oui']}
            />
          </>
        ) : null}
        <ChampFichier
          nom="logo"
          libelle={enTete?.logo ? 'Remplacer le logo' : 'Ajouter un logo'}
          indication="Image PNG, 500 ko au plus."
          types=".png,image/png"
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="logo_texte"
          libelle="Texte de remplacement du logo"
          indication="Lu à la place de l’image : « Préfecture de l’Aisne »."
          valeur={valeur('logo_texte', enTete?.logo?.alt)}
          erreurs={erreurs}
        />
        <div class="maillage-actions">
          <button class="fr-btn" type="submit">
            Enregistrer les réglages
          </button>
        </div>
      </form>
    </section>
  );
}

function Signataires({ adresse, signataires, aujourdhui, saisie, erreurs }: PageReglagesProps) {
  return (
    <section aria-labelledby="signataires">
      <h2 id="signataires">Signataires et délégations</h2>
      {signataires.length === 0 ? (
        <EtatVide titre="Aucun signataire">
          Ajoutez la personne qui signe les courriers de la préfecture, et l’arrêté qui lui donne délégation.
        </EtatVide>
      ) : (
        <ul class="maillage-signataires">
          {signataires.map(({ id, nom, fonction, delegation, debut, fin }) => (
            <li key={id}>
              <p>
                <strong>{nom}</strong>, {fonction}
                {delegation === null ? '' : ` – ${delegation}`}
                <br />
                {fin === null
                  ? `Depuis le ${dateLongue(debut)}`
                  : `Du ${dateLongue(debut)} au ${dateLongue(fin)}${fin < aujourdhui ? ' (terminé)' : ''}`}
              </p>
              <div class="maillage-actions">
                {fin === null ? (
                  <a class="fr-link" href={`${adresse}/signataires/${id}/fin`}>
                    Terminer<span class="fr-sr-only"> la signature de {nom}</span>
                  </a>
                ) : null}
                <a class="fr-link" href={`${adresse}/signataires/${id}/retirer`}>
                  Retirer<span class="fr-sr-only"> {nom}, écrit par erreur</span>
                </a>
              </div>
            </li>
          ))}
        </ul>
      )}
      <h3>Ajouter un signataire</h3>
      <form method="post" action={`${adresse}/signataires`}>
        <ChampSaisie
          nom="signataire_nom"
          libelle="Prénom et nom"
          autocomplete="off"
          obligatoire
          longueur={200}
          valeur={saisie['signataire_nom']}
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="signataire_fonction"
          libelle="Fonction"
          indication="Par exemple « La secrétaire générale »."
          obligatoire
          longueur={200}
          valeur={saisie['signataire_fonction']}
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="delegation"
          libelle="Délégation de signature"
          indication="L’arrêté et sa date. Rien pour le préfet ou la préfète."
          longueur={500}
          valeur={saisie['delegation']}
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="debut"
          type="date"
          libelle="À partir du"
          obligatoire
          valeur={saisie['debut']}
          erreurs={erreurs}
        />
        <ChampSaisie nom="fin" type="date" libelle="Jusqu’au" valeur={saisie['fin']} erreurs={erreurs} />
        <button class="fr-btn fr-btn--secondary" type="submit">
          Ajouter le signataire
        </button>
      </form>
    </section>
  );
}

type PageSignataireProps = {
  readonly adresse: string;
  readonly titre: string;
  readonly quoi: 'fin' | 'retirer';
  readonly signataire: Signataire;
  readonly aujourdhui: string;
};

/** Asks before a signature ends or goes. */
export function PageSignataire({ adresse, titre, quoi, signataire, aujourdhui }: PageSignataireProps) {
  const { id, nom, fonction, debut } = signataire;
  const fin = quoi === 'fin';
  return (
    <>
      <h1>{titre}</h1>
      <Confirmation
        id="confirmer"
        titre={fin ? `Terminer la signature de ${nom} ?` : `Retirer ${nom} des signataires ?`}
        effets={
          fin
            ? [
                `${nom}, ${fonction}, ne signe plus les courriers après ce jour ;`,
                'la ligne reste dans la liste, avec ses dates.',
              ]
            : [
                `la ligne de ${nom}, ${fonction}, depuis le ${dateLongue(debut)}, disparaît de la liste ;`,
                'aucun courrier ne porte plus cette signature ; pour la rétablir, il faut l’écrire de nouveau.',
              ]
        }
        action={`${adresse}/signataires/${id}/${quoi}`}
        bouton={fin ? 'Terminer la signature' : 'Retirer le signataire'}
        renoncer={{ texte: 'Revenir aux réglages', href: adresse }}
        definitif={!fin}
      >
        {fin ? (
          <ChampSaisie
            nom="fin"
            type="date"
            libelle="Dernier jour de signature"
            obligatoire
            valeur={aujourdhui}
            erreurs={{}}
          />
        ) : null}
      </Confirmation>
    </>
  );
}
