import { z } from 'zod';
import { fontsFolder } from '../../platform/fonts.ts';
import { absent, type DeclaredRoute, defineRoute } from '../../platform/http/route.ts';
import { donnerFichier } from '../fichiers.tsx';
import { listLettres } from '../notification/index.ts';
import { composerAccuse } from './accuse.rules.ts';
import { accusePdf } from './formats/accuse.ts';
import { access, depots, id, lecteurs, pageDesDeux, retourDe, version } from './pages.ts';
import { differences, texteSaisi } from './saisie.rules.ts';
import { estPiece, findCandidature } from './store.ts';
import { listVersions } from './versions.store.ts';
import { PageVersion } from './views/page-version.tsx';

/** What was submitted, and the documents of an application. */
export const routesDepots: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/candidatures/:id/versions/:numero',
    access: depots,
    input: z.object({ id, numero: version }),
    handler: async ({ input, db, identite }) => {
      const candidature = await findCandidature(db, input.id);
      const versions = candidature === undefined ? [] : await listVersions(db, input.id);
      const lue = versions.find(({ numero }) => numero === input.numero);
      if (candidature === undefined || lue === undefined) return absent;
      const avant = versions.find(({ numero }) => numero === input.numero - 1);
      return pageDesDeux(
        identite,
        candidature,
        `Dépôt n° ${lue.numero}`,
        <PageVersion
          id={input.id}
          retour={retourDe(identite, input.id)}
          version={lue}
          ecarts={avant && differences(avant.contenu.sections, lue.contenu.sections)}
        />,
      );
    },
  }),
  defineRoute({
    path: '/candidatures/:id/accuse/:numero',
    access: depots,
    limite: 'export',
    input: z.object({ id, numero: version }),
    handler: async ({ input, db }) => {
      const candidature = await findCandidature(db, input.id);
      const versions = candidature === undefined ? [] : await listVersions(db, input.id);
      const lue = versions.find(({ numero }) => numero === input.numero);
      if (candidature === undefined || lue === undefined) return absent;
      const { saisie, service } = lue.contenu;
      const accuse = composerAccuse({
        numero: candidature.numero,
        version: lue.numero,
        vague: candidature.vague.nom,
        structure: texteSaisi(saisie, 'raison_sociale'),
        identifiant: texteSaisi(saisie, 'identifiant'),
        postes: Number(texteSaisi(saisie, 'postes').replace(/\s/g, '')),
        recueLe: lue.deposeeLe,
        service,
      });
      return {
        type: 'fichier',
        mime: 'application/pdf',
        corps: await accusePdf(
          accuse,
          { service: service.nom, jour: lue.deposeeLe.slice(0, 10) },
          fontsFolder,
        ),
        nom: `accuse-de-reception-${candidature.numero}-${lue.numero}.pdf`,
      };
    },
  }),
  defineRoute({
    path: '/candidatures/:id/pieces/:fichier',
    access: lecteurs,
    limite: 'export',
    input: z.object({ id, fichier: id }),
    handler: async ({ input, db, requete }) => {
      if (!(await estPiece(db, input.id, input.fichier))) return absent;
      return donnerFichier(db, requete, input.fichier);
    },
  }),
  defineRoute({
    path: '/candidatures/:id/lettres/:fichier',
    access,
    limite: 'export',
    input: z.object({ id, fichier: id }),
    handler: async ({ input, db, requete }) => {
      const lettre = (await listLettres(db, input.id)).find((une) => une.id === input.fichier);
      return donnerFichier(db, requete, lettre?.id);
    },
  }),
];
