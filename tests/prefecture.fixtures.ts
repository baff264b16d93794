import type { BrowserContext, Page } from 'playwright-core';
import { chargerDemo } from '../src/demo/index.ts';
import { withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { ouvrirNavigateur, servir } from './navigateur.ts';
import { type Visite, visiter } from './visite.ts';

export const chemin = '/prefecture/communiques/02/2021-03-24';
export const claude = 'claude.vasseur@prefecture.example';
export const sacha = 'sacha.caron@prefecture.example';

/** A préfecture of the demonstration, its site and a browser, with what comes in by its doors. */
export const ouvrirPrefecture = async () => {
  const base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  const site = await servir(base);

  /** The session of the Aisne as before its announcement: nothing written, nothing public. */
  const recommencer = () =>
    base.owner.query(`delete from communique; delete from courriel; update decision set publiee_le = null`);

  /** Sessions opened while the demonstration showed: its doors close with its last announced decision. */
  const sessions = new Map<string, string | undefined>();
  const ouvrirSessions = async (): Promise<void> => {
    const { rows } = await base.owner.query<{ id: string; courriel: string }>(
      'select id, courriel from personne',
    );
    for (const { id, courriel } of rows) {
      const visite = visiter(site);
      await visite.envoyer('/demonstration/entrer', { personne: id });
      sessions.set(courriel, visite.secret());
    }
  };

  const entrer = async (courriel: string): Promise<Visite> => {
    const visite = visiter(site);
    visite.poser(sessions.get(courriel));
    return visite;
  };

  /** A browser in which somebody has come in by the door of the demonstration. */
  const asseoir = async (
    courriel: string,
    { largeur = 1280, script = false } = {},
  ): Promise<BrowserContext> => {
    const visite = await entrer(courriel);
    const contexte = await navigateur.newContext({
      viewport: { width: largeur, height: 900 },
      javaScriptEnabled: script,
    });
    await contexte.addCookies([{ name: 'maillage', value: visite.secret() ?? '', url: site.adresse }]);
    return contexte;
  };

  const aller = async (contexte: BrowserContext, vers: string): Promise<Page> => {
    const page = await contexte.newPage();
    await page.goto(`${site.adresse}${vers}`);
    return page;
  };

  const version = async (): Promise<string> =>
    String(
      (await base.owner.query<{ version: number }>('select version from communique')).rows[0]?.version ?? 0,
    );

  const texteDe = async (visite: Visite, vers = chemin): Promise<string> => (await visite.lire(vers)).text();

  await ouvrirSessions();
  const navigateur = await ouvrirNavigateur();
  const fermer = async (): Promise<void> => {
    await navigateur.close();
    await site.fermer();
    await base.close();
  };
  return { base, site, navigateur, recommencer, entrer, asseoir, aller, version, texteDe, fermer };
};
