import { z } from 'zod';
import type { Identite } from '../../platform/http/identite.ts';
import type { Page } from '../../platform/http/route.ts';
import { adresseDe, filCandidatures } from './formulaire.routes.tsx';
import type { Candidature } from './store.ts';

export const access = { type: 'role', roles: ['gestionnaire'] } as const;
/** Whoever reads an application reads its files. */
export const lecteurs = {
  type: 'role',
  roles: ['gestionnaire', 'instructeur', 'membre_comite', 'administrateur'],
} as const;
/** Each submission, as it was made: for both sides, and for who watches over them. */
export const depots = { type: 'role', roles: ['gestionnaire', 'instructeur', 'administrateur'] } as const;
export const equipe = { type: 'role', roles: ['gestionnaire', 'instructeur'] } as const;
export const id = z.uuid('n’est pas un identifiant');
export const version = z.coerce.number().int().min(0).max(2_147_483_647);

export const page = (
  titre: string,
  fil: Page['fil'],
  contenu: Page['contenu'],
  statut?: Page['statut'],
): Page => ({
  type: 'page',
  titre: statut === undefined ? titre : `Erreur : ${titre}`,
  description: 'Les candidatures de la structure, du brouillon à la décision.',
  fil: [...filCandidatures, ...fil],
  contenu,
  ...(statut === undefined ? {} : { statut }),
});

export const filDe = ({ id: candidature, vague }: Candidature, texte: string): Page['fil'] => [
  { texte: vague.nom, href: adresseDe(candidature) },
  { texte },
];

/** The page of the application where its reader works on it. */
export const retourDe = ({ habilitation }: Identite, candidature: string): string =>
  habilitation?.role === 'gestionnaire' ? adresseDe(candidature) : `/prefecture/candidatures/${candidature}`;

/** A page that both sides read, under the application as each knows it. */
export const pageDesDeux = (
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

export const faits = {
  enregistree: 'Ce que vous avez écrit est enregistré.',
  deposee: 'Votre candidature est déposée. Un accusé de réception vous est envoyé par courriel.',
  corrigee: 'Vos corrections sont envoyées. Un accusé de réception vous est envoyé par courriel.',
  annulee: 'Vos modifications sont abandonnées\u00a0: les réponses sont celles de votre dernier dépôt.',
  abandonner: 'Le brouillon est abandonné.',
  retirer: 'La candidature est retirée. La préfecture ne l’examine plus.',
  se_desister: 'Les postes sont rendus.',
  equipe: 'C’est enregistré.',
} as const;
export const fait = z.enum(Object.keys(faits) as [keyof typeof faits]).optional();
