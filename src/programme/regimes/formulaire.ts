import { z } from 'zod';
import { dateDuDomaine } from '../../platform/dates.ts';
import { nombre } from '../../platform/francais/index.ts';
import { type Centimes, centimes } from '../../platform/money.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { publics, type RegimeEcrit, type SaisieRegime, type VarianteEcrite } from './rules.ts';

const nombreLu = (texte: string): string => texte.replace(/[\s\u00a0\u202f€%]/g, '').replace(',', '.');

/** Reads the form of a régime; says, by field, everything that is missing or wrong. A public left empty has no figures. */
export const lireRegime = (
  saisie: SaisieRegime,
):
  | { readonly ok: true; readonly valeur: RegimeEcrit }
  | { readonly ok: false; readonly erreurs: ErreursFormulaire } => {
  const erreurs: Record<string, string> = {};
  const brut = (nom: string): string => (saisie[nom] ?? '').replaceAll('\0', '').trim();
  const dire = (nom: string, message: string): void => {
    erreurs[nom] ??= message;
  };
  const texte = (nom: string, longueur: number, manque: string): string => {
    const lu = brut(nom);
    if (lu === '') dire(nom, manque);
    if (lu.length > longueur)
      dire(nom, `Ce texte est trop long\u00a0: ${nombre(longueur)} caractères au plus.`);
    return lu;
  };
  const euros = (nom: string): Centimes | null => {
    const lu = nombreLu(brut(nom));
    if (lu === '') return null;
    if (/^\d{1,9}(\.\d{1,2})?$/.test(lu)) return centimes(Math.round(Number(lu) * 100));
    dire(nom, 'Écrivez un montant en euros, par exemple 50\u00a0000 ou 4\u00a0805,50.');
    return null;
  };
  const code = texte('code', 50, 'Écrivez le code du régime, par exemple forfait-2026.');
  if (code !== '' && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code))
    dire('code', 'Le code s’écrit en minuscules sans accent, chiffres et tirets, par exemple forfait-2026.');
  const libelle = texte(
    'libelle',
    200,
    'Écrivez le nom du régime, par exemple «\u00a0Forfait de 2026\u00a0».',
  );
  const mode = z.enum(['forfait', 'taux']).safeParse(brut('mode')).data;
  if (mode === undefined)
    dire('mode', 'Choisissez comment l’État paie\u00a0: un forfait, ou un taux du salaire.');
  const debut = texte('debut', 10, 'Écrivez le premier jour où le régime s’applique.');
  const fin = brut('fin') === '' ? null : brut('fin');
  for (const [nom, jour] of [
    ['debut', debut],
    ['fin', fin],
  ] as const)
    if (jour !== null && jour !== '' && !dateDuDomaine.safeParse(jour).success)
      dire(nom, 'Écrivez un jour qui existe, de 1900 à 2100.');
  if (fin !== null && fin <= debut)
    dire('fin', 'La fin vient après le début\u00a0: choisissez un jour plus tardif, ou laissez-la vide.');
  const source = texte(
    'source',
    500,
    'Écrivez d’où viennent ces chiffres\u00a0: le texte, sa date, sa page.',
  );
  const variantes = publics.flatMap(({ code: pour, categorie, territoire }): readonly VarianteEcrite[] => {
    const nom = (champ: string): string => `${champ}_${pour}`;
    if (['duree', 'plafond', 'taux', 'formation'].every((champ) => brut(nom(champ)) === '')) return [];
    const duree = Number(/^\d{1,3}$/.exec(nombreLu(brut(nom('duree'))))?.[0] ?? 0);
    if (duree < 1 || duree > 120) dire(nom('duree'), 'Écrivez une durée de 1 à 120 mois.');
    const plafond = euros(nom('plafond'));
    if (plafond === 0) dire(nom('plafond'), 'Écrivez un montant plus grand que zéro, ou laissez-le vide.');
    const formation = euros(nom('formation'));
    const tauxLu = nombreLu(brut(nom('taux')));
    const taux = /^\d{1,3}(\.\d)?$/.test(tauxLu) ? Math.round(Number(tauxLu) * 10) : 0;
    const base = z.enum(['brut', 'charge']).safeParse(brut(nom('base'))).data ?? null;
    if (mode === 'forfait') {
      if (plafond === null) dire(nom('plafond'), 'Écrivez le montant du forfait pour un poste, en euros.');
      if (tauxLu !== '')
        dire(nom('taux'), 'Un forfait n’a pas de taux\u00a0: laissez-le vide, ou choisissez le taux.');
    } else if (mode === 'taux') {
      if (taux < 1 || taux > 1000) dire(nom('taux'), 'Écrivez un taux de 0,1 à 100\u00a0%, par exemple 70.');
      if (base === null) dire(nom('base'), 'Choisissez le salaire sur lequel le taux est pris.');
    }
    return [
      {
        categorie,
        territoire,
        dureeMois: duree,
        plafond,
        tauxPourMille: mode === 'taux' ? taux : null,
        baseSalaire: mode === 'taux' ? base : null,
        formation: formation ?? centimes(0),
      },
    ];
  });
  if (variantes.length === 0)
    dire(
      'duree_publique_metropole',
      'Écrivez les chiffres d’au moins un public\u00a0: durée et montant, ou taux.',
    );
  return mode === undefined || Object.keys(erreurs).length > 0
    ? { ok: false, erreurs }
    : { ok: true, valeur: { code, libelle, mode, debut, fin, source, variantes } };
};
