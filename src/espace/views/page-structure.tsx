import { type AttributionLue, nomDeRole } from '../../acces/index.ts';
import { capitale, dateLongue, euros, nombre } from '../../platform/francais/index.ts';
import type { Ligne, PageDeListe } from '../../platform/listes/index.ts';
import { Historique, type HistoriqueProps } from '../../platform/views/historique.tsx';
import { ListeLiens } from '../../platform/views/liens.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { listeDecisionsSuivies } from '../decisions.liste.ts';
import type { StructureSuivie } from '../structures.store.ts';
import { Partie } from './partie.tsx';

export type ChampsSuivis = (typeof listeDecisionsSuivies)['champs'];

/** What the public calls the kinds of structure. */
export const nomDeCategorie = (categorie: string | null): string =>
  categorie === 'privee' ? 'privée' : (categorie ?? '');

/** How the announcement of a decision stands, in words. */
export const motDAnnonce = ({
  annoncee,
  annonce,
}: Pick<Ligne<ChampsSuivis>, 'annoncee' | 'annonce'>): string => {
  if (annonce === null) return 'pas encore';
  return annoncee ? `le ${dateLongue(annonce)}` : `prévue le ${dateLongue(annonce)}`;
};

export type PageStructureProps = {
  readonly structure: StructureSuivie;
  readonly lieux: readonly string[];
  readonly roles: readonly AttributionLue[];
  readonly decisions: PageDeListe<ChampsSuivis>;
  readonly historique: Pick<HistoriqueProps, 'evenements' | 'suite' | 'debut' | 'nommer'>;
};

/** A structure as those who look after it know it: who acts for it, what it received, what was done. */
export function PageStructure({ structure, lieux, roles, decisions, historique }: PageStructureProps) {
  const { id, libelle, raisonSociale, identifiant, adresse, departement, annoncee } = structure;
  const fiche: readonly (readonly [string, string])[] = [
    ['Raison sociale', raisonSociale ?? 'inconnue'],
    ['Numéro', identifiant ?? 'inconnu'],
    ['Adresse', adresse ?? 'inconnue'],
    ...(departement === null ? [] : [['Département', departement.nom] as const]),
    ...(lieux.length === 0 ? [] : [['Lieux prévus', lieux.map(capitale).join(', ')] as const]),
  ];
  return (
    <>
      <h1>{capitale(libelle)}</h1>
      <dl class="maillage-fiche">
        {fiche.map(([nom, valeur]) => (
          <div key={nom}>
            <dt>{nom}</dt>
            <dd>{valeur}</dd>
          </div>
        ))}
      </dl>
      {annoncee ? (
        <ListeLiens liens={[{ texte: 'Sa page publique', href: `/structures/${id}` }]} />
      ) : (
        <p>
          Cette structure n’a pas encore de page publique&nbsp;: aucune décision qui la retient n’est
          annoncée.
        </p>
      )}
      <Partie id="personnes" titre="Personnes">
        <Tableau
          legende="Personnes qui ont un rôle sur la structure"
          legendeMasquee
          lignes={roles}
          cle={(role) => role.id}
          vide="Personne n’agit encore pour cette structure. Invitez sa ou son gestionnaire."
          colonnes={[
            {
              cle: 'nom',
              titre: 'Personne',
              entete: true,
              cellule: ({ personne, prenom, nom }) => (
                <a href={`/personnes/${personne}`}>
                  {prenom} {nom}
                </a>
              ),
            },
            { cle: 'role', titre: 'Rôle', cellule: ({ role }) => nomDeRole(role) },
            { cle: 'depuis', titre: 'Depuis', cellule: ({ depuis }) => dateLongue(depuis) },
            {
              cle: 'fin',
              titre: 'Jusqu’au',
              cellule: ({ fin }) => (fin === null ? '' : dateLongue(fin)),
            },
          ]}
        />
        <p>
          <a class="fr-link" href={`/invitations/nouvelle?perimetre=${id}`}>
            Inviter une personne
          </a>
        </p>
      </Partie>
      <Partie id="decisions" titre="Décisions du comité">
        <Tableau
          legende="Décisions qui la retiennent"
          legendeMasquee
          lignes={decisions.lignes}
          cle={(ligne) => ligne.id ?? ''}
          vide="Le comité n’a pas encore retenu cette structure."
          colonnes={[
            {
              cle: 'seance',
              titre: 'Séance',
              entete: true,
              cellule: ({ seance }) =>
                seance === null ? '' : <a href={`/espace/seances/${seance}`}>{dateLongue(seance)}</a>,
            },
            { cle: 'categorie', titre: 'Type', cellule: ({ categorie }) => nomDeCategorie(categorie) },
            {
              cle: 'postes',
              titre: 'Postes',
              numerique: true,
              cellule: ({ postes }) => nombre(postes ?? 0),
            },
            {
              cle: 'montant',
              titre: 'Financement de l’État',
              numerique: true,
              cellule: ({ montant }) => euros(montant ?? 0),
            },
            { cle: 'annonce', titre: 'Annonce', cellule: motDAnnonce },
          ]}
        />
      </Partie>
      <Partie id="historique" titre="Historique">
        <Historique
          {...historique}
          nom="Historique de la structure"
          vide="Rien n’a encore été fait ici sur cette structure."
        />
      </Partie>
    </>
  );
}
