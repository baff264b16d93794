import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { acteurDe, type Identite } from '../../platform/http/identite.ts';
import {
  absent,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  type Reponse,
} from '../../platform/http/route.ts';
import {
  type Demande,
  lirePage,
  parPage,
  routesDeFichiers,
  schemaDeDemande,
} from '../../platform/listes/index.ts';
import { fondementsDeRetrait } from '../retrait.rules.ts';
import { listDepartementsDeSeance } from './dossiers.store.ts';
import {
  access,
  administration,
  champFait,
  champVersion,
  entierOuVide,
  estAdministrateur,
  motifObligatoire,
  pageComite,
  uuid,
} from './pages.ts';
import { getSeance } from './seances.store.ts';
import { promouvoir, retirerDecision } from './suites.acts.ts';
import { listeSuites } from './suites.liste.ts';
import { getDecisionPrise, getPremiereEnAttente, getRetenue } from './suites.store.ts';
import { nomDeSeance, type Vu } from './views/cadre.tsx';
import { PageRetrait, PageSuites } from './views/page-suites.tsx';

const demandeVide: Demande = { filtres: {}, tri: listeSuites.tri, page: 1, colonnes: undefined };

const montrerSuites = async (
  db: Database,
  identite: Identite,
  id: string,
  demande: Demande,
  vu: Vu = {},
): Promise<Reponse> => {
  const seance = await getSeance(db, id);
  if (seance?.statut !== 'close') return absent;
  const resultat = await lirePage(db, listeSuites, demande, { seance: id });
  if (!resultat) return absent;
  return pageComite(
    `Suites, ${nomDeSeance(seance).toLowerCase()}`,
    [{ texte: nomDeSeance(seance), href: `/comite/${id}` }, { texte: 'Suites' }],
    <PageSuites
      seance={seance}
      liste={listeSuites}
      demande={demande}
      resultat={resultat}
      parPage={parPage}
      departements={await listDepartementsDeSeance(db, seance.vagueId)}
      premiere={await getPremiereEnAttente(db, id)}
      administrateur={estAdministrateur(identite)}
      vu={vu}
    />,
    vu.erreurs === undefined && vu.refus === undefined ? {} : { statut: 400 },
  );
};

const montrerRetrait = async (
  db: Database,
  { id, decision }: { readonly id: string; readonly decision: string },
  vu: Vu = {},
): Promise<Reponse> => {
  const seance = await getSeance(db, id);
  const suite = await getRetenue(db, id, decision);
  // Withdrawn, promoted or given up already: the list says what became of it.
  if (seance && suite === undefined && (await getDecisionPrise(db, decision))?.seanceId === id)
    return { type: 'redirection', vers: `/comite/${id}/suites` };
  if (seance === undefined || suite === undefined) return absent;
  return pageComite(
    `Retirer la décision, ${suite.structure}`,
    [{ texte: nomDeSeance(seance), href: `/comite/${id}` }, { texte: 'Retirer la décision' }],
    <PageRetrait seance={seance} suite={suite} vu={vu} />,
    vu.erreurs === undefined && vu.refus === undefined ? {} : { statut: 400 },
  );
};

export const routesSuites: readonly DeclaredRoute[] = [
  ...routesDeFichiers(listeSuites, '/comite/suites', access),
  defineRoute({
    path: '/comite/:id/suites',
    access,
    input: schemaDeDemande(listeSuites, { id: uuid, fait: champFait }, ['seance']),
    handler: ({ input, db, identite }) =>
      montrerSuites(db, identite, input.id, input.demande, { fait: input.fait }),
  }),
  defineActe({
    path: '/comite/:id/suites/:decision/promouvoir',
    access: administration,
    input: z.object({ id: uuid, decision: uuid }),
    champs: z.object({
      version: champVersion,
      postes: entierOuVide('Écrivez un nombre de postes, par exemple 2.'),
      motif_promotion: motifObligatoire('Écrivez d’où viennent ces postes.'),
    }),
    handler: async ({ input: { id, decision }, db, identite, formulaire }) => {
      const attendue = await getDecisionPrise(db, decision);
      if (attendue?.seanceId !== id) return absent;
      const { saisie } = formulaire;
      if (!formulaire.ok)
        return montrerSuites(db, identite, id, demandeVide, { saisie, erreurs: formulaire.erreurs });
      const { version, postes, motif_promotion: motif } = formulaire.valeurs;
      const done = await promouvoir(db, acteurDe(identite), { decisionId: decision, version, postes, motif });
      if (!done.ok)
        return montrerSuites(
          db,
          identite,
          id,
          demandeVide,
          done.refus === 'postes'
            ? { saisie, erreurs: { postes: done.message } }
            : { saisie, refus: done.message },
        );
      return { type: 'redirection', vers: `/comite/${id}/suites?fait=promue` };
    },
  }),
  defineRoute({
    path: '/comite/:id/suites/:decision/retirer',
    access: administration,
    input: z.object({ id: uuid, decision: uuid }),
    handler: ({ input, db }) => montrerRetrait(db, input),
  }),
  defineActe({
    path: '/comite/:id/suites/:decision/retirer',
    access: administration,
    input: z.object({ id: uuid, decision: uuid }),
    champs: z.object({
      version: champVersion,
      fondement: z.enum(fondementsDeRetrait, 'Choisissez sur quoi se fonde ce retrait.'),
      motif: motifObligatoire('Écrivez pourquoi cette décision est retirée.', 3000),
    }),
    handler: async ({ input: cle, db, identite, formulaire }) => {
      const { saisie } = formulaire;
      const prise = await getDecisionPrise(db, cle.decision);
      if (prise?.seanceId !== cle.id) return absent;
      if (!formulaire.ok) return montrerRetrait(db, cle, { saisie, erreurs: formulaire.erreurs });
      const done = await retirerDecision(db, acteurDe(identite), {
        decisionId: cle.decision,
        ...formulaire.valeurs,
      });
      if (!done.ok)
        return montrerRetrait(
          db,
          cle,
          done.refus === 'fondement'
            ? { saisie, erreurs: { fondement: done.message } }
            : { saisie, refus: done.message },
        );
      return { type: 'redirection', vers: `/comite/${cle.id}/suites?fait=retiree` };
    },
  }),
];
