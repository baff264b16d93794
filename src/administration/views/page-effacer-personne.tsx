import { type ErreursFormulaire, ResumeErreurs, ZoneTexte } from '../../platform/views/champs.tsx';
import { Confirmation } from '../../platform/views/confirmation.tsx';

/** Asks before the erasure of somebody who demanded it. */
export function PageEffacerPersonne(props: {
  readonly personne: { readonly id: string; readonly prenom: string; readonly nom: string };
  readonly erreurs: ErreursFormulaire;
  readonly motif: string | undefined;
}) {
  const { personne, erreurs, motif } = props;
  const nom = `${personne.prenom} ${personne.nom}`;
  return (
    <div class="maillage-etroit">
      <h1>Effacer les données de {nom}</h1>
      <ResumeErreurs erreurs={erreurs} />
      <Confirmation
        id="effacer"
        titre={`Fermer le compte de ${nom} et effacer ses données\u00a0?`}
        effets={[
          'la personne est déconnectée partout, aussitôt, et ne peut plus entrer\u00a0;',
          'ses rôles se terminent\u00a0;',
          'son nom et son adresse sont remplacés par un numéro, dans les minutes qui suivent\u00a0;',
          'ses appareils, ses courriels, ses invitations et ses moyens de connexion sont effacés\u00a0;',
          'le journal garde ses actes sous ce numéro\u00a0: il prouve les décisions.',
        ]}
        action={`/administration/personnes/${personne.id}/effacer`}
        bouton="Effacer ses données"
        definitif
        renoncer={{ texte: 'Ne rien effacer', href: '/administration' }}
      >
        <ZoneTexte
          nom="motif"
          libelle="Motif"
          indication="Par exemple la date de la demande reçue. N’écrivez ni nom ni adresse : le motif reste au journal."
          lignes={3}
          longueur={500}
          obligatoire
          valeur={motif}
          erreurs={erreurs}
        />
      </Confirmation>
    </div>
  );
}
