import type { Database } from '../platform/database/index.ts';
import { etapes } from './demande/champ.ts';
import { champsDe } from './demande/champs.ts';
import { lireContexte } from './demande/depot.acts.ts';
import { type SectionDossier, sectionsDe } from './demande/saisie.rules.ts';
import { findCandidature } from './demande/store.ts';
import { listVersions } from './demande/versions.store.ts';
import type { EtatCandidature } from './workflow.ts';

/** An application as it was last submitted, for whoever reads it; as typed, while it never was. */
export type Dossier = {
  readonly id: string;
  readonly numero: number;
  readonly statut: EtatCandidature;
  readonly structure: string;
  readonly vague: string;
  /** Of the submission that is read; null: never submitted, or before submissions were kept. */
  readonly version: number | null;
  readonly deposeeLe: string | null;
  readonly sections: readonly SectionDossier[];
};

/** Reads an application that the acting person sees. */
export const lireDossier = async (db: Database, id: string): Promise<Dossier | undefined> => {
  const candidature = await findCandidature(db, id);
  if (candidature === undefined) return undefined;
  const [version] = await listVersions(db, id);
  const { numero, statut, structure, vague, saisie, deposeeLe } = candidature;
  return {
    id,
    numero,
    statut,
    structure: structure.nom,
    vague: vague.nom,
    version: version?.numero ?? null,
    deposeeLe: version?.deposeeLe ?? deposeeLe,
    sections:
      version?.contenu.sections ??
      sectionsDe(champsDe(vague), etapes, saisie, await lireContexte(db, candidature)),
  };
};
