import type { SectionDossier } from '../demande/saisie.rules.ts';
import type { Dossier } from '../dossier.ts';

/** Where the files of an application are read. */
const hrefPiece = (candidature: string, fichier: string): string =>
  `/candidatures/${candidature}/pieces/${fichier}`;

function Modifier({ titre, href }: { readonly titre: string; readonly href: string | undefined }) {
  return href === undefined ? null : (
    <p>
      <a class="fr-link" href={href}>
        Modifier<span class="fr-sr-only">{`\u00a0: ${titre}`}</span>
      </a>
    </p>
  );
}

/** The answers of an application, step by step. */
export function SectionsLues({
  id,
  sections,
  niveau = 2,
  modifier,
}: {
  readonly id: string;
  readonly sections: readonly SectionDossier[];
  /** Heading level of a section. */
  readonly niveau?: 2 | 3 | 4 | undefined;
  /** Where the answers of a section are changed, by its title. */
  readonly modifier?: ((titre: string) => string | undefined) | undefined;
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
          <Modifier titre={titre} href={modifier?.(titre)} />
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
