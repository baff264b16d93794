import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { dateLongue } from '../../platform/francais/index.ts';
import { absent, type DeclaredRoute, defineRoute } from '../../platform/http/route.ts';
import { centimes } from '../../platform/money.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { getDepartement, listDepartements } from '../../territoires/index.ts';
import { type Categorie, type Territoire, varianteApplicable } from '../rules.ts';
import { getProgramme, listRegimes } from '../store.ts';
import { type EtapeDemandee, formulaireDe } from '../vagues/formulaire.rules.ts';
import { type EtatVague, estAnnoncee, etatVague } from '../vagues/rules.ts';
import { getMaintenant, listCriteres, listQuestions } from '../vagues/store.ts';
import { nomsDeNatures } from './eligibilite.rules.ts';
import { plusFavorable, priseEnCharge } from './simulateur.rules.ts';
import {
  getContactPublic,
  listSourcesDeVariantes,
  listVaguesPubliques,
  type VaguePublique,
} from './store.ts';
import { PageCandidater } from './views/page-candidater.tsx';
import { PageDemande } from './views/page-demande.tsx';
import { PageSimulateur } from './views/page-simulateur.tsx';

const access = { type: 'public' } as const;
const racine = '/candidater';
const accueil = { texte: 'Accueil', href: '/' };
const debut = { texte: 'Candidater', href: racine };

/** Where a wave stands for a département, or for those that it is open to taken together. */
const etatPour = (
  vague: VaguePublique,
  departement: string | undefined,
  tous: readonly string[],
  instant: Parameters<typeof etatVague>[2],
): EtatVague => {
  if (departement !== undefined) return etatVague(vague, departement, instant);
  const etats = (vague.departements.length === 0 ? tous : vague.departements).map((code) =>
    etatVague(vague, code, instant),
  );
  if (etats.includes('ouverte')) return 'ouverte';
  return etats.includes('a_venir') ? 'a_venir' : 'close';
};

// A form sends an empty choice for none.
const vide = (texte: string): string | undefined => (texte === '' ? undefined : texte);
const departement = z
  .string()
  .regex(/^(\d{2,3}|2[AB])?$/, 'attend un code de département\u00a0: 02, 2A, 971…')
  .transform(vide)
  .optional();

const depart = (noyau: readonly EtapeDemandee[]) =>
  defineRoute({
    path: racine,
    access,
    limite: 'page',
    // Waves open and close by themselves: a kept page would be wrong the minute after.
    sansMemoire: true,
    input: z.object({
      nature: z
        .enum(['', ...nomsDeNatures], { error: 'attend une nature de structure de la liste' })
        .transform((nom) => nomsDeNatures.find((each) => each === nom))
        .optional(),
      departement,
      // The button was pressed: without a choice, the form says which one is missing.
      demander: z.literal('oui', { error: 'attend oui' }).optional(),
    }),
    handler: async ({ input, db }) => {
      const choisi = input.departement === undefined ? null : await getDepartement(db, input.departement);
      if (choisi === undefined) return absent;
      const [maintenant, vagues, departements] = [
        await getMaintenant(db),
        await listVaguesPubliques(db),
        await listDepartements(db),
      ];
      const codes = departements.map(({ code }) => code);
      const lues = await Promise.all(
        vagues
          .filter((vague) => estAnnoncee(vague, maintenant))
          .map(async (vague) => ({
            vague,
            etat: etatPour(vague, choisi?.code, codes, maintenant),
            codes: vague.departements.length === 0 ? codes : vague.departements,
            questions: formulaireDe(noyau, vague, await listQuestions(db, vague.id)),
          })),
      );
      const enErreur = input.demander !== undefined && input.nature === undefined;
      const erreurs: ErreursFormulaire = enErreur ? { nature: 'Choisissez ce qu’est votre structure.' } : {};
      const titre = 'Accueillir un conseiller numérique';
      return {
        type: 'page',
        titre: enErreur ? `Erreur\u00a0: ${titre}` : titre,
        ...(enErreur ? { statut: 400 } : {}),
        description:
          'Les vagues de candidatures ouvertes et à venir, qui peut candidater, ce que l’État paie, ce qui sera demandé.',
        fil: [accueil, { texte: 'Candidater' }],
        noindex: input.demander !== undefined || input.nature !== undefined || choisi !== null,
        canonique: racine,
        contenu: (
          <PageCandidater
            vagues={lues}
            nature={input.nature}
            erreurs={erreurs}
            departement={choisi}
            departements={departements}
            contact={choisi === null ? undefined : await getContactPublic(db, choisi.code)}
          />
        ),
      };
    },
  });

const demande = (noyau: readonly EtapeDemandee[]) =>
  defineRoute({
    path: `${racine}/vagues/:id`,
    access,
    limite: 'page',
    sansMemoire: true,
    input: z.object({ id: z.uuid('attend un numéro de vague') }),
    handler: async ({ input, db }) => {
      const vague = (await listVaguesPubliques(db)).find(({ id }) => id === input.id);
      if (vague === undefined) return absent;
      const titre = `Ce qui est demandé\u00a0: ${vague.nom}`;
      return {
        type: 'page',
        titre,
        description: `Les questions et les pièces demandées pour candidater à la vague «\u00a0${vague.nom}\u00a0», et les critères du comité.`,
        fil: [accueil, debut, { texte: vague.nom }],
        contenu: (
          <PageDemande
            titre={titre}
            vague={vague}
            etapes={formulaireDe(noyau, vague, await listQuestions(db, vague.id))}
            criteres={await listCriteres(db, vague.id)}
          />
        ),
      };
    },
  });

/** A number as people type it: « 1 850 », « 1 850,50 », « 42 % ». */
const lireNombre = (texte: string): number | undefined => {
  const net = texte.replace(/[\s\u00a0\u202f€%]/g, '').replace(',', '.');
  return /^\d{1,7}(\.\d{1,2})?$/.test(net) ? Number(net) : undefined;
};

const saisie = z.object({
  vague: z.union([z.literal(''), z.uuid()], { error: 'attend un numéro de vague' }).optional(),
  categorie: z.enum(['publique', 'privee'], { error: 'attend publique ou privee' }).default('publique'),
  territoire: z
    .enum(['metropole', 'outre_mer'], { error: 'attend metropole ou outre_mer' })
    .default('metropole'),
  salaire: z.string().max(30, 'est trop long').optional(),
  charges: z.string().max(30, 'est trop long').default('40'),
  mois: z.string().max(30, 'est trop long').default('24'),
});
type Saisie = z.infer<typeof saisie>;

/** What was typed of a project, read; with what is wrong with each field. */
const lireProjet = ({ salaire, charges, mois }: Saisie) => {
  const lus = { salaire: lireNombre(salaire ?? ''), charges: lireNombre(charges), mois: lireNombre(mois) };
  const erreurs: Record<string, string> = {};
  if (lus.salaire === undefined || lus.salaire < 500 || lus.salaire > 20_000)
    erreurs['salaire'] = 'Écrivez un salaire mensuel brut entre 500 et 20 000 €, par exemple 1 850.';
  if (lus.mois === undefined || !Number.isInteger(lus.mois) || lus.mois < 1 || lus.mois > 72)
    erreurs['mois'] = 'Écrivez une durée de 1 à 72 mois, par exemple 24.';
  if (lus.charges === undefined || lus.charges > 100)
    erreurs['charges'] = 'Écrivez un pourcentage entre 0 et 100, par exemple 40.';
  return {
    erreurs,
    projet: {
      salaireBrut: centimes(Math.round((lus.salaire ?? 0) * 100)),
      chargesPourMille: Math.round((lus.charges ?? 0) * 10),
      mois: lus.mois ?? 0,
    },
  };
};

/** The wave that a simulation is for: the one asked for, else the open one, the next, the last. */
const vagueDe = async (db: Database, demandee: string | undefined) => {
  const vagues = await listVaguesPubliques(db);
  const maintenant = await getMaintenant(db);
  const annoncees = vagues.filter((vague) => estAnnoncee(vague, maintenant));
  const dans = (etat: EtatVague) => annoncees.find((vague) => etatVague(vague, null, maintenant) === etat);
  const parDefaut = dans('ouverte') ?? dans('a_venir') ?? vagues.at(-1);
  return {
    vagues,
    choisie: demandee === undefined ? parDefaut : vagues.find(({ id }) => id === demandee),
  };
};

const simuler = async (
  db: Database,
  vague: VaguePublique | undefined,
  qui: { readonly categorie: Categorie; readonly territoire: Territoire },
  projet: ReturnType<typeof lireProjet>['projet'],
) => {
  const programme = await getProgramme(db);
  if (programme === undefined) return undefined;
  const jour = vague?.ouvreLe ?? programme.annonceLe;
  const known = await listRegimes(db, programme.id);
  const variantes = (vague?.regimes ?? (['forfait', 'taux'] as const)).flatMap(
    (mode) => varianteApplicable(known, { mode, jour, ...qui }) ?? [],
  );
  const prises = variantes.map((variante) => ({ ...priseEnCharge(variante, projet), variante }));
  return {
    prises,
    meilleure: plusFavorable(prises),
    regles: `règles en vigueur le ${dateLongue(jour)}`,
    sources: await listSourcesDeVariantes(
      db,
      variantes.map(({ id }) => id),
    ),
  };
};

const simulateur = defineRoute({
  path: `${racine}/simulateur`,
  access,
  limite: 'page',
  sansMemoire: true,
  input: saisie,
  handler: async ({ input, db }) => {
    const { vagues, choisie } = await vagueDe(db, vide(input.vague ?? ''));
    if (input.vague !== undefined && input.vague !== '' && choisie === undefined) return absent;
    const { erreurs, projet } = lireProjet(input);
    const demandee = input.salaire !== undefined;
    const enErreur = demandee && Object.keys(erreurs).length > 0;
    const { categorie, territoire } = input;
    const titre = 'Ce que l’État paierait';
    return {
      type: 'page',
      titre: enErreur ? `Erreur\u00a0: ${titre}` : titre,
      description:
        'Comparer le forfait et le taux pour un salaire et une durée\u00a0: ce que l’État paie, ce qui reste à votre structure.',
      fil: [accueil, debut, { texte: 'Simulateur' }],
      noindex: demandee,
      canonique: `${racine}/simulateur`,
      ...(enErreur ? { statut: 400 } : {}),
      contenu: (
        <PageSimulateur
          titre={titre}
          saisie={{ ...input, salaire: input.salaire ?? '', vague: choisie?.id ?? '' }}
          erreurs={demandee ? erreurs : {}}
          vagues={vagues}
          vague={choisie}
          projet={projet}
          resultat={
            demandee && !enErreur ? await simuler(db, choisie, { categorie, territoire }, projet) : undefined
          }
        />
      ),
    };
  },
});

/** Where structures begin: may I apply, what will be asked, what the State pays; `noyau`: the core of the form. */
export const creerRoutesCandidater = (noyau: readonly EtapeDemandee[]): readonly DeclaredRoute[] => [
  depart(noyau),
  simulateur,
  demande(noyau),
];
