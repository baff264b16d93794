import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { root } from '../platform/root.ts';

const laureat = z.object({
  rang: z.coerce.number().int(),
  siret: z.string().regex(/^\d{14}$/),
  raison_sociale: z.string().min(1),
  code_commune: z.string(),
  libelle_public: z.string().min(1),
  postes: z.coerce.number().int().positive(),
  type_lieu: z.string().min(1),
  itinerant: z.enum(['oui', 'non']),
});

const lieu = z.object({ nom: z.string(), nature: z.string(), itinerant: z.boolean() });

const contexte = z.object({
  source: z.string(),
  departement: z.string(),
  seance: z.iso.date(),
  annonce: z.object({ date: z.iso.date(), instant: z.iso.datetime() }),
  vagues: z.array(
    z.object({
      rang: z.int(),
      nom: z.string(),
      ouvreLe: z.iso.date().nullable(),
      precision: z.enum(['jour', 'mois']),
      priorites: z.array(z.string()),
    }),
  ),
  plan: z.object({
    nom: z.string(),
    genre: z.enum(['m', 'f']),
    presenteLe: z.iso.date(),
    mesure: z.string(),
  }),
  assemblee: z.object({ siret: z.string(), coordinateur: z.boolean(), lieux: z.array(lieu) }),
  enTete: z.object({ service: z.array(z.string()), lieu: z.string(), contact: z.string() }),
});

export const personneDemo = z.object({
  prenom: z.string().min(1),
  nom: z.string().min(1),
  courriel: z.email(),
  role: z.string().min(1),
  niveau: z.string().min(1),
  /** Code of a territory, SIRET of a structure or of a team's; empty for the nation. */
  perimetre: z.string(),
});

export type PersonneDemo = z.infer<typeof personneDemo>;
export type LaureatDemo = z.infer<typeof laureat>;
export type ContexteDemo = z.infer<typeof contexte>;

/** The Aisne of March 2021 as its data files tell it. */
export const lireDemo = async (): Promise<{
  readonly laureats: readonly LaureatDemo[];
  readonly contexte: ContexteDemo;
  readonly personnes: readonly PersonneDemo[];
}> => {
  const folder = join(root, 'demo', 'aisne');
  const [laureats, json, personnes] = await Promise.all(
    ['laureats.csv', 'contexte.json', 'personnes.csv'].map((file) => readFile(join(folder, file), 'utf8')),
  );
  const rows = (csv = ''): unknown => parse(csv, { columns: true, delimiter: ';' });
  return {
    laureats: z.array(laureat).parse(rows(laureats)),
    contexte: contexte.parse(JSON.parse(json ?? '')),
    personnes: z.array(personneDemo).parse(rows(personnes)),
  };
};
