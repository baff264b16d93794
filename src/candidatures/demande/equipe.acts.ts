import { deposerCourriel } from '../../platform/courriel.ts';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { type Resultat, refuser, reussi } from '../../platform/result.ts';
import { perimetreDe } from './brouillon.acts.ts';
import { ecrireDepositaires, ecrirePorteur, listGestionnaires } from './equipe.store.ts';
import { type Candidature, findCandidature } from './store.ts';

/**
 * Whether somebody may name another owner: the owner; a manager of the structure once the owner manages it no more; the
 * préfecture.
 */
export const peutChangerLePorteur = (
  { porteur }: Pick<Candidature, 'porteur'>,
  acteur: Pick<Acteur, 'role'>,
  personne: string,
): boolean => acteur.role === 'instructeur' || porteur === null || porteur.id === personne || !porteur.actif;

/** Names another owner among the structure's managers, who is told by mail. */
export const changerPorteur = (
  db: Database,
  acteur: Acteur,
  demande: {
    readonly id: string;
    readonly personne: string;
    readonly nouveau: string;
    readonly adresse: string;
  },
): Promise<Resultat<undefined>> =>
  enTransaction(db, async (transaction) => {
    const candidature = await findCandidature(transaction, demande.id, { verrou: true });
    if (candidature === undefined) return refuser('absent', 'Cette candidature est introuvable.');
    if (!peutChangerLePorteur(candidature, acteur, demande.personne))
      return refuser(
        'droits',
        `${candidature.porteur?.nom ?? 'Quelqu’un'} porte cette candidature et gère toujours la structure : demandez-lui de vous la passer, ou à votre préfecture si c’est impossible.`,
      );
    const { id, structure, vague, porteur } = candidature;
    const choisi = (await listGestionnaires(transaction, structure.id)).find(
      (personne) => personne.id === demande.nouveau,
    );
    if (choisi === undefined)
      return refuser(
        'porteur',
        'Choisissez une personne qui gère la structure : invitez-la d’abord au besoin.',
      );
    if (porteur?.id === choisi.id) return reussi(undefined);
    await ecrirePorteur(transaction, id, choisi.id);
    await journaliser(transaction, acteur, {
      acte: 'candidature.changer_porteur',
      objetType: 'candidature',
      objetId: id,
      contenu: { avant: porteur?.id ?? null, apres: choisi.id },
      ...perimetreDe(candidature),
    });
    if (choisi.id !== demande.personne)
      await deposerCourriel(transaction, {
        destinataire: choisi.courriel,
        personne: choisi.id,
        objet: `Vous portez la candidature n° ${candidature.numero}`,
        paragraphes: [
          `Bonjour ${choisi.nom},`,
          `Vous portez désormais la candidature de « ${structure.nom} » à ${vague.nom} : vous pouvez la déposer et recevez ce qui la concerne.`,
        ],
        lien: { texte: 'Voir la candidature', href: `${demande.adresse}/candidatures/${id}` },
        objetType: 'candidature',
        objetId: id,
      });
    return reussi(undefined);
  });

/** The owner says which colleagues may submit too. */
export const permettreDeDeposer = (
  db: Database,
  acteur: Acteur,
  demande: { readonly id: string; readonly personne: string; readonly permis: readonly string[] },
): Promise<Resultat<undefined>> =>
  enTransaction(db, async (transaction) => {
    const candidature = await findCandidature(transaction, demande.id, { verrou: true });
    if (candidature === undefined) return refuser('absent', 'Cette candidature est introuvable.');
    if (candidature.porteur?.id !== demande.personne)
      return refuser('droits', 'Seule la personne qui porte la candidature choisit qui peut la déposer.');
    const gerants = await listGestionnaires(transaction, candidature.structure.id);
    const permis = gerants
      .map(({ id }) => id)
      .filter((id) => demande.permis.includes(id) && id !== demande.personne);
    await ecrireDepositaires(transaction, demande.id, permis);
    await journaliser(transaction, acteur, {
      acte: 'candidature.permettre_de_deposer',
      objetType: 'candidature',
      objetId: demande.id,
      contenu: { personnes: permis },
      ...perimetreDe(candidature),
    });
    return reussi(undefined);
  });
