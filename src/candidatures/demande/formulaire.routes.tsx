import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { extensionsAcceptees, formatsDits, ouvrirDepot } from '../../platform/fichiers/index.ts';
import { dateLongue } from '../../platform/francais/index.ts';
import { acteurDe } from '../../platform/http/identite.ts';
import {
  absent,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  type Page,
  type Requete,
} from '../../platform/http/route.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { chercherDansAnnuaire, remplirDepuisAnnuaire } from './annuaire.acts.ts';
import { champsOuverts, enregistrer, joindrePiece, retirerPiece } from './brouillon.acts.ts';
import { type ChampNomme, type Etape, etapes, type LieuSaisi, type SaisieCandidature } from './champ.ts';
import { type ChoixDeCommune, proposerCommunes } from './communes.ts';
import { lireContexte } from './depot.acts.ts';
import { ouvertureDe } from './ouverture.rules.ts';
import { communesChoisies, lieuxSaisis, lireEnvoi, partie, sectionsDe, texteSaisi } from './saisie.rules.ts';
import { type Candidature, findCandidature, listLieux } from './store.ts';
import { verifier } from './verification.ts';
import { PageFormulaire } from './views/page-formulaire.tsx';

const access = { type: 'role', roles: ['gestionnaire'] } as const;

const cles = Object.keys(etapes) as [Etape, ...Etape[]];
export const adresseDe = (id: string): string => `/candidatures/${id}`;
export const filCandidatures = [
  { texte: 'Mon espace', href: '/espace' },
  { texte: 'Candidatures', href: '/candidatures' },
];

/** What was typed as it was drawn: only who sends the form could have changed it, for themselves. */
const schemaAvant = z.record(
  z.string(),
  z.union([
    z.string(),
    z.array(z.string()),
    z.array(
      z.object({
        lieu_id: z.string().exactOptional(),
        nom: z.string(),
        adresse: z.string(),
        commune: z.string(),
        itinerant: z.string(),
      }),
    ),
  ]),
);

const lireAvant = (texte: unknown): SaisieCandidature => {
  try {
    return schemaAvant.safeParse(JSON.parse(String(texte))).data ?? {};
  } catch {
    return {};
  }
};

/** The fields of each step that may be written now, without the steps that have none. */
const etapesOuvertes = (candidature: Candidature) => {
  const parEtape = Map.groupBy(champsOuverts(candidature, ouvertureDe(candidature)), ({ etape }) => etape);
  return [...parEtape].map(([cle, champs]) => ({ cle, titre: etapes[cle], champs }));
};

const faits = {
  commencee: 'Votre candidature est commencée. Elle est enregistrée au fur et à mesure.',
  jointe: 'Les fichiers choisis sont joints.',
  retiree: 'Le fichier est retiré.',
} as const;

type Etat = {
  /** Shown in place of what is saved: a colleague's answer stands, one's own is not lost. */
  readonly tapee?: SaisieCandidature;
  readonly erreurs?: ErreursFormulaire;
  readonly verifier?: boolean;
  readonly ajouter?: boolean;
  readonly fait?: string | undefined;
  /** A file about to be taken away: asked first. */
  readonly aRetirer?: string | undefined;
  readonly avis?: string | undefined;
  readonly statut?: 400;
};

const montrer = async (
  { db, requete }: { readonly db: Database; readonly requete: Requete },
  candidature: Candidature,
  etape: Etape,
  etat: Etat = {},
): Promise<Page | undefined> => {
  const ouvertes = etapesOuvertes(candidature);
  const rang = ouvertes.findIndex(({ cle }) => cle === etape);
  const courante = ouvertes[rang];
  if (courante === undefined) return undefined;
  const { id, vague, structure, correction } = candidature;
  const { champs } = courante;
  const saisie = { ...candidature.saisie, ...etat.tapee };
  const contexte = await lireContexte(db, { ...candidature, saisie });
  const choixCommunes =
    etat.verifier || etat.tapee
      ? await proposerCommunes(db, partie(saisie, champs), structure.departement)
      : new Map<string, readonly ChoixDeCommune[]>();
  const erreurs: Record<string, string> = {
    ...(etat.verifier ? verifier(champs, saisie, contexte) : {}),
    ...etat.erreurs,
  };
  for (const [nom, choix] of choixCommunes)
    if (choix.length > 1 && erreurs[nom] !== undefined)
      erreurs[nom] = 'Plusieurs communes portent ce nom\u00a0: choisissez la vôtre dans la liste.';
  const suivante = ouvertes[rang + 1]?.cle;
  const ouverture = ouvertureDe(candidature);
  const titre = `${courante.titre} – candidature`;
  return {
    type: 'page',
    titre: Object.keys(erreurs).length > 0 ? `Erreur : ${titre}` : titre,
    description: 'Remplir la candidature de la structure.',
    fil: [...filCandidatures, { texte: vague.nom, href: adresseDe(id) }, { texte: courante.titre }],
    ilots: ['brouillon'],
    ...(etat.statut === undefined ? {} : { statut: etat.statut }),
    contenu: (
      <PageFormulaire
        id={id}
        vague={vague.nom}
        etapes={ouvertes.map(({ cle, titre, champs: siens }) => ({
          cle,
          titre,
          complete: Object.keys(verifier(siens, saisie, contexte)).length === 0,
        }))}
        etape={etape}
        champs={champs}
        avant={JSON.stringify(partie(candidature.saisie, champs))}
        correction={
          ouverture.mode === 'correction' && correction !== null
            ? { demande: correction.demande, echeance: dateLongue(correction.echeance) }
            : null
        }
        identite={
          structure.verrouillee && structure.identifiant !== null
            ? { identifiant: structure.identifiant, nom: structure.raisonSociale ?? structure.nom }
            : null
        }
        annuaire={requete.config.annuaire !== undefined}
        fait={etat.fait}
        avis={etat.avis}
        enModification={ouverture.mode === 'modification'}
        suivante={
          suivante === undefined
            ? `${adresseDe(id)}/recapitulatif`
            : `${adresseDe(id)}/formulaire/${suivante}`
        }
        contexte={{
          saisie,
          erreurs,
          communes: contexte.communes,
          choixCommunes,
          pieces: contexte.pieces,
          lieuxConnus: etape === 'lieux' ? await listLieux(db, structure.id) : [],
          rangeeVide: etat.ajouter === true,
          candidature: id,
          aRetirer: etat.aRetirer,
          formats: `${formatsDits(requete.config.fichierMax)}, 10 fichiers au plus par question.`,
          extensions: extensionsAcceptees.map((extension) => `.${extension}`).join(','),
        }}
      />
    ),
  };
};

const input = z.object({
  id: z.uuid('n’est pas un identifiant'),
  etape: z.enum(cles, { error: 'n’est pas une étape' }),
});

/** A place that the structure has, as a row to complete. */
const lieuRepris = async (
  db: Database,
  { structure }: Candidature,
  lieuId: unknown,
): Promise<readonly LieuSaisi[]> => {
  const lieu = (await listLieux(db, structure.id)).find(({ id }) => id === lieuId);
  if (lieu === undefined) return [];
  return [
    {
      lieu_id: lieu.id,
      nom: lieu.nom,
      adresse: '',
      commune: structure.communeCode ?? '',
      itinerant: lieu.itinerant ? 'oui' : '',
    },
  ];
};

/** What a conflict says of a field: the answer of the colleague, beside one's own which is still in the field. */
const phraseDeConflit = async (
  db: Database,
  candidature: Candidature,
  champ: ChampNomme,
): Promise<string> => {
  const [section] = sectionsDe([champ], etapes, candidature.saisie, await lireContexte(db, candidature));
  const leur = section?.lignes[0]?.valeurs.join(' ; ') ?? '';
  return `${champ.libelle} : un collègue a écrit entre-temps « ${leur || 'rien'} », et c’est ce qui est gardé. Votre réponse est encore dans le champ : enregistrez pour la garder à la place, ou recopiez la sienne.`;
};

/** An empty field comes as a file without a name; an empty file has one, and is to be refused. */
const fichiersDe = (valeur: unknown): readonly File[] =>
  [valeur]
    .flat()
    .filter(
      (element): element is File => element instanceof File && (element.size > 0 || element.name !== ''),
    );

export const routesFormulaire: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/candidatures/:id/formulaire/:etape',
    access,
    input: input.extend({
      verifier: z.enum(['oui']).optional(),
      ajouter: z.enum(['oui']).optional(),
      retirer: z.uuid().optional(),
      fait: z.enum(Object.keys(faits) as [keyof typeof faits]).optional(),
    }),
    handler: async ({ input: { id, etape, fait, ...demande }, db, requete }) => {
      const candidature = await findCandidature(db, id);
      if (candidature === undefined) return absent;
      const page = await montrer({ db, requete }, candidature, etape, {
        verifier: demande.verifier === 'oui',
        ajouter: demande.ajouter === 'oui',
        aRetirer: demande.retirer,
        fait: fait === undefined ? undefined : faits[fait],
      });
      return page ?? { type: 'redirection', vers: `${adresseDe(id)}/recapitulatif` };
    },
  }),
  defineActe({
    path: '/candidatures/:id/formulaire/:etape',
    access,
    fichiers: true,
    input,
    champs: z.record(z.string(), z.unknown()),
    handler: async ({ input: { id, etape }, db, requete, identite, formulaire }) => {
      const candidature = await findCandidature(db, id);
      if (candidature === undefined) return absent;
      const envoi = formulaire.ok ? formulaire.valeurs : {};
      const automatique = envoi['automatique'] === 'oui';
      const ouvertes = etapesOuvertes(candidature);
      const rang = ouvertes.findIndex(({ cle }) => cle === etape);
      const champs = ouvertes[rang]?.champs ?? [];
      const suite = String(envoi['suite'] ?? 'continuer');
      const lue = lireEnvoi(champs, envoi);
      const retiree = /^retirer-(\d+)$/.exec(suite)?.[1];
      const rangees: readonly LieuSaisi[] = [
        ...lieuxSaisis(lue).filter((_, index) => String(index) !== retiree),
        ...(suite === 'existant' ? await lieuRepris(db, candidature, envoi['existant']) : []),
      ];
      const tapee = 'lieux' in lue ? { ...lue, lieux: rangees } : lue;
      const annuaire =
        suite === 'annuaire'
          ? await chercherDansAnnuaire(texteSaisi(tapee, 'identifiant'), requete.config.annuaire)
          : undefined;
      const enregistre = await enregistrer(db, {
        id,
        avant: lireAvant(envoi['avant']),
        tapee,
        choisies: new Set([
          ...communesChoisies(envoi),
          ...(suite === 'existant' && candidature.structure.communeCode
            ? [candidature.structure.communeCode]
            : []),
        ]),
      });
      if (!enregistre.ok) {
        if (enregistre.refus === 'absent') return absent;
        if (automatique) return { type: 'json', statut: 400, corps: { message: enregistre.message } };
        const page = await montrer({ db, requete }, candidature, etape, {
          tapee,
          avis: enregistre.message,
          statut: 400,
        });
        return page ?? { type: 'redirection', vers: `${adresseDe(id)}/recapitulatif` };
      }
      const { candidature: apres, conflits } = enregistre.valeur;
      const erreurs: Record<string, string> = {};
      for (const champ of champs)
        if (conflits.includes(champ.nom)) erreurs[champ.nom] = await phraseDeConflit(db, apres, champ);
      if (automatique)
        return {
          type: 'json',
          corps: {
            avant: JSON.stringify(partie(apres.saisie, champs)),
            conflits: Object.values(erreurs),
          },
        };
      const conflictuelles = Object.fromEntries(
        Object.entries(tapee).filter(([nom]) => conflits.includes(nom)),
      );
      if (conflits.length > 0)
        return (await montrer({ db, requete }, apres, etape, { tapee: conflictuelles, erreurs })) ?? absent;

      const acteur = acteurDe(identite);
      const aRetirer = z.uuid().safeParse(envoi['a_retirer']).data;
      if (aRetirer !== undefined)
        return {
          type: 'redirection',
          vers: `${adresseDe(id)}/formulaire/${etape}?retirer=${aRetirer}#piece-${aRetirer}`,
        };
      const retirer = z.uuid().safeParse(envoi['retirer_piece']).data;
      if (retirer !== undefined) {
        const done = await retirerPiece(db, acteur, { id, fichier: retirer });
        if (!done.ok) return absent;
        return { type: 'redirection', vers: `${adresseDe(id)}/formulaire/${etape}?fait=retiree` };
      }
      let refuses = 0;
      let jointes = 0;
      for (const champ of champs) {
        if (champ.controle.type !== 'pieces') continue;
        for (const fichier of fichiersDe(envoi[champ.nom])) {
          const joint = await joindrePiece(db, acteur, await ouvrirDepot(requete.config), {
            id,
            question: champ.nom,
            personne: identite.personne.id,
            nom: fichier.name,
            contenu: new Uint8Array(await fichier.arrayBuffer()),
          });
          if (joint.ok) jointes += 1;
          else {
            refuses += 1;
            erreurs[champ.nom] ??= `${fichier.name} : ${joint.message}`;
          }
        }
      }
      if (suite === 'joindre' && jointes === 0 && refuses === 0)
        for (const { nom } of champs.filter(({ controle }) => controle.type === 'pieces').slice(0, 1))
          erreurs[nom] = 'Choisissez d’abord un fichier, puis joignez-le.';
      if (suite === 'existant' && rangees.length === lieuxSaisis(lue).length)
        erreurs['existant'] = 'Choisissez d’abord un lieu dans la liste.';
      if (Object.keys(erreurs).length > 0) {
        const relue = await findCandidature(db, id);
        if (relue === undefined) return absent;
        return (
          (await montrer({ db, requete }, relue, etape, {
            erreurs,
            ...(jointes > 0 ? { fait: 'Les autres fichiers sont joints.' } : {}),
          })) ?? absent
        );
      }
      const ici = `${adresseDe(id)}/formulaire/${etape}`;
      if (annuaire !== undefined) {
        const rempli = await remplirDepuisAnnuaire(db, apres, annuaire);
        const relue = await findCandidature(db, id);
        return (relue && (await montrer({ db, requete }, relue, etape, rempli))) ?? absent;
      }
      if (suite === 'ajouter')
        return { type: 'redirection', vers: `${ici}?ajouter=oui#lieu-${rangees.length}` };
      if (suite === 'joindre') return { type: 'redirection', vers: `${ici}?fait=jointe` };
      if (suite === 'existant' || retiree !== undefined) return { type: 'redirection', vers: ici };
      if (suite === 'quitter') return { type: 'redirection', vers: `${adresseDe(id)}?fait=enregistree` };
      const fautes = verifier(
        champs,
        apres.saisie,
        await lireContexte(db, (await findCandidature(db, id)) ?? apres),
      );
      if (Object.keys(fautes).length > 0) return { type: 'redirection', vers: `${ici}?verifier=oui` };
      const suivante = ouvertes[rang + 1]?.cle;
      return {
        type: 'redirection',
        vers:
          suivante === undefined
            ? `${adresseDe(id)}/recapitulatif`
            : `${adresseDe(id)}/formulaire/${suivante}`,
      };
    },
  }),
];
