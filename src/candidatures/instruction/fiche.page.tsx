import { lireHistorique } from '../../platform/historique.ts';
import type { Contexte, Page, Reponse } from '../../platform/http/route.ts';
import { absent } from '../../platform/http/route.ts';
import { type Demande, lireVoisines } from '../../platform/listes/index.ts';
import type { ErreursFormulaire } from '../../platform/views/champs.tsx';
import { transitionsPossibles } from '../../platform/workflow.ts';
import { lireDossier } from '../dossier.ts';
import { listLettres } from '../notification/index.ts';
import { DossierLu } from '../views/dossier.tsx';
import { direEtat, workflowCandidature } from '../workflow.ts';
import { listChampsCorrigibles } from './champs.ts';
import { listeInstruction } from './liste.ts';
import { cheminListe, requeteDe } from './requete.rules.ts';
import {
  compterNonLus,
  findFiche,
  listAgents,
  listAvis,
  listCorrections,
  listDoublons,
  listNotes,
  listVersions,
} from './store.ts';
import { type FaitFiche, PageFiche } from './views/page-fiche.tsx';

export const accesLecture = { type: 'role', roles: ['instructeur', 'administrateur'] } as const;
export const accesEcriture = { type: 'role', roles: ['instructeur'] } as const;

export const espace = { texte: 'Mon espace', href: '/espace' };
export const accueil = { texte: 'Candidatures', href: cheminListe };

type Vu = {
  readonly formulaire?: 'avis' | 'note';
  readonly saisie?: Readonly<Record<string, string>>;
  readonly erreurs?: ErreursFormulaire;
  readonly refus?: string;
  readonly fait?: FaitFiche | undefined;
  readonly statut?: Page['statut'];
};

export type ContexteFiche = Pick<Contexte<unknown, typeof accesLecture>, 'db' | 'identite' | 'requete'> & {
  readonly input: { readonly id: string; readonly demande: Demande };
};

/** The address of a file, and the query of the list that it was opened from. */
export const adresseFiche = (
  { input }: Pick<ContexteFiche, 'input'>,
  suite = '',
  autres: Readonly<Record<string, string>> = {},
): string => `${cheminListe}/${input.id}${suite}${requeteDe(input.demande, autres)}`;

/** The page of a file, as it stands or after an act that was refused. */
export const montrerFiche = async (contexte: ContexteFiche, vu: Vu = {}): Promise<Reponse> => {
  const { db, input, identite, requete } = contexte;
  const fiche = await findFiche(db, input.id);
  if (fiche === undefined) return absent;
  const { habilitation, personne } = identite;
  const role = habilitation?.role ?? 'visiteur';
  const instruit = role === 'instructeur';
  const annulee = fiche.etatVague === 'annulee';
  const possibles = transitionsPossibles(workflowCandidature, fiche.statut, role).filter(
    (nom) => !annulee || !['rendre_avis', 'demander_correction'].includes(nom),
  );
  const autreNiveau = habilitation?.niveau !== fiche.avisNiveau;
  const informe =
    instruit &&
    !annulee &&
    autreNiveau &&
    ['deposee', 'en_correction', 'instruite', 'ajournee'].includes(fiche.statut);
  const corrections = await listCorrections(db, fiche.id);
  const champs = corrections.length === 0 ? [] : await listChampsCorrigibles(db, fiche.id);
  const dossier = await lireDossier(db, fiche.id);
  const { filtres, tri } = input.demande;
  const titre = `${fiche.structure}, candidature n°\u00a0${fiche.numero}`;
  return {
    type: 'page',
    titre: vu.erreurs || vu.refus ? `Erreur\u00a0: ${titre}` : titre,
    description: 'Instruire une candidature.',
    fil: [
      espace,
      { ...accueil, href: `${cheminListe}${requeteDe(input.demande)}` },
      { texte: fiche.structure },
    ],
    ...(vu.statut === undefined ? {} : { statut: vu.statut }),
    contenu: (
      <PageFiche
        fiche={fiche}
        etat={direEtat(fiche.statut, fiche.decisionRetiree)}
        avis={await listAvis(db, fiche.id)}
        versions={await listVersions(db, fiche.id)}
        lettres={await listLettres(db, fiche.id)}
        dossier={dossier === undefined ? null : <DossierLu dossier={dossier} niveau={3} />}
        notes={instruit ? await listNotes(db, fiche.id) : []}
        corrections={corrections.map((correction) => ({
          ...correction,
          libelles: correction.champs.map((nom) => champs.find((champ) => champ.nom === nom)?.libelle ?? nom),
        }))}
        doublons={await listDoublons(db, fiche.id)}
        agents={fiche.departement === null ? [] : await listAgents(db, [fiche.departement])}
        nonLus={fiche.statut === 'retiree' ? 0 : await compterNonLus(db, fiche.id, 'prefecture', personne.id)}
        evenements={await lireHistorique(db, requete.phrases, 'candidature', fiche.id)}
        moi={personne.id}
        actes={[
          ...(instruit ? ['instruire'] : []),
          ...(autreNiveau ? possibles.filter((nom) => nom !== 'rendre_avis') : possibles),
          ...(informe ? ['rendre_avis', 'avis_information'] : []),
        ]}
        adresse={`${cheminListe}/${fiche.id}`}
        requete={requeteDe(input.demande)}
        liste={cheminListe}
        voisines={await lireVoisines(db, listeInstruction, { filtres, tri, cle: fiche.id })}
        formulaire={vu.formulaire}
        saisie={vu.saisie ?? {}}
        erreurs={vu.erreurs ?? {}}
        refus={vu.refus}
        fait={vu.fait}
      />
    ),
  };
};
