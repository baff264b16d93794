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
import { centimes } from '../../platform/money.ts';
import { lireDossier } from '../dossier.ts';
import { workflowCandidature } from '../workflow.ts';
import { declarerConflit } from './conflits.acts.ts';
import { annulerDeliberation, chiffrer, deliberer } from './deliberation.acts.ts';
import {
  type DossierDeSeance,
  lireDecision,
  lireDossierDeSeance,
  listAvis,
  listCriteres,
  listNotes,
  listProposes,
  listVoisins,
} from './dossiers.store.ts';
import { noterDossier } from './notation.acts.ts';
import {
  access,
  champFait,
  champVersion,
  entierOuVide,
  estAdministrateur,
  motifObligatoire,
  pageComite,
  texte,
  uuid,
} from './pages.ts';
import { avecBonus, type Note, resultats, scoreDe } from './rules.ts';
import { getSeance, type Seance } from './seances.store.ts';
import { nomDeSeance, type Vu } from './views/cadre.tsx';
import { type Budget, type NotesDeMembre, PageConflit, PageDossier } from './views/page-dossier.tsx';

type Cle = { readonly id: string; readonly candidature: string };
const input = z.object({ id: uuid, candidature: uuid });
const adresseDe = ({ id, candidature }: Cle): string => `/comite/${id}/dossiers/${candidature}`;

const ouvrir = async (db: Database, cle: Cle) => {
  const seance = await getSeance(db, cle.id);
  const dossier = seance && (await lireDossierDeSeance(db, cle.id, cle.candidature));
  return seance && dossier ? { seance, dossier } : undefined;
};

const budgetsDe = async (
  db: Database,
  seance: Seance,
  dossier: DossierDeSeance,
): Promise<readonly Budget[]> => {
  const budgets: Budget[] = [];
  for (const mode of dossier.regimes) {
    const chiffre = await chiffrer(db, {
      programmeId: seance.programmeId,
      regimes: dossier.regimes,
      jour: seance.jourDesRegimes,
      dossier: { ...dossier, salaire: centimes(dossier.salaire) },
      postes: 1,
      mode,
    });
    budgets.push(
      chiffre.ok
        ? { mode, parPoste: chiffre.valeur.montant, raison: null }
        : { mode, parPoste: null, raison: 'ne s’applique pas' },
    );
  }
  return budgets;
};

const notesParMembre = (
  notes: readonly (Note & { readonly membreNom: string })[],
): readonly NotesDeMembre[] =>
  [...new Set(notes.map(({ membre }) => membre))].map((membre) => {
    const siennes = notes.filter((note) => note.membre === membre);
    return {
      membre: siennes[0]?.membreNom ?? '',
      score: scoreDe(siennes) ?? 0,
      notes: Object.fromEntries(siennes.map(({ critere, note }) => [critere, note])),
    };
  });

const montrer = async (
  db: Database,
  identite: Identite,
  cle: Cle,
  vu: Vu = {},
  statut?: 400 | 409,
): Promise<Reponse> => {
  const ouvert = await ouvrir(db, cle);
  if (ouvert === undefined) return absent;
  const { seance, dossier } = ouvert;
  const lu = await lireDossier(db, dossier.id);
  if (lu === undefined) return absent;
  const notes = await listNotes(db, dossier.id);
  const miennes = notes.filter(({ membre }) => membre === identite.personne.id);
  return pageComite(
    `Candidature n° ${dossier.numero}, ${dossier.structure}`,
    [
      { texte: nomDeSeance(seance), href: `/comite/${seance.id}` },
      { texte: 'Dossiers', href: `/comite/${seance.id}/decisions` },
      { texte: `Candidature n° ${dossier.numero}` },
    ],
    <PageDossier
      seance={seance}
      dossier={dossier}
      etat={workflowCandidature.etats[dossier.statut]}
      avis={await listAvis(db, dossier.id)}
      lu={lu}
      proposes={await listProposes(db, seance.id, dossier.id)}
      criteres={await listCriteres(db, seance.vagueId)}
      notes={notesParMembre(notes)}
      score={avecBonus(scoreDe(notes), dossier)}
      miennes={Object.fromEntries(miennes.map(({ critere, note }) => [critere, String(note)]))}
      budgets={await budgetsDe(db, seance, dossier)}
      decision={await lireDecision(db, seance.id, dossier.id)}
      voisins={await listVoisins(db, seance.vagueId, dossier.numero)}
      administrateur={estAdministrateur(identite)}
      vu={vu}
    />,
    statut === undefined ? {} : { statut },
  );
};

const montrerConflit = async (db: Database, cle: Cle, vu: Vu = {}): Promise<Reponse> => {
  const ouvert = await ouvrir(db, cle);
  if (ouvert === undefined || ouvert.seance.fonction === null || ouvert.seance.statut === 'close')
    return absent;
  const { seance, dossier } = ouvert;
  return pageComite(
    `Conflit d’intérêts, ${dossier.structure}`,
    [
      { texte: nomDeSeance(seance), href: `/comite/${seance.id}` },
      { texte: `Candidature n° ${dossier.numero}`, href: adresseDe(cle) },
      { texte: 'Conflit d’intérêts' },
    ],
    <PageConflit seance={seance} dossier={dossier} vu={vu} />,
    vu.erreurs === undefined && vu.refus === undefined ? {} : { statut: 400 },
  );
};

const membres = { type: 'role', roles: ['membre_comite'] } as const;

export const routesDossiers: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/comite/:id/dossiers/:candidature',
    access,
    input: input.extend({ fait: champFait }),
    handler: ({ input: lu, db, identite }) => montrer(db, identite, lu, { fait: lu.fait }),
  }),
  defineActe({
    path: '/comite/:id/dossiers/:candidature/decision',
    access,
    input,
    champs: z.object({
      version: champVersion,
      resultat: z.enum(resultats, { error: 'Choisissez une décision.' }),
      postes: entierOuVide('Écrivez un nombre de postes, par exemple 2.'),
      mode: z.enum(['forfait', 'taux'], { error: 'Choisissez un régime.' }).optional(),
      motif: texte(3000),
      rang: entierOuVide('Écrivez un rang, par exemple 1.'),
      suite: z.literal('suivant').optional(),
    }),
    handler: async ({ input: cle, db, identite, formulaire }) => {
      const ouvert = await ouvrir(db, cle);
      if (ouvert === undefined) return absent;
      const { saisie } = formulaire;
      if (!formulaire.ok) return montrer(db, identite, cle, { saisie, erreurs: formulaire.erreurs }, 400);
      const { suite, ...valeurs } = formulaire.valeurs;
      const done = await deliberer(db, acteurDe(identite), {
        seanceId: cle.id,
        candidatureId: cle.candidature,
        ...valeurs,
      });
      if (!done.ok) {
        if (done.refus === 'absent') return absent;
        // What somebody else decided shows in the form, in place of what was chosen; the reason that was typed stays.
        if (done.refus === 'version') {
          const { motif } = valeurs;
          return montrer(
            db,
            identite,
            cle,
            { refus: done.message, ...(motif === '' ? {} : { saisie: { motif } }) },
            409,
          );
        }
        const champ = { motif: 'motif', postes: 'postes', regime: 'mode', rang: 'rang' }[done.refus];
        return montrer(
          db,
          identite,
          cle,
          champ === undefined
            ? { saisie, refus: done.message }
            : { saisie, erreurs: { [champ]: done.message } },
          400,
        );
      }
      const { suivant } = await listVoisins(db, ouvert.seance.vagueId, ouvert.dossier.numero);
      const candidature = suite === 'suivant' && suivant !== null ? suivant : cle.candidature;
      return { type: 'redirection', vers: `${adresseDe({ ...cle, candidature })}?fait=decidee` };
    },
  }),
  defineActe({
    path: '/comite/:id/dossiers/:candidature/annuler',
    access,
    input,
    champs: z.object({ version: champVersion }),
    handler: async ({ input: cle, db, identite, formulaire }) => {
      if (!formulaire.ok || (await ouvrir(db, cle)) === undefined) return absent;
      const done = await annulerDeliberation(db, acteurDe(identite), {
        seanceId: cle.id,
        candidatureId: cle.candidature,
        version: formulaire.valeurs.version,
      });
      if (!done.ok) return montrer(db, identite, cle, { refus: done.message }, 409);
      return { type: 'redirection', vers: `${adresseDe(cle)}?fait=annulee` };
    },
  }),
  defineActe({
    path: '/comite/:id/dossiers/:candidature/notes',
    access: membres,
    input,
    champs: z.record(z.string(), z.string()),
    handler: async ({ input: cle, db, identite, formulaire }) => {
      if (!formulaire.ok || (await ouvrir(db, cle)) === undefined) return absent;
      const done = await noterDossier(db, acteurDe(identite), {
        seanceId: cle.id,
        candidatureId: cle.candidature,
        notes: Object.entries(formulaire.valeurs).flatMap(([nom, saisi]) =>
          nom.startsWith('note_') && saisi !== ''
            ? [{ critere: nom.slice('note_'.length), note: Number(saisi) }]
            : [],
        ),
      });
      if (!done.ok)
        return done.refus === 'absent' ? absent : montrer(db, identite, cle, { refus: done.message }, 400);
      return { type: 'redirection', vers: `${adresseDe(cle)}?fait=notee` };
    },
  }),
  defineRoute({
    path: '/comite/:id/dossiers/:candidature/conflit',
    access: membres,
    input,
    handler: ({ input: cle, db }) => montrerConflit(db, cle),
  }),
  defineActe({
    path: '/comite/:id/dossiers/:candidature/conflit',
    access: membres,
    input,
    champs: z.object({
      motif: motifObligatoire('Écrivez en quelques mots ce qui vous lie à cette structure.', 1000),
    }),
    handler: async ({ input: cle, db, identite, formulaire }) => {
      if ((await ouvrir(db, cle)) === undefined) return absent;
      const { saisie } = formulaire;
      if (!formulaire.ok) return montrerConflit(db, cle, { saisie, erreurs: formulaire.erreurs });
      const done = await declarerConflit(db, acteurDe(identite), {
        candidatureId: cle.candidature,
        motif: formulaire.valeurs.motif,
      });
      if (!done.ok) return montrerConflit(db, cle, { saisie, refus: done.message });
      return { type: 'redirection', vers: `/comite/${cle.id}/decisions?fait=conflit` };
    },
  }),
];
