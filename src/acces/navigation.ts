import type { Identite } from '../platform/http/identite.ts';
import type { CompteProps } from '../platform/views/layout.tsx';
import type { Lien } from '../platform/views/liens.tsx';

const prefecture: readonly Lien[] = [
  { texte: 'Communiqués', href: '/prefecture/communiques' },
  { texte: 'Réglages', href: '/prefecture/reglages' },
];

/** The menu of whoever is signed in, in their acting role. */
export const navigationDe = ({ habilitation }: Identite): readonly Lien[] => [
  { texte: 'Mon espace', href: '/espace' },
  ...(habilitation?.role === 'administrateur'
    ? [
        { texte: 'Imports', href: '/administration/imports' },
        { texte: 'Administration', href: '/administration' },
      ]
    : []),
  ...(habilitation?.role === 'instructeur' || habilitation?.role === 'administrateur' ? prefecture : []),
  { texte: 'Mon compte', href: '/compte' },
  { texte: 'Site public', href: '/' },
];

/** What the head of each page says of whoever is signed in. */
export const compteDe = ({ personne, habilitation, habilitations }: Identite): CompteProps => ({
  nom: `${personne.prenom} ${personne.nom}`,
  role: habilitation?.libelle,
  autres: habilitations.filter(({ id }) => id !== habilitation?.id),
});
