import { sql } from 'kysely';
import { listeDecisions } from '../candidatures/index.ts';
import type { Identite } from '../platform/http/identite.ts';
import { champ, defineListe, filtreChoix } from '../platform/listes/index.ts';

const annoncee = sql`coalesce(l.publiee_le <= now(), false)`;

/** The lines of decisions as an acting role sees them, announced or not: the wall of the view decides. */
export const listeDecisionsSuivies = defineListe({
  ...listeDecisions,
  code: 'decisions-suivies',
  description: 'Décisions « retenue » du comité de sélection, annoncées ou non, sur votre périmètre.',
  tri: { champ: 'libelle', sens: 'asc' },
  filtres: {
    ...listeDecisions.filtres,
    annonce: filtreChoix('Annonce', 'Annonce', ['oui', 'non'], (valeur) =>
      valeur === 'oui' ? sql`${annoncee}` : sql`not ${annoncee}`,
    ),
  },
  champs: {
    ...listeDecisions.champs,
    annoncee: champ('booleen', 'Annoncée', 'Le public la connaît.', annoncee, { discret: true }),
    annonce: champ(
      'date',
      'Annonce',
      'Jour de l’annonce, passée ou programmée ; vide tant qu’aucune ne l’est.',
      sql`to_char(l.publiee_le at time zone 'Europe/Paris', 'YYYY-MM-DD')`,
    ),
  },
});

/** The filters that hold a list to the scope of the acting role; what is announced is everybody's. */
export const filtresDuRegard = ({
  habilitation,
}: Identite): Readonly<Partial<Record<'region' | 'departement' | 'structure', string>>> => {
  const { niveau, perimetre } = habilitation ?? { niveau: 'soi', perimetre: null };
  return perimetre !== null && (niveau === 'region' || niveau === 'departement' || niveau === 'structure')
    ? { [niveau]: perimetre }
    : {};
};
