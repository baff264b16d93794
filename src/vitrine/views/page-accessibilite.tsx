import { Section } from './page-texte.tsx';

/** The accessibility statement: sections of the model of the RGAA, and nothing that was not done. */
export function PageAccessibilite({ etablieLe }: { readonly etablieLe: string }) {
  return (
    <>
      <h1>Déclaration d’accessibilité</h1>
      <p class="fr-text--lead">
        Un site accessible est un site que chacun peut lire et utiliser, quel que soit son handicap. Voici ce
        qui est vérifié ici, et ce qui ne l’est pas encore.
      </p>
      <p>
        L’organisme qui exploite ce site s’engage à le rendre accessible, comme le demande l’article 47 de la
        loi n°&nbsp;2005-102 du 11 février 2005. Cette déclaration porte sur le site où vous êtes, fait avec
        le logiciel libre Maillage. Le schéma pluriannuel d’accessibilité de l’exploitant n’est pas encore
        publié sur ce site.
      </p>
      <Section id="etat" titre="État de conformité">
        <p>
          Ce site est <strong>non conforme</strong> au référentiel général d’amélioration de l’accessibilité
          (RGAA).
        </p>
        <p>
          La raison&nbsp;: aucun audit n’a été fait. Le RGAA demande de se déclarer «&nbsp;non conforme&nbsp;»
          tant qu’un audit n’a pas mesuré le respect de ses critères, même si le site a été construit pour les
          respecter.
        </p>
      </Section>
      <Section id="resultats" titre="Résultats des tests">
        <p>
          Aucun taux de conformité n’est connu, faute d’audit. Des tests automatiques sont rejoués à chaque
          modification du logiciel&nbsp;:
        </p>
        <ul>
          <li>
            l’outil axe-core ne trouve aucun défaut sur les pages vérifiées, en écran large et étroit, en
            couleurs claires et sombres, en 320 pixels de large et avec des lettres deux fois plus
            grandes&nbsp;;
          </li>
          <li>aucune page vérifiée n’oblige à défiler de côté&nbsp;;</li>
          <li>
            le parcours de l’accueil au communiqué se fait au clavier seul, avec une position toujours
            visible&nbsp;;
          </li>
          <li>ce même parcours se fait sans JavaScript&nbsp;;</li>
          <li>
            chaque page a un titre, un seul titre principal, une langue déclarée et un fil d’Ariane (sauf
            l’accueil)&nbsp;;
          </li>
          <li>les communiqués en PDF suivent la norme PDF/UA-1&nbsp;: titres et listes y sont balisés.</li>
        </ul>
        <p>Ce qui n’a pas été fait&nbsp;:</p>
        <ul>
          <li>un audit du RGAA, par l’exploitant ou par un tiers&nbsp;;</li>
          <li>
            des essais par des personnes avec un lecteur d’écran, une loupe, une commande vocale ou une plage
            braille&nbsp;;
          </li>
          <li>des essais dans d’autres navigateurs que Chromium&nbsp;;</li>
          <li>des essais par des personnes qui lisent avec difficulté.</li>
        </ul>
        <p>Des tests automatiques ne trouvent qu’une partie des défauts&nbsp;: il peut en rester.</p>
      </Section>
      <Section id="non-accessibles" titre="Contenus non accessibles">
        <p>
          Faute d’audit, cette liste peut être incomplète. Les contenus que nous savons imparfaits, ou que
          nous n’avons pas vérifiés&nbsp;:
        </p>
        <ul>
          <li>
            la carte que l’on déplace et agrandit&nbsp;: elle ne se lit pas avec un lecteur d’écran, mais une
            liste ou un tableau dit la même chose à côté d’elle&nbsp;;
          </li>
          <li>
            la carte du dossier de presse, en image&nbsp;: le fichier ne porte pas de description, mais la
            liste des structures dit la même chose&nbsp;;
          </li>
          <li>les communiqués modifiables (ODT)&nbsp;: leur accessibilité n’a pas été vérifiée&nbsp;;</li>
          <li>
            les noms des structures&nbsp;: certains viennent tels quels d’un fichier officiel, en capitales ou
            en abrégé.
          </li>
        </ul>
        <p>Aucune dérogation pour charge disproportionnée n’est invoquée.</p>
      </Section>
      <Section id="etablissement" titre="Établissement de cette déclaration">
        <p>Cette déclaration a été établie le {etablieLe}, à partir des tests décrits plus haut.</p>
        <h3>Technologies</h3>
        <ul>
          <li>HTML5 et CSS</li>
          <li>SVG, pour les cartes et les graphiques</li>
          <li>JavaScript, pour un confort que rien n’oblige à utiliser</li>
          <li>PDF et ODT, pour les communiqués à télécharger</li>
        </ul>
        <h3>Environnement de test</h3>
        <p>
          Chromium sous Linux, sans technologie d’assistance. Largeurs d’écran&nbsp;: 1280, 390 et 320 pixels.
        </p>
        <h3>Outils</h3>
        <ul>
          <li>axe-core, pour chercher les défauts</li>
          <li>Playwright, pour conduire le navigateur et le clavier</li>
          <li>PDF.js, pour relire le balisage des PDF</li>
        </ul>
        <h3>Pages vérifiées</h3>
        <ul>
          <li>
            <a href="/">l’accueil</a>
          </li>
          <li>la page d’un département</li>
          <li>la page d’un communiqué, et son PDF</li>
          <li>
            <a href="/dates-cles">les dates clés</a>
          </li>
          <li>
            <a href="/communiques">la liste des communiqués</a>
          </li>
          <li>
            <a href="/mentions-legales">les mentions légales</a>, cette déclaration et{' '}
            <a href="/donnees-personnelles">la page sur les données personnelles</a>
          </li>
          <li>
            <a href="/plan-du-site">le plan du site</a>
          </li>
        </ul>
      </Section>
      <Section id="contact" titre="Retour d’information et contact">
        <p>
          Vous n’arrivez pas à lire une page ou à utiliser un service&nbsp;? Dites-le à l’organisme qui
          exploite ce site&nbsp;: il doit vous aider à obtenir le contenu sous une autre forme. Son adresse
          n’est pas encore indiquée sur ce site.
        </p>
      </Section>
      <Section id="recours" titre="Voies de recours">
        <p>
          Vous avez signalé un défaut qui vous empêche d’accéder à un contenu, et vous n’avez pas reçu de
          réponse satisfaisante&nbsp;? Vous pouvez&nbsp;:
        </p>
        <ul>
          <li>
            <a href="https://formulaire.defenseurdesdroits.fr/">écrire un message au Défenseur des droits</a>
            &nbsp;;
          </li>
          <li>
            <a href="https://www.defenseurdesdroits.fr/saisir/delegues">
              contacter le délégué du Défenseur des droits de votre région
            </a>
            &nbsp;;
          </li>
          <li>
            écrire par la poste, sans timbre&nbsp;: Défenseur des droits, Libre réponse 71120, 75342 Paris
            CEDEX 07.
          </li>
        </ul>
      </Section>
    </>
  );
}
