import type { Database } from '../../platform/database/index.ts';
import { lireIdentifiant, ouvrirAnnuaire } from '../../structures/index.ts';
import { enregistrer } from './brouillon.acts.ts';
import type { Candidature } from './store.ts';

/** What is said of it in the form. */
type Rempli = {
  readonly erreurs?: Readonly<Record<string, string>>;
  readonly avis?: string;
  readonly fait?: string;
};
type Trouvee = Awaited<ReturnType<ReturnType<typeof ouvrirAnnuaire>>>;

/** What the directory knows of the number that is typed. Asked before the application is held: nobody waits for it. */
export const chercherDansAnnuaire = async (
  tape: string,
  adresse: string | undefined,
): Promise<Trouvee | Rempli> => {
  const lu = lireIdentifiant(tape);
  if (!lu.ok) return { erreurs: { identifiant: lu.message } };
  if (adresse === undefined || lu.valeur.genre !== 'siret')
    return { avis: 'L’annuaire des entreprises ne connaît que les SIRET : écrivez le nom et l’adresse.' };
  return ouvrirAnnuaire(adresse)(lu.valeur.identifiant);
};

/** Fills what the directory knows; what it does not know stays to be typed. */
export const remplirDepuisAnnuaire = async (
  db: Database,
  candidature: Candidature,
  trouve: Trouvee | Rempli,
): Promise<Rempli> => {
  if (!('ok' in trouve)) return trouve;
  if (!trouve.ok) return { avis: trouve.message };
  const { nom, adresse: rue, commune, publique } = trouve.valeur;
  const rempli = await enregistrer(db, {
    id: candidature.id,
    avant: candidature.saisie,
    tapee: {
      raison_sociale: nom,
      ...(rue === null ? {} : { adresse: rue }),
      ...(commune === null ? {} : { commune }),
      ...(publique === null ? {} : { categorie: publique ? 'publique' : 'privee' }),
    },
    choisies: new Set(commune === null ? [] : [commune]),
  });
  return rempli.ok
    ? { fait: 'Le nom et l’adresse viennent de l’annuaire des entreprises. Relisez-les.' }
    : { avis: rempli.message };
};
