import type { ComponentChildren } from 'preact';
import { liste, nombre, pluriel, pourcentage } from '../../../platform/francais/index.ts';
import type { Evenement } from '../../../platform/historique.ts';
import { ActeFait } from '../../../platform/views/confirmation.tsx';
import { Historique } from '../../../platform/views/historique.tsx';
import { ListeLiens } from '../../../platform/views/liens.tsx';
import { Alerte } from '../../../platform/views/messages.tsx';
import type { Manque } from '../coherence.rules.ts';
import { genres } from '../formulaire.rules.ts';
import {
  type ChampVague,
  type EtatMontre,
  momentDeVague,
  partDuPoids,
  type Section,
  sections,
} from '../rules.ts';
import type { SeanceDeVague } from '../seances.store.ts';
import type { VagueLue } from '../store.ts';
import { EtatDeVague, LienDeSeance, Moment, type NomsDeTerritoires } from './parts.tsx';

const faits: Readonly<Record<string, string>> = {
  creee: 'La vague est en préparation. Complétez chaque partie, puis publiez-la.',
  enregistree: 'La modification est enregistrée.',
  publiee: 'La vague est publiée. Elle s’ouvrira et se fermera d’elle-même.',
  reportee: 'La clôture est reportée.',
  annulee: 'La vague est annulée.',
};
const publieeClose = 'La vague est publiée. Sa clôture est passée\u00a0: personne ne peut y candidater.';
export const codesFaits = Object.keys(faits);

export type PageVagueProps = {
  readonly adresse: string;
  readonly vague: VagueLue;
  readonly etat: EtatMontre;
  readonly seances: readonly SeanceDeVague[];
  /** Posts retained, in closed sessions and imported selections. */
  readonly retenus: number;
  readonly manques: readonly Manque[];
  readonly figes: Readonly<Partial<Record<ChampVague, string>>>;
  readonly noms: NomsDeTerritoires;
  readonly regions: NomsDeTerritoires;
  readonly codes: readonly string[];
  readonly fait: string | undefined;
  readonly evenements: readonly Evenement[];
};

/** A wave: each part in short, what is missing, what may still be done, and what was. */
export function PageVague(props: PageVagueProps) {
  const { adresse, vague, etat, manques, fait, evenements } = props;
  return (
    <>
      <h1>{vague.nom}</h1>
      {fait === undefined || faits[fait] === undefined ? null : (
        <ActeFait>{fait === 'publiee' && etat === 'close' ? publieeClose : faits[fait]}</ActeFait>
      )}
      <p>
        <EtatDeVague etat={etat} /> Vague {nombre(vague.rang)}
        {vague.statut === 'publiee'
          ? `, ${pluriel(vague.comptees, 'candidature déposée', 'candidatures déposées')}, ${pluriel(vague.brouillons, 'brouillon', 'brouillons')}.`
          : '.'}
      </p>
      {vague.statut === 'preparation' ? <Manques manques={manques} adresse={adresse} /> : null}
      <Gestes {...props} />
      <Parties {...props} />
      <Seances {...props} />
      <section aria-labelledby="historique">
        <h2 id="historique">Historique</h2>
        <Historique evenements={evenements} nom="Historique de la vague" vide="Rien n’a encore été fait." />
      </section>
    </>
  );
}

function Manques({ manques, adresse }: Pick<PageVagueProps, 'manques' | 'adresse'>) {
  return manques.length === 0 ? (
    <Alerte ton="succes" titre="La vague est prête à être publiée" niveau={2}>
      <p>Relisez l’aperçu du formulaire, puis publiez-la. Jusque-là, personne d’autre ne la voit.</p>
    </Alerte>
  ) : (
    <Alerte ton="info" titre="Avant de publier, il manque" niveau={2}>
      <ul>
        {manques.map(({ section, texte, regimes }) => (
          <li key={texte}>
            {texte} (<a href={`${adresse}/${section}`}>{sections[section].titre}</a>
            {regimes ? (
              <>
                {' '}
                ou <a href="/administration/regimes">Régimes</a>
              </>
            ) : null}
            )
          </li>
        ))}
      </ul>
    </Alerte>
  );
}

function Gestes({ adresse, vague, seances }: PageVagueProps) {
  // A draft that nothing hangs on leaves no trace but in the journal.
  const supprimable =
    vague.statut === 'preparation' && seances.length === 0 && vague.deposees + vague.brouillons === 0;
  const liens = [
    { texte: 'Voir comme un candidat', href: `${adresse}/apercu` },
    ...(vague.statut === 'preparation'
      ? [{ texte: 'Publier la vague', href: `${adresse}/publier` }]
      : [{ texte: 'Suivre la vague', href: `/suivi/vagues?vague=${vague.id}` }]),
    ...(vague.statut === 'publiee' && vague.fermeLe !== null
      ? [{ texte: 'Reporter la clôture', href: `${adresse}/prolonger` }]
      : []),
    ...(vague.statut === 'annulee'
      ? []
      : supprimable
        ? [{ texte: 'Supprimer la vague', href: `${adresse}/supprimer` }]
        : [{ texte: 'Annuler la vague', href: `${adresse}/annuler` }]),
  ];
  return <ListeLiens liens={liens} nom="Ce que vous pouvez faire" />;
}

const etatsDeSeance = { preparation: 'en préparation', ouverte: 'ouverte', close: 'close' } as const;

/** The sessions that decide on it, and where one is prepared. */
function Seances({ vague, seances }: PageVagueProps) {
  const { fermeLe } = vague;
  const avant = seances.filter(
    ({ statut, date }) =>
      vague.statut !== 'annulee' && statut !== 'close' && fermeLe !== null && date <= fermeLe,
  );
  return (
    <section aria-labelledby="seances">
      <h2 id="seances">Séances du comité</h2>
      {avant.length === 0 ? null : (
        <Alerte ton="attention">
          {avant.length === 1
            ? 'Une séance se tient avant la clôture de la vague\u00a0: les candidatures qui arrivent ensuite n’y seront pas décidées.'
            : 'Des séances se tiennent avant la clôture de la vague\u00a0: les candidatures qui arrivent ensuite n’y seront pas décidées.'}
        </Alerte>
      )}
      {seances.length === 0 ? (
        <p>Aucune séance n’est préparée.</p>
      ) : (
        <ul>
          {seances.map((seance) => (
            <li key={seance.id}>
              <LienDeSeance seance={seance} />
              {seance.numero === null ? null : `, ${etatsDeSeance[seance.statut]}`}
            </li>
          ))}
        </ul>
      )}
      {vague.statut !== 'publiee' ? null : (
        <p>
          <a class="fr-link" href={`/comite/nouvelle?vague=${vague.id}`}>
            Préparer une séance
          </a>
        </p>
      )}
    </section>
  );
}

function Partie({
  cle,
  props,
  children,
}: {
  readonly cle: Section;
  readonly props: PageVagueProps;
  readonly children: ComponentChildren;
}) {
  const { titre, champs } = sections[cle];
  const fige = champs.every((champ: ChampVague) => props.figes[champ] !== undefined);
  return (
    <section aria-labelledby={cle}>
      <h2 id={cle}>{titre}</h2>
      {children}
      {fige ? (
        <p>Cette partie ne change plus. {props.figes[champs[0]]}</p>
      ) : (
        <p>
          <a class="fr-link" href={`${props.adresse}/${cle}`}>
            Modifier<span class="fr-sr-only">{`\u00a0: ${titre}`}</span>
          </a>
        </p>
      )}
    </section>
  );
}

const rien = 'Pas encore écrit.';

function Parties(props: PageVagueProps) {
  const { vague, noms, regions, codes } = props;
  return (
    <>
      <Partie cle="identite" props={props}>
        <dl class="maillage-fiche">
          <Ligne titre="Enveloppe">{vague.enveloppeNom ?? rien}</Ligne>
          <Ligne titre="Objectif">
            {vague.objectifPostes === null ? rien : pluriel(vague.objectifPostes, 'poste', 'postes')}
            {vague.postesDecides > 0 ? `, dont ${nombre(vague.postesDecides)} déjà décidés` : ''}
          </Ligne>
          {props.retenus === 0 ? null : (
            <Ligne titre="Postes retenus">
              {nombre(props.retenus)}, séances closes et sélections importées
            </Ligne>
          )}
          <Ligne titre="Régimes">{liste(vague.regimes)}</Ligne>
          <Ligne titre="Coordinateurs">
            {vague.coordinateurs ? 'peuvent être demandés' : 'ne peuvent pas être demandés'}
          </Ligne>
          <Ligne titre="Présentation">{vague.presentation ?? rien}</Ligne>
        </dl>
      </Partie>
      <Partie cle="calendrier" props={props}>
        {vague.ouvreLe === null ? (
          <p>Le jour d’ouverture n’est pas encore écrit.</p>
        ) : (
          <Moment
            avant="Ouverture"
            moment={momentDeVague(vague.ouvreLe, vague.ouvreHeure, vague.heureLocale, codes)}
            noms={noms}
          />
        )}
        {vague.fermeLe === null ? (
          <p>Le jour de clôture n’est pas encore écrit.</p>
        ) : (
          <Moment
            avant="Clôture"
            moment={momentDeVague(vague.fermeLe, vague.fermeHeure, vague.heureLocale, codes)}
            noms={noms}
          />
        )}
      </Partie>
      <Partie cle="territoires" props={props}>
        <dl class="maillage-fiche">
          <Ligne titre="Départements ouverts">
            {vague.departements.length === 0
              ? 'tous'
              : liste(vague.departements.map((code) => noms[code] ?? code))}
          </Ligne>
          <Ligne titre="Avis qui compte">
            {vague.avisNiveau === 'region'
              ? 'celui de la préfecture de région'
              : 'celui de la préfecture du département'}
          </Ligne>
          <Ligne titre="Minimum">
            {vague.minimumDepartement === 0
              ? 'aucun'
              : `${pluriel(vague.minimumDepartement, 'poste', 'postes')} par département`}
          </Ligne>
        </dl>
      </Partie>
      <Partie cle="quotas" props={props}>
        {vague.quotas.length === 0 ? (
          <p>Aucun quota.</p>
        ) : (
          <ul>
            {vague.quotas.map(({ id, departement, region, minimum, maximum }) => (
              <li key={id}>
                {departement === null ? `région ${regions[region ?? ''] ?? ''}` : noms[departement]}
                {`\u00a0: ${minimum === 0 ? 'pas de minimum' : `au moins ${nombre(minimum)}`}, ${maximum === null ? 'pas de maximum' : `au plus ${nombre(maximum)}`}`}
                {` (${pluriel(vague.decidesParQuota[id ?? ''] ?? 0, 'poste décidé', 'postes décidés')})`}
              </li>
            ))}
          </ul>
        )}
      </Partie>
      <Partie cle="criteres" props={props}>
        {vague.criteres.length === 0 ? (
          <p>Aucun critère.</p>
        ) : (
          <ol>
            {vague.criteres.map(({ id, libelle, poids }) => (
              <li key={id}>
                {libelle}&nbsp;: poids {nombre(poids)}, soit {pourcentage(partDuPoids(poids, vague.criteres))}
              </li>
            ))}
          </ol>
        )}
      </Partie>
      <Partie cle="priorites" props={props}>
        <p>
          {vague.priorites.length === 0
            ? 'Aucune priorité.'
            : `${liste(vague.priorites)}\u00a0: ${pourcentage(vague.bonusPriorite)} de plus sur la note.`}
        </p>
      </Partie>
      <Partie cle="questions" props={props}>
        {vague.questions.length === 0 ? (
          <p>Aucune question au-delà du formulaire commun.</p>
        ) : (
          <ol>
            {vague.questions.map(({ id, libelle, genre, obligatoire }) => (
              <li key={id}>
                {libelle} ({genres[genre].toLowerCase()}, {obligatoire ? 'obligatoire' : 'facultatif'})
              </li>
            ))}
          </ol>
        )}
      </Partie>
    </>
  );
}

function Ligne({ titre, children }: { readonly titre: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{titre}</dt>
      <dd>{children}</dd>
    </div>
  );
}
