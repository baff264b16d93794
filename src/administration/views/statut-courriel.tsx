import { Badge } from '../../platform/views/messages.tsx';

export const statuts = {
  en_attente: 'En attente',
  envoye: 'Envoyé',
  abandonne: 'Abandonné',
} as const;

/** What happens to a mail. */
export function Statut({ statut }: { readonly statut: string | null }) {
  const ton = statut === 'envoye' ? 'succes' : statut === 'abandonne' ? 'erreur' : 'neutre';
  return <Badge ton={ton}>{Object.entries(statuts).find(([code]) => code === statut)?.[1] ?? statut}</Badge>;
}
