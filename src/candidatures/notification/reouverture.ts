import { type Courriel, deposerCourriels } from '../../platform/courriel.ts';
import type { Database } from '../../platform/database/index.ts';
import { type ContenuLettre, contenuLettre } from './contenu.rules.ts';
import type { DonneesNotification } from './demande.ts';
import { lireDestinataires } from './destinataires.ts';
import { composerConfirmation, composerReouverture } from './lettre.rules.ts';
import { type LettreEnvoyee, listLettresEnvoyees, reprendreLettresPareilles } from './store.ts';

type Redaction = (
  contenu: ContenuLettre,
  lettreDu: string,
) => { readonly objet: string; readonly paragraphes: readonly string[] };

/** One mail to each who was written to of these letters, with one link. */
const ecrire = async (
  transaction: Database,
  lettres: readonly LettreEnvoyee[],
  { cle, adresse, rediger }: { readonly cle: string; readonly adresse: string; readonly rediger: Redaction },
): Promise<void> => {
  const lues = lettres.map(({ contenu, ...lettre }) => ({
    ...lettre,
    contenu: contenuLettre.parse(contenu),
  }));
  const destinatairesDe = await lireDestinataires(
    transaction,
    lues.map(({ contenu }) => contenu),
  );
  await deposerCourriels(
    transaction,
    lues.flatMap(({ id, candidatureId, contenu, faiteLe }) =>
      destinatairesDe(contenu).map(
        ({ courriel, personne }): Courriel => ({
          destinataire: courriel,
          ...rediger(contenu, faiteLe),
          ...(personne === undefined ? {} : { personne }),
          lien: { texte: 'Suivre la candidature', href: `${adresse}/candidatures/${candidatureId}` },
          cle: `${cle}:${id}:${courriel.toLowerCase()}`,
          objetType: 'candidature',
          objetId: candidatureId,
        }),
      ),
    ),
  );
};

/** Tells the structures whose decision a session takes up again, where its letter was sent; before it is undone. */
export const prevenirReouverture = async (
  transaction: Database,
  {
    seanceId,
    version,
    candidatures,
    adresse,
  }: {
    readonly seanceId: string;
    /** Of the session: one for each time that it is reopened. */
    readonly version: number;
    readonly candidatures: readonly string[];
    readonly adresse: string;
  },
): Promise<void> => {
  const lettres = await listLettresEnvoyees(transaction, seanceId, candidatures);
  await ecrire(transaction, lettres, {
    cle: `reouverture:${version}`,
    adresse,
    rediger: composerReouverture,
  });
};

/** Tells the structures whose decision a new closing leaves as it was: their letter stands, none is written again. */
export const confirmerLettresPareilles = async (
  transaction: Database,
  donnees: DonneesNotification,
  adresse: string,
): Promise<void> => {
  const lettres = await reprendreLettresPareilles(transaction, donnees);
  await ecrire(transaction, lettres, {
    cle: `confirmation:${donnees.cloture}`,
    adresse,
    rediger: composerConfirmation,
  });
};
