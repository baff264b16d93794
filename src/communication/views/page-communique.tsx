import { pluriel } from '../../platform/francais/index.ts';
import { Telechargements } from '../../platform/views/liens.tsx';
import { Alerte } from '../../platform/views/messages.tsx';
import { ArticleCommunique } from '../formats/html.tsx';
import type { Communique } from '../rules.ts';

type Totaux = { readonly structures: number; readonly postes: number };

export type PageCommuniqueProps = {
  readonly communique: Communique;
  /** The figures as they were announced; null for a communiqué of before they were kept. */
  readonly publies: Totaux | null;
  readonly totaux: Totaux;
  /** Address of the page: its files hang on it. */
  readonly adresse: string;
};

const ecrire = ({ structures, postes }: Totaux): string =>
  `${pluriel(postes, 'poste', 'postes')} dans ${pluriel(structures, 'structure', 'structures')}`;

/** The communiqué as published, with its files; says so when figures have changed since. */
export function PageCommunique({ communique, publies, totaux, adresse }: PageCommuniqueProps) {
  const changed =
    publies !== null && (publies.structures !== totaux.structures || publies.postes !== totaux.postes);
  return (
    <>
      {changed && publies !== null ? (
        <Alerte ton="info" titre="Chiffres mis à jour depuis l’annonce" niveau={2}>
          <p>
            Ce communiqué annonçait {ecrire(publies)}. Les décisions ont changé depuis : il en compte
            maintenant {ecrire(totaux)}.
          </p>
        </Alerte>
      ) : null}
      <div class="fr-grid-row fr-grid-row--gutters">
        <div class="fr-col-12 fr-col-lg-8">
          <ArticleCommunique communique={communique} logo={`${adresse}.logo`} />
        </div>
        <section class="fr-col-12 fr-col-lg-4" aria-labelledby="fichiers">
          <h2 id="fichiers" class="fr-h3">
            Télécharger
          </h2>
          <Telechargements
            fichiers={[
              { texte: 'Le communiqué', href: `${adresse}.pdf`, detail: 'PDF accessible' },
              { texte: 'Le communiqué modifiable', href: `${adresse}.odt`, detail: 'ODT' },
              { texte: 'La liste des structures retenues', href: `${adresse}.csv`, detail: 'CSV' },
              {
                texte: 'Le dossier de presse',
                href: `${adresse}.zip`,
                detail: 'ZIP : communiqué, liste et carte',
              },
            ]}
          />
        </section>
      </div>
    </>
  );
}
