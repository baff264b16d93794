import { z } from 'zod';
import { aujourdhui, systemClock } from '../platform/clock.ts';
import type { Database } from '../platform/database/index.ts';
import { dateDuDomaine } from '../platform/dates.ts';
import { dateLongue } from '../platform/francais/index.ts';
import { type Evenement, lireHistorique } from '../platform/historique.ts';
import type { Identite } from '../platform/http/identite.ts';
import {
  absent,
  type Contexte,
  type DeclaredRoute,
  defineActe,
  type Page,
  type Reponse,
} from '../platform/http/route.ts';
import type { Resultat } from '../platform/result.ts';
import type { Fait } from '../platform/views/chronologie.tsx';
import { transitionsPossibles } from '../platform/workflow.ts';
import { type DepartementDeLActeur, listDepartementsDeLActeur } from '../territoires/index.ts';
import { champsDuBrouillon, dateDuBrouillon } from './brouillon.rules.ts';
import { type Dossier, reunirFaits } from './faits.store.ts';
import { phrases } from './phrases.ts';
import { cheminDuBrouillon, type DemandeAgent } from './relecture.acts.ts';
import { getSuivi, listAgents } from './relecture.store.ts';
import { aVenir, composerCommunique } from './rules.ts';
import type { ActionCommunique } from './views/brouillon-actes.tsx';
import { PageBrouillon } from './views/page-brouillon.tsx';
import { type EtatDuCommunique, workflowCommunique } from './workflow.ts';

export const access = { type: 'role', roles: ['instructeur', 'administrateur'] } as const;
export const chemin = '/prefecture/communiques';
export const espace = { texte: 'Mon espace', href: '/espace' };
export const accueil = { texte: 'Communiqués', href: chemin };

/** What names a communiqué in an address. */
export const cle = {
  departement: z.string().regex(/^(\d{2,3}|2[AB])$/, 'attend un code de département'),
  seance: dateDuDomaine,
};
export const adresseDuBrouillon = `${chemin}/:departement/:seance{[0-9-]+}`;

type Cle = { readonly departement: string; readonly seance: string };
/** What an answer about a communiqué is made of. */
export type Contenu = Pick<Contexte<Cle, typeof access>, 'db' | 'identite' | 'requete'> & {
  readonly input: Cle;
};

type Ouvert = { readonly dossier: Dossier; readonly departement: DepartementDeLActeur };

/** Who acts, on which communiqué, having seen which version. */
export const demandeDe = ({ input, requete, identite }: Contenu, versionVue: number): DemandeAgent => ({
  ...input,
  date: aujourdhui(systemClock),
  maintenant: systemClock().toString(),
  version: versionVue,
  auteur: { id: identite.personne.id, nom: `${identite.personne.prenom} ${identite.personne.nom}` },
  adresse: requete.adresse,
});

/** The facts of a session in a département of the acting territory; nothing elsewhere, nor where there is nothing. */
export const ouvrir = async (contexte: Contenu): Promise<Ouvert | undefined> => {
  const { db, input } = contexte;
  const departement = (await listDepartementsDeLActeur(db)).find(({ code }) => code === input.departement);
  if (departement === undefined) return undefined;
  const dossier = await reunirFaits(db, demandeDe(contexte, 0));
  return dossier.ok ? { dossier: dossier.valeur, departement } : undefined;
};

const actionsWeb: readonly ActionCommunique[] = [
  'demander_relecture',
  'demander_corrections',
  'approuver',
  'publier',
  'retirer',
  'reprendre',
];

/** What a page shows again: what was typed, what was wrong. */
export type Montrer = {
  readonly saisie?: Readonly<Record<string, string>>;
  readonly erreurs?: Readonly<Record<string, string>>;
  readonly conflit?: boolean;
  readonly refus?: string;
  readonly fait?: string | undefined;
  readonly statut?: Page['statut'];
};

/** That a scheduled communiqué came out at its hour: nobody acts then, and no line of the journal says it. */
const paruALHeure = (
  historique: readonly Evenement[],
  statut: EtatDuCommunique,
  publieLe: string | null,
  maintenant: string,
): readonly Fait[] => {
  const derniere = historique.find(({ acte: nom }) => nom.startsWith('communique.publier'));
  return statut === 'publie' &&
    publieLe !== null &&
    !aVenir(publieLe, maintenant) &&
    derniere?.contenu['programme'] === true
    ? [{ cle: 'paru', date: publieLe, titre: 'Communiqué publié, à l’heure prévue' }]
    : [];
};

/** The page of a communiqué, as it stands or after an act that was refused. */
export const montrer = async (contexte: Contenu, vu: Montrer = {}): Promise<Reponse> => {
  const ouvert = await ouvrir(contexte);
  if (ouvert === undefined) return absent;
  const { db, input, identite } = contexte;
  const { dossier, departement } = ouvert;
  const { communique, faits } = dossier;
  const statut = communique?.statut ?? 'brouillon';
  const role = identite.habilitation?.role ?? 'visiteur';
  const titre = `Communiqué ${departement.genitif}, séance du ${dateLongue(input.seance)}`;
  const agents = await listAgents(db, input.departement, identite.personne.id);
  const historique =
    communique === undefined ? [] : await lireHistorique(db, phrases, 'communique', communique.id);
  const maintenant = systemClock().toString();
  return {
    type: 'page',
    titre: vu.erreurs || vu.refus || vu.conflit ? `Erreur : ${titre}` : titre,
    description: 'Préparer, faire relire et publier un communiqué.',
    fil: [espace, accueil, { texte: `${departement.nom}, ${dateLongue(input.seance)}` }],
    ...(vu.statut === undefined ? {} : { statut: vu.statut }),
    contenu: (
      <PageBrouillon
        adresse={cheminDuBrouillon(input)}
        titre={titre}
        communique={composerCommunique(faits)}
        totaux={faits.totaux}
        statut={statut}
        version={communique?.version ?? 0}
        publieLe={communique?.publieLe ?? null}
        annule={
          statut === 'retire' &&
          historique.find(({ acte: nom }) => nom === 'communique.retirer')?.contenu['programme'] === true
        }
        programme={statut === 'publie' && aVenir(communique?.publieLe ?? null, maintenant)}
        suivi={communique === undefined ? null : await getSuivi(db, communique.id)}
        seul={agents.length === 0}
        moi={identite.personne.id}
        actions={transitionsPossibles(workflowCommunique, statut, role).flatMap((nom) =>
          actionsWeb.filter((action) => action === nom),
        )}
        date={dateDuBrouillon(faits.signature.date, vu.saisie ?? {}, vu.conflit ?? false)}
        champs={champsDuBrouillon(faits, vu.saisie ?? {}, vu.conflit ?? false)}
        saisie={vu.saisie ?? {}}
        erreurs={vu.erreurs ?? {}}
        conflit={vu.conflit ?? false}
        refus={vu.refus}
        fait={vu.fait}
        historique={[
          ...paruALHeure(historique, statut, communique?.publieLe ?? null, maintenant),
          ...historique.map(({ id, instant, phrase, motif, auteur }) => ({
            cle: String(id),
            date: instant,
            titre: phrase,
            auteur,
            ...(motif === null ? {} : { texte: motif }),
          })),
        ].toSorted((left, right) => Date.parse(right.date) - Date.parse(left.date))}
      />
    ),
  };
};

/** The page again with what was refused, or on to what was done. */
export const apres = async (
  contexte: Contenu,
  resultat: Resultat<unknown>,
  fait: string,
  saisie: Readonly<Record<string, string>> = {},
): Promise<Reponse> => {
  if (resultat.ok) return { type: 'redirection', vers: `${cheminDuBrouillon(contexte.input)}?fait=${fait}` };
  if (resultat.refus === 'version')
    return montrer(contexte, { saisie, refus: resultat.message, statut: 409 });
  return montrer(contexte, { saisie, refus: resultat.message, statut: 400 });
};

type ActeSimple<Champs extends { readonly version: number }> = {
  readonly nom: string;
  readonly champs: z.ZodType<Champs>;
  readonly faire: (
    db: Database,
    identite: Identite,
    demande: DemandeAgent,
    champs: Champs,
  ) => Promise<
    | { readonly resultat: Resultat<unknown>; readonly fait: string }
    | { readonly champ: string; readonly message: string }
  >;
};

/** An act behind one button of the page of a communiqué. */
export const acte = <Champs extends { readonly version: number }>({
  nom,
  champs,
  faire,
}: ActeSimple<Champs>): DeclaredRoute =>
  defineActe({
    path: `${adresseDuBrouillon}/${nom}`,
    access,
    input: z.object(cle),
    champs,
    handler: async ({ formulaire, ...contexte }) => {
      if ((await ouvrir(contexte)) === undefined) return absent;
      const { saisie } = formulaire;
      if (!formulaire.ok) return montrer(contexte, { saisie, erreurs: formulaire.erreurs, statut: 400 });
      const demande = demandeDe(contexte, formulaire.valeurs.version);
      const done = await faire(contexte.db, contexte.identite, demande, formulaire.valeurs);
      if ('champ' in done)
        return montrer(contexte, { saisie, erreurs: { [done.champ]: done.message }, statut: 400 });
      return apres(contexte, done.resultat, done.fait, saisie);
    },
  });
