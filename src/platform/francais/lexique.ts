/**
 * Words met in the names of the national file, with the accents that capital letters lost. A word that is
 * here is a common noun and takes no capital; any other is taken for a proper name.
 */
const MOTS = `
à accompagnement accueil action actions agence agglomération aide animation animations annexe antenne
assistance association associatif atelier ateliers au aux avec avenir
bassin bibliothèque bureau bus
caisse canton cantonal carrefour centre centres chambre chantier chantiers château cité club collectif
collectivité collège comité commerce communal communale communauté commune communes compagnie conseil
consulaire coopératif coopérative coordination culture culturel culturelle culturels
d dans de département départemental départementale départementales des développement du
école économique éducatif éducation éducative emploi en enfance ensemble entraide entreprise entreprises
environs espace espaces établissement et études
familial familiale familiales familles fédération ferme formation formations fondation forge foyer foyers
gestion groupe groupement groupements
habitants habitat handicap handicapées
inclusion industrie information initiative initiatives innovation insertion intercommunal intercommunale
intercommunalité interculturelle interculturel internet itinérant itinérante
jeune jeunes jeunesse
l la laïque le les ligue local locale locales logement loisir loisirs lycée
mairie maison maisons médiathèque médiation métier métiers métropole mission missions mixte mobile mobilité
multimédia municipal municipale mutualité
nouvelle nouvelles numérique numériques
office oeuvre oeuvres ou
par parc pays personnalisées personnes plateforme point pôle populaire populaires pour préfecture prévention
professionnel professionnelle professionnelles projet promotion public publique publics
quartier quartiers
régie région régional régionale régionales regroupement relais ressource ressources réseau réseaux rural
rurale ruraux
salle santé sauvegarde scolaire secours section sénior séniors service services social sociale sociales
sociaux société socioculturel socioculturelle socioculturels solidaire solidaires solidarité solidarités
sous sport sportif sportive sports sur syndicat
technologie technologies territoire territoires territorial territoriale tiers tourisme travail
un une union unité unités universitaire université urbain urbaine
vie village villages ville villes
`;

/** Abbreviations of the national file. */
export const ABREGES: Readonly<Record<string, string>> = {
  ass: 'association',
  asso: 'association',
  assoc: 'association',
  ctre: 'centre',
  ctr: 'centre',
  dep: 'départemental',
  dept: 'département',
  fed: 'fédération',
  st: 'Saint',
  ste: 'Sainte',
  synd: 'syndicat',
};

/** Acronyms that stay in capitals although they could be read as words. */
export const SIGLES: ReadonlySet<string> = new Set(
  `ACSO ADAPEI ADIL ADMR AFEJI AFPA AFPAM AGIR ANCT APF APTIC ARS ASBL CAF CARSAT CCAS CCI CDG CIAS CIDFF CIP CLAJ CPAM
  CPIE CRIJ CSC EHPAD EPCC EPCI EPIDE ESAT ESS FEPEM FJT FOL GEIQ GIP GRETA ID IFAC INFREP LEC LP MDPH MFR MIJ MJC
  MLI MSA MSAP OGEC OPH PAEJ PETR PIJ PIMMS PLIE PNR RERS SA SARL SAS SCIC SCOP SIAE SICTOM SIVOM SIVU SPL TAC
  UDAF UFCV UNAF URHAJ UTAS ZA`.split(/\s+/),
);

/** Without accents, apostrophes or hyphens, in lower case: the key under which names are compared. */
export function plier(texte: string): string {
  return texte
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Folded word to the word with its accents. */
export const NOMS_COMMUNS: ReadonlyMap<string, string> = new Map(
  MOTS.trim()
    .split(/\s+/)
    .map((mot) => [plier(mot), mot.replace(/^oeuvre/, 'œuvre')]),
);
