import { nombre, pluriel } from '../francais/index.ts';
import type { Tuiles } from '../http/route.ts';
import type { Bornes, FondAPoints } from './cartographie.ts';
import { communeDuGroupe, decrireLieu, hrefStructure, nommerGroupe, nommerLieu, regrouper } from './lieux.ts';

/** A structure on the map and in the list. */
export type LieuCarte = {
  readonly id: string;
  /** Public label. */
  readonly libelle: string;
  readonly commune: string | null;
  /** Code of the département, by which an overseas place finds its frame. */
  readonly departement: string | null;
  readonly postes: number;
  /** WGS 84; null when not even the commune is known. */
  readonly position: { readonly longitude: number; readonly latitude: number } | null;
  /** Whether the position is the structure's own, or that of its commune. */
  readonly exacte: boolean;
  /** Metres from the place that the page is about. */
  readonly distance?: number | undefined;
};

/** A part of the country that the first view does not show: overseas. */
export type VueCarte = {
  readonly nom: string;
  readonly href: string;
  readonly structures: number;
  readonly bornes: Bornes;
};

export type CarteLieuxProps = {
  /** Unique in the page. */
  id: string;
  /** What the map shows; its name. */
  titre: string;
  fond: FondAPoints;
  /** In the order of the list. */
  lieux: readonly LieuCarte[];
  /** What the browser program reads (GeoJSON): points, outlines, and the names on a background without tiles. */
  sources: { readonly points: string; readonly contours: string; readonly reperes?: string };
  bornes: Bornes;
  tuiles?: Tuiles | undefined;
  /** The place from which distances are counted. */
  repere?: { readonly nom: string; readonly longitude: number; readonly latitude: number } | undefined;
  /** The structure that the place is, left out of those around it. */
  sauf?: string | undefined;
  vues?: readonly VueCarte[] | undefined;
  /** The map moves when somebody asks for it; else as soon as it is near the screen. */
  surDemande?: boolean | undefined;
  /** The table of all the structures, for what the list leaves out. */
  tout?: { readonly href: string; readonly texte: string } | undefined;
  /** What to say when there is no structure. */
  vide?: string | undefined;
};

/** Entries of the list; circles of one structure each; circles of groups. */
const LISTES = 100;
const SEPARES = 150;
const CERCLES = 130;
/** Circles among which names are written. */
const NOMMES = 60;
/** Radius of the circle of one post: the area follows the posts. */
const RAYON = 15;
/** How far a circle may step aside. */
const ECART_MAX = 75;
const TAILLE_DU_NOM = 44;

/** Map of structures and, beside it, the list that says all that it says. A browser program may take it over. */
export function CarteLieux(props: CarteLieuxProps) {
  const { id, titre, lieux, sources, bornes, tuiles, repere, vues = [], tout, vide } = props;
  const places = lieux.filter(({ position }) => position !== null);
  const listes = places.slice(0, LISTES);
  const sansPosition = lieux.filter(({ position }) => position === null);
  return (
    <div class="carte-lieux">
      <figure
        class="carte-lieux__figure"
        data-ilot="carte"
        data-points={sources.points}
        data-contours={sources.contours}
        data-reperes={sources.reperes}
        data-bornes={bornes.map((degres) => Math.round(degres * 1000) / 1000).join(' ')}
        data-liste={`${id}-liste`}
        data-tuiles={tuiles?.adresse}
        data-sur-demande={props.surDemande ? '' : undefined}
        data-repere={repere && `${repere.longitude} ${repere.latitude}`}
        data-repere-nom={repere?.nom}
        data-sauf={props.sauf}
      >
        <figcaption id={id} class="carte-lieux__titre">
          {titre}
        </figcaption>
        <p class="maillage-carte__passer">
          <a class="fr-link" href={`#${id}-liste`}>
            Passer la carte et lire la liste
          </a>
        </p>
        <div class="carte-lieux__cadre">
          <Dessin {...props} listes={listes} />
        </div>
        {repere ? (
          <p class="carte-lieux__cle">
            <span class="carte-lieux__croix" aria-hidden="true">
              +
            </span>
            <span class="fr-sr-only">Croix</span>
            {`\u00a0: ${repere.nom}`}
          </p>
        ) : null}
        <Vues vues={vues} />
        {tuiles && tuiles.source !== '' ? (
          <p class="carte-lieux__source" data-source hidden>
            Fond de carte : {tuiles.source}
          </p>
        ) : null}
      </figure>
      <div class="carte-lieux__cote" id={`${id}-liste`}>
        <div class="carte-lieux__defile">
          <p class="carte-lieux__compte" role="status">
            {places.length === 0
              ? (vide ?? 'Aucune structure à montrer.')
              : compteEnMots(places.length, repere !== undefined)}
          </p>
          {places.some(({ exacte }) => !exacte) ? (
            <p class="carte-lieux__detail">
              Une structure dont l’adresse n’est pas connue est placée au centre de sa commune.
            </p>
          ) : null}
          <ol class="carte-lieux__liste" hidden={listes.length === 0}>
            {listes.map((lieu) => (
              <Entree key={lieu.id} lieu={lieu} />
            ))}
          </ol>
          {tout && lieux.length > 0 ? (
            <p class="carte-lieux__suite">
              <a class="fr-link" href={tout.href}>
                {tout.texte}
              </a>
            </p>
          ) : null}
          <SansPosition id={id} lieux={sansPosition} />
        </div>
      </div>
    </div>
  );
}

const compteEnMots = (compte: number, lesPlusProches: boolean): string => {
  if (lesPlusProches)
    return compte === 1 ? 'La structure la plus proche' : `Les ${compte} structures les plus proches`;
  const phrase = pluriel(compte, 'structure', 'structures');
  return compte > LISTES ? `${phrase}, dont les ${LISTES} premières sont ici.` : phrase;
};

function Entree({ lieu }: { lieu: LieuCarte }) {
  const { id, libelle, position, exacte } = lieu;
  return (
    <li class="carte-lieux__entree" id={`lieu-${id}`} data-id={id}>
      <a href={hrefStructure(id)}>{libelle}</a>{' '}
      <span class="carte-lieux__detail">
        {decrireLieu({ ...lieu, exacte: position === null ? undefined : exacte })}
      </span>
    </li>
  );
}

function SansPosition({ id, lieux }: { id: string; lieux: readonly LieuCarte[] }) {
  if (lieux.length === 0) return null;
  const phrase = `${pluriel(lieux.length, 'structure n’est pas', 'structures ne sont pas')} sur la carte : leur commune n’est pas connue.`;
  return (
    <>
      <p class="carte-lieux__absents" id={`${id}-absents`}>
        {phrase}
      </p>
      <ul class="carte-lieux__liste" aria-labelledby={`${id}-absents`}>
        {lieux.slice(0, 20).map((lieu) => (
          <Entree key={lieu.id} lieu={lieu} />
        ))}
      </ul>
    </>
  );
}

function Vues({ vues }: { vues: readonly VueCarte[] }) {
  if (vues.length === 0) return null;
  return (
    <ul class="carte-lieux__vues" aria-label="Outre-mer">
      {vues.map(({ nom, href, structures, bornes }) => (
        <li key={href}>
          <a href={href} data-vue={bornes.map((degres) => Math.round(degres * 1000) / 1000).join(' ')}>
            {nom}
          </a>{' '}
          ({nombre(structures)})
        </li>
      ))}
    </ul>
  );
}

type Cercle = {
  readonly x: number;
  readonly y: number;
  readonly rayon: number;
  readonly href: string;
  readonly texte: string;
  readonly commune: string | null;
};

function Dessin(props: CarteLieuxProps & { listes: readonly LieuCarte[] }) {
  const { id, fond: aPoints } = props;
  const { fond, sujets } = aPoints;
  const cercles = tracerCercles(props);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing that holds links, in no way a fieldset
    <svg
      class="carte-lieux__dessin"
      viewBox={`0 0 ${fond.largeur} ${fond.hauteur}`}
      role="group"
      aria-labelledby={id}
    >
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing here takes the focus */}
      <g aria-hidden="true">
        {fond.encarts.map(({ nom, x, y, largeur, hauteur }) => (
          <g key={nom}>
            <rect class="maillage-carte__encart" x={x} y={y} width={largeur} height={hauteur} rx="12" />
            <text class="maillage-carte__nom" x={x + largeur / 2} y={y + hauteur - 16} text-anchor="middle">
              {nom}
            </text>
          </g>
        ))}
        {fond.traces.map(({ code, path }) => (
          <path
            key={code}
            class={sujets.includes(code) ? 'carte-lieux__terre' : 'carte-lieux__voisin'}
            d={path}
          />
        ))}
      </g>
      <Repere {...props} />
      {cercles.map(({ x, y, rayon, href, texte }, rang) => (
        <a key={rang} class="carte-lieux__lieu" href={href} aria-label={texte}>
          <title>{texte}</title>
          <circle cx={Math.round(x)} cy={Math.round(y)} r={Math.round(rayon)} />
        </a>
      ))}
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing here takes the focus */}
      <g aria-hidden="true">
        {placerNoms(cercles, fond.largeur, fond.hauteur).map(({ x, y, nom }) => (
          <text key={nom} class="carte-lieux__nom" x={Math.round(x)} y={Math.round(y)} text-anchor="middle">
            {nom}
          </text>
        ))}
      </g>
    </svg>
  );
}

function Repere({ fond, repere }: CarteLieuxProps) {
  const point = repere && fond.placer(repere.longitude, repere.latitude, null);
  if (!point || repere === undefined) return null;
  const [x, y] = [Math.round(point.x), Math.round(point.y)];
  return (
    <g class="carte-lieux__repere">
      <title>{repere.nom}</title>
      <path d={`M${x - 22} ${y}h44M${x} ${y - 22}v44`} />
    </g>
  );
}

const surface = (postes: number): number => Math.min(RAYON * Math.sqrt(Math.max(1, postes)), 4.5 * RAYON);

/** One circle for each structure, stepping aside; where there are too many, one for each group of neighbours. */
function tracerCercles({
  fond,
  lieux,
  listes,
  tout,
}: CarteLieuxProps & { listes: readonly LieuCarte[] }): readonly Cercle[] {
  const poses = lieux.flatMap((lieu) => {
    const { position, departement, postes } = lieu;
    const point = position && fond.placer(position.longitude, position.latitude, departement);
    return point ? [{ ...point, poids: postes, lieu }] : [];
  });
  if (poses.length <= SEPARES) {
    const seuls = poses.map(({ x, y, lieu }) => ({
      x,
      y,
      rayon: surface(lieu.postes),
      href: hrefStructure(lieu.id),
      texte: nommerLieu(lieu),
      commune: lieu.commune,
    }));
    const ecartes = ecarter(seuls, fond.fond.largeur, fond.fond.hauteur);
    if (ecartes !== null) return ecartes;
  }
  let rayon = 2 * RAYON;
  let groupes = regrouper(poses, rayon);
  while (groupes.length > CERCLES) {
    rayon *= 1.3;
    groupes = regrouper(poses, rayon);
  }
  const dansLaListe = new Set(listes.map(({ id }) => id));
  // On one département a group leads to the list; on several, to the département.
  const hrefGroupe = (membres: readonly LieuCarte[]): string => {
    const visible = membres.find(({ id }) => dansLaListe.has(id));
    const departement = membres[0]?.departement ?? null;
    if (fond.sujets.length > 1 && departement !== null) return `/departements/${departement}`;
    return visible ? `#lieu-${visible.id}` : (tout?.href ?? '#contenu');
  };
  // The heaviest touches its neighbours at most; the others in proportion.
  const lePlusLourd = Math.max(...groupes.map(({ poids }) => poids));
  const unite = Math.min(RAYON, rayon / 2 / Math.sqrt(lePlusLourd));
  const cercles = groupes.map(({ x, y, poids, membres }) => {
    const [premier] = membres;
    const seul = premier !== undefined && membres.length === 1;
    return {
      x,
      y,
      rayon: Math.max(8, unite * Math.sqrt(poids)),
      href: seul ? hrefStructure(premier.id) : hrefGroupe(membres),
      texte: `${seul ? premier.libelle : nommerGroupe(membres)}\u00a0: ${pluriel(poids, 'poste', 'postes')}`,
      commune: communeDuGroupe(membres),
    };
  });
  // The small ones on top: none is covered.
  return cercles.sort((a, b) => b.rayon - a.rayon);
}

/**
 * Moves apart the circles that cover each other, as little as it takes; those of one place turn around it. Null when
 * some would end too far from where they are.
 */
function ecarter(cercles: readonly Cercle[], largeur: number, hauteur: number): readonly Cercle[] | null {
  const poses = cercles.map((cercle) => ({ ...cercle, origine: cercle }));
  for (let tour = 0; tour < 60; tour += 1) {
    let calme = true;
    for (const [rang, cercle] of poses.entries()) {
      for (const autre of poses.slice(rang + 1)) {
        const ecart = cercle.rayon + autre.rayon + 3;
        let [dx, dy] = [autre.x - cercle.x, autre.y - cercle.y];
        let distance = Math.hypot(dx, dy);
        if (distance >= ecart) continue;
        calme = false;
        if (distance < 0.5) {
          // The golden angle: whatever their number, they spread evenly.
          const angle = (rang + 1) * 2.399963;
          [dx, dy, distance] = [Math.cos(angle), Math.sin(angle), 1];
        }
        const pas = (ecart - Math.min(distance, ecart)) / 2 / distance;
        cercle.x -= dx * pas;
        cercle.y -= dy * pas;
        autre.x += dx * pas;
        autre.y += dy * pas;
      }
      cercle.x = Math.min(largeur - cercle.rayon, Math.max(cercle.rayon, cercle.x));
      cercle.y = Math.min(hauteur - cercle.rayon, Math.max(cercle.rayon, cercle.y));
    }
    if (calme) break;
  }
  if (poses.some(({ x, y, origine }) => Math.hypot(x - origine.x, y - origine.y) > ECART_MAX)) return null;
  return poses.sort((a, b) => b.rayon - a.rayon);
}

type Boite = {
  readonly gauche: number;
  readonly droite: number;
  readonly haut: number;
  readonly bas: number;
};

const croise = (a: Boite, b: Boite): boolean =>
  a.gauche < b.droite && b.gauche < a.droite && a.haut < b.bas && b.haut < a.bas;

/** Names of communes under or over their circles, the largest first, where there is room. */
function placerNoms(cercles: readonly Cercle[], largeur: number, hauteur: number) {
  // Names of a few communes among so many would only puzzle.
  if (cercles.length > NOMMES) return [];
  const prises: Boite[] = cercles.map(({ x, y, rayon }) => ({
    gauche: x - rayon,
    droite: x + rayon,
    haut: y - rayon,
    bas: y + rayon,
  }));
  const noms = new Map<string, { x: number; y: number; nom: string }>();
  for (const { x, y, rayon, commune } of cercles) {
    if (commune === null || noms.has(commune)) continue;
    const demi = commune.length * TAILLE_DU_NOM * 0.28;
    for (const base of [y + rayon + TAILLE_DU_NOM * 0.85, y - rayon - TAILLE_DU_NOM * 0.25]) {
      const boite = { gauche: x - demi, droite: x + demi, haut: base - TAILLE_DU_NOM * 0.8, bas: base + 6 };
      const dedans = boite.gauche >= 0 && boite.droite <= largeur && boite.haut >= 0 && boite.bas <= hauteur;
      if (!dedans || prises.some((prise) => croise(prise, boite))) continue;
      prises.push(boite);
      noms.set(commune, { x, y: base, nom: commune });
      break;
    }
  }
  return [...noms.values()];
}
