import { capitale, euros, liste, nombre, pluriel } from '../../platform/francais/index.ts';
import type { Role } from '../../platform/journal.ts';
import { ChiffresCles } from '../../platform/views/chiffres.tsx';
import { Jauge } from '../../platform/views/jauge.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { Espace } from '../contenu.ts';
import { Partie } from './partie.tsx';

/** The figures of where one looks. */
export function MesChiffres({ role, espace }: { readonly role: Role | undefined; readonly espace: Espace }) {
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
            definition={liste(programme.enveloppeNoms)}
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

/** The départements of a région, with what each received. */
export function MesDepartements({
  departements,
}: {
  readonly departements: NonNullable<Espace['departements']>;
}) {
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

/** The structures that are one’s own. */
export function MesStructures({
  role,
  structures: { total, lignes, suite },
}: {
  readonly role: Role | undefined;
  readonly structures: NonNullable<Espace['structures']>;
}) {
  const sienne = role !== 'instructeur';
  // Who follows a structure has its page, announced or not; others the public one.
  const suivie = role === 'instructeur' || role === 'gestionnaire';
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
              suivie || annoncee ? (
                <a href={suivie ? `/espace/structures/${id}` : `/structures/${id}`}>{capitale(libelle)}</a>
              ) : (
                capitale(libelle)
              ),
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
