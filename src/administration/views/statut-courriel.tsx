import { Badge } from '../../platform/views/messages.tsx';
import { statutsDeCourriel } from '../courriels.rules.ts';

/** What happens to a mail. */
export function Statut({ statut }: { readonly statut: string | null }) {
  const ton = statut === 'envoye' ? 'succes' : statut === 'abandonne' ? 'erreur' : 'neutre';
  return (
    <Badge ton={ton}>
      {Object.entries(statutsDeCourriel).find(([code]) => code === statut)?.[1] ?? statut}
    </Badge>
  );
}
