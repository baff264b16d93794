import { geoContains } from 'd3-geo';
import type { MultiPolygon, Polygon } from 'geojson';
import { euros } from '../../platform/francais/index.ts';
import type { Centimes } from '../../platform/money.ts';
import { montantEngage, type Regime, territoireDe, varianteApplicable } from '../../programme/rules.ts';
import {
  type Annuaire,
  type CommuneConnue,
  type Ecart,
  resoudreCommune,
} from '../../territoires/annuaire.rules.ts';
import { departementSelonCodePostal, distanceMetres } from '../../territoires/rules.ts';
import type { Champ, Colonnes } from './colonnes.rules.ts';
import { type Anomalie, extrait, type LigneLue, lireLigne } from './lignes.rules.ts';

/** What rows are checked against; read once for a whole file. */
export type Contexte = {
  readonly annuaire: Annuaire;
  readonly regimes: readonly Regime[];
  readonly contours: ReadonlyMap<string, Polygon | MultiPolygon>;
};

/** A row ready to be written, or rejected with its reason. */
export type LignePreparee = {
  readonly numero: number;
  readonly ligne: number;
  readonly anomalies: readonly Anomalie[];
  readonly rejet: string | null;
  readonly contenu: readonly string[] | null;
  /** How the file names a structure of which nothing is kept. */
  readonly libelle: string | null;
  readonly decision:
    | (Omit<LigneLue, 'position' | 'commune' | 'codeCommune' | 'montant'> & {
        readonly communeCode: string | null;
        readonly latitude: number | null;
        readonly longitude: number | null;
        readonly varianteId: string;
        readonly montant: Centimes;
      })
    | null;
};

/** A coarse outline and a point beside the border may disagree: nearer than this to its commune, the point is believed. */
const toleranceMetres = 15_000;

const ecarts: Readonly<
  Record<Ecart, (commune: CommuneConnue | undefined) => readonly [string, Champ, string]>
> = {
  inconnue: () => ['commune_inconnue', 'commune', 'La commune n’est pas reconnue.'],
  fusionnee: (commune) => [
    'commune_fusionnee',
    'commune',
    `La commune a changé de nom ou a été fusionnée : elle est lue comme ${commune?.nom} (${commune?.code}).`,
  ],
  code_contredit: (commune) => [
    'commune_contredite',
    'codeCommune',
    `Le code de la commune contredit son nom et son code postal : ${commune?.nom} (${commune?.code}) est retenue.`,
  ],
  code_postal_contredit: (commune) => [
    'code_postal_contredit',
    'codePostal',
    `Le code postal n’est pas un code de ${commune?.nom} (${commune?.code}).`,
  ],
};

const checkPosition = (
  contexte: Contexte,
  ligne: LigneLue,
  commune: CommuneConnue | undefined,
): 'absente' | 'hors_departement' | 'bonne' => {
  if (ligne.position === null) return 'absente';
  if (!commune) return 'bonne';
  if (distanceMetres(ligne.position, commune) < toleranceMetres) return 'bonne';
  const contour = contexte.contours.get(commune.departementCode);
  const inside =
    contour !== undefined && geoContains(contour, [ligne.position.longitude, ligne.position.latitude]);
  return inside ? 'bonne' : 'hors_departement';
};

/** Reads a row, finds its commune, régime and amount, and gathers everything there is to say about it. */
export const preparerLigne = (
  contexte: Contexte,
  colonnes: Colonnes,
  lue: { readonly numero: number; readonly ligne: number; readonly valeurs: readonly string[] },
): LignePreparee => {
  const lecture = lireLigne(colonnes, lue.valeurs);
  const anomalies: Anomalie[] = [...lecture.anomalies];
  const written = (champ: Champ): string => extrait((lue.valeurs[colonnes[champ] ?? -1] ?? '').trim());
  const rejected = (rejet: string): LignePreparee => ({
    numero: lue.numero,
    ligne: lue.ligne,
    anomalies,
    rejet,
    contenu: lue.valeurs,
    libelle: written('nom') || (written('siret') && `SIRET ${written('siret')}`) || null,
    decision: null,
  });
  const { ligne } = lecture;
  if (ligne === null) return rejected(lecture.rejet ?? 'Ligne rejetée.');
  const note = (code: string, champ: Champ, message: string): void => {
    anomalies.push({ code, champ, valeur: written(champ), message });
  };

  const { commune, ecarts: found } = resoudreCommune(contexte.annuaire, {
    nom: ligne.commune,
    codePostal: ligne.codePostal,
    code: ligne.codeCommune,
    departement: ligne.departement,
  });
  for (const ecart of found) note(...ecarts[ecart](commune));
  if (ligne.siret === null && (ligne.nom === null || commune === undefined)) {
    return rejected(
      'Ligne rejetée : elle n’a ni SIRET valide, ni raison sociale avec une commune connue ; on ne sait pas de quelle structure il s’agit.',
    );
  }

  const place = checkPosition(contexte, ligne, commune);
  if (place === 'absente')
    note('position_absente', 'latitude', 'La position manque ; celle de la commune sert à sa place.');
  if (place === 'hors_departement') {
    note(
      'position_hors_departement',
      'latitude',
      `La position (${written('latitude')}, ${written('longitude')}) est hors du département de la commune ; celle de la commune sert à sa place.`,
    );
  }

  const departement =
    commune?.departementCode ??
    ligne.departement ??
    (ligne.codePostal ? departementSelonCodePostal(ligne.codePostal) : null);
  const demande = {
    mode: 'forfait',
    jour: ligne.date,
    categorie: ligne.categorie,
    territoire: territoireDe(departement),
  } as const;
  const variante = varianteApplicable(contexte.regimes, demande);
  const montant = variante && montantEngage(variante, ligne.postes);
  if (!variante || !montant?.ok) {
    return rejected(
      `Ligne rejetée : aucun régime de financement n’est en vigueur à la date du comité (${ligne.date}).`,
    );
  }
  if (ligne.montant !== null && ligne.montant !== montant.valeur) {
    note(
      'montant_different',
      'montant',
      `Le régime donne ${euros(montant.valeur)}, le fichier ${euros(ligne.montant)} : le montant du régime est retenu.`,
    );
  }
  const { position, commune: _, codeCommune: __, ...rest } = ligne;
  return {
    numero: lue.numero,
    ligne: lue.ligne,
    anomalies,
    rejet: null,
    contenu: null,
    libelle: null,
    decision: {
      ...rest,
      communeCode: commune?.code ?? null,
      latitude: place === 'bonne' ? (position?.latitude ?? null) : null,
      longitude: place === 'bonne' ? (position?.longitude ?? null) : null,
      varianteId: variante.id,
      montant: montant.valeur,
    },
  };
};
