import { endosser } from '../../platform/database/acteur.ts';
import { type Database, databaseError, enTransaction } from '../../platform/database/index.ts';
import { type Acteur, journaliser, personneDe } from '../../platform/journal.ts';
import { registre, type TableRegistre, tablesDuRegistre } from '../../platform/registre.ts';
import { abandonner, enRefus, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { type ExportPersonnel, type Lignes, reunir } from './donnees-personnelles.rules.ts';
import {
  anonymiser,
  type Bases,
  findConcernee,
  lireLignes,
  listAEffacer,
  supprimerAnciennes,
  supprimerLignes,
} from './donnees-personnelles.store.ts';

const inconnue = () => refuser('absente', 'Cette personne n’existe pas.');

/**
 * Everything that the product holds of a person, table by table of the register, without secrets: what any of the roles
 * that they hold may read, the acting one last, in which the transaction goes on. Refuses an unknown person, and
 * another's data to who is not an administrator.
 */
export const exporterMesDonnees = (
  { db, acces }: Bases,
  acteur: Acteur,
  demande: {
    readonly personne: string;
    readonly maintenant: string;
    /** Numbers of the roles to read as; none: as the transaction stands. */
    readonly roles: readonly string[];
  },
): Promise<Resultat<ExportPersonnel>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const elle = personneDe(acteur) === demande.personne;
      if (!elle && acteur.role !== 'administrateur' && acteur.role !== 'operateur')
        return abandonner(inconnue());
      const personne = await findConcernee(transaction, demande.personne);
      if (!personne) return abandonner(inconnue());
      const lues = new Map<string, Lignes>();
      const lire = async (base: TableRegistre['base'], de: Database) => {
        for (const table of tablesDuRegistre)
          if (table.base === base)
            lues.set(table.table, reunir(lues.get(table.table), await lireLignes(de, table, personne)));
      };
      await lire('acces', acces);
      await lire('application', transaction);
      if (elle)
        for (const role of demande.roles)
          if (await endosser(transaction, personne.id, role)) await lire('application', transaction);
      await journaliser(transaction, acteur, {
        acte: 'acces.exporter_donnees',
        objetType: 'personne',
        objetId: demande.personne,
      });
      const traitements = registre.map(({ titre, finalite, baseLegale, tables }) => ({
        titre,
        finalite,
        baseLegale,
        tables: tables.map(({ table, intitule, colonnes, conservation }) => ({
          table,
          intitule,
          conservation: conservation.texte,
          colonnes,
          lignes: lues.get(table) ?? [],
        })),
      }));
      return reussi({ personne: demande.personne, le: demande.maintenant, traitements });
    }),
  );

/** Written by the program: the journal keeps it for ever. */
type MotifDEffacement = 'Demande d’effacement' | 'Compte fermé depuis trois ans';

type RefusEffacement = 'role' | 'absente' | 'deja' | 'dernier_administrateur';

/**
 * Erases what the product holds of a person: names and address give way to a number, the account is closed, its roles
 * end, sessions, identities, second factor and personal values of the journal go. Figures and journal stay true. Refuses
 * the last administrator, and whoever was erased already.
 */
export const effacerPersonne = async (
  { db, acces }: Bases,
  acteur: Acteur,
  { personne: id, motif }: { readonly personne: string; readonly motif: MotifDEffacement },
): Promise<Resultat<{ readonly lignes: number }, RefusEffacement>> => {
  if (acteur.role !== 'administrateur' && acteur.role !== 'operateur')
    return refuser('role', 'Seul un administrateur efface les données d’une personne.');
  try {
    return await enTransaction(db, async (transaction) => {
      const personne = await findConcernee(transaction, id, true);
      if (!personne) return inconnue();
      if (personne.effacee) return refuser('deja', 'Les données de cette personne sont déjà effacées.');
      await anonymiser(transaction, personne.id, personneDe(acteur));
      const parties = await supprimerLignes(transaction, 'application', personne);
      await journaliser(transaction, acteur, {
        acte: 'acces.effacer_personne',
        objetType: 'personne',
        objetId: personne.id,
        motif,
        contenu: { parties },
      });
      // By another user, hence in a transaction of its own: last, so that what is refused above has lost nothing. Should
      // the commit that follows fail, the person signs in again.
      const connexion = await enTransaction(acces, (autre) => supprimerLignes(autre, 'acces', personne));
      return reussi({ lignes: somme(parties) + somme(connexion) });
    });
  } catch (error) {
    if (databaseError(error)?.constraint === 'dernier_administrateur')
      return refuser(
        'dernier_administrateur',
        'C’est le dernier administrateur : donnez d’abord ce rôle à une autre personne.',
      );
    throw error;
  }
};

const somme = (parTable: Readonly<Record<string, number>>): number =>
  Object.values(parTable).reduce((sum, count) => sum + count, 0);

/**
 * Applies the retention of the register: deletes what was kept long enough, erases people whose account was closed long
 * ago. Written in the journal with its counts, where something went. Gives how many rows went, by table; an erased
 * person counts as a row of `personne`.
 */
export const appliquerConservation = async (
  bases: Bases,
  acteur: Acteur,
  maintenant: string,
): Promise<Readonly<Record<string, number>>> => {
  const total: Record<string, number> = {};
  for (const [base, db] of [
    ['acces', bases.acces],
    ['application', bases.db],
  ] as const) {
    const parties = await enTransaction(db, async (transaction) => {
      const gone = await supprimerAnciennes(transaction, base, maintenant);
      if (somme(gone) > 0)
        await journaliser(transaction, acteur, {
          acte: 'acces.appliquer_conservation',
          objetType: 'registre',
          objetId: base,
          contenu: { total: somme(gone), parties: gone },
        });
      return gone;
    });
    Object.assign(total, parties);
  }
  for (const personne of await listAEffacer(bases.db, maintenant)) {
    const done = await effacerPersonne(bases, acteur, { personne, motif: 'Compte fermé depuis trois ans' });
    if (done.ok) total['personne'] = (total['personne'] ?? 0) + 1;
  }
  return total;
};
