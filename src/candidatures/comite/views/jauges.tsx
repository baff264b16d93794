import { euros, liste, nombre, pluriel } from '../../../platform/francais/index.ts';
import { Jauge } from '../../../platform/views/jauge.tsx';
import { Tableau } from '../../../platform/views/tableau.tsx';
import type { Jauges } from '../seances.store.ts';

/** The envelope, the objective and the quotas as they stand. */
export function JaugesDeSeance({ jauges }: { readonly jauges: Jauges }) {
  const { enveloppe, objectif, quotas, compte } = jauges;
  return (
    <section aria-labelledby="jauges">
      <h2 id="jauges">Où en est la séance</h2>
      <div class="fr-grid-row fr-grid-row--gutters">
        <div class="fr-col-12 fr-col-md-6">
          <Jauge
            titre={`Enveloppe « ${enveloppe.nom} »`}
            valeur={enveloppe.engage}
            maximum={enveloppe.montant}
            valeurTexte={euros(enveloppe.engage)}
            maximumTexte={euros(enveloppe.montant)}
            definition={`Engagés, toutes décisions comprises. Il reste ${euros(enveloppe.montant - enveloppe.engage)}.`}
          />
        </div>
        <div class="fr-col-12 fr-col-md-6">
          <Jauge
            titre="Postes de la vague"
            valeur={objectif.decides}
            maximum={objectif.postes ?? 0}
            valeurTexte={pluriel(objectif.decides, 'poste', 'postes')}
            maximumTexte={pluriel(objectif.postes ?? 0, 'poste', 'postes')}
            definition={
              objectif.postes === null
                ? 'Cette vague n’a pas d’objectif.'
                : `Accordés. Il reste ${pluriel(objectif.postes - objectif.decides, 'poste', 'postes')}.`
            }
          />
        </div>
      </div>
      <p>
        {pluriel(compte.retenue, 'dossier retenu', 'dossiers retenus')}, {nombre(compte.refusee)}{' '}
        {compte.refusee > 1 ? 'refusés' : 'refusé'}, {nombre(compte.ajournee)}{' '}
        {compte.ajournee > 1 ? 'ajournés' : 'ajourné'}, {nombre(compte.liste_attente)} sur liste d’attente,{' '}
        <strong>{nombre(compte.a_decider)} à décider</strong>.
      </p>
      {compte.retirees + compte.rendues + compte.promues === 0 ? null : (
        <p>
          Depuis la clôture&nbsp;:{' '}
          {liste([
            ...(compte.retirees === 0
              ? []
              : [pluriel(compte.retirees, 'décision retirée', 'décisions retirées')]),
            ...(compte.rendues === 0 ? [] : [pluriel(compte.rendues, 'désistement', 'désistements')]),
            ...(compte.promues === 0
              ? []
              : [
                  `${pluriel(compte.promues, 'dossier retenu', 'dossiers retenus')} depuis la liste d’attente`,
                ]),
          ])}
          .
        </p>
      )}
      {quotas.length === 0 ? null : (
        <Tableau
          legende="Quotas de la vague"
          colonnes={[
            { cle: 'territoire', titre: 'Territoire', cellule: ({ territoire }) => territoire },
            {
              cle: 'decides',
              titre: 'Postes accordés',
              numerique: true,
              cellule: ({ decides }) => nombre(decides),
            },
            { cle: 'minimum', titre: 'Minimum', numerique: true, cellule: ({ minimum }) => nombre(minimum) },
            {
              cle: 'maximum',
              titre: 'Maximum',
              numerique: true,
              cellule: ({ maximum }) => (maximum === null ? 'sans' : nombre(maximum)),
            },
          ]}
          lignes={quotas}
          cle={({ territoire }) => territoire}
          vide=""
        />
      )}
    </section>
  );
}
