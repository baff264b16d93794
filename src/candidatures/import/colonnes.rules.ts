import { type Resultat, refuser, reussi } from '../../platform/result.ts';

/**
 * What each column of a committee's file means, under every header seen or likely. Order matters: where a file has two
 * columns of one meaning, the first alias found is read.
 */
const alias = {
  reference: ['id', 'identifiant', 'reference', 'ref', 'numero', 'num', 'n', 'no', 'id_structure'],
  nom: [
    'raison_sociale',
    'denomination',
    'nom_structure',
    'nom_de_la_structure',
    'structure',
    'nom',
    'raisonsociale',
    'porteur',
    'libelle_structure',
  ],
  siret: [
    'siret',
    'n_siret',
    'no_siret',
    'numero_siret',
    'num_siret',
    'siret_structure',
    'siret_etablissement',
  ],
  categorie: [
    'type',
    'type_structure',
    'type_de_structure',
    'categorie',
    'nature',
    'statut',
    'public_prive',
    'publique_privee',
  ],
  postes: [
    'nb_cnfs',
    'nb_postes',
    'nombre_de_postes',
    'postes',
    'nb_conseillers',
    'nombre_de_conseillers',
    'nombre_conseillers',
    'nb_cn',
    'nb_conum',
    'nombre_cnfs',
    'nombre_de_cnfs',
    'nombre_postes',
    'postes_attribues',
    'nb_postes_attribues',
    'nombre_de_conseillers_numeriques',
  ],
  date: [
    'date_de_validation_en_comite_de_selection',
    'date_comite',
    'date_du_comite',
    'date_coselec',
    'date_de_coselec',
    'date_seance',
    'date_de_seance',
    'seance',
    'date_validation',
    'date_de_validation',
    'coselec',
    'date',
  ],
  montant: [
    'investissement_financier_estimatif_total_de_l_etat',
    'investissement_financier_estimatif_de_l_etat',
    'investissement_estimatif',
    'investissement',
    'montant',
    'montant_total',
    'montant_estimatif',
    'subvention',
  ],
  adresse: ['adresse', 'adresse_structure', 'adresse_postale', 'voie'],
  codePostal: ['code_postal', 'cp', 'c_p', 'codepostal', 'code_postal_structure'],
  commune: [
    'commune_insee',
    'commune',
    'nom_commune',
    'ville',
    'libelle_commune',
    'nom_de_la_commune',
    'localite',
  ],
  codeCommune: [
    'insee_com',
    'code_insee',
    'code_commune',
    'code_commune_insee',
    'code_insee_commune',
    'insee',
    'codeinsee',
  ],
  departement: [
    'code_departement',
    'insee_dep',
    'code_dep',
    'dep',
    'num_departement',
    'numero_departement',
    'n_departement',
    'dept',
    'dpt',
    'departement',
  ],
  zrr: ['zrr', 'en_zrr', 'zone_zrr'],
  qpv: ['qpv', 'en_qpv', 'zone_qpv'],
  franceServices: [
    'france_services',
    'france_service',
    'fs',
    'label_france_services',
    'labellisee_france_services',
  ],
  latitude: ['latitude', 'lat', 'y'],
  longitude: ['longitude', 'lon', 'lng', 'long', 'x'],
} as const;

export type Champ = keyof typeof alias;
export type Colonnes = Readonly<Partial<Record<Champ, number>>>;

/** The columns added to rejected rows when they are given back: a file that has them brings a complement. */
export const colonnesRejets = ['maillage_ligne', 'maillage_motif'] as const;

export const estComplement = (entetes: readonly string[]): boolean =>
  colonnesRejets.some((name) => entetes.includes(name));

/** How each field is called when speaking to people. */
export const libelles: Readonly<Record<Champ, string>> = {
  reference: 'référence',
  nom: 'raison sociale',
  siret: 'SIRET',
  categorie: 'type de structure',
  postes: 'nombre de postes',
  date: 'date du comité',
  montant: 'montant',
  adresse: 'adresse',
  codePostal: 'code postal',
  commune: 'commune',
  codeCommune: 'code de la commune',
  departement: 'code du département',
  zrr: 'ZRR',
  qpv: 'QPV',
  franceServices: 'France Services',
  latitude: 'latitude',
  longitude: 'longitude',
};

const normalise = (header: string): string =>
  header
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');

const fields = Object.keys(alias) as Champ[];

/**
 * Recognises the columns of a file by its header. Refuses a file without the number of posts, without the date, or
 * without both the SIRET and the name with its commune: no row of it could be a decision.
 */
export const reconnaitreColonnes = (entetes: readonly string[]): Resultat<Colonnes, 'colonnes'> => {
  const known = entetes.map(normalise);
  const colonnes: Partial<Record<Champ, number>> = {};
  for (const field of fields) {
    const index = alias[field].map((name) => known.indexOf(name)).find((position) => position >= 0);
    if (index !== undefined) colonnes[field] = index;
  }
  const missing: string[] = [];
  if (colonnes.postes === undefined) missing.push('le nombre de postes (par exemple « nb_cnfs »)');
  if (colonnes.date === undefined) missing.push('la date du comité (par exemple « date_comite »)');
  if (colonnes.siret === undefined && (colonnes.nom === undefined || colonnes.commune === undefined)) {
    missing.push('le SIRET, ou la raison sociale avec la commune');
  }
  if (missing.length > 0) {
    const seen = entetes.slice(0, 12).join(', ');
    return refuser(
      'colonnes',
      `Colonnes introuvables : ${missing.join(' ; ')}. La première ligne du fichier doit nommer les colonnes ; elle contient : ${seen}${entetes.length > 12 ? '…' : ''}.`,
    );
  }
  return reussi(colonnes);
};
