import { type Database, enTransaction } from '../platform/database/index.ts';
import { typographier } from '../platform/francais/index.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import { abandonner, enRefus, type Resultat, refuser, reussi } from '../platform/result.ts';
import { ecrireLibelle, findStructure, libelleArrete } from './store.ts';

const longueurMax = 200;

/**
 * Sets the name under which a structure is announced, as reviewed. Without article: « tiers-lieu de Gauchy ». Refuses
 * a structure that is unknown or of another's territory, an empty label, one of more than 200 characters, one that a
 * published communiqué says (two people made it public), and one that somebody else has just written.
 */
export const definirLibelle = (
  db: Database,
  acteur: Acteur,
  demande: {
    readonly identifiant: string;
    readonly libelle: string;
    /** The row version that was seen; the last one, from the command line. */
    readonly version?: number;
  },
): Promise<Resultat<string, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const identifiant = demande.identifiant.replace(/\s/g, '');
      const libelle = typographier(demande.libelle.replace(/\s+/g, ' ').trim());
      if (libelle === '')
        return abandonner(refuser('libelle', 'Écrivez le libellé de la structure, sans article.'));
      if (libelle.length > longueurMax) {
        return abandonner(refuser('libelle', `Ce libellé est trop long : ${longueurMax} signes au plus.`));
      }
      const structure = await findStructure(transaction, identifiant);
      if (!structure)
        return abandonner(refuser('structure', `Aucune structure ne porte le numéro ${identifiant}.`));
      if (await libelleArrete(transaction, structure.id))
        return abandonner(
          refuser(
            'publie',
            'Ce libellé n’est pas enregistré : un communiqué publié ou programmé le porte. Annulez ou retirez d’abord ce communiqué.',
          ),
        );
      if (!(await ecrireLibelle(transaction, structure.id, libelle, demande.version)))
        return abandonner(
          refuser(
            'version',
            'Ce libellé n’est pas enregistré : une autre personne vient de modifier cette structure, ou elle n’est pas de votre territoire.',
          ),
        );
      await journaliser(transaction, acteur, {
        acte: 'structures.definir_libelle',
        objetType: 'structure',
        objetId: structure.id,
        contenu: { avant: structure.libellePublic, apres: libelle },
        ...(structure.departement === null ? {} : { perimetre: { departement: structure.departement } }),
      });
      return reussi(libelle);
    }),
  );
