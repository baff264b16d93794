import { dateLongue, de } from '../../platform/francais/index.ts';
import {
  ChampFichier,
  ChampSaisie,
  type ChampSaisieProps,
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
import { chevauchements, enApposition } from '../signataires.rules.ts';

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

/** A field of the settings; on several lines where it says how many. */
type ChampDuReglage = Pick<
  ChampSaisieProps,
  'nom' | 'libelle' | 'indication' | 'obligatoire' | 'type' | 'largeur' | 'longueur' | 'autocomplete'
> & { readonly lignes?: number };

const champsEnTete: readonly ChampDuReglage[] = [
  {
    nom: 'service',
    libelle: 'Nom du service',
    indication: 'Une ligne de l’en-tête par ligne : « Préfecture de l’Aisne ».',
    lignes: 3,
    obligatoire: true,
  },
  { nom: 'adresse', libelle: 'Adresse postale', indication: 'Une ligne par ligne.', lignes: 3 },
  {
    nom: 'lieu',
    libelle: 'Lieu de signature',
    indication: 'Pour écrire « Laon, le 18 mars 2021 ».',
    largeur: 'moyenne',
    obligatoire: true,
    longueur: 100,
  },
];
const champsContact: readonly ChampDuReglage[] = [
  { nom: 'contact_service', libelle: 'Service', indication: 'Un service, jamais une personne.' },
  {
    nom: 'contact_telephone',
    type: 'telephone',
    libelle: 'Téléphone',
    largeur: 'moyenne',
    autocomplete: 'off',
  },
  {
    nom: 'contact_courriel',
    type: 'courriel',
    libelle: 'Adresse électronique pour la presse',
    autocomplete: 'off',
  },
];
const champBoite: ChampDuReglage = {
  nom: 'boite',
  type: 'courriel',
  libelle: 'Adresse électronique du service',
  indication: 'Elle reçoit les avis de Maillage. Elle ne permet pas de se connecter.',
  autocomplete: 'off',
};
const champTexteDuLogo: ChampDuReglage = {
  nom: 'logo_texte',
  libelle: 'Texte de remplacement du logo',
  indication: 'Lu à la place de l’image : « Préfecture de l’Aisne ».',
};
const champsSignataire: readonly ChampDuReglage[] = [
  {
    nom: 'signataire_nom',
    libelle: 'Prénom et nom',
    autocomplete: 'off',
    obligatoire: true,
    longueur: 200,
  },
  {
    nom: 'signataire_fonction',
    libelle: 'Fonction',
    indication: 'Par exemple « La secrétaire générale ».',
    obligatoire: true,
    longueur: 200,
  },
  {
    nom: 'delegation',
    libelle: 'Délégation de signature',
    indication: 'L’arrêté et sa date. Rien pour le préfet ou la préfète.',
    longueur: 500,
  },
  { nom: 'debut', type: 'date', libelle: 'À partir du', obligatoire: true },
  { nom: 'fin', type: 'date', libelle: 'Jusqu’au' },
];

function ChampDecrit({
  champ: { lignes, ...champ },
  valeur,
  erreurs,
}: {
  readonly champ: ChampDuReglage;
  readonly valeur: string | undefined;
  readonly erreurs: ErreursFormulaire;
}) {
  const commun = { ...champ, valeur, erreurs };
  return lignes === undefined ? <ChampSaisie {...commun} /> : <ZoneTexte {...commun} lignes={lignes} />;
}

function EnTete({ adresse, reglages, saisie, erreurs }: PageReglagesProps) {
  const { enTete, boite, version } = reglages;
  const enregistre: Readonly<Record<string, string | null | undefined>> = {
    service: enTete?.service.join('\n'),
    adresse: enTete?.adresse.join('\n'),
    lieu: enTete?.lieu,
    contact_service: enTete?.contact?.service,
    contact_telephone: enTete?.contact?.telephone,
    contact_courriel: enTete?.contact?.courriel,
    boite,
    logo_texte: enTete?.logo?.alt,
  };
  const valeur = (nom: string): string => saisie[nom] ?? enregistre[nom] ?? '';
  return (
    <section aria-labelledby="en-tete">
      <h2 id="en-tete">En-tête et contacts</h2>
      <p>L’en-tête est celui des communiqués de ce département, et de ses courriers.</p>
      <Telechargements
        fichiers={[{ texte: 'Aperçu de l’en-tête', href: `${adresse}/en-tete.pdf`, detail: 'PDF' }]}
      />
      <form method="post" action={adresse} enctype="multipart/form-data">
        <input type="hidden" name="version" value={String(version)} />
        {champsEnTete.map((champ) => (
          <ChampDecrit key={champ.nom} champ={champ} valeur={valeur(champ.nom)} erreurs={erreurs} />
        ))}
        <h3>Contact presse</h3>
        {champsContact.map((champ) => (
          <ChampDecrit key={champ.nom} champ={champ} valeur={valeur(champ.nom)} erreurs={erreurs} />
        ))}
        <h3>Boîte du service</h3>
        <ChampDecrit champ={champBoite} valeur={valeur(champBoite.nom)} erreurs={erreurs} />
        <h3>Logo</h3>
        {enTete?.logo ? (
          <>
            <p>
              <img class="maillage-logo" src={`${adresse}/logo.png`} alt={enTete.logo.alt} />
            </p>
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
        <ChampDecrit champ={champTexteDuLogo} valeur={valeur(champTexteDuLogo.nom)} erreurs={erreurs} />
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
  const ensemble = chevauchements(signataires, aujourdhui);
  return (
    <section aria-labelledby="signataires">
      <h2 id="signataires">Signataires et délégations</h2>
      <p>
        Un communiqué est signé par la personne qui signe le jour qu’il porte, avec sa délégation. Publié, il
        garde sa signature.
      </p>
      {signataires.length === 0 ? (
        <EtatVide titre="Aucun signataire">
          Ajoutez la personne qui signe les communiqués et les courriers de la préfecture, et l’arrêté qui lui
          donne délégation.
        </EtatVide>
      ) : (
        <ul class="maillage-signataires">
          {signataires.map(({ id, nom, fonction, delegation, debut, fin }) => (
            <li key={id}>
              <p>
                <strong>{nom}</strong>, {enApposition(fonction)}
                {delegation === null ? '' : ` – ${delegation}`}
                <br />
                {fin === null
                  ? `Depuis le ${dateLongue(debut)}`
                  : `Du ${dateLongue(debut)} au ${dateLongue(fin)}${fin < aujourdhui ? ' (terminé)' : ''}`}
              </p>
              <div class="maillage-actions">
                {fin === null ? (
                  <a class="fr-link" href={`${adresse}/signataires/${id}/fin`}>
                    Terminer<span class="fr-sr-only"> la signature {de(nom)}</span>
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
      {ensemble.length === 0 ? null : (
        <Alerte ton="attention" titre="Plusieurs personnes signent en même temps">
          <ul>
            {ensemble.map(({ signe, autre, du, au }) => (
              <li key={`${signe.id}-${autre.id}`}>
                {au === null ? `À partir du ${dateLongue(du)}` : `Du ${dateLongue(du)} au ${dateLongue(au)}`},{' '}
                {autre.nom} et {signe.nom} peuvent signer : {signe.nom} signe, car sa signature commence en
                dernier.
              </li>
            ))}
          </ul>
          <p>Pour qu’une autre personne signe, terminez ou retirez la signature qui l’emporte.</p>
        </Alerte>
      )}
      <h3>Ajouter un signataire</h3>
      <form method="post" action={`${adresse}/signataires`}>
        {champsSignataire.map((champ) => (
          <ChampDecrit key={champ.nom} champ={champ} valeur={saisie[champ.nom]} erreurs={erreurs} />
        ))}
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
        titre={fin ? `Terminer la signature ${de(nom)} ?` : `Retirer ${nom} des signataires ?`}
        effets={
          fin
            ? [
                `${nom}, ${enApposition(fonction)}, ne signe plus les communiqués ni les courriers après ce jour ;`,
                'la ligne reste dans la liste, avec ses dates.',
              ]
            : [
                `la ligne ${de(nom)}, ${enApposition(fonction)}, depuis le ${dateLongue(debut)}, disparaît de la liste ;`,
                'aucun communiqué ni courrier à venir ne porte cette signature ; ce qui est publié la garde.',
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
