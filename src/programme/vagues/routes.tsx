import { z } from 'zod';
import { aujourdhui, systemClock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/index.ts';
import { lireHistorique } from '../../platform/historique.ts';
import { acteurDe } from '../../platform/http/identite.ts';
import {
  absent,
  type Contexte,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  type Page,
  type Reponse,
} from '../../platform/http/route.ts';
import { lireListe, routesDeFichiers, schemaDeDemande } from '../../platform/listes/index.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { listDepartements, listRegions } from '../../territoires/index.ts';
import { annulerVague, creerVague, modifierVague, prolongerVague, publierVague } from './acts.ts';
import { type EtapeDemandee, formulaireDe } from './formulaire.rules.ts';
import { formulaireLibre, lireReport, lireSection, type Tapee } from './formulaires.ts';
import { listeVagues } from './liste.ts';
import { champsFiges, etatVague, nomsDeSections, type Section, sections } from './rules.ts';
import { getMaintenant, lireVague, listEnveloppes, manquesDe, type VagueLue } from './store.ts';
import { PageAnnuler, PageProlonger, PagePublier } from './views/page-actes.tsx';
import { PageApercu } from './views/page-apercu.tsx';
import { PageSection } from './views/page-section.tsx';
import { codesFaits, PageVague } from './views/page-vague.tsx';
import { PageNouvelleVague, PageVagues } from './views/page-vagues.tsx';

const access = { type: 'role', roles: ['administrateur'] } as const;
const racine = '/administration/vagues';
const parPage = 25;
const id = z.uuid('attend un numéro de vague');
const fait = z.enum(codesFaits as [string]).optional();

const page = (titre: string, fil: Page['fil'], contenu: Page['contenu'], statut?: Page['statut']): Page => ({
  type: 'page',
  titre: statut === undefined ? titre : `Erreur\u00a0: ${titre}`,
  description: 'Préparer, publier et suivre les vagues de candidatures.',
  fil: [{ texte: 'Administration', href: '/administration' }, ...fil],
  contenu,
  ...(statut === undefined ? {} : { statut }),
});
const desVagues = { texte: 'Vagues', href: racine };
const de = ({ id: vague, nom }: VagueLue) => ({ texte: nom, href: `${racine}/${vague}` });

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
      etat={etatVague(vague, null, maintenant)}
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

type Vu = {
  readonly erreurs?: ErreursFormulaire;
  readonly refus?: string;
  readonly saisie?: Tapee;
  readonly statut?: Page['statut'];
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

const versionDe = (tapee: Tapee): number => Number(/^\d{1,9}$/.exec(tapee['version']?.[0] ?? '')?.[0] ?? -1);
const premiers = (tapee: Tapee): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(tapee).map(([nom, [premier = '']]) => [nom, premier]));

type Geste = 'publier' | 'prolonger' | 'annuler';
const titresDesGestes: Readonly<Record<Geste, string>> = {
  publier: 'Publier la vague',
  prolonger: 'Reporter la clôture',
  annuler: 'Annuler la vague',
};
const pagesDesGestes = { publier: PagePublier, prolonger: PageProlonger, annuler: PageAnnuler };

const montrerGeste = async (
  db: Database,
  vague: VagueLue,
  geste: Geste,
  vu: Omit<Vu, 'saisie'> & { readonly saisie?: Readonly<Record<string, string>> } = {},
): Promise<Reponse> => {
  // A cancelled wave does nothing more.
  if (vague.statut === 'annulee') return { type: 'redirection', vers: `${racine}/${vague.id}` };
  const Contenu = pagesDesGestes[geste];
  return page(
    titresDesGestes[geste],
    [desVagues, de(vague), { texte: titresDesGestes[geste] }],
    <Contenu
      adresse={`${racine}/${vague.id}`}
      vague={vague}
      manques={await manquesDe(db, vague)}
      passee={vague.fermeLe !== null && vague.fermeLe < aujourdhui(systemClock)}
      erreurs={vu.erreurs ?? {}}
      refus={vu.refus}
      saisie={vu.saisie ?? {}}
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
    input: schemaDeDemande(listeVagues, {}),
    handler: async ({ input: { demande }, db }) => {
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
      const etapes = formulaireDe(noyau, vague.questions);
      if (input.etape > etapes.length) return absent;
      return page(
        'Aperçu du formulaire',
        [desVagues, de(vague), { texte: 'Aperçu du formulaire' }],
        <PageApercu adresse={`${racine}/${vague.id}`} vague={vague} etapes={etapes} etape={input.etape} />,
      );
    },
  }),
  ...(['publier', 'prolonger', 'annuler'] as const).map((geste) =>
    defineRoute({
      path: `${racine}/:id/${geste}`,
      access,
      input: z.object({ id }),
      handler: async ({ input, db }) => {
        const vague = await lireVague(db, input.id);
        return vague === undefined ? absent : montrerGeste(db, vague, geste);
      },
    }),
  ),
  defineActe({
    path: `${racine}/:id/publier`,
    access,
    input: z.object({ id }),
    champs: formulaireLibre,
    handler: async ({ input, db, identite, formulaire }) => {
      const vague = await lireVague(db, input.id);
      if (vague === undefined) return absent;
      const version = formulaire.ok ? versionDe(formulaire.valeurs) : -1;
      const done = await publierVague(db, acteurDe(identite), { id: input.id, version });
      return done.ok
        ? { type: 'redirection', vers: `${racine}/${input.id}?fait=publiee` }
        : montrerGeste(db, vague, 'publier', { refus: done.message, statut: 409 });
    },
  }),
  defineActe({
    path: `${racine}/:id/prolonger`,
    access,
    input: z.object({ id }),
    champs: formulaireLibre,
    handler: async ({ input, db, identite, formulaire }) => {
      const vague = await lireVague(db, input.id);
      if (vague === undefined || !formulaire.ok) return absent;
      const { valeurs } = formulaire;
      const lu = lireReport(valeurs);
      const refuse = (vu: Omit<Vu, 'saisie'>) =>
        montrerGeste(db, vague, 'prolonger', { saisie: premiers(valeurs), statut: 400, ...vu });
      if (!lu.ok) return refuse({ erreurs: lu.erreurs ?? {} });
      const done = await prolongerVague(db, acteurDe(identite), {
        id: input.id,
        version: versionDe(valeurs),
        ...lu.valeur,
      });
      if (done.ok) return { type: 'redirection', vers: `${racine}/${input.id}?fait=reportee` };
      return done.refus === 'ferme_le' || done.refus === 'motif'
        ? refuse({ erreurs: { [done.refus]: done.message } })
        : refuse({ refus: done.message, statut: 409 });
    },
  }),
  defineActe({
    path: `${racine}/:id/annuler`,
    access,
    input: z.object({ id }),
    champs: formulaireLibre,
    handler: async ({ input, db, identite, requete, formulaire }) => {
      const vague = await lireVague(db, input.id);
      if (vague === undefined || !formulaire.ok) return absent;
      const { valeurs } = formulaire;
      const done = await annulerVague(db, acteurDe(identite), {
        id: input.id,
        version: versionDe(valeurs),
        motif: (valeurs['motif']?.[0] ?? '').slice(0, 2000),
        adresse: requete.adresse,
      });
      if (done.ok) return { type: 'redirection', vers: `${racine}/${input.id}?fait=annulee` };
      return montrerGeste(
        db,
        vague,
        'annuler',
        done.refus === 'motif'
          ? { erreurs: { motif: done.message }, saisie: premiers(valeurs), statut: 400 }
          : { refus: done.message, saisie: premiers(valeurs), statut: 409 },
      );
    },
  }),
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
