import { z } from 'zod';
import { listeStructures } from '../candidatures/index.ts';
import { dateDuDomaine } from '../platform/dates.ts';
import { dateLongue, pluriel } from '../platform/francais/index.ts';
import { absent, type DeclaredRoute, defineRoute } from '../platform/http/route.ts';
import { lireUne, parPage, schemaDeDemande } from '../platform/listes/index.ts';
import { CarteChiffree } from '../platform/views/carte.tsx';
import { CarteLieux } from '../platform/views/carte-lieux.tsx';
import { getProgramme } from '../programme/index.ts';
import { type Chiffres, getChiffres, listChiffres, listeSeances } from '../statistiques/index.ts';
import { getDepartement, listDepartements, listRegions } from '../territoires/index.ts';
import { donneesCarte } from './carte.ts';
import { fondDesDepartements } from './fond.ts';
import {
  choixCategories,
  choixSeances,
  enChoixDeSeances,
  liensCommuniques,
  lirePageStructures,
} from './listes.ts';
import { seuilsDesPostes } from './seuils.ts';
import { PageDepartement } from './views/page-departement.tsx';
import { PageFrance, PageRegion, PageSeance, PageStructures, type Part } from './views/page-territoires.tsx';

const accueil = { texte: 'Accueil', href: '/' };
const france = { texte: 'France', href: '/france' };

type Ventilees = readonly (Chiffres & { readonly cle: string | null })[];

/** The parts of a territory with their figures, nothing where nothing was announced. */
const partsDe = (
  territoires: readonly { readonly code: string; readonly nom: string }[],
  chiffres: Ventilees,
): readonly Part[] => {
  const figures = new Map(chiffres.map((row) => [row.cle, row]));
  return territoires.map(({ code, nom }) => ({
    code,
    nom,
    structures: figures.get(code)?.structures ?? 0,
    postes: figures.get(code)?.postes ?? 0,
    montant: figures.get(code)?.montant_centimes ?? 0,
  }));
};

const enOptions = (territoires: readonly { readonly code: string; readonly nom: string }[]) =>
  territoires.map(({ code, nom }) => ({ valeur: code, texte: `${nom} (${code})` }));

export const routesTerritoires: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/france',
    access: { type: 'public' },
    input: z.object({}),
    handler: async ({ db }) => {
      const [programme, chiffres, parRegion, parDepartement, seances, regions, departements, fond] =
        await Promise.all([
          getProgramme(db),
          getChiffres(db),
          listChiffres(db, 'region'),
          listChiffres(db, 'departement'),
          listChiffres(db, 'seance'),
          listRegions(db),
          listDepartements(db),
          fondDesDepartements(db),
        ]);
      const parts = partsDe(departements, parDepartement);
      return {
        type: 'page',
        titre: 'Les conseillers numériques en France',
        description: `Structures, postes et montants des conseillers numériques en France : ${pluriel(chiffres.postes, 'poste annoncé', 'postes annoncés')}, région par région, séance par séance.`,
        fil: [accueil, { texte: 'France' }],
        partage: '/partage/accueil.png',
        contenu: (
          <PageFrance
            chiffres={chiffres}
            programme={programme ?? null}
            regions={partsDe(regions, parRegion)}
            seances={seances}
            carte={
              <CarteChiffree
                id="carte"
                titre="Postes de conseillers numériques annoncés, par département"
                fond={fond}
                donnees={parts
                  .filter(({ postes }) => postes > 0)
                  .map((part) => ({
                    code: part.code,
                    valeur: part.postes,
                    href: `/departements/${part.code}`,
                    texte: pluriel(part.postes, 'poste', 'postes'),
                  }))}
                seuils={seuilsDesPostes}
                legende="Nombre de postes"
                aucun="Aucun poste annoncé"
                objet="Département"
                mesure="Postes"
                vide="Aucun poste n’est encore annoncé."
              />
            }
          />
        ),
      };
    },
  }),
  defineRoute({
    path: '/structures',
    access: { type: 'public' },
    input: schemaDeDemande(listeStructures, {}),
    handler: async ({ input: { demande }, db }) => {
      const { region } = demande.filtres;
      const [resultat, seances, regions, departements] = await Promise.all([
        lirePageStructures(db, demande),
        choixSeances(db, {}),
        listRegions(db),
        listDepartements(db),
      ]);
      if (!resultat) return absent;
      const proposes = departements.filter((un) => region === undefined || un.region?.code === region);
      return {
        type: 'page',
        titre: 'Structures retenues',
        description:
          'Liste des structures retenues pour accueillir des conseillers numériques : filtrer par région, département, séance ou type, trier et télécharger.',
        fil: [accueil, france, { texte: 'Structures retenues' }],
        contenu: (
          <PageStructures
            liste={listeStructures}
            demande={demande}
            resultat={resultat}
            parPage={parPage}
            choix={{
              regions: enOptions(regions),
              departements: enOptions(proposes),
              seances,
              categories: choixCategories,
            }}
          />
        ),
      };
    },
  }),
  defineRoute({
    path: '/regions/:code',
    access: { type: 'public' },
    input: schemaDeDemande(
      listeStructures,
      { code: z.string().regex(/^\d{1,2}$/, 'attend un code de région : 32') },
      ['region'],
    ),
    handler: async ({ input, db, requete }) => {
      const code = input.code.padStart(2, '0');
      const departements = (await listDepartements(db)).filter(({ region }) => region?.code === code);
      const region = departements[0]?.region;
      if (!region) return absent;
      if (code !== input.code) return { type: 'redirection', vers: `/regions/${code}` };
      const territoire = { niveau: 'region', code } as const;
      const [chiffres, parDepartement, seances, resultat, carte] = await Promise.all([
        getChiffres(db, { territoire }),
        listChiffres(db, 'departement', { territoire }),
        listChiffres(db, 'seance', { territoire }),
        lirePageStructures(db, input.demande, { region: code }),
        donneesCarte(db, territoire, requete.tuiles),
      ]);
      if (!resultat) return absent;
      return {
        type: 'page',
        // A région of one département bears its name.
        titre: `Les conseillers numériques ${region.locatif}${departements.length === 1 ? ' (région)' : ''}`,
        description: `Structures retenues, postes et montants des conseillers numériques ${region.locatif}, département par département.`,
        fil: [accueil, france, { texte: region.nom }],
        ilots: ['carte'],
        partage: `/partage/regions/${code}.png`,
        contenu: (
          <PageRegion
            region={region}
            chiffres={chiffres}
            departements={partsDe(departements, parDepartement)}
            seances={seances}
            carte={
              <CarteLieux
                id="carte"
                surDemande
                titre={`Structures retenues ${region.locatif}`}
                {...carte}
                tout={{ href: '#structures', texte: 'Voir le tableau de toutes les structures' }}
              />
            }
            liste={listeStructures}
            demande={input.demande}
            resultat={resultat}
            parPage={parPage}
            choix={{
              seances: enChoixDeSeances(seances),
              departements: enOptions(departements),
              categories: choixCategories,
            }}
          />
        ),
      };
    },
  }),
  defineRoute({
    path: '/departements/:code',
    access: { type: 'public' },
    input: schemaDeDemande(
      listeStructures,
      {
        code: z.string().regex(/^([0-9]{1,3}|2[ab])$/i, 'attend un code de département : 02, 2A, 971…'),
      },
      ['region', 'departement'],
    ),
    handler: async ({ input, db, requete }) => {
      const code = input.code.toUpperCase().padStart(2, '0');
      const departement = await getDepartement(db, code);
      if (!departement) return absent;
      if (code !== input.code) return { type: 'redirection', vers: `/departements/${code}` };
      const territoire = { niveau: 'departement', code } as const;
      const [chiffres, seances, resultat, communiques, carte] = await Promise.all([
        getChiffres(db, { territoire }),
        listChiffres(db, 'seance', { territoire }),
        lirePageStructures(db, input.demande, { departement: code }),
        liensCommuniques(db, { departement: code }),
        donneesCarte(db, territoire, requete.tuiles),
      ]);
      if (!resultat) return absent;
      const { locatif, region } = departement;
      return {
        type: 'page',
        titre: `Les conseillers numériques ${locatif}`,
        description: `Structures retenues, postes et montants des conseillers numériques ${locatif}, séance par séance.`,
        fil: [
          accueil,
          france,
          ...(region ? [{ texte: region.nom, href: `/regions/${region.code}` }] : []),
          { texte: departement.nom },
        ],
        ilots: ['carte'],
        partage: `/partage/departements/${code}.png`,
        flux: [
          {
            titre: `Communiqués : ${departement.nom}`,
            href: `/departements/${code}/communiques.atom`,
          },
        ],
        contenu: (
          <PageDepartement
            departement={departement}
            chiffres={chiffres}
            seances={seances}
            carte={
              <CarteLieux
                id="carte"
                surDemande
                titre={`Structures retenues ${locatif}`}
                {...carte}
                tout={{ href: '#structures', texte: 'Voir le tableau de toutes les structures' }}
              />
            }
            liste={listeStructures}
            demande={input.demande}
            resultat={resultat}
            parPage={parPage}
            choix={{
              seances: enChoixDeSeances(seances),
              categories: choixCategories,
            }}
            communiques={communiques}
          />
        ),
      };
    },
  }),
  defineRoute({
    path: '/seances/:date',
    access: { type: 'public' },
    input: schemaDeDemande(listeStructures, { date: dateDuDomaine }, ['seance', 'region']),
    handler: async ({ input, db }) => {
      const { date } = input;
      const [chiffres, parDepartement, departements, resultat, communiques, seance] = await Promise.all([
        getChiffres(db, { seance: date }),
        listChiffres(db, 'departement', { seance: date }),
        listDepartements(db),
        lirePageStructures(db, input.demande, { seance: date }),
        liensCommuniques(db, { seances: [date] }),
        lireUne(db, listeSeances, date),
      ]);
      if (!resultat || !seance) return absent;
      const texte = dateLongue(date);
      const concernes = departements.filter(({ code }) => parDepartement.some(({ cle }) => cle === code));
      return {
        type: 'page',
        titre: `Comité de sélection du ${texte}`,
        description: `Structures retenues par le comité de sélection des conseillers numériques du ${texte}, avec leurs postes et leurs montants.`,
        fil: [accueil, france, { texte: 'Séances', href: '/seances' }, { texte: `Séance du ${texte}` }],
        partage: `/partage/seances/${date}.png`,
        contenu: (
          <PageSeance
            seance={{ date, texte, vague: seance.vague }}
            chiffres={chiffres}
            departements={partsDe(concernes, parDepartement)}
            communiques={communiques}
            liste={listeStructures}
            demande={input.demande}
            resultat={resultat}
            parPage={parPage}
            choix={{ departements: enOptions(concernes), categories: choixCategories }}
          />
        ),
      };
    },
  }),
];
