import { euros, nombre } from '../../../platform/francais/index.ts';
import { type Barre, Barres } from '../../../platform/views/barres.tsx';
import { CarteChiffree } from '../../../platform/views/carte.tsx';
import type { FondDeCarte } from '../../../platform/views/cartographie.ts';
import { ChiffresCles } from '../../../platform/views/chiffres.tsx';
import { Courbe, cumuler } from '../../../platform/views/courbe.tsx';
import { Jauge } from '../../../platform/views/jauge.tsx';
import { MOT_SANS_FIN, NOM_LONG, type Presentation } from './exemple.tsx';

const ICI = '/composants';

const BARRES: readonly Barre[] = [
  { cle: '1', libelle: 'Conseil départemental de l’Aisne', valeur: 16, href: ICI },
  { cle: '2', libelle: NOM_LONG, valeur: 4 },
  { cle: '3', libelle: 'Ville de Gauchy', valeur: 1 },
  { cle: '4', libelle: MOT_SANS_FIN, valeur: 0 },
];

const DECISIONS = [
  { date: '2021-03-24', valeur: 32 },
  { date: '2021-04-14', valeur: 18 },
  { date: '2021-05-19', valeur: 41 },
  { date: '2021-07-07', valeur: 12 },
  { date: '2021-10-13', valeur: 27 },
];
const ATTRIBUES = cumuler(DECISIONS);
const part = (taux: number) =>
  ATTRIBUES.map(({ date, valeur }) => ({ date, valeur: Math.round(valeur * taux) }));

/** A few tiles in place of a country: the map is tried here, not geography. */
const tuile = (code: string, nom: string, colonne: number, ligne: number) => ({
  code,
  nom,
  path: `M${colonne * 300 + (ligne % 2) * 150} ${ligne * 220}h280v200h-280z`,
});
const FOND: FondDeCarte = {
  largeur: 1200,
  hauteur: 700,
  traces: [
    tuile('62', 'Pas-de-Calais', 0, 0),
    tuile('59', 'Nord', 1, 0),
    tuile('80', 'Somme', 0, 1),
    tuile('02', 'Aisne', 1, 1),
    tuile('08', 'Ardennes', 2, 1),
    tuile('60', 'Oise', 0, 2),
    tuile('51', 'Marne', 1, 2),
  ],
  encarts: [{ nom: 'Mayotte', x: 900, y: 20, largeur: 260, hauteur: 160 }],
};
const POSTES = [
  ['62', 58],
  ['59', 96],
  ['80', 21],
  ['02', 32],
  ['08', 9],
  ['60', 0],
] as const;

export const DESSINS: readonly Presentation[] = [
  {
    id: 'chiffres-cles',
    nom: 'Chiffres clés',
    quoi: 'Quelques nombres, leur unité et leur définition.',
    exemples: [
      {
        etat: 'Un seul',
        contenu: <ChiffresCles chiffres={[{ libelle: 'structure retenue', valeur: '1' }]} />,
      },
      {
        etat: 'Plusieurs',
        contenu: (
          <ChiffresCles
            chiffres={[
              { libelle: 'structures retenues', valeur: nombre(16), href: ICI },
              { libelle: 'postes', valeur: nombre(32), definition: 'Postes attribués par le comité.' },
              { libelle: 'engagés', valeur: nombre(1_753_760), unite: '€', definition: NOM_LONG },
            ]}
          />
        ),
      },
    ],
  },
  {
    id: 'jauge',
    nom: 'Jauge',
    quoi: 'La part d’un objectif ou d’une enveloppe.',
    exemples: [
      {
        etat: 'Entamée',
        contenu: (
          <Jauge
            titre="Postes attribués"
            valeur={1340}
            maximum={4000}
            valeurTexte="1 340 postes"
            maximumTexte="4 000"
          />
        ),
      },
      {
        etat: 'Vide',
        contenu: (
          <Jauge
            titre="Postes attribués"
            valeur={0}
            maximum={4000}
            valeurTexte="0 poste"
            maximumTexte="4 000"
          />
        ),
      },
      {
        etat: 'Sans objectif',
        contenu: (
          <Jauge titre="Postes attribués" valeur={32} maximum={0} valeurTexte="32 postes" maximumTexte="" />
        ),
      },
    ],
  },
  {
    id: 'barres',
    nom: 'Barres',
    quoi: 'Comparer des nombres. Les chiffres sont aussi dans un tableau.',
    exemples: [
      {
        etat: 'Plusieurs, avec des noms longs',
        contenu: (
          <Barres
            id="barres-plusieurs"
            titre="Postes par structure, Aisne, mars 2021"
            barres={BARRES}
            objet="Structure"
            mesure="Postes"
            total="Ensemble"
            definition="Postes attribués à la séance du 24 mars 2021."
            vide=""
          />
        ),
      },
      {
        etat: 'En euros',
        contenu: (
          <Barres
            id="barres-euros"
            titre="Montant engagé"
            barres={[
              { cle: '1', libelle: 'Aisne', valeur: 175_376_000 },
              { cle: '2', libelle: 'Nord', valeur: 87_688_000 },
              { cle: '3', libelle: 'Oise', valeur: 50_000 },
            ]}
            objet="Département"
            mesure="Montant"
            ecrire={euros}
            vide=""
          />
        ),
      },
      {
        etat: 'Une seule',
        contenu: (
          <Barres
            id="barres-une"
            titre="Postes par département"
            barres={[{ cle: '1', libelle: 'Aisne', valeur: 32 }]}
            objet="Département"
            mesure="Postes"
            vide=""
          />
        ),
      },
      {
        etat: 'Aucune',
        contenu: (
          <Barres
            id="barres-aucune"
            titre="Postes par structure"
            barres={[]}
            objet="Structure"
            mesure="Postes"
            vide="Aucune structure n’est encore retenue."
          />
        ),
      },
    ],
  },
  {
    id: 'courbe',
    nom: 'Courbe',
    quoi: 'Suivre un nombre dans le temps. Les chiffres sont aussi dans un tableau.',
    exemples: [
      {
        etat: 'Cumul, en marches',
        contenu: (
          <Courbe
            id="courbe-cumul"
            titre="Postes attribués depuis le début du programme"
            series={[{ nom: 'Postes attribués', points: ATTRIBUES }]}
            ecrire={(valeur) => `${nombre(valeur)}\u00a0postes`}
            ecrireAxe={nombre}
            fin="2021-12-31"
            definition="Cumul des décisions du comité, à la date de chaque séance."
            vide=""
          />
        ),
      },
      {
        etat: 'Plusieurs séries',
        contenu: (
          <Courbe
            id="courbe-series"
            titre="De la décision à la prise de poste"
            forme="ligne"
            series={[
              { nom: 'Attribués', points: ATTRIBUES },
              { nom: 'Conventionnés', points: part(0.8) },
              { nom: 'Recrutés', points: part(0.76) },
              { nom: 'Formés', points: part(0.3) },
            ]}
            vide=""
          />
        ),
      },
      {
        etat: 'Un seul point',
        contenu: (
          <Courbe
            id="courbe-point"
            titre="Postes attribués"
            series={[{ nom: 'Postes attribués', points: ATTRIBUES.slice(0, 1) }]}
            vide=""
          />
        ),
      },
      {
        etat: 'Aucun point',
        contenu: (
          <Courbe
            id="courbe-vide"
            titre="Postes attribués"
            series={[]}
            vide="Le comité ne s’est pas encore réuni."
          />
        ),
      },
    ],
  },
  {
    id: 'carte',
    nom: 'Carte',
    quoi: 'Comparer des territoires. Chaque forme est un lien, et les chiffres sont aussi dans un tableau.',
    exemples: [
      {
        etat: 'Plusieurs territoires, dont un sans donnée',
        contenu: (
          <CarteChiffree
            id="carte-exemple"
            titre="Postes par département"
            fond={FOND}
            donnees={POSTES.map(([code, valeur]) => ({
              code,
              valeur,
              href: `${ICI}#carte`,
              texte: `${nombre(valeur)} postes`,
            }))}
            seuils={[1, 10, 30, 50, 90]}
            legende="Nombre de postes"
            aucun="Aucun poste"
            objet="Département"
            mesure="Postes"
            vide="Aucun poste n’est attribué."
          />
        ),
      },
    ],
  },
];
