import { z } from 'zod';
import type { Page } from '../../platform/http/route.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import type { Tapee } from './formulaires.ts';
import type { VagueLue } from './store.ts';

export const access = { type: 'role', roles: ['administrateur'] } as const;
export const racine = '/administration/vagues';
export const id = z.uuid('attend un numéro de vague');

export const page = (
  titre: string,
  fil: Page['fil'],
  contenu: Page['contenu'],
  statut?: Page['statut'],
): Page => ({
  type: 'page',
  titre: statut === undefined ? titre : `Erreur\u00a0: ${titre}`,
  description: 'Préparer, publier et suivre les vagues de candidatures.',
  fil: [{ texte: 'Administration', href: '/administration' }, ...fil],
  contenu,
  ...(statut === undefined ? {} : { statut }),
});
export const desVagues = { texte: 'Vagues', href: racine };
export const de = ({ id: vague, nom }: VagueLue) => ({ texte: nom, href: `${racine}/${vague}` });

/** What a page shows of an attempt that was refused. */
export type Vu = {
  readonly erreurs?: ErreursFormulaire;
  readonly refus?: string;
  readonly saisie?: Tapee;
  readonly statut?: Page['statut'];
};

export const versionDe = (tapee: Tapee): number =>
  Number(/^\d{1,9}$/.exec(tapee['version']?.[0] ?? '')?.[0] ?? -1);
export const premiers = (tapee: Tapee): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(tapee).map(([nom, [premier = '']]) => [nom, premier]));
