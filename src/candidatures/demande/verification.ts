import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import type { ChampNomme, SaisieCandidature } from './champ.ts';
import { champsDe, type FormeDeVague } from './champs.ts';
import { lireEntier } from './lecture.rules.ts';
import { champsIdentite, type Demande, schemaDemande, schemaLieu } from './noyau.ts';
import { lieuxSaisis, texteSaisi } from './saisie.rules.ts';

/** What of the world outside the form decides whether an answer is right. */
export type Connu = {
  /** Names of the communes named by their code; one that is not there does not exist. */
  readonly communes: ReadonlyMap<string, string>;
  /** Questions that have a file. */
  readonly pieces: ReadonlyMap<string, readonly unknown[]>;
};

const communeInconnue = 'Cette commune n’existe pas : cherchez-la par son nom ou son code postal.';
const communeAChoisir = 'Écrivez le nom ou le code postal de la commune, enregistrez, puis choisissez-la.';

const erreursDeLieux = (saisie: SaisieCandidature, { communes }: Connu): ErreursFormulaire => {
  const erreurs: Record<string, string> = {};
  lieuxSaisis(saisie).forEach((lieu, rang) => {
    const lu = schemaLieu.safeParse(lieu);
    for (const { path, message } of lu.error?.issues ?? [])
      erreurs[`lieux-${rang}-${String(path[0])}`] ??=
        path[0] === 'commune' && lieu.commune !== '' ? communeAChoisir : message;
    if (lu.success && !communes.has(lu.data.commune)) erreurs[`lieux-${rang}-commune`] = communeInconnue;
  });
  return erreurs;
};

/** What is wrong or missing in some fields, in the order of the form; the names are those of the controls. */
export const verifier = (
  champs: readonly ChampNomme[],
  saisie: SaisieCandidature,
  connu: Connu,
): ErreursFormulaire => {
  const erreurs: Record<string, string> = {};
  for (const { nom, controle, schema, obligatoire } of champs) {
    if (controle.type === 'pieces') {
      if (obligatoire && (connu.pieces.get(nom) ?? []).length === 0)
        erreurs[nom] = 'Joignez au moins un fichier.';
      continue;
    }
    if (controle.type === 'lieux' && lieuxSaisis(saisie).length > 0) {
      Object.assign(erreurs, erreursDeLieux(saisie, connu));
      const trop = schema.safeParse(lieuxSaisis(saisie)).error?.issues.find(({ path }) => path.length === 0);
      if (trop) erreurs[nom] = trop.message;
      continue;
    }
    const valeur = saisie[nom] ?? (controle.type === 'cases' || controle.type === 'lieux' ? [] : '');
    const message = schema.safeParse(valeur, { error: () => 'Cette réponse n’a pas la forme attendue.' })
      .error?.issues[0]?.message;
    if (message !== undefined) {
      erreurs[nom] = controle.type === 'commune' && valeur !== '' ? communeAChoisir : message;
      continue;
    }
    if (controle.type === 'commune' && typeof valeur === 'string' && !connu.communes.has(valeur.trim()))
      erreurs[nom] = communeInconnue;
  }
  const postes = lireEntier(texteSaisi(saisie, 'postes'));
  const coordinateurs = lireEntier(texteSaisi(saisie, 'coordinateurs'));
  if (
    champs.some(({ nom }) => nom === 'coordinateurs') &&
    postes !== undefined &&
    coordinateurs !== undefined &&
    coordinateurs > postes
  )
    erreurs['coordinateurs'] ??= 'Écrivez un nombre au plus égal à celui des postes demandés.';
  return erreurs;
};

/** The fields that are verified: who a known structure is stands already. */
export const champsAVerifier = ({
  vague,
  structure,
}: {
  readonly vague: FormeDeVague;
  readonly structure: { readonly verrouillee: boolean };
}): readonly ChampNomme[] =>
  champsDe(vague).filter(
    ({ nom }) => !structure.verrouillee || !champsIdentite.some((identite) => identite === nom),
  );

/** The core of what is typed, read. Throws on what `verifier` refuses: ask it first. */
export const lireDemande = (saisie: SaisieCandidature): Demande => schemaDemande.parse(saisie);
