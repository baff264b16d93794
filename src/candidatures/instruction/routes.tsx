import { z } from 'zod';
import { acteurDe } from '../../platform/http/identite.ts';
import { absent, type DeclaredRoute, defineActe, defineRoute } from '../../platform/http/route.ts';
import {
  colonnesUsuelles,
  lireGrandeListe,
  routesDeFichiers,
  schemaDeDemande,
} from '../../platform/listes/index.ts';
import { workflowCandidature } from '../workflow.ts';
import { rendreAvis } from './avis.acts.ts';
import { routesCarte } from './carte.routes.tsx';
import {
  accesEcriture,
  accesLecture,
  adresseFiche,
  type ContexteFiche,
  espace,
  montrerFiche,
} from './fiche.page.tsx';
import { statutDuRefus, texteRequis, version } from './formulaires.ts';
import { routesFragilite } from './fragilite.routes.tsx';
import { etatsInstruits, listeInstruction } from './liste.ts';
import { routesLot } from './lot.routes.tsx';
import { routesMessages } from './messages.routes.tsx';
import { routesParcours } from './parcours.routes.tsx';
import { cheminListe } from './requete.rules.ts';
import { findFiche, lireChoix } from './store.ts';
import { affecter, ecrireNote, effacerNote } from './suivi.acts.ts';
import { faitsFiche } from './views/page-fiche.tsx';
import { PageTable } from './views/page-table.tsx';

const parPage = 50;
/** What the first cell of a row shows, whatever the columns. */
const champsDeLaLigne = ['id', 'structure', 'alertes'];
const id = listeInstruction.cle.schema;
const codesFaits = Object.keys(faitsFiche) as [keyof typeof faitsFiche];
const adresse = schemaDeDemande(listeInstruction, { id });
const champsAvis = z.object({
  version,
  favorable: z
    .enum(['oui', 'non'], { error: 'Dites si votre avis est favorable ou défavorable.' })
    .transform((reponse) => reponse === 'oui'),
  postes: z
    .string()
    .trim()
    .default('')
    .refine(
      (saisi) => /^\d{0,4}$/.test(saisi),
      'Écrivez un nombre entier, de 0 au nombre de postes demandés.',
    )
    .transform((saisi) => (saisi === '' ? 0 : Number(saisi))),
  commentaire: texteRequis('Écrivez pourquoi : l’avis est lu par le comité.', 5000),
});

const tableau: DeclaredRoute = defineRoute({
  path: cheminListe,
  access: accesLecture,
  input: schemaDeDemande(listeInstruction, {}),
  handler: async ({ input: { demande }, db, identite }) => {
    const resultat = await lireGrandeListe(db, listeInstruction, {
      filtres: demande.filtres,
      tri: demande.tri,
      debut: (demande.page - 1) * parPage,
      limite: parPage,
      champs: [...champsDeLaLigne, ...(demande.colonnes ?? colonnesUsuelles(listeInstruction.champs))],
    });
    if (demande.page > 1 && resultat.lignes.length === 0) return absent;
    const { vagues, departements, agents, priorites } = await lireChoix(db);
    const instruit = identite.habilitation?.role === 'instructeur';
    return {
      type: 'page',
      titre: 'Candidatures à instruire',
      description: 'Les candidatures déposées dans votre territoire.',
      fil: [espace, { texte: 'Candidatures' }],
      contenu: (
        <PageTable
          liste={listeInstruction}
          demande={demande}
          resultat={resultat}
          parPage={parPage}
          etats={etatsInstruits.map((valeur) => ({ valeur, texte: workflowCandidature.etats[valeur] }))}
          vagues={vagues}
          departements={departements}
          agents={[
            ...(instruit ? [{ valeur: 'moi', texte: 'Moi' }] : []),
            { valeur: 'personne', texte: 'Personne' },
            ...agents
              .filter(({ id: agent }) => agent !== identite.personne.id)
              .map(({ id: valeur, nom }) => ({ valeur, texte: nom })),
          ]}
          priorites={priorites}
          instruit={instruit}
        />
      ),
    };
  },
});

const fichiers = routesDeFichiers(listeInstruction, cheminListe, accesLecture);

/** An act on a file whose form stands on its page: shown again there when refused. */
const retour = (contexte: ContexteFiche, fait: keyof typeof faitsFiche) =>
  ({ type: 'redirection', vers: adresseFiche(contexte, '', { fait }) }) as const;

export const routesInstruction: readonly DeclaredRoute[] = [
  tableau,
  ...fichiers,
  ...routesCarte,
  ...routesFragilite,
  ...routesLot,
  ...routesMessages,
  ...routesParcours,
  defineRoute({
    path: `${cheminListe}/:id`,
    access: accesLecture,
    input: schemaDeDemande(listeInstruction, { id, fait: z.enum(codesFaits).optional() }),
    handler: (contexte) => montrerFiche(contexte, { fait: contexte.input.fait }),
  }),
  defineActe({
    path: `${cheminListe}/:id/avis`,
    access: accesEcriture,
    input: adresse,
    champs: champsAvis,
    handler: async ({ formulaire, ...contexte }) => {
      const { db, input, identite } = contexte;
      const { saisie } = formulaire;
      if (!formulaire.ok)
        return montrerFiche(contexte, {
          formulaire: 'avis',
          saisie,
          erreurs: formulaire.erreurs,
          statut: 400,
        });
      const niveau = identite.habilitation?.niveau === 'region' ? 'region' : 'departement';
      const done = await rendreAvis(db, acteurDe(identite), {
        ...formulaire.valeurs,
        // The field proposes what is asked for: of no use to who is against.
        ...(formulaire.valeurs.favorable ? {} : { postes: 0 }),
        candidatureId: input.id,
        niveau,
        personne: identite.personne.id,
      });
      if (done.ok) return retour(contexte, done.valeur.compte ? 'avis' : 'information');
      if (done.refus === 'absent') return absent;
      return montrerFiche(contexte, {
        formulaire: 'avis',
        saisie,
        statut: statutDuRefus(done.refus),
        ...(done.refus === 'postes' || done.refus === 'commentaire'
          ? { erreurs: { [done.refus]: done.message } }
          : { refus: done.message }),
      });
    },
  }),
  defineActe({
    path: `${cheminListe}/:id/affectation`,
    access: accesEcriture,
    input: adresse,
    champs: z.object({ agent: z.union([z.uuid(), z.literal('')]).default('') }),
    handler: async ({ formulaire, ...contexte }) => {
      const { db, input, identite } = contexte;
      if (!formulaire.ok)
        return montrerFiche(contexte, { refus: 'Choisissez un agent de la liste.', statut: 400 });
      const { agent } = formulaire.valeurs;
      const done = await affecter(db, acteurDe(identite), {
        candidatureId: input.id,
        agent: agent === '' ? null : agent,
      });
      if (done.ok) return retour(contexte, 'affectee');
      return done.refus === 'absent'
        ? absent
        : montrerFiche(contexte, { refus: done.message, statut: statutDuRefus(done.refus) });
    },
  }),
  defineActe({
    path: `${cheminListe}/:id/notes`,
    access: accesEcriture,
    input: adresse,
    champs: z.object({ texte: texteRequis('Écrivez la note avant de l’enregistrer.', 5000) }),
    handler: async ({ formulaire, ...contexte }) => {
      const { db, input, identite } = contexte;
      if (!formulaire.ok)
        return montrerFiche(contexte, {
          formulaire: 'note',
          saisie: formulaire.saisie,
          erreurs: formulaire.erreurs,
          statut: 400,
        });
      const done = await ecrireNote(db, acteurDe(identite), {
        candidatureId: input.id,
        personne: identite.personne.id,
        texte: formulaire.valeurs.texte,
      });
      return done.ok ? retour(contexte, 'note') : absent;
    },
  }),
  defineActe({
    path: `${cheminListe}/:id/notes/:note/effacer`,
    access: accesEcriture,
    input: schemaDeDemande(listeInstruction, { id, note: z.uuid() }),
    champs: z.object({}),
    handler: async (contexte) => {
      const { db, input, identite } = contexte;
      if ((await findFiche(db, input.id)) === undefined) return absent;
      const done = await effacerNote(db, acteurDe(identite), {
        candidatureId: input.id,
        note: input.note,
        personne: identite.personne.id,
      });
      return done.ok ? retour(contexte, 'note_effacee') : absent;
    },
  }),
];
