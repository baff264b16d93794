import { dateLongue, instantLong, nombre } from '../../platform/francais/index.ts';
import { Chronologie, type Fait } from '../../platform/views/chronologie.tsx';
import { ActeFait } from '../../platform/views/confirmation.tsx';
import { Alerte, Badge } from '../../platform/views/messages.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { InvitationLue } from '../invitations/invitations.store.ts';
import type { FaitDeCompte, PersonneVisible } from '../roles/personnes.store.ts';
import { supplee } from '../roles/roles.rules.ts';
import type { AttributionLue } from '../roles/roles.store.ts';
import { nomDeRole, nomDeSuppleance } from '../rules.ts';

export const faitsDePersonne = {
  donne: 'Le rôle est donné. La personne en est avertie par courriel.',
  suppleance: 'La suppléance est en place. La personne en est avertie par courriel.',
  retire: 'Le rôle est retiré. La personne en est avertie par courriel.',
  rendu: 'Le rôle est rendu.',
  prolonge: 'La date de fin est changée.',
  desactive: 'Le compte est désactivé : ses appareils sont déconnectés.',
  reactive: 'Le compte est réactivé.',
  second_facteur: 'Le second facteur est retiré : la personne en installera un autre.',
  renvoyee: 'L’invitation est renvoyée : le lien précédent ne sert plus.',
} as const;
export type FaitDePersonne = keyof typeof faitsDePersonne;

export type PagePersonneProps = {
  readonly personne: PersonneVisible;
  readonly attributions: readonly (AttributionLue & {
    readonly gerable: boolean;
    /** Taken back so lately that it may still be given back. */
    readonly rendable: boolean;
  })[];
  readonly invitations: readonly InvitationLue[];
  readonly faits: readonly FaitDeCompte[];
  /** Devices that the account is open on; for administrators alone. */
  readonly appareils: number | undefined;
  readonly secondFacteur: boolean;
  readonly soi: boolean;
  readonly fait: FaitDePersonne | undefined;
  /** The role that was just taken back, and may be given back from the message. */
  readonly retire: AttributionLue | undefined;
};

const etat = ({ retireeLe, enCours, aVenir }: AttributionLue): string => {
  if (retireeLe !== null) return 'retiré';
  if (enCours) return 'en cours';
  return aVenir ? 'à venir' : 'terminé';
};

const nomComplet = (attribution: AttributionLue): string => {
  const nom = nomDeRole(attribution.role, attribution.lieu);
  return attribution.suppleanceDe === null
    ? nom
    : `${nom} (${nomDeSuppleance(attribution.supplee ?? 'une personne d’un autre périmètre', attribution.fin ?? '')})`;
};

function Actions({
  attribution,
  chemin,
}: {
  readonly attribution: PagePersonneProps['attributions'][number];
  readonly chemin: string;
}) {
  const { id, gerable, rendable, retireeLe, role, suppleanceDe, aMoi } = attribution;
  const nom = nomComplet(attribution);
  const base = `${chemin}/roles/${id}`;
  if (rendable)
    return (
      <form method="post" action={`${base}/rendre`}>
        <button class="fr-btn fr-btn--tertiary fr-btn--sm" type="submit">
          Rendre ce rôle<span class="fr-sr-only">{`\u00a0: ${nom}`}</span>
        </button>
      </form>
    );
  if (!gerable || retireeLe !== null) return null;
  return (
    <ul class="fr-raw-list">
      {aMoi ? null : (
        <li>
          <a href={`${base}/prolonger`}>
            Changer la fin<span class="fr-sr-only">{`\u00a0: ${nom}`}</span>
          </a>
        </li>
      )}
      {supplee(role) && suppleanceDe === null ? (
        <li>
          <a href={`${base}/suppleance`}>
            Organiser une suppléance<span class="fr-sr-only">{`\u00a0: ${nom}`}</span>
          </a>
        </li>
      ) : null}
      <li>
        <a href={`${base}/retirer`}>
          Retirer<span class="fr-sr-only">{`\u00a0: ${nom}`}</span>
        </a>
      </li>
    </ul>
  );
}

const actesDeCompte: Readonly<Record<string, string>> = {
  'acces.retirer_role': 'Rôle retiré',
  'acces.rendre_role': 'Rôle rendu',
  'acces.desactiver_personne': 'Compte désactivé',
  'acces.reactiver_personne': 'Compte réactivé',
  'acces.changer_courriel': 'Adresse électronique changée',
  'acces.retirer_second_facteur': 'Second facteur retiré',
};

/** What happened to somebody's roles and account, the newest first. */
const histoire = ({ attributions, faits, personne }: PagePersonneProps): readonly Fait[] =>
  [
    { cle: 'ouvert', date: personne.creeLe, titre: 'Compte ouvert' },
    ...attributions.flatMap((attribution): readonly Fait[] => [
      {
        cle: `${attribution.id}-du`,
        date: attribution.du,
        titre: `${attribution.aVenir ? 'Rôle à venir' : 'Rôle donné'} : ${nomComplet(attribution)}`,
        texte: attribution.motif,
        auteur: attribution.donneePar ?? undefined,
        aVenir: attribution.aVenir,
      },
      ...(attribution.retireeLe === null
        ? []
        : [
            {
              cle: `${attribution.id}-retire`,
              date: attribution.retireeLe,
              titre: `Rôle retiré : ${nomComplet(attribution)}`,
              texte: attribution.retraitMotif ?? undefined,
              auteur: attribution.retireePar ?? undefined,
            },
          ]),
    ]),
    ...faits.map(({ id, instant, acte, motif, auteur, attribution }) => {
      const role = attributions.find((one) => one.id === attribution);
      const titre = actesDeCompte[acte] ?? acte;
      return {
        cle: String(id),
        date: instant,
        titre: role === undefined ? titre : `${titre} : ${nomComplet(role)}`,
        texte: motif ?? undefined,
        auteur: auteur ?? undefined,
      };
    }),
  ].toSorted((a, b) => b.date.localeCompare(a.date));

function Compte({ personne, appareils, secondFacteur, soi }: PagePersonneProps) {
  if (appareils === undefined || soi) return null;
  return (
    <>
      <h2>Compte</h2>
      <div class="maillage-actions">
        <a class="fr-btn fr-btn--secondary" href={`/personnes/${personne.id}/compte`}>
          {personne.desactivee ? 'Réactiver le compte' : 'Désactiver le compte'}
        </a>
        {personne.desactivee || !secondFacteur ? null : (
          <a class="fr-link" href={`/personnes/${personne.id}/second-facteur`}>
            Retirer le second facteur perdu
          </a>
        )}
        <a class="fr-link" href={`/administration/personnes/${personne.id}/effacer`}>
          Effacer ses données à sa demande
        </a>
      </div>
    </>
  );
}

function Invitations({ invitations, personne }: PagePersonneProps) {
  if (invitations.length === 0) return null;
  return (
    <>
      <h2>Invitations en attente</h2>
      <Tableau
        legende="Invitations en attente"
        legendeMasquee
        lignes={invitations}
        cle={({ id }) => id}
        vide=""
        colonnes={[
          {
            cle: 'role',
            titre: 'Rôle proposé',
            entete: true,
            cellule: ({ id, role, lieu }) => <a href={`/invitations/${id}`}>{nomDeRole(role, lieu)}</a>,
          },
          { cle: 'envoyee', titre: 'Envoyée', cellule: ({ envoyeeLe }) => instantLong(envoyeeLe) },
          {
            cle: 'renvoyer',
            titre: 'Renvoyer',
            cellule: ({ id, version, role, lieu }) => (
              <form method="post" action={`/invitations/${id}/renvoyer`}>
                <input type="hidden" name="version" value={version} />
                <input type="hidden" name="personne" value={personne.id} />
                <button class="fr-btn fr-btn--tertiary fr-btn--sm" type="submit">
                  Renvoyer<span class="fr-sr-only">{`\u00a0: ${nomDeRole(role, lieu)}`}</span>
                </button>
              </form>
            ),
          },
        ]}
      />
    </>
  );
}

/** Somebody: who they are, what they hold, what happened. */
export function PagePersonne(props: PagePersonneProps) {
  const { personne, attributions, appareils, fait, retire, soi } = props;
  const chemin = `/personnes/${personne.id}`;
  return (
    <>
      <h1>
        {personne.prenom} {personne.nom}
      </h1>
      {fait === undefined ? null : (
        <ActeFait
          annulation={
            retire === undefined
              ? undefined
              : {
                  action: `${chemin}/roles/${retire.id}/rendre`,
                  bouton: 'Rendre ce rôle',
                  delai: 'Possible pendant une heure.',
                }
          }
        >
          {faitsDePersonne[fait]}
        </ActeFait>
      )}
      {personne.desactivee ? (
        <Alerte ton="attention" titre="Compte désactivé" niveau={2}>
          <p>
            Cette personne ne peut plus entrer dans Maillage. Ses rôles l’attendent si le compte est réactivé.
          </p>
        </Alerte>
      ) : null}
      <dl class="maillage-fiche">
        <div>
          <dt>Adresse électronique</dt>
          <dd class="maillage-tableau__brut">{personne.courriel}</dd>
        </div>
        <div>
          <dt>Compte ouvert</dt>
          <dd>{instantLong(personne.creeLe)}</dd>
        </div>
        <div>
          <dt>Dernier passage</dt>
          <dd>{personne.vueLe === null ? 'jamais' : instantLong(personne.vueLe)}</dd>
        </div>
        {appareils === undefined ? null : (
          <div>
            <dt>Appareils connectés</dt>
            <dd>{nombre(appareils)}</dd>
          </div>
        )}
      </dl>
      <h2>Rôles</h2>
      <Tableau
        legende="Rôles"
        legendeMasquee
        lignes={attributions}
        cle={({ id }) => id}
        vide="Aucun rôle sur votre périmètre."
        colonnes={[
          { cle: 'role', titre: 'Rôle', entete: true, cellule: (ligne) => nomComplet(ligne) },
          {
            cle: 'etat',
            titre: 'État',
            insecable: true,
            cellule: (ligne) => <Badge ton={ligne.enCours ? 'succes' : 'neutre'}>{etat(ligne)}</Badge>,
          },
          { cle: 'du', titre: 'Depuis', cellule: ({ depuis }) => dateLongue(depuis) },
          {
            cle: 'fin',
            titre: 'Jusqu’au',
            cellule: ({ fin }) => (fin === null ? 'sans fin prévue' : dateLongue(fin)),
          },
          { cle: 'motif', titre: 'Motif', brut: true, cellule: ({ motif }) => motif },
          {
            cle: 'actions',
            titre: 'Actions',
            cellule: (ligne) => <Actions attribution={ligne} chemin={chemin} />,
          },
        ]}
      />
      {personne.desactivee ? null : (
        <div class="maillage-actions">
          <a class="fr-btn" href={`${chemin}/roles/nouveau`}>
            Donner un rôle{soi ? ' à mon compte' : ''}
          </a>
        </div>
      )}
      <Invitations {...props} />
      <Compte {...props} />
      <h2>Historique</h2>
      <Chronologie faits={histoire(props)} nom="Historique" vide="Rien n’est encore arrivé." />
    </>
  );
}
