import { capitale } from '../../platform/francais/index.ts';
import { registre, type TableRegistre } from '../../platform/registre.ts';
import { Section } from './page-texte.tsx';

export type PageDonneesPersonnellesProps = {
  /** Site from which the map takes its background: `tuiles.example.fr`; null for our own outlines. */
  readonly fondDeCarte: string | null;
};

/** What becomes of rows of the register when their person asks for erasure. */
const sort = ({ effacement }: TableRegistre): string => {
  if (effacement.mode === 'garder') return effacement.pourquoi;
  return effacement.mode === 'supprimer' ? 'effacées' : 'remplacées par un simple numéro';
};

/** What the product knows of people: of whoever reads, and, drawn from its register, of whoever has an account. */
export function PageDonneesPersonnelles({ fondDeCarte }: PageDonneesPersonnellesProps) {
  return (
    <>
      <h1>Données personnelles et traceurs</h1>
      <p class="fr-text--lead">
        Vous pouvez lire tout ce site sans donner votre nom, sans compte et sans être suivi. Si vous avez un
        compte pour travailler ici, cette page dit ce qui est gardé, pourquoi et combien de temps.
      </p>
      <Section id="montre" titre="Ce que le site montre">
        <p>
          Des organismes, leurs postes, des montants et des décisions publiques. Aucune page publique ne
          montre de donnée sur une personne&nbsp;: ni candidat, ni conseiller, ni personne aidée. Le contact
          d’un communiqué est un service, jamais une personne.
        </p>
      </Section>
      <Section id="traceurs" titre="Cookies et traceurs">
        <p>
          Si vous ne vous connectez pas, ce site ne dépose aucun cookie et n’enregistre rien dans votre
          navigateur, à part la copie des pages que tout navigateur garde pour aller plus vite. Il n’utilise
          aucun outil de mesure d’audience, aucune publicité et aucun bouton de réseau social.
        </p>
        <p>
          Si vous vous connectez, il dépose un seul cookie, qui garde votre session ouverte. Il ne sert qu’à
          cela et disparaît quand vous vous déconnectez. La connexion ne marche pas sans lui&nbsp;: c’est
          pourquoi le site ne vous demande pas votre accord.
        </p>
        <p>
          {fondDeCarte === null
            ? 'Polices, cartes et programmes viennent tous de ce site\u00a0: votre navigateur ne demande rien à un autre.'
            : `Une seule chose vient d’ailleurs\u00a0: le fond des cartes que l’on déplace. Quand vous ouvrez une page qui en montre une, votre navigateur le demande à ${fondDeCarte}, qui reçoit alors votre adresse IP. Tout le reste vient de ce site.`}
        </p>
      </Section>
      <Section id="serveur" titre="Ce que le serveur sait de vous">
        <ul>
          <li>
            Quand vous faites une recherche, téléchargez un fichier, vous connectez ou envoyez un formulaire,
            le serveur compte les demandes de votre adresse IP pour éviter les abus. Il garde ce compte deux
            heures au plus, sous un code qui ne montre pas l’adresse, puis l’efface.
          </li>
          <li>
            Le logiciel ne tient pas de journal des visites. Quand une page échoue, il note l’erreur et le
            genre de page, sans votre adresse IP ni votre nom.
          </li>
          <li>
            L’organisme qui héberge le site peut tenir son propre journal technique, par exemple pour sa
            sécurité. C’est à lui de vous en informer.
          </li>
        </ul>
      </Section>
      <Section id="compte" titre="Si vous avez un compte">
        <p>
          Un compte sert à travailler dans ce service. Il n’est jamais ouvert sans une décision d’un agent.
          Voici tout ce qui est gardé. Les mots de passe n’existent pas ici&nbsp;; les liens et les codes de
          connexion sont gardés sous une forme illisible.
        </p>
        {registre.map(({ titre, finalite, baseLegale, personnes, destinataires, tables }) => (
          <>
            <h3>{titre}</h3>
            <ul>
              <li>Pour quoi faire&nbsp;: {finalite}.</li>
              <li>De qui&nbsp;: {personnes}.</li>
              <li>Qui peut les lire&nbsp;: {destinataires}.</li>
              <li>Base légale&nbsp;: {baseLegale}.</li>
            </ul>
            {tables.map((table) => (
              <p>
                <strong>{capitale(Object.values(table.colonnes).join(', '))}.</strong> Ces données sont
                gardées {table.conservation.texte}. Si vous demandez l’effacement&nbsp;: {sort(table)}.
              </p>
            ))}
          </>
        ))}
      </Section>
      <Section id="droits" titre="Vos droits">
        <p>
          Vous pouvez demander quelles données vous concernent, en recevoir une copie, les faire corriger ou
          effacer, et vous opposer à leur utilisation. Une fois effacées, il ne reste de vous qu’un numéro
          dans le journal des décisions. Adressez-vous à l’organisme qui exploite ce site&nbsp;: il a un mois
          pour vous répondre. Son adresse n’est pas encore indiquée sur ce site.
        </p>
        <p>
          Sa réponse ne vous convient pas&nbsp;? Vous pouvez{' '}
          <a href="https://www.cnil.fr/fr/plaintes">adresser une plainte à la CNIL</a>.
        </p>
      </Section>
    </>
  );
}
