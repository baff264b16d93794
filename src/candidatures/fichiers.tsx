import type { Database } from '../platform/database/index.ts';
import { lireFichier, ouvrirDepot } from '../platform/fichiers/index.ts';
import { absent, type Reponse, type Requete } from '../platform/http/route.ts';

/** A file of an application or of a session, with the headers that keep a browser from running it; absent for none. */
export const donnerFichier = async (
  db: Database,
  requete: Requete,
  fichier: string | undefined,
): Promise<Reponse> => {
  if (fichier === undefined) return absent;
  const lu = await lireFichier(db, await ouvrirDepot(requete.config), fichier);
  if (lu.ok) {
    const { mime, nom, flux, entetes } = lu.valeur;
    return { type: 'flot', mime, nom, corps: flux, entetes };
  }
  if (lu.refus === 'absent') return absent;
  return {
    type: 'page',
    titre: 'Erreur : Fichier indisponible',
    description: 'Un fichier qui ne peut pas être lu pour le moment.',
    fil: [{ texte: 'Mon espace', href: '/espace' }, { texte: 'Fichier' }],
    statut: 409,
    contenu: (
      <div class="maillage-etroit">
        <h1>Ce fichier n’est pas disponible</h1>
        <p>{lu.message}</p>
      </div>
    ),
  };
};
