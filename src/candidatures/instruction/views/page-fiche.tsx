import type { ComponentChildren } from 'preact';
import { dateLongue, euros, instantLong, nombre, pluriel } from '../../../platform/francais/index.ts';
import type { Evenement } from '../../../platform/historique.ts';
import {
  type ErreursFormulaire,
  ListeChoix,
  ResumeErreurs,
  ZoneTexte,
} from '../../../platform/views/champs.tsx';
import { ActeFait } from '../../../platform/views/confirmation.tsx';
import { Historique } from '../../../platform/views/historique.tsx';
import { Alerte, Badge } from '../../../platform/views/messages.tsx';
import { raisonsDeDoublon, seSuit, vagueAnnulee } from '../rules.ts';
import type { AgentDePrefecture, Avis, Correction, Doublon, Fiche, Note, Version } from '../store.ts';
import { FormulaireAvis, SectionAvis } from './section-avis.tsx';

/** What was done, after the redirect. */
export const faitsFiche = {
  avis: 'Votre avis est enregistré. Le comité le lira.',
  information: 'Votre avis est enregistré à titre d’information.',
  affectee: 'L’affectation est enregistrée.',
  note: 'La note est enregistrée. La préfecture seule la lit.',
  note_effacee: 'La note est effacée.',
  correction: 'La correction est demandée. La structure est prévenue par courriel.',
  correction_changee: 'La demande de correction est changée. La structure est prévenue par courriel.',
  rappel: 'Le rappel est parti.',
  reprise: 'La candidature est reprise telle qu’elle a été déposée. La structure est prévenue.',
  fusion: 'La candidature est signalée comme doublon. La structure est prévenue.',
  separation: 'La candidature est rétablie : elle est de nouveau à instruire.',
} as const;
export type FaitFiche = keyof typeof faitsFiche;

export type PageFicheProps = {
  readonly fiche: Fiche;
  readonly etat: string;
  readonly avis: readonly Avis[];
  readonly versions: readonly Version[];
  /** Letters of decision, the latest first. */
  readonly lettres: readonly { readonly id: string; readonly nom: string }[];
  /** The application as it was last submitted. */
  readonly dossier: ComponentChildren;
  readonly notes: readonly Note[];
  readonly corrections: readonly (Correction & { readonly libelles: readonly string[] })[];
  readonly doublons: readonly Doublon[];
  readonly agents: readonly AgentDePrefecture[];
  readonly nonLus: number;
  readonly evenements: readonly Evenement[];
  readonly moi: string;
  /** Acts offered in this state, to this role. */
  readonly actes: readonly string[];
  readonly adresse: string;
  /** Query of the list that the file was opened from. */
  readonly requete: string;
  readonly liste: string;
  readonly voisines:
    | {
        readonly rang: number;
        readonly total: number;
        readonly avant: string | null;
        readonly apres: string | null;
      }
    | undefined;
  readonly formulaire: 'avis' | 'note' | undefined;
  readonly saisie: Readonly<Record<string, string>>;
  readonly erreurs: ErreursFormulaire;
  readonly refus: string | undefined;
  readonly fait: FaitFiche | undefined;
};

function Voisines({ voisines, liste, requete }: Pick<PageFicheProps, 'voisines' | 'liste' | 'requete'>) {
  return (
    <nav class="maillage-instruction__voisines" aria-label="Dans la liste">
      <a class="fr-link" href={`${liste}${requete}`}>
        Revenir à la liste
      </a>
      {voisines === undefined ? null : (
        <>
          {voisines.avant === null ? null : (
            <a class="fr-link" rel="prev" href={`${liste}/${voisines.avant}${requete}`}>
              Candidature précédente
            </a>
          )}
          <span>
            {nombre(voisines.rang)} sur {nombre(voisines.total)}
          </span>
          {voisines.apres === null ? null : (
            <a class="fr-link" rel="next" href={`${liste}/${voisines.apres}${requete}`}>
              Candidature suivante
            </a>
          )}
        </>
      )}
    </nav>
  );
}

function Demande({ fiche, dossier }: PageFicheProps) {
  const lignes: readonly (readonly [string, string])[] = [
    ['Numéro', nombre(fiche.numero)],
    ['Vague', fiche.vague],
    ['SIRET, RIDET ou n° TAHITI', fiche.identifiant ?? 'non donné'],
    ['Commune', [fiche.commune, fiche.departement].filter((part) => part !== null).join(', ') || 'inconnue'],
    ['Catégorie', fiche.categorie === 'publique' ? 'publique' : 'privée'],
    ['Postes demandés', nombre(fiche.postes)],
    ...(fiche.coordinateurs > 0 ? [['dont coordinateurs', nombre(fiche.coordinateurs)] as const] : []),
    ['Financement souhaité', fiche.regime],
    ['Salaire mensuel brut prévu', euros(fiche.salaire)],
    ['Arrivée souhaitée', dateLongue(fiche.debut)],
    ['Personne déjà trouvée', fiche.candidatIdentifie ? 'oui' : 'non'],
    ...(fiche.priorites.length > 0 ? [['Priorités', fiche.priorites.join(', ')] as const] : []),
    ['Déposée le', instantLong(fiche.deposeeLe)],
  ];
  return (
    <section aria-labelledby="demande">
      <h2 id="demande">Ce que demande la structure</h2>
      <dl class="maillage-fiche">
        {lignes.map(([terme, valeur]) => (
          <div key={terme}>
            <dt>{terme}</dt>
            <dd>{valeur}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>Toutes les réponses de la structure</summary>
        {dossier}
      </details>
    </section>
  );
}

function Doublons({ doublons, adresse, requete, liste, actes }: PageFicheProps) {
  if (doublons.length === 0) return null;
  return (
    <section aria-labelledby="doublons">
      <h2 id="doublons">Doublon possible</h2>
      <ul>
        {doublons.map(({ id, numero, structure, identifiant, commune, vague, postes, raison }) => (
          <li key={id}>
            <a href={`${liste}/${id}${requete}`}>
              {structure} (n°&nbsp;{nombre(numero)})
            </a>
            {`, ${[identifiant, commune, vague].filter((part) => part !== null).join(', ')}, ${pluriel(postes, 'poste', 'postes')}\u00a0: ${raisonsDeDoublon[raison]}.`}
          </li>
        ))}
      </ul>
      {actes.includes('fusionner') && doublons.some(({ memeVague }) => memeVague) ? (
        <p>
          <a class="fr-btn fr-btn--secondary" href={`${adresse}/fusion${requete}`}>
            Signaler cette candidature comme doublon
          </a>
        </p>
      ) : null}
    </section>
  );
}

function Corrections({ corrections, adresse, requete, actes }: PageFicheProps) {
  return (
    <section aria-labelledby="corrections">
      <h2 id="corrections">Corrections</h2>
      {corrections.length === 0 ? <p>Aucune correction n’a été demandée.</p> : null}
      <ul>
        {corrections.map(({ id, libelles, demande, echeance, demandeeLe, repondueLe }) => (
          <li key={id}>
            <p>
              <strong>{libelles.join(', ')}</strong>, au plus tard le {dateLongue(echeance)}{' '}
              {repondueLe === null ? (
                <Badge ton="attention">attendue</Badge>
              ) : (
                `(répondue, changée ou reprise le ${instantLong(repondueLe)})`
              )}
            </p>
            <p class="maillage-instruction__texte">{demande}</p>
            <p class="fr-hint-text">Demandée le {instantLong(demandeeLe)}.</p>
          </li>
        ))}
      </ul>
      <div class="maillage-actions">
        {actes.includes('demander_correction') ? (
          <a class="fr-btn fr-btn--secondary" href={`${adresse}/correction${requete}`}>
            Demander une correction
          </a>
        ) : null}
        {actes.includes('reprendre') ? (
          <>
            <form method="post" action={`${adresse}/rappel${requete}`}>
              <button class="fr-btn fr-btn--secondary" type="submit">
                Rappeler la structure
              </button>
            </form>
            <a class="fr-link" href={`${adresse}/correction/changement${requete}`}>
              Changer la date ou le texte de la demande
            </a>
            <a class="fr-link" href={`${adresse}/reprise${requete}`}>
              Reprendre sans attendre la correction
            </a>
          </>
        ) : null}
      </div>
    </section>
  );
}

function Affectation({ fiche, agents, adresse, requete, moi }: PageFicheProps) {
  const choix = agents.map(({ id, nom }) => ({ valeur: id, libelle: id === moi ? `${nom} (vous)` : nom }));
  return (
    <section aria-labelledby="affectation">
      <h2 id="affectation">Affectation</h2>
      <form method="post" action={`${adresse}/affectation${requete}`}>
        <ListeChoix
          nom="agent"
          libelle="Agent qui suit cette candidature"
          indication="Les messages de la structure lui sont annoncés par courriel."
          choix={choix}
          valeur={fiche.agentId ?? ''}
          invite="Personne"
        />
        <button class="fr-btn fr-btn--secondary" type="submit">
          Enregistrer l’affectation
        </button>
      </form>
    </section>
  );
}

function Notes({ notes, moi, adresse, requete, formulaire, saisie, erreurs }: PageFicheProps) {
  return (
    <section aria-labelledby="notes">
      <h2 id="notes">Notes de la préfecture</h2>
      <p>Ni la structure ni le comité ne les lisent.</p>
      {notes.map(({ id, texte, auteur, auteurId, ecriteLe }) => (
        <div key={id} class="maillage-instruction__note">
          <p class="maillage-instruction__texte">{texte}</p>
          <p class="fr-hint-text">
            {auteur ?? 'Un agent'}, le {instantLong(ecriteLe)}
          </p>
          {auteurId === moi ? (
            <form method="post" action={`${adresse}/notes/${id}/effacer${requete}`}>
              <button class="fr-btn fr-btn--tertiary fr-btn--sm" type="submit">
                Effacer la note<span class="fr-sr-only"> du {instantLong(ecriteLe)}</span>
              </button>
            </form>
          ) : null}
        </div>
      ))}
      <form method="post" action={`${adresse}/notes${requete}#notes`} novalidate>
        <ZoneTexte
          nom="texte"
          libelle="Nouvelle note"
          lignes={3}
          longueur={5000}
          valeur={formulaire === 'note' ? saisie['texte'] : undefined}
          erreurs={formulaire === 'note' ? erreurs : undefined}
        />
        <button class="fr-btn fr-btn--secondary" type="submit">
          Enregistrer la note
        </button>
      </form>
    </section>
  );
}

/** An application, as its préfecture instructs it. */
export function PageFiche(props: PageFicheProps) {
  const { fiche, etat, versions, adresse, requete, actes, evenements, nonLus, refus, fait, erreurs } = props;
  const [derniere] = props.lettres;
  const instruit = actes.includes('instruire');
  return (
    <>
      <h1>{fiche.structure}</h1>
      <ResumeErreurs erreurs={erreurs} />
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      {fiche.etatVague === 'annulee' ? <Alerte ton="attention">{vagueAnnulee}</Alerte> : null}
      {fait === undefined ? null : <ActeFait>{faitsFiche[fait]}</ActeFait>}
      <Voisines {...props} />
      <p>
        Candidature n°&nbsp;{nombre(fiche.numero)} à la {fiche.vague}, <Badge>{etat}</Badge>
        {fiche.agent === null ? '' : `, suivie par ${fiche.agent}`}.
      </p>
      {fiche.aVerifier ? (
        <Alerte ton="attention">
          Le numéro de la structure n’est pas encore vérifié
          {fiche.verificationMotif === null ? '' : ` (${fiche.verificationMotif})`}. Le comité ne pourra pas
          décider avant&nbsp;: confirmez-le dans{' '}
          <a href="/structures-a-verifier">les structures à vérifier</a> ou, s’il est faux, demandez-en la
          correction.
        </Alerte>
      ) : null}
      {fiche.fusionneeDans === null ? null : (
        <Alerte ton="attention">
          Cette candidature est le doublon d’
          <a href={`${props.liste}/${fiche.fusionneeDans}${requete}`}>une autre, qui seule se poursuit</a>.
          Ses messages restent lisibles.{' '}
          {actes.includes('separer') ? (
            <a href={`${adresse}/separation${requete}`}>La rétablir, si c’est une erreur</a>
          ) : null}
        </Alerte>
      )}
      <p class="maillage-actions">
        <a class="fr-btn fr-btn--secondary" href={`${adresse}/messages${requete}`}>
          Messages avec la structure
          {nonLus > 0 ? ` (${pluriel(nonLus, 'non lu', 'non lus')})` : ''}
        </a>
        {instruit ? (
          <a class="fr-link" href={`/candidatures/${fiche.id}/equipe`}>
            Qui porte la candidature dans la structure
          </a>
        ) : null}
      </p>
      <Doublons {...props} />
      <Demande {...props} />
      {derniere === undefined ? null : (
        <section aria-labelledby="lettre">
          <h2 id="lettre">Décision</h2>
          <p>
            <a class="fr-link" href={`/candidatures/${fiche.id}/lettre`}>
              {derniere.nom}
            </a>
          </p>
        </section>
      )}
      <SectionAvis fiche={fiche} avis={props.avis} />
      {instruit ? (
        <FormulaireAvis {...props} dejaRendu={props.avis.some(({ niveau }) => niveau === fiche.avisNiveau)} />
      ) : null}
      <Corrections {...props} />
      {instruit && seSuit(fiche.statut) ? <Affectation {...props} /> : null}
      {instruit ? <Notes {...props} /> : null}
      {versions.length < 2 ? null : (
        <section aria-labelledby="versions">
          <h2 id="versions">Dépôts</h2>
          <ul>
            {versions.map(({ numero, deposeeLe }) => (
              <li key={numero}>
                <a class="fr-link" href={`/candidatures/${fiche.id}/versions/${numero}`}>
                  Dépôt n°&nbsp;{nombre(numero)}
                </a>
                , le {instantLong(deposeeLe)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="historique">
        <h2 id="historique">Historique</h2>
        <Historique
          nom="Historique de la candidature"
          evenements={evenements}
          vide="Rien n’a encore été fait."
        />
      </section>
    </>
  );
}
