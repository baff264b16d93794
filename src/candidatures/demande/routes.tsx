import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { fontsFolder } from '../../platform/fonts.ts';
import { lireHistorique } from '../../platform/historique.ts';
import { acteurDe, type Identite } from '../../platform/http/identite.ts';
import {
  absent,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  type Page,
  type Reponse,
} from '../../platform/http/route.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { donnerFichier } from '../fichiers.tsx';
import { compterNonLus } from '../instruction/store.ts';
import { listLettres } from '../notification/index.ts';
import { workflowCandidature } from '../workflow.ts';
import { composerAccuse } from './accuse.rules.ts';
import { commencer } from './brouillon.acts.ts';
import { champsDe, etapes } from './champs.ts';
import { findMotif } from './decision.store.ts';
import { deposer, lireContexte, peutDeposer, sortir } from './depot.acts.ts';
import { changerPorteur, permettreDeDeposer, peutChangerLePorteur } from './equipe.acts.ts';
import { listGestionnaires } from './equipe.store.ts';
import { accusePdf } from './formats/accuse.ts';
import { adresseDe, filCandidatures, routesFormulaire } from './formulaire.routes.tsx';
import { ouvertureDe, sortieDe } from './ouverture.rules.ts';
import { differences, lieuxSaisis, sectionsDe, texteSaisi } from './saisie.rules.ts';
import {
  type Candidature,
  estPiece,
  findCandidature,
  findService,
  findStructureDeclaree,
  listCandidatures,
  listVaguesProposees,
} from './store.ts';
import { situationDe } from './suivi.rules.ts';
import { champsAVerifier, verifier } from './verification.ts';
import { listVersions } from './versions.store.ts';
import { PageCandidatures, PageNouvelle } from './views/page-candidatures.tsx';
import { PageEquipe } from './views/page-equipe.tsx';
import { type Manque, PageRecapitulatif } from './views/page-recapitulatif.tsx';
import { PageSortie } from './views/page-sortie.tsx';
import { PageSuivi } from './views/page-suivi.tsx';
import { PageVersion } from './views/page-version.tsx';

const access = { type: 'role', roles: ['gestionnaire'] } as const;
/** Whoever reads an application reads its files. */
const lecteurs = {
  type: 'role',
  roles: ['gestionnaire', 'instructeur', 'membre_comite', 'administrateur'],
} as const;
/** Each submission, as it was made: for both sides, and for who watches over them. */
const depots = { type: 'role', roles: ['gestionnaire', 'instructeur', 'administrateur'] } as const;
const equipe = { type: 'role', roles: ['gestionnaire', 'instructeur'] } as const;
const id = z.uuid('n’est pas un identifiant');
const version = z.coerce.number().int().min(0).max(2_147_483_647);

const page = (titre: string, fil: Page['fil'], contenu: Page['contenu'], statut?: Page['statut']): Page => ({
  type: 'page',
  titre: statut === undefined ? titre : `Erreur : ${titre}`,
  description: 'Les candidatures de la structure, du brouillon à la décision.',
  fil: [...filCandidatures, ...fil],
  contenu,
  ...(statut === undefined ? {} : { statut }),
});

const nulle = '00000000-0000-0000-0000-000000000000';

/** The structure that the acting role manages. */
const structureDe = ({ habilitation }: Identite): string =>
  (habilitation?.niveau === 'structure' ? habilitation.perimetre : null) ?? nulle;

const filDe = ({ id: candidature, vague }: Candidature, texte: string): Page['fil'] => [
  { texte: vague.nom, href: adresseDe(candidature) },
  { texte },
];

/** The page of the application where its reader works on it. */
const retourDe = ({ habilitation }: Identite, candidature: string): string =>
  habilitation?.role === 'gestionnaire' ? adresseDe(candidature) : `/prefecture/candidatures/${candidature}`;

/** A page that both sides read, under the application as each knows it. */
const pageDesDeux = (
  identite: Identite,
  candidature: Candidature,
  titre: string,
  contenu: Page['contenu'],
  statut?: Page['statut'],
): Page => {
  const faite = page(titre, filDe(candidature, titre), contenu, statut);
  if (identite.habilitation?.role === 'gestionnaire') return faite;
  return {
    ...faite,
    fil: [
      { texte: 'Mon espace', href: '/espace' },
      { texte: 'Candidatures', href: '/prefecture/candidatures' },
      { texte: candidature.structure.nom, href: retourDe(identite, candidature.id) },
      { texte: titre },
    ],
  };
};

const faits = {
  enregistree: 'Ce que vous avez écrit est enregistré.',
  deposee: 'Votre candidature est déposée. Un accusé de réception vous est envoyé par courriel.',
  sortie: 'C’est fait.',
  equipe: 'C’est enregistré.',
} as const;
const fait = z.enum(Object.keys(faits) as [keyof typeof faits]).optional();

const aChange = (
  { saisie }: Candidature,
  derniere: { readonly contenu: { readonly saisie: unknown } } | undefined,
) => derniere !== undefined && JSON.stringify(derniere.contenu.saisie) !== JSON.stringify(saisie);

/** Where a wrong answer is corrected, whatever its control is called. */
const lesManques = (candidature: Candidature, erreurs: ErreursFormulaire): readonly Manque[] => {
  const champs = champsDe(candidature.vague);
  const lieux = lieuxSaisis(candidature.saisie);
  return Object.entries(erreurs).map(([nom, message]) => {
    const rang = /^lieux-(\d+)-/.exec(nom)?.[1];
    const etape =
      champs.find((champ) => champ.nom === (rang === undefined ? nom : 'lieux'))?.etape ?? 'structure';
    const lieu =
      rang === undefined
        ? ''
        : `Lieu ${Number(rang) + 1}${lieux[Number(rang)]?.nom ? ` (${lieux[Number(rang)]?.nom})` : ''} : `;
    return { nom, etape, titre: etapes[etape], message: `${lieu}${message}` };
  });
};

const recapitulatif = async (
  db: Database,
  candidature: Candidature,
  personne: string,
  refus?: string,
): Promise<Page> => {
  const champs = champsDe(candidature.vague);
  const contexte = await lireContexte(db, candidature);
  const [derniere] = await listVersions(db, candidature.id);
  return page(
    'Récapitulatif de la candidature',
    filDe(candidature, 'Récapitulatif'),
    <PageRecapitulatif
      candidature={candidature}
      ouverture={ouvertureDe(candidature)}
      sections={sectionsDe(champs, etapes, candidature.saisie, contexte)}
      manques={lesManques(candidature, verifier(champsAVerifier(candidature), candidature.saisie, contexte))}
      peutDeposer={peutDeposer(candidature, personne)}
      change={aChange(candidature, derniere)}
      refus={refus}
    />,
    refus === undefined ? undefined : 409,
  );
};

const pageEquipe = async (
  db: Database,
  candidature: Candidature,
  identite: Identite,
  etat: { readonly refus?: string; readonly fait?: string | undefined } = {},
): Promise<Page> =>
  pageDesDeux(
    identite,
    candidature,
    'Qui écrit, qui dépose',
    <PageEquipe
      candidature={candidature}
      retour={retourDe(identite, candidature.id)}
      gestionnaires={await listGestionnaires(db, candidature.structure.id)}
      moi={identite.personne.id}
      peutChanger={peutChangerLePorteur(candidature, acteurDe(identite), identite.personne.id)}
      refus={etat.refus}
      fait={etat.fait}
    />,
    etat.refus === undefined ? undefined : 409,
  );

const pageSortie = (
  candidature: Candidature,
  etat: { readonly motif?: string; readonly erreurs?: ErreursFormulaire; readonly refus?: string } = {},
): Reponse => {
  const sortie = sortieDe(candidature.statut);
  if (sortie === undefined) return { type: 'redirection', vers: adresseDe(candidature.id) };
  const { erreurs = {}, refus } = etat;
  const enErreur = Object.keys(erreurs).length > 0;
  return page(
    'Retirer la candidature',
    filDe(candidature, 'Retirer'),
    <PageSortie
      candidature={candidature}
      sortie={sortie}
      motif={etat.motif}
      erreurs={erreurs}
      refus={refus}
    />,
    enErreur ? 400 : refus === undefined ? undefined : 409,
  );
};

export const routesDemande: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/candidatures',
    access,
    input: z.object({}),
    handler: async ({ db, identite }) => {
      const structure = await findStructureDeclaree(db, structureDe(identite));
      if (structure === undefined) return absent;
      return {
        ...page(
          'Candidatures',
          [],
          <PageCandidatures
            structure={structure.nom}
            candidatures={await listCandidatures(db, structure.id)}
            vagues={await listVaguesProposees(db, structure.id)}
            etats={workflowCandidature.etats}
          />,
        ),
        fil: [{ texte: 'Mon espace', href: '/espace' }, { texte: 'Candidatures' }],
      };
    },
  }),
  defineRoute({
    path: '/candidatures/nouvelle',
    access,
    input: z.object({ vague: id }),
    handler: async ({ input, db, identite }) => {
      const structure = await findStructureDeclaree(db, structureDe(identite));
      const [vague] = structure === undefined ? [] : await listVaguesProposees(db, structure.id, input.vague);
      if (structure === undefined || vague === undefined) return absent;
      return page(
        `Candidater à ${vague.nom}`,
        [{ texte: vague.nom }],
        <PageNouvelle
          structure={structure.nom}
          vague={vague}
          refus={
            vague.active === null
              ? undefined
              : { message: 'Votre structure a déjà une candidature à cette vague.', active: vague.active }
          }
        />,
      );
    },
  }),
  defineActe({
    path: '/candidatures/nouvelle',
    access,
    input: z.object({}),
    champs: z.object({ vague: id }),
    handler: async ({ db, identite, formulaire }) => {
      if (!formulaire.ok) return absent;
      const structureId = structureDe(identite);
      const vagueId = formulaire.valeurs.vague;
      const commencee = await commencer(db, acteurDe(identite), {
        vagueId,
        structureId,
        personne: identite.personne,
      });
      if (commencee.ok)
        return {
          type: 'redirection',
          vers: `${adresseDe(commencee.valeur)}/formulaire/structure?fait=commencee`,
        };
      const [vague] = await listVaguesProposees(db, structureId, vagueId);
      const structure = await findStructureDeclaree(db, structureId);
      if (vague === undefined || structure === undefined) return absent;
      return page(
        `Candidater à ${vague.nom}`,
        [{ texte: vague.nom }],
        <PageNouvelle
          structure={structure.nom}
          vague={vague}
          refus={{ message: commencee.message, active: commencee.active }}
        />,
        409,
      );
    },
  }),
  defineRoute({
    path: '/candidatures/:id',
    access,
    input: z.object({ id, fait }),
    handler: async ({ input, db, identite, requete }) => {
      const candidature = await findCandidature(db, input.id);
      if (candidature === undefined) return absent;
      const versions = await listVersions(db, input.id);
      return page(
        `Candidature à ${candidature.vague.nom}`,
        [{ texte: candidature.vague.nom }],
        <PageSuivi
          candidature={candidature}
          etat={workflowCandidature.etats[candidature.statut]}
          ouverture={ouvertureDe(candidature)}
          situation={situationDe(candidature)}
          versions={versions}
          change={aChange(candidature, versions[0])}
          service={await findService(db, candidature.structure.departement)}
          historique={await lireHistorique(db, requete.phrases, 'candidature', input.id)}
          lettres={await listLettres(db, input.id)}
          motif={await findMotif(db, input.id)}
          nonLus={await compterNonLus(db, input.id, 'structure', identite.personne.id)}
          fait={input.fait === undefined ? undefined : faits[input.fait]}
        />,
      );
    },
  }),
  defineRoute({
    path: '/candidatures/:id/formulaire',
    access,
    input: z.object({ id }),
    handler: async ({ input, db }) => {
      const candidature = await findCandidature(db, input.id);
      if (candidature === undefined) return absent;
      const ouverture = ouvertureDe(candidature);
      const champs = champsDe(candidature.vague);
      const premiere =
        ouverture.mode === 'correction'
          ? champs.find(({ nom }) => ouverture.champs.includes(nom))?.etape
          : champs[0]?.etape;
      const vers = ouverture.mode === 'lecture' ? 'recapitulatif' : `formulaire/${premiere ?? 'structure'}`;
      return { type: 'redirection', vers: `${adresseDe(input.id)}/${vers}` };
    },
  }),
  ...routesFormulaire,
  defineRoute({
    path: '/candidatures/:id/recapitulatif',
    access,
    input: z.object({ id }),
    handler: async ({ input, db, identite }) => {
      const candidature = await findCandidature(db, input.id);
      return candidature === undefined ? absent : recapitulatif(db, candidature, identite.personne.id);
    },
  }),
  defineActe({
    path: '/candidatures/:id/deposer',
    access,
    input: z.object({ id }),
    champs: z.object({ version }),
    handler: async ({ input, db, identite, requete, formulaire }) => {
      const personne = identite.personne.id;
      const depose = await deposer(db, acteurDe(identite), {
        id: input.id,
        version: formulaire.ok ? formulaire.valeurs.version : -1,
        personne,
        adresse: requete.adresse,
      });
      const suivi: Reponse = { type: 'redirection', vers: `${adresseDe(input.id)}?fait=deposee` };
      if (depose.ok) return suivi;
      const candidature = await findCandidature(db, input.id);
      if (candidature === undefined) return absent;
      // A second click finds it done.
      if (depose.refus === 'inchangee') return suivi;
      return recapitulatif(db, candidature, personne, depose.message);
    },
  }),
  defineRoute({
    path: '/candidatures/:id/versions/:numero',
    access: depots,
    input: z.object({ id, numero: version }),
    handler: async ({ input, db, identite }) => {
      const candidature = await findCandidature(db, input.id);
      const versions = candidature === undefined ? [] : await listVersions(db, input.id);
      const lue = versions.find(({ numero }) => numero === input.numero);
      if (candidature === undefined || lue === undefined) return absent;
      const avant = versions.find(({ numero }) => numero === input.numero - 1);
      return pageDesDeux(
        identite,
        candidature,
        `Dépôt n° ${lue.numero}`,
        <PageVersion
          id={input.id}
          retour={retourDe(identite, input.id)}
          version={lue}
          ecarts={avant && differences(avant.contenu.sections, lue.contenu.sections)}
        />,
      );
    },
  }),
  defineRoute({
    path: '/candidatures/:id/accuse/:numero',
    access: depots,
    limite: 'export',
    input: z.object({ id, numero: version }),
    handler: async ({ input, db }) => {
      const candidature = await findCandidature(db, input.id);
      const versions = candidature === undefined ? [] : await listVersions(db, input.id);
      const lue = versions.find(({ numero }) => numero === input.numero);
      if (candidature === undefined || lue === undefined) return absent;
      const { saisie, service } = lue.contenu;
      const accuse = composerAccuse({
        numero: candidature.numero,
        version: lue.numero,
        vague: candidature.vague.nom,
        structure: texteSaisi(saisie, 'raison_sociale'),
        identifiant: texteSaisi(saisie, 'identifiant'),
        postes: Number(texteSaisi(saisie, 'postes').replace(/\s/g, '')),
        recueLe: lue.deposeeLe,
        service,
      });
      return {
        type: 'fichier',
        mime: 'application/pdf',
        corps: await accusePdf(
          accuse,
          { service: service.nom, jour: lue.deposeeLe.slice(0, 10) },
          fontsFolder,
        ),
        nom: `accuse-de-reception-${candidature.numero}-${lue.numero}.pdf`,
      };
    },
  }),
  defineRoute({
    path: '/candidatures/:id/pieces/:fichier',
    access: lecteurs,
    limite: 'export',
    input: z.object({ id, fichier: id }),
    handler: async ({ input, db, requete }) => {
      if (!(await estPiece(db, input.id, input.fichier))) return absent;
      return donnerFichier(db, requete, input.fichier);
    },
  }),
  defineRoute({
    path: '/candidatures/:id/sortie',
    access,
    input: z.object({ id }),
    handler: async ({ input, db }) => {
      const candidature = await findCandidature(db, input.id);
      return candidature === undefined ? absent : pageSortie(candidature);
    },
  }),
  defineActe({
    path: '/candidatures/:id/sortie',
    access,
    input: z.object({ id }),
    champs: z.object({
      version,
      motif: z.string().trim().max(2000, 'Écrivez 2 000 caractères au plus.').default(''),
    }),
    handler: async ({ input, db, identite, formulaire }) => {
      const candidature = await findCandidature(db, input.id);
      if (candidature === undefined) return absent;
      const motif = formulaire.saisie['motif'] ?? '';
      if (!formulaire.ok) return pageSortie(candidature, { motif, erreurs: formulaire.erreurs });
      const sorti = await sortir(db, acteurDe(identite), {
        id: input.id,
        personne: identite.personne.id,
        ...formulaire.valeurs,
      });
      if (sorti.ok) return { type: 'redirection', vers: `${adresseDe(input.id)}?fait=sortie` };
      return pageSortie(candidature, {
        motif,
        ...(sorti.refus === 'motif'
          ? { erreurs: { motif: 'Écrivez le motif, en quelques mots.' } }
          : { refus: sorti.message }),
      });
    },
  }),
  defineRoute({
    path: '/candidatures/:id/equipe',
    access: equipe,
    input: z.object({ id, fait }),
    handler: async ({ input, db, identite }) => {
      const candidature = await findCandidature(db, input.id);
      if (candidature === undefined) return absent;
      return pageEquipe(db, candidature, identite, {
        fait: input.fait === undefined ? undefined : faits[input.fait],
      });
    },
  }),
  defineActe({
    path: '/candidatures/:id/equipe/porteur',
    access: equipe,
    input: z.object({ id }),
    champs: z.object({ nouveau: z.string().default('') }),
    handler: async ({ input, db, identite, requete, formulaire }) => {
      const done = await changerPorteur(db, acteurDe(identite), {
        id: input.id,
        personne: identite.personne.id,
        nouveau: formulaire.ok ? formulaire.valeurs.nouveau : '',
        adresse: requete.adresse,
      });
      if (done.ok) return { type: 'redirection', vers: `${adresseDe(input.id)}/equipe?fait=equipe` };
      const candidature = await findCandidature(db, input.id);
      return candidature === undefined
        ? absent
        : pageEquipe(db, candidature, identite, { refus: done.message });
    },
  }),
  defineActe({
    path: '/candidatures/:id/equipe/depositaires',
    access,
    input: z.object({ id }),
    champs: z.object({ permis: z.union([z.string(), z.array(z.string())]).default([]) }),
    handler: async ({ input, db, identite, formulaire }) => {
      const done = await permettreDeDeposer(db, acteurDe(identite), {
        id: input.id,
        personne: identite.personne.id,
        permis: formulaire.ok ? [formulaire.valeurs.permis].flat() : [],
      });
      if (done.ok) return { type: 'redirection', vers: `${adresseDe(input.id)}/equipe?fait=equipe` };
      const candidature = await findCandidature(db, input.id);
      return candidature === undefined
        ? absent
        : pageEquipe(db, candidature, identite, { refus: done.message });
    },
  }),
  defineRoute({
    path: '/candidatures/:id/lettres/:fichier',
    access,
    limite: 'export',
    input: z.object({ id, fichier: id }),
    handler: async ({ input, db, requete }) => {
      const lettre = (await listLettres(db, input.id)).find((une) => une.id === input.fichier);
      return donnerFichier(db, requete, lettre?.id);
    },
  }),
];
