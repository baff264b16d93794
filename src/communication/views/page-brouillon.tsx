import { dateLongue, instantLong, pluriel } from '../../platform/francais/index.ts';
import { type ErreursFormulaire, ResumeErreurs } from '../../platform/views/champs.tsx';
import { Chronologie, type Fait } from '../../platform/views/chronologie.tsx';
import { ActeFait } from '../../platform/views/confirmation.tsx';
import { Etapier } from '../../platform/views/etapes.tsx';
import { Telechargements } from '../../platform/views/liens.tsx';
import { Alerte } from '../../platform/views/messages.tsx';
import type { ChampDate, ChampParagraphe } from '../brouillon.rules.ts';
import type { Suivi } from '../relecture.store.ts';
import type { Communique } from '../rules.ts';
import type { EtatDuCommunique } from '../workflow.ts';
import { type ActionCommunique, Actions } from './brouillon-actes.tsx';
import { Conflit, Redaction } from './brouillon-redaction.tsx';

export type PageBrouillonProps = {
  readonly adresse: string;
  readonly titre: string;
  readonly communique: Communique;
  readonly totaux: { readonly structures: number; readonly postes: number };
  readonly statut: EtatDuCommunique;
  readonly version: number;
  readonly publieLe: string | null;
  readonly programme: boolean;
  /** Withdrawn before its instant: it never was public. */
  readonly annule: boolean;
  readonly suivi: Suivi | null;
  /** Names of other agents are not needed: only whether there is anybody to proofread. */
  readonly seul: boolean;
  readonly moi: string;
  readonly actions: readonly ActionCommunique[];
  readonly date: ChampDate;
  readonly champs: readonly ChampParagraphe[];
  readonly saisie: Readonly<Record<string, string>>;
  readonly erreurs: ErreursFormulaire;
  /** Somebody else recorded something meanwhile. */
  readonly conflit: boolean;
  /** Why the act was refused. */
  readonly refus: string | undefined;
  readonly fait: string | undefined;
  readonly historique: readonly Fait[];
};

const rangs: Readonly<Record<EtatDuCommunique, number>> = {
  brouillon: 1,
  en_relecture: 2,
  relu: 3,
  publie: 4,
  retire: 1,
};

const faits: Readonly<Record<string, string>> = {
  enregistre: 'Le brouillon est enregistré.',
  relecture: 'La relecture est demandée. Les autres agents du département sont prévenus par courriel.',
  corrections: 'Les corrections sont demandées : le communiqué est de nouveau un brouillon.',
  approuve: 'Le communiqué est approuvé : il peut être publié.',
  publie: 'Le communiqué est publié.',
  programme: 'La publication est programmée.',
  reprogramme: 'La publication est déplacée.',
  retire: 'Le communiqué est retiré : sa page n’est plus publique.',
  repris: 'Le communiqué est de nouveau un brouillon.',
};

export const codesFaits = Object.keys(faits);

/** A communiqué for those who prepare it: where it stands, what to do, its text, its facts, its history. */
export function PageBrouillon(props: PageBrouillonProps) {
  const { titre, statut, fait, refus, conflit, suivi, erreurs, historique, publieLe } = props;
  return (
    <>
      <h1>{titre}</h1>
      {fait === undefined || faits[fait] === undefined ? null : (
        <ActeFait>
          {fait === 'retire' && props.annule ? 'La publication programmée est annulée.' : faits[fait]}
        </ActeFait>
      )}
      <ResumeErreurs erreurs={erreurs} />
      {conflit ? <Conflit date={props.date} champs={props.champs} /> : null}
      {refus === undefined ? null : (
        <Alerte ton="erreur" titre="Rien n’a été fait" niveau={2}>
          <p>{refus}</p>
        </Alerte>
      )}
      <Etapier
        etapes={[
          'Rédaction',
          'Relecture par une autre personne',
          props.programme ? 'Publication programmée' : 'Publication',
          'En ligne',
        ]}
        etape={props.programme ? rangs.relu : rangs[statut]}
      />
      {statut === 'retire' ? (
        <Alerte ton="attention">
          {props.annule
            ? 'La publication programmée de ce communiqué est annulée : le public ne l’a pas vu.'
            : 'Ce communiqué a été retiré : le public ne le voit plus.'}
        </Alerte>
      ) : null}
      {statut === 'publie' && publieLe !== null ? (
        <p>
          {props.programme
            ? `Ce communiqué est programmé pour le ${instantLong(publieLe)} : il deviendra public à cet instant, avec les décisions qu’il annonce.`
            : `Ce communiqué est public depuis le ${instantLong(publieLe)}.`}{' '}
          {props.programme ? null : (
            <a class="fr-link" href={props.adresse.replace('/prefecture', '')}>
              Voir sa page publique
            </a>
          )}
        </p>
      ) : null}
      {suivi?.corrections && statut === 'brouillon' ? (
        <Alerte ton="attention" titre="Corrections demandées" niveau={2}>
          <p class="maillage-commentaire">{suivi.corrections}</p>
        </Alerte>
      ) : null}
      <div class="fr-grid-row fr-grid-row--gutters">
        <div class="fr-col-12 fr-col-lg-8 maillage-travail">
          {statut === 'brouillon' ? <Redaction {...props} /> : null}
          <Actions {...props} />
        </div>
        <aside class="fr-col-12 fr-col-lg-4" aria-label="Faits et fichiers">
          <Faits {...props} />
        </aside>
      </div>
      <section aria-labelledby="historique">
        <h2 id="historique">Historique</h2>
        <Chronologie
          faits={historique}
          nom="Historique du communiqué"
          vide="Personne n’a encore écrit ce communiqué : son texte est celui que les décisions donnent."
        />
      </section>
    </>
  );
}

function Faits({ communique, totaux, adresse }: PageBrouillonProps) {
  const { liste, avertissements, signature, departement } = communique;
  return (
    <>
      <h2 class="fr-h4">Ce que disent les décisions</h2>
      <p>
        {pluriel(totaux.postes, 'poste', 'postes')} dans{' '}
        {pluriel(totaux.structures, 'structure', 'structures')}, retenus le {dateLongue(communique.seance)}.
      </p>
      <ul class="maillage-faits">
        {liste.lignes.map(({ texte, marque }) => (
          <li key={texte}>
            {texte}
            {marque === null ? null : <em> [{marque}]</em>}
          </li>
        ))}
      </ul>
      <p>
        <a class="fr-link" href={`/prefecture/libelles/${departement.code}`}>
          Relire les libellés publics
        </a>
      </p>
      {avertissements.length === 0 ? null : (
        <Alerte ton="attention" titre="À relire" niveau={3}>
          <ul>
            {avertissements.map((avertissement) => (
              <li key={avertissement}>{avertissement}</li>
            ))}
          </ul>
        </Alerte>
      )}
      <h2 class="fr-h4">Signature</h2>
      <p>
        {signature === null
          ? 'Personne ne signe ce communiqué : aucun signataire n’est enregistré pour sa date.'
          : `${[...signature.avant, signature.nom].join(' ')}${signature.delegation === null ? '' : ` (${signature.delegation})`}`}
      </p>
      <p>
        <a class="fr-link" href={`/prefecture/reglages/${departement.code}`}>
          Réglages de la préfecture
        </a>
      </p>
      <h2 class="fr-h4">Aperçus</h2>
      <p>
        <a class="fr-link" href={`${adresse}/apercu`}>
          Aperçu du communiqué
        </a>
      </p>
      <Telechargements
        fichiers={[
          { texte: 'Le communiqué', href: `${adresse}.pdf`, detail: 'PDF accessible' },
          { texte: 'Le communiqué modifiable', href: `${adresse}.odt`, detail: 'ODT' },
          { texte: 'Le communiqué pour un site', href: `${adresse}.html`, detail: 'HTML' },
        ]}
      />
    </>
  );
}
