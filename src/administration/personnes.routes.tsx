import { z } from 'zod';
import { demanderEffacement } from '../acces/index.ts';
import type { Database } from '../platform/database/index.ts';
import { acteurDe } from '../platform/http/identite.ts';
import { absent, type DeclaredRoute, defineActe, defineRoute } from '../platform/http/route.ts';
import { findPersonne, type PersonneTrouvee } from './journal.store.ts';
import { access, page } from './pages.ts';
import { PageEffacerPersonne } from './views/page-effacer-personne.tsx';

const input = z.object({ id: z.uuid('attend le numéro d’une personne') });

const dessiner = (
  personne: PersonneTrouvee,
  erreurs: Readonly<Record<string, string>> = {},
  motif?: string,
) => {
  const titre = `Effacer les données de ${personne.prenom} ${personne.nom}`;
  const refuse = Object.keys(erreurs).length > 0;
  return page(
    refuse ? `Erreur : ${titre}` : titre,
    [{ texte: 'Effacer une personne' }],
    <PageEffacerPersonne personne={personne} erreurs={erreurs} motif={motif} />,
    refuse ? { statut: 400 } : {},
  );
};

/** Somebody who may still be erased by another: one's own erasure is asked from one's own account. */
const trouver = async (db: Database, id: string, soi: string): Promise<PersonneTrouvee | undefined> => {
  const personne = await findPersonne(db, id);
  return personne === undefined || personne.effacee || id === soi ? undefined : personne;
};

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/administration/personnes/:id/effacer',
    access,
    input,
    handler: async ({ input: { id }, db, identite }) => {
      if (id === identite.personne.id) return { type: 'redirection', vers: '/compte/donnees/effacer' };
      const personne = await trouver(db, id, identite.personne.id);
      return personne === undefined ? absent : dessiner(personne);
    },
  }),
  defineActe({
    path: '/administration/personnes/:id/effacer',
    access,
    input,
    champs: z.object({
      motif: z
        .string({ error: 'Donnez le motif de l’effacement.' })
        .trim()
        .min(1, 'Donnez le motif de l’effacement, par exemple la demande reçue.')
        .max(500, 'Écrivez moins de 500 caractères.'),
    }),
    handler: async ({ input: { id }, db, identite, formulaire }) => {
      const personne = await trouver(db, id, identite.personne.id);
      if (personne === undefined) return absent;
      const saisie = formulaire.saisie['motif'];
      if (!formulaire.ok) return dessiner(personne, formulaire.erreurs, saisie);
      const { motif } = formulaire.valeurs;
      const done = await demanderEffacement(db, acteurDe(identite), { personne: id, motif });
      if (!done.ok) return dessiner(personne, { motif: done.message }, saisie);
      return { type: 'redirection', vers: '/administration?fait=effacement' };
    },
  }),
];
