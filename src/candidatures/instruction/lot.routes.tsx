import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { aujourdhui, systemClock } from '../../platform/clock.ts';
import { cellule } from '../../platform/csv.ts';
import type { Database } from '../../platform/database/index.ts';
import { acteurDe, type Identite } from '../../platform/http/identite.ts';
import { type DeclaredRoute, defineActe, defineRoute, type Page } from '../../platform/http/route.ts';
import { type Resultat, refuser } from '../../platform/result.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { noyau } from '../demande/noyau.ts';
import { workflowCandidature } from '../workflow.ts';
import { rendreAvis } from './avis.acts.ts';
import { demanderCorrection, relancerCorrection } from './correction.acts.ts';
import { accesEcriture, accueil, espace } from './fiche.page.tsx';
import { champsCorrection, cochesDe } from './formulaires.ts';
import { echeanceProposee } from './parcours.routes.tsx';
import { cheminListe } from './requete.rules.ts';
import { bornesDEcheance } from './rules.ts';
import { type FicheLue, listAgents, listFiches } from './store.ts';
import { affecter } from './suivi.acts.ts';
import { type ActeDeLot, actesDeLot, PageLot, PageRapport } from './views/page-lot.tsx';

/** Files of one batch. */
const maximum = 100;

const retour = z
  .string()
  .max(2000)
  .regex(/^(\?[^#\s]*)?$/)
  .default('')
  .catch('');
const choisies = z
  .union([z.uuid(), z.array(z.uuid()).max(maximum)], { error: 'attend des candidatures' })
  .default([])
  .transform((ids) => [...new Set([ids].flat())]);

const vues = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:\d{1,9}(,(?!$)|$))+$/;
const lireVues = (texte: string): readonly { readonly id: string; readonly version: number }[] =>
  vues.test(texte)
    ? texte.split(',').map((vue) => ({ id: vue.slice(0, 36), version: Number(vue.slice(37)) }))
    : [];

const champs = z
  .looseObject({
    retour,
    candidatures: z
      .string({ error: 'Cochez au moins une candidature.' })
      .regex(vues, 'Cochez au moins une candidature.')
      .transform(lireVues)
      .refine((lues) => lues.length <= maximum, `Traitez ${maximum} candidatures au plus à la fois.`),
    acte: z.enum(Object.keys(actesDeLot) as [ActeDeLot, ...ActeDeLot[]], {
      error: 'Choisissez ce qu’il faut faire de ces candidatures.',
    }),
    agent: z.string().default(''),
    commentaire: z.string().trim().max(5000, 'Ce texte est trop long : 5 000 signes au plus.').default(''),
  })
  .transform((lu, contexte) => {
    const faux = (champ: string, message: string): void =>
      contexte.addIssue({ code: 'custom', path: [champ], message });
    const { retour: retourner, candidatures, acte, agent, commentaire } = lu;
    const lot = { retour: retourner, candidatures, acte, agent, commentaire };
    if (acte === 'affecter' && !z.uuid().safeParse(agent).success)
      faux('agent', 'Choisissez l’agent à qui les affecter.');
    if (acte === 'avis' && commentaire === '')
      faux('commentaire', 'Écrivez pourquoi : l’avis est lu par le comité.');
    if (acte !== 'correction') return { ...lot, correction: undefined };
    const correction = champsCorrection.safeParse(lu);
    if (correction.success && correction.data.champs.length > 0)
      return { ...lot, correction: correction.data };
    if (correction.success) faux('champs', 'Cochez ce que les structures doivent corriger.');
    else for (const { path, message } of correction.error.issues) faux(String(path[0]), message);
    return z.NEVER;
  });

type Lot = z.output<typeof champs>;

/** Fields of the core alone: the files of a batch may be of several waves. */
const corrigibles = Object.entries(noyau).map(([nom, { libelle }]) => ({ nom, libelle }));

const pageLot = async (
  db: Database,
  ids: readonly string[],
  retourner: string,
  vu: {
    readonly saisie: Readonly<Record<string, string>>;
    readonly erreurs: ErreursFormulaire;
    readonly statut?: 400;
  },
): Promise<Page> => {
  const fiches = await listFiches(db, ids);
  const departements = [...new Set(fiches.flatMap(({ departement }) => departement ?? []))];
  const jour = aujourdhui(systemClock);
  return {
    type: 'page',
    titre: `${vu.statut === undefined ? '' : 'Erreur\u00a0: '}Traiter plusieurs candidatures`,
    description: 'Un même acte sur plusieurs candidatures.',
    fil: [espace, { ...accueil, href: `${cheminListe}${retourner}` }, { texte: 'Traiter' }],
    ...(vu.statut === undefined ? {} : { statut: vu.statut }),
    contenu: (
      <PageLot
        fiches={fiches.map((fiche) => ({ ...fiche, etat: workflowCandidature.etats[fiche.statut] }))}
        agents={await listAgents(db, departements)}
        champs={corrigibles}
        coches={cochesDe(vu.saisie)}
        retour={retourner}
        bornes={bornesDEcheance(jour, null)}
        saisie={{ echeance: echeanceProposee(jour), ...vu.saisie }}
        erreurs={vu.erreurs}
      />
    ),
  };
};

/** One file of a batch, in its own transaction. */
const traiter = async (
  db: Database,
  identite: Identite,
  lot: Lot,
  { id, statut, postes, avisNiveau }: Pick<FicheLue, 'id' | 'statut' | 'postes' | 'avisNiveau'>,
  version: number,
): Promise<Resultat<unknown>> => {
  const acteur = acteurDe(identite);
  const personne = identite.personne.id;
  switch (lot.acte) {
    case 'affecter':
      return affecter(db, acteur, { candidatureId: id, agent: lot.agent });
    case 'avis': {
      const niveau = identite.habilitation?.niveau === 'region' ? 'region' : 'departement';
      if (statut === 'instruite' && niveau === avisNiveau)
        return refuser(
          'deja',
          'Un avis est déjà rendu : pour en changer, rendez-en un autre depuis la page de la candidature.',
        );
      return rendreAvis(db, acteur, {
        candidatureId: id,
        version,
        favorable: true,
        postes,
        commentaire: lot.commentaire,
        niveau,
        personne,
      });
    }
    case 'rappel':
      return relancerCorrection(db, acteur, { candidatureId: id });
    case 'correction':
      if (lot.correction === undefined) return refuser('champs', 'Dites ce qui est à corriger.');
      return demanderCorrection(db, acteur, {
        ...lot.correction,
        candidatureId: id,
        version,
        aujourdhui: aujourdhui(systemClock),
        personne,
      });
  }
};

export const routesLot: readonly DeclaredRoute[] = [
  defineRoute({
    path: `${cheminListe}/lot`,
    access: accesEcriture,
    input: z.object({ candidature: choisies, retour }),
    handler: ({ db, input }) => pageLot(db, input.candidature, input.retour, { saisie: {}, erreurs: {} }),
  }),
  defineActe({
    path: `${cheminListe}/lot`,
    access: { ...accesEcriture, parActes: true },
    input: z.object({}),
    champs,
    handler: async ({ agir, identite, formulaire }) => {
      if (!formulaire.ok) {
        const { saisie, erreurs } = formulaire;
        const ids = lireVues(saisie['candidatures'] ?? '').map(({ id }) => id);
        return agir((db) =>
          pageLot(db, ids, retour.parse(saisie['retour']), {
            saisie,
            erreurs,
            statut: 400,
          }),
        );
      }
      const lot = formulaire.valeurs;
      const fiches = await agir((db) =>
        listFiches(
          db,
          lot.candidatures.map(({ id }) => id),
        ),
      );
      const lignes = [];
      for (const { id, version } of lot.candidatures) {
        const fiche = fiches.find((lue) => lue.id === id);
        if (fiche === undefined) {
          lignes.push({ id, numero: null, structure: id, refus: 'Cette candidature est introuvable.' });
          continue;
        }
        const { numero, structure } = fiche;
        const done = await agir((db) => traiter(db, identite, lot, fiche, version));
        lignes.push({ id, numero, structure, refus: done.ok ? null : done.message });
      }
      return {
        type: 'page',
        titre: 'Rapport du traitement',
        description: 'Ce qui a été fait de chaque candidature.',
        fil: [espace, { ...accueil, href: `${cheminListe}${lot.retour}` }, { texte: 'Rapport' }],
        contenu: <PageRapport acte={actesDeLot[lot.acte]} lignes={lignes} retour={lot.retour} />,
      };
    },
  }),
  // The report was shown, and is kept nowhere: it comes back as it was, with the names of what may be seen.
  defineActe({
    path: `${cheminListe}/lot/rapport`,
    access: accesEcriture,
    input: z.object({}),
    champs: z.object({
      ligne: z
        .union([z.string(), z.array(z.string()).max(maximum)])
        .transform((lignes) => [lignes].flat().filter((ligne) => /^[0-9a-f-]{36} .{1,500}$/.test(ligne))),
    }),
    handler: async ({ db, formulaire }) => {
      const dites = new Map(
        (formulaire.ok ? formulaire.valeurs.ligne : []).map(
          (ligne) => [ligne.slice(0, 36), ligne.slice(37)] as const,
        ),
      );
      const fiches = await listFiches(db, [...dites.keys()]);
      return {
        type: 'fichier',
        mime: 'text/csv; charset=utf-8',
        prive: true,
        nom: 'rapport-candidatures.csv',
        corps: stringify(
          [
            ['numero', 'structure', 'resultat'],
            ...fiches.map(({ id, numero, structure }) => [
              String(numero),
              cellule(structure),
              cellule(dites.get(id) ?? ''),
            ]),
          ],
          { delimiter: ';', bom: true },
        ),
      };
    },
  }),
];
