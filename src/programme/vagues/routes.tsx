import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { lireHistorique } from '../../platform/historique.ts';
import { acteurDe } from '../../platform/http/identite.ts';
import {
  absent,
  type Contexte,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  type Reponse,
} from '../../platform/http/route.ts';
import { lireListe, routesDeFichiers, schemaDeDemande } from '../../platform/listes/index.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { listDepartements, listRegions } from '../../territoires/index.ts';
import { listEnveloppes } from '../enveloppes/store.ts';
import { creerVague, modifierVague } from './acts.ts';
import { type EtapeDemandee, formulaireDe } from './formulaire.rules.ts';
import { formulaireLibre, lireSection } from './formulaires.ts';
import { routesDesGestes } from './gestes.routes.tsx';
import { listeVagues } from './liste.ts';
import { access, de, desVagues, id, page, racine, type Vu, versionDe } from './pages.ts';
import { champsFiges, etatMontre, nomsDeSections, type Section, sections } from './rules.ts';
import { getPostesRetenus, listSeancesDeVague } from './seances.store.ts';
import { getMaintenant, lireVague, manquesDe, type VagueLue } from './store.ts';
import { PageApercu } from './views/page-apercu.tsx';
import { PageSection } from './views/page-section.tsx';
import { codesFaits, PageVague } from './views/page-vague.tsx';
import { PageNouvelleVague, PageVagues } from './views/page-vagues.tsx';

const parPage = 25;
const fait = z.enum(codesFaits as [string]).optional();

const territoires = async (db: Database) => {
  const [departements, regions] = [await listDepartements(db), await listRegions(db)];
  return {
    departements,
    regions,
    noms: Object.fromEntries(departements.map(({ code, avecArticle }) => [code, avecArticle])),
    nomsRegions: Object.fromEntries(regions.map(({ code, nom }) => [code, nom])),
  };
};

/** The codes that a wave is open to. */
const ouverts = (vague: VagueLue, departements: readonly { readonly code: string }[]): readonly string[] =>
  vague.departements.length === 0 ? departements.map(({ code }) => code) : vague.departements;

const montrer = async (
  { db, requete }: Pick<Contexte<unknown>, 'db' | 'requete'>,
  vague: VagueLue,
  dit: string | undefined,
): Promise<Reponse> => {
  const { departements, noms, nomsRegions } = await territoires(db);
  const maintenant = await getMaintenant(db);
  return page(
    vague.nom,
    [desVagues, { texte: vague.nom }],
    <PageVague
      adresse={`${racine}/${vague.id}`}
      vague={vague}
      etat={etatMontre(vague, maintenant)}
      seances={await listSeancesDeVague(db, vague.id)}
      retenus={await getPostesRetenus(db, vague.id)}
      manques={await manquesDe(db, vague)}
      figes={champsFiges(vague, vague, maintenant)}
      noms={noms}
      regions={nomsRegions}
      codes={ouverts(vague, departements)}
      fait={dit}
      evenements={await lireHistorique(db, requete.phrases, 'vague', vague.id)}
    />,
  );
};

const montrerSection = async (
  db: Database,
  vague: VagueLue,
  section: Section,
  vu: Vu = {},
): Promise<Reponse> => {
  const { departements, regions } = await territoires(db);
  return page(
    sections[section].titre,
    [desVagues, de(vague), { texte: sections[section].titre }],
    <PageSection
      section={section}
      adresse={`${racine}/${vague.id}`}
      vague={vague}
      figes={champsFiges(vague, vague, await getMaintenant(db))}
      erreurs={vu.erreurs ?? {}}
      refus={vu.refus}
      saisie={vu.saisie}
      enveloppes={await listEnveloppes(db, vague.programmeId)}
      departements={departements}
      regions={regions}
    />,
    vu.statut,
  );
};

const section = z.enum(nomsDeSections, { error: `attend ${nomsDeSections.join(', ')}` });
const avecSection = z.object({ id, section });

/** The administrator's pages of waves; `noyau`: the core of the form, that every wave asks. */
export const creerRoutesVagues = (noyau: readonly EtapeDemandee[]): readonly DeclaredRoute[] => [
  defineRoute({
    path: racine,
    access,
    input: schemaDeDemande(listeVagues, { fait: z.literal('supprimee').optional() }),
    handler: async ({ input: { demande, fait: dit }, db }) => {
      const resultat = await lireListe(db, listeVagues, {
        filtres: demande.filtres,
        tri: demande.tri,
        debut: (demande.page - 1) * parPage,
        limite: parPage,
      });
      if (demande.page > 1 && resultat.lignes.length === 0) return absent;
      return page(
        'Vagues',
        [{ texte: 'Vagues' }],
        <PageVagues
          liste={listeVagues}
          demande={demande}
          resultat={resultat}
          parPage={parPage}
          chemin={racine}
          supprimee={dit !== undefined}
        />,
      );
    },
  }),
  ...routesDeFichiers(listeVagues, racine, access),
  defineRoute({
    path: `${racine}/nouvelle`,
    access,
    input: z.object({}),
    handler: async () =>
      page(
        'Préparer une vague',
        [desVagues, { texte: 'Préparer une vague' }],
        <PageNouvelleVague adresse={`${racine}/nouvelle`} erreurs={{}} nom="" />,
      ),
  }),
  defineActe({
    path: `${racine}/nouvelle`,
    access,
    input: z.object({}),
    champs: z.object({
      nom: z
        .string({ error: 'Écrivez le nom de la vague.' })
        .trim()
        .min(1, 'Écrivez le nom de la vague.')
        .max(200, 'Ce nom est trop long\u00a0: 200 caractères au plus.'),
    }),
    handler: async ({ db, identite, formulaire }) => {
      const refuse = (erreurs: ErreursFormulaire) =>
        page(
          'Préparer une vague',
          [desVagues, { texte: 'Préparer une vague' }],
          <PageNouvelleVague
            adresse={`${racine}/nouvelle`}
            erreurs={erreurs}
            nom={formulaire.saisie['nom'] ?? ''}
          />,
          400,
        );
      if (!formulaire.ok) return refuse(formulaire.erreurs);
      const done = await creerVague(db, acteurDe(identite), formulaire.valeurs);
      return done.ok
        ? { type: 'redirection', vers: `${racine}/${done.valeur}?fait=creee` }
        : refuse({ nom: done.message });
    },
  }),
  defineRoute({
    path: `${racine}/:id`,
    access,
    input: z.object({ id, fait }),
    handler: async ({ input, db, requete }) => {
      const vague = await lireVague(db, input.id);
      return vague === undefined ? absent : montrer({ db, requete }, vague, input.fait);
    },
  }),
  defineRoute({
    path: `${racine}/:id/apercu`,
    access,
    input: z.object({ id, etape: z.coerce.number().int().min(1).max(50).default(1) }),
    handler: async ({ input, db }) => {
      const vague = await lireVague(db, input.id);
      if (vague === undefined) return absent;
      const etapes = formulaireDe(noyau, vague, vague.questions);
      if (input.etape > etapes.length) return absent;
      return page(
        'Aperçu du formulaire',
        [desVagues, de(vague), { texte: 'Aperçu du formulaire' }],
        <PageApercu adresse={`${racine}/${vague.id}`} vague={vague} etapes={etapes} etape={input.etape} />,
      );
    },
  }),
  ...routesDesGestes,
  defineRoute({
    path: `${racine}/:id/:section`,
    access,
    input: avecSection,
    handler: async ({ input, db }) => {
      const vague = await lireVague(db, input.id);
      return vague === undefined ? absent : montrerSection(db, vague, input.section);
    },
  }),
  defineActe({
    path: `${racine}/:id/:section`,
    access,
    input: avecSection,
    champs: formulaireLibre,
    handler: async ({ input, db, identite, formulaire }) => {
      const vague = await lireVague(db, input.id);
      if (vague === undefined || !formulaire.ok) return absent;
      const { valeurs: tapee } = formulaire;
      const refuse = (vu: Vu) =>
        montrerSection(db, vague, input.section, { saisie: tapee, statut: 400, ...vu });
      const figes = Object.keys(champsFiges(vague, vague, await getMaintenant(db)));
      const lu = lireSection(input.section, tapee, figes);
      if (!lu.ok) return refuse({ erreurs: lu.erreurs });
      const done = await modifierVague(db, acteurDe(identite), {
        id: input.id,
        version: versionDe(tapee),
        section: input.section,
        valeurs: lu.valeurs,
      });
      if (done.ok)
        return {
          type: 'redirection',
          vers:
            tapee['suite'] === undefined
              ? `${racine}/${input.id}?fait=enregistree`
              : `${racine}/${input.id}/${input.section}`,
        };
      const lui: readonly string[] = sections[input.section].champs;
      // A list has no field of its own name: its refusal stands above it.
      return lui.includes(done.refus) && !['criteres', 'questions', 'quotas'].includes(done.refus)
        ? refuse({ erreurs: { [done.refus]: done.message } })
        : refuse({ refus: done.message, statut: 409 });
    },
  }),
];
