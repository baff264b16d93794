import { z } from 'zod';
import { listeDecisions, listeStructures } from '../candidatures/index.ts';
import { listLieux, listStructuresCoordonnees } from '../deploiement/index.ts';
import { dateLongue, pluriel } from '../platform/francais/index.ts';
import { absent, type DeclaredRoute, defineRoute } from '../platform/http/route.ts';
import { lireListe, lirePage, lireUne, parPage, schemaDeDemande } from '../platform/listes/index.ts';
import { CarteLieux } from '../platform/views/carte-lieux.tsx';
import { ListeDonnees } from '../platform/views/liste.tsx';
import { listeSeances } from '../statistiques/index.ts';
import { getDepartement } from '../territoires/index.ts';
import { donneesCarte } from './carte.ts';
import { organisme } from './donnees-structurees.ts';
import { liensCommuniques } from './listes.ts';
import { PageStructure } from './views/page-structure.tsx';

const accueil = { texte: 'Accueil', href: '/' };
const france = { texte: 'France', href: '/france' };

/** How many of the nearest are on the map of a structure. */
const voisines = 10;

export const routesStructures: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/structures/:cle',
    access: { type: 'public' },
    input: z.object({ cle: listeStructures.cle.schema }),
    handler: async ({ input, db, requete }) => {
      const structure = await lireUne(db, listeStructures, input.cle);
      if (!structure?.id) return absent;
      // One address of record, whichever number it was asked by.
      if (structure.id !== input.cle) return { type: 'redirection', vers: `/structures/${structure.id}` };
      const { id, latitude, longitude } = structure;
      const libelle = structure.libelle ?? '';
      const [decisions, lieux, coordonnees, communiques, departement, carte] = await Promise.all([
        lireListe(db, listeDecisions, {
          filtres: { structure: id },
          tri: { champ: 'seance', sens: 'asc' },
          debut: 0,
          limite: 200,
        }),
        listLieux(db, [id]),
        listStructuresCoordonnees(db, [id]),
        structure.departement_code === null
          ? []
          : liensCommuniques(db, {
              departement: structure.departement_code,
              seances: structure.seances ?? [],
            }),
        structure.departement_code ? getDepartement(db, structure.departement_code) : undefined,
        latitude === null || longitude === null
          ? null
          : donneesCarte(
              db,
              { niveau: 'autour', nom: libelle, latitude, longitude, nombre: voisines, sauf: id },
              requete.tuiles,
            ),
      ]);
      return {
        type: 'page',
        // Structures of many towns bear the same name.
        titre: structure.commune ? `${libelle}, à ${structure.commune}` : libelle,
        description: `${libelle}${structure.commune ? `, à ${structure.commune}` : ''} : ${pluriel(structure.postes ?? 0, 'poste de conseiller numérique', 'postes de conseillers numériques')}, financement, adresse et historique.`,
        fil: [
          accueil,
          france,
          ...(structure.region_code
            ? [{ texte: structure.region ?? '', href: `/regions/${structure.region_code}` }]
            : []),
          ...(structure.departement_code
            ? [{ texte: structure.departement ?? '', href: `/departements/${structure.departement_code}` }]
            : []),
          { texte: libelle },
        ],
        ilots: ['carte'],
        partage: `/partage/structures/${id}.png`,
        donneesStructurees: [
          organisme(requete.adresse, {
            chemin: `/structures/${id}`,
            nom: libelle,
            raisonSociale: structure.raison_sociale,
            categorie: structure.categories?.includes('publique') ? 'publique' : 'privee',
            siret: structure.identifiant?.length === 14 ? structure.identifiant : null,
            adresse: structure.adresse,
            codePostal: structure.code_postal,
            commune: structure.commune,
            region: structure.region,
            position: latitude === null || longitude === null ? null : { latitude, longitude },
          }),
        ],
        contenu: (
          <PageStructure
            structure={structure}
            decisions={decisions.lignes}
            departement={departement ?? null}
            lieux={lieux}
            coordinateur={coordonnees.has(id)}
            communiques={communiques}
            carte={carte && <CarteLieux id="carte" surDemande titre={`Autour : ${libelle}`} {...carte} />}
          />
        ),
      };
    },
  }),
  defineRoute({
    path: '/seances',
    access: { type: 'public' },
    input: schemaDeDemande(listeSeances, {}),
    handler: async ({ input: { demande }, db }) => {
      const resultat = await lirePage(db, listeSeances, demande);
      if (!resultat) return absent;
      return {
        type: 'page',
        titre: 'Séances du comité de sélection',
        description:
          'Les séances du comité de sélection des conseillers numériques, avec les structures, les postes et les montants annoncés.',
        fil: [accueil, france, { texte: 'Séances' }],
        contenu: (
          <>
            <h1>Séances du comité de sélection</h1>
            <p class="fr-text--lead">
              Le comité choisit les structures qui accueillent des conseillers numériques. Voici ses séances
              dont les décisions sont annoncées.
            </p>
            <ListeDonnees
              liste={listeSeances}
              demande={demande}
              resultat={resultat}
              parPage={parPage}
              chemin="/seances"
              filtres={[]}
              entete="date"
              cellules={{ date: ({ date }) => <a href={`/seances/${date}`}>{dateLongue(date ?? '')}</a> }}
              vide={<p>Aucune séance n’a encore été annoncée.</p>}
            />
          </>
        ),
      };
    },
  }),
];
