import { z } from 'zod';
import { systemClock } from '../platform/clock.ts';
import { acteurDe } from '../platform/http/identite.ts';
import { absent, type DeclaredRoute, defineActe, defineRoute } from '../platform/http/route.ts';
import {
  formatsPrivesEtJson,
  lirePage,
  lireUne,
  parPage,
  routesDeFichiers,
  schemaDeDemande,
} from '../platform/listes/index.ts';
import { type DeclaredTache, prochaineEcheance } from '../platform/taches.ts';
import { etats, listEchecs, listeExecutions } from './executions.liste.ts';
import { access, page } from './pages.ts';
import { lancer, reprendre, sante } from './taches.acts.ts';
import { PageLancer, PageReprendre, PageTaches } from './views/page-taches.tsx';

const fil = { texte: 'Tâches', href: '/administration/taches' };

export const creerRoutes = (taches: readonly DeclaredTache[]): readonly DeclaredRoute[] => {
  const trouver = (nom: string | null | undefined) => taches.find((tache) => tache.nom === nom);
  const nom = z.object({ nom: z.string().max(60) });
  const id = z.object({ id: listeExecutions.cle.schema });

  const pageLancer = (tache: DeclaredTache, refus?: string) =>
    page(
      'Lancer une tâche',
      [fil, { texte: 'Lancer' }],
      <PageLancer nom={tache.nom} libelle={tache.libelle} refus={refus} />,
      refus === undefined ? {} : { statut: 409 },
    );
  const pageReprendre = (execution: { readonly id: string; readonly tache: DeclaredTache }, refus?: string) =>
    page(
      'Relancer une tâche en échec',
      [fil, { texte: 'Relancer' }],
      <PageReprendre id={execution.id} libelle={execution.tache.libelle} refus={refus} />,
      refus === undefined ? {} : { statut: 409 },
    );

  return [
    defineRoute({
      path: '/administration/taches',
      access,
      input: schemaDeDemande(listeExecutions, { fait: z.enum(['lancee', 'reprise']).optional() }),
      handler: async ({ input: { demande, fait }, db, requete }) => {
        const resultat = await lirePage(db, listeExecutions, demande);
        if (!resultat) return absent;
        const etat = await sante(db, taches, requete);
        const echecs = await listEchecs(db);
        const maintenant = new Date(systemClock().epochMilliseconds);
        return page(
          'Tâches',
          [{ texte: 'Tâches' }],
          <PageTaches
            taches={taches.map((tache) => ({
              nom: tache.nom,
              libelle: tache.libelle,
              planifiee: tache.planification !== undefined,
              prochaine:
                tache.planification === undefined
                  ? null
                  : (prochaineEcheance(tache.planification, maintenant)?.toISOString() ?? null),
              suivi: etat.taches.find((suivie) => suivie.nom === tache.nom),
              file: etat.files.find((file) => file.nom === tache.nom),
              echec: echecs.find((echec) => echec.nom === tache.nom),
            }))}
            alertes={etat.alertes}
            liste={listeExecutions}
            demande={demande}
            resultat={resultat}
            parPage={parPage}
            fait={fait}
            etats={etats}
          />,
        );
      },
    }),
    ...routesDeFichiers(listeExecutions, '/administration/taches', access, formatsPrivesEtJson),
    defineRoute({
      path: '/administration/taches/:nom/lancer',
      access,
      input: nom,
      handler: async ({ input }) => {
        const tache = trouver(input.nom);
        return tache?.planification === undefined ? absent : pageLancer(tache);
      },
    }),
    defineActe({
      path: '/administration/taches/:nom/lancer',
      access,
      input: nom,
      champs: z.object({}),
      handler: async ({ input, db, identite }) => {
        const tache = trouver(input.nom);
        if (tache?.planification === undefined) return absent;
        const done = await lancer(db, acteurDe(identite), tache);
        if (!done.ok) return pageLancer(tache, done.message);
        return {
          type: 'redirection',
          vers:
            tache.nom === 'verifier'
              ? '/administration/journal?fait=verification'
              : `${fil.href}?fait=lancee`,
        };
      },
    }),
    defineRoute({
      path: '/administration/executions/:id/relancer',
      access,
      input: id,
      handler: async ({ input, db }) => {
        const execution = await lireUne(db, listeExecutions, input.id);
        const tache = trouver(execution?.tache);
        return tache === undefined || execution?.etat !== 'failed'
          ? absent
          : pageReprendre({ id: input.id, tache });
      },
    }),
    defineActe({
      path: '/administration/executions/:id/relancer',
      access,
      input: id,
      champs: z.object({}),
      handler: async ({ input, db, identite }) => {
        const tache = trouver((await lireUne(db, listeExecutions, input.id))?.tache);
        if (tache === undefined) return absent;
        const done = await reprendre(db, acteurDe(identite), { id: input.id, tache });
        if (!done.ok) return pageReprendre({ id: input.id, tache }, done.message);
        return { type: 'redirection', vers: `${fil.href}?fait=reprise` };
      },
    }),
  ];
};
