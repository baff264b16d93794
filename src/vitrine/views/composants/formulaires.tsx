import {
  ChampFichier,
  ChampSaisie,
  ChoixMultiples,
  ChoixUnique,
  ListeChoix,
  ResumeErreurs,
  ZoneTexte,
} from '../../../platform/views/champs.tsx';
import { ActeFait, Confirmation } from '../../../platform/views/confirmation.tsx';
import { Etapier } from '../../../platform/views/etapes.tsx';
import { Progression } from '../../../platform/views/progression.tsx';
import { ChampRecherche } from '../../../platform/views/recherche.tsx';
import { MOT_SANS_FIN, NOM_LONG, type Presentation } from './exemple.tsx';

const ICI = '/composants';

const REGIMES = [
  { valeur: 'forfait', libelle: 'Forfait', indication: 'Jusqu’à 50 000 € sur 24 mois.' },
  { valeur: 'taux', libelle: 'Taux', indication: '70 % du salaire sur 36 mois.' },
] as const;

const LIEUX = [
  { valeur: 'mediatheque', libelle: 'Médiathèque' },
  { valeur: 'mairie', libelle: 'Mairie' },
  { valeur: 'france-services', libelle: 'Espace France Services' },
  { valeur: 'long', libelle: NOM_LONG },
] as const;

const ERREURS = {
  'courriel-faux': 'L’adresse n’est pas complète. Elle contient un @, par exemple : nom@exemple.fr.',
  'postes-faux': 'Le nombre de postes est un nombre entier, par exemple : 2.',
  'ouverture-fausse': 'La date d’ouverture précède la date de clôture.',
  'motif-faux': 'Écrivez le motif : il figurera dans la lettre.',
  'departement-faux': 'Choisissez un département.',
  'regime-faux': 'Choisissez un régime.',
  'lieux-faux': 'Choisissez au moins un lieu.',
  'fichier-faux': 'Le fichier pèse 14 Mo : le maximum est de 10 Mo.',
};

const departements = [
  { valeur: '02', libelle: 'Aisne' },
  { valeur: '59', libelle: 'Nord' },
  { valeur: '2A', libelle: 'Corse-du-Sud' },
];

export const FORMULAIRES: readonly Presentation[] = [
  {
    id: 'champs',
    nom: 'Champs de formulaire',
    quoi: 'Un libellé dit quoi écrire, une indication dit comment. « Obligatoire » est écrit en toutes lettres.',
    exemples: [
      { etat: 'Texte, vide', contenu: <ChampSaisie nom="nom" libelle="Nom de la structure" /> },
      {
        etat: 'Adresse électronique, obligatoire et remplie',
        contenu: (
          <ChampSaisie
            nom="courriel"
            type="courriel"
            libelle="Adresse électronique"
            indication="Nous y envoyons l’accusé de réception."
            obligatoire
            autocomplete="email"
            valeur="claire.martin@exemple.fr"
          />
        ),
      },
      {
        etat: 'Nombre',
        contenu: (
          <ChampSaisie
            nom="salaire"
            type="decimal"
            libelle="Salaire brut mensuel, en euros"
            valeur="1 987,50"
          />
        ),
      },
      {
        etat: 'Date',
        contenu: <ChampSaisie nom="ouverture" type="date" libelle="Date d’ouverture" valeur="2021-04-06" />,
      },
      {
        etat: 'Texte long',
        contenu: (
          <ZoneTexte
            nom="motif"
            libelle="Motif"
            indication="Quelques phrases suffisent."
            lignes={4}
            valeur={`Territoire étendu, peu desservi.\n${NOM_LONG}`}
          />
        ),
      },
      {
        etat: 'Liste',
        contenu: <ListeChoix nom="departement" libelle="Département" choix={departements} valeur="02" />,
      },
      {
        etat: 'Choix unique',
        contenu: (
          <ChoixUnique
            nom="regime"
            libelle="Régime de financement"
            obligatoire
            choix={REGIMES}
            valeur="forfait"
          />
        ),
      },
      {
        etat: 'Choix multiples',
        contenu: (
          <ChoixMultiples
            nom="lieux"
            libelle="Lieux d’accueil"
            indication="Plusieurs réponses possibles."
            choix={LIEUX}
            valeurs={['mairie', 'long']}
          />
        ),
      },
      {
        etat: 'Fichier',
        contenu: (
          <ChampFichier
            nom="fichier"
            libelle="Délibération signée"
            indication="PDF, 10 Mo au plus."
            types=".pdf"
          />
        ),
      },
    ],
  },
  {
    id: 'erreurs-de-formulaire',
    nom: 'Erreurs de formulaire',
    quoi: 'Chaque erreur est dite en haut de la page et à côté de son champ. Ce qui a été écrit est gardé.',
    exemples: [
      {
        etat: 'Une erreur',
        contenu: (
          <ResumeErreurs
            id="une-erreur"
            niveau={4}
            prendLeFocus={false}
            erreurs={{ 'courriel-faux': ERREURS['courriel-faux'] }}
          />
        ),
      },
      {
        etat: 'Plusieurs erreurs, et leurs champs',
        contenu: (
          <>
            <ResumeErreurs id="plusieurs-erreurs" niveau={4} prendLeFocus={false} erreurs={ERREURS} />
            <ChampSaisie
              nom="courriel-faux"
              type="courriel"
              libelle="Adresse électronique"
              obligatoire
              valeur="claire.martin"
              erreurs={ERREURS}
            />
            <ChampSaisie
              nom="postes-faux"
              type="entier"
              libelle="Postes demandés"
              valeur="deux"
              erreurs={ERREURS}
            />
            <ChampSaisie
              nom="ouverture-fausse"
              type="date"
              libelle="Date d’ouverture"
              valeur="2021-12-24"
              erreurs={ERREURS}
            />
            <ZoneTexte nom="motif-faux" libelle="Motif" lignes={2} obligatoire erreurs={ERREURS} />
            <ListeChoix
              nom="departement-faux"
              libelle="Département"
              choix={departements}
              obligatoire
              erreurs={ERREURS}
            />
            <ChoixUnique
              nom="regime-faux"
              libelle="Régime de financement"
              choix={REGIMES}
              erreurs={ERREURS}
            />
            <ChoixMultiples nom="lieux-faux" libelle="Lieux d’accueil" choix={LIEUX} erreurs={ERREURS} />
            <ChampFichier
              nom="fichier-faux"
              libelle="Délibération signée"
              indication="PDF, 10 Mo au plus."
              erreurs={ERREURS}
            />
          </>
        ),
      },
    ],
  },
  {
    id: 'recherche',
    nom: 'Recherche',
    quoi: 'Un formulaire simple ; des suggestions s’y ajoutent quand le navigateur le permet.',
    exemples: [
      {
        etat: 'Vide',
        contenu: (
          <ChampRecherche
            id="recherche-vide"
            libelle="Rechercher une commune"
            indication="Un nom ou un code postal."
            action={ICI}
          />
        ),
      },
      {
        etat: 'Remplie, avec un nom long',
        contenu: (
          <ChampRecherche
            id="recherche-pleine"
            libelle="Rechercher une structure"
            action={ICI}
            valeur={NOM_LONG}
          />
        ),
      },
    ],
  },
  {
    id: 'etapes',
    nom: 'Étapes d’un formulaire',
    quoi: 'Où l’on en est, et ce qui vient ensuite.',
    exemples: [
      {
        etat: 'Au milieu',
        contenu: (
          <Etapier
            niveau={3}
            etape={2}
            etapes={['Votre structure', 'Les postes demandés', 'Les lieux d’accueil', 'Le récapitulatif']}
          />
        ),
      },
      {
        etat: 'Dernière étape',
        contenu: <Etapier niveau={3} etape={2} etapes={['Votre structure', NOM_LONG]} />,
      },
    ],
  },
  {
    id: 'confirmation',
    nom: 'Confirmation',
    quoi: 'Avant un acte grave : ce qui va se passer, puis l’acte ou le retour. Après : ce qui est fait, et comment le défaire.',
    exemples: [
      {
        etat: 'Un acte qui se corrige',
        contenu: (
          <Confirmation
            id="confirmer-avis"
            titre="Rendre un avis favorable sur la candidature de la Ville de Gauchy ?"
            niveau={3}
            effets={['L’avis est transmis au comité.', 'La structure en est informée par courriel.']}
            action={ICI}
            bouton="Rendre l’avis"
            renoncer={{ texte: 'Revenir au dossier', href: ICI }}
          />
        ),
      },
      {
        etat: 'Un acte définitif, avec un motif',
        contenu: (
          <Confirmation
            id="confirmer-refus"
            titre={`Refuser la candidature de la structure « ${NOM_LONG} » ?`}
            niveau={3}
            effets={['Les 2 postes reviennent à l’enveloppe.', 'Une lettre motivée part à la structure.']}
            action={ICI}
            bouton="Refuser la candidature"
            renoncer={{ texte: 'Revenir au dossier', href: ICI }}
            definitif
          >
            <ZoneTexte nom="motif-du-refus" libelle="Motif du refus" obligatoire lignes={3} />
          </Confirmation>
        ),
      },
      { etat: 'Acte fait', contenu: <ActeFait>L’avis est rendu.</ActeFait> },
      {
        etat: 'Acte fait, qui peut être défait',
        contenu: (
          <ActeFait
            annulation={{
              action: ICI,
              bouton: 'Annuler la suppression',
              delai: 'Possible jusqu’au 6 avril 2021.',
            }}
          >
            La permanence du mardi est supprimée.
          </ActeFait>
        ),
      },
    ],
  },
  {
    id: 'progression',
    nom: 'Progression',
    quoi: 'Où en est un acte long.',
    exemples: [
      {
        etat: 'En cours',
        contenu: (
          <Progression
            id="progression-en-cours"
            titre="Import des candidatures"
            etat="en-cours"
            valeur={1240}
            maximum={4000}
            quoi="lignes lues"
            texte="Vous pouvez quitter cette page : l’import continue."
          />
        ),
      },
      {
        etat: 'En cours, durée inconnue',
        contenu: (
          <Progression
            id="progression-inconnue"
            titre={`Lecture du fichier ${MOT_SANS_FIN}.csv`}
            etat="en-cours"
            valeur={18}
            quoi="lignes lues"
          />
        ),
      },
      {
        etat: 'Terminée',
        contenu: (
          <Progression
            id="progression-terminee"
            titre="Import des candidatures"
            etat="terminee"
            valeur={4000}
            maximum={4000}
            quoi="lignes lues"
          />
        ),
      },
      {
        etat: 'Échouée',
        contenu: (
          <Progression
            id="progression-echouee"
            titre="Import des candidatures"
            etat="echouee"
            valeur={1240}
            maximum={4000}
            quoi="lignes lues"
            texte="Le fichier s’interrompt à la ligne 1 241. Rien n’a été enregistré."
          />
        ),
      },
    ],
  },
];
