import type { Database } from '../../platform/database/index.ts';
import { nomRecherche } from '../../structures/index.ts';
import { type CommuneTrouvee, chercherCommunes } from '../../territoires/index.ts';
import type { LieuSaisi, SaisieCandidature } from './champ.ts';
import { lieuxSaisis, texteSaisi } from './saisie.rules.ts';

const estCode = (texte: string): boolean => /^[0-9][0-9AB]\d{3}$/.test(texte);

/** Communes proposed for one field, and those among which they are sought. */
const proposees = 12;
const cherchees = 60;

/** So that the postal code of several communes is never taken for the code of one. */
const postal = 'code postal ';

/** The communes that some words may mean: the only one of that name or postal code, else those to choose from. */
const comprendre = async (db: Database, ecrit: string): Promise<readonly CommuneTrouvee[]> => {
  const texte = ecrit.replace(postal, '');
  const trouvees = await chercherCommunes(db, texte.slice(0, 100), cherchees);
  const exactes = trouvees.filter(({ nom }) => nomRecherche(nom) === nomRecherche(texte));
  return exactes.length > 0 ? exactes : trouvees;
};

/** Five digits are a postal code when somebody types them, and a code of commune once it was chosen. */
const codeUnique = async (db: Database, texte: string, dejaChoisie: boolean): Promise<string> => {
  if (texte === '' || (dejaChoisie && estCode(texte))) return texte;
  const trouvees = await comprendre(db, texte);
  const [premiere] = trouvees;
  if (trouvees.length === 1 && premiere) return premiere.code;
  return estCode(texte) ? `${postal}${texte}` : texte;
};

/** What is typed with each commune that can only be one replaced by its code. `choisies`: codes chosen from a list. */
export const resoudreCommunes = async (
  db: Database,
  saisie: SaisieCandidature,
  choisies: ReadonlySet<string>,
): Promise<SaisieCandidature> => {
  const resolue: Record<string, SaisieCandidature[string]> = { ...saisie };
  const commune = texteSaisi(saisie, 'commune');
  if ('commune' in saisie) resolue['commune'] = await codeUnique(db, commune, choisies.has(commune));
  if ('lieux' in saisie) {
    const lieux: LieuSaisi[] = [];
    for (const lieu of lieuxSaisis(saisie))
      lieux.push({ ...lieu, commune: await codeUnique(db, lieu.commune, choisies.has(lieu.commune)) });
    resolue['lieux'] = lieux;
  }
  return resolue;
};

export type ChoixDeCommune = { readonly valeur: string; readonly libelle: string };

/**
 * What to choose from in each field of commune whose words mean several, by the name of its control: those of the
 * structure's département first.
 */
export const proposerCommunes = async (
  db: Database,
  saisie: SaisieCandidature,
  departement: string | null,
): Promise<ReadonlyMap<string, readonly ChoixDeCommune[]>> => {
  const champs = [
    ['commune', texteSaisi(saisie, 'commune')] as const,
    ...lieuxSaisis(saisie).map(({ commune }, rang) => [`lieux-${rang}-commune`, commune] as const),
  ].filter(([, texte]) => texte !== '' && !estCode(texte));
  const choix = new Map<string, readonly ChoixDeCommune[]>();
  for (const [nom, texte] of champs)
    choix.set(
      nom,
      (await comprendre(db, texte))
        .toSorted(
          (gauche, droite) =>
            Number(droite.departementCode === departement) - Number(gauche.departementCode === departement),
        )
        .slice(0, proposees)
        .map(({ code, nom: commune, departementNom }) => ({
          valeur: code,
          libelle: `${commune} (${departementNom})`,
        })),
    );
  return choix;
};
