import { z } from 'zod';
import { aujourdhui, systemClock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/index.ts';
import { dateDuDomaine } from '../../platform/dates.ts';
import { pluriel } from '../../platform/francais/index.ts';
import type { Formulaire } from '../../platform/http/formulaire.ts';
import { acteurDe, type Identite } from '../../platform/http/identite.ts';
import {
  absent,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  type Reponse,
} from '../../platform/http/route.ts';
import { lirePage, parPage, routesDeFichiers, schemaDeDemande } from '../../platform/listes/index.ts';
import type { Resultat } from '../../platform/result.ts';
import { getProgramme } from '../../programme/index.ts';
import { lireAvancement } from '../notification/index.ts';
import { rouvrirSeance } from './cloture.acts.ts';
import { compterSuites } from './cloture.store.ts';
import { listeSeancesComite } from './listes.ts';
import {
  access,
  administration,
  cases,
  champFait,
  champVersion,
  estAdministrateur,
  motifObligatoire,
  pageComite,
  texte,
  uuid,
} from './pages.ts';
import { reouvertureEmpechee } from './rules.ts';
import {
  modifierSeance,
  noterPresences,
  ouvrirSeance,
  preparerSeance,
  supprimerSeance,
} from './seances.acts.ts';
import {
  getSeance,
  lireJauges,
  listMembres,
  listMembresPossibles,
  listVaguesADecider,
  prochainNumero,
  type Seance,
} from './seances.store.ts';
import { type Fait, nomDeSeance, type Vu } from './views/cadre.tsx';
import { estFait } from './views/documents.tsx';
import { PageFormulaireSeance, PageSeance, PageSeances } from './views/page-seance.tsx';
import { PageSuppression } from './views/page-suppression.tsx';

const entier = (message: string) =>
  z
    .string({ error: message })
    .trim()
    .regex(/^\d{1,5}$/, message)
    .transform(Number);
const personne = (message: string) => z.uuid(message);

const champsSeance = z.object({
  vague: z.uuid('Choisissez la vague dont la séance décide.'),
  numero: entier('Écrivez le numéro de la séance, par exemple 3.').pipe(
    z.number().min(1, 'Le premier numéro est 1.'),
  ),
  date: z
    .string({ error: 'Choisissez la date de la séance.' })
    .min(1, 'Choisissez la date de la séance.')
    .refine((jour) => dateDuDomaine.safeParse(jour).success, 'Écrivez un jour qui existe, de 1900 à 2100.'),
  lieu: texte(200),
  ordre_du_jour: texte(3000),
  president: personne('Choisissez qui préside.'),
  secretaire: personne('Choisissez qui rédige.'),
  membres: cases,
  quorum: entier('Écrivez le quorum, par exemple 3 (0 s’il n’y en a pas).'),
});

type ChampsSeance = z.infer<typeof champsSeance>;
const demandeDe = (valeurs: ChampsSeance) => ({
  numero: valeurs.numero,
  date: valeurs.date,
  vagueId: valeurs.vague,
  lieu: valeurs.lieu === '' ? null : valeurs.lieu,
  ordreDuJour: valeurs.ordre_du_jour === '' ? null : valeurs.ordre_du_jour,
  quorum: valeurs.quorum,
  president: valeurs.president,
  secretaire: valeurs.secretaire,
  membres: valeurs.membres,
});

const champsConnus = ['vague', 'numero', 'date', 'lieu', 'president', 'secretaire', 'quorum'];

/** The form of a session, new or being prepared. */
const montrerFormulaire = async (
  db: Database,
  seance: Seance | undefined,
  vu: {
    readonly valeurs: Readonly<Record<string, string>>;
    readonly membres: readonly string[];
    readonly erreurs?: Readonly<Record<string, string>>;
  },
): Promise<Reponse> => {
  const titre =
    seance === undefined ? 'Préparer une séance' : `Modifier la ${nomDeSeance(seance).toLowerCase()}`;
  return pageComite(
    titre,
    [{ texte: seance === undefined ? titre : nomDeSeance(seance) }],
    <PageFormulaireSeance
      action={seance === undefined ? '/comite/nouvelle' : `/comite/${seance.id}/modifier`}
      titre={titre}
      bouton={seance === undefined ? 'Préparer la séance' : 'Enregistrer'}
      renoncer={seance === undefined ? '/comite' : `/comite/${seance.id}`}
      version={seance?.version}
      valeurs={vu.valeurs}
      membres={vu.membres}
      erreurs={vu.erreurs ?? {}}
      possibles={await listMembresPossibles(db)}
      vagues={await listVaguesADecider(db)}
    />,
    vu.erreurs === undefined ? {} : { statut: 400 },
  );
};

/** The error of a form, on its field where the form has it. */
const erreurDe = ({ refus, message }: { readonly refus: string; readonly message: string }) => ({
  [champsConnus.includes(refus) ? refus : 'membres']: message,
});

const montrer = async (
  db: Database,
  identite: Identite,
  id: string,
  vu: Vu = {},
  { statut, suivi = false }: { readonly statut?: 400 | 409; readonly suivi?: boolean } = {},
): Promise<Reponse> => {
  const seance = await getSeance(db, id);
  if (seance === undefined) return absent;
  const avancement = seance.statut === 'close' ? await lireAvancement(db, id) : undefined;
  return pageComite(
    nomDeSeance(seance),
    [{ texte: nomDeSeance(seance) }],
    <PageSeance
      seance={seance}
      membres={await listMembres(db, id)}
      jauges={await lireJauges(db, seance)}
      avancement={avancement}
      suivi={suivi}
      administrateur={estAdministrateur(identite)}
      empechement={
        estAdministrateur(identite) && seance.statut === 'close'
          ? reouvertureEmpechee(await compterSuites(db, id))?.message
          : undefined
      }
      vu={vu}
    />,
    {
      ...(statut === undefined ? {} : { statut }),
      ...(suivi && avancement !== undefined && !estFait(avancement) ? { actualiser: 5 } : {}),
    },
  );
};

const apres = async (
  db: Database,
  identite: Identite,
  id: string,
  resultat: Resultat<unknown>,
  fait: Fait,
): Promise<Reponse> => {
  if (resultat.ok) return { type: 'redirection', vers: `/comite/${id}?fait=${fait}` };
  if (resultat.refus === 'absent') return absent;
  return montrer(db, identite, id, { refus: resultat.message }, { statut: 409 });
};

const montrerSuppression = async (db: Database, id: string, vu: Vu = {}): Promise<Reponse> => {
  const seance = await getSeance(db, id);
  if (seance === undefined) return absent;
  // Opened meanwhile: its page says where it stands.
  if (seance.statut !== 'preparation') return { type: 'redirection', vers: `/comite/${id}` };
  return pageComite(
    `Supprimer la ${nomDeSeance(seance).toLowerCase()}`,
    [{ texte: nomDeSeance(seance), href: `/comite/${id}` }, { texte: 'Suppression' }],
    <PageSuppression seance={seance} vu={vu} />,
    vu.refus === undefined ? {} : { statut: 409 },
  );
};

const membresSaisis = ({ choix }: Formulaire<ChampsSeance>): readonly string[] => choix['membres'] ?? [];

export const routesSeances: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/comite',
    access,
    input: schemaDeDemande(listeSeancesComite, { fait: champFait }),
    handler: async ({ input: { demande, fait }, db, identite }) => {
      const resultat = await lirePage(db, listeSeancesComite, demande);
      if (resultat === undefined) return absent;
      const page = pageComite(
        'Comité de sélection',
        [],
        <PageSeances
          liste={listeSeancesComite}
          demande={demande}
          resultat={resultat}
          parPage={parPage}
          administrateur={estAdministrateur(identite)}
          fait={fait}
        />,
      );
      return { ...page, fil: [{ texte: 'Mon espace', href: '/espace' }, { texte: 'Comité' }] };
    },
  }),
  ...routesDeFichiers(listeSeancesComite, '/comite', access),
  defineRoute({
    path: '/comite/nouvelle',
    access: administration,
    input: z.object({ vague: z.uuid('attend un numéro de vague').optional() }),
    handler: async ({ input, db }) => {
      const programme = await getProgramme(db);
      const vagues = await listVaguesADecider(db);
      const vague =
        vagues.find(({ id }) => id === input.vague) ?? vagues.find(({ instruites }) => instruites > 0);
      return montrerFormulaire(db, undefined, {
        membres: [],
        valeurs: {
          numero: programme === undefined ? '' : String(await prochainNumero(db, programme.id)),
          date: aujourdhui(systemClock),
          quorum: '2',
          ...(vague === undefined
            ? {}
            : {
                vague: vague.id,
                ordre_du_jour: `${vague.nom} : ${pluriel(vague.instruites, 'candidature à décider', 'candidatures à décider')}.`,
              }),
        },
      });
    },
  }),
  defineActe({
    path: '/comite/nouvelle',
    access: administration,
    input: z.object({}),
    champs: champsSeance,
    handler: async ({ db, identite, formulaire }) => {
      const vu = { valeurs: formulaire.saisie, membres: membresSaisis(formulaire) };
      if (!formulaire.ok) return montrerFormulaire(db, undefined, { ...vu, erreurs: formulaire.erreurs });
      const done = await preparerSeance(db, acteurDe(identite), demandeDe(formulaire.valeurs));
      if (!done.ok) return montrerFormulaire(db, undefined, { ...vu, erreurs: erreurDe(done) });
      return { type: 'redirection', vers: `/comite/${done.valeur}?fait=preparee` };
    },
  }),
  defineRoute({
    path: '/comite/:id',
    access,
    input: z.object({ id: uuid, fait: champFait, suivi: z.literal('oui').optional() }),
    handler: ({ input, db, identite }) =>
      montrer(db, identite, input.id, { fait: input.fait }, { suivi: input.suivi === 'oui' }),
  }),
  defineRoute({
    path: '/comite/:id/modifier',
    access: administration,
    input: z.object({ id: uuid }),
    handler: async ({ input, db }) => {
      const seance = await getSeance(db, input.id);
      if (seance?.statut !== 'preparation') return absent;
      const membres = await listMembres(db, seance.id);
      const de = (fonction: string) => membres.find((membre) => membre.fonction === fonction)?.id ?? '';
      return montrerFormulaire(db, seance, {
        membres: membres.filter(({ fonction }) => fonction === 'membre').map(({ id }) => id),
        valeurs: {
          vague: seance.vagueId,
          numero: String(seance.numero ?? ''),
          date: seance.date,
          lieu: seance.lieu ?? '',
          ordre_du_jour: seance.ordreDuJour ?? '',
          president: de('president'),
          secretaire: de('secretaire'),
          quorum: String(seance.quorum),
        },
      });
    },
  }),
  defineActe({
    path: '/comite/:id/modifier',
    access: administration,
    input: z.object({ id: uuid }),
    champs: champsSeance.extend({ version: champVersion }),
    handler: async ({ input, db, identite, formulaire }) => {
      const seance = await getSeance(db, input.id);
      if (seance === undefined) return absent;
      const vu = { valeurs: formulaire.saisie, membres: membresSaisis(formulaire) };
      if (!formulaire.ok) return montrerFormulaire(db, seance, { ...vu, erreurs: formulaire.erreurs });
      const done = await modifierSeance(db, acteurDe(identite), {
        id: seance.id,
        version: formulaire.valeurs.version,
        ...demandeDe(formulaire.valeurs),
      });
      if (!done.ok) return montrerFormulaire(db, seance, { ...vu, erreurs: erreurDe(done) });
      return { type: 'redirection', vers: `/comite/${seance.id}?fait=modifiee` };
    },
  }),
  defineRoute({
    path: '/comite/:id/supprimer',
    access: administration,
    input: z.object({ id: uuid }),
    handler: ({ input, db }) => montrerSuppression(db, input.id),
  }),
  defineActe({
    path: '/comite/:id/supprimer',
    access: administration,
    input: z.object({ id: uuid }),
    champs: z.object({ version: champVersion }),
    handler: async ({ input: { id }, db, identite, formulaire }) => {
      if (!formulaire.ok) return absent;
      const done = await supprimerSeance(db, acteurDe(identite), { id, ...formulaire.valeurs });
      if (done.ok) return { type: 'redirection', vers: '/comite?fait=supprimee' };
      return done.refus === 'absent' ? absent : montrerSuppression(db, id, { refus: done.message });
    },
  }),
  defineActe({
    path: '/comite/:id/presences',
    access,
    input: z.object({ id: uuid }),
    champs: z.object({ presents: cases.pipe(z.array(z.uuid())) }),
    handler: async ({ input, db, identite, formulaire }) => {
      if (!formulaire.ok || (await getSeance(db, input.id)) === undefined) return absent;
      const done = await noterPresences(db, acteurDe(identite), {
        seanceId: input.id,
        presents: formulaire.valeurs.presents,
      });
      return apres(db, identite, input.id, done, 'presences');
    },
  }),
  defineActe({
    path: '/comite/:id/ouvrir',
    access,
    input: z.object({ id: uuid }),
    champs: z.object({ version: champVersion }),
    handler: async ({ input, db, identite, formulaire }) => {
      if (!formulaire.ok || (await getSeance(db, input.id)) === undefined) return absent;
      const done = await ouvrirSeance(db, acteurDe(identite), {
        seanceId: input.id,
        version: formulaire.valeurs.version,
      });
      return apres(db, identite, input.id, done, 'ouverte');
    },
  }),
  defineActe({
    path: '/comite/:id/rouvrir',
    access: administration,
    input: z.object({ id: uuid }),
    champs: z.object({
      version: champVersion,
      motif: motifObligatoire('Écrivez pourquoi la séance est rouverte.'),
    }),
    handler: async ({ input, db, identite, formulaire, requete }) => {
      const { saisie } = formulaire;
      if (!formulaire.ok)
        return montrer(db, identite, input.id, { saisie, erreurs: formulaire.erreurs }, { statut: 400 });
      const done = await rouvrirSeance(db, acteurDe(identite), {
        seanceId: input.id,
        adresse: requete.adresse,
        ...formulaire.valeurs,
      });
      return apres(db, identite, input.id, done, 'rouverte');
    },
  }),
];
