import { Section } from './page-texte.tsx';

export type PageDonneesPersonnellesProps = {
  /** Site from which the map takes its background: `tuiles.example.fr`; null for our own outlines. */
  readonly fondDeCarte: string | null;
};

/** What the site knows of whoever reads it, as the product does it today. */
export function PageDonneesPersonnelles({ fondDeCarte }: PageDonneesPersonnellesProps) {
  return (
    <>
      <h1>Données personnelles et traceurs</h1>
      <p class="fr-text--lead">
        Vous pouvez lire tout ce site sans donner votre nom, sans compte et sans être suivi.
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
          Ce site ne dépose aucun cookie et n’enregistre rien dans votre navigateur, à part la copie des pages
          que tout navigateur garde pour aller plus vite. Il n’utilise aucun outil de mesure d’audience,
          aucune publicité et aucun bouton de réseau social. C’est pourquoi il ne vous demande pas votre
          accord.
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
            Quand vous faites une recherche, téléchargez un fichier ou interrogez l’API, le serveur compte les
            demandes de votre adresse IP pour éviter les abus. Il garde ce compte en mémoire une minute, puis
            l’oublie. Il ne l’écrit nulle part.
          </li>
          <li>
            Le logiciel ne tient pas de journal des visites. Quand une page échoue, il note l’erreur et le
            genre de page, sans votre adresse IP.
          </li>
          <li>
            L’organisme qui héberge le site peut tenir son propre journal technique, par exemple pour sa
            sécurité. C’est à lui de vous en informer.
          </li>
        </ul>
      </Section>
      <Section id="droits" titre="Vos droits">
        <p>
          Vous pouvez demander quelles données vous concernent, les faire corriger ou effacer, et vous opposer
          à leur utilisation. Adressez-vous à l’organisme qui exploite ce site&nbsp;: il a un mois pour vous
          répondre. Son adresse n’est pas encore indiquée sur ce site.
        </p>
        <p>
          Sa réponse ne vous convient pas&nbsp;? Vous pouvez{' '}
          <a href="https://www.cnil.fr/fr/plaintes">adresser une plainte à la CNIL</a>.
        </p>
      </Section>
    </>
  );
}
