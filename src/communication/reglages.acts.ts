import { type Database, databaseError, enTransaction } from '../platform/database/index.ts';
import { fontsFolder } from '../platform/fonts.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import { abandonner, enRefus, type Resultat, refuser, reussi } from '../platform/result.ts';
import { getDepartement } from '../territoires/index.ts';
import { apercuDeLEnTete } from './formats/apercu.ts';
import { pdf } from './formats/pdf.ts';
import { imageDuLogo } from './logo.ts';
import {
  ajouterSignataire,
  changerSignataire,
  ecrireReglages,
  getReglages,
  listSignataires,
  type Signataire,
} from './reglages.store.ts';
import { type EnTeteEnregistre, enregistrerEnTete } from './store.ts';

export type DemandeReglages = {
  readonly departement: { readonly code: string; readonly nom: string };
  readonly version: number;
  readonly enTete: EnTeteEnregistre;
  readonly boite: string | null;
};

/** Names of the settings that differ, for the journal: their values are not written there. */
const champsChanges = (
  avant: EnTeteEnregistre | undefined,
  apres: EnTeteEnregistre,
  boites: readonly [string | null, string | null],
): readonly string[] => {
  const differs = (left: unknown, right: unknown): boolean => JSON.stringify(left) !== JSON.stringify(right);
  const logo = (enTete: EnTeteEnregistre | undefined) =>
    enTete?.logo ? [enTete.logo.alt, Buffer.from(enTete.logo.octets).toString('base64')] : null;
  return [
    ...(differs(avant?.service, apres.service) ? ['service'] : []),
    ...(differs(avant?.adresse, apres.adresse) ? ['adresse'] : []),
    ...(differs(avant?.lieu, apres.lieu) ? ['lieu'] : []),
    ...(differs(avant?.contact, apres.contact) ? ['contact'] : []),
    ...(differs(logo(avant), logo(apres)) ? ['logo'] : []),
    ...(boites[0] === boites[1] ? [] : ['boite']),
  ];
};

/** Whether every document can show the logo of a letterhead. */
const dessinable = async (
  departement: DemandeReglages['departement'],
  enTete: EnTeteEnregistre,
): Promise<boolean> => {
  try {
    await pdf(apercuDeLEnTete(enTete, departement, '2021-03-18', undefined), fontsFolder);
    if (enTete.logo !== null) await imageDuLogo(enTete.logo);
    return true;
  } catch {
    return false;
  }
};

/** Sets the letterhead of a préfecture. Refuses an unknown département, and a logo that no document can show. */
export const definirEnTete = (
  db: Database,
  acteur: Acteur,
  departement: string,
  enTete: EnTeteEnregistre,
): Promise<Resultat<undefined>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const found = await getDepartement(transaction, departement);
      if (!found) {
        return abandonner(
          refuser(
            'departement',
            `Le département « ${departement} » n’existe pas. Donnez son code : 02, 2A, 971…`,
          ),
        );
      }
      if (enTete.logo !== null && !(await dessinable(found, enTete)))
        return abandonner(refuser('logo', 'Ce logo ne se lit pas : donnez une image PNG ou SVG.'));
      await enregistrerEnTete(transaction, departement, enTete);
      await journaliser(transaction, acteur, {
        acte: 'communication.definir_en_tete',
        objetType: 'prefecture',
        objetId: departement,
        perimetre: { departement },
      });
      return reussi(undefined);
    }),
  );

/**
 * Sets the letterhead, press contact and mailbox of a préfecture. Refuses a logo that no document can show, a mailbox
 * that is a person's, and what somebody else has changed meanwhile.
 */
export const reglerPrefecture = async (
  db: Database,
  acteur: Acteur,
  demande: DemandeReglages,
): Promise<Resultat<undefined, 'logo' | 'boite' | 'version'>> => {
  if (demande.enTete.logo !== null && !(await dessinable(demande.departement, demande.enTete)))
    return refuser('logo', 'Cette image ne se lit pas : enregistrez-la de nouveau au format PNG.');
  const { departement, version, enTete, boite } = demande;
  try {
    return await enTransaction(db, async (transaction) => {
      const before = await getReglages(transaction, departement.code);
      const written = await ecrireReglages(transaction, departement.code, version, { enTete, boite });
      if (!written)
        return refuser(
          'version',
          'Une autre personne vient de modifier ces réglages. Relisez ce qui est enregistré, puis recommencez.',
        );
      await journaliser(transaction, acteur, {
        acte: 'communication.regler_prefecture',
        objetType: 'prefecture',
        objetId: departement.code,
        contenu: { champs: champsChanges(before.enTete, enTete, [before.boite, boite]) },
        perimetre: { departement: departement.code },
      });
      return reussi(undefined);
    });
  } catch (error) {
    if (databaseError(error)?.constraint === 'boite_sans_compte')
      return refuser('boite', 'Cette adresse est celle d’une personne : donnez la boîte du service.');
    throw error;
  }
};

/** Says who signs for a préfecture, from when, by which delegation. Refuses who is there already. */
export const nommerSignataire = (
  db: Database,
  acteur: Acteur,
  departement: string,
  signataire: Omit<Signataire, 'id'>,
): Promise<Resultat<undefined, 'deja'>> =>
  enTransaction(db, async (transaction) => {
    const id = await ajouterSignataire(transaction, departement, signataire);
    if (id === undefined) return refuser('deja', 'Cette personne est déjà enregistrée à cette date.');
    await journaliser(transaction, acteur, {
      acte: 'communication.nommer_signataire',
      objetType: 'prefecture',
      objetId: departement,
      contenu: {
        signataire: id,
        nom: signataire.nom,
        fonction: signataire.fonction,
        debut: signataire.debut,
      },
      perimetre: { departement },
    });
    return reussi(undefined);
  });

/** Ends a signature on a day, or takes it away. Refuses one that is not there, or an end before its beginning. */
export const finirSignataire = (
  db: Database,
  acteur: Acteur,
  departement: string,
  id: string,
  change: { readonly fin: string } | 'retirer',
): Promise<Resultat<undefined, 'fin'>> =>
  enTransaction(db, async (transaction) => {
    const known = (await listSignataires(transaction, departement)).find((each) => each.id === id);
    if (!(await changerSignataire(transaction, departement, id, change)))
      return refuser('fin', 'La fin ne peut pas précéder le début.');
    await journaliser(transaction, acteur, {
      acte: 'communication.finir_signataire',
      objetType: 'prefecture',
      objetId: departement,
      contenu: {
        signataire: id,
        // Of a public office: published acts name who holds it.
        ...(known === undefined ? {} : { nom: known.nom, fonction: known.fonction }),
        ...(change === 'retirer' ? { retire: true } : { fin: change.fin }),
      },
      perimetre: { departement },
    });
    return reussi(undefined);
  });
