import { z } from 'zod';
import { systemClock } from '../platform/clock.ts';
import { dateDuDomaine } from '../platform/dates.ts';
import { dateLongue, pluriel } from '../platform/francais/index.ts';
import { absent, type DeclaredRoute, defineRoute } from '../platform/http/route.ts';
import { type Format, produire } from './documents.ts';
import { reunirFaitsPublies } from './faits.store.ts';
import { imageDuLogo } from './logo.ts';
import { routesPrefecture } from './prefecture.routes.tsx';
import { routesReglages } from './reglages.routes.tsx';
import { composerCommunique } from './rules.ts';
import { PageCommunique } from './views/page-communique.tsx';

const cle = {
  departement: z.string().regex(/^(\d{2,3}|2[AB])$/, 'attend un code de département'),
  seance: dateDuDomaine,
};
const page = z.object(cle);

/** Files of a published communiqué, by the end of their address. */
const extensions: Readonly<Record<string, Format>> = {
  pdf: 'pdf',
  odt: 'odt',
  txt: 'texte',
  csv: 'csv',
  svg: 'svg',
  png: 'png',
  zip: 'kit',
};
const fichier = z.object({
  ...cle,
  extension: z.enum(['pdf', 'odt', 'txt', 'csv', 'svg', 'png', 'zip', 'logo']),
});

const demande = (departement: string, seance: string) => ({
  departement,
  seance,
  maintenant: systemClock().toString(),
});

export const routes: readonly DeclaredRoute[] = [
  ...routesPrefecture,
  ...routesReglages,
  defineRoute({
    path: '/communiques/:departement/:seance{[0-9-]+}',
    access: { type: 'public' },
    input: page,
    handler: async ({ input, db }) => {
      const dossier = await reunirFaitsPublies(db, demande(input.departement, input.seance));
      if (!dossier.ok) return absent;
      const { faits, communique } = dossier.valeur;
      const compose = composerCommunique(faits);
      return {
        type: 'page',
        titre: compose.titre.texte,
        description: `Communiqué du ${dateLongue(faits.signature.date)} : ${pluriel(faits.totaux.postes, 'conseiller numérique', 'conseillers numériques')} ${faits.departement.locatif}.`,
        fil: [
          { texte: 'Accueil', href: '/' },
          { texte: faits.departement.nom, href: `/departements/${faits.departement.code}` },
          { texte: `Communiqué du ${dateLongue(faits.signature.date)}` },
        ],
        partage: `/partage/communiques/${input.departement}/${input.seance}.png`,
        contenu: (
          <PageCommunique
            communique={compose}
            publies={communique.chiffresPublies}
            totaux={faits.totaux}
            adresse={`/communiques/${input.departement}/${input.seance}`}
          />
        ),
      };
    },
  }),
  defineRoute({
    path: '/communiques/:departement/:fichier{[0-9-]+\\.[a-z]+}',
    access: { type: 'public' },
    input: z
      .object({ departement: z.string(), fichier: z.string() })
      .transform(({ departement, fichier: nom }) => {
        const [seance, extension] = nom.split('.');
        return { departement, seance, extension };
      })
      .pipe(fichier),
    handler: async ({ input, db }) => {
      const dossier = await reunirFaitsPublies(db, demande(input.departement, input.seance));
      if (!dossier.ok) return absent;
      if (input.extension === 'logo') {
        const { logo } = dossier.valeur.faits.enTete;
        return logo === null ? absent : imageDuLogo(logo);
      }
      const format = extensions[input.extension];
      if (format === undefined) return absent;
      return (await produire(db, dossier.valeur, format)) ?? absent;
    },
  }),
];
