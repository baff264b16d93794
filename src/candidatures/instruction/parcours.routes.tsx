import type { VNode } from 'preact';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { aujourdhui, systemClock } from '../../platform/clock.ts';
import type { Formulaire } from '../../platform/http/formulaire.ts';
import { acteurDe } from '../../platform/http/identite.ts';
import {
  absent,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  type Reponse,
} from '../../platform/http/route.ts';
import { schemaDeDemande } from '../../platform/listes/index.ts';
import type { Resultat } from '../../platform/result.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import type { EtatCandidature } from '../workflow.ts';
import { listChampsCorrigibles } from './champs.ts';
import {
  changerCorrection,
  demanderCorrection,
  relancerCorrection,
  reprendreSansCorrection,
} from './correction.acts.ts';
import {
  accesEcriture,
  accueil,
  adresseFiche,
  type ContexteFiche,
  espace,
  montrerFiche,
} from './fiche.page.tsx';
import {
  champsCorrectionChangee,
  champsCorrectionDUneFiche,
  cochesDe,
  motif,
  statutDuRefus,
  version,
} from './formulaires.ts';
import { listeInstruction } from './liste.ts';
import { cheminListe } from './requete.rules.ts';
import { bornesDEcheance } from './rules.ts';
import { type Fiche, findFiche, listCorrections, listDoublons } from './store.ts';
import { fusionner, separer } from './suivi.acts.ts';
import {
  PageChangement,
  PageCorrection,
  PageFusion,
  PageReprise,
  PageSeparation,
} from './views/page-correction.tsx';
import type { FaitFiche } from './views/page-fiche.tsx';

const id = listeInstruction.cle.schema;
const adresse = schemaDeDemande(listeInstruction, { id });

type Vu = {
  readonly saisie: Readonly<Record<string, string>>;
  readonly erreurs: ErreursFormulaire;
  readonly refus: string | undefined;
};
type Commun = Vu & { readonly fiche: Fiche; readonly action: string; readonly retour: string };

const vierge: Vu = { saisie: {}, erreurs: {}, refus: undefined };

type Etape<Champs> = {
  readonly nom: string;
  readonly titre: string;
  /** Where the page is of use: elsewhere it says the state of the file. */
  readonly depuis: readonly EtatCandidature[];
  readonly champs: z.ZodType<Champs>;
  readonly fait: FaitFiche;
  readonly dessiner: (contexte: ContexteFiche, commun: Commun) => Promise<VNode>;
  readonly faire: (contexte: ContexteFiche, valeurs: Champs) => Promise<Resultat<unknown>>;
};

/** A page with one form about a file, and the act behind it: the form again with what was typed when refused. */
const etape = <Champs,>(declaree: Etape<Champs>): readonly DeclaredRoute[] => {
  const { nom, titre, depuis, champs, fait, dessiner, faire } = declaree;
  const path = `${cheminListe}/:id/${nom}`;
  const montrer = async (contexte: ContexteFiche, vu: Vu, statut?: 400 | 409): Promise<Reponse> => {
    const fiche = await findFiche(contexte.db, contexte.input.id);
    if (fiche === undefined) return absent;
    if (!depuis.includes(fiche.statut))
      return montrerFiche(contexte, {
        refus: vu.refus ?? 'Ce n’est plus possible dans l’état où est la candidature : relisez-la.',
        statut: 409,
      });
    const retour = adresseFiche(contexte);
    const commun = { ...vu, fiche, action: adresseFiche(contexte, `/${nom}`), retour };
    const faux = statut !== undefined;
    return {
      type: 'page',
      titre: `${faux ? 'Erreur\u00a0: ' : ''}${titre}, ${fiche.structure}`,
      description: titre,
      fil: [espace, accueil, { texte: fiche.structure, href: retour }, { texte: titre }],
      ...(statut === undefined ? {} : { statut }),
      contenu: await dessiner(contexte, commun),
    };
  };
  return [
    defineRoute({
      path,
      access: accesEcriture,
      input: adresse,
      handler: (contexte) => montrer(contexte, vierge),
    }),
    defineActe({
      path,
      access: accesEcriture,
      input: adresse,
      champs,
      handler: async ({ formulaire, ...contexte }: ContexteFiche & { formulaire: Formulaire<Champs> }) => {
        const { saisie } = formulaire;
        if (!formulaire.ok)
          return montrer(contexte, { saisie, erreurs: formulaire.erreurs, refus: undefined }, 400);
        const done = await faire(contexte, formulaire.valeurs);
        if (done.ok) return { type: 'redirection', vers: adresseFiche(contexte, '', { fait }) };
        if (done.refus === 'absent') return absent;
        const deChamp = done.refus === 'echeance' || done.refus === 'champs' || done.refus === 'cible';
        const vu = deChamp
          ? { saisie, erreurs: { [done.refus]: done.message }, refus: undefined }
          : { saisie, erreurs: {}, refus: done.message };
        return montrer(contexte, vu, statutDuRefus(done.refus));
      },
    }),
  ];
};

/** Ten days are given unless another date is. */
export const echeanceProposee = (jour: string): string =>
  Temporal.PlainDate.from(jour).add({ days: 10 }).toString();

export const routesParcours: readonly DeclaredRoute[] = [
  ...etape({
    nom: 'correction',
    titre: 'Demander une correction',
    depuis: ['deposee', 'instruite'],
    champs: champsCorrectionDUneFiche,
    fait: 'correction',
    dessiner: async ({ db }, commun) => (
      <PageCorrection
        {...commun}
        saisie={{ echeance: echeanceProposee(aujourdhui(systemClock)), ...commun.saisie }}
        champs={await listChampsCorrigibles(db, commun.fiche.id)}
        coches={cochesDe(commun.saisie)}
        bornes={bornesDEcheance(aujourdhui(systemClock), commun.fiche.fermeLe)}
      />
    ),
    faire: ({ db, input, identite }, valeurs) =>
      demanderCorrection(db, acteurDe(identite), {
        ...valeurs,
        candidatureId: input.id,
        aujourdhui: aujourdhui(systemClock),
        personne: identite.personne.id,
      }),
  }),
  ...etape({
    nom: 'correction/changement',
    titre: 'Changer la demande de correction',
    depuis: ['en_correction'],
    champs: champsCorrectionChangee,
    fait: 'correction_changee',
    dessiner: async ({ db }, commun) => {
      const champs = await listChampsCorrigibles(db, commun.fiche.id);
      const [ouverte] = await listCorrections(db, commun.fiche.id);
      return (
        <PageChangement
          {...commun}
          saisie={{
            correction: ouverte?.id ?? '',
            message: ouverte?.demande ?? '',
            echeance: ouverte?.echeance ?? '',
            ...commun.saisie,
          }}
          libelles={(ouverte?.champs ?? []).map(
            (nom) => champs.find((champ) => champ.nom === nom)?.libelle ?? nom,
          )}
          bornes={bornesDEcheance(aujourdhui(systemClock), commun.fiche.fermeLe)}
        />
      );
    },
    faire: ({ db, input, identite }, { correction, message, echeance }) =>
      changerCorrection(db, acteurDe(identite), {
        correction,
        message,
        echeance,
        candidatureId: input.id,
        aujourdhui: aujourdhui(systemClock),
        personne: identite.personne.id,
      }),
  }),
  ...etape({
    nom: 'reprise',
    titre: 'Reprendre sans la correction',
    depuis: ['en_correction'],
    champs: z.object({ version, motif }),
    fait: 'reprise',
    dessiner: async (_, commun) => <PageReprise {...commun} />,
    faire: ({ db, input, identite }, valeurs) =>
      reprendreSansCorrection(db, acteurDe(identite), { ...valeurs, candidatureId: input.id }),
  }),
  ...etape({
    nom: 'fusion',
    titre: 'Signaler un doublon',
    depuis: ['deposee', 'en_correction', 'instruite'],
    champs: z.object({ version, motif, cible: z.uuid('Choisissez la candidature à garder.') }),
    fait: 'fusion',
    dessiner: async ({ db }, commun) => (
      <PageFusion
        {...commun}
        doublons={(await listDoublons(db, commun.fiche.id)).filter(({ memeVague }) => memeVague)}
      />
    ),
    faire: ({ db, input, identite }, valeurs) =>
      fusionner(db, acteurDe(identite), { ...valeurs, candidatureId: input.id }),
  }),
  ...etape({
    nom: 'separation',
    titre: 'Rétablir la candidature',
    depuis: ['doublon'],
    champs: z.object({ version, motif }),
    fait: 'separation',
    dessiner: async (_, commun) => <PageSeparation {...commun} />,
    faire: ({ db, input, identite }, valeurs) =>
      separer(db, acteurDe(identite), { ...valeurs, candidatureId: input.id }),
  }),
  defineActe({
    path: `${cheminListe}/:id/rappel`,
    access: accesEcriture,
    input: adresse,
    champs: z.object({}),
    handler: async (contexte) => {
      const { db, input, identite } = contexte;
      const done = await relancerCorrection(db, acteurDe(identite), { candidatureId: input.id });
      if (done.ok) return { type: 'redirection', vers: adresseFiche(contexte, '', { fait: 'rappel' }) };
      if (done.refus === 'absent') return absent;
      return montrerFiche(contexte, { refus: done.message, statut: 409 });
    },
  }),
];
