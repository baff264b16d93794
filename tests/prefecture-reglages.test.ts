import { strFromU8, unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { lirePdf } from '../src/communication/formats/pdf.fixtures.ts';
import { chemin, claude, ouvrirPrefecture, sacha } from './prefecture.fixtures.ts';

const { base, site, recommencer, entrer, asseoir, aller, version, texteDe, fermer } =
  await ouvrirPrefecture();
afterAll(fermer);

describe('the settings of a préfecture', () => {
  const reglages = '/prefecture/reglages/02';
  const valeurs = {
    service: 'Préfecture\nde l’Aisne',
    adresse: '2 rue Exemple\n02000 Laon',
    lieu: 'Laon',
    contact_service: 'Bureau de la communication',
    contact_telephone: '03 00 00 00 00',
    contact_courriel: 'presse@prefecture.example',
    boite: 'Numerique@prefecture.example',
  };
  const vue = async () =>
    String(
      (await base.owner.query(`select version from en_tete where departement_code = '02'`)).rows[0]
        ?.version ?? 0,
    );

  it('are written field by field, kept in the history, and serve at once', async () => {
    const visite = await entrer(claude);
    const wrong = await visite.envoyer(reglages, {
      version: await vue(),
      ...valeurs,
      lieu: '',
      contact_telephone: 'douze',
      boite: 'boite',
    });
    expect(wrong.status).toBe(400);
    const html = await wrong.text();
    for (const dit of [
      'Écrivez le lieu de signature',
      'Écrivez un numéro de téléphone',
      'Écrivez une adresse complète',
    ])
      expect(html).toContain(dit);
    expect(html).toContain('Bureau de la communication');
    const personne = await visite.envoyer(reglages, { version: await vue(), ...valeurs, boite: claude });
    expect(await personne.text()).toContain('Cette adresse est celle d’une personne');
    const seen = await vue();
    expect((await visite.envoyer(reglages, { version: seen, ...valeurs })).status).toBe(303);
    expect(
      (await visite.envoyer(reglages, { version: seen, ...valeurs })).status,
      'seen by who comes second',
    ).toBe(409);
    const page = await texteDe(visite, reglages);
    expect(page).toContain('numerique@prefecture.example');
    expect(page).toMatch(/Réglages modifiés.*adresse.*boîte du service/);
    expect((await visite.lire(`${reglages}/en-tete.pdf`)).headers.get('Content-Type')).toBe(
      'application/pdf',
    );
  });

  it('take a logo that is a PNG by its content, and nothing else', async () => {
    const visite = await entrer(claude);
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAEklEQVR4nGNgYGD4D8QgQMYAAA0BAgH7aQmYAAAAAElFTkSuQmCC',
      'base64',
    );
    const { pngDuSvg } = await import('../src/platform/images.ts');
    const { fontsFolder } = await import('../src/platform/fonts.ts');
    const dessin = await pngDuSvg(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><rect width="4" height="2" fill="#123"/></svg>',
      { largeur: 40, fontsFolder },
    );
    const deposer = async (octets: Uint8Array, alt = 'Préfecture de l’Aisne') => {
      const form = new FormData();
      for (const [nom, valeur] of Object.entries({ version: await vue(), ...valeurs, logo_texte: alt }))
        form.set(nom, valeur);
      form.set('logo', new File([new Uint8Array(octets)], 'logo.png', { type: 'image/png' }));
      return fetch(`${site.adresse}${reglages}`, {
        method: 'POST',
        body: form,
        redirect: 'manual',
        headers: { Cookie: `maillage=${visite.secret()}`, Origin: site.adresse },
      });
    };
    const refus = async (octets: Uint8Array, alt?: string) => (await deposer(octets, alt)).text();
    expect(await refus(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toContain(
      'n’est pas une image PNG',
    );
    expect(await refus(png.subarray(0, 40))).toContain('Cette image ne se lit pas');
    expect(await refus(new Uint8Array(500_001))).toContain('trop lourd');
    expect(await refus(dessin, '')).toContain('texte qui remplace le logo');
    expect((await deposer(dessin)).status).toBe(303);
    expect((await visite.lire(`${reglages}/logo.png`)).headers.get('Content-Type')).toBe('image/png');
    expect((await visite.lire(`${reglages}/en-tete.pdf`)).status).toBe(200);

    // It heads the page, for those who prepare it, then for the public once there is one.
    await recommencer();
    const image = (adresse: string) => new RegExp(`<img src="${adresse}" alt="Préfecture de l’Aisne"`);
    expect(await texteDe(visite, `${chemin}/apercu`)).toMatch(image(`${reglages}/logo.png`));
    const logo = `${site.adresse}/communiques/02/2021-03-24.logo`;
    expect((await fetch(logo)).status).toBe(404);
    await visite.envoyer(`${chemin}/relecture`, { version: '0' });
    await (await entrer(sacha)).envoyer(`${chemin}/approuver`, { version: await version() });
    await visite.envoyer(`${chemin}/publier`, { version: await version() });
    const publique = await fetch(`${site.adresse}/communiques/02/2021-03-24`);
    expect(await publique.text()).toMatch(image('/communiques/02/2021-03-24.logo'));
    expect((await fetch(logo)).headers.get('Content-Type')).toBe('image/png');
  });

  it('say who signs, from when to when, by which delegation', async () => {
    const visite = await entrer(claude);
    const ajouter = (champs: Record<string, string>) =>
      visite.envoyer(`${reglages}/signataires`, {
        signataire_nom: 'Dominique Martin',
        signataire_fonction: 'La secrétaire générale',
        delegation: 'arrêté préfectoral n° 2021-12 du 4 janvier 2021',
        debut: '2021-01-04',
        ...champs,
      });
    expect(await (await ajouter({ fin: '2020-01-01' })).text()).toContain(
      'La fin ne peut pas précéder le début',
    );
    expect((await ajouter({})).status).toBe(303);
    expect((await ajouter({})).status).toBe(400);
    const html = await texteDe(visite, reglages);
    expect(html).toContain('Dominique Martin');
    const id = /signataires\/([0-9a-f-]+)\/fin/.exec(html)?.[1] ?? '';
    // Neither is one click: a page asks first, and nothing changes before.
    for (const [quoi, dit] of [
      ['fin', 'Terminer la signature de Dominique Martin'],
      ['retirer', 'Retirer Dominique Martin des signataires'],
    ])
      expect(await texteDe(visite, `${reglages}/signataires/${id}/${quoi}`)).toContain(dit);
    expect((await visite.envoyer(`${reglages}/signataires/${id}/fin`, { fin: '2021-12-31' })).status).toBe(
      303,
    );
    expect(await texteDe(visite, reglages)).toContain('31 décembre 2021 (terminé)');
    const ailleurs = await entrer('maxime.leroy@prefecture.example');
    expect((await ailleurs.envoyer(`/prefecture/reglages/59/signataires/${id}/retirer`)).status).toBe(404);
    expect((await visite.envoyer(`${reglages}/signataires/${id}/retirer`)).status).toBe(303);
    const histoire = await texteDe(visite, reglages);
    for (const dit of ['Signataire ajouté', 'Fin d’une signature le 31 décembre 2021', 'Signataire retiré'])
      expect(histoire).toMatch(new RegExp(`${dit}\\s: Dominique Martin, la secrétaire générale`));
  });

  it('sign the communiqué of that day, which keeps its signature once published', async () => {
    await recommencer();
    await base.owner.query('delete from signataire');
    const [un, deux] = [await entrer(claude), await entrer(sacha)];
    const nommer = (signataire_nom: string, champs: Record<string, string>) =>
      un.envoyer(`${reglages}/signataires`, {
        signataire_nom,
        signataire_fonction: 'La secrétaire générale',
        debut: '2021-01-04',
        ...champs,
      });
    const delegation = 'arrêté préfectoral no 2021-12';
    await nommer('Dominique Martin', { delegation });
    await nommer('Camille Plus-Tard', { debut: '2021-06-01' });
    // Of two who may sign, the page says who does.
    expect((await texteDe(un, reglages)).replace(/\s+/g, ' ')).toContain(
      'À partir du 1er juin 2021, Dominique Martin et Camille Plus-Tard peuvent signer : Camille Plus-Tard signe',
    );
    await un.envoyer(`${chemin}/relecture`, { version: '0', date: '2021-03-18' });
    expect(await texteDe(un)).toContain(
      'Pour le préfet et par délégation, La secrétaire générale Dominique Martin',
    );
    await deux.envoyer(`${chemin}/approuver`, { version: await version() });
    // Another signature is another text.
    await nommer('Alex Remplaçant', { debut: '2021-03-01', fin: '2021-04-01' });
    expect((await un.envoyer(`${chemin}/publier`, { version: await version() })).status).toBe(400);
    await base.owner.query(`delete from signataire where nom = 'Alex Remplaçant'`);
    expect((await un.envoyer(`${chemin}/publier`, { version: await version() })).status).toBe(303);

    const lire = async (fin: string) => {
      const response = await fetch(`${site.adresse}/communiques/02/2021-03-24${fin}`);
      expect(response.status, fin).toBe(200);
      return new Uint8Array(await response.arrayBuffer());
    };
    const textes = async () => {
      const kit = unzipSync(await lire('.zip'));
      const pdfs = await Promise.all([lire('.pdf'), kit['communique-02-2021-03-24.pdf'] ?? new Uint8Array()]);
      return [
        strFromU8(await lire('')),
        strFromU8(await lire('.txt')),
        ...(await Promise.all(pdfs.map(async (octets) => (await lirePdf(octets)).texte))),
        ...[await lire('.odt'), kit['communique-02-2021-03-24.odt'] ?? new Uint8Array()].map((octets) =>
          strFromU8(unzipSync(octets)['content.xml'] ?? new Uint8Array()),
        ),
        strFromU8(kit['communique-02-2021-03-24.txt'] ?? new Uint8Array()),
      ];
    };
    for (const signe of await textes()) expect(signe).toContain('Dominique Martin');
    // Who signs later did not sign it, whatever happens to the one who did.
    await base.owner.query('delete from signataire');
    await nommer('Alex Remplaçant', { delegation });
    const gardes = await textes();
    expect(gardes).toHaveLength(7);
    for (const signe of gardes) {
      expect(signe).toContain('Dominique Martin');
      expect(signe).not.toContain('Alex');
    }
    await base.owner.query('delete from signataire');
  });

  it('show a logo that is a drawing as pixels, under the policy of every page', async () => {
    await recommencer();
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><style>rect{fill:#123}</style><script>alert(1)</script><rect width="4" height="2"/></svg>`;
    const before = (await base.owner.query(`select * from en_tete where departement_code = '02'`)).rows[0];
    await base.owner.query(
      `insert into en_tete (departement_code, service, lieu) values ('02', '{Préfecture}', 'Laon') on conflict do nothing`,
    );
    await base.owner.query(
      `update en_tete set logo = $1, logo_type = 'svg', logo_texte = 'Blason', logo_rapport = 2 where departement_code = '02'`,
      [Buffer.from(svg)],
    );
    const [un, deux] = [await entrer(claude), await entrer(sacha)];
    await un.envoyer(`${chemin}/relecture`, { version: '0' });
    await deux.envoyer(`${chemin}/approuver`, { version: await version() });
    await un.envoyer(`${chemin}/publier`, { version: await version() });
    const contexte = await asseoir(claude);
    for (const [vers, classe] of [
      ['/communiques/02/2021-03-24', '.communique-service img'],
      [`${chemin}/apercu`, '.communique-service img'],
      [reglages, '.maillage-logo'],
    ] as const) {
      const page = await aller(contexte, vers);
      const image = page.locator(classe);
      expect(await image.getAttribute('alt'), vers).toBe('Blason');
      expect(
        await image.evaluate((node: HTMLImageElement) => [node.naturalWidth, node.naturalHeight]),
        vers,
      ).toEqual([384, 192]);
    }
    await contexte.close();
    const sent = await fetch(`${site.adresse}/communiques/02/2021-03-24.logo`);
    expect(sent.headers.get('Content-Type')).toBe('image/png');
    expect(sent.headers.get('Content-Security-Policy')).not.toContain('unsafe');
    await base.owner.query(
      `update en_tete set logo = $1, logo_type = $2, logo_texte = $3, logo_rapport = $4 where departement_code = '02'`,
      [before?.logo, before?.logo_type, before?.logo_texte, before?.logo_rapport],
    );
  });

  it('are those of one’s own territory', async () => {
    const [aisne, region] = [await entrer(claude), await entrer('maxime.leroy@prefecture.example')];
    expect((await aisne.lire('/prefecture/reglages')).headers.get('Location')).toBe(reglages);
    const choix = await texteDe(region, '/prefecture/reglages');
    for (const code of ['02', '59', '60', '62', '80'])
      expect(choix).toContain(`/prefecture/reglages/${code}"`);
    expect(choix).not.toContain('/prefecture/reglages/75"');
    for (const code of ['59', '75', '99']) {
      expect((await aisne.lire(`/prefecture/reglages/${code}`)).status).toBe(404);
      expect((await aisne.lire(`/prefecture/reglages/${code}/en-tete.pdf`)).status).toBe(404);
      expect((await aisne.envoyer(`/prefecture/reglages/${code}`, { version: '0', ...valeurs })).status).toBe(
        404,
      );
    }
  });

  it('write to the mailbox of the service too, which is nobody’s account', async () => {
    await recommencer();
    await base.owner.query(
      `update en_tete set boite_courriel = 'numerique@prefecture.example' where departement_code = '02'`,
    );
    await (await entrer(claude)).envoyer(`${chemin}/relecture`, { version: '0' });
    const { rows } = await base.owner.query('select destinataire from courriel order by 1');
    expect(rows.map(({ destinataire }) => destinataire)).toEqual(['numerique@prefecture.example', sacha]);
    await expect(
      base.owner.query(
        `insert into personne (courriel, prenom, nom) values ('numerique@prefecture.example', 'A', 'B')`,
      ),
    ).rejects.toMatchObject({ constraint: 'boite_sans_compte' });
  });
});
