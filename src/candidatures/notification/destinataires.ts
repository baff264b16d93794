import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import type { ContenuLettre } from './contenu.rules.ts';
import { listGestionnairesDe } from './store.ts';

export type Destinataire = { readonly courriel: string; readonly personne?: string };

/** Who is written to of a letter: managers of the structure and the contact of the application, each once. */
export const lireDestinataires = async (
  db: Database,
  contenus: readonly ContenuLettre[],
): Promise<(contenu: ContenuLettre) => readonly Destinataire[]> => {
  const gestionnaires = await listGestionnairesDe(
    db,
    contenus.map(({ structure }) => structure.id),
  );
  return ({ structure, destinataire }) => {
    const siens = gestionnaires.filter(({ structureId }) => structureId === structure.id);
    const contact = z.email().safeParse(destinataire.courriel?.trim());
    return contact.success &&
      !siens.some(({ courriel }) => courriel.toLowerCase() === contact.data.toLowerCase())
      ? [...siens, { courriel: contact.data }]
      : siens;
  };
};
