import type { ComponentChildren } from 'preact';
import {
  capitale,
  dateLongue,
  euros,
  instantLong,
  nombre,
  pluriel,
  quand,
} from '../../platform/francais/index.ts';
import type { Role } from '../../platform/journal.ts';
import { ChiffresCles } from '../../platform/views/chiffres.tsx';
import { Chronologie, type Fait } from '../../platform/views/chronologie.tsx';
import { Jauge } from '../../platform/views/jauge.tsx';
import { Badge, EtatVide } from '../../platform/views/messages.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { Espace } from '../contenu.ts';

export type PageEspaceProps = {
  readonly nom: string;
  readonly role: Role | undefined;
  /** « Instructeur – Aisne » */
  readonly libelleDuRole: string | undefined;
  readonly aujourdhui: string;
  /** All that is new was asked for. */
  readonly toutes?: boolean;
  readonly espace: Espace;
};

/** What to say to each role that nothing waits for. */
const rienAFaire: Readonly<Partial<Record<Role, string>>> = {
  instructeur:
    'Dès que le comité retient une structure de votre territoire, son communiqué est à préparer ici.',
  administrateur: 'Toutes les décisions du comité sont annoncées.',
  gestionnaire: 'Quand une démarche concernera votre structure, elle s’affichera ici avec son échéance.',
  coordinateur: 'Quand une démarche concernera votre équipe, elle s’affichera ici avec son échéance.',
  conseiller: 'Quand une démarche vous concernera, elle s’affichera ici avec son échéance.',
  candidat: 'Vous n’avez aucune démarche en cours.',
  membre_comite: 'Aucune séance n’attend votre avis.',
};

/** The page of whoever is signed in: what waits, what changed, their figures, their structures. */
export function PageEspace(props: PageEspaceProps) {
  const { nom, role, libelleDuRole, aujourdhui, toutes = false, espace } = props;
  return (
    <>
      <h1>Bonjour {nom}</h1>
      {role === undefined ? <SansRole /> : <AFaire role={role} aujourdhui={aujourdhui} espace={espace} />}
      {libelleDuRole === undefined || role === 'candidat' ? null : (
        <Nouveautes role={role} toutes={toutes} espace={espace} />
      )}
      {espace.chiffres === undefined ? null : <MesChiffres role={role} espace={espace} />}
      {espace.departements === undefined ? null : <MesDepartements departements={espace.departements} />}
      {espace.structures === undefined ? null : <MesStructures role={role} structures={espace.structures} />}
      {espace.seances === undefined ? null : <Seances seances={espace.seances} />}
      {espace.vagues === undefined ? null : (
        <Vagues role={role} vagues={espace.vagues} aujourdhui={aujourdhui} />
      )}
      {espace.services === undefined ? null : <Services services={espace.services} />}
    </>
  );
}

function Partie({
  id,
  titre,
  children,
}: {
  readonly id: string;
  readonly titre: string;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="maillage-partie" aria-labelledby={id}>
      <h2 id={id}>{titre}</h2>
      {children}
    </section>
  );
}

function SansRole() {
  return (
    <EtatVide titre="Vous n’avez pas de rôle en ce moment" niveau={2}>
      <p>
        Votre compte existe, mais aucun rôle ne lui est donné, ou le vôtre est terminé. Demandez-en un à la
        personne qui vous a invité : la préfecture de votre département pour une structure, la ou le
        gestionnaire de votre structure pour un conseiller.
      </p>
      <p>
        En attendant, <a href="/">le site public</a> vous est ouvert.
      </p>
    </EtatVide>
  );
}

function AFaire({
  role,
  aujourdhui,
  espace: { aFaire },
}: {
  readonly role: Role;
  readonly aujourdhui: string;
  readonly espace: Espace;
}) {
  return (
    <Partie id="a-faire" titre="Ce qui vous attend">
      {aFaire.length === 0 ? (
        <EtatVide titre="Rien ne vous attend aujourd’hui">{rienAFaire[role]}</EtatVide>
      ) : (
        <ul class="maillage-a-faire">
          {aFaire.map(({ type, texte, href, echeance }) => (
            <li key={type}>
              <a class="fr-link" href={href}>
                {texte}
              </a>{' '}
              {echeance === null ? null : echeance < aujourdhui ? (
                <Badge ton="attention">depuis le {dateLongue(echeance.slice(0, 10))}</Badge>
              ) : (
                <Badge ton="info">pour le {dateLongue(echeance.slice(0, 10))}</Badge>
              )}
            </li>
          ))}
        </ul>
      )}
    </Partie>
  );
}

function Nouveautes({
  role,
  toutes,
  espace: { depuis, annonces, actes, encore },
}: {
  readonly role: Role | undefined;
  readonly toutes: boolean;
  readonly espace: Espace;
}) {
  const faits: readonly (Fait & { date: string })[] = [
    ...annonces.map(({ instant, departement, locatif, seance, decisions, communique }) => ({
      cle: `annonce-${departement}-${seance}`,
      date: instant,
      titre: communique ? (
        <a class="fr-link" href={`/communiques/${departement}/${seance}`}>
          {`Communiqué de la séance du ${dateLongue(seance)} publié ${locatif}`}
        </a>
      ) : (
        <a class="fr-link" href={`/seances/${seance}`}>
          {`Séance du ${dateLongue(seance)} annoncée ${locatif}`}
        </a>
      ),
      texte: pluriel(decisions, 'décision annoncée', 'décisions annoncées'),
    })),
    ...actes.map(({ id, instant, phrase, auteur, objet, departement }) => ({
      cle: `acte-${id}`,
      date: instant,
      titre: phrase,
      texte: (
        <p>
          {objet.href === undefined ? (
            objet.texte
          ) : (
            <a class="fr-link" href={objet.href}>
              {objet.texte}
            </a>
          )}
          {departement === null || objet.texte.includes(departement) ? '' : ` (${departement})`}
        </p>
      ),
      auteur,
    })),
  ].toSorted((left, right) => right.date.localeCompare(left.date));
  return (
    <Partie id="nouveautes" titre="Depuis votre dernière visite">
      {depuis === null ? (
        <p>C’est votre première visite. Voici les dernières annonces.</p>
      ) : (
        <p>Votre dernière visite date du {instantLong(depuis)}.</p>
      )}
      <Chronologie
        faits={faits}
        nom="Ce qui a changé"
        vide={
          depuis === null
            ? 'Rien n’a encore été annoncé ici.'
            : 'Rien n’a changé depuis : ni annonce, ni acte d’une autre personne.'
        }
      />
      {encore && !toutes ? (
        <p>
          <a class="fr-link" href="/espace?nouveautes=toutes#nouveautes">
            Voir aussi ce qui est plus ancien
          </a>
        </p>
      ) : null}
      {role === 'administrateur' ? (
        <p>
          <a class="fr-link" href="/administration/journal">
            Tout le journal
          </a>
        </p>
      ) : null}
    </Partie>
  );
}

function MesChiffres({ role, espace }: { readonly role: Role | undefined; readonly espace: Espace }) {
  const { chiffres, programme } = espace;
  if (chiffres === undefined) return null;
  return (
    <Partie id="chiffres" titre={role === 'administrateur' ? 'Chiffres nationaux' : 'Mes chiffres'}>
      <p>Décisions du comité qui ne sont pas encore annoncées comprises.</p>
      <ChiffresCles
        chiffres={[
          { libelle: 'Structures retenues', valeur: nombre(chiffres.structures) },
          { libelle: 'Postes', valeur: nombre(chiffres.postes) },
          { libelle: 'Engagé par l’État', valeur: euros(chiffres.montant_centimes) },
        ]}
      />
      {programme === undefined ? null : (
        <>
          <Jauge
            titre="Enveloppe nationale"
            valeur={chiffres.montant_centimes}
            maximum={programme.enveloppeMontant}
            valeurTexte={euros(chiffres.montant_centimes)}
            maximumTexte={euros(programme.enveloppeMontant)}
            definition={programme.enveloppeNom}
          />
          <Jauge
            titre="Objectif du programme"
            valeur={chiffres.postes}
            maximum={programme.objectifPostes}
            valeurTexte={pluriel(chiffres.postes, 'poste', 'postes')}
            maximumTexte={pluriel(programme.objectifPostes, 'poste', 'postes')}
          />
        </>
      )}
    </Partie>
  );
}

function MesDepartements({ departements }: { readonly departements: NonNullable<Espace['departements']> }) {
  return (
    <Partie id="departements" titre="Mes départements">
      <Tableau
        legende="Structures et postes retenus, par département"
        lignes={departements}
        cle={({ code }) => code}
        vide="Le comité n’a encore rien retenu dans votre région."
        colonnes={[
          {
            cle: 'nom',
            titre: 'Département',
            entete: true,
            cellule: ({ code, nom }) => <a href={`/departements/${code}`}>{nom}</a>,
          },
          {
            cle: 'structures',
            titre: 'Structures',
            numerique: true,
            cellule: ({ structures }) => nombre(structures),
          },
          { cle: 'postes', titre: 'Postes', numerique: true, cellule: ({ postes }) => nombre(postes) },
        ]}
      />
    </Partie>
  );
}

function MesStructures({
  role,
  structures: { total, lignes, suite },
}: {
  readonly role: Role | undefined;
  readonly structures: NonNullable<Espace['structures']>;
}) {
  const sienne = role !== 'instructeur';
  const titre = !sienne
    ? 'Mes structures'
    : role === 'coordinateur'
      ? 'La structure de mon équipe'
      : 'Ma structure';
  const avecLieux = lignes.some(({ lieux }) => lieux.length > 0);
  return (
    <Partie id="structures" titre={titre}>
      <Tableau
        legende={
          sienne
            ? titre
            : `${pluriel(total, 'structure retenue', 'structures retenues')}${total > lignes.length ? `, ${nombre(lignes.length)} montrées` : ''}`
        }
        legendeMasquee={sienne}
        lignes={lignes}
        cle={({ id }) => id}
        vide={
          sienne
            ? 'Votre rôle n’est rattaché à aucune structure. Parlez-en à la personne qui vous l’a donné.'
            : 'Le comité n’a encore retenu aucune structure sur votre territoire.'
        }
        colonnes={[
          {
            cle: 'libelle',
            titre: 'Structure',
            entete: true,
            cellule: ({ id, libelle, annoncee }) =>
              annoncee ? <a href={`/structures/${id}`}>{capitale(libelle)}</a> : capitale(libelle),
          },
          { cle: 'commune', titre: 'Commune', cellule: ({ commune }) => commune ?? '' },
          { cle: 'postes', titre: 'Postes', numerique: true, cellule: ({ postes }) => nombre(postes) },
          ...(role === 'conseiller'
            ? []
            : [
                {
                  cle: 'montant',
                  titre: 'Financement de l’État',
                  numerique: true,
                  cellule: ({ montant }: { montant: number }) => euros(montant),
                },
              ]),
          ...(avecLieux
            ? [
                {
                  cle: 'lieux',
                  titre: 'Lieux',
                  cellule: ({ lieux }: { lieux: readonly string[] }) => lieux.map(capitale).join(', '),
                },
              ]
            : []),
          ...(sienne
            ? []
            : [
                {
                  cle: 'annonce',
                  titre: 'Annonce',
                  cellule: ({ annoncee }: { annoncee: boolean }) => (annoncee ? 'annoncée' : 'à annoncer'),
                },
              ]),
        ]}
      />
      {suite === undefined || total === 0 ? null : (
        <p>
          <a class="fr-link" href={suite}>
            Chercher et télécharger la liste publique
          </a>
        </p>
      )}
    </Partie>
  );
}

function Seances({ seances }: { readonly seances: NonNullable<Espace['seances']> }) {
  return (
    <Partie id="seances" titre="Séances du comité">
      {seances.some(({ publiques }) => publiques === 0) ? (
        <p>La page d’une séance s’ouvre quand ses premières décisions sont annoncées.</p>
      ) : null}
      <Tableau
        legende="Séances et décisions"
        legendeMasquee
        lignes={seances}
        cle={({ date }) => date}
        vide="Aucune séance n’est enregistrée."
        colonnes={[
          {
            cle: 'date',
            titre: 'Séance',
            entete: true,
            cellule: ({ date, publiques }) =>
              publiques > 0 ? <a href={`/seances/${date}`}>{dateLongue(date)}</a> : dateLongue(date),
          },
          { cle: 'rang', titre: 'Vague', cellule: ({ rang }) => (rang === null ? '' : nombre(rang)) },
          {
            cle: 'decisions',
            titre: 'Décisions',
            numerique: true,
            cellule: ({ decisions }) => nombre(decisions),
          },
          {
            cle: 'publiques',
            titre: 'Annoncées',
            numerique: true,
            cellule: ({ publiques }) => (publiques === 0 ? 'pas encore' : nombre(publiques)),
          },
        ]}
      />
    </Partie>
  );
}

function Vagues({
  role,
  vagues,
  aujourdhui,
}: {
  readonly role: Role | undefined;
  readonly vagues: NonNullable<Espace['vagues']>;
  readonly aujourdhui: string;
}) {
  const faits: readonly Fait[] = vagues.flatMap(({ id, nom, ouvreLe, ouverturePrecision, fermeLe }) => [
    ...(ouvreLe === null
      ? []
      : [
          {
            cle: `${id}-ouverture`,
            date: ouverturePrecision === 'mois' ? ouvreLe.slice(0, 7) : ouvreLe,
            titre: `Ouverture : ${nom}`,
            aVenir: ouvreLe > aujourdhui,
          },
        ]),
    ...(fermeLe === null
      ? []
      : [
          {
            cle: `${id}-fermeture`,
            date: fermeLe,
            titre: `Clôture : ${nom}`,
            aVenir: fermeLe > aujourdhui,
          },
        ]),
  ]);
  const prochaines = faits.filter(({ aVenir }) => aVenir);
  const passees = faits.filter(({ aVenir }) => aVenir !== true);
  const [prochaine] = prochaines;
  return (
    <>
      <Partie id="suite" titre="Ce qui vient ensuite">
        {role === 'candidat' ? (
          <p>
            {prochaine === undefined
              ? 'Aucune date à venir n’est annoncée. Les structures retenues cherchent leurs conseillers : voyez celles qui sont près de chez vous.'
              : `Prochaine date : ${quand(prochaine.date)}.`}{' '}
            <a class="fr-link" href="/recherche">
              Chercher une structure près de chez moi
            </a>
          </p>
        ) : null}
        {prochaines.length === 0 && role === 'candidat' ? null : (
          <Chronologie
            faits={prochaines}
            nom="Dates à venir du programme"
            vide="Aucune date à venir n’est annoncée."
          />
        )}
      </Partie>
      {passees.length === 0 ? null : (
        <Partie id="passe" titre="Dates passées">
          <Chronologie faits={passees} nom="Dates passées du programme" vide="" />
        </Partie>
      )}
    </>
  );
}

function Services({ services }: { readonly services: NonNullable<Espace['services']> }) {
  return (
    <Partie id="service" titre="Le service">
      <ul class="maillage-a-faire">
        {services.map(({ nom, texte, alerte, href }) => (
          <li key={nom}>
            <strong>{href === undefined ? nom : <a href={href}>{nom}</a>}</strong> : {texte}
            {alerte ? (
              <>
                {' '}
                <Badge ton="attention">à voir</Badge>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </Partie>
  );
}
