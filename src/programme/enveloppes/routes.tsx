import { z } from 'zod';
import { lireHistorique } from '../../platform/historique.ts';
import { acteurDe } from '../../platform/http/identite.ts';
import {
  absent,
  type Contexte,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  type Page,
  type Reponse,
} from '../../platform/http/route.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { getProgramme } from '../store.ts';
import { creerEnveloppe, definirEnveloppe } from './acts.ts';
import { champsModifiee, champsNouvelle } from './formulaire.ts';
import { type Enveloppe, lireEnveloppe, listEnveloppes, listVaguesPayees } from './store.ts';
import { PageEnveloppe, PageEnveloppes, PageNouvelleEnveloppe } from './views/pages.tsx';

const access = { type: 'role', roles: ['administrateur'] } as const;
const racine = '/administration/enveloppes';
const id = z.uuid('attend un numéro d’enveloppe');
const desEnveloppes = { texte: 'Enveloppes', href: racine };

type Vu = {
  readonly saisie?: Readonly<Record<string, string>>;
  readonly erreurs?: ErreursFormulaire;
  readonly refus?: string;
  readonly fait?: 'creee' | 'enregistree' | undefined;
};

const page = (titre: string, fil: Page['fil'], contenu: Page['contenu'], vu: Vu = {}): Page => {
  const enErreur = vu.erreurs !== undefined || vu.refus !== undefined;
  return {
    type: 'page',
    titre: enErreur ? `Erreur\u00a0: ${titre}` : titre,
    description: 'Ce que le programme peut dépenser, ce qui est engagé et ce qui reste.',
    fil: [{ texte: 'Administration', href: '/administration' }, ...fil],
    contenu,
    ...(enErreur ? { statut: vu.refus === undefined ? 400 : 409 } : {}),
  };
};

const montrerNouvelle = (vu: Vu = {}): Page =>
  page(
    'Ajouter une enveloppe',
    [desEnveloppes, { texte: 'Ajouter une enveloppe' }],
    <PageNouvelleEnveloppe
      adresse={racine}
      saisie={vu.saisie ?? {}}
      erreurs={vu.erreurs ?? {}}
      refus={vu.refus}
    />,
    vu,
  );

const montrer = async (
  { db, requete }: Pick<Contexte<unknown>, 'db' | 'requete'>,
  enveloppe: Enveloppe,
  vu: Vu,
): Promise<Reponse> =>
  page(
    enveloppe.nom,
    [desEnveloppes, { texte: enveloppe.nom }],
    <PageEnveloppe
      adresse={racine}
      enveloppe={enveloppe}
      vagues={await listVaguesPayees(db, enveloppe.id)}
      saisie={vu.saisie}
      erreurs={vu.erreurs ?? {}}
      refus={vu.refus}
      fait={vu.fait}
      evenements={await lireHistorique(db, requete.phrases, 'enveloppe', enveloppe.id)}
    />,
    vu,
  );

/** A refusal at its field, or above the form. */
const vuDe = ({ refus, message }: { readonly refus: string; readonly message: string }): Vu =>
  ['nom', 'montant', 'motif'].includes(refus) ? { erreurs: { [refus]: message } } : { refus: message };

/** The administrator's pages of what may be spent. */
export const routesEnveloppes: readonly DeclaredRoute[] = [
  defineRoute({
    path: racine,
    access,
    input: z.object({}),
    handler: async ({ db }) => {
      const programme = await getProgramme(db);
      return page(
        'Enveloppes',
        [{ texte: 'Enveloppes' }],
        <PageEnveloppes
          adresse={racine}
          enveloppes={programme === undefined ? [] : await listEnveloppes(db, programme.id)}
        />,
      );
    },
  }),
  defineRoute({
    path: `${racine}/nouvelle`,
    access,
    input: z.object({}),
    handler: async () => montrerNouvelle(),
  }),
  defineActe({
    path: `${racine}/nouvelle`,
    access,
    input: z.object({}),
    champs: champsNouvelle,
    handler: async ({ db, identite, formulaire }) => {
      const { saisie } = formulaire;
      if (!formulaire.ok) return montrerNouvelle({ saisie, erreurs: formulaire.erreurs });
      const done = await creerEnveloppe(db, acteurDe(identite), formulaire.valeurs);
      return done.ok
        ? { type: 'redirection', vers: `${racine}/${done.valeur}?fait=creee` }
        : montrerNouvelle({ saisie, ...vuDe(done) });
    },
  }),
  defineRoute({
    path: `${racine}/:id`,
    access,
    input: z.object({ id, fait: z.enum(['creee', 'enregistree']).optional() }),
    handler: async ({ input, db, requete }) => {
      const enveloppe = await lireEnveloppe(db, input.id);
      return enveloppe === undefined ? absent : montrer({ db, requete }, enveloppe, { fait: input.fait });
    },
  }),
  defineActe({
    path: `${racine}/:id`,
    access,
    input: z.object({ id }),
    champs: champsModifiee,
    handler: async ({ input, db, identite, requete, formulaire }) => {
      const enveloppe = await lireEnveloppe(db, input.id);
      if (enveloppe === undefined) return absent;
      const { saisie } = formulaire;
      if (!formulaire.ok) return montrer({ db, requete }, enveloppe, { saisie, erreurs: formulaire.erreurs });
      const done = await definirEnveloppe(db, acteurDe(identite), { id: input.id, ...formulaire.valeurs });
      return done.ok
        ? { type: 'redirection', vers: `${racine}/${input.id}?fait=enregistree` }
        : montrer({ db, requete }, enveloppe, { saisie, ...vuDe(done) });
    },
  }),
];
