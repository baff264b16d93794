import { deposerCourriel } from '../../platform/courriel.ts';
import { type Database, databaseError, enTransaction } from '../../platform/database/index.ts';
import { dateLongue, de } from '../../platform/francais/index.ts';
import { type Acteur, journaliser, motifSur } from '../../platform/journal.ts';
import { type Resultat, refuser, reussi } from '../../platform/result.ts';
import { joursDeRole, nomDeRole, type RoleAttribuable } from '../rules.ts';
import { findPersonneVisible, lireJour } from './personnes.store.ts';
import { type Cible, type Donneur, dossierDe, niveauDe, peutDonner } from './roles.rules.ts';
import {
  type AttributionLue,
  changerFin,
  debutDuJour,
  ecrireAttribution,
  fermerAttribution,
  finDuJour,
  getAttribution,
  lireDonneur,
  parActeur,
  rouvrirAttribution,
} from './roles.store.ts';
import {
  autreModification,
  cibleDAttribution,
  dernierAdministrateur,
  horsDroits,
  inconnu,
  motifManque,
  prevenirRemplacee,
  type RefusRole,
  type RoleADonner,
  sien,
  verifierPeriode,
  verifierSuppleance,
  verifierTerme,
} from './roles.verifications.ts';

/**
 * Gives a role to somebody who has an account and whom the acting role sees. Refuses what exceeds the giver's own, a
 * role that is held already, days that do not follow each other.
 */
export const donnerRole = (
  db: Database,
  acteur: Acteur,
  demande: RoleADonner,
): Promise<Resultat<{ readonly attribution: string }, RefusRole>> =>
  enTransaction(db, async (transaction) => {
    const { cible, du = null, fin = null, suppleanceDe = null } = demande;
    const motif = demande.motif.trim();
    if (motif === '') return motifManque();
    const donneur = await lireDonneur(transaction);
    if (!peutDonner(donneur, cible)) return horsDroits();
    const personne = await findPersonneVisible(transaction, demande.personne);
    if (personne === undefined || personne.desactivee) return inconnu();
    const jour = await lireJour(transaction);
    const periode = verifierPeriode({ du, fin }, jour) ?? verifierTerme(donneur, fin);
    if (periode) return periode;
    let remplacee: AttributionLue | undefined;
    if (suppleanceDe !== null) {
      const checked = await verifierSuppleance(transaction, {
        suppleanceDe,
        cible,
        fin,
        courriel: personne.courriel,
      });
      if (!checked.ok) return checked;
      remplacee = checked.valeur;
    }
    const attribution = await ecrireAttribution(transaction, {
      personne: personne.id,
      role: cible.role,
      niveau: niveauDe(cible),
      region: cible.region,
      departement: cible.departement?.code ?? null,
      structure: cible.structure?.id ?? null,
      equipe: cible.equipe?.id ?? null,
      du: debutDuJour(du),
      fin: finDuJour(fin),
      donneePar: parActeur,
      motif,
      suppleanceDe,
    });
    if (attribution === undefined)
      return refuser('deja', `${personne.prenom} ${personne.nom} a déjà ce rôle.`);
    await journaliser(transaction, acteur, {
      acte: 'acces.donner_role',
      objetType: 'personne',
      objetId: personne.id,
      personnel: motifSur(personne.id, motif),
      contenu: { attribution, role: cible.role, fin, suppleance: suppleanceDe !== null },
      perimetre: dossierDe(cible),
    });
    const given = await getAttribution(transaction, attribution);
    const jours = joursDeRole({ du, fin }, jour);
    if (remplacee)
      await prevenirRemplacee(transaction, remplacee, {
        par: `${personne.prenom} ${personne.nom} vous supplée`,
        jours,
        motif,
        adresse: demande.adresse,
      });
    await deposerCourriel(transaction, {
      destinataire: personne.courriel,
      objet: 'Un rôle vous est donné dans Maillage',
      paragraphes: [
        `Bonjour ${personne.prenom} ${personne.nom},`,
        `${given?.donneePar ?? 'L’administration du programme'} vous donne ce rôle : ${nomDeRole(cible.role, given?.lieu)}${
          given?.supplee ? `, en suppléance ${de(given.supplee)}` : ''
        }${jours}.`,
        `Motif : ${motif}`,
        du !== null && du > jour
          ? 'À partir de ce jour-là, connectez-vous, puis choisissez ce rôle en haut de la page.'
          : 'Connectez-vous, puis choisissez ce rôle en haut de la page.',
      ],
      lien: { texte: 'Ouvrir Maillage', href: `${demande.adresse}/espace` },
      personne: personne.id,
    });
    return reussi({ attribution });
  });

type RoleChange = {
  readonly attribution: string;
  /** The row version that the actor saw. */
  readonly version: number;
  readonly motif: string;
  readonly adresse: string;
};

/** Finds a role that the acting role may change. */
const lireARegler = async (
  db: Database,
  id: string,
): Promise<
  Resultat<AttributionLue & { readonly cible: Cible; readonly donneur: Donneur }, 'absent' | 'droits'>
> => {
  const attribution = await getAttribution(db, id);
  const cible = attribution && (await cibleDAttribution(db, attribution));
  if (attribution === undefined || cible === undefined) return inconnu();
  const donneur = await lireDonneur(db);
  return peutDonner(donneur, cible) ? reussi({ ...attribution, cible, donneur }) : horsDroits();
};

const prevenir = (
  db: Database,
  { personne, prenom, nom, courriel }: Pick<AttributionLue, 'personne' | 'prenom' | 'nom' | 'courriel'>,
  objet: string,
  paragraphes: readonly string[],
) =>
  deposerCourriel(db, {
    destinataire: courriel,
    objet,
    paragraphes: [`Bonjour ${prenom} ${nom},`, ...paragraphes],
    personne,
  });

/** Takes a role back, for a reason. Refuses the last administrator, and a role that changed meanwhile. */
export const retirerRole = (
  db: Database,
  acteur: Acteur,
  demande: RoleChange,
): Promise<Resultat<{ readonly personne: string; readonly role: RoleAttribuable }, RefusRole>> =>
  dernierAdministrateur(() =>
    enTransaction(db, async (transaction) => {
      const motif = demande.motif.trim();
      if (motif === '') return motifManque();
      const found = await lireARegler(transaction, demande.attribution);
      if (!found.ok) return found;
      const { id, personne, prenom, nom, courriel, role, lieu } = found.valeur;
      if (!(await fermerAttribution(transaction, { id, version: demande.version, motif })))
        return autreModification();
      await journaliser(transaction, acteur, {
        acte: 'acces.retirer_role',
        objetType: 'personne',
        objetId: personne,
        personnel: motifSur(personne, motif),
        contenu: { attribution: id, role },
        perimetre: dossierDe(found.valeur.cible),
      });
      await deposerCourriel(transaction, {
        destinataire: courriel,
        objet: 'Un rôle vous est retiré dans Maillage',
        paragraphes: [
          `Bonjour ${prenom} ${nom},`,
          `Vous n’avez plus ce rôle : ${nomDeRole(role, lieu)}.`,
          `Motif : ${motif}`,
          'Si c’est une erreur, écrivez à la personne qui gère les comptes de votre structure ou de votre préfecture.',
        ],
        lien: { texte: 'Voir mon compte', href: `${demande.adresse}/compte` },
        personne,
      });
      return reussi({ personne, role });
    }),
  );

/**
 * A role that was just taken back is given back, as it was. Refuses after an hour, where it was given anew, one's own,
 * and one that outlives the acting role, unless its holder is who took it back.
 */
export const rendreRole = (
  db: Database,
  acteur: Acteur,
  attribution: string,
): Promise<Resultat<{ readonly personne: string }, RefusRole>> =>
  enTransaction(db, async (transaction) => {
    const found = await lireARegler(transaction, attribution);
    if (!found.ok) return found;
    if (found.valeur.aMoi) return sien();
    const terme = found.valeur.retireeParMoi
      ? undefined
      : verifierTerme(found.valeur.donneur, found.valeur.fin);
    if (terme) return terme;
    const rendue = await sansDoublon(() =>
      enTransaction(transaction, (part) => rouvrirAttribution(part, attribution)),
    );
    if (!rendue)
      return refuser('version', 'Ce rôle ne peut plus être rendu d’un geste : donnez-le à nouveau.');
    await journaliser(transaction, acteur, {
      acte: 'acces.rendre_role',
      objetType: 'personne',
      objetId: found.valeur.personne,
      contenu: { attribution, role: found.valeur.role },
      perimetre: dossierDe(found.valeur.cible),
    });
    await prevenir(transaction, found.valeur, 'Un rôle vous est rendu dans Maillage', [
      `Vous avez de nouveau ce rôle : ${nomDeRole(found.valeur.role, found.valeur.lieu)}${joursDeRole({ fin: found.valeur.fin }, '')}.`,
    ]);
    return reussi({ personne: found.valeur.personne });
  });

/** False where the role was given anew meanwhile. */
const sansDoublon = async (travail: () => Promise<boolean>): Promise<boolean> => {
  try {
    return await travail();
  } catch (error) {
    if (databaseError(error)?.code === '23505') return false;
    throw error;
  }
};

/**
 * Changes the last day of a role; null: without end. A replacement keeps one. Refuses one's own role, and an end that
 * the acting role does not reach.
 */
export const prolonger = (
  db: Database,
  acteur: Acteur,
  demande: Omit<RoleChange, 'adresse'> & { readonly fin: string | null },
): Promise<Resultat<{ readonly personne: string }, RefusRole>> =>
  dernierAdministrateur(() =>
    enTransaction(db, async (transaction) => {
      const { fin, version } = demande;
      const motif = demande.motif.trim();
      if (motif === '') return motifManque();
      const found = await lireARegler(transaction, demande.attribution);
      if (!found.ok) return found;
      const { id, personne, role, suppleanceDe, depuis } = found.valeur;
      if (found.valeur.aMoi) return sien();
      const periode =
        verifierPeriode({ du: depuis, fin }, await lireJour(transaction)) ??
        verifierTerme(found.valeur.donneur, fin);
      if (periode) return periode;
      if (fin === null && suppleanceDe !== null)
        return refuser('suppleance', 'Une suppléance a une date de fin.');
      if (!(await changerFin(transaction, { id, version, fin }))) return autreModification();
      await journaliser(transaction, acteur, {
        acte: 'acces.prolonger_role',
        objetType: 'personne',
        objetId: personne,
        personnel: motifSur(personne, motif),
        contenu: { attribution: id, role, fin },
        perimetre: dossierDe(found.valeur.cible),
      });
      await prevenir(transaction, found.valeur, 'La fin de votre rôle change dans Maillage', [
        `Votre rôle ${nomDeRole(role, found.valeur.lieu)} ${
          fin === null ? 'n’a plus de date de fin' : `prend maintenant fin le ${dateLongue(fin)}`
        }.`,
        `Motif : ${motif}`,
      ]);
      return reussi({ personne });
    }),
  );
