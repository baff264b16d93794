import { z } from 'zod';
import { listeStructures } from '../candidatures/index.ts';
import { capitale, de } from '../platform/francais/index.ts';
import { absent, type DeclaredRoute, defineRoute, numeroDePage } from '../platform/http/route.ts';
import { parPage, schemaDeDemande } from '../platform/listes/index.ts';
import { CarteLieux } from '../platform/views/carte-lieux.tsx';
import { getChiffres, listChiffres } from '../statistiques/index.ts';
import { libellePublic } from '../structures/index.ts';
import {
  type CommuneDeLEpci,
  chercherCommunes,
  getDepartement,
  getEpci,
  listCodesPostaux,
  listCommunesDeEpci,
  trouverCommune,
} from '../territoires/index.ts';
import { donneesCarte } from './carte.ts';
import { choixCategories, choixSeances, lirePageStructures } from './listes.ts';
import { listStructuresDuTerritoire, listStructuresProches } from './proximite.store.ts';
import type { StructureListee } from './recherche.store.ts';
import { porteeKilometres } from './seuils.ts';
import { PageCommune } from './views/page-commune.tsx';
import { PageEpci } from './views/page-epci.tsx';

/** Structures on a page of a list, and of those around a commune. */
const parPageCommune = 20;
const voisinesMax = 10;
/** In kilometres: beyond this one is told that it is far. */
const proche = 30;

const accueil = { texte: 'Accueil', href: '/' };

type Etape = { readonly texte: string; readonly href: string };

const versRegion = ({ code, nom }: { readonly code: string; readonly nom: string }): Etape => ({
  texte: nom,
  href: `/regions/${code}`,
});
const versDepartement = ({ code, nom }: { readonly code: string; readonly nom: string }): Etape => ({
  texte: nom,
  href: `/departements/${code}`,
});

/** « de Laon », « du Mans », « d’Hirson »: the article of a name is an article of the sentence. */
const genitif = (nom: string): string => de(nom.replace(/^Les? /, (article) => article.toLowerCase()));

const communeDe = ({ communeCode, communeNom }: StructureListee) =>
  communeCode === null || communeNom === null ? null : { code: communeCode, nom: communeNom };

/** Départements of communes, the one with most of them first. */
const departementsDe = (communes: readonly CommuneDeLEpci[]) => {
  const byCode = Map.groupBy(communes, ({ departementCode }) => departementCode);
  return [...byCode]
    .map(([code, own]) => ({ code, nom: own[0]?.departementNom ?? code, communes: own.length }))
    .sort((a, b) => b.communes - a.communes || a.code.localeCompare(b.code));
};

/** Région, then département where there is one alone. */
const filDe = (communes: readonly CommuneDeLEpci[]): readonly Etape[] => {
  const [first] = communes;
  if (!first) return [];
  const departements = departementsDe(communes);
  const regions = new Set(communes.map(({ regionCode }) => regionCode));
  const { regionCode, regionNom } = first;
  return [
    ...(regions.size === 1 && regionCode !== null && regionNom !== null
      ? [versRegion({ code: regionCode, nom: regionNom })]
      : []),
    ...(departements.length === 1 ? departements.map(versDepartement) : []),
  ];
};

/** Pages of the communes and of the intercommunalités. */
export const routesCommunes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/communes/:code',
    access: { type: 'public' },
    input: z.object({
      code: z.string().regex(/^(\d{4,5}|2[ab]\d{3})$/i, 'attend un code INSEE de commune : 02408, 2A004…'),
      page: numeroDePage,
    }),
    handler: async ({ input, db, requete }) => {
      const commune = await trouverCommune(db, input.code);
      if (!commune) {
        // A postal code is the number that people know.
        const [delivered] = await chercherCommunes(db, input.code, 1);
        return delivered && /^\d{5}$/.test(input.code)
          ? { type: 'redirection', vers: `/recherche?q=${input.code}` }
          : absent;
      }
      if (commune.code !== input.code) return { type: 'redirection', vers: `/communes/${commune.code}` };
      const { code, nom } = commune;
      const debut = (input.page - 1) * parPageCommune;
      const [departement, epci, codes, chiffres, ici, proches] = await Promise.all([
        getDepartement(db, commune.departementCode),
        commune.epciCode === null ? undefined : getEpci(db, commune.epciCode),
        listCodesPostaux(db, [code]),
        getChiffres(db, { territoire: { niveau: 'commune', code } }),
        listStructuresDuTerritoire(db, { niveau: 'commune', code }, { debut, limite: parPageCommune }),
        listStructuresProches(db, commune, voisinesMax, code),
      ]);
      if (!departement) throw new Error(`${code} is in no département`);
      const aPortee = ici.length > 0 || proches.some(({ kilometres }) => kilometres <= porteeKilometres);
      const pages = Math.max(1, Math.ceil(chiffres.structures / parPageCommune));
      if (input.page > pages) return absent;
      const { region } = departement;
      return {
        type: 'page',
        titre: `Conseillers numériques près ${genitif(nom)} (${departement.code})`,
        description: `Structures retenues pour accueillir un conseiller numérique : ${nom} (${departement.nom}) et les plus proches alentour.`,
        fil: [accueil, ...(region ? [versRegion(region)] : []), versDepartement(departement), { texte: nom }],
        ilots: ['recherche', 'carte'],
        partage: `/partage/communes/${code}.png`,
        // It shows its neighbours: useful to who comes, a copy of them to a search engine.
        noindex: chiffres.structures === 0,
        contenu: (
          <PageCommune
            commune={{
              code,
              nom,
              genitif: genitif(nom),
              codesPostaux: codes.get(code) ?? [],
              approximative: commune.precisionPosition === 'approximative',
            }}
            territoires={[
              ...(epci ? [{ texte: epci.nom, href: `/epci/${epci.code}`, detail: epci.nature }] : []),
              {
                ...versDepartement(departement),
                detail: departement.nature === 'departement' ? 'département' : 'collectivité d’outre-mer',
              },
              ...(region ? [{ ...versRegion(region), detail: 'région' }] : []),
            ]}
            chiffres={chiffres}
            ici={ici.map((structure) => ({ ...structure, libelle: capitale(libellePublic(structure)) }))}
            page={input.page}
            pages={pages}
            voisines={proches
              .filter(({ kilometres }) => kilometres <= porteeKilometres)
              .map((structure) => ({
                ...structure,
                libelle: capitale(libellePublic(structure)),
                commune: communeDe(structure),
              }))}
            portee={porteeKilometres}
            proche={proche}
            annonces={ici.length > 0 || proches.length > 0}
            carte={
              aPortee ? (
                <CarteLieux
                  id="carte"
                  surDemande
                  titre={`Structures les plus proches ${genitif(nom)}`}
                  {...(await donneesCarte(
                    db,
                    {
                      niveau: 'autour',
                      nom,
                      latitude: commune.latitude,
                      longitude: commune.longitude,
                      nombre: voisinesMax,
                      portee: porteeKilometres,
                    },
                    requete.tuiles,
                  ))}
                />
              ) : null
            }
          />
        ),
      };
    },
  }),
  defineRoute({
    path: '/epci/:code',
    access: { type: 'public' },
    input: schemaDeDemande(
      listeStructures,
      { code: z.string().regex(/^\d{9}$/, 'attend le numéro SIREN d’une intercommunalité : 9 chiffres') },
      ['epci', 'region'],
    ),
    handler: async ({ input, db, requete }) => {
      const { code } = input;
      const epci = await getEpci(db, code);
      if (!epci) return absent;
      const territoire = { niveau: 'epci', code } as const;
      const [communes, chiffres, parCommune, resultat, seances, carte] = await Promise.all([
        listCommunesDeEpci(db, code),
        getChiffres(db, { territoire }),
        listChiffres(db, 'commune', { territoire }),
        lirePageStructures(db, input.demande, { epci: code }),
        choixSeances(db, { territoire }),
        donneesCarte(db, territoire, requete.tuiles),
      ]);
      if (!resultat) return absent;
      const postes = new Map(parCommune.map((row) => [row.cle, row.postes]));
      return {
        type: 'page',
        titre: epci.nom,
        description: `Structures retenues, postes et montants des conseillers numériques : ${epci.nom}, commune par commune.`,
        fil: [accueil, ...filDe(communes), { texte: epci.nom }],
        ilots: ['carte'],
        partage: `/partage/epci/${code}.png`,
        noindex: chiffres.structures === 0,
        contenu: (
          <PageEpci
            epci={epci}
            departements={departementsDe(communes)}
            communes={communes.map((commune) => ({ ...commune, postes: postes.get(commune.code) ?? 0 }))}
            chiffres={chiffres}
            liste={listeStructures}
            demande={input.demande}
            resultat={resultat}
            parPage={parPage}
            choix={{ seances, categories: choixCategories }}
            carte={
              <CarteLieux
                id="carte"
                surDemande
                titre="Structures retenues dans cette intercommunalité"
                {...carte}
                tout={{ href: '#structures', texte: 'Voir le tableau de toutes les structures' }}
              />
            }
          />
        ),
      };
    },
  }),
];
