import { z } from 'zod';
import type { Database } from '../platform/database/index.ts';
import { dateDuDomaine } from '../platform/dates.ts';
import { nomDObjet } from '../platform/genres.ts';
import {
  chercherJournal,
  compterJournal,
  lirePageDeJournal,
  type Phrases,
  type Recherche,
} from '../platform/historique.ts';
import { acteurDe } from '../platform/http/identite.ts';
import { absent, type DeclaredRoute, defineActe, defineRoute, type Page } from '../platform/http/route.ts';
import { journaliserExport } from '../platform/listes/index.ts';
import { nommerObjets } from '../platform/objets.ts';
import { choixDActes } from './actes.ts';
import { ecrireJournal, formatsDuJournal } from './journal.fichiers.ts';
import {
  chercherPersonnes,
  findPersonne,
  listTypesDObjet,
  listValeurs,
  type PersonneTrouvee,
} from './journal.store.ts';
import { access, page } from './pages.ts';
import { findSceau, lireSceaux, lireVerification, verificationEnCours } from './tableau.store.ts';
import { PageJournal, type RechercheJournal } from './views/page-journal.tsx';
import { objetsDesValeurs, PageLigne } from './views/page-ligne.tsx';

const fil = { texte: 'Journal', href: '/administration/journal' };

/** People shown when several answer to a name. */
const trouveesMax = 20;

const numero = z.coerce
  .number({ error: 'attend un numéro de ligne' })
  .int('attend un numéro de ligne')
  .min(1, 'commence à 1')
  .max(Number.MAX_SAFE_INTEGER, 'est trop grand');

/** What is searched: nothing here is a name or an address, so that none stands in the address of the page. */
const criteres = {
  personne: z.uuid('attend le numéro d’une personne').optional(),
  acte: z
    .string()
    .regex(/^[a-z_]{1,60}\.[a-z_]{1,60}$/, 'attend un acte, par exemple acces.connexion')
    .optional(),
  objet_type: z
    .string()
    .regex(/^[a-z][a-z_]{0,60}$/, 'attend une nature d’objet, par exemple personne')
    .optional(),
  objet_id: z
    .string()
    .regex(/^[\w.:/-]{1,100}$/, 'attend un numéro d’objet')
    .optional(),
  du: dateDuDomaine.optional(),
  au: dateDuDomaine.optional(),
};

const schema = z.object({
  ...criteres,
  avant: numero.optional(),
  fait: z.enum(['verification']).optional(),
});
type Lu = Omit<z.infer<typeof schema>, 'fait'>;

const rechercheDe = ({ personne, acte, objet_type, objet_id, du, au, avant }: Lu): Recherche => ({
  ...(personne === undefined ? {} : { personne }),
  ...(acte === undefined ? {} : { acte }),
  ...(objet_type === undefined ? {} : { objetType: objet_type }),
  ...(objet_id === undefined ? {} : { objetId: objet_id }),
  ...(du === undefined ? {} : { du }),
  ...(au === undefined ? {} : { au }),
  ...(avant === undefined ? {} : { avant }),
});

const dessiner = async (
  db: Database,
  phrases: Phrases,
  lu: z.infer<typeof schema>,
  personnes: {
    readonly terme?: string | undefined;
    readonly trouvees?: readonly PersonneTrouvee[];
    readonly erreur?: string;
  } = {},
): Promise<Page> => {
  const { avant, fait, ...recherche } = lu;
  const { evenements, suite } = await lirePageDeJournal(db, phrases, rechercheDe(lu));
  return page(
    personnes.erreur === undefined ? 'Journal' : 'Erreur : journal',
    [{ texte: 'Journal' }],
    <PageJournal
      recherche={recherche satisfies RechercheJournal}
      personne={lu.personne === undefined ? undefined : await findPersonne(db, lu.personne)}
      actes={choixDActes(phrases)}
      types={(await listTypesDObjet(db)).map((valeur) => ({ valeur, libelle: nomDObjet(valeur) }))}
      nommer={
        await nommerObjets(
          db,
          evenements.map(({ objet }) => objet),
        )
      }
      evenements={evenements}
      suite={suite}
      avant={avant}
      sceaux={await lireSceaux(db)}
      verification={await lireVerification(db)}
      verificationEnCours={await verificationEnCours(db)}
      demandee={fait === 'verification'}
      {...personnes}
    />,
    personnes.erreur === undefined ? {} : { statut: 400 },
  );
};

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/administration/journal',
    access,
    input: schema,
    handler: async ({ input, db, requete }) => dessiner(db, requete.phrases, input),
  }),
  // A name is sent, never written in an address: what follows is the number of a person.
  defineActe({
    path: '/administration/journal/personne',
    access,
    limite: 'recherche',
    input: z.object({}),
    champs: z.object({
      terme: z
        .string({ error: 'Écrivez une partie du nom ou de l’adresse.' })
        .trim()
        .min(2, 'Écrivez au moins deux lettres du nom ou de l’adresse.')
        .max(100, 'Écrivez moins de 100 caractères.'),
    }),
    handler: async ({ db, requete, formulaire }) => {
      const terme = formulaire.saisie['terme'];
      if (!formulaire.ok)
        return dessiner(db, requete.phrases, {}, { terme, erreur: formulaire.erreurs['terme'] ?? '' });
      const trouvees = await chercherPersonnes(db, formulaire.valeurs.terme, trouveesMax + 1);
      const [seule] = trouvees;
      if (seule === undefined)
        return dessiner(
          db,
          requete.phrases,
          {},
          { terme, erreur: 'Personne ne porte ce nom ni cette adresse.' },
        );
      if (trouvees.length === 1) return { type: 'redirection', vers: `${fil.href}?personne=${seule.id}` };
      if (trouvees.length > trouveesMax)
        return dessiner(
          db,
          requete.phrases,
          {},
          { terme, erreur: `Plus de ${trouveesMax} personnes répondent : écrivez-en davantage.` },
        );
      return dessiner(db, requete.phrases, {}, { terme, trouvees });
    },
  }),
  ...formatsDuJournal.map((format) =>
    defineRoute({
      path: `/administration/journal.${format}`,
      access: { ...access, acces: true },
      limite: 'export',
      input: z.object(criteres),
      handler: async ({ input, db, acces, identite, requete }) => {
        const recherche = rechercheDe(input);
        const { nombre, apres } = await compterJournal(db, recherche);
        // On its own: a reader who stops half-way undoes what is read, not that it left.
        await journaliserExport(acces, acteurDe(identite), {
          code: 'journal',
          titre: 'Journal',
          format,
          lignes: nombre,
          filtres: input,
        });
        return {
          type: 'flot',
          mime: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
          nom: `journal.${format}`,
          // Without the line that tells of it.
          corps: ecrireJournal(db, requete.phrases, { ...recherche, avant: apres }, format),
        };
      },
    }),
  ),
  defineRoute({
    path: '/administration/journal/:numero',
    access,
    input: z.object({ numero }),
    handler: async ({ input, db, requete }) => {
      const [evenement] = await chercherJournal(db, requete.phrases, { numero: input.numero });
      if (evenement === undefined) return absent;
      const valeurs = await listValeurs(db, evenement.id);
      return page(
        evenement.phrase,
        [fil, { texte: `Ligne ${evenement.id}` }],
        <PageLigne
          evenement={evenement}
          nommer={
            await nommerObjets(db, [
              evenement.objet,
              ...[evenement.contenu, ...valeurs.map((chacune) => chacune.valeurs)].flatMap(objetsDesValeurs),
            ])
          }
          valeurs={valeurs}
          sceau={await findSceau(db, evenement.id)}
        />,
      );
    },
  }),
];
