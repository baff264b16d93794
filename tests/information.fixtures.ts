import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { importer, tranche } from '../src/candidatures/import/import.fixtures.ts';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { ouvrirNavigateur, type Site, servir } from './navigateur.ts';

export type Sites = {
  readonly navigateur: Browser;
  /** The demonstration, and beside it an import of sessions that are not announced. */
  readonly base: TestDatabase;
  readonly site: Site;
  /** Reference territories and programme, nothing announced. */
  readonly vide: TestDatabase;
  readonly siteVide: Site;
  /** A communiqué in every département, over two years and two sessions. */
  readonly sitePlein: Site;
  readonly fermer: () => Promise<void>;
};

const remplir = ({ owner }: TestDatabase) =>
  owner.query(`
    insert into seance (programme_id, date) select id, date from programme, (values ('2021-03-24'::date), ('2022-01-12')) d (date);
    with s as (
      insert into structure (raison_sociale, raison_sociale_recherche, commune_code, sources)
      select 'MAIRIE ' || code, 'MAIRIE ' || code, code, '{essai}'
      from (select distinct on (departement_code) code from commune order by departement_code, code) c returning id
    ), d as (
      insert into decision (seance_id, structure_id, publiee_le)
      select seance.id, s.id, now() - interval '1 day' from s, seance returning id
    ), e as (
      insert into engagement (enveloppe_id, montant_centimes) select (select id from enveloppe), 100 from d returning id
    )
    insert into decision_ligne (decision_id, categorie, postes, regime_variante_id, engagement_id)
    select d.id, 'publique', 1, (select id from regime_variante limit 1), e.id
    from (select id, row_number() over () as n from d) d join (select id, row_number() over () as n from e) e using (n);
    insert into communique (seance_id, departement_code, statut, date, publie_le)
    select seance.id, departement.code, 'publie', seance.date + 1, seance.date + interval '33 hours'
    from seance, departement
    where exists (select from commune where commune.departement_code = departement.code)`);

/** The public site with little, nothing and much announced. */
export const ouvrirSites = async (): Promise<Sites> => {
  const [base, vide, pleine] = await Promise.all([
    withTestDatabase(),
    withTestDatabase(),
    withTestDatabase(),
  ]);
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  await importer(base.db, tranche);
  // A draft, and one that is to be published tomorrow.
  await base.owner.query(`
    insert into communique (seance_id, departement_code, statut, date, publie_le)
    select seance.id, d.code, d.statut, '2021-05-20', d.publie_le
    from seance, (values ('59', 'brouillon', null::timestamptz), ('02', 'publie', now() + interval '1 day')) d (code, statut, publie_le)
    where seance.date = '2021-05-19'`);
  // Published, but its session retains nobody there: it has no page.
  await base.owner.query(`
    insert into communique (seance_id, departement_code, statut, date, publie_le)
    select id, '59', 'publie', date, now() - interval '1 day' from seance where date = '2021-03-24'`);
  await remplir(pleine);
  const [site, siteVide, sitePlein, navigateur] = await Promise.all([
    servir(base),
    servir(vide),
    servir(pleine),
    ouvrirNavigateur(),
  ]);
  const fermer = async (): Promise<void> => {
    await navigateur.close();
    await Promise.all([site, siteVide, sitePlein].map((one) => one.fermer()));
    await Promise.all([base, vide, pleine].map((one) => one.close()));
  };
  return { navigateur, base, site, vide, siteVide, sitePlein, fermer };
};

/** The text that an address answers, 200. */
export const lireSur = async (path: string, from: Site): Promise<string> => {
  const response = await fetch(`${from.adresse}${path}`);
  expect([path, response.status]).toEqual([path, 200]);
  return response.text();
};
