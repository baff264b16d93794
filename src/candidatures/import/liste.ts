import { sql } from 'kysely';
import { z } from 'zod';
import { enInstant } from '../../platform/database/instants.ts';
import { capitale } from '../../platform/francais/index.ts';
import {
  champ,
  contenant,
  defineListe,
  filtreChoix,
  filtreTexte,
  type Liste,
} from '../../platform/listes/index.ts';
import { type EtatDepot, workflowDepot } from './workflow.ts';

const etats = Object.keys(workflowDepot.etats) as [EtatDepot, ...EtatDepot[]];
const estEtat = z.enum(etats);

/** Imports of files sent on the web, and those of the command line beside them. */
const relation = sql`(
  select d.id, d.fichier, coalesce(nullif(concat_ws(' ', p.prenom, p.nom), ''), 'Une personne retirée') as qui,
    d.cree_le as le, d.statut, coalesce(i.bilan, d.bilan) as bilan
  from import_depot d left join personne p on p.id = d.depose_par left join import i on i.id = d.import_id
  union all
  select i.id, i.fichier, 'Ligne de commande', i.importe_le, 'importe', i.bilan from import i
  where not exists (select from import_depot d where d.import_id = i.id)
) l`;

const compte = (cle: string, titre: string, description: string) =>
  champ('entier', titre, description, sql`(l.bilan ->> ${sql.lit(cle)})::integer`);

/** Every import, newest first. */
export const listeImports: Liste = defineListe({
  code: 'imports',
  titre: 'Imports',
  description: 'Fichiers du comité de sélection déposés ou importés, avec ce qu’ils ont changé.',
  nom: ['import', 'imports'],
  relation,
  cle: {
    sql: sql`l.id`,
    schema: z.uuid('attend un identifiant'),
    condition: (cle) => sql`l.id = ${cle}::uuid`,
    exemple: '0192f0c1-2a3b-7c4d-8e5f-6a7b8c9d0e1f',
  },
  tri: { champ: 'le', sens: 'desc' },
  filtres: {
    q: filtreTexte(
      'Fichier ou personne',
      'Une partie du nom du fichier ou de la personne.',
      'mars',
      (valeur) => sql`(l.fichier || ' ' || l.qui) ilike ${contenant(valeur)}`,
    ),
    etat: filtreChoix('État', 'État de l’import.', etats, (valeur) => sql`l.statut = ${valeur}`),
  },
  champs: {
    fichier: champ('texte', 'Fichier', 'Nom du fichier.', sql`l.fichier`),
    qui: champ('texte', 'Déposé par', 'Qui a déposé le fichier.', sql`l.qui`),
    le: champ(
      'texte',
      'Déposé le',
      'Quand le fichier a été déposé, ou importé en ligne de commande.',
      enInstant('l.le'),
      { tri: sql`l.le` },
    ),
    etat: champ('texte', 'État', 'Où en est l’import.', sql`l.statut`, {
      lire: (brut) => capitale(workflowDepot.etats[estEtat.parse(brut)]),
    }),
    lignes: compte('lignes', 'Lignes', 'Lignes lues.'),
    creees: compte('creees', 'Créées', 'Lignes créées, ou à créer.'),
    modifiees: compte('modifiees', 'Modifiées', 'Lignes modifiées, ou à modifier.'),
    rejetees: compte('rejetees', 'Rejetées', 'Lignes rejetées.'),
  },
});

/** States to choose from. */
export const choixEtats = etats.map((valeur) => ({ valeur, texte: capitale(workflowDepot.etats[valeur]) }));
