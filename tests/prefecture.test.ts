import { afterAll, describe, expect, it } from 'vitest';
import { verifierPage } from './navigateur.ts';
import { chemin, claude, ouvrirPrefecture, sacha } from './prefecture.fixtures.ts';

const { base, site, recommencer, entrer, asseoir, aller, version, texteDe, fermer } =
  await ouvrirPrefecture();
afterAll(fermer);

describe('a communiqué of the préfecture', () => {
  it('is, without a script, written by one agent, corrected and approved by another, and published at its hour', async () => {
    await recommencer();
    const [un, deux] = [await asseoir(claude), await asseoir(sacha)];

    // Nothing was begun: the page of the first agent says that it waits.
    const espace = await aller(un, '/espace');
    await espace.getByRole('link', { name: '1 communiqué à écrire ou à corriger' }).click();
    expect(espace.url()).toContain(chemin);
    await espace.getByLabel('Le chapeau').fill('Bonne nouvelle : {conseillers}, {structures}.');
    await espace.getByLabel('Date que porte le communiqué').fill('2021-03-18');
    await espace.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
    expect(await espace.locator('main').textContent()).toContain('Le brouillon est enregistré');
    await espace.getByRole('button', { name: 'Demander la relecture' }).click();
    expect(await espace.getByText('Vous avez écrit ce communiqué en dernier').isVisible()).toBe(true);
    expect(await espace.getByRole('button', { name: 'Approuver' }).count()).toBe(0);

    // The second is told by mail, and asks for corrections.
    const { rows: avis } = await base.owner.query(
      `select destinataire, objet, contenu -> 'lien' ->> 'href' as href from courriel`,
    );
    expect(avis).toEqual([
      {
        destinataire: sacha,
        objet: 'Communiqué à relire : Aisne, séance du 24 mars 2021',
        href: `${site.adresse}${chemin}`,
      },
    ]);
    const relit = await aller(deux, '/espace');
    await relit.getByRole('link', { name: '1 communiqué à relire' }).click();
    await relit.getByLabel('Ce qu’il faut corriger').fill('Dire « Très bonne nouvelle ».');
    await relit.getByRole('button', { name: 'Demander des corrections' }).click();
    expect(await relit.getByText('Les corrections sont demandées').isVisible()).toBe(true);

    await espace.goto(`${site.adresse}${chemin}`);
    expect(await espace.getByText('Dire « Très bonne nouvelle ».').first().isVisible()).toBe(true);
    // Asked for without recording first: what is typed goes with it.
    await espace.getByLabel('Le chapeau').fill('Très bonne nouvelle : {conseillers}, {structures}.');
    await espace.getByRole('button', { name: 'Demander la relecture' }).click();
    await relit.goto(`${site.adresse}${chemin}`);
    await relit.getByRole('button', { name: 'Approuver le communiqué' }).click();
    expect(await relit.getByText('Le communiqué est approuvé').isVisible()).toBe(true);

    // The first schedules it: nothing is public before.
    await espace.goto(`${site.adresse}${chemin}`);
    expect(await espace.getByText('Approuvé par Sacha Caron').isVisible()).toBe(true);
    await espace.getByLabel('Jour de la publication').fill('2090-01-02');
    await espace.getByLabel('Heure de Paris').fill('10h30');
    await espace.getByRole('button', { name: 'Publier' }).click();
    expect(await espace.getByText('La publication est programmée').isVisible()).toBe(true);
    expect(await espace.getByText('2 janvier 2090 à 10').first().isVisible()).toBe(true);
    expect((await site.app.request('/communiques/02/2021-03-24')).status).toBe(404);
    expect(await (await site.app.request('/departements/02')).text()).toContain('Aucune structure annoncée');

    // Its hour comes.
    await base.owner.query(`update communique set publie_le = now() - interval '1 minute';
      update decision set publiee_le = now() - interval '1 minute'`);
    const publique = await (await fetch(`${site.adresse}/communiques/02/2021-03-24`)).text();
    expect(publique).toContain('Très bonne nouvelle');
    const histoire = await texteDe(await entrer(claude));
    for (const dit of [
      'Brouillon enregistré',
      'Relecture demandée',
      'Corrections demandées',
      'relu et approuvé',
      'Communiqué programmé pour le 2 janvier 2090',
    ])
      expect(histoire).toContain(dit);
    expect(histoire).toContain('Par Sacha Caron');
    await Promise.all([un.close(), deux.close()]);
  }, 120_000);

  it('is read and written by keyboard, on every screen, without a barrier', async () => {
    await recommencer();
    for (const largeur of [390, 1280]) {
      const contexte = await asseoir(claude, { largeur, script: true });
      for (const vers of [
        '/espace',
        '/prefecture/communiques',
        chemin,
        `${chemin}/apercu`,
        '/prefecture/reglages/02',
      ]) {
        const page = await aller(contexte, vers);
        await verifierPage(page);
        await page.close();
      }
      await contexte.close();
    }
    const contexte = await asseoir(claude, { script: true });
    const page = await aller(contexte, chemin);
    await page.getByLabel('Le titre').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Bienvenue à {conseillers}');
    const bouton = page.getByRole('button', { name: 'Enregistrer le brouillon' });
    for (
      let tabs = 0;
      tabs < 30 && !(await bouton.evaluate((node) => node === document.activeElement));
      tabs++
    )
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/fait=enregistre/);
    await verifierPage(page);
    await contexte.close();
  }, 240_000);
});

describe('an act on a communiqué', () => {
  it('is refused to who wrote it last, by the act and by the database', async () => {
    await recommencer();
    const visite = await entrer(claude);
    await visite.envoyer(`${chemin}`, {
      version: '0',
      date: '2021-03-18',
      chapo: 'Voici {conseillers}, {structures}.',
    });
    expect((await visite.envoyer(`${chemin}/relecture`, { version: await version() })).status).toBe(303);
    const refused = await visite.envoyer(`${chemin}/approuver`, { version: await version() });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('une autre personne doit le relire');
    const deux = await entrer(sacha);
    expect((await deux.envoyer(`${chemin}/approuver`, { version: await version() })).status).toBe(303);
  });

  it('keeps what was typed when the proofreading is asked for at once, or refused', async () => {
    await recommencer();
    const visite = await entrer(claude);
    const demander = async (chapo: string) =>
      visite.envoyer(`${chemin}/relecture`, { version: await version(), date: '2021-03-18', chapo });
    const refused = await demander('Sans aucun chiffre, mais à ne pas perdre.');
    expect(refused.status).toBe(400);
    const vue = await refused.text();
    expect(vue).toContain('Sans aucun chiffre, mais à ne pas perdre.');
    // Nothing was begun: the page that is sent again is of what is there.
    expect(vue).toContain('name="version" value="0"');
    expect((await base.owner.query('select from communique')).rowCount).toBe(0);
    expect((await demander('Voici {conseillers}, {structures}.')).status).toBe(303);
    const { rows } = await base.owner.query(
      `select statut, date::text, textes -> 'chapo' ->> 'gabarit' as chapo from communique`,
    );
    expect(rows).toEqual([
      { statut: 'en_relecture', date: '2021-03-18', chapo: 'Voici {conseillers}, {structures}.' },
    ]);
  });

  it('is neither offered nor granted to who has nobody to proofread', async () => {
    await recommencer();
    const decaler = (sens: '+' | '-') =>
      base.owner.query(
        `update attribution set du = du ${sens} interval '100 years'
          where personne_id = (select id from personne where courriel = $1)`,
        [sacha],
      );
    expect((await decaler('+')).rowCount).toBeGreaterThan(0);
    try {
      const html = await texteDe(await entrer(claude));
      expect(html).toContain('Personne ne peut relire');
      expect(html).toMatch(/<button[^>]*disabled[^>]*>\s*Demander la relecture/);
      const asked = await (await entrer(claude)).envoyer(`${chemin}/relecture`, {
        version: '0',
        date: '2021-03-18',
        chapo: 'À ne pas perdre : {conseillers}, {structures}.',
      });
      expect(asked.status).toBe(400);
      const dit = await asked.text();
      expect(dit).toMatch(/Invitez un ou une collègue, ou demandez à l’administrateur/);
      expect(dit).toContain('À ne pas perdre : {conseillers}, {structures}.');
      expect((await base.owner.query('select from communique')).rowCount).toBe(0);
    } finally {
      await decaler('-');
    }
  });

  it('proposed as generated, is the work of who proposed it', async () => {
    await recommencer();
    const visite = await entrer(claude);
    await visite.envoyer(`${chemin}/relecture`, { version: '0' });
    expect((await visite.envoyer(`${chemin}/approuver`, { version: await version() })).status).toBe(400);
  });

  it('does not publish what was not approved, nor another text than the one that was', async () => {
    await recommencer();
    const [un, deux] = [await entrer(claude), await entrer(sacha)];
    await un.envoyer(`${chemin}/relecture`, { version: '0' });
    expect((await un.envoyer(`${chemin}/publier`, { version: await version() })).status).toBe(400);
    await deux.envoyer(`${chemin}/approuver`, { version: await version() });
    const postes = (n: number) =>
      base.owner.query(`update decision_ligne set postes = ${n} where decision_id in
        (select decision.id from decision join structure on structure.id = structure_id where identifiant = '21020321200092')`);
    await postes(3);
    const changed = await un.envoyer(`${chemin}/publier`, { version: await version() });
    expect(changed.status).toBe(400);
    expect(await changed.text()).toContain('ne dit plus ce qui a été approuvé');
    await postes(1);
    const past = await un.envoyer(`${chemin}/publier`, {
      version: await version(),
      jour: '2021-03-18',
      heure: '10:00',
    });
    expect(await past.text()).toContain('Cet instant est passé');
    expect((await un.envoyer(`${chemin}/publier`, { version: await version() })).status).toBe(303);
  });

  it('cancels what was to come with the communiqué, and leaves what is announced', async () => {
    await recommencer();
    const [un, deux] = [await entrer(claude), await entrer(sacha)];
    const publier = async (champs: Record<string, string>) => {
      await un.envoyer(`${chemin}/relecture`, { version: await version() });
      await deux.envoyer(`${chemin}/approuver`, { version: await version() });
      expect((await un.envoyer(`${chemin}/publier`, { version: await version(), ...champs })).status).toBe(
        303,
      );
    };
    const annoncees = async () =>
      (await base.owner.query(`select from decision where publiee_le is not null`)).rowCount;
    await publier({ jour: '2090-01-02', heure: '10:00' });
    expect(await annoncees()).toBe(16);
    const programme = await texteDe(un);
    expect(programme).toContain('programmé pour le 2 janvier 2090');
    expect(programme).toMatch(/Étape 3 sur 4.*Publication programmée/s);
    expect(await (await un.envoyer(`${chemin}/retirer`, { version: await version() })).text()).toContain(
      'Dites pourquoi',
    );
    await un.envoyer(`${chemin}/retirer`, { version: await version(), motif: 'Date à revoir' });
    expect(await annoncees()).toBe(0);
    const annule = await texteDe(un);
    expect(annule).toContain('le public ne l’a pas vu');
    expect(annule).toContain('Publication programmée annulée');
    expect(annule).not.toContain('le public ne le voit plus');
    await un.envoyer(`${chemin}/reprendre`, { version: await version() });
    await publier({});
    await un.envoyer(`${chemin}/retirer`, { version: await version(), motif: 'Erreur' });
    expect(await annoncees()).toBe(16);
    expect((await site.app.request('/communiques/02/2021-03-24')).status).toBe(404);
  });

  it('moves a publication to come without proofreading again, as long as the text is the one approved', async () => {
    await recommencer();
    const [un, deux] = [await entrer(claude), await entrer(sacha)];
    const deplacer = async (champs: Record<string, string>) =>
      un.envoyer(`${chemin}/reprogrammer`, { version: await version(), ...champs });
    const prevu = { jour: '2090-01-02', heure: '10:00' };
    await un.envoyer(`${chemin}/relecture`, { version: '0' });
    await deux.envoyer(`${chemin}/approuver`, { version: await version() });
    expect((await deplacer(prevu)).status, 'before it is scheduled').toBe(400);
    await un.envoyer(`${chemin}/publier`, { version: await version(), ...prevu });
    expect(await (await deplacer({ jour: '2021-01-01', heure: '9h' })).text()).toContain(
      'Cet instant est passé',
    );
    expect((await deplacer({ jour: '2090-01-03', heure: '11h' })).status).toBe(303);
    const { rows } = await base.owner.query(
      `select distinct publie_le::text = publiee_le::text as ensemble, statut,
         to_char(publie_le at time zone 'Europe/Paris', 'YYYY-MM-DD HH24:MI') as a from communique, decision
       where publiee_le is not null`,
    );
    expect(rows).toEqual([{ ensemble: true, statut: 'publie', a: '2090-01-03 11:00' }]);
    const html = (await texteDe(un)).replace(/[\u00a0\u202f]/g, ' ');
    expect(html).toContain('programmé pour le 3 janvier 2090');
    expect(html).toContain('Publication déplacée au 3 janvier 2090');
    // A text that is another one goes back to be proofread.
    const nommer = (nom: string) =>
      base.owner.query(`update structure set libelle_public = $1 where identifiant = '21020321200092'`, [
        nom,
      ]);
    await nommer('autre lieu de Gauchy');
    const changed = await deplacer({ jour: '2090-01-04', heure: '11h' });
    expect(changed.status).toBe(400);
    expect(await changed.text()).toContain('ne dit plus ce qui a été approuvé');
    await nommer('tiers-lieu de Gauchy');
    expect((await deplacer({})).status, 'left empty').toBe(400);
    expect(await (await deplacer({ jour: '2090-01-03', heure: '11h' })).text()).toContain('déjà prévu');
    await base.owner.query(`update communique set publie_le = now() - interval '1 minute'`);
    expect((await deplacer(prevu)).status, 'once public').toBe(400);
    expect(await texteDe(un)).toContain('Communiqué publié, à l’heure prévue');
  });

  it('of two who write at once, tells the second, keeps their text and shows the difference', async () => {
    await recommencer();
    const [un, deux] = [await entrer(claude), await entrer(sacha)];
    const html = await texteDe(un);
    const montre = (cle: string) =>
      (new RegExp(`name="montre_${cle}" value="([^"]*)"`).exec(html)?.[1] ?? '').replaceAll('&amp;', '&');
    const commun = {
      version: '0',
      date: '2021-03-18',
      montre_chapo: montre('chapo'),
      montre_titre: montre('titre'),
      montre_date: '2021-03-18',
    };
    await un.envoyer(chemin, {
      ...commun,
      date: '2021-05-20',
      chapo: 'Première version : {conseillers} et {structures}.',
      titre: 'Un titre de Claude : {conseillers}',
    });
    const second = await deux.envoyer(chemin, {
      ...commun,
      chapo: 'Deuxième version : {conseillers} et {structures}.',
      titre: commun.montre_titre,
    });
    expect(second.status).toBe(409);
    const page = (await second.text()).replace(/[\u00a0\u202f]/g, ' ');
    expect(page).toContain('Une autre personne a modifié ce communiqué');
    expect(page).toContain('Deuxième version : {conseillers} et {structures}.');
    expect(page).toMatch(/<del>.*Première.*<\/del>/);
    // What the second did not touch is as the first left it.
    expect(page).toMatch(/<textarea[^>]*id="champ-titre"[^>]*>Un titre de Claude/);
    const date = (html: string) => /<input[^>]*name="date"[^>]*>/.exec(html)?.[0];
    expect(date(page)).toContain('value="2021-05-20"');
    // Where both changed it, each is told; so it is where something else of the form is wrong.
    for (const titre of [commun.montre_titre, 'x'.repeat(5000)]) {
      const dispute = await (await deux.envoyer(chemin, { ...commun, date: '2021-06-01', titre })).text();
      expect(date(dispute)).toContain('value="2021-06-01"');
      expect(dispute.replace(/[\u00a0\u202f]/g, ' ')).toContain(
        'Version enregistrée : 20 mai 2021. La vôtre : 1er juin 2021.',
      );
    }
    const vide = await (await deux.envoyer(chemin, { ...commun, date: '' })).text();
    expect(vide).toContain('Écrivez la date que porte le communiqué');
  });

  it('is done once by 20 who approve at once, with one line of the journal and one mail each', async () => {
    await recommencer();
    await (await entrer(claude)).envoyer(`${chemin}/relecture`, { version: '0' });
    await base.owner.query(`delete from courriel`);
    const deux = await entrer(sacha);
    const seen = await version();
    const before =
      (await base.owner.query(`select from journal where acte = 'communique.approuver'`)).rowCount ?? 0;
    const statuts = await Promise.all(
      Array.from(
        { length: 20 },
        async () => (await deux.envoyer(`${chemin}/approuver`, { version: seen })).status,
      ),
    );
    expect(statuts.filter((statut) => statut === 303)).toHaveLength(1);
    expect(statuts.filter((statut) => statut === 409 || statut === 400)).toHaveLength(19);
    expect((await base.owner.query(`select from journal where acte = 'communique.approuver'`)).rowCount).toBe(
      before + 1,
    );
    expect((await base.owner.query('select destinataire from courriel')).rows).toEqual([
      { destinataire: claude },
    ]);
  });

  it('answers alike for another département and for what is not there', async () => {
    await base.owner.query(`
      insert into structure (raison_sociale, raison_sociale_recherche, commune_code) values ('MAIRIE DE LILLE', 'MAIRIE DE LILLE', '59350');
      insert into decision (seance_id, structure_id) select seance.id, structure.id from seance, structure
        where structure.raison_sociale = 'MAIRIE DE LILLE';
      with e as (insert into engagement (enveloppe_id, montant_centimes) select id, 100 from enveloppe limit 1 returning id)
      insert into decision_ligne (decision_id, categorie, postes, regime_variante_id, engagement_id)
      select decision.id, 'publique', 1, (select id from regime_variante limit 1), e.id from e, decision
        join structure on structure.id = structure_id where raison_sociale = 'MAIRIE DE LILLE'`);
    const [aisne, region] = [await entrer(claude), await entrer('maxime.leroy@prefecture.example')];
    for (const fin of ['', '/apercu', '.pdf']) {
      expect((await region.lire(`/prefecture/communiques/59/2021-03-24${fin}`)).status, fin).toBe(200);
      expect((await aisne.lire(`/prefecture/communiques/59/2021-03-24${fin}`)).status, fin).toBe(404);
      expect((await aisne.lire(`/prefecture/communiques/02/1999-01-01${fin}`)).status, fin).toBe(404);
    }
    for (const nom of [
      '',
      '/relecture',
      '/corrections',
      '/approuver',
      '/publier',
      '/reprogrammer',
      '/retirer',
      '/reprendre',
    ]) {
      const champs = { version: '0', date: '2021-03-18', corrections: 'x', motif: 'x' };
      expect((await aisne.envoyer(`/prefecture/communiques/59/2021-03-24${nom}`, champs)).status, nom).toBe(
        404,
      );
    }
    for (const role of [
      'alix.bernard@departement.example',
      'lou.moreau@courriel.example',
      'noa.marchand@departement.example',
    ])
      expect((await (await entrer(role)).lire(chemin)).status, role).toBe(403);
  });
});
