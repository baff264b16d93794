// node bench/lighthouse.ts ADDRESS: the four scores of Lighthouse for the pages that people open most. Its CLI is
// fetched by npm when it is not there; CHROME_PATH names the browser.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const [adresse = 'http://127.0.0.1:3000'] = process.argv.slice(2);
const cli = 'lighthouse@12.8.2';
const chrome = '--headless=new --no-sandbox --disable-background-networking --disable-gpu';

const [structure] = (
  (await (await fetch(`${adresse}/api/v1/structures?departement=02&limite=1`)).json()) as {
    donnees: readonly { id: string }[];
  }
).donnees;

type Rapport = {
  readonly categories: Readonly<Record<string, { readonly title: string; readonly score: number }>>;
  readonly audits: Readonly<
    Record<string, { readonly title: string; readonly score: number | null; readonly displayValue?: string }>
  >;
};

/** One page measured; a recording that failed is made again, as the tool asks. */
const mesurer = async (path: string, preset: string): Promise<Rapport> => {
  for (let essai = 1; ; essai += 1) {
    try {
      const { stdout } = await promisify(execFile)(
        'npm',
        [
          'exec',
          '--yes',
          `--package=${cli}`,
          '--',
          'lighthouse',
          `${adresse}${path}`,
          '--quiet',
          '--output=json',
          '--only-categories=performance,accessibility,best-practices,seo',
          `--chrome-flags=${chrome}`,
          ...(preset === 'desktop' ? ['--preset=desktop'] : []),
        ],
        { maxBuffer: 64 * 2 ** 20 },
      );
      return JSON.parse(stdout);
    } catch (error) {
      if (essai === 3)
        throw new Error(`${path}: ${error instanceof Error ? error.message.slice(0, 300) : error}`);
    }
  }
};

for (const path of [
  '/',
  '/departements/02',
  `/structures/${structure?.id}`,
  '/recherche',
  '/recherche?q=02000',
]) {
  for (const preset of ['mobile', 'desktop']) {
    const { categories, audits } = await mesurer(path, preset);
    const scores = Object.values(categories).map(({ title, score }) => `${title} ${Math.round(score * 100)}`);
    const value = (id: string): string => audits[id]?.displayValue ?? '';
    console.log(
      `${path}, ${preset}: ${scores.join(', ')} (layout shift ${value('cumulative-layout-shift')}, LCP ${value('largest-contentful-paint')})`,
    );
  }
}
