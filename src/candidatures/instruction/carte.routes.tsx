import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { absent, type DeclaredRoute, defineRoute } from '../../platform/http/route.ts';
import {
  type Bornes,
  bornesDe,
  type Contour,
  type FondDeCarte,
  fondDeTerritoire,
} from '../../platform/views/cartographie.ts';
import { getDepartement, listContours } from '../../territoires/index.ts';
import { type CommuneCarte, listCommunesCarte, listPortees } from './carte.store.ts';
import { accesLecture, accueil, espace } from './fiche.page.tsx';
import { cheminListe } from './requete.rules.ts';
import { lireChoix } from './store.ts';
import { type Mesure, mesures, PageCarte } from './views/page-carte.tsx';

const enContours = (lus: Awaited<ReturnType<typeof listContours>>): readonly Contour[] =>
  lus.map(({ code, nom, geometrie }) => ({ code, nom, geometry: geometrie }));

const rond = ({ x, y }: { readonly x: number; readonly y: number }, rayon: number): string =>
  `M${(x - rayon).toFixed(1)},${y.toFixed(1)}a${rayon},${rayon} 0 1,0 ${2 * rayon},0a${rayon},${rayon} 0 1,0 ${-2 * rayon},0Z`;

/** The communes as they are drawn: by their outline where one was imported, else by a disc in the département's. */
const fondDesCommunes = async (
  db: Database,
  departement: string,
  communes: readonly CommuneCarte[],
): Promise<FondDeCarte | undefined> => {
  const dessinees = enContours(await listContours(db, 'commune', departement));
  const entier = enContours(await listContours(db, 'departement', departement));
  const bornes: Bornes | null = bornesDe(dessinees.length > 0 ? dessinees : entier);
  if (bornes === null) return undefined;
  const { fond, placer } = fondDeTerritoire([...entier, ...dessinees], bornes, [departement]);
  const connues = new Set(dessinees.map(({ code }) => code));
  // Several communes may stand at one place, known to the nearest kilometres: those with posts are drawn over the others.
  const postesDe = ({ existants, demandes }: CommuneCarte) => existants + demandes;
  const discs = communes
    .filter(({ code }) => !connues.has(code))
    .toSorted((une, autre) => postesDe(une) - postesDe(autre) || autre.population - une.population)
    .flatMap(({ code, nom, latitude, longitude, population, ...postes }) => {
      const place = placer(longitude, latitude, departement);
      const petit = postesDe({ code, nom, latitude, longitude, population, ...postes }) === 0;
      const rayon = Math.round((petit ? 4 : 9) + Math.min(12, Math.sqrt(population) / 20));
      return place === null ? [] : [{ code, nom, path: rond(place, rayon) }];
    });
  return { ...fond, traces: [...fond.traces, ...discs] };
};

const kilometresUsuels = 10;
/** From 1 to 100 km, with or without decimals; undefined for anything else. */
const lireKilometres = (tape: string): number | undefined => {
  const lus = /^\d{1,3}([.,]\d{1,2})?$/.test(tape) ? Number(tape.replace(',', '.')) : 0;
  return lus >= 1 && lus <= 100 ? lus : undefined;
};

export const routesCarte: readonly DeclaredRoute[] = [
  defineRoute({
    path: `${cheminListe}/carte`,
    access: accesLecture,
    input: z.object({
      departement: z
        .string()
        .regex(/^(\d{2,3}|2[AB])$/, 'attend un code de département')
        .optional(),
      mesure: z.enum(Object.keys(mesures) as [Mesure, ...Mesure[]]).optional(),
      km: z.string().trim().max(20, 'attend un nombre de kilomètres').default(String(kilometresUsuels)),
      candidature: z.uuid('attend une candidature').optional(),
      liste: z.literal('oui', 'attend « oui »').optional(),
    }),
    handler: async ({ db, input }) => {
      const { departements } = await lireChoix(db);
      const code = input.departement ?? departements[0]?.valeur;
      if (code === undefined || !departements.some(({ valeur }) => valeur === code)) return absent;
      const departement = await getDepartement(db, code);
      if (departement === undefined) return absent;
      const communes = await listCommunesCarte(db, code);
      const kilometres = lireKilometres(input.km);
      const portees = await listPortees(db, code, kilometres ?? kilometresUsuels);
      const choisie = portees.find(({ id }) => id === input.candidature);
      if (input.candidature !== undefined && choisie === undefined) return absent;
      return {
        type: 'page',
        titre: `${kilometres === undefined ? 'Erreur\u00a0: ' : ''}Carte des candidatures ${departement.genitif}`,
        ...(kilometres === undefined ? { statut: 400 } : {}),
        description: 'Les postes décidés et demandés, la population et la fragilité numérique par commune.',
        fil: [espace, accueil, { texte: 'Carte' }],
        contenu: (
          <PageCarte
            departement={departement}
            departements={departements}
            // Before indices are imported, what is asked for.
            mesure={input.mesure ?? (communes.some(({ indice }) => indice !== null) ? 'indice' : 'demandes')}
            kilometres={kilometres ?? kilometresUsuels}
            refusee={kilometres === undefined ? input.km : undefined}
            communes={communes}
            portees={portees}
            choisie={choisie}
            detaillee={input.liste === 'oui'}
            fond={await fondDesCommunes(db, code, communes)}
          />
        ),
      };
    },
  }),
];
