import { nombre, pluriel } from '../../platform/francais/index.ts';
import { ChampSaisie, type ErreursFormulaire, ResumeErreurs } from '../../platform/views/champs.tsx';
import { ActeFait } from '../../platform/views/confirmation.tsx';
import { ListeLiens } from '../../platform/views/liens.tsx';
import { EtatVide } from '../../platform/views/messages.tsx';
import { Pagination } from '../../platform/views/pagination.tsx';

/** Field of the label of a structure: each has its own on the page. */
export const champDuLibelle = (structure: string): string => `libelle_${structure}`;

/** A label to review, with what it was derived from. */
export type LibelleARelire = {
  readonly id: string;
  readonly version: number;
  /** As it is announced today, or as it was typed. */
  readonly libelle: string;
  /** It is recorded: it was not derived. */
  readonly ecrit: boolean;
  readonly identifiant: string | null;
  readonly raisonSociale: string | null;
  readonly communeNom: string | null;
  readonly codePostal: string | null;
  readonly epciNom: string | null;
};

/** In which département to review, for whoever looks after several. */
export function PageChoixLibelles({
  departements,
  chemin,
}: {
  readonly departements: readonly { readonly code: string; readonly nom: string }[];
  readonly chemin: string;
}) {
  return (
    <>
      <h1>Libellés publics</h1>
      {departements.length === 0 ? (
        <EtatVide titre="Aucun département" niveau={2}>
          Votre rôle ne porte sur aucun département.
        </EtatVide>
      ) : (
        <>
          <p>Choisissez le département dont vous relisez les libellés.</p>
          <ListeLiens
            colonnes
            nom="Départements"
            liens={departements.map(({ code, nom }) => ({ texte: nom, href: `${chemin}/${code}` }))}
          />
        </>
      )}
    </>
  );
}

export type PageLibellesProps = {
  readonly adresse: string;
  readonly titre: string;
  readonly libelles: readonly LibelleARelire[];
  readonly relus: boolean;
  readonly total: number;
  readonly page: number;
  readonly parPage: number;
  readonly fait: boolean;
  readonly erreurs: ErreursFormulaire;
};

/** The labels of a département, each with what it comes from, a field and a button. */
export function PageLibelles(props: PageLibellesProps) {
  const { adresse, titre, libelles, relus, total, page, parPage, fait, erreurs } = props;
  const autres = relus ? adresse : `${adresse}?etat=relus`;
  const lien = (vers: number): string => {
    const query = new URLSearchParams({
      ...(relus ? { etat: 'relus' } : {}),
      ...(vers === 1 ? {} : { page: String(vers) }),
    }).toString();
    return query === '' ? adresse : `${adresse}?${query}`;
  };
  return (
    <>
      <h1>{titre}</h1>
      {fait ? <ActeFait>Le libellé est enregistré, comme relu.</ActeFait> : null}
      <ResumeErreurs erreurs={erreurs} />
      <p class="fr-text--lead">
        Une structure est annoncée sous son libellé public. Celui que personne n’a relu est déduit du fichier
        du comité : corrigez-le s’il le faut, puis enregistrez-le. Il s’écrit sans article : « tiers-lieu de
        Gauchy ».
      </p>
      <p>
        <a class="fr-link" href={autres}>
          {relus ? 'Voir les libellés à relire' : 'Voir les libellés déjà relus'}
        </a>
      </p>
      {libelles.length === 0 ? (
        <EtatVide titre={relus ? 'Aucun libellé relu' : 'Aucun libellé à relire'} niveau={2}>
          {relus
            ? 'Personne n’a encore relu de libellé dans ce département.'
            : 'Tous les libellés des structures retenues dans ce département sont relus.'}{' '}
          <a class="fr-link" href="/prefecture/communiques">
            Revenir aux communiqués
          </a>
        </EtatVide>
      ) : (
        <section aria-labelledby="libelles">
          <h2 id="libelles">
            {relus
              ? pluriel(total, 'libellé relu', 'libellés relus')
              : pluriel(total, 'libellé à relire', 'libellés à relire')}
            {total > parPage ? `, page ${nombre(page)}` : ''}
          </h2>
          <ul class="maillage-libelles">
            {libelles.map((libelle) => (
              <li key={libelle.id}>
                <Libelle {...props} libelle={libelle} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Pagination page={page} pages={Math.ceil(total / parPage)} lien={lien} de="libellés" />
    </>
  );
}

function Libelle({
  adresse,
  libelle: { id, version, libelle, ecrit, identifiant, raisonSociale, communeNom, codePostal, epciNom },
  relus,
  page,
  erreurs,
}: PageLibellesProps & { readonly libelle: LibelleARelire }) {
  const nom = raisonSociale ?? identifiant ?? 'structure sans nom';
  const source = [
    communeNom === null ? null : `commune : ${[communeNom, codePostal].filter(Boolean).join(', ')}`,
    epciNom === null ? null : `intercommunalité : ${epciNom}`,
    identifiant === null ? null : `numéro : ${identifiant}`,
  ].filter((texte) => texte !== null);
  return (
    <form method="post" action={`${adresse}/${id}`} class="maillage-libelle">
      <input type="hidden" name="version" value={String(version)} />
      <input type="hidden" name="etat" value={relus ? 'relus' : 'a_relire'} />
      <input type="hidden" name="page" value={String(page)} />
      <ChampSaisie
        nom={champDuLibelle(id)}
        libelle={`Libellé public de « ${nom} »`}
        indication={`${ecrit ? 'Enregistré pour le' : 'Déduit du'} nom que donne le fichier du comité – ${source.join(' ; ')}.`}
        longueur={200}
        autocomplete="off"
        valeur={libelle}
        erreurs={erreurs}
      />
      <button class="fr-btn fr-btn--secondary" type="submit">
        {relus ? 'Enregistrer' : 'Enregistrer comme relu'}
        <span class="fr-sr-only"> le libellé de {nom}</span>
      </button>
    </form>
  );
}
