import { dateLongue, euros, nombre, pluriel } from '../../../platform/francais/index.ts';
import { ChampSaisie, ChoixUnique, ListeChoix, ZoneTexte } from '../../../platform/views/champs.tsx';
import { Confirmation } from '../../../platform/views/confirmation.tsx';
import { Alerte, Badge } from '../../../platform/views/messages.tsx';
import { Tableau } from '../../../platform/views/tableau.tsx';
import type { Dossier } from '../../dossier.ts';
import { DossierLu } from '../../views/dossier.tsx';
import type { AvisLu, Critere, DecisionLue, DossierDeSeance, Propose, Voisins } from '../dossiers.store.ts';
import { nomsDesResultats, noteMaximale, resultats } from '../rules.ts';
import type { Seance } from '../seances.store.ts';
import { Cadre, nomDeSeance, tientLaSeance, type Vu } from './cadre.tsx';

/** What the State would pay under a régime; a sentence where it cannot be told. */
export type Budget = {
  readonly mode: 'forfait' | 'taux';
  readonly parPoste: number | null;
  readonly raison: string | null;
};

export type NotesDeMembre = {
  readonly membre: string;
  readonly score: number;
  readonly notes: Readonly<Record<string, number>>;
};

export type DossierProps = {
  readonly seance: Seance;
  readonly dossier: DossierDeSeance;
  /** Its state, in words. */
  readonly etat: string;
  readonly avis: readonly AvisLu[];
  /** The whole application, as it was last submitted. */
  readonly lu: Dossier;
  /** What the proposals of the session give it. */
  readonly proposes: readonly Propose[];
  readonly criteres: readonly Critere[];
  readonly notes: readonly NotesDeMembre[];
  readonly score: number | null;
  readonly miennes: Readonly<Record<string, string>>;
  readonly budgets: readonly Budget[];
  readonly decision: DecisionLue | undefined;
  readonly voisins: Voisins;
  readonly administrateur: boolean;
  readonly vu: Vu;
};

const regimes = { forfait: 'Forfait', taux: 'Taux' } as const;
const niveaux = { departement: 'Préfecture de département', region: 'Préfecture de région' } as const;
const points = (score: number): string => `${nombre(score, 1)} sur 100`;

function Avis({ avis, principal }: { readonly avis: AvisLu; readonly principal: boolean }) {
  return (
    <>
      <p>
        <Badge ton={avis.favorable ? 'succes' : 'attention'}>
          {avis.favorable ? 'Favorable' : 'Défavorable'}
        </Badge>{' '}
        {principal ? '' : `${niveaux[avis.niveau]}, `}
        {dateLongue(avis.renduLe)}
        {avis.favorable ? `, ${pluriel(avis.postes, 'poste proposé', 'postes proposés')}` : ''}
      </p>
      <p class="maillage-commentaire">{avis.commentaire}</p>
    </>
  );
}

function Candidature({ dossier, lu, budgets }: Pick<DossierProps, 'dossier' | 'lu' | 'budgets'>) {
  return (
    <section aria-labelledby="candidature">
      <h2 id="candidature">Candidature</h2>
      {dossier.aVerifier ? (
        <Alerte ton="attention">
          L’annuaire des entreprises n’a pas encore confirmé cette structure&nbsp;: elle ne peut pas être
          retenue.
        </Alerte>
      ) : null}
      <p>
        {dossier.structure}, {dossier.commune ?? 'commune inconnue'}
        {dossier.departementNom === null ? '' : `, ${dossier.departementNom}`}. Déposée le{' '}
        {dateLongue(dossier.deposeeLe)}.
        {dossier.prioritaire && dossier.bonus > 0
          ? ` Elle porte un label prioritaire de la vague\u00a0: bonus de ${dossier.bonus}\u00a0%.`
          : ''}
      </p>
      <DossierLu dossier={lu} niveau={3} />
      <Tableau
        legende="Ce que l’État engagerait"
        colonnes={[
          { cle: 'mode', titre: 'Régime', cellule: ({ mode }) => regimes[mode] },
          {
            cle: 'poste',
            titre: 'Pour un poste',
            cellule: ({ parPoste, raison }) => (parPoste === null ? raison : euros(parPoste)),
          },
          {
            cle: 'total',
            titre: 'Pour les postes demandés',
            cellule: ({ parPoste }) => (parPoste === null ? '' : euros(parPoste * dossier.postesDemandes)),
          },
        ]}
        lignes={budgets}
        cle={({ mode }) => mode}
        vide="Aucun régime n’est ouvert dans cette vague."
      />
    </section>
  );
}

function Notes(props: DossierProps) {
  const { seance, dossier, criteres, notes, score, miennes, vu } = props;
  const peut = seance.fonction !== null && seance.statut !== 'close' && dossier.statut === 'instruite';
  return (
    <section aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <p>{score === null ? 'Personne n’a encore noté ce dossier.' : `Score du comité : ${points(score)}.`}</p>
      {notes.length === 0 ? null : (
        <Tableau
          legende="Notes de chaque membre"
          colonnes={[
            { cle: 'membre', titre: 'Membre', cellule: ({ membre }) => membre },
            ...criteres.map((critere) => ({
              cle: critere.id,
              titre: critere.libelle,
              numerique: true,
              cellule: (ligne: NotesDeMembre) => ligne.notes[critere.id]?.toString() ?? '–',
            })),
            {
              cle: 'score',
              titre: 'Score',
              cellule: (ligne: NotesDeMembre) => {
                const notees = criteres.filter(({ id }) => ligne.notes[id] !== undefined).length;
                return notees === criteres.length
                  ? points(ligne.score)
                  : `${points(ligne.score)}, sur ${pluriel(notees, 'critère noté', 'critères notés')} de ${criteres.length}`;
              },
            },
          ]}
          lignes={notes}
          cle={({ membre }) => membre}
          vide=""
        />
      )}
      {peut ? (
        <form method="post" action={`/comite/${seance.id}/dossiers/${dossier.id}/notes`} novalidate>
          <h3>Vos notes</h3>
          {criteres.map((critere) => (
            <ListeChoix
              key={critere.id}
              nom={`note_${critere.id}`}
              libelle={`${critere.libelle} (poids ${critere.poids})`}
              {...(critere.aide === null ? {} : { indication: critere.aide })}
              invite="Sans note"
              largeur="courte"
              valeur={miennes[critere.id]}
              erreurs={vu.erreurs}
              choix={Array.from({ length: noteMaximale + 1 }, (_, note) => ({
                valeur: String(note),
                libelle: String(note),
              }))}
            />
          ))}
          <button class="fr-btn fr-btn--secondary" type="submit">
            Enregistrer vos notes
          </button>
        </form>
      ) : null}
    </section>
  );
}

const decisionEnMots = ({ resultat, postes, mode, montant, rang }: DecisionLue): string =>
  resultat === 'retenue'
    ? `Retenue avec ${pluriel(postes, 'poste', 'postes')}${mode === null ? '' : `, au régime « ${regimes[mode].toLowerCase()} »`}${montant === null ? '' : `, pour ${euros(montant)}`}`
    : resultat === 'liste_attente'
      ? `Sur liste d’attente, au rang ${rang}`
      : nomsDesResultats[resultat];

function Decision({ seance, dossier, etat, avis, decision, administrateur, vu }: DossierProps) {
  const decide = seance.statut === 'ouverte' && tientLaSeance(seance.fonction, administrateur);
  const base = `/comite/${seance.id}/dossiers/${dossier.id}`;
  const propose = avis.find(({ niveau }) => niveau === dossier.avisNiveau);
  const valeur = (nom: string, defaut: string): string => vu.saisie?.[nom] ?? defaut;
  return (
    <section aria-labelledby="decision">
      <h2 id="decision">Décision</h2>
      {decision === undefined ? (
        <p>
          {seance.statut === 'preparation'
            ? 'La séance n’est pas encore ouverte : rien ne se décide avant.'
            : 'Rien n’est encore décidé.'}
        </p>
      ) : (
        <>
          <p>
            <strong>{decisionEnMots(decision)}</strong>
            {decision.par === null ? '' : `, enregistrée par ${decision.par}`}.
          </p>
          {decision.motif === null ? null : <p class="maillage-commentaire">{decision.motif}</p>}
          {seance.statut === 'close' && dossier.statut !== decision.resultat ? (
            <p>
              Depuis la clôture, elle a changé : la candidature est « {etat} ».{' '}
              <a class="fr-link" href={`/comite/${seance.id}/suites`}>
                Voir les suites de la séance
              </a>
            </p>
          ) : null}
        </>
      )}
      {decide && decision !== undefined ? (
        <form class="maillage-acte-simple" method="post" action={`${base}/annuler`}>
          <input type="hidden" name="version" value={decision.version} />
          <button class="fr-btn fr-btn--secondary" type="submit">
            Annuler cette décision
          </button>
        </form>
      ) : null}
      {decide && dossier.statut === 'instruite' ? (
        <form method="post" action={`${base}/decision`} novalidate>
          <input type="hidden" name="version" value={decision?.version ?? 0} />
          <ChoixUnique
            nom="resultat"
            libelle={decision === undefined ? 'Décider' : 'Changer la décision'}
            obligatoire
            valeur={valeur('resultat', decision?.resultat ?? '')}
            erreurs={vu.erreurs}
            choix={resultats.map((resultat) => ({
              valeur: resultat,
              libelle: nomsDesResultats[resultat],
            }))}
          />
          <ChampSaisie
            nom="postes"
            libelle="Postes accordés"
            indication={`Si la candidature est retenue. ${pluriel(dossier.postesDemandes, 'poste demandé', 'postes demandés')}${propose?.favorable ? `, ${pluriel(propose.postes, 'proposé', 'proposés')} par la préfecture` : ''}.`}
            type="entier"
            valeur={valeur('postes', String(decision?.postes || propose?.postes || dossier.postesDemandes))}
            erreurs={vu.erreurs}
          />
          {dossier.regimes.length > 1 ? (
            <ChoixUnique
              nom="mode"
              libelle="Régime"
              valeur={valeur('mode', decision?.mode ?? dossier.regime)}
              erreurs={vu.erreurs}
              choix={dossier.regimes.map((mode) => ({ valeur: mode, libelle: regimes[mode] }))}
            />
          ) : null}
          <ZoneTexte
            nom="motif"
            libelle="Motif"
            indication="Obligatoire pour refuser ou ajourner. Écrit dans la lettre à la structure."
            lignes={4}
            longueur={3000}
            valeur={valeur('motif', decision?.motif ?? '')}
            erreurs={vu.erreurs}
          />
          <ChampSaisie
            nom="rang"
            libelle="Rang sur la liste d’attente"
            indication="Vide : le rang suivant."
            type="entier"
            valeur={valeur('rang', decision?.rang === null ? '' : String(decision?.rang ?? ''))}
            erreurs={vu.erreurs}
          />
          <div class="maillage-actions">
            <button class="fr-btn" type="submit">
              Enregistrer la décision
            </button>
            <button class="fr-btn fr-btn--secondary" type="submit" name="suite" value="suivant">
              Enregistrer et passer au suivant
            </button>
          </div>
        </form>
      ) : null}
    </section>
  );
}

function Propositions({ seance, proposes }: Pick<DossierProps, 'seance' | 'proposes'>) {
  if (proposes.length === 0) return null;
  return (
    <section aria-labelledby="propositions">
      <h2 id="propositions">Propositions de répartition</h2>
      <p>Calculées par la machine&nbsp;: elles éclairent le comité et ne décident rien.</p>
      <Tableau
        legende="Postes que donne chaque proposition"
        legendeMasquee
        colonnes={[
          {
            cle: 'nom',
            titre: 'Proposition',
            entete: true,
            cellule: ({ id, nom }) => <a href={`/comite/${seance.id}/propositions/${id}`}>{nom}</a>,
          },
          { cle: 'postes', titre: 'Postes', numerique: true, cellule: ({ postes }) => nombre(postes) },
        ]}
        lignes={proposes}
        cle={({ id }) => id}
        vide=""
      />
    </section>
  );
}

/** The reading sheet of a file. */
export function PageDossier(props: DossierProps) {
  const { seance, dossier, avis, voisins, administrateur, vu } = props;
  const base = `/comite/${seance.id}`;
  const principal = avis.find(({ niveau }) => niveau === dossier.avisNiveau);
  const autres = avis.filter((un) => un !== principal);
  return (
    <Cadre
      seance={seance}
      onglet={null}
      administrateur={administrateur}
      vu={vu}
      titre={`Candidature n°\u00a0${dossier.numero}\u00a0: ${dossier.structure}`}
    >
      <p class="maillage-actions">
        {voisins.precedent === null ? null : (
          <a class="fr-link" href={`${base}/dossiers/${voisins.precedent}`}>
            Dossier précédent
          </a>
        )}
        {voisins.suivant === null ? null : (
          <a class="fr-link" href={`${base}/dossiers/${voisins.suivant}`}>
            Dossier suivant
          </a>
        )}
        <a class="fr-link" href={`${base}/decisions`}>
          {nomDeSeance(seance)}
        </a>
        <a class="fr-link" href="#notes">
          Aller aux notes
        </a>
        <a class="fr-link" href="#decision">
          Aller à la décision
        </a>
      </p>
      <Candidature {...props} />
      <section aria-labelledby="avis">
        <h2 id="avis">Avis de la {niveaux[dossier.avisNiveau].toLowerCase()}</h2>
        {principal === undefined ? <p>Pas encore d’avis.</p> : <Avis avis={principal} principal />}
        {autres.length === 0 ? null : (
          <details>
            <summary>{pluriel(autres.length, 'autre avis', 'autres avis')}</summary>
            {autres.map((un) => (
              <Avis key={un.id} avis={un} principal={false} />
            ))}
          </details>
        )}
      </section>
      <Notes {...props} />
      <Propositions {...props} />
      <Decision {...props} />
      {seance.fonction !== null && seance.statut !== 'close' ? (
        <p>
          <a class="fr-link" href={`${base}/dossiers/${dossier.id}/conflit`}>
            Déclarer un conflit d’intérêts sur ce dossier
          </a>
        </p>
      ) : null}
    </Cadre>
  );
}

/** Asks before a conflict is declared: nobody but an administrator lifts it. */
export function PageConflit({
  seance,
  dossier,
  vu,
}: {
  readonly seance: Seance;
  readonly dossier: DossierDeSeance;
  readonly vu: Vu;
}) {
  const adresse = `/comite/${seance.id}/dossiers/${dossier.id}`;
  return (
    <Cadre
      seance={seance}
      onglet={null}
      administrateur={false}
      vu={vu}
      titre={`Conflit d’intérêts : ${dossier.structure}`}
    >
      <Confirmation
        id="conflit"
        titre="Déclarer un conflit d’intérêts sur ce dossier ?"
        effets={[
          'vous ne verrez plus rien de ce dossier, ni ce qui en est décidé\u00a0;',
          'vous ne votez pas sur lui ; vos notes sur lui sont effacées\u00a0;',
          'le procès-verbal dira que vous n’avez pas pris part à son examen\u00a0;',
          'seul un administrateur peut lever ce conflit.',
        ]}
        action={`${adresse}/conflit`}
        bouton="Déclarer le conflit d’intérêts"
        renoncer={{ texte: 'Revenir au dossier', href: adresse }}
      >
        <ZoneTexte
          nom="motif"
          libelle="Ce qui vous lie à cette structure"
          indication="Lu par les administrateurs seulement."
          obligatoire
          lignes={3}
          longueur={1000}
          valeur={vu.saisie?.['motif']}
          erreurs={vu.erreurs}
        />
      </Confirmation>
    </Cadre>
  );
}
