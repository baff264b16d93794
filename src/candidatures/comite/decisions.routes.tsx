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
  exporterListe,
  formatsPrives,
  lirePage,
  parPage,
  routesDeFichiers,
  schemaDeDemande,
  schemaDeFichier,
} from '../../platform/listes/index.ts';
import { listPropositions } from '../repartition/store.ts';
import { cloreSeance } from './cloture.acts.ts';
import {
  compterDeliberations,
  compterNonDecidees,
  listAClore,
  listPrefecturesARegler,
} from './cloture.store.ts';
import { leverConflit } from './conflits.acts.ts';
import { listConflits } from './conflits.store.ts';
import { deliberer } from './deliberation.acts.ts';
import { listDepartementsDeSeance, listPostesProposes } from './dossiers.store.ts';
import { avecProposition, listeDossiers, listeDossiersDemandee, listeNotes } from './listes.ts';
import {
  access,
  administration,
  cases,
  champFait,
  champVersion,
  estAdministrateur,
  pageComite,
  texte,
  uuid,
} from './pages.ts';
import { manqueMotif, motifManquant, resultats } from './rules.ts';
import { getSeance, lireJauges } from './seances.store.ts';
import { nomDeSeance, type Vu } from './views/cadre.tsx';
import { PageCloture, PageConflits } from './views/page-cloture.tsx';
import { PageDecisions, PageNotes, type RapportDeLot } from './views/page-decisions.tsx';

const seconde = 10;

const montrerDecisions = async (
  db: Database,
  identite: Identite,
  id: string,
  demande: Demande,
  vu: Vu & { readonly suivi?: boolean; readonly rapport?: RapportDeLot } = {},
  statut?: 400,
): Promise<Reponse> => {
  const seance = await getSeance(db, id);
  const { proposition } = demande.filtres;
  const liste = avecProposition(proposition);
  const resultat = seance && (await lirePage(db, liste, demande, { seance: id }));
  if (!seance || !resultat) return absent;
  const propositions = (await listPropositions(db, id)).filter(({ statut: etat }) => etat === 'calculee');
  if (proposition !== undefined && !propositions.some((une) => une.id === proposition)) return absent;
  const { suivi = false, rapport, ...reste } = vu;
  const actualise = suivi && seance.statut === 'ouverte';
  return pageComite(
    `Dossiers et décisions, ${nomDeSeance(seance).toLowerCase()}`,
    [{ texte: nomDeSeance(seance), href: `/comite/${id}` }, { texte: 'Dossiers et décisions' }],
    <PageDecisions
      seance={seance}
      jauges={await lireJauges(db, seance)}
      liste={liste}
      demande={
        proposition === undefined || demande.colonnes === undefined
          ? demande
          : { ...demande, colonnes: [...new Set([...demande.colonnes, 'proposition'])] }
      }
      resultat={resultat}
      parPage={parPage}
      departements={await listDepartementsDeSeance(db, seance.vagueId)}
      propositions={propositions.map(({ id: valeur, nom }) => ({ valeur, texte: nom }))}
      administrateur={estAdministrateur(identite)}
      suivi={actualise}
      rapport={rapport}
      vu={reste}
    />,
    { ...(actualise ? { actualiser: seconde } : {}), ...(statut === undefined ? {} : { statut }) },
  );
};

const demandeVide: Demande = { filtres: {}, tri: listeDossiers.tri, page: 1, colonnes: undefined };

/** A box of the list: a file, and the deliberation that was seen. */
const coche = z
  .string()
  .regex(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:\d{1,9}$/,
    'Rechargez la page, puis cochez les dossiers.',
  );

const montrerConflits = async (db: Database, id: string, vu: Vu = {}): Promise<Reponse> => {
  const seance = await getSeance(db, id);
  if (seance === undefined) return absent;
  return pageComite(
    `Conflits d’intérêts, ${nomDeSeance(seance).toLowerCase()}`,
    [{ texte: nomDeSeance(seance), href: `/comite/${id}` }, { texte: 'Conflits d’intérêts' }],
    <PageConflits seance={seance} conflits={await listConflits(db, id)} vu={vu} />,
    vu.erreurs === undefined && vu.refus === undefined ? {} : { statut: 400 },
  );
};

const montrerCloture = async (
  db: Database,
  identite: Identite,
  id: string,
  vu: Vu = {},
): Promise<Reponse> => {
  const seance = await getSeance(db, id);
  // Asked twice, or from a page that was left open: it is done.
  if (seance?.statut === 'close') return { type: 'redirection', vers: `/comite/${id}` };
  if (seance?.statut !== 'ouverte') return absent;
  const { toutes, vues } = await compterDeliberations(db, id);
  return pageComite(
    `Clore la ${nomDeSeance(seance).toLowerCase()}`,
    [{ texte: nomDeSeance(seance), href: `/comite/${id}` }, { texte: 'Clôture' }],
    <PageCloture
      seance={seance}
      deliberees={await listAClore(db, id)}
      nonDecidees={await compterNonDecidees(db, id)}
      prefectures={await listPrefecturesARegler(db, id)}
      cachees={toutes - vues}
      administrateur={estAdministrateur(identite)}
      vu={vu}
    />,
    vu.refus === undefined ? {} : { statut: 409 },
  );
};

export const routesDecisions: readonly DeclaredRoute[] = [
  ...formatsPrives.map((format) =>
    defineRoute({
      path: `/comite/dossiers.${format}`,
      access,
      limite: 'export',
      input: schemaDeFichier(listeDossiersDemandee, {}),
      handler: ({ input, db, identite }) =>
        exporterListe(db, acteurDe(identite), avecProposition(input.filtres['proposition']), {
          ...input,
          format,
        }),
    }),
  ),
  ...routesDeFichiers(listeNotes, '/comite/notes', access),
  defineRoute({
    path: '/comite/:id/decisions',
    access,
    input: schemaDeDemande(
      listeDossiersDemandee,
      { id: uuid, fait: champFait, suivi: z.literal('oui').optional() },
      ['seance'],
    ),
    handler: ({ input, db, identite }) =>
      montrerDecisions(db, identite, input.id, input.demande, {
        fait: input.fait,
        suivi: input.suivi === 'oui',
      }),
  }),
  defineActe({
    path: '/comite/:id/decisions/lot',
    access,
    input: z.object({ id: uuid }),
    champs: z.object({
      dossiers: cases.pipe(z.array(coche).min(1, 'Cochez au moins un dossier dans la liste.').max(200)),
      resultat: z.enum(resultats, { error: 'Choisissez une décision.' }),
      motif: texte(3000),
    }),
    handler: async ({ input: { id }, db, identite, formulaire }) => {
      if ((await getSeance(db, id)) === undefined) return absent;
      const { saisie, choix } = formulaire;
      const coches = choix['dossiers'] ?? [];
      if (!formulaire.ok) {
        // The boxes have no field of their own in the form: said above it.
        const { dossiers, ...erreurs } = formulaire.erreurs;
        return montrerDecisions(
          db,
          identite,
          id,
          demandeVide,
          { saisie, coches, erreurs, ...(dossiers === undefined ? {} : { refus: dossiers }) },
          400,
        );
      }
      const { resultat, motif } = formulaire.valeurs;
      if (manqueMotif(resultat, motif))
        return montrerDecisions(
          db,
          identite,
          id,
          demandeVide,
          { saisie, coches, erreurs: { motif: motifManquant } },
          400,
        );
      const cochees = formulaire.valeurs.dossiers.map((une) => {
        const [candidatureId = '', version = '0'] = une.split(':');
        return { candidatureId, version: Number(version) };
      });
      const proposes = await listPostesProposes(
        db,
        cochees.map(({ candidatureId }) => candidatureId),
      );
      const refus: { id: string; numero: number; message: string }[] = [];
      // Each is undone alone when it is refused.
      for (const { candidatureId, version } of cochees) {
        const propose = proposes.get(candidatureId);
        if (resultat === 'retenue' && propose?.postes === 0) {
          const message =
            'L’avis est défavorable\u00a0: pour la retenir tout de même, décidez sur son dossier.';
          refus.push({ id: candidatureId, numero: propose.numero, message });
          continue;
        }
        const done = await deliberer(db, acteurDe(identite), {
          seanceId: id,
          candidatureId,
          resultat,
          motif,
          version,
          postes: propose?.postes,
        });
        if (!done.ok) refus.push({ id: candidatureId, numero: propose?.numero ?? 0, message: done.message });
      }
      if (refus.length === 0) return { type: 'redirection', vers: `/comite/${id}/decisions?fait=lot` };
      const faites = cochees.length - refus.length;
      return montrerDecisions(db, identite, id, demandeVide, { saisie, rapport: { faites, refus } });
    },
  }),
  defineRoute({
    path: '/comite/:id/notes',
    access,
    input: schemaDeDemande(listeNotes, { id: uuid }, ['seance']),
    handler: async ({ input: { id, demande }, db, identite }) => {
      const seance = await getSeance(db, id);
      const resultat = seance && (await lirePage(db, listeNotes, demande, { seance: id }));
      if (!seance || !resultat) return absent;
      return pageComite(
        `Notes des membres, ${nomDeSeance(seance).toLowerCase()}`,
        [{ texte: nomDeSeance(seance), href: `/comite/${id}` }, { texte: 'Notes des membres' }],
        <PageNotes
          seance={seance}
          liste={listeNotes}
          demande={demande}
          resultat={resultat}
          parPage={parPage}
          departements={await listDepartementsDeSeance(db, seance.vagueId)}
          administrateur={estAdministrateur(identite)}
        />,
      );
    },
  }),
  defineRoute({
    path: '/comite/:id/conflits',
    access: administration,
    input: z.object({ id: uuid, fait: champFait }),
    handler: ({ input, db }) => montrerConflits(db, input.id, { fait: input.fait }),
  }),
  defineActe({
    path: '/comite/:id/conflits/lever',
    access: administration,
    input: z.object({ id: uuid }),
    champs: z.looseObject({ candidature: z.uuid(), personne: z.uuid() }),
    handler: async ({ input: { id }, db, identite, formulaire }) => {
      if (!formulaire.ok || (await getSeance(db, id)) === undefined) return absent;
      const { candidature, personne } = formulaire.valeurs;
      const champ = `motif_${candidature}_${personne}`;
      const { saisie } = formulaire;
      const done = await leverConflit(db, acteurDe(identite), {
        candidatureId: candidature,
        personneId: personne,
        motif: (saisie[champ] ?? '').slice(0, 500),
      });
      if (!done.ok)
        return montrerConflits(
          db,
          id,
          done.refus === 'motif' ? { saisie, erreurs: { [champ]: done.message } } : { refus: done.message },
        );
      return { type: 'redirection', vers: `/comite/${id}/conflits?fait=levee` };
    },
  }),
  defineRoute({
    path: '/comite/:id/cloture',
    access,
    input: z.object({ id: uuid }),
    handler: ({ input, db, identite }) => montrerCloture(db, identite, input.id),
  }),
  defineActe({
    path: '/comite/:id/cloture',
    access,
    input: z.object({ id: uuid }),
    champs: z.object({ version: champVersion }),
    handler: async ({ input: { id }, db, identite, formulaire }) => {
      if (!formulaire.ok || (await getSeance(db, id)) === undefined) return absent;
      const done = await cloreSeance(db, acteurDe(identite), {
        seanceId: id,
        version: formulaire.valeurs.version,
      });
      if (!done.ok) return montrerCloture(db, identite, id, { refus: done.message });
      return { type: 'redirection', vers: `/comite/${id}?fait=close` };
    },
  }),
];
