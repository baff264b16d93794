import type { Identite } from '../platform/http/identite.ts';
import type { Role } from '../platform/journal.ts';
import type { CompteProps } from '../platform/views/layout.tsx';
import type { Lien } from '../platform/views/liens.tsx';

const gestion: readonly Lien[] = [
  { texte: 'Personnes', href: '/personnes' },
  { texte: 'Invitations', href: '/invitations' },
];
const territoire: readonly Lien[] = [
  ...gestion,
  { texte: 'Demandes d’accès', href: '/revendications' },
  { texte: 'Candidatures', href: '/prefecture/candidatures' },
  { texte: 'Suivi des vagues', href: '/suivi/vagues' },
  { texte: 'Structures à vérifier', href: '/structures-a-verifier' },
  { texte: 'Communiqués', href: '/prefecture/communiques' },
  { texte: 'Réglages', href: '/prefecture/reglages' },
];

/** Pages that a role has beside everybody's. */
const parRole: Readonly<Partial<Record<Role, readonly Lien[]>>> = {
  administrateur: [
    ...territoire,
    { texte: 'Vagues', href: '/administration/vagues' },
    { texte: 'Comité', href: '/comite' },
    { texte: 'Imports', href: '/administration/imports' },
    { texte: 'Administration', href: '/administration' },
  ],
  instructeur: territoire,
  gestionnaire: [{ texte: 'Candidatures', href: '/candidatures' }, ...gestion],
  membre_comite: [
    { texte: 'Comité', href: '/comite' },
    { texte: 'Suivi des vagues', href: '/suivi/vagues' },
  ],
};

/** The menu of whoever is signed in, in their acting role. */
export const navigationDe = ({ habilitation }: Identite): readonly Lien[] => [
  { texte: 'Mon espace', href: '/espace' },
  ...(habilitation === null ? [] : (parRole[habilitation.role] ?? [])),
  { texte: 'Mon compte', href: '/compte' },
  { texte: 'Site public', href: '/' },
];

/** What the head of each page says of whoever is signed in. */
export const compteDe = ({ personne, habilitation, habilitations }: Identite): CompteProps => ({
  nom: `${personne.prenom} ${personne.nom}`,
  role: habilitation?.libelle,
  autres: habilitations.filter(({ id }) => id !== habilitation?.id),
});
