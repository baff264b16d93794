import { z } from 'zod';
import { type Resultat, refuser, reussi } from '../platform/result.ts';

/** What the public directory of companies says of an establishment. */
export type Etablissement = {
  readonly siret: string;
  readonly nom: string;
  readonly adresse: string | null;
  /** INSEE code. */
  readonly commune: string | null;
  readonly ouvert: boolean;
  readonly publique: boolean | null;
};

/** Looks an establishment up. `injoignable`: ask again later, or go on without. */
export type Annuaire = (siret: string) => Promise<Resultat<Etablissement, 'inconnu' | 'injoignable'>>;

const etablissement = z.object({
  siret: z.string(),
  adresse: z.string().nullish(),
  commune: z.string().nullish(),
  etat_administratif: z.string().nullish(),
});

const reponse = z.object({
  results: z.array(
    z.object({
      nom_complet: z.string().nullish(),
      nom_raison_sociale: z.string().nullish(),
      siege: etablissement.nullish(),
      matching_etablissements: z.array(etablissement).nullish(),
      complements: z
        .object({ est_service_public: z.boolean().nullish(), est_association: z.boolean().nullish() })
        .nullish(),
    }),
  ),
});

const injoignable = () =>
  refuser(
    'injoignable',
    'L’annuaire des entreprises ne répond pas : écrivez vous-même le nom et l’adresse. La structure sera vérifiée plus tard.',
  );

/** Milliseconds that an answer is waited for. */
const delai = 4_000;

/** The directory at an address that speaks as https://recherche-entreprises.api.gouv.fr does. */
export const ouvrirAnnuaire =
  (adresse: string, attente = delai): Annuaire =>
  async (siret) => {
    try {
      const recue = await fetch(`${adresse}/search?q=${encodeURIComponent(siret)}&page=1&per_page=1`, {
        headers: { Accept: 'application/json' },
        redirect: 'error',
        signal: AbortSignal.timeout(attente),
      });
      if (!recue.ok) return injoignable();
      const [trouve] = reponse.parse(await recue.json()).results;
      const lieux = [...(trouve?.matching_etablissements ?? []), ...(trouve?.siege ? [trouve.siege] : [])];
      const exact = lieux.find((lieu) => lieu.siret === siret);
      if (trouve === undefined || exact === undefined)
        return refuser(
          'inconnu',
          'L’annuaire des entreprises ne connaît pas ce SIRET : vérifiez-le, ou écrivez vous-même le nom et l’adresse.',
        );
      const { est_service_public: publique, est_association: association } = trouve.complements ?? {};
      return reussi({
        siret,
        nom: (trouve.nom_raison_sociale ?? trouve.nom_complet ?? '').trim(),
        adresse: exact.adresse?.trim() || null,
        commune: exact.commune ?? null,
        ouvert: exact.etat_administratif !== 'F',
        publique: publique === true ? true : association === true ? false : null,
      });
    } catch {
      // No answer in time, or one that is not the directory's: the same to who asks.
      return injoignable();
    }
  };
