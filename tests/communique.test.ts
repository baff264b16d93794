import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changerCommunique, publierCommunique, reecrireParagraphe } from '../src/communication/acts.ts';
import { produire } from '../src/communication/documents.ts';
import { reunirFaits } from '../src/communication/faits.store.ts';
import { LAUREATS_AISNE } from '../src/communication/fixtures.ts';
import { composerCommunique } from '../src/communication/rules.ts';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';

const acteur = { identifiant: 'essai', role: 'operateur' } as const;
const demande = {
  departement: '02',
  seance: '2021-03-24',
  date: '2021-03-18',
  maintenant: '2021-04-01T00:00:00Z',
};
let base: TestDatabase;
beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, acteur));
});
afterAll(() => base.close());

const faits = async () => exiger(await reunirFaits(base.db, demande)).faits;
const texte = async (format: 'texte' | 'html' | 'csv'): Promise<string> =>
  String((await produire(base.db, exiger(await reunirFaits(base.db, demande)), format))?.corps)
    .replace(/<[^>]+>/g, '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/\s+/g, ' ');

describe('the communiqué of the Aisne', () => {
  it('has the facts of 18 March 2021, from the database', async () => {
    const known = await faits();
    expect(known).toMatchObject({
      totaux: { structures: 16, postes: 32 },
      signature: { lieu: 'Laon', date: '2021-03-18' },
      programme: { annonceLe: '2020-11-17', enveloppeCentimes: 25_000_000_000, objectifPostes: 4000 },
      plan: {
        nom: 'plan départemental de lutte contre l’illettrisme et l’illectronisme',
        presenteLe: '2021-03-15',
      },
      vague: { rang: 1, priorites: ['les Espaces France Services', 'les tiers-lieux numériques'] },
      vagueSuivante: { rang: 2, ouverture: '2021-04' },
      financement: {
        regimes: [
          { mode: 'forfait', plafondCentimes: 5_000_000, mois: 24 },
          { mode: 'taux', pourcent: 70, mois: 36 },
        ],
        formationPourcent: 100,
      },
    });
    expect(known.assemblees).toMatchObject([
      { nom: 'Conseil départemental de l’Aisne', postes: 16, coordinateur: true },
    ]);
    expect(known.assemblees[0]?.lieux).toHaveLength(3);
  });

  it('says them, and every line of the list with its number', async () => {
    const text = await texte('texte');
    for (const said of [
      '32 conseillers numériques',
      '16 structures',
      '16 postes',
      '50 000 € sur 2 ans',
      '70 % du salaire sur 3 ans',
      '250 millions d’euros',
      '4 000 conseillers',
      '15 mars 2021',
      'avril 2021',
      'Laon, le 18 mars 2021',
    ]) {
      expect(text).toContain(said);
    }
    const known = await faits();
    const listed = (laureats: readonly { siret: string | null; postes: number }[]) =>
      laureats.map(({ siret, postes }) => `${siret} ${postes}`).sort();
    // The list of the communiqué as it was published, typed apart from the demonstration's file.
    expect(listed(known.laureats)).toEqual(listed(LAUREATS_AISNE));
    expect(known.laureats).toHaveLength(16);
    for (const { libelle, postes } of known.laureats) {
      const line = new RegExp(
        `${libelle.slice(1).replace(/[()]/g, '\\$&')}(?: \\([^)]+\\))? : ${postes} postes?\\b`,
      );
      expect(text).toMatch(line);
    }
  });

  it('changes text, page and list alike when one post changes in the database', async () => {
    const change = (postes: number) =>
      base.owner.query(`update decision_ligne set postes = ${postes} where decision_id in
      (select decision.id from decision join structure on structure.id = structure_id where identifiant = '21020321200092')`);
    await change(3);
    for (const format of ['texte', 'html'] as const) {
      expect(await texte(format)).toContain('34 conseillers numériques');
      expect(await texte(format)).toContain('Tiers-lieu de Gauchy : 3 postes');
    }
    expect(await texte('csv')).toMatch(/iers-lieu de Gauchy.*;3;/);
    await change(1);
    expect(await texte('texte')).toContain('32 conseillers numériques');
  });

  it('names the régimes that pay its posts: those of the day the wave opened, among those that it offers', async () => {
    const ecrire = (regimes: string, ouvre: string | null) =>
      base.owner.query(
        `update vague set regimes = $1, ouvre_le = $2::date, ouverture_precision = case when $2 is null then 'mois' else 'jour' end
         where rang = 1`,
        [regimes, ouvre],
      );
    const { rows } = await base.owner.query<{ regimes: readonly string[]; ouvre: string | null }>(
      'select regimes, ouvre_le::text as ouvre from vague where rang = 1',
    );
    const modes = async () => (await faits()).financement.regimes.map(({ mode }) => mode);
    expect(await modes()).toEqual(['forfait', 'taux']);
    await ecrire('{taux}', null);
    expect(await modes()).toEqual(['taux']);
    await ecrire('{forfait,taux}', '2010-01-01');
    expect(await modes()).toEqual([]);
    expect(rows[0]?.ouvre).toBeNull();
    await base.owner.query('update vague set regimes = $1, ouvre_le = null where rang = 1', [
      rows[0]?.regimes,
    ]);
  });

  it('is refused where there is nothing to announce', async () => {
    expect(await reunirFaits(base.db, { ...demande, departement: '75' })).toMatchObject({
      ok: false,
      refus: 'vide',
    });
    expect(await reunirFaits(base.db, { ...demande, departement: '99' })).toMatchObject({
      ok: false,
      refus: 'departement',
    });
    expect(await reunirFaits(base.db, { ...demande, seance: '2020-01-01' })).toMatchObject({
      ok: false,
      refus: 'seance',
    });
  });
});

describe('a draft', () => {
  beforeEach(() =>
    base.owner.query(
      `update communique set statut = 'brouillon', publie_le = null, textes = '{}', version = 1; update decision set publiee_le = null`,
    ),
  );

  it('can be reworded, its figures not', async () => {
    const reecrire = (texteVoulu: string | null) =>
      reecrireParagraphe(base.db, acteur, { ...demande, cle: 'chapo', texte: texteVoulu });
    expect(await reecrire('Bonne nouvelle : 33 conseillers numériques et {structures}.')).toMatchObject({
      ok: false,
    });
    expect(await reecrire('Bonne nouvelle pour {structures}.')).toMatchObject({
      ok: false,
      refus: 'chiffre_manquant',
    });
    expect(await reecrire('Bonne nouvelle : {conseillers}, {structures}.')).toMatchObject({ ok: true });
    expect(await texte('texte')).toContain('Bonne nouvelle : 32 conseillers numériques, 16 structures.');
    expect(await reecrire(null)).toMatchObject({ ok: true });
    expect(await texte('texte')).not.toContain('Bonne nouvelle');
  });

  it('whose wording the facts have overtaken is not published', async () => {
    exiger(
      await reecrireParagraphe(base.db, acteur, {
        ...demande,
        cle: 'plan',
        texte: 'Il suit le plan du {date_plan}.',
      }),
    );
    await base.owner.query(`update plan_departemental set nom = 'plan départemental d’inclusion'`);
    expect(
      await publierCommunique(base.db, acteur, { ...demande, instant: demande.maintenant }),
    ).toMatchObject({ ok: false, refus: 'redaction_perimee' });
    await base.owner.query(
      `update plan_departemental set nom = 'plan départemental de lutte contre l’illettrisme et l’illectronisme'`,
    );
  });

  it('is published once by 50 simultaneous attempts: one success, one line of the journal', async () => {
    await base.owner.query(
      `insert into journal (acteur, role, acte, objet_type, objet_id) values ('borne', 'operateur', 'borne', 'x', 'x')`,
    );
    const attempts = await Promise.all(
      Array.from({ length: 50 }, () =>
        publierCommunique(base.db, acteur, { ...demande, instant: '2021-03-18T09:00:00Z' }),
      ),
    );
    expect(attempts.filter(({ ok }) => ok)).toHaveLength(1);
    for (const attempt of attempts) if (!attempt.ok) expect(['etat', 'version']).toContain(attempt.refus);
    const written = await base.owner.query(
      `select acte from journal where id > (select max(id) from journal where acte = 'borne') order by id`,
    );
    expect(written.rows.map(({ acte }) => acte)).toEqual([
      'communique.publier_directement',
      'candidatures.annoncer',
    ]);
  });

  it('shows nowhere before its instant', async () => {
    const demain = new Date(Date.now() + 86_400_000).toISOString();
    exiger(await publierCommunique(base.db, acteur, { ...demande, instant: demain }));
    expect((await base.publique.selectFrom('communique').select('id').execute()).length).toBe(0);
    expect(await reunirFaits(base.publique, demande)).toMatchObject({ ok: false, refus: 'seance' });
    const compose = composerCommunique(
      exiger(await reunirFaits(base.db, { ...demande, maintenant: new Date().toISOString() })).faits,
    );
    expect(compose.marques.join(' ')).toContain('embargo');
  });
});

describe('a published communiqué', () => {
  beforeAll(async () => {
    await base.owner.query(
      `update communique set statut = 'brouillon', publie_le = null, textes = '{}'; update decision set publiee_le = null`,
    );
    exiger(await publierCommunique(base.db, acteur, { ...demande, instant: '2021-03-18T09:00:00Z' }));
  });

  it('is not reworded or published again', async () => {
    expect(
      await reecrireParagraphe(base.db, acteur, { ...demande, cle: 'chapo', texte: null }),
    ).toMatchObject({ ok: false, refus: 'etat' });
    expect(
      await publierCommunique(base.db, acteur, { ...demande, instant: demande.maintenant }),
    ).toMatchObject({ ok: false, refus: 'etat' });
  });

  it('is withdrawn for a reason, taken up, and published again', async () => {
    const changer = (transition: 'retirer' | 'reprendre', motif?: string) =>
      changerCommunique(base.db, acteur, {
        ...demande,
        transition,
        ...(motif === undefined ? {} : { motif }),
      });
    expect(await changer('reprendre')).toMatchObject({ ok: false, refus: 'etat' });
    expect(await changer('retirer')).toMatchObject({ ok: false, refus: 'motif' });
    expect(await changer('retirer', 'Erreur de date')).toMatchObject({ ok: true });
    expect((await base.publique.selectFrom('communique').select('id').execute()).length).toBe(0);
    expect(await changer('reprendre')).toMatchObject({ ok: true });
    expect(
      await publierCommunique(base.db, acteur, { ...demande, instant: demande.maintenant }),
    ).toMatchObject({ ok: true, valeur: { annoncees: 0, total: 16 } });
    const reasons = await base.owner.query(`select motif from journal where acte = 'communique.retirer'`);
    expect(reasons.rows).toEqual([{ motif: 'Erreur de date' }]);
  });

  it('is not withdrawn by a role that may not', async () => {
    const visiteur = { identifiant: 'essai', role: 'visiteur' } as const;
    expect(
      await changerCommunique(base.db, visiteur, { ...demande, transition: 'retirer', motif: 'x' }),
    ).toMatchObject({ ok: false, refus: 'role' });
  });
});
