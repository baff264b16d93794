import { z } from 'zod';
import type { Champ, Champs, Liste } from './liste.ts';

const zodDe = (type: Champ['type']): z.ZodType => {
  switch (type) {
    case 'texte':
      return z.string();
    case 'entier':
      return z.int();
    case 'decimal':
    case 'euros':
      return z.number();
    case 'date':
      return z.iso.date();
    case 'booleen':
      return z.boolean();
    case 'textes':
      return z.array(z.string());
  }
};

/** The shape of a row for a program, for the OpenAPI document. */
export const schemaDeLigne = (champs: Champs): z.ZodType =>
  z.object(
    Object.fromEntries(
      Object.entries(champs).map(([code, { type, description }]) => [
        code,
        zodDe(type).nullable().describe(description),
      ]),
    ),
  );

const tableType = (type: Champ['type']): Readonly<Record<string, unknown>> => {
  switch (type) {
    case 'texte':
    case 'textes':
      return { type: 'string' };
    case 'entier':
      return { type: 'integer' };
    case 'decimal':
    case 'euros':
      return { type: 'number', decimalChar: ',' };
    case 'date':
      return { type: 'date', format: 'default' };
    case 'booleen':
      return { type: 'boolean', trueValues: ['oui'], falseValues: ['non'] };
  }
};

/** The schema of the CSV file of a list, as Table Schema writes it (https://specs.frictionlessdata.io/table-schema/). */
export const tableSchema = (liste: Liste, adresse: string): Readonly<Record<string, unknown>> => ({
  $schema: 'https://frictionlessdata.io/schemas/table-schema.json',
  name: liste.code,
  title: liste.titre,
  description: liste.description,
  homepage: `${adresse}/donnees`,
  path: `${adresse}/donnees/${liste.code}.schema.json`,
  fields: Object.entries(liste.champs).map(([code, { titre, description, type }]) => ({
    name: code,
    title: titre,
    description,
    ...tableType(type),
  })),
});
