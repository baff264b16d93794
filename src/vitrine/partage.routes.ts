import { z } from 'zod';
import { listeStructures } from '../candidatures/index.ts';
import { listCommuniques } from '../communication/index.ts';
import type { Database } from '../platform/database/index.ts';
import { dateDuDomaine } from '../platform/dates.ts';
import { accord, dateLongue, euros, nombre } from '../platform/francais/index.ts';
import { absent, type DeclaredRoute, defineRoute } from '../platform/http/route.ts';
import { lireUne } from '../platform/listes/index.ts';
import { type Filtre, getChiffres, listeSeances } from '../statistiques/index.ts';
import { getDepartement, getEpci, listRegions, trouverCommune } from '../territoires/index.ts';
import { lienDuCommunique } from './listes.ts';
import { type ImageDePartage, imageDePartage } from './partage.ts';
import { montreLaDemonstration } from './store.ts';

type Sujet = Pick<ImageDePartage, 'titre' | 'chiffres'>;

const postesDe = (postes: number): Sujet['chiffres'][number] => ({
  valeur: nombre(postes),
  libelle: accord(postes, 'poste de conseiller numérique', 'postes de conseillers numériques'),
});

const structuresDe = (structures: number): Sujet['chiffres'][number] => ({
  valeur: nombre(structures),
  libelle: accord(structures, 'structure retenue', 'structures retenues'),
});

const chiffresDe = async (db: Database, filtre: Filtre = {}): Promise<Sujet['chiffres']> => {
  const { structures, postes, montant_centimes } = await getChiffres(db, filtre);
  if (structures === 0) return [];
  return [
    structuresDe(structures),
    postesDe(postes),
    { valeur: euros(montant_centimes), libelle: 'engagés par l’État' },
  ];
};

const accueil = async (db: Database): Promise<Sujet> => ({
  titre: 'Des conseillers numériques près de chez vous',
  chiffres: await chiffresDe(db),
});

/** Subjects of a picture, by the folder of its address; nothing for what does not exist or is not announced. */
const sujets: Readonly<Record<string, (db: Database, code: string) => Promise<Sujet | undefined>>> = {
  regions: async (db, code) => {
    const region = (await listRegions(db)).find((one) => one.code === code);
    return (
      region && {
        titre: `Les conseillers numériques ${region.locatif}`,
        chiffres: await chiffresDe(db, { territoire: { niveau: 'region', code } }),
      }
    );
  },
  departements: async (db, code) => {
    const departement = await getDepartement(db, code);
    return (
      departement && {
        titre: `Les conseillers numériques ${departement.locatif}`,
        chiffres: await chiffresDe(db, { territoire: { niveau: 'departement', code } }),
      }
    );
  },
  epci: async (db, code) => {
    const epci = await getEpci(db, code);
    return (
      epci && { titre: epci.nom, chiffres: await chiffresDe(db, { territoire: { niveau: 'epci', code } }) }
    );
  },
  communes: async (db, code) => {
    const commune = await trouverCommune(db, code);
    return commune?.code === code
      ? { titre: commune.nom, chiffres: await chiffresDe(db, { territoire: { niveau: 'commune', code } }) }
      : undefined;
  },
  seances: async (db, date) =>
    listeSeances.cle.schema.safeParse(date).success && (await lireUne(db, listeSeances, date))
      ? {
          titre: `Séance du comité de sélection du ${dateLongue(date)}`,
          chiffres: await chiffresDe(db, { seance: date }),
        }
      : undefined,
  structures: async (db, id) => {
    const structure = z.uuid().safeParse(id).success ? await lireUne(db, listeStructures, id) : undefined;
    return (
      structure && {
        titre: structure.libelle ?? '',
        chiffres: [
          postesDe(structure.postes ?? 0),
          ...(structure.commune === null ? [] : [{ valeur: structure.commune, libelle: 'commune' }]),
        ],
      }
    );
  },
};

const dessiner = async (db: Database, sujet: Sujet | undefined) => {
  if (!sujet) return absent;
  const mention = (await montreLaDemonstration(db)) ? 'Données de démonstration' : undefined;
  return {
    type: 'fichier',
    mime: 'image/png',
    corps: await imageDePartage({ ...sujet, mention }),
  } as const;
};

const fichier = z
  .string()
  .max(60, 'est trop long')
  .transform((nom) => nom.replace(/\.png$/, ''));

/** Pictures shown where a page is shared: `/partage` and the path of the page, then `.png`. */
export const routesPartage: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/partage/accueil.png',
    access: { type: 'public' },
    input: z.object({}),
    handler: async ({ db }) => dessiner(db, await accueil(db)),
  }),
  defineRoute({
    path: '/partage/communiques/:departement/:fichier{[0-9-]+\\.png}',
    access: { type: 'public' },
    input: z.object({ departement: z.string().max(3, 'attend un code de département'), fichier }),
    handler: async ({ input, db }) => {
      const [communique] = dateDuDomaine.safeParse(input.fichier).success
        ? await listCommuniques(db, { departement: input.departement, seances: [input.fichier] })
        : [];
      return dessiner(
        db,
        communique && {
          titre: lienDuCommunique(communique).texte,
          chiffres: [structuresDe(communique.structures), postesDe(communique.postes)],
        },
      );
    },
  }),
  defineRoute({
    path: '/partage/:famille/:fichier{[0-9A-Za-z-]+\\.png}',
    access: { type: 'public' },
    input: z.object({ famille: z.string(), fichier }),
    handler: async ({ input, db }) => {
      const sujet = Object.hasOwn(sujets, input.famille) ? sujets[input.famille] : undefined;
      return dessiner(db, sujet && (await sujet(db, input.fichier)));
    },
  }),
];
