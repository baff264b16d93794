import { type Database, enTransaction } from '../platform/database/index.ts';
import { typographier } from '../platform/francais/index.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import { abandonner, enRefus, type Resultat, refuser, reussi } from '../platform/result.ts';
import { ecrireLibelle, findStructure } from './store.ts';

const longueurMax = 200;

/**
 * Sets the name under which a structure is announced, as reviewed. Without article: « tiers-lieu de Gauchy ». Refuses
 * a structure that is unknown or of another's territory, an empty label, one of more than 200 characters, and one that
 * somebody else has just written.
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
        return abandonner(refuser('libelle', `Le libellé de la structure ${identifiant} est vide.`));
      if (libelle.length > longueurMax) {
        return abandonner(
          refuser(
            'libelle',
            `Le libellé de la structure ${identifiant} dépasse ${longueurMax} signes : raccourcissez-le.`,
          ),
        );
      }
      const structure = await findStructure(transaction, identifiant);
      if (!structure)
        return abandonner(refuser('structure', `Aucune structure ne porte le numéro ${identifiant}.`));
      if (!(await ecrireLibelle(transaction, structure.id, libelle, demande.version)))
        return abandonner(
          refuser(
            'version',
            `Le libellé de la structure ${identifiant} n’est pas enregistré : une autre personne vient de la modifier, ou elle n’est pas de votre territoire.`,
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
