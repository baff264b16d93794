import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { acteurDe, type Identite } from '../../platform/http/identite.ts';
import { absent, type DeclaredRoute, defineActe, defineRoute, type Page } from '../../platform/http/route.ts';
import {
  exporterListe,
  formatsPrives,
  lireListe,
  schemaDeDemande,
  schemaDeFichier,
} from '../../platform/listes/index.ts';
import { estAdministrateur } from '../comite/pages.ts';
import { getSeance } from '../comite/seances.store.ts';
import { OngletsDeSeance } from '../comite/views/cadre.tsx';
import { demanderProposition } from './acts.ts';
import { listeProposition } from './listes.ts';
import {
  comparerPropositions,
  getProposition,
  listExplications,
  listPropositions,
  listTerritoires,
  type PoidsDeProposition,
} from './store.ts';
import { PageComparaison, PageProposition, PagePropositions, poidsUsuels } from './views.tsx';

const access = { type: 'role', roles: ['membre_comite', 'administrateur'] } as const;
const parPage = 50;
const seance = z.uuid('attend un identifiant de séance');
const proposition = z.uuid('attend un identifiant de proposition');
const chemin = (id: string): string => `/comite/${id}/propositions`;

const page = (id: string, titre: string, contenu: Page['contenu'], reste: Partial<Page> = {}): Page => ({
  type: 'page',
  titre: reste.statut === undefined ? titre : `Erreur : ${titre}`,
  description: 'Une répartition des postes que la machine propose ; le comité décide.',
  fil: [
    { texte: 'Mon espace', href: '/espace' },
    { texte: 'Comité', href: '/comite' },
    { texte: 'Séance', href: `/comite/${id}` },
    ...(titre === 'Propositions' ? [] : [{ texte: 'Propositions', href: chemin(id) }]),
    { texte: titre },
  ],
  contenu,
  prive: true,
  ...reste,
});

const entierDe = (minimum: number, maximum: number) => {
  const message = `Écrivez un nombre entier de ${minimum} à ${maximum}.`;
  return z
    .string({ error: message })
    .trim()
    .regex(/^\d{1,7}$/, message)
    .transform(Number)
    .refine((valeur) => valeur >= minimum && valeur <= maximum, message);
};

const champs = z
  .object({
    nom: z
      .string({ error: 'Donnez un nom à cette proposition.' })
      .trim()
      .min(1, 'Donnez un nom à cette proposition.')
      .max(200, 'Ce nom est trop long : 200 signes au plus.'),
    besoin: entierDe(0, 100),
    criteres: entierDe(0, 100),
    priorite: entierDe(0, 100),
    habitants: entierDe(500, 1_000_000),
  })
  .refine(({ besoin, criteres, priorite }) => besoin + criteres + priorite > 0, {
    path: ['besoin'],
    error: 'Donnez plus que zéro à un poids au moins\u00a0: sans poids, rien ne départage les dossiers.',
  });

const ongletsDe = async (db: Database, identite: Identite, id: string) => {
  const seance = await getSeance(db, id);
  return seance === undefined ? null : (
    <OngletsDeSeance seance={seance} onglet="propositions" administrateur={estAdministrateur(identite)} />
  );
};

const textes = (poids: PoidsDeProposition): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(poids).map(([nom, valeur]) => [nom, String(valeur)]));

const montrerToutes = async (
  db: Database,
  identite: Identite,
  id: string,
  vu: {
    readonly saisie?: Readonly<Record<string, string>>;
    readonly erreurs?: Readonly<Record<string, string>>;
    readonly refus?: string;
  } = {},
): Promise<Page> => {
  const propositions = await listPropositions(db, id);
  return page(
    id,
    'Propositions',
    <PagePropositions
      base={chemin(id)}
      onglets={await ongletsDe(db, identite, id)}
      propositions={propositions}
      saisie={vu.saisie ?? { nom: '', ...textes(propositions[0]?.poids ?? poidsUsuels) }}
      erreurs={vu.erreurs ?? {}}
      refus={vu.refus}
    />,
    vu.erreurs || vu.refus ? { statut: vu.refus ? 409 : 400 } : {},
  );
};

const demandeDePage = schemaDeDemande(
  listeProposition,
  { id: seance, proposition, suivi: z.enum(['oui']).optional() },
  ['proposition'],
);

export const routesRepartition: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/comite/:id/propositions',
    access,
    input: z.object({ id: seance }),
    handler: async ({ db, identite, input }) =>
      (await getSeance(db, input.id)) === undefined ? absent : montrerToutes(db, identite, input.id),
  }),
  defineActe({
    path: '/comite/:id/propositions',
    access,
    input: z.object({ id: seance }),
    champs,
    handler: async ({ db, input, identite, formulaire }) => {
      if ((await getSeance(db, input.id)) === undefined) return absent;
      const saisie = Object.fromEntries(
        Object.entries(formulaire.saisie).flatMap(([nom, valeur]) =>
          typeof valeur === 'string' ? [[nom, valeur]] : [],
        ),
      );
      if (!formulaire.ok)
        return montrerToutes(db, identite, input.id, { saisie, erreurs: formulaire.erreurs });
      const { nom, ...poids } = formulaire.valeurs;
      const asked = await demanderProposition(db, acteurDe(identite), {
        seanceId: input.id,
        nom,
        poids,
        personne: identite.personne.id,
      });
      if (!asked.ok)
        return montrerToutes(db, identite, input.id, {
          saisie,
          ...(asked.refus === 'nom' ? { erreurs: { nom: asked.message } } : { refus: asked.message }),
        });
      return { type: 'redirection', vers: `${chemin(input.id)}/${asked.valeur}?suivi=oui` };
    },
  }),
  defineRoute({
    path: '/comite/:id/propositions/comparer',
    access,
    input: z.object({ id: seance, une: proposition, autre: proposition }),
    handler: async ({ db, identite, input }) => {
      const [une, autre] = [await getProposition(db, input.une), await getProposition(db, input.autre)];
      if (une?.seanceId !== input.id || autre?.seanceId !== input.id) return absent;
      const ecarts = await comparerPropositions(db, une.id, autre.id);
      return page(
        input.id,
        'Comparer deux propositions',
        <PageComparaison
          base={chemin(input.id)}
          onglets={await ongletsDe(db, identite, input.id)}
          une={une}
          autre={autre}
          ecarts={ecarts}
        />,
      );
    },
  }),
  ...formatsPrives.map((format) =>
    defineRoute({
      path: `/comite/:id/propositions/:proposition/dossiers.${format}`,
      access,
      limite: 'export',
      input: schemaDeFichier(listeProposition, { id: seance, proposition }),
      handler: async ({ db, input, identite }) => {
        const lue = await getProposition(db, input.proposition);
        if (lue?.seanceId !== input.id) return absent;
        return exporterListe(db, acteurDe(identite), listeProposition, {
          ...input,
          filtres: { ...input.filtres, proposition: lue.id },
          format,
          source: 'Travaux du comité : ne les diffusez pas avant l’annonce des décisions.',
          nom: 'proposition',
        });
      },
    }),
  ),
  defineRoute({
    path: '/comite/:id/propositions/:proposition',
    access,
    input: demandeDePage,
    handler: async ({ db, identite, input: { id, proposition: laquelle, suivi, demande } }) => {
      const lue = await getProposition(db, laquelle);
      if (lue?.seanceId !== id) return absent;
      const filtres = { ...demande.filtres, proposition: lue.id };
      const resultat = await lireListe(db, listeProposition, {
        ...demande,
        filtres,
        debut: (demande.page - 1) * parPage,
        limite: parPage,
      });
      if (demande.page > 1 && resultat.lignes.length === 0) return absent;
      const explications = await listExplications(
        db,
        lue.id,
        resultat.lignes.map(({ _cle }) => _cle),
      );
      return page(
        id,
        lue.nom,
        <PageProposition
          base={chemin(id)}
          onglets={await ongletsDe(db, identite, id)}
          proposition={lue}
          suivi={suivi === 'oui'}
          demande={demande}
          resultat={resultat}
          parPage={parPage}
          explications={explications}
          territoires={await listTerritoires(db)}
          autres={(await listPropositions(db, id)).filter(
            (autre) => autre.id !== lue.id && autre.statut === 'calculee',
          )}
        />,
        suivi === 'oui' && lue.statut === 'demandee' ? { actualiser: 2 } : {},
      );
    },
  }),
];
