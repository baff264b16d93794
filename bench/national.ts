// node bench/national.ts DATABASE_URL [ROWS]: the country as after all its sessions: a committee's file of that many
// rows (1 450 by default) over real communes, imported and announced. The same rows for the same number.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { siret } from '../src/candidatures/import/fichier.fixtures.ts';
import { connectDatabase } from '../src/platform/database/index.ts';
import { ouvrirModules } from '../src/platform/modules.fixtures.ts';
import { exiger } from '../src/platform/result.ts';
import { root } from '../src/platform/root.ts';
import { adressesDe } from './base.ts';

type Actes = typeof import('../src/candidatures/acts.ts');
type Import = typeof import('../src/candidatures/import/acts.ts');

const dates = [
  '2021-03-24',
  '2021-04-07',
  '2021-05-19',
  '2021-06-16',
  '2021-07-07',
  '2021-09-15',
  '2021-10-20',
];
const natures = [
  ['COMMUNE DE', 'publique'],
  ['CENTRE COMMUNAL D ACTION SOCIALE DE', 'publique'],
  ['COMMUNAUTE DE COMMUNES DE', 'publique'],
  ['ASSOCIATION FAMILIALE DE', 'privée'],
  ['CENTRE SOCIAL DE', 'privée'],
  ['MEDIATHEQUE INTERCOMMUNALE ET ESPACE PUBLIC NUMERIQUE ITINERANT DE', 'publique'],
] as const;

/** A sequence of numbers in [0, 1), the same each time. */
const suite = (): (() => number) => {
  let state = 20_210_324;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** A committee's file of rows spread over the country as its people are, without defects. */
export const ecrireFichierNational = async (chemin: string, lignes: number): Promise<void> => {
  const hasard = suite();
  const communes = (await readFile(join(root, 'reference', 'communes.csv'), 'utf8'))
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(';'))
    // A square root spreads over the country what population alone would gather in towns.
    .map(([code = '', nom = '', recherche = '', , , , population = '0']) => ({
      code,
      nom,
      recherche: recherche.toUpperCase(),
      poids: Math.sqrt(Number(population)),
    }));
  const codesPostaux = new Map(
    (await readFile(join(root, 'reference', 'codes-postaux.csv'), 'utf8'))
      .trim()
      .split('\n')
      .slice(1)
      .map((line): [string, string] => {
        const [code = '', postal = ''] = line.split(';');
        return [code, postal];
      }),
  );
  const total = communes.reduce((sum, { poids }) => sum + poids, 0);
  const tirer = () => {
    let rest = hasard() * total;
    for (const commune of communes) {
      rest -= commune.poids;
      if (rest < 0) return commune;
    }
    return communes[0];
  };
  const rows = Array.from({ length: lignes }, (_, index) => {
    const commune = tirer();
    const [nature, type] = natures[Math.floor(hasard() * natures.length)] ?? natures[0];
    const postes = 1 + Math.floor(hasard() ** 3 * 6);
    return [
      index + 1,
      `${nature} ${commune?.recherche}`,
      siret(index + 1),
      type,
      postes,
      dates[index % dates.length],
      `${index + 1} RUE DE LA MAIRIE`,
      codesPostaux.get(commune?.code ?? '') ?? '',
      commune?.nom,
      commune?.code,
      hasard() < 0.3 ? 'oui' : 'non',
      hasard() < 0.2 ? 'oui' : '',
      hasard() < 0.25 ? 'oui' : 'non',
    ].join(';');
  });
  await writeFile(
    chemin,
    `id;raison_sociale;siret;type;nb_cnfs;date_comite;adresse;code_postal;commune;code_insee;zrr;qpv;france_services\n${rows.join('\n')}\n`,
  );
};

if (import.meta.main) {
  const [url, rows = '1450'] = process.argv.slice(2);
  if (!url) throw new Error('usage: node bench/national.ts DATABASE_URL [ROWS]');
  const folder = await mkdtemp(join(tmpdir(), 'maillage-bench-'));
  const chemin = join(folder, 'fichier.csv');
  await ecrireFichierNational(chemin, Number(rows));
  const db = connectDatabase(await adressesDe(url), 'operateur', 2);
  const { lire, fermer } = await ouvrirModules();
  const { annoncerSeance } = await lire<Actes>('/src/candidatures/acts.ts');
  const { importerCoselec } = await lire<Import>('/src/candidatures/import/acts.ts');
  const acteur = { identifiant: 'bench', role: 'operateur' } as const;
  const { bilan } = exiger(await importerCoselec(db, acteur, { chemin, simulation: false }));
  for (const seance of dates)
    exiger(await annoncerSeance(db, acteur, { seance, instant: '2021-11-01T08:00:00Z' }));
  console.log(`${bilan.lignes} rows, ${bilan.creees} created, ${bilan.rejetees} rejected; all announced`);
  await db.destroy();
  await fermer();
  await rm(folder, { recursive: true, force: true });
}
