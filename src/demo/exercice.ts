import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import {
  commencer,
  demanderCorrection,
  deposer,
  enregistrer,
  findCandidature,
  preparerSeance,
  rendreAvis,
} from '../candidatures/index.ts';
import { aujourdhui, type Clock } from '../platform/clock.ts';
import { type Database, enTransaction } from '../platform/database/index.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import { abandonner, enRefus, exiger, type Resultat, refuser, reussi } from '../platform/result.ts';
import { root } from '../platform/root.ts';
import {
  creerRegime,
  creerVague,
  getProgramme,
  lireVague,
  listRegimes,
  modifierVague,
  publierVague,
  type Section,
} from '../programme/index.ts';
import { personneDemo } from './fichiers.ts';
import { aUneVague, ecrirePersonnes, estChargee, findPersonneDemo, findStructureDemo } from './store.ts';

const critere = z.object({ libelle: z.string(), aide: z.string(), poids: z.int() });
const question = z.object({ libelle: z.string(), aide: z.string(), genre: z.literal('texte_long') });
const candidature = z.object({
  siret: z.string().regex(/^\d{14}$/),
  porteur: z.email(),
  fonction: z.string(),
  nature: z.string(),
  representant: z.tuple([z.enum(['madame', 'monsieur']), z.string(), z.string(), z.string()]),
  lieu: z.string(),
  adresse: z.string(),
  commune: z.string(),
  itinerant: z.boolean(),
  postes: z.int().positive(),
  motivation: z.string(),
  jusqua: z.enum(['depot', 'avis', 'correction']),
  avis: z.object({ favorable: z.boolean(), postes: z.int(), commentaire: z.string() }).optional(),
  correction: z.object({ champs: z.array(z.string()), message: z.string(), dansJours: z.int() }).optional(),
});
const regime = z.object({ code: z.string(), libelle: z.string(), modele: z.string() });
const exercice = z.object({
  source: z.string(),
  regimes: z.array(regime),
  ouverteDepuisJours: z.int(),
  fermeDansJours: z.int(),
  vague: z.object({
    nom: z.string(),
    objectifPostes: z.int(),
    presentation: z.string(),
    priorites: z.array(z.string()),
    bonusPriorite: z.int(),
    criteres: z.array(critere),
    questions: z.array(question),
  }),
  seance: z.object({ lieu: z.string(), quorum: z.int(), ordreDuJour: z.string(), dansJours: z.int() }),
  candidatures: z.array(candidature),
  personnes: z.array(personneDemo),
});
type Exercice = z.infer<typeof exercice>;
type CandidatureDExercice = z.infer<typeof candidature>;

const lireExercice = async (): Promise<Exercice> =>
  exercice.parse(JSON.parse(await readFile(join(root, 'demo', 'aisne', 'exercice.json'), 'utf8')));

/** Where no régime of a mode is in force from a day on: one with the figures of another. */
const ecrireRegimes = async (db: Database, acteur: Acteur, dit: Exercice, debut: string): Promise<void> => {
  const programme = await getProgramme(db);
  const connus = programme === undefined ? [] : await listRegimes(db, programme.id);
  for (const { code, libelle, modele: nom } of dit.regimes) {
    const modele = connus.find((regime) => regime.code === nom);
    if (modele === undefined) continue;
    const { mode, variantes } = modele;
    if (connus.some((regime) => regime.mode === mode && (regime.fin === null || debut < regime.fin)))
      continue;
    exiger(
      await creerRegime(db, acteur, { code, libelle, mode, debut, fin: null, source: dit.source, variantes }),
    );
  }
};

const ouvrirVague = async (
  db: Database,
  acteur: Acteur,
  { vague }: Exercice,
  calendrier: { readonly ouvreLe: string; readonly fermeLe: string },
): Promise<string> => {
  const id = exiger(await creerVague(db, acteur, { nom: vague.nom }));
  const { nom: _, criteres, questions, priorites, bonusPriorite, ...identite } = vague;
  const parties: readonly [Section, Parameters<typeof modifierVague>[2]['valeurs']][] = [
    ['identite', identite],
    ['calendrier', calendrier],
    ['criteres', { criteres: criteres.map((each) => ({ ...each, id: null })) }],
    [
      'questions',
      { questions: questions.map((each) => ({ ...each, id: null, choix: [], obligatoire: false })) },
    ],
    ['priorites', { priorites, bonusPriorite }],
  ];
  const version = async (): Promise<number> => (await lireVague(db, id))?.version ?? 0;
  for (const [section, valeurs] of parties)
    exiger(await modifierVague(db, acteur, { id, version: await version(), section, valeurs }));
  exiger(await publierVague(db, acteur, { id, version: await version() }));
  return id;
};

/** One application, by the acts of those who write and instruct it, as far as the exercise takes it. */
const candidater = async (
  db: Database,
  acteur: Acteur,
  vagueId: string,
  { siret, porteur, jusqua, avis, correction, ...dite }: CandidatureDExercice,
  contexte: { readonly adresse: string; readonly jour: Temporal.PlainDate },
): Promise<void> => {
  const [structureId, personne] = await Promise.all([
    findStructureDemo(db, siret),
    findPersonneDemo(db, porteur),
  ]);
  const id = exiger(await commencer(db, acteur, { vagueId, structureId, personne }));
  const lue = async () => {
    const found = await findCandidature(db, id);
    return found ?? abandonner(refuser('absent', 'Cette candidature est introuvable.'));
  };
  const avant = (await lue()).saisie;
  const [civilite, prenom, nom, fonction] = dite.representant;
  const tapee = {
    ...avant,
    nature: dite.nature,
    categorie: 'publique',
    adresse: dite.adresse,
    commune: dite.commune,
    representant_civilite: civilite,
    representant_prenom: prenom,
    representant_nom: nom,
    representant_fonction: fonction,
    contact_prenom: personne.prenom,
    contact_nom: personne.nom,
    contact_fonction: dite.fonction,
    contact_courriel: personne.courriel,
    contact_telephone: '01 99 00 12 34',
    lieux: [
      {
        nom: dite.lieu,
        adresse: dite.adresse,
        commune: dite.commune,
        itinerant: dite.itinerant ? 'oui' : '',
      },
    ],
    postes: String(dite.postes),
    coordinateurs: '0',
    regime: 'forfait',
    salaire: '1 950',
    debut: contexte.jour.add({ months: 6 }).toString(),
    candidat_identifie: 'non',
    motivation: dite.motivation,
    engagements: ['gratuite', 'temps', 'formation', 'moyens', 'suivi'],
  };
  exiger(await enregistrer(db, { id, avant, tapee, choisies: new Set([dite.commune]) }));
  const { version } = await lue();
  exiger(await deposer(db, acteur, { id, version, personne: personne.id, adresse: contexte.adresse }));
  if (jusqua === 'avis' && avis !== undefined)
    exiger(
      await rendreAvis(db, acteur, {
        ...avis,
        candidatureId: id,
        version: (await lue()).version,
        niveau: 'departement',
        personne: null,
      }),
    );
  if (jusqua === 'correction' && correction !== undefined)
    exiger(
      await demanderCorrection(db, acteur, {
        candidatureId: id,
        version: (await lue()).version,
        champs: correction.champs,
        message: correction.message,
        echeance: contexte.jour.add({ days: correction.dansJours }).toString(),
        aujourdhui: contexte.jour.toString(),
        personne: null,
      }),
    );
};

export type ContexteExercice = { readonly adresse: string; readonly clock: Clock };

/**
 * Opens the wave of the exercise over the demonstration: people who apply, instruct and decide, a wave open today for
 * 60 days, five applications on their way and a session in preparation, by the acts of the product; a régime of the
 * exercise where none is in force. Refuses a second one, and where the demonstration is not loaded.
 */
export const chargerExercice = (
  db: Database,
  acteur: Acteur,
  { adresse, clock }: ContexteExercice,
): Promise<Resultat<{ readonly candidatures: number }, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      if (!(await estChargee(transaction)))
        return abandonner(
          refuser(
            'absente',
            'L’exercice s’ouvre sur la démonstration : chargez-la d’abord avec « maillage demo charger ».',
          ),
        );
      const dit = await lireExercice();
      if (await aUneVague(transaction, dit.vague.nom))
        return abandonner(refuser('deja', 'La vague d’exercice est déjà ouverte.'));
      const jour = Temporal.PlainDate.from(aujourdhui(clock));
      const dans = (days: number): string => jour.add({ days }).toString();
      await ecrirePersonnes(transaction, dit.personnes);
      await ecrireRegimes(transaction, acteur, dit, dans(-dit.ouverteDepuisJours));
      const vagueId = await ouvrirVague(transaction, acteur, dit, {
        ouvreLe: dans(-dit.ouverteDepuisJours),
        fermeLe: dans(dit.fermeDansJours),
      });
      for (const each of dit.candidatures)
        await candidater(transaction, acteur, vagueId, each, { adresse, jour });
      const [president, secretaire] = await Promise.all([
        findPersonneDemo(transaction, 'dominique.lemaire@maillage.example'),
        findPersonneDemo(transaction, 'sophie.renard@maillage.example'),
      ]);
      const { dansJours, ...seance } = dit.seance;
      exiger(
        await preparerSeance(transaction, acteur, {
          ...seance,
          numero: 1,
          date: dans(dansJours),
          vagueId,
          president: president.id,
          secretaire: secretaire.id,
          membres: [],
        }),
      );
      await journaliser(transaction, acteur, {
        acte: 'demo.exercer',
        objetType: 'demo',
        objetId: 'aisne',
        contenu: { candidatures: dit.candidatures.length },
      });
      return reussi({ candidatures: dit.candidatures.length });
    }),
  );
