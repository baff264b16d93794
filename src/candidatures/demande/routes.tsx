import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
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
import { compterNonLus } from '../instruction/store.ts';
import { listLettres } from '../notification/index.ts';
import { direEtat } from '../workflow.ts';
import { annulerModifications, commencer } from './brouillon.acts.ts';
import { etapes } from './champ.ts';
import { champsDe } from './champs.ts';
import { findMotif } from './decision.store.ts';
import { deposer, lireContexte, peutDeposer, sortir } from './depot.acts.ts';
import { routesDepots } from './depots.routes.tsx';
import { routesEquipe } from './equipe.routes.tsx';
import { adresseDe, routesFormulaire } from './formulaire.routes.tsx';
import { ouvertureDe, sortieDe } from './ouverture.rules.ts';
import { access, fait, faits, filDe, id, page, version } from './pages.ts';
import { lieuxSaisis, sectionsDe, sontInchanges } from './saisie.rules.ts';
import {
  type Candidature,
  findCandidature,
  findService,
  findStructureDeclaree,
  listCandidatures,
  listVaguesProposees,
} from './store.ts';
import { situationDe } from './suivi.rules.ts';
import { champsAVerifier, verifier } from './verification.ts';
import { listVersions, type Version } from './versions.store.ts';
import { PageCandidatures, PageNouvelle } from './views/page-candidatures.tsx';
import { type Manque, PageRecapitulatif } from './views/page-recapitulatif.tsx';
import { PageAnnulation, PageSortie } from './views/page-sortie.tsx';
import { PageSuivi } from './views/page-suivi.tsx';

const nulle = '00000000-0000-0000-0000-000000000000';

/** The structure that the acting role manages. */
const structureDe = ({ habilitation }: Identite): string =>
  (habilitation?.niveau === 'structure' ? habilitation.perimetre : null) ?? nulle;

/** Whether something was typed since what was submitted last: of a correction, in what it asks for. */
const aChange = (candidature: Candidature, derniere: Version | undefined): boolean => {
  if (derniere === undefined) return false;
  const { saisie } = candidature;
  const deposee = derniere.contenu.saisie;
  const ouverture = ouvertureDe(candidature);
  return ouverture.mode === 'correction'
    ? !sontInchanges(ouverture.champs, saisie, deposee)
    : JSON.stringify(deposee) !== JSON.stringify(saisie);
};

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
  { refus, erreurs = {} }: { readonly refus?: string; readonly erreurs?: ErreursFormulaire } = {},
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
      etapes={etapes}
      manques={lesManques(candidature, verifier(champsAVerifier(candidature), candidature.saisie, contexte))}
      peutDeposer={peutDeposer(candidature, personne)}
      change={aChange(candidature, derniere)}
      refus={refus}
      erreurs={erreurs}
    />,
    refus !== undefined ? 409 : Object.keys(erreurs).length > 0 ? 400 : undefined,
  );
};

const pageSortie = (
  candidature: Candidature,
  etat: { readonly motif?: string; readonly erreurs?: ErreursFormulaire; readonly refus?: string } = {},
): Reponse => {
  const sortie = sortieDe(candidature.statut);
  if (sortie === undefined) return { type: 'redirection', vers: adresseDe(candidature.id) };
  const { erreurs = {}, refus } = etat;
  const enErreur = Object.keys(erreurs).length > 0;
  return page(
    sortie === 'abandonner' ? 'Abandonner le brouillon' : 'Retirer la candidature',
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

const pageAnnulation = async (db: Database, candidatureId: string, refus?: string): Promise<Reponse> => {
  const candidature = await findCandidature(db, candidatureId);
  if (candidature === undefined) return absent;
  const [derniere] = await listVersions(db, candidatureId);
  const rien = ouvertureDe(candidature).mode === 'lecture' || !aChange(candidature, derniere);
  if (derniere === undefined || (rien && refus === undefined))
    return { type: 'redirection', vers: adresseDe(candidatureId) };
  return page(
    'Abandonner les modifications',
    filDe(candidature, 'Abandonner les modifications'),
    <PageAnnulation candidature={candidature} depot={derniere.numero} refus={refus} />,
    refus === undefined ? undefined : 409,
  );
};

/** Who applies without the role is told which it is, and who gives it. */
const accesPourCommencer = {
  ...access,
  refus:
    'On candidate au nom d’une structure, avec le rôle «\u00a0Gestionnaire de structure\u00a0»\u00a0: demandez à une personne qui la gère, ou à votre préfecture, de vous inviter. Si vous l’avez déjà, changez de rôle dans Mon espace. Si la structure n’a pas encore de compte, déconnectez-vous et ouvrez-en un depuis la page Candidater.',
} as const;

export const routesDemande: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/candidatures',
    access: accesPourCommencer,
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
            candidatures={(await listCandidatures(db, structure.id)).map((candidature) => ({
              ...candidature,
              etat: direEtat(candidature.statut, candidature.decisionRetiree),
            }))}
            vagues={await listVaguesProposees(db, structure.id)}
          />,
        ),
        fil: [{ texte: 'Mon espace', href: '/espace' }, { texte: 'Candidatures' }],
      };
    },
  }),
  defineRoute({
    path: '/candidatures/nouvelle',
    access: accesPourCommencer,
    input: z.object({ vague: id }),
    handler: async ({ input, db, identite }) => {
      const structure = await findStructureDeclaree(db, structureDe(identite));
      const [vague] = structure === undefined ? [] : await listVaguesProposees(db, structure.id, input.vague);
      if (structure === undefined || vague === undefined) return absent;
      return page(
        `Candidater à «\u00a0${vague.nom}\u00a0»`,
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
    access: accesPourCommencer,
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
        `Candidater à «\u00a0${vague.nom}\u00a0»`,
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
          etat={direEtat(candidature.statut, candidature.decisionRetiree)}
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
    champs: z.object({ version, sans_changement: z.literal('oui').optional() }),
    handler: async ({ input, db, identite, requete, formulaire }) => {
      const personne = identite.personne.id;
      const depose = await deposer(db, acteurDe(identite), {
        id: input.id,
        version: formulaire.ok ? formulaire.valeurs.version : -1,
        personne,
        adresse: requete.adresse,
        sansChangement: formulaire.ok && formulaire.valeurs.sans_changement === 'oui',
      });
      const suivi = (fait: keyof typeof faits): Reponse => ({
        type: 'redirection',
        vers: `${adresseDe(input.id)}?fait=${fait}`,
      });
      if (depose.ok) return suivi(depose.valeur.mode === 'correction' ? 'corrigee' : 'deposee');
      const candidature = await findCandidature(db, input.id);
      if (candidature === undefined) return absent;
      // A second click finds it done.
      if (depose.refus === 'inchangee') return suivi('deposee');
      return recapitulatif(
        db,
        candidature,
        personne,
        depose.refus === 'sans_changement'
          ? { erreurs: { sans_changement: depose.message } }
          : { refus: depose.message },
      );
    },
  }),
  defineRoute({
    path: '/candidatures/:id/annulation',
    access,
    input: z.object({ id }),
    handler: async ({ input, db }) => pageAnnulation(db, input.id),
  }),
  defineActe({
    path: '/candidatures/:id/annulation',
    access,
    input: z.object({ id }),
    champs: z.object({ version }),
    handler: async ({ input, db, identite, formulaire }) => {
      const done = await annulerModifications(db, acteurDe(identite), {
        id: input.id,
        version: formulaire.ok ? formulaire.valeurs.version : -1,
      });
      if (done.ok) return { type: 'redirection', vers: `${adresseDe(input.id)}?fait=annulee` };
      return done.refus === 'absent' ? absent : pageAnnulation(db, input.id, done.message);
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
      if (sorti.ok) return { type: 'redirection', vers: `${adresseDe(input.id)}?fait=${sorti.valeur}` };
      return pageSortie(candidature, {
        motif,
        ...(sorti.refus === 'motif'
          ? { erreurs: { motif: 'Écrivez le motif, en quelques mots.' } }
          : { refus: sorti.message }),
      });
    },
  }),
  ...routesDepots,
  ...routesEquipe,
];
