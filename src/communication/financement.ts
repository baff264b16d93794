import { duree, euros, liste, pourcentage } from '../platform/francais/index.ts';
import type { NatureStructure, RegimeFinancement } from './faits.ts';

/** A piece of template with the figures it names. */
export interface Morceau {
  gabarit: string;
  chiffres: Record<string, string>;
}

const QUI: Readonly<Record<NatureStructure, string>> = {
  publique: 'les structures publiques',
  privee: 'les structures privées',
};

/** Same rule, whoever it is for: said once. */
const regle = (regime: RegimeFinancement): string =>
  regime.mode === 'forfait'
    ? `${regime.plafondCentimes}/${regime.mois}`
    : `${regime.pourcent}/${regime.mois}`;

function sansRedite(regimes: readonly RegimeFinancement[]): readonly RegimeFinancement[] {
  const vus = new Map<string, RegimeFinancement>();
  for (const regime of regimes) {
    const vu = vus.get(regle(regime));
    if (vu === undefined) vus.set(regle(regime), regime);
    else if (vu.nature !== regime.nature) vus.set(regle(regime), { ...vu, nature: null });
  }
  return [...vus.values()];
}

/** « pour les structures publiques », or nothing where the régime is the same for all. */
function pourQui(
  regime: RegimeFinancement,
  memeMode: readonly RegimeFinancement[],
  uneNature: boolean,
): string {
  const ailleurs = memeMode.some((autre) => autre.outreMer !== regime.outreMer);
  if (!ailleurs && (uneNature || regime.nature === null)) return '';
  const lieu = regime.outreMer ? ' d’outre-mer' : ' de l’Hexagone et de Corse';
  return ` pour ${regime.nature === null ? 'les structures' : QUI[regime.nature]}${ailleurs ? lieu : ''}`;
}

function parMode(
  regimes: readonly RegimeFinancement[],
  uneNature: boolean,
  chiffres: Record<string, string>,
): string {
  const dits = sansRedite(regimes);
  const textes = dits.map((regime, rang) => {
    const nature = regime.nature ?? 'autres';
    const homonyme = dits.slice(0, rang).some((autre) => autre.nature === regime.nature);
    const fin = dits.length === 1 ? '' : `_${nature}${homonyme ? `_${rang + 1}` : ''}`;
    const somme = regime.mode === 'forfait' ? `plafond${fin}` : `taux${fin}`;
    const temps = `duree_${regime.mode}${fin}`;
    chiffres[somme] =
      regime.mode === 'forfait' ? euros(regime.plafondCentimes) : pourcentage(regime.pourcent);
    chiffres[temps] = duree(regime.mois);
    const objet = regime.mode === 'forfait' ? '' : ' du salaire';
    return `de {${somme}}${objet} sur {${temps}}${pourQui(regime, dits, uneNature)}`;
  });
  return liste(textes);
}

/**
 * The sentences on money, as a template with its figures; `null` where nothing is known. Kinds of structure are
 * named only where they are not all paid alike.
 */
export function gabaritFinancement(
  regimes: readonly RegimeFinancement[],
  formationPourcent: number | null,
  unSeulPoste: boolean,
): Morceau | null {
  const chiffres: Record<string, string> = {};
  const uneNature =
    new Set(regimes.map((regime) => regime.nature).filter((nature) => nature !== null)).size <= 1;
  const forfaits = regimes.filter((regime) => regime.mode === 'forfait');
  const taux = regimes.filter((regime) => regime.mode === 'taux');
  const moyens: string[] = [];
  if (forfaits.length > 0) moyens.push(`dans la limite ${parMode(forfaits, uneNature, chiffres)}`);
  if (taux.length > 0) moyens.push(`à hauteur ${parMode(taux, uneNature, chiffres)}`);
  const phrases: string[] = [];
  if (moyens.length > 0) {
    phrases.push(`L’État finance ${unSeulPoste ? 'ce poste' : 'chaque poste'} ${moyens.join(', ou ')}.`);
  }
  const sujet = moyens.length > 0 ? 'Il prend également' : 'L’État prend';
  if (formationPourcent !== null && formationPourcent > 0) {
    const part = formationPourcent === 100 ? 'la totalité' : '{part_formation}';
    if (formationPourcent !== 100) chiffres['part_formation'] = pourcentage(formationPourcent);
    phrases.push(`${sujet} à sa charge ${part} des frais de formation.`);
  }
  return phrases.length === 0 ? null : { gabarit: phrases.join(' '), chiffres };
}
