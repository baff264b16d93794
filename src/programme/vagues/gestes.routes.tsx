import { z } from 'zod';
import { aujourdhui, systemClock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/index.ts';
import { acteurDe } from '../../platform/http/identite.ts';
import {
  absent,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  type Reponse,
} from '../../platform/http/route.ts';
import { annulerVague, prolongerVague, publierVague, supprimerVague } from './acts.ts';
import { formulaireLibre, lireMotif, lireReport } from './formulaires.ts';
import { access, de, desVagues, id, page, premiers, racine, type Vu, versionDe } from './pages.ts';
import { listSeancesDeVague } from './seances.store.ts';
import { lireVague, manquesDe, type VagueLue } from './store.ts';
import {
  PageAnnuler,
  PageDejaAnnulee,
  PageProlonger,
  PagePublier,
  PageSupprimer,
} from './views/page-actes.tsx';
import { annulationEmpechee } from './workflow.ts';

const titres = {
  publier: 'Publier la vague',
  prolonger: 'Reporter la clôture',
  annuler: 'Annuler la vague',
  supprimer: 'Supprimer la vague',
} as const;
type Geste = keyof typeof titres;
const gestes = Object.keys(titres) as readonly Geste[];
const pages = {
  publier: PagePublier,
  prolonger: PageProlonger,
  annuler: PageAnnuler,
  supprimer: PageSupprimer,
};

const montrer = async (
  db: Database,
  vague: VagueLue,
  geste: Geste,
  vu: Omit<Vu, 'saisie'> & { readonly saisie?: Readonly<Record<string, string>> } = {},
): Promise<Reponse> => {
  const adresse = `${racine}/${vague.id}`;
  const fil = [desVagues, de(vague), { texte: titres[geste] }];
  // A cancelled wave does nothing more.
  if (vague.statut === 'annulee')
    return page(titres[geste], fil, <PageDejaAnnulee adresse={adresse} vague={vague} />, vu.statut);
  const Contenu = pages[geste];
  return page(
    titres[geste],
    fil,
    <Contenu
      adresse={adresse}
      vague={vague}
      manques={await manquesDe(db, vague)}
      passee={vague.fermeLe !== null && vague.fermeLe < aujourdhui(systemClock)}
      seances={await listSeancesDeVague(db, vague.id)}
      empechement={geste === 'annuler' ? await annulationEmpechee(db, vague.id) : undefined}
      erreurs={vu.erreurs ?? {}}
      refus={vu.refus}
      saisie={vu.saisie ?? {}}
    />,
    vu.statut,
  );
};

/** What an administrator does with a wave, each on a page that says what follows. */
export const routesDesGestes: readonly DeclaredRoute[] = [
  ...gestes.map((geste) =>
    defineRoute({
      path: `${racine}/:id/${geste}`,
      access,
      input: z.object({ id }),
      handler: async ({ input, db }) => {
        const vague = await lireVague(db, input.id);
        return vague === undefined ? absent : montrer(db, vague, geste);
      },
    }),
  ),
  defineActe({
    path: `${racine}/:id/publier`,
    access,
    input: z.object({ id }),
    champs: formulaireLibre,
    handler: async ({ input, db, identite, formulaire }) => {
      const vague = await lireVague(db, input.id);
      if (vague === undefined) return absent;
      const version = formulaire.ok ? versionDe(formulaire.valeurs) : -1;
      const done = await publierVague(db, acteurDe(identite), { id: input.id, version });
      return done.ok
        ? { type: 'redirection', vers: `${racine}/${input.id}?fait=publiee` }
        : montrer(db, vague, 'publier', { refus: done.message, statut: 409 });
    },
  }),
  defineActe({
    path: `${racine}/:id/prolonger`,
    access,
    input: z.object({ id }),
    champs: formulaireLibre,
    handler: async ({ input, db, identite, formulaire }) => {
      const vague = await lireVague(db, input.id);
      if (vague === undefined || !formulaire.ok) return absent;
      const { valeurs } = formulaire;
      const lu = lireReport(valeurs);
      const refuse = (vu: Omit<Vu, 'saisie'>) =>
        montrer(db, vague, 'prolonger', { saisie: premiers(valeurs), statut: 400, ...vu });
      if (!lu.ok) return refuse({ erreurs: lu.erreurs ?? {} });
      const done = await prolongerVague(db, acteurDe(identite), {
        id: input.id,
        version: versionDe(valeurs),
        ...lu.valeur,
      });
      if (done.ok) return { type: 'redirection', vers: `${racine}/${input.id}?fait=reportee` };
      return done.refus === 'ferme_le' || done.refus === 'motif'
        ? refuse({ erreurs: { [done.refus]: done.message } })
        : refuse({ refus: done.message, statut: 409 });
    },
  }),
  defineActe({
    path: `${racine}/:id/annuler`,
    access,
    input: z.object({ id }),
    champs: formulaireLibre,
    handler: async ({ input, db, identite, requete, formulaire }) => {
      const vague = await lireVague(db, input.id);
      if (vague === undefined || !formulaire.ok) return absent;
      const { valeurs } = formulaire;
      const refuse = (vu: Omit<Vu, 'saisie'>) =>
        montrer(db, vague, 'annuler', { saisie: premiers(valeurs), ...vu });
      const lu = lireMotif(valeurs, 'Donnez le motif\u00a0: il est demandé pour annuler la vague.');
      if (!lu.ok) return refuse({ erreurs: lu.erreurs, statut: 400 });
      const done = await annulerVague(db, acteurDe(identite), {
        id: input.id,
        version: versionDe(valeurs),
        motif: lu.motif,
        adresse: requete.adresse,
      });
      return done.ok
        ? { type: 'redirection', vers: `${racine}/${input.id}?fait=annulee` }
        : refuse({ refus: done.message, statut: 409 });
    },
  }),
  defineActe({
    path: `${racine}/:id/supprimer`,
    access,
    input: z.object({ id }),
    champs: formulaireLibre,
    handler: async ({ input, db, identite, formulaire }) => {
      const vague = await lireVague(db, input.id);
      if (vague === undefined) return absent;
      const version = formulaire.ok ? versionDe(formulaire.valeurs) : -1;
      const done = await supprimerVague(db, acteurDe(identite), { id: input.id, version });
      return done.ok
        ? { type: 'redirection', vers: `${racine}?fait=supprimee` }
        : montrer(db, vague, 'supprimer', { refus: done.message, statut: 409 });
    },
  }),
];
