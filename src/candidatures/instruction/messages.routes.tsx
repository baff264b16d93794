import { z } from 'zod';
import { extensionsAcceptees, formatsDits, ouvrirDepot } from '../../platform/fichiers/index.ts';
import type { Formulaire } from '../../platform/http/formulaire.ts';
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
import { type Demande, schemaDeDemande } from '../../platform/listes/index.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { accesEcriture, accesLecture, accueil, espace } from './fiche.page.tsx';
import { listeInstruction } from './liste.ts';
import { envoyerMessage } from './messages.acts.ts';
import { type Cote, listMessages, marquerLus } from './messages.store.ts';
import { cheminListe, requeteDe } from './requete.rules.ts';
import { findFiche } from './store.ts';
import { PageMessages } from './views/page-messages.tsx';

const id = listeInstruction.cle.schema;
const fichiersMax = 5;

const champs = z.object({
  texte: z
    .string({ error: 'Écrivez votre message.' })
    .trim()
    .min(1, 'Écrivez votre message.')
    .max(10_000, 'Ce message est trop long : 10 000 signes au plus.'),
  fichiers: z
    .union([z.instanceof(File), z.array(z.instanceof(File)), z.literal('')])
    .default([])
    .transform((joints) =>
      joints === '' ? [] : [joints].flat().filter(({ name, size }) => name !== '' || size > 0),
    )
    .refine(
      (joints) => joints.length <= fichiersMax,
      `Joignez ${fichiersMax} fichiers au plus à un message.`,
    ),
});

type Vu = {
  readonly saisie?: Readonly<Record<string, string>>;
  readonly erreurs?: ErreursFormulaire;
  readonly refus?: string;
  readonly fait?: boolean;
  readonly statut?: Page['statut'];
};

type Lieu = {
  readonly id: string;
  readonly cote: Cote;
  /** Address of the messages, and of the application, with the query kept. */
  readonly messages: string;
  readonly retour: string;
};

const deStructure = (candidature: string): Lieu => ({
  id: candidature,
  cote: 'structure',
  messages: `/candidatures/${candidature}/messages`,
  retour: `/candidatures/${candidature}`,
});
const dePrefecture = (candidature: string, demande: Demande): Lieu => ({
  id: candidature,
  cote: 'prefecture',
  messages: `${cheminListe}/${candidature}/messages${requeteDe(demande)}`,
  retour: `${cheminListe}/${candidature}${requeteDe(demande)}`,
});

type Entree = Pick<Contexte<unknown, typeof accesLecture>, 'db' | 'identite' | 'requete'>;

const montrer = async ({ db, identite, requete }: Entree, lieu: Lieu, vu: Vu = {}): Promise<Reponse> => {
  const fiche = await findFiche(db, lieu.id);
  if (fiche === undefined) return absent;
  const personne = identite.personne.id;
  const cle = { candidatureId: fiche.id, cote: lieu.cote, personne };
  const messages = await listMessages(db, cle);
  await marquerLus(db, { personne, dernier: messages.at(-1)?.id });
  const titre = `Messages sur la candidature n°\u00a0${fiche.numero}`;
  return {
    type: 'page',
    titre: vu.erreurs || vu.refus ? `Erreur\u00a0: ${titre}` : titre,
    description: 'Messages entre la structure et la préfecture.',
    fil: [
      espace,
      lieu.cote === 'structure' ? { texte: 'Candidatures', href: '/candidatures' } : accueil,
      { texte: fiche.structure, href: lieu.retour },
      { texte: 'Messages' },
    ],
    ...(vu.statut === undefined ? {} : { statut: vu.statut }),
    contenu: (
      <PageMessages
        candidature={fiche.id}
        structure={fiche.structure}
        numero={fiche.numero}
        messages={messages}
        cote={lieu.cote}
        ecrit={identite.habilitation?.role !== 'administrateur' && fiche.statut !== 'retiree'}
        action={lieu.messages}
        retour={lieu.retour}
        types={extensionsAcceptees}
        formats={formatsDits(requete.config.fichierMax)}
        saisie={vu.saisie ?? {}}
        erreurs={vu.erreurs ?? {}}
        refus={vu.refus}
        fait={vu.fait ?? false}
      />
    ),
  };
};

type Recu = Formulaire<z.output<typeof champs>>;

const envoyer = async (contexte: Entree, lieu: Lieu, formulaire: Recu): Promise<Reponse> => {
  const { saisie } = formulaire;
  if (!formulaire.ok) return montrer(contexte, lieu, { saisie, erreurs: formulaire.erreurs, statut: 400 });
  const { texte, fichiers } = formulaire.valeurs;
  const { db, identite, requete } = contexte;
  const sent = await envoyerMessage(db, await ouvrirDepot(requete.config), acteurDe(identite), {
    candidatureId: lieu.id,
    cote: lieu.cote,
    personne: identite.personne.id,
    texte,
    fichiers: await Promise.all(
      fichiers.map(async (joint) => ({
        nom: joint.name,
        contenu: new Uint8Array(await joint.arrayBuffer()),
      })),
    ),
  });
  if (sent.ok)
    return {
      type: 'redirection',
      vers: `${lieu.messages}${lieu.messages.includes('?') ? '&' : '?'}fait=envoye`,
    };
  if (sent.refus === 'absent') return absent;
  if (sent.refus === 'etat') return montrer(contexte, lieu, { saisie, refus: sent.message, statut: 409 });
  return montrer(contexte, lieu, { saisie, erreurs: { fichiers: sent.message }, statut: 400 });
};

const fait = z.enum(['envoye']).optional();
const gestion = { type: 'role', roles: ['gestionnaire'] } as const;

export const routesMessages: readonly DeclaredRoute[] = [
  defineRoute({
    path: `${cheminListe}/:id/messages`,
    access: accesLecture,
    input: schemaDeDemande(listeInstruction, { id, fait }),
    handler: (contexte) =>
      montrer(contexte, dePrefecture(contexte.input.id, contexte.input.demande), {
        fait: contexte.input.fait === 'envoye',
      }),
  }),
  defineActe({
    path: `${cheminListe}/:id/messages`,
    access: accesEcriture,
    input: schemaDeDemande(listeInstruction, { id }),
    champs,
    fichiers: true,
    handler: ({ formulaire, ...contexte }) =>
      envoyer(contexte, dePrefecture(contexte.input.id, contexte.input.demande), formulaire),
  }),
  defineRoute({
    path: '/candidatures/:id/messages',
    access: gestion,
    input: z.object({ id, fait }),
    handler: (contexte) =>
      montrer(contexte, deStructure(contexte.input.id), { fait: contexte.input.fait === 'envoye' }),
  }),
  defineActe({
    path: '/candidatures/:id/messages',
    access: gestion,
    input: z.object({ id }),
    champs,
    fichiers: true,
    handler: ({ formulaire, ...contexte }) => envoyer(contexte, deStructure(contexte.input.id), formulaire),
  }),
];
