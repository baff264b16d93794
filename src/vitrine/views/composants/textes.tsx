import { Chronologie } from '../../../platform/views/chronologie.tsx';
import { ListeLiens, Telechargements } from '../../../platform/views/liens.tsx';
import { Alerte, Badge, EtatVide } from '../../../platform/views/messages.tsx';
import { Pagination } from '../../../platform/views/pagination.tsx';
import { type Colonne, Tableau } from '../../../platform/views/tableau.tsx';
import { MOT_SANS_FIN, NOM_LONG, type Presentation } from './exemple.tsx';

const ICI = '/composants';

type Ligne = { readonly nom: string; readonly commune: string; readonly postes: number };

const colonnes: readonly Colonne<Ligne>[] = [
  { cle: 'nom', titre: 'Structure', cellule: ({ nom }) => nom, entete: true },
  { cle: 'commune', titre: 'Commune', cellule: ({ commune }) => commune },
  { cle: 'postes', titre: 'Postes', cellule: ({ postes }) => postes, numerique: true, total: '19' },
];

const lignes: readonly Ligne[] = [
  { nom: 'Conseil départemental de l’Aisne', commune: 'Laon', postes: 16 },
  { nom: 'Tiers-lieu de Gauchy', commune: 'Gauchy', postes: 1 },
  { nom: NOM_LONG, commune: 'Saint-Quentin', postes: 2 },
];

const lien = (page: number): string => `${ICI}?page=${page}`;

export const TEXTES: readonly Presentation[] = [
  {
    id: 'boutons',
    nom: 'Boutons',
    quoi: 'Un seul bouton principal par page ; un bouton dit l’acte par un verbe.',
    exemples: [
      {
        etat: 'Principal, secondaire, petit, grave',
        contenu: (
          <div class="maillage-actions">
            <button class="fr-btn" type="button">
              Déposer la candidature
            </button>
            <button class="fr-btn fr-btn--secondary" type="button">
              Enregistrer sans déposer
            </button>
            <button class="fr-btn fr-btn--secondary fr-btn--sm" type="button">
              Modifier
            </button>
            <button class="fr-btn maillage-btn--grave" type="button">
              Retirer la candidature
            </button>
          </div>
        ),
      },
    ],
  },
  {
    id: 'messages',
    nom: 'Messages',
    quoi: 'Un message mis à part du texte. Son ton est dit en mots, jamais par la seule couleur.',
    exemples: [
      {
        etat: 'Information',
        contenu: <Alerte ton="info">La vague 2 ouvre le 6 avril 2021.</Alerte>,
      },
      { etat: 'Succès', contenu: <Alerte ton="succes">La candidature est déposée.</Alerte> },
      {
        etat: 'Attention, avec un titre',
        contenu: (
          <Alerte ton="attention" titre="La vague ferme demain" niveau={4}>
            <p>Votre candidature n’est pas encore déposée.</p>
          </Alerte>
        ),
      },
      {
        etat: 'Erreur',
        contenu: <Alerte ton="erreur">Le fichier {MOT_SANS_FIN}.csv n’a pas été lu.</Alerte>,
      },
    ],
  },
  {
    id: 'etats',
    nom: 'États',
    quoi: 'Un mot court qui dit où en est un objet.',
    exemples: [
      {
        etat: 'Tous les tons',
        contenu: (
          <p>
            <Badge>Brouillon</Badge> <Badge ton="info">Déposée</Badge> <Badge ton="succes">Retenue</Badge>{' '}
            <Badge ton="attention">Ajournée</Badge> <Badge ton="erreur">Refusée</Badge>
          </p>
        ),
      },
      {
        etat: 'Rien à montrer',
        contenu: (
          <EtatVide titre="Aucune candidature" niveau={4}>
            <p>Les candidatures déposées dans votre département apparaîtront ici.</p>
          </EtatVide>
        ),
      },
    ],
  },
  {
    id: 'tableau',
    nom: 'Tableau',
    quoi: 'Sur un écran étroit, chaque ligne devient une fiche.',
    exemples: [
      {
        etat: 'Plusieurs lignes et un total',
        contenu: (
          <Tableau
            legende="Structures retenues dans l’Aisne"
            colonnes={colonnes}
            lignes={lignes}
            cle={({ nom }) => nom}
            total="Ensemble"
            vide=""
          />
        ),
      },
      {
        etat: 'Une ligne, sans fin',
        contenu: (
          <Tableau
            legende="Fichier lu"
            colonnes={[
              { cle: 'nom', titre: 'Ligne', cellule: ({ nom }) => nom },
              { cle: 'brut', titre: 'Valeur lue', cellule: ({ commune }) => commune, brut: true },
            ]}
            lignes={[{ nom: 'Ligne 12', commune: MOT_SANS_FIN, postes: 0 }]}
            cle={({ nom }) => nom}
            vide=""
          />
        ),
      },
      {
        etat: 'Aucune ligne',
        contenu: (
          <Tableau
            legende="Structures retenues"
            colonnes={colonnes}
            lignes={[]}
            cle={({ nom }) => nom}
            vide="Aucune structure n’est encore retenue."
          />
        ),
      },
    ],
  },
  {
    id: 'pagination',
    nom: 'Pagination',
    quoi: 'Les pages d’une longue liste.',
    exemples: [
      { etat: 'Première page', contenu: <Pagination page={1} pages={3} lien={lien} de="structures" /> },
      { etat: 'Au milieu', contenu: <Pagination page={12} pages={48} lien={lien} de="candidatures" /> },
      {
        etat: 'Dernière de très nombreuses pages',
        contenu: <Pagination page={1204} pages={1204} lien={lien} de="activités" />,
      },
    ],
  },
  {
    id: 'liens',
    nom: 'Liens et téléchargements',
    quoi: 'Un lien dit où il mène ; un fichier dit son format et son poids.',
    exemples: [
      {
        etat: 'Liste de liens',
        contenu: (
          <ListeLiens
            liens={[
              { texte: 'Aisne', href: `${ICI}?l=1`, detail: '32 postes' },
              { texte: NOM_LONG, href: `${ICI}?l=2`, detail: '2 postes' },
            ]}
          />
        ),
      },
      {
        etat: 'Fichiers',
        contenu: (
          <Telechargements
            fichiers={[
              { texte: 'Structures retenues', href: `${ICI}?f=1`, detail: 'CSV, 12 ko' },
              { texte: NOM_LONG, href: `${ICI}?f=2`, detail: 'PDF, 1,2 Mo' },
            ]}
          />
        ),
      },
    ],
  },
  {
    id: 'chronologie',
    nom: 'Chronologie',
    quoi: 'Des faits datés : dates clés, histoire d’un dossier.',
    exemples: [
      {
        etat: 'Plusieurs faits, dont un à venir',
        contenu: (
          <Chronologie
            nom="Histoire de la candidature"
            faits={[
              { cle: '1', date: '2021-01-29', titre: 'Candidature déposée', auteur: 'Ville de Gauchy' },
              {
                cle: '2',
                date: '2021-03-24T09:30:00Z',
                titre: 'Retenue avec 1 poste',
                texte: <p>{NOM_LONG}</p>,
                auteur: 'le comité',
              },
              { cle: '3', date: '2021-06', titre: 'Prise de poste', aVenir: true },
            ]}
            vide=""
          />
        ),
      },
      {
        etat: 'Un seul fait',
        contenu: (
          <Chronologie
            nom="Dates clés"
            faits={[{ cle: '1', date: '2020-11-17', titre: 'Annonce du programme' }]}
            vide=""
          />
        ),
      },
      {
        etat: 'Aucun fait',
        contenu: <Chronologie nom="Dates clés du plan" faits={[]} vide="Aucune date n’est encore fixée." />,
      },
    ],
  },
];
