import type { SectionDossier } from '../demande/saisie.rules.ts';
import type { Dossier } from '../dossier.ts';

/** Where the files of an application are read. */
const hrefPiece = (candidature: string, fichier: string): string =>
  `/candidatures/${candidature}/pieces/${fichier}`;

/** The answers of an application, step by step. */
export function SectionsLues({
  id,
  sections,
  niveau = 2,
}: {
  readonly id: string;
  readonly sections: readonly SectionDossier[];
  /** Heading level of a section. */
  readonly niveau?: 2 | 3 | 4 | undefined;
}) {
  const Titre = `h${niveau}` as const;
  return (
    <>
      {sections.map(({ titre, lignes }) => (
        <section key={titre}>
          <Titre>{titre}</Titre>
          <dl class="maillage-dossier">
            {lignes.map(({ nom, libelle, valeurs, pieces }) => (
              <div key={nom} class="maillage-dossier__ligne">
                <dt>{libelle}</dt>
                <dd>
                  {valeurs.length === 0 && pieces.length === 0 ? (
                    <span class="maillage-dossier__vide">Pas de réponse</span>
                  ) : null}
                  {valeurs.map((valeur, rang) => (
                    <p key={rang}>{valeur}</p>
                  ))}
                  {pieces.map((piece) => (
                    <p key={piece.id}>
                      <a class="fr-link" href={hrefPiece(id, piece.id)}>
                        {piece.nom}
                      </a>
                    </p>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}

/** An application as it was last submitted. */
export function DossierLu({
  dossier,
  niveau,
}: {
  readonly dossier: Dossier;
  readonly niveau?: 2 | 3 | 4 | undefined;
}) {
  return <SectionsLues id={dossier.id} sections={dossier.sections} niveau={niveau} />;
}
