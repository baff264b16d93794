import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faireAgent, faireStructure, type Mur, monterMur } from '../../src/acces/roles/personnes.fixtures.ts';
import { semerVague } from '../../src/candidatures/candidatures.fixtures.ts';
import { findStructureSuivie } from '../../src/espace/structures.store.ts';
import { type TestDatabase, withTestDatabase } from '../../src/platform/database/testing.ts';
import { ouvrirAnnuaire } from '../../src/structures/annuaire.ts';
import { confirmerStructure, verifierStructures } from '../../src/structures/verification.acts.ts';
import { listStructuresAVerifier } from '../../src/structures/verification.store.ts';

let base: TestDatabase;
let mur: Mur;
let serveur: Server;
let adresse = '';
const service = { identifiant: 'essai', role: 'operateur' } as const;

/** Answers as the directory does: known, closed, elsewhere, renamed; else nothing, or not its language. */
const connus: Readonly<Record<string, { nom: string; commune: string; etat: string }>> = {
  '21020408900018': { nom: 'COMMUNE DE LAON', commune: '02408', etat: 'A' },
  '21020408900026': { nom: 'COMMUNE DE LAON', commune: '02408', etat: 'F' },
  '21020408900034': { nom: 'COMMUNE DE LAON', commune: '59350', etat: 'A' },
};

beforeAll(async () => {
  base = await withTestDatabase();
  mur = monterMur(base);
  serveur = createServer((demande, reponse) => {
    const siret = new URL(demande.url ?? '', 'http://x').searchParams.get('q') ?? '';
    if (siret === '99999999999999') return;
    reponse.setHeader('Content-Type', 'application/json');
    if (siret === '88888888888888') return void reponse.end('<html>');
    const connu = connus[siret];
    reponse.end(
      JSON.stringify({
        results: connu
          ? [
              {
                nom_raison_sociale: connu.nom,
                siege: null,
                matching_etablissements: [
                  {
                    siret,
                    adresse: 'PL DU GENERAL LECLERC 02000 LAON',
                    commune: connu.commune,
                    etat_administratif: connu.etat,
                  },
                ],
                complements: { est_service_public: true },
              },
            ]
          : [],
      }),
    );
  });
  await new Promise<void>((resolve) => serveur.listen(0, '127.0.0.1', resolve));
  adresse = `http://127.0.0.1:${(serveur.address() as AddressInfo).port}`;
});
afterAll(async () => {
  serveur.closeAllConnections();
  await new Promise((resolve) => serveur.close(resolve));
  await mur.fermer();
  await base.close();
});

const aVerifier = async (
  identifiant: string,
  nom = 'Commune de Laon',
  commune = '02408',
): Promise<string> => {
  const id = await faireStructure(base, commune, { identifiant, nom });
  await base.owner.query('update structure set a_verifier = true where id = $1', [id]);
  return id;
};

const lire = async (id: string) =>
  (
    await base.owner.query('select a_verifier, verification_motif as motif from structure where id = $1', [
      id,
    ])
  ).rows[0];

describe('the directory of companies', () => {
  it('gives what it knows, and says when it knows nothing or does not answer', async () => {
    const annuaire = ouvrirAnnuaire(adresse, 10_000);
    expect(await annuaire('21020408900018')).toMatchObject({
      ok: true,
      valeur: { nom: 'COMMUNE DE LAON', commune: '02408', ouvert: true, publique: true },
    });
    expect(await annuaire('11111111111111')).toMatchObject({ refus: 'inconnu' });
    expect(await annuaire('88888888888888')).toMatchObject({ refus: 'injoignable' });
    expect(await ouvrirAnnuaire(adresse, 200)('99999999999999')).toMatchObject({ refus: 'injoignable' });
    expect(await ouvrirAnnuaire('http://127.0.0.1:1', 10_000)('1')).toMatchObject({ refus: 'injoignable' });
  });

  it('verifies what it confirms, and leaves to somebody what it contradicts', async () => {
    const [juste, ferme, ailleurs, inconnu, renomme] = [
      await aVerifier('21020408900018'),
      await aVerifier('21020408900026'),
      await aVerifier('21020408900034'),
      await aVerifier('21020408900042'),
      await aVerifier('21020408900059', 'Autre nom'),
    ];
    expect(await verifierStructures(base.db, service, ouvrirAnnuaire(adresse, 500))).toEqual({
      verifiees: 1,
      doutes: 4,
      joignable: true,
    });
    expect(await lire(juste)).toEqual({ a_verifier: false, motif: 'Annuaire des entreprises' });
    expect((await lire(ferme)).motif).toMatch(/fermé/);
    expect((await lire(ailleurs)).motif).toMatch(/59350/);
    expect((await lire(inconnu)).motif).toMatch(/ne connaît pas/);
    expect((await lire(renomme)).a_verifier).toBe(true);
  });

  it('is stood in for by the préfecture of the territory, and no other', async () => {
    const id = await aVerifier('21020408900067');
    const confirmer = async (departement: string) => {
      const agent = await faireAgent(base, 'instructeur', { departement });
      return mur.enTantQue(agent, (db) =>
        confirmerStructure(db, agent.acteur, { id, version: 1, motif: 'Avis reçu.' }),
      );
    };
    const vague = await semerVague(base.db);
    const { rows } = await base.owner.query<{ id: string }>(
      `insert into candidature (vague_id, structure_id, statut, categorie, postes_demandes, postes_coordinateurs,
         regime_souhaite, salaire_centimes, debut_souhaite, candidat_identifie, deposee_le)
       values ($1, $2, 'deposee', 'publique', 1, 0, 'forfait', 180000, '2021-09-01', false, now()) returning id`,
      [vague, id],
    );
    const lecteur = await faireAgent(base, 'instructeur', { departement: '02' });
    // Led to its application and to its page, to see what is wrong and have it corrected.
    expect(
      (await mur.enTantQue(lecteur, (db) => listStructuresAVerifier(db))).find((une) => une.id === id),
    ).toMatchObject({ candidature: rows[0]?.id });
    expect(await mur.enTantQue(lecteur, (db) => findStructureSuivie(db, id))).toBeDefined();
    expect(await confirmer('59')).toMatchObject({ ok: false, refus: 'absent' });
    expect(await confirmer('02')).toMatchObject({ ok: true });
    expect(await lire(id)).toEqual({ a_verifier: false, motif: 'Avis reçu.' });
  });

  it('changes nothing else of a structure by the hand of a préfecture or of a manager of a known one', async () => {
    const id = await aVerifier('21020408900075');
    const agent = await faireAgent(base, 'instructeur', { departement: '02' });
    const gestionnaire = await faireAgent(base, 'gestionnaire', { structure: id });
    const renommer = (qui: typeof agent) =>
      mur.enTantQue(qui, (db) =>
        db.updateTable('structure').set({ libelle_public: 'Autre' }).where('id', '=', id).executeTakeFirst(),
      );
    await expect(renommer(agent)).rejects.toThrow('ce rôle ne change pas');
    await expect(renommer(gestionnaire)).rejects.toThrow('ce rôle ne change pas');
    await base.owner.query('update structure set a_verifier = false where id = $1', [id]);
    expect((await renommer(gestionnaire)).numUpdatedRows).toBe(0n);
  });
});
