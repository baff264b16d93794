import { sql } from 'kysely';
import { z } from 'zod';
import { reconnaitreOctets } from '../../platform/csv.ts';
import type { Database } from '../../platform/database/index.ts';
import { acteurDe } from '../../platform/http/identite.ts';
import { type DeclaredRoute, defineActe, defineRoute, type Page } from '../../platform/http/route.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { importerFragilite, lireFragilite } from './fragilite.acts.ts';
import { type ApercuFragilite, PageFragilite } from './views/page-fragilite.tsx';

const access = { type: 'role', roles: ['administrateur'] } as const;
const chemin = '/administration/fragilite';

const source = z
  .string({ error: 'Écrivez d’où vient l’indice.' })
  .trim()
  .min(1, 'Écrivez d’où vient l’indice.')
  .max(200, 'Ce texte est trop long : 200 signes au plus.');

const page = async (
  db: Database,
  vu: {
    readonly apercu?: ApercuFragilite;
    readonly saisie?: Readonly<Record<string, string>>;
    readonly erreurs?: ErreursFormulaire;
    readonly fait?: boolean;
  },
): Promise<Page> => {
  const { rows } = await sql<{ nombre: number; sources: readonly string[] }>`
    select count(*) as nombre, coalesce(array_agg(distinct source), '{}') as sources from fragilite`.execute(
    db,
  );
  const titre = 'Indice de fragilité numérique';
  return {
    type: 'page',
    titre: vu.erreurs === undefined ? titre : `Erreur\u00a0: ${titre}`,
    description: 'Importer l’indice de fragilité numérique des communes.',
    fil: [{ texte: 'Administration', href: '/administration' }, { texte: titre }],
    ...(vu.erreurs === undefined ? {} : { statut: 400 }),
    contenu: (
      <PageFragilite
        connus={rows[0]?.nombre ?? 0}
        sources={rows[0]?.sources ?? []}
        apercu={vu.apercu}
        saisie={vu.saisie ?? {}}
        erreurs={vu.erreurs ?? {}}
        fait={vu.fait ?? false}
      />
    ),
  };
};

export const routesFragilite: readonly DeclaredRoute[] = [
  defineRoute({
    path: chemin,
    access,
    input: z.object({ fait: z.enum(['importe']).optional() }),
    handler: ({ db, input }) => page(db, { fait: input.fait === 'importe' }),
  }),
  defineActe({
    path: chemin,
    access,
    input: z.object({}),
    champs: z.object({
      fichier: z
        .instanceof(File, { error: 'Choisissez le fichier des indices.' })
        .refine(({ size }) => size > 0, 'Choisissez le fichier des indices.'),
      source,
    }),
    fichiers: true,
    handler: async ({ db, formulaire }) => {
      const { saisie } = formulaire;
      if (!formulaire.ok) return page(db, { saisie, erreurs: formulaire.erreurs });
      const { fichier } = formulaire.valeurs;
      const connu = await reconnaitreOctets(fichier.name, new Uint8Array(await fichier.arrayBuffer()));
      if (!connu.ok) return page(db, { saisie, erreurs: { fichier: connu.message } });
      const lu = await lireFragilite(db, connu.valeur);
      if (!lu.ok) return page(db, { saisie, erreurs: { fichier: lu.message } });
      const { lus, indices, rejets } = lu.valeur;
      return page(db, {
        saisie,
        apercu: {
          lus,
          retenus: indices.length,
          rejets,
          source: formulaire.valeurs.source,
          contenu: indices.map(({ code, indice }) => `${code};${indice}`).join('\n'),
        },
      });
    },
  }),
  defineActe({
    path: `${chemin}/importer`,
    access,
    input: z.object({}),
    champs: z.object({ source, contenu: z.string().max(2_000_000) }),
    fichiers: true,
    handler: async ({ db, identite, formulaire }) => {
      const { saisie } = formulaire;
      if (!formulaire.ok) return page(db, { erreurs: formulaire.erreurs });
      // What the preview showed is read again as a file would be: nothing else than indices of communes is written.
      const octets = new TextEncoder().encode(`code_insee;indice\n${formulaire.valeurs.contenu}`);
      const connu = await reconnaitreOctets('indices.csv', octets);
      const lu = connu.ok ? await lireFragilite(db, connu.valeur) : connu;
      const done = lu.ok
        ? await importerFragilite(db, acteurDe(identite), {
            indices: lu.valeur.indices,
            source: formulaire.valeurs.source,
          })
        : lu;
      return done.ok
        ? { type: 'redirection', vers: `${chemin}?fait=importe` }
        : page(db, { saisie, erreurs: { fichier: done.message } });
    },
  }),
];
