import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { lireHistorique } from '../../platform/historique.ts';
import { acteurDe } from '../../platform/http/identite.ts';
import { absent, type DeclaredRoute, defineActe, defineRoute, type Page } from '../../platform/http/route.ts';
import { lireListe, routesDeFichiers, schemaDeDemande } from '../../platform/listes/index.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { creerRegime, finirRegime } from './acts.ts';
import { lireRegime } from './formulaire.ts';
import { listeRegimes } from './liste.ts';
import type { SaisieRegime } from './rules.ts';
import { lireRegimeDe, listVaguesDuRegime, type RegimeLu } from './store.ts';
import { PageFinRegime, PageNouveauRegime, PageRegime, PageRegimes, saisieDe } from './views/pages.tsx';

const access = { type: 'role', roles: ['administrateur'] } as const;
const racine = '/administration/regimes';
const parPage = 25;
const id = z.uuid('attend un numéro de régime');

type Vu = { readonly erreurs?: ErreursFormulaire; readonly refus?: string };

const page = (titre: string, fil: Page['fil'], contenu: Page['contenu'], statut?: Page['statut']): Page => ({
  type: 'page',
  titre: statut === undefined ? titre : `Erreur\u00a0: ${titre}`,
  description: 'Écrire les règles datées de financement des postes.',
  fil: [{ texte: 'Administration', href: '/administration' }, ...fil],
  contenu,
  ...(statut === undefined ? {} : { statut }),
});
const desRegimes = { texte: 'Régimes', href: racine };

const montrerNouveau = (saisie: SaisieRegime, vu: Vu = {}): Page =>
  page(
    'Ajouter un régime',
    [desRegimes, { texte: 'Ajouter un régime' }],
    <PageNouveauRegime
      adresse={`${racine}/nouveau`}
      saisie={saisie}
      erreurs={vu.erreurs ?? {}}
      refus={vu.refus}
    />,
    vu.erreurs === undefined && vu.refus === undefined ? undefined : 400,
  );

const montrerFin = async (db: Database, regime: RegimeLu, saisie: SaisieRegime, vu: Vu = {}): Promise<Page> =>
  page(
    'Mettre fin à un régime',
    [desRegimes, { texte: regime.libelle, href: `${racine}/${regime.id}` }, { texte: 'Mettre fin' }],
    <PageFinRegime
      adresse={`${racine}/${regime.id}`}
      regime={regime}
      vagues={await listVaguesDuRegime(db, regime.id)}
      saisie={saisie}
      erreurs={vu.erreurs ?? {}}
      refus={vu.refus}
    />,
    vu.erreurs === undefined && vu.refus === undefined ? undefined : 400,
  );

/** Every field as it was typed, whatever it is. */
const libre = z.record(z.string(), z.unknown()).transform(
  (brut): SaisieRegime =>
    Object.fromEntries(
      Object.entries(brut).map(([nom, valeur]) => {
        const [premier] = [valeur].flat();
        return [nom, typeof premier === 'string' ? premier : ''];
      }),
    ),
);

/** The administrator's pages of the dated rules. */
export const routesRegimes: readonly DeclaredRoute[] = [
  defineRoute({
    path: racine,
    access,
    input: schemaDeDemande(listeRegimes, {}),
    handler: async ({ input: { demande }, db }) => {
      const resultat = await lireListe(db, listeRegimes, {
        filtres: demande.filtres,
        tri: demande.tri,
        debut: (demande.page - 1) * parPage,
        limite: parPage,
      });
      if (demande.page > 1 && resultat.lignes.length === 0) return absent;
      return page(
        'Régimes',
        [{ texte: 'Régimes' }],
        <PageRegimes
          liste={listeRegimes}
          demande={demande}
          resultat={resultat}
          parPage={parPage}
          chemin={racine}
        />,
      );
    },
  }),
  ...routesDeFichiers(listeRegimes, racine, access),
  defineRoute({
    path: `${racine}/nouveau`,
    access,
    input: z.object({ modele: id.optional() }),
    handler: async ({ input: { modele }, db }) => {
      const regime = modele === undefined ? undefined : await lireRegimeDe(db, modele);
      return montrerNouveau(regime === undefined ? {} : saisieDe(regime));
    },
  }),
  defineActe({
    path: `${racine}/nouveau`,
    access,
    input: z.object({}),
    champs: libre,
    handler: async ({ db, identite, formulaire }) => {
      if (!formulaire.ok) return absent;
      const saisie = formulaire.valeurs;
      const lu = lireRegime(saisie);
      if (!lu.ok) return montrerNouveau(saisie, { erreurs: lu.erreurs });
      const done = await creerRegime(db, acteurDe(identite), lu.valeur);
      if (done.ok) return { type: 'redirection', vers: `${racine}/${done.valeur}?fait=cree` };
      return ['code', 'debut'].includes(done.refus)
        ? montrerNouveau(saisie, { erreurs: { [done.refus]: done.message } })
        : montrerNouveau(saisie, { refus: done.message });
    },
  }),
  defineRoute({
    path: `${racine}/:id`,
    access,
    input: z.object({ id, fait: z.enum(['cree', 'fini']).optional() }),
    handler: async ({ input, db, requete }) => {
      const regime = await lireRegimeDe(db, input.id);
      if (regime === undefined) return absent;
      return page(
        regime.libelle,
        [desRegimes, { texte: regime.libelle }],
        <PageRegime
          adresse={`${racine}/${regime.id}`}
          regime={regime}
          fait={input.fait}
          evenements={await lireHistorique(db, requete.phrases, 'regime', regime.id)}
        />,
      );
    },
  }),
  defineRoute({
    path: `${racine}/:id/fin`,
    access,
    input: z.object({ id }),
    handler: async ({ input, db }) => {
      const regime = await lireRegimeDe(db, input.id);
      return regime === undefined ? absent : montrerFin(db, regime, {});
    },
  }),
  defineActe({
    path: `${racine}/:id/fin`,
    access,
    input: z.object({ id }),
    champs: libre,
    handler: async ({ input, db, identite, formulaire }) => {
      const regime = await lireRegimeDe(db, input.id);
      if (regime === undefined || !formulaire.ok) return absent;
      const { fin = '', motif = '' } = formulaire.valeurs;
      const done = await finirRegime(db, acteurDe(identite), { id: input.id, fin, motif });
      if (done.ok) return { type: 'redirection', vers: `${racine}/${input.id}?fait=fini` };
      return ['fin', 'motif'].includes(done.refus)
        ? montrerFin(db, regime, formulaire.valeurs, { erreurs: { [done.refus]: done.message } })
        : montrerFin(db, regime, formulaire.valeurs, { refus: done.message });
    },
  }),
];
