import { libellesDesRoles } from '../../acces/index.ts';
import { dateLongue, instantLong, nombre } from '../../platform/francais/index.ts';
import type { Evenement } from '../../platform/historique.ts';
import type { ObjetNomme } from '../../platform/objets.ts';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { ValeursPersonnelles } from '../journal.store.ts';

/** Values of a line that name a thing, by the kind that it is called in the journal. */
const naturesDesValeurs: Readonly<Record<string, string>> = {
  communique: 'communique',
  courriel: 'courriel',
  departement: 'prefecture',
  destinataire: 'personne',
  invitation: 'invitation',
  personne: 'personne',
  revendication: 'revendication',
  seance: 'seance',
  structure: 'structure',
};

/** The things that the values of a line name. */
export const objetsDesValeurs = (valeurs: Readonly<Record<string, unknown>>): readonly Evenement['objet'][] =>
  Object.entries(valeurs).flatMap(([nom, id]) => {
    const type = naturesDesValeurs[nom];
    return type === undefined || typeof id !== 'string' ? [] : [{ type, id }];
  });

const noms: Readonly<Record<string, string>> = {
  courriel: 'Courriel',
  decisions: 'Décisions',
  departement: 'Département',
  role: 'Rôle',
  seance: 'Séance',
};

/** The name of a value in words: « instant_prevu » → « Instant prevu ». */
const nomDeValeur = (nom: string): string =>
  noms[nom] ?? nom.charAt(0).toUpperCase() + nom.slice(1).replaceAll('_', ' ');

const roles: Readonly<Record<string, string>> = libellesDesRoles;

const ecrire = (valeur: unknown): string => {
  if (valeur === null || valeur === undefined) return '';
  if (typeof valeur === 'boolean') return valeur ? 'oui' : 'non';
  if (typeof valeur === 'number') return nombre(valeur);
  if (typeof valeur !== 'string') return JSON.stringify(valeur);
  if (/^\d{4}-\d\d-\d\d$/.test(valeur)) return dateLongue(valeur);
  return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(valeur) ? instantLong(valeur) : valeur;
};

type Nommer = (objet: Evenement['objet']) => ObjetNomme;

function Valeur({ nom, valeur, nommer }: { nom: string; valeur: unknown; nommer: Nommer }) {
  const [objet] = objetsDesValeurs({ [nom]: valeur });
  const nomme = objet === undefined ? undefined : nommer(objet);
  if (nomme?.href !== undefined) return <a href={nomme.href}>{nomme.nom ?? nomme.texte}</a>;
  // A thing that is gone keeps its number.
  if (nomme?.nom !== undefined) return <>{nomme.nom}</>;
  return <>{nom === 'role' && typeof valeur === 'string' ? (roles[valeur] ?? valeur) : ecrire(valeur)}</>;
}

function Valeurs({
  legende,
  valeurs,
  nommer,
}: {
  legende: string;
  valeurs: Readonly<Record<string, unknown>>;
  nommer: Nommer;
}) {
  return (
    <Tableau
      legende={legende}
      lignes={Object.entries(valeurs)}
      cle={([nom]) => nom}
      vide="Rien de plus."
      colonnes={[
        { cle: 'nom', titre: 'Valeur', entete: true, brut: true, cellule: ([nom]) => nomDeValeur(nom) },
        {
          cle: 'valeur',
          titre: 'Contenu',
          brut: true,
          cellule: ([nom, valeur]) => <Valeur nom={nom} valeur={valeur} nommer={nommer} />,
        },
      ]}
    />
  );
}

/** One line of the journal, with what it left behind. */
export function PageLigne(props: {
  readonly evenement: Evenement;
  /** Its object, and the things that its values name, in words. */
  readonly nommer: Nommer;
  readonly valeurs: readonly ValeursPersonnelles[];
  readonly sceau: { readonly numero: number; readonly instant: string } | undefined;
}) {
  const { evenement, nommer, valeurs, sceau } = props;
  const objet = nommer(evenement.objet);
  const { id, instant, acte, personne, auteur, role, phrase, motif, contenu } = evenement;
  const objetHref = `/administration/journal?${new URLSearchParams({ objet_type: evenement.objet.type, objet_id: evenement.objet.id })}`;
  return (
    <>
      <h1 class="maillage-tableau__brut">{phrase}</h1>
      <dl class="maillage-fiche">
        <div>
          <dt>Quand</dt>
          <dd>{instantLong(instant)}</dd>
        </div>
        <div>
          <dt>Par</dt>
          <dd>
            {personne === null ? (
              auteur
            ) : (
              <a href={`/administration/journal?personne=${personne}`}>{auteur}</a>
            )}
          </dd>
        </div>
        <div>
          <dt>Rôle</dt>
          <dd>{roles[role] ?? role}</dd>
        </div>
        <div>
          <dt>Objet</dt>
          <dd class="maillage-tableau__brut">
            {objet.href === undefined ? objet.texte : <a href={objet.href}>{objet.texte}</a>} (
            <a href={objetHref}>ses actes</a>)
          </dd>
        </div>
        <div>
          <dt>Motif</dt>
          <dd class="maillage-tableau__brut">{motif ?? 'aucun'}</dd>
        </div>
        <div>
          <dt>Acte</dt>
          <dd>
            <code>{acte}</code>, ligne {nombre(id)}
          </dd>
        </div>
        <div>
          <dt>Sceau</dt>
          <dd>
            {sceau === undefined
              ? 'en attente'
              : `n°\u00a0${nombre(sceau.numero)} du ${instantLong(sceau.instant)}`}
          </dd>
        </div>
      </dl>
      <h2>Ce qui a changé</h2>
      <Valeurs legende="Contenu de la ligne" valeurs={contenu} nommer={nommer} />
      <h2>Valeurs personnelles</h2>
      {valeurs.length === 0 ? (
        <p>Cette ligne n’en porte aucune, ou elles ont été effacées.</p>
      ) : (
        valeurs.map((chacune) => (
          <Valeurs
            key={chacune.concerne}
            legende={chacune.nom ?? 'Personne effacée'}
            valeurs={chacune.valeurs}
            nommer={nommer}
          />
        ))
      )}
    </>
  );
}
