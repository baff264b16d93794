import { dateLongue, instantLong, nombre } from '../../platform/francais/index.ts';
import type { Evenement } from '../../platform/historique.ts';
import type { ObjetNomme } from '../../platform/objets.ts';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { ValeursPersonnelles } from '../journal.store.ts';

const ecrire = (valeur: unknown): string => {
  if (valeur === null || valeur === undefined) return '';
  if (typeof valeur !== 'string') return JSON.stringify(valeur);
  if (/^\d{4}-\d\d-\d\d$/.test(valeur)) return dateLongue(valeur);
  return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(valeur) ? instantLong(valeur) : valeur;
};

function Valeurs({ legende, valeurs }: { legende: string; valeurs: Readonly<Record<string, unknown>> }) {
  return (
    <Tableau
      legende={legende}
      lignes={Object.entries(valeurs)}
      cle={([nom]) => nom}
      vide="Rien de plus."
      colonnes={[
        { cle: 'nom', titre: 'Valeur', entete: true, brut: true, cellule: ([nom]) => nom },
        { cle: 'valeur', titre: 'Contenu', brut: true, cellule: ([, valeur]) => ecrire(valeur) },
      ]}
    />
  );
}

/** One line of the journal, with what it left behind. */
export function PageLigne(props: {
  readonly evenement: Evenement;
  /** Its object in words. */
  readonly objet: ObjetNomme;
  readonly valeurs: readonly ValeursPersonnelles[];
  readonly sceau: { readonly numero: number; readonly instant: string } | undefined;
}) {
  const { evenement, objet, valeurs, sceau } = props;
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
          <dd>{role}</dd>
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
      <Valeurs legende="Contenu de la ligne" valeurs={contenu} />
      <h2>Valeurs personnelles</h2>
      {valeurs.length === 0 ? (
        <p>Cette ligne n’en porte aucune, ou elles ont été effacées.</p>
      ) : (
        valeurs.map((chacune) => (
          <Valeurs
            key={chacune.personne}
            legende={chacune.nom ?? 'Personne effacée'}
            valeurs={chacune.valeurs}
          />
        ))
      )}
    </>
  );
}
