import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convertFonts } from '../../scripts/fonts.ts';
import { rouvrirSeance } from '../../src/candidatures/comite/cloture.acts.ts';
import { creerFileDeNotification, operateur } from '../../src/candidatures/comite/comite.fixtures.ts';
import { promouvoir, retirerDecision } from '../../src/candidatures/comite/suites.acts.ts';
import { findMotif } from '../../src/candidatures/demande/decision.store.ts';
import { findCandidature } from '../../src/candidatures/demande/store.ts';
import { situationDe } from '../../src/candidatures/demande/suivi.rules.ts';
import { listeInstruction } from '../../src/candidatures/instruction/liste.ts';
import {
  clore,
  semerDeliberations,
  versionDe,
} from '../../src/candidatures/notification/notification.fixtures.ts';
import {
  creerTacheNotifier,
  type OutilsNotification,
} from '../../src/candidatures/notification/notifier.taches.ts';
import { lireAvancement, listLettresFaites } from '../../src/candidatures/notification/store.ts';
import { lirePdf } from '../../src/communication/formats/pdf.fixtures.ts';
import { commencerCommuniques, lireExpediteur } from '../../src/communication/index.ts';
import { type TestDatabase, withTestDatabase } from '../../src/platform/database/testing.ts';
import { type Depot, deposerFichier, lireFichier, ouvrirDepot } from '../../src/platform/fichiers/index.ts';
import { lireGrandeListe } from '../../src/platform/listes/index.ts';
import { installerProgramme } from '../../src/programme/index.ts';

const fontsFolder = join(tmpdir(), 'maillage-test-fonts');
const jour = '2021-06-20';
const adresse = 'https://maillage.example.fr';

let base: TestDatabase;
let dossier: string;
let depot: Depot;
let outils: OutilsNotification;
beforeAll(async () => {
  base = await withTestDatabase();
  dossier = await mkdtemp(join(tmpdir(), 'maillage-lettres-'));
  depot = await ouvrirDepot({
    dossier,
    s3: undefined,
    clamd: undefined,
    fichierMax: 1024 ** 2,
    // No room for anything.
    fichiersQuota: 1,
  });
  outils = {
    expediteur: lireExpediteur,
    commencerCommuniques,
    ouvrirDepot: () => Promise.resolve(depot),
    fontsFolder,
  };
  await convertFonts(fontsFolder);
  await installerProgramme(base.db, operateur);
  await creerFileDeNotification(base.owner);
  await sql`
    insert into signataire (departement_code, nom, fonction, delegation, debut, fin) values
      ('02', 'Dominique Martin', 'La secrétaire générale', 'Arrêté du 4 janvier 2021', '2021-01-04', null)`.execute(
    base.db,
  );
});
afterAll(async () => {
  await base.close();
  await rm(dossier, { recursive: true, force: true });
});

/** Does the job as a worker would. */
const notifier = (seanceId: string, cloture = 1, autres: Partial<OutilsNotification> = {}) =>
  creerTacheNotifier({ ...outils, ...autres }).faire(
    {
      db: base.db,
      acces: base.db,
      clock: () => Temporal.Instant.from(`${jour}T10:00:00Z`),
      adresse,
      uneFois: () => Promise.reject(new Error('not asked')),
      signal: new AbortController().signal,
    },
    { seanceId, cloture },
  );

const documents = async (seanceId: string) => {
  const { rows } = await sql<{
    id: string;
    genre: string;
    cloture: number;
    type: string | null;
    resultat: string | null;
    fichier: string;
    candidature: string | null;
    structure: string | null;
  }>`
    select acte_de_seance.id, genre, cloture, contenu ->> 'type' as type, contenu ->> 'resultat' as resultat,
      fichier_id as fichier, candidature_id as candidature, fichier.structure_id as structure
    from acte_de_seance join fichier on fichier.id = fichier_id
    where seance_id = ${seanceId} order by cloture, acte_de_seance.id`.execute(base.db);
  return rows;
};

const lire = async (fichier: string | undefined) => {
  const lu = await lireFichier(base.db, depot, fichier ?? '');
  if (!lu.ok) throw new Error(lu.message);
  return lirePdf(new Uint8Array(await buffer(lu.valeur.flux)));
};

/** Manager and contact of an application. */
const nommer = async (candidature: string, gestionnaire: string, contact: string): Promise<void> => {
  await sql`
    update candidature set saisie = saisie || ${JSON.stringify({
      contact_courriel: contact,
      representant_civilite: 'madame',
      representant_prenom: 'Jeanne',
      representant_nom: 'Petit',
      representant_fonction: 'Maire',
    })}::jsonb where id = ${candidature}`.execute(base.db);
  await sql`
    with p as (
      insert into personne (courriel, prenom, nom) values (${gestionnaire}, 'Ada', 'Gérante') returning id
    )
    insert into attribution (personne_id, role, niveau, structure_id, motif)
    select p.id, 'gestionnaire', 'structure', structure_id, 'essai' from p, candidature
    where candidature.id = ${candidature}`.execute(base.db);
};

const candidaturesDe = async (vague: string) =>
  (
    await base.db
      .selectFrom('candidature')
      .select(['id', 'numero', 'structure_id as structure'])
      .where('vague_id', '=', vague)
      .orderBy('numero')
      .execute()
  ).map((une) => une);

const courriels = async (candidature: string | undefined) =>
  base.db
    .selectFrom('courriel')
    .select(['id', 'destinataire', 'objet', 'contenu', 'cle'])
    .where('objet_id', '=', candidature ?? '')
    .orderBy('destinataire')
    .execute();

describe('what a closing gives', () => {
  it('is a tagged letter for each decision, with what was decided, why, who signs and how to contest', async () => {
    const { seance, vague } = await semerDeliberations(base, { nombre: 8, rang: 1 });
    const dossiers = await candidaturesDe(vague);
    await nommer(dossiers[0]?.id ?? '', 'ada@un.example', 'Contact@un.example');
    // The contact is the manager, whose address was typed in capitals.
    await nommer(dossiers[1]?.id ?? '', 'bob@deux.example', 'BOB@deux.example');
    expect(await clore(base, seance)).toBe(8);
    expect(await lireAvancement(base.db, seance)).toEqual({
      lettres: 8,
      lettresFaites: 0,
      procesVerbal: false,
    });
    await notifier(seance);
    expect(await lireAvancement(base.db, seance)).toEqual({
      lettres: 8,
      lettresFaites: 8,
      procesVerbal: true,
    });
    const faits = await documents(seance);
    const lettreDe = (candidature: string | undefined) =>
      lire(faits.find((fait) => fait.candidature === candidature)?.fichier);
    const retenue = await lettreDe(dossiers[0]?.id);
    expect(retenue).toMatchObject({ marque: true, partieUa: '1', langue: 'fr-FR', pages: 1 });
    expect(retenue.titre).toBe('Votre candidature est retenue');
    for (const phrase of [
      'Préfecture de l’Aisne',
      'Jeanne Petit, Maire',
      'Laon, le 20 juin 2021',
      'Madame,',
      'séance n° 1 du 1er juin 2021',
      'Le comité retient votre candidature pour 1 poste de conseiller numérique.',
      '1 000 €',
      'Régime « forfait »',
      'tribunal administratif d’Amiens',
      'deux mois',
      'recours gracieux',
      'Télérecours citoyens (www.telerecours.fr)',
      'Pour le préfet et par délégation,',
      'La secrétaire générale',
      'Dominique Martin',
      'Arrêté du 4 janvier 2021',
    ])
      expect(retenue.texte.replace(/[\u00a0\u202f]/g, ' '), phrase).toContain(phrase);
    expect(retenue.structure.filter(({ role }) => role === 'H2').map(({ texte }) => texte.trim())).toEqual([
      'Décision',
      'Et maintenant',
      'Voies et délais de recours',
    ]);
    const refusee = await lettreDe(dossiers[1]?.id);
    expect(refusee.texte).toContain('Projet trop éloigné des besoins.');
    expect(refusee.titre).toBe('Votre candidature n’est pas retenue');
    const ajournee = await lettreDe(dossiers[3]?.id);
    expect(ajournee.texte).toContain('Plan de financement à préciser.');
    expect(ajournee.texte).toContain('Vous n’avez pas de nouvelle candidature à déposer.');
    const attente = await lettreDe(dossiers[7]?.id);
    expect(attente.texte).toContain('au rang 8');
    // A letter is its structure’s, takes none of its room, and is refused to nobody for want of it.
    expect(faits.find(({ candidature }) => candidature === dossiers[0]?.id)?.structure).toBe(
      dossiers[0]?.structure,
    );
    expect(
      await deposerFichier(base.db, { ...depot, quota: 200 }, operateur, {
        nom: 'note.csv',
        contenu: Buffer.from('a;b\n1;2\n'),
        objet: { type: 'essai', id: '1' },
        proprietaire: { structureId: dossiers[0]?.structure },
        deposePar: null,
      }),
    ).toMatchObject({ ok: true });
    // Told to managers and to the contact, each once, with a link.
    const siens = await courriels(dossiers[0]?.id);
    expect(siens.map(({ destinataire }) => destinataire)).toEqual(['Contact@un.example', 'ada@un.example']);
    expect(siens[0]?.contenu).toMatchObject({
      lien: { href: `${adresse}/candidatures/${dossiers[0]?.id}` },
    });
    expect(JSON.stringify(siens[0]?.contenu)).toContain('retient votre candidature');
    expect((await courriels(dossiers[1]?.id)).map(({ destinataire }) => destinataire)).toEqual([
      'bob@deux.example',
    ]);
    // Done again, it does nothing.
    await notifier(seance);
    expect(await documents(seance)).toEqual(faits);
    expect(await courriels(dossiers[0]?.id)).toEqual(siens);
    const { rows: lignes } = await sql`
      select acte, count(*)::integer as nombre from journal
      where acte in ('candidature.notifier', 'seance.ecrire_proces_verbal', 'communique.commencer')
      group by acte order by acte`.execute(base.db);
    expect(lignes).toEqual([
      { acte: 'candidature.notifier', nombre: 8 },
      { acte: 'communique.commencer', nombre: 1 },
      { acte: 'seance.ecrire_proces_verbal', nombre: 1 },
    ]);
  });

  it('is minutes that tell who sat, what was decided and what is left, with totals that are those of their lines', async () => {
    const { seance, vague, membres } = await semerDeliberations(base, {
      nombre: 16,
      rang: 2,
      departements: ['02', '59'],
      reste: true,
    });
    const dossiers = await candidaturesDe(vague);
    await base.db
      .updateTable('seance_membre')
      .set({ present: false })
      .where('seance_id', '=', seance)
      .where('personne_id', '=', membres[1] ?? '')
      .execute();
    await base.db
      .insertInto('conflit')
      .values({ candidature_id: dossiers[0]?.id ?? '', personne_id: membres[1] ?? '', motif: 'Élu' })
      .execute();
    await clore(base, seance);
    await notifier(seance);
    const pv = await lire((await documents(seance)).find(({ genre }) => genre === 'proces_verbal')?.fichier);
    const texte = pv.texte.replace(/[\u00a0\u202f]/g, ' ');
    expect(pv).toMatchObject({ marque: true, partieUa: '1', langue: 'fr-FR' });
    expect(pv.titre?.replaceAll('\u00a0', ' ')).toBe('Procès-verbal de la séance n° 2 du 2 juin 2021');
    for (const phrase of [
      'President2 Comité Président Présent',
      'Secretaire2 Comité Secrétaire Absent',
      '1 membre présent, quorum de 0 : atteint.',
      `Secretaire2 Comité : candidature n° ${dossiers[0]?.numero}`,
      '8 candidatures, 8 postes, 8 000 €',
      'Total 16 8 8 000 €',
      'Aisne (02)',
      'Nord (59)',
      `1 candidature reste à décider dans une prochaine séance : n° ${dossiers[16]?.numero}.`,
      'Le secrétaire de séance : Secretaire2 Comité',
    ])
      expect(texte.replace(/\s+/g, ' '), phrase).toContain(phrase);
    // Sums of the lines of the tables themselves.
    const lignes = pv.structure.filter(({ role }) => role === 'TR').map(({ texte: ligne }) => ligne);
    expect(lignes.length).toBeGreaterThan(16);
    expect(pv.structure.filter(({ role }) => role === 'TH').length).toBeGreaterThan(10);
    const { rows } = await sql<{ departement: string; statut: string }>`
      select departement_code as departement, statut from communique where seance_id = ${seance}
      order by departement_code`.execute(base.db);
    expect(rows).toEqual([
      { departement: '02', statut: 'brouillon' },
      { departement: '59', statut: 'brouillon' },
    ]);
  });

  it('is a letter more for a decision withdrawn, and for one promoted', async () => {
    const { seance, vague } = await semerDeliberations(base, { nombre: 8, rang: 3 });
    const dossiers = await candidaturesDe(vague);
    await clore(base, seance);
    await notifier(seance);
    const decisionDe = async (candidature: string | undefined) =>
      (
        await base.db
          .selectFrom('decision')
          .select('id')
          .where('candidature_id', '=', candidature ?? '')
          .executeTakeFirstOrThrow()
      ).id;
    const suite = async (candidature: string | undefined, motif: string) => ({
      decisionId: await decisionDe(candidature),
      version: await versionDe(base, 'candidature', candidature ?? ''),
      motif,
    });
    expect(
      await retirerDecision(base.db, operateur, {
        ...(await suite(dossiers[0]?.id, 'Pièce fausse.\r\n\r\nElle est à refaire.')),
        fondement: 'fraude',
      }),
    ).toMatchObject({ ok: true });
    expect(
      await promouvoir(base.db, operateur, {
        ...(await suite(dossiers[7]?.id, 'Un poste est revenu.')),
        postes: 1,
      }),
    ).toMatchObject({ ok: true });
    await notifier(seance, 2);
    await notifier(seance, 3);
    const retiree = dossiers[0]?.id ?? '';
    const { lignes } = await lireGrandeListe(base.db, listeInstruction, {
      filtres: { vague },
      tri: listeInstruction.tri,
      debut: 0,
      limite: 50,
    });
    expect(lignes.filter(({ etat }) => etat === 'décision retirée').map(({ id }) => id)).toEqual([retiree]);
    const sienne = await findCandidature(base.db, retiree);
    expect(sienne && situationDe(sienne).maintenant).toContain('est retirée');
    expect(await findMotif(base.db, retiree)).toContain('Pièce fausse.');
    const [retrait, promotion] = (await documents(seance)).filter(({ cloture }) => cloture > 1);
    expect(retrait).toMatchObject({ type: 'retrait', candidature: dossiers[0]?.id });
    expect(promotion).toMatchObject({ type: 'promotion', candidature: dossiers[7]?.id });
    const lu = await lire(retrait?.fichier);
    expect(lu.titre).toBe('La décision qui retenait votre candidature est retirée');
    expect(lu.texte).toMatch(/Pièce fausse\.\s+Elle est à refaire\./);
    expect(lu.texte).toContain('L241-2');
    expect((await lire(promotion?.fichier)).titre).toBe(
      'Votre candidature est retenue depuis la liste d’attente',
    );
    expect(await lireAvancement(base.db, seance)).toEqual({
      lettres: 10,
      lettresFaites: 10,
      procesVerbal: true,
    });
  });

  it('tells who was written to that a session is reopened, then replaces the letters that change and no other', async () => {
    const { seance, vague } = await semerDeliberations(base, { nombre: 4, rang: 6 });
    const [change, pareil] = await candidaturesDe(vague);
    await nommer(change?.id ?? '', 'change@six.example', 'change@six.example');
    await nommer(pareil?.id ?? '', 'pareil@six.example', 'pareil@six.example');
    await clore(base, seance);
    await notifier(seance);
    const rouverte = await rouvrirSeance(base.db, operateur, {
      seanceId: seance,
      version: await versionDe(base, 'seance', seance),
      motif: 'Erreur matérielle.',
      adresse,
    });
    expect(rouverte).toMatchObject({ ok: true });
    const objets = async (candidature: string | undefined) =>
      (await courriels(candidature))
        .map(({ cle, objet }) => `${cle?.split(':')[0]} ${objet.replaceAll('\u00a0', ' ')}`)
        .toSorted();
    expect((await objets(pareil?.id)).at(-1)).toContain('le comité reprend sa décision');
    const prevenu = (await courriels(change?.id)).find(({ cle }) => cle?.startsWith('reouverture'));
    expect(prevenu?.contenu).toMatchObject({ lien: { href: `${adresse}/candidatures/${change?.id}` } });
    expect(JSON.stringify(prevenu?.contenu)).toContain('est défaite');
    await sql`update deliberation set resultat = 'ajournee', postes = 0, regime_variante_id = null, engagement_id = null,
      motif = 'À revoir.' where candidature_id = ${change?.id ?? ''}`.execute(base.db);
    expect(await clore(base, seance)).toBe(4);
    await notifier(seance, 2);
    await notifier(seance, 2);
    const nouveaux = (await documents(seance)).filter(({ cloture }) => cloture === 2);
    expect(nouveaux.map(({ genre, candidature }) => [genre, candidature])).toEqual([
      ['lettre', change?.id],
      ['proces_verbal', null],
    ]);
    for (const [genre, phrase] of [
      ['lettre', /annule et remplace celle du \d+ \S+ \d{4}/],
      ['proces_verbal', /annule et remplace celui du \d+ \S+ \d{4}/],
    ] as const)
      expect(
        (await lire(nouveaux.find((fait) => fait.genre === genre)?.fichier)).texte.replace(/\s+/g, ' '),
      ).toMatch(phrase);
    // Whose decision is the same keeps its letter, on its page too, and is told so once.
    expect(await objets(pareil?.id)).toEqual([
      expect.stringMatching(/^confirmation .*la décision est confirmée$/),
      expect.stringMatching(/^lettre .*n’est pas retenue$/),
      expect.stringMatching(/^reouverture /),
    ]);
    expect(await listLettresFaites(base.db, pareil?.id ?? '')).toHaveLength(1);
    expect(await listLettresFaites(base.db, change?.id ?? '')).toHaveLength(1);
    expect(await objets(change?.id)).toEqual([
      expect.stringMatching(/^lettre .*ajournée$/),
      expect.stringMatching(/^lettre .*est retenue$/),
      expect.stringMatching(/^reouverture /),
    ]);
    expect(await lireAvancement(base.db, seance)).toEqual({
      lettres: 1,
      lettresFaites: 1,
      procesVerbal: true,
    });
  });

  it('lets no letter that cannot be written hold the others back, and says which at the end', async () => {
    const { seance } = await semerDeliberations(base, { nombre: 30, rang: 4 });
    await clore(base, seance);
    const { rows } = await sql<{ id: string }>`
      update acte_de_seance set contenu = contenu - 'resultat'
      where id = (select id from acte_de_seance where seance_id = ${seance} and genre = 'lettre' order by id offset 3 limit 1)
      returning id`.execute(base.db);
    await expect(notifier(seance)).rejects.toThrow(rows[0]?.id);
    expect(await lireAvancement(base.db, seance)).toMatchObject({ lettres: 30, lettresFaites: 29 });
  });

  it('is written once by several workers at once, and is not written again', async () => {
    const { seance, vague } = await semerDeliberations(base, { nombre: 60, rang: 5 });
    const [premiere] = await candidaturesDe(vague);
    await nommer(premiere?.id ?? '', 'ada@cinq.example', 'ada@cinq.example');
    await clore(base, seance);
    await Promise.all([notifier(seance), notifier(seance), notifier(seance)]);
    expect(await lireAvancement(base.db, seance)).toMatchObject({ lettres: 60, lettresFaites: 60 });
    const { rows } = await sql`
      select count(*)::integer as fichiers, count(distinct objet_id)::integer as actes from fichier
      where objet_type = 'acte_de_seance' and objet_id in (
        select id::text from acte_de_seance where seance_id = ${seance})`.execute(base.db);
    expect(rows).toEqual([{ fichiers: 61, actes: 61 }]);
    expect(await courriels(premiere?.id)).toHaveLength(1);
    await expect(
      sql`update acte_de_seance set faite_le = now() where seance_id = ${seance}`.execute(base.db),
    ).rejects.toThrow('ne se refait pas');
  });
});
