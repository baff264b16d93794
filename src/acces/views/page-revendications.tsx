import { de, instantLong, pluriel } from '../../platform/francais/index.ts';
import {
  ChoixMultiples,
  type ErreursFormulaire,
  ResumeErreurs,
  ZoneTexte,
} from '../../platform/views/champs.tsx';
import { ActeFait, Confirmation } from '../../platform/views/confirmation.tsx';
import { ListeDonnees } from '../../platform/views/liste.tsx';
import { Alerte, Badge } from '../../platform/views/messages.tsx';
import { essaisMax, etatsDeRevendication, joursDeCode } from '../revendications/revendications.rules.ts';
import type { RevendicationLue } from '../revendications/revendications.store.ts';
import type { ChampsRevendications } from '../roles/personnes.listes.ts';
import { ChampMotif, type Valeurs } from './champs-role.tsx';
import type { ListeAffichee } from './page-personnes.tsx';

/** The claims of one's territory. */
export function PageRevendications(props: ListeAffichee<ChampsRevendications>) {
  const { liste, demande, resultat, parPage, departements } = props;
  return (
    <>
      <h1>Demandes d’accès des structures</h1>
      <p>
        Une structure sans compte demande son accès. La préfecture lui envoie un code par la poste, puis
        confirme.
      </p>
      <ListeDonnees
        liste={liste}
        demande={demande}
        resultat={resultat}
        parPage={parPage}
        chemin="/revendications"
        fichiers={{ base: '/revendications', formats: ['csv', 'xlsx', 'ods'] }}
        filtres={[
          {
            nom: 'etat',
            choix: Object.entries(etatsDeRevendication).map(([valeur, texte]) => ({ valeur, texte })),
          },
          ...(departements.length > 1 ? [{ nom: 'departement', choix: departements }] : []),
        ]}
        cellules={{ structure: ({ id, structure }) => <a href={`/revendications/${id}`}>{structure}</a> }}
        entete="structure"
        vide={<p>Aucune structure de votre territoire n’a demandé son accès.</p>}
      />
    </>
  );
}

export const faitsDeRevendication = {
  confirmee: 'L’accès est confirmé : l’invitation part par courriel dès que possible.',
  refusee: 'La demande est refusée. Le demandeur en est averti par courriel.',
} as const;
export type FaitDeRevendication = keyof typeof faitsDeRevendication;

type Detail = {
  readonly revendication: RevendicationLue;
  readonly gestionnaires: number;
  readonly valeurs: Valeurs;
  readonly erreurs: ErreursFormulaire;
};

function Courrier({ revendication, valeurs, erreurs }: Detail) {
  const { id, etat, adresse, adresseConnue, codeExpireLe, essais, codeExpire } = revendication;
  return (
    <>
      <h2>{etat === 'courrier_edite' ? 'Refaire le courrier' : 'Éditer le courrier'}</h2>
      {etat === 'courrier_edite' && codeExpireLe !== null ? (
        <p>
          Un courrier est édité.{' '}
          {codeExpire ? 'Son code a expiré' : `Son code sert jusqu’au ${instantLong(codeExpireLe)}`}, et{' '}
          {pluriel(essais, 'essai a été fait', 'essais ont été faits')} sur {essaisMax}. Un nouveau courrier
          porte un nouveau code&nbsp;: le premier courrier ne servira plus.
        </p>
      ) : (
        <p>
          Imprimez-le, signez-le et postez-le. Son code ne s’affiche nulle part ailleurs&nbsp;; il sert
          pendant {joursDeCode}&nbsp;jours. Téléchargez-le une seule fois&nbsp;: un second téléchargement rend
          le premier courrier inutile. <a href={`/revendications/${id}`}>Revoir où en est la demande</a>.
        </p>
      )}
      <form method="post" action={`/revendications/${id}/courrier`} novalidate>
        <ZoneTexte
          nom="adresse"
          libelle="Adresse postale de la structure"
          indication={
            adresse !== null
              ? 'Celle du courrier précédent. Corrigez-la au besoin, comme sur une enveloppe.'
              : adresseConnue === null
                ? 'Elle manque dans Maillage : écrivez-la comme sur une enveloppe.'
                : 'Celle que Maillage connaît. Corrigez-la au besoin, comme sur une enveloppe.'
          }
          obligatoire
          lignes={4}
          longueur={400}
          valeur={valeurs['adresse'] ?? adresse ?? adresseConnue ?? ''}
          erreurs={erreurs}
        />
        {etat === 'courrier_edite' ? (
          <ChoixMultiples
            nom="remplacer"
            libelle="Un courrier est déjà édité"
            choix={[{ valeur: 'oui', libelle: 'Je le remplace : le premier courrier ne servira plus.' }]}
            erreurs={erreurs}
          />
        ) : null}
        <button class="fr-btn" type="submit">
          {etat === 'courrier_edite'
            ? 'Télécharger un nouveau courrier (PDF)'
            : 'Télécharger le courrier (PDF)'}
        </button>
      </form>
    </>
  );
}

/** One claim: who asks, where it stands, what to do. */
export function PageDetailRevendication({
  fait,
  erreur,
  ...detail
}: Detail & { readonly fait: FaitDeRevendication | undefined; readonly erreur: string | undefined }) {
  const { revendication, gestionnaires, valeurs, erreurs } = detail;
  const { id, etat, structureNom, commune, identifiant, prenom, nom, courriel, fonction, version } =
    revendication;
  const ouverte = etat === 'demandee' || etat === 'courrier_edite' || etat === 'code_verifie';
  return (
    <div class="maillage-etroit">
      <h1>Demande d’accès&nbsp;: {structureNom}</h1>
      {fait === undefined ? null : <ActeFait>{faitsDeRevendication[fait]}</ActeFait>}
      {erreur === undefined ? null : (
        <Alerte ton="erreur" titre="Rien n’est fait" niveau={2}>
          <p>{erreur}</p>
        </Alerte>
      )}
      <ResumeErreurs erreurs={erreurs} />
      <dl class="maillage-fiche">
        <div>
          <dt>État</dt>
          <dd>
            <Badge ton={etat === 'confirmee' ? 'succes' : ouverte ? 'info' : 'neutre'}>
              {etatsDeRevendication[etat]}
            </Badge>
          </dd>
        </div>
        <div>
          <dt>Structure</dt>
          <dd class="maillage-tableau__brut">
            {structureNom}
            {commune === null ? '' : `, ${commune}`}
            {identifiant === null ? '' : ` (${identifiant})`}
          </dd>
        </div>
        <div>
          <dt>Demandeur</dt>
          <dd class="maillage-tableau__brut">
            {prenom} {nom}, {fonction}
          </dd>
        </div>
        <div>
          <dt>Adresse électronique</dt>
          <dd class="maillage-tableau__brut">{courriel}</dd>
        </div>
        <div>
          <dt>Demandée</dt>
          <dd>{instantLong(revendication.creeLe)}</dd>
        </div>
        {ouverte ? (
          <div>
            <dt>Expire</dt>
            <dd>{instantLong(revendication.expireLe)}</dd>
          </div>
        ) : null}
      </dl>
      {ouverte && gestionnaires > 0 ? (
        <Alerte ton="attention" titre="Cette structure est déjà gérée" niveau={2}>
          <p>
            {pluriel(gestionnaires, 'gestionnaire en fonction', 'gestionnaires en fonction')}. Demandez-lui
            s’il connaît cette personne&nbsp;: il peut aussi l’inviter lui-même.
          </p>
        </Alerte>
      ) : null}
      {etat === 'code_verifie' ? (
        <Confirmation
          id="confirmer"
          titre={`Donner accès à ${prenom} ${nom} ?`}
          effets={[
            `une invitation part à ${courriel}, avec le rôle de gestionnaire ${de(structureNom)}`,
            'cette personne pourra inviter d’autres personnes de sa structure',
          ]}
          action={`/revendications/${id}/confirmer`}
          champs={{ version: String(version) }}
          bouton="Confirmer l’accès"
          renoncer={{ texte: 'Toutes les demandes', href: '/revendications' }}
        />
      ) : null}
      {etat === 'demandee' || etat === 'courrier_edite' ? <Courrier {...detail} /> : null}
      {ouverte ? (
        <Confirmation
          id="refuser"
          titre="Refuser cette demande ?"
          effets={['le demandeur reçoit votre motif par courriel', 'le code du courrier ne sert plus']}
          action={`/revendications/${id}/refuser`}
          champs={{ version: String(version) }}
          bouton="Refuser la demande"
          renoncer={{ texte: 'Toutes les demandes', href: '/revendications' }}
        >
          <ChampMotif
            valeur={valeurs['motif']}
            erreurs={erreurs}
            indication="Écrit dans le courriel au demandeur."
          />
        </Confirmation>
      ) : (
        <p>
          <a href="/revendications">Toutes les demandes</a>
        </p>
      )}
    </div>
  );
}
