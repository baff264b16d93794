import type { Database } from '../../platform/database/index.ts';
import type { Identite } from '../../platform/http/identite.ts';
import { absent, type DeclaredRoute, defineRoute } from '../../platform/http/route.ts';
import { lirePage, parPage, routesDeFichiers, schemaDeDemande } from '../../platform/listes/index.ts';
import { getProgramme } from '../../programme/index.ts';
import { listDepartements, listDepartementsDeLActeur, listRegions } from '../../territoires/index.ts';
import { listeSuivi } from './liste.ts';
import { prevoir } from './rules.ts';
import { lireEnsemble, listVaguesSuivies, type VagueSuivie } from './store.ts';
import { PageSuiviDesVagues } from './views/page-suivi-vagues.tsx';

const access = { type: 'role', roles: ['administrateur', 'instructeur', 'membre_comite'] } as const;
const chemin = '/suivi/vagues';

const territoiresDe = async (db: Database, national: boolean) => {
  const departements = national ? await listDepartements(db) : await listDepartementsDeLActeur(db);
  return {
    departements: departements.map(({ code, nom }) => ({ valeur: code, texte: nom })),
    regions: national
      ? (await listRegions(db)).map(({ code, nom }) => ({ valeur: code, texte: nom }))
      : undefined,
  };
};

/** What posts are counted against: the programme's objective for the whole country, else the wave's. */
const objectifDe = async (
  db: Database,
  identite: Identite,
  filtres: Readonly<Record<string, string>>,
  vagues: readonly VagueSuivie[],
): Promise<{ readonly postes: number; readonly nom: string } | null> => {
  const { vague, ...territoire } = filtres;
  if (identite.habilitation?.niveau !== 'national' || Object.keys(territoire).length > 0) return null;
  if (vague === undefined) {
    const programme = await getProgramme(db);
    return programme === undefined
      ? null
      : { postes: programme.objectifPostes, nom: 'l’objectif du programme' };
  }
  const objectif = vagues.find(({ id }) => id === vague)?.objectif ?? null;
  return objectif === null ? null : { postes: objectif, nom: 'l’objectif de la vague' };
};

export const routesSuivi: readonly DeclaredRoute[] = [
  defineRoute({
    path: chemin,
    access,
    input: schemaDeDemande(listeSuivi, {}),
    handler: async ({ input: { demande }, db, identite }) => {
      const resultat = await lirePage(db, listeSuivi, demande);
      if (resultat === undefined) return absent;
      const ensemble = await lireEnsemble(db, demande.filtres);
      const vagues = await listVaguesSuivies(db);
      const administrateur = identite.habilitation?.role === 'administrateur';
      return {
        type: 'page',
        titre: 'Suivi des vagues',
        description: 'Des candidatures aux postes retenus, par vague et par territoire.',
        fil: [{ texte: 'Mon espace', href: '/espace' }, { texte: 'Suivi des vagues' }],
        contenu: (
          <PageSuiviDesVagues
            chemin={chemin}
            liste={listeSuivi}
            demande={demande}
            resultat={resultat}
            parPage={parPage}
            ensemble={ensemble}
            prevision={prevoir({ ...ensemble, retenus: ensemble.postes })}
            objectif={await objectifDe(db, identite, demande.filtres, vagues)}
            vagues={vagues.map(({ id, nom }) => ({ valeur: id, texte: nom }))}
            {...(await territoiresDe(db, identite.habilitation?.niveau === 'national'))}
            brouillons={administrateur}
          />
        ),
      };
    },
  }),
  ...routesDeFichiers(listeSuivi, chemin, access),
];
