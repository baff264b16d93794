import type { DeclarerCommandes } from '../platform/cli.ts';
import { instantLong, nombre, pluriel } from '../platform/francais/index.ts';
import { exiger, refuser } from '../platform/result.ts';
import { verifierJournal } from '../platform/scellement.ts';

export const commandesDuJournal: DeclarerCommandes = (programme, outils) => {
  programme
    .command('verifier')
    .description('Vérifier que le journal est entier : chaque sceau est recalculé depuis ses lignes')
    .option('--empreinte <empreinte>', 'empreinte d’un sceau, notée plus tôt : elle doit encore y être')
    .action(async ({ empreinte }: { empreinte?: string }) => {
      const { sceaux, scellees, enAttente, anomalies, dernier } = await outils.avecBase(({ db }) =>
        verifierJournal(db, empreinte),
      );
      outils.ecrire(
        `${pluriel(sceaux, 'sceau', 'sceaux')}, ${pluriel(scellees, 'ligne scellée', 'lignes scellées')} ; ${pluriel(enAttente, 'ligne attend', 'lignes attendent')} le prochain sceau.`,
      );
      if (dernier)
        outils.ecrire(
          `Dernier sceau : n° ${nombre(dernier.numero)} du ${instantLong(dernier.instant)}, empreinte ${dernier.empreinte}`,
        );
      for (const anomalie of anomalies) outils.ecrire(anomalie);
      if (anomalies.length > 0)
        exiger(
          refuser(
            'journal',
            `Le journal a été modifié : ${pluriel(anomalies.length, 'anomalie', 'anomalies')}.`,
          ),
        );
      outils.ecrire('Le journal est entier.');
    });
};
