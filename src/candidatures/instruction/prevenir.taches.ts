import { sql } from 'kysely';
import { z } from 'zod';
import { deposerCourriel } from '../../platform/courriel.ts';
import type { Database } from '../../platform/database/index.ts';
import { dateLongue } from '../../platform/francais/index.ts';
import { type DeclaredTache, defineTache, demanderTache } from '../../platform/taches.ts';

const donnees = z.object({
  genre: z.enum(['message', 'correction', 'correction_changee', 'relance', 'reprise', 'fusion']),
  candidature: z.uuid(),
  /** The message, the correction; each is told once. */
  objet: z.uuid().optional(),
  /** Distinguishes reminders of one correction. */
  rang: z.string().max(40).optional(),
});
type Donnees = z.infer<typeof donnees>;

type Destinataire = { readonly personne: string | null; readonly courriel: string };

/** The managers of the structure. */
const gestionnaires = async (db: Database, candidature: string): Promise<readonly Destinataire[]> =>
  (
    await sql<Destinataire>`
      select distinct personne.id as personne, personne.courriel
      from candidature
      join attribution on attribution.structure_id = candidature.structure_id and attribution.role = 'gestionnaire'
      join personne on personne.id = attribution.personne_id
      where candidature.id = ${candidature} and attribution.retiree_le is null and attribution.du <= now()
        and (attribution.fin is null or attribution.fin > now())
        and personne.desactivee_le is null and personne.effacee_le is null`.execute(db)
  ).rows;

/**
 * Who follows the application: its agent; else the mailbox of the service, or its agents, with those of the région where
 * its opinion is the one that counts.
 */
const prefecture = async (db: Database, candidature: string): Promise<readonly Destinataire[]> => {
  const { rows } = await sql<Destinataire & { readonly rang: number }>`
    with dossier as (
      select instructeur_id, commune.departement_code, departement.region_code, vague.avis_niveau
      from candidature join structure on structure.id = candidature.structure_id
      join vague on vague.id = candidature.vague_id
      left join commune on commune.code = structure.commune_code
      left join departement on departement.code = commune.departement_code
      where candidature.id = ${candidature}
    )
    select personne.id as personne, personne.courriel, 1 as rang
    from dossier join personne on personne.id = instructeur_id
    where desactivee_le is null and exists (
      select from attribution where personne_id = personne.id and role = 'instructeur' and retiree_le is null
        and du <= now() and (fin is null or fin > now()))
    union all
    select null, boite_courriel, 2
    from dossier join en_tete using (departement_code) where boite_courriel is not null
    union all
    select distinct personne.id, personne.courriel, 3
    from dossier
    join attribution on attribution.departement_code = dossier.departement_code and attribution.role = 'instructeur'
    join personne on personne.id = attribution.personne_id
    where attribution.retiree_le is null and attribution.du <= now()
      and (attribution.fin is null or attribution.fin > now()) and personne.desactivee_le is null
    union all
    select distinct personne.id, personne.courriel, 4
    from dossier
    join attribution on attribution.region_code = dossier.region_code and attribution.role = 'instructeur'
    join personne on personne.id = attribution.personne_id
    where dossier.avis_niveau = 'region' and attribution.retiree_le is null and attribution.du <= now()
      and (attribution.fin is null or attribution.fin > now()) and personne.desactivee_le is null`.execute(
    db,
  );
  const premier = Math.min(...rows.map(({ rang }) => rang));
  return rows.filter(({ rang }) => rang === premier || (rang === 4 && premier !== 1));
};

type Dossier = { readonly numero: number; readonly vague: string };

/** What each notice says: never what was written, one link. */
const redigees: Readonly<
  Record<
    Donnees['genre'],
    (dossier: Dossier, echeance: string | null) => { readonly objet: string; readonly phrase: string }
  >
> = {
  message: ({ numero }) => ({
    objet: `Un message sur la candidature n°\u00a0${numero}`,
    phrase: `Un message vous attend sur la candidature n°\u00a0${numero}.`,
  }),
  correction: ({ numero }, echeance) => ({
    objet: `Candidature n°\u00a0${numero}\u00a0: une correction vous est demandée`,
    phrase: `La préfecture vous demande de corriger la candidature n°\u00a0${numero}${echeance === null ? '' : ` au plus tard le ${dateLongue(echeance)}`}. Seuls les champs qu’elle désigne sont à reprendre.`,
  }),
  correction_changee: ({ numero }, echeance) => ({
    objet: `Candidature n°\u00a0${numero}\u00a0: la correction demandée a changé`,
    phrase: `La préfecture a changé ce qu’elle vous demande de corriger dans la candidature n°\u00a0${numero}, ou la date\u00a0: relisez sa demande${echeance === null ? '' : `, et répondez au plus tard le ${dateLongue(echeance)}`}.`,
  }),
  relance: ({ numero }, echeance) => ({
    objet: `Rappel\u00a0: la candidature n°\u00a0${numero} est à corriger`,
    phrase: `La préfecture attend votre correction de la candidature n°\u00a0${numero}${echeance === null ? '' : `, au plus tard le ${dateLongue(echeance)}`}.`,
  }),
  reprise: ({ numero }) => ({
    objet: `Candidature n°\u00a0${numero}\u00a0: la correction n’est plus attendue`,
    phrase: `La préfecture poursuit l’instruction de la candidature n°\u00a0${numero} telle qu’elle a été déposée : vous n’avez plus rien à corriger.`,
  }),
  fusion: ({ numero }) => ({
    objet: `Candidature n°\u00a0${numero} signalée comme doublon`,
    phrase: `La préfecture a signalé la candidature n°\u00a0${numero} comme le doublon d’une autre, qui seule se poursuit. Si c’est une erreur, écrivez-lui depuis la page de la candidature.`,
  }),
};

const tachePrevenir: DeclaredTache<Donnees> = defineTache({
  nom: 'candidatures.prevenir',
  libelle: 'Prévient par courriel d’un message ou d’une correction sur une candidature',
  donnees,
  travail: async ({ adresse, uneFois }, { genre, candidature, objet, rang }) => {
    await uneFois(async (transaction) => {
      const { rows } = await sql<
        Dossier & { readonly cote: string | null; readonly echeance: string | null }
      >`
        select numero, vague.nom as vague,
          (select cote from candidature_message where id = ${objet ?? null}::uuid) as cote,
          (select echeance::text from candidature_correction where id = ${objet ?? null}::uuid) as echeance
        from candidature join vague on vague.id = vague_id where candidature.id = ${candidature}`.execute(
        transaction,
      );
      const dossier = rows[0];
      if (dossier === undefined) return;
      const versPrefecture = genre === 'message' && dossier.cote === 'structure';
      const destinataires = versPrefecture
        ? await prefecture(transaction, candidature)
        : await gestionnaires(transaction, candidature);
      const { objet: sujet, phrase } = redigees[genre](dossier, dossier.echeance);
      const racine = versPrefecture
        ? `/prefecture/candidatures/${candidature}`
        : `/candidatures/${candidature}`;
      const chemin = genre === 'message' ? `${racine}/messages` : racine;
      for (const { personne, courriel } of destinataires)
        await deposerCourriel(transaction, {
          destinataire: courriel,
          objet: sujet,
          paragraphes: ['Bonjour,', phrase],
          lien: { texte: 'Ouvrir la candidature', href: `${adresse}${chemin}` },
          ...(personne === null ? {} : { personne }),
          cle: `candidature ${genre} ${objet ?? candidature} ${rang ?? ''} ${courriel}`,
          objetType: 'candidature',
          objetId: candidature,
        });
    });
  },
});

/** Has the other side told by mail, once the act has ended well. */
export const prevenir = (transaction: Database, nouvelle: Donnees): Promise<string> =>
  demanderTache(transaction, tachePrevenir, nouvelle);

export { tachePrevenir };
