import type { ChoseAFaire } from '../../platform/a-faire.ts';
import { dateLongue } from '../../platform/francais/index.ts';
import type { Role } from '../../platform/journal.ts';
import { Badge, EtatVide } from '../../platform/views/messages.tsx';
import { Partie } from './partie.tsx';

/** What to say to each role that nothing waits for: what will come there. */
const rienAFaire: Readonly<Partial<Record<Role, string>>> = {
  instructeur:
    'Viendront ici, avec leur échéance\u00a0: les communiqués à écrire, à relire et à publier, les demandes d’accès des structures, les invitations sans réponse.',
  administrateur:
    'Viendront ici les décisions à annoncer, les séances à venir, les demandes d’accès et les invitations sans réponse.',
  gestionnaire:
    'Viendront ici les démarches de votre structure avec leur échéance, les invitations sans réponse et la fin de votre rôle.',
  coordinateur:
    'Viendront ici les démarches de votre équipe avec leur échéance, vos suppléances et la fin de votre rôle.',
  conseiller: 'Viendront ici les démarches qui vous concernent avec leur échéance, et la fin de votre rôle.',
  candidat: 'Viendront ici les suites de votre candidature et ce que votre compte demande.',
  membre_comite: 'Viendront ici les séances à venir avec leur date, et ce que votre compte demande.',
};

/** When it is to be done, or when it happens, in words. */
function Quand({
  echeance,
  evenement,
  aujourdhui,
}: Pick<ChoseAFaire, 'evenement'> & { readonly echeance: string; readonly aujourdhui: string }) {
  const jour = echeance.slice(0, 10);
  if (evenement)
    return <Badge ton="info">{jour === aujourdhui ? 'aujourd’hui' : `le ${dateLongue(jour)}`}</Badge>;
  if (jour < aujourdhui) return <Badge ton="attention">en retard depuis le {dateLongue(jour)}</Badge>;
  return (
    <Badge ton={jour === aujourdhui ? 'attention' : 'info'}>
      {jour === aujourdhui ? 'pour aujourd’hui' : `pour le ${dateLongue(jour)}`}
    </Badge>
  );
}

/** What waits for somebody, most urgent first. */
export function AFaire({
  role,
  aujourdhui,
  aFaire,
}: {
  readonly role: Role;
  readonly aujourdhui: string;
  readonly aFaire: readonly ChoseAFaire[];
}) {
  return (
    <Partie id="a-faire" titre="Ce qui vous attend">
      {aFaire.length === 0 ? (
        <EtatVide titre="Rien ne vous attend aujourd’hui">{rienAFaire[role]}</EtatVide>
      ) : (
        <ul class="maillage-a-faire">
          {aFaire.map(({ type, texte, href, echeance, evenement }) => (
            <li key={type}>
              <a class="fr-link" href={href}>
                {texte}
              </a>{' '}
              {echeance === null ? null : (
                <Quand echeance={echeance} evenement={evenement} aujourdhui={aujourdhui} />
              )}
            </li>
          ))}
        </ul>
      )}
    </Partie>
  );
}
