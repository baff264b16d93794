import type { JSX, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Communique } from '../document.ts';
import { style } from './style.ts';

/** Address of the logo for a page, or nothing to leave it out. */
interface OptionsArticle {
  logo?: string | undefined;
}

/**
 * The communiqué as one `<article>`, for a page that has its own frame. Its title is the page's `<h1>`.
 * Classes only: no inline style, as the content policy wants.
 */
export function ArticleCommunique({ communique, logo }: { communique: Communique } & OptionsArticle): VNode {
  const { enTete, liste, suite, signature, contact, titre } = communique;
  return (
    <article class="communique" lang="fr" aria-labelledby="communique-titre">
      {communique.marques.map((marque) => (
        <p class="communique-marque">{marque}</p>
      ))}
      <header class="communique-entete">
        <div class="communique-service">
          {logo !== undefined && enTete.logo !== null && <img src={logo} alt={enTete.logo.alt} height={64} />}
          <p class="communique-service-nom">{lignes(enTete.service)}</p>
          {enTete.adresse.length > 0 && <p class="communique-adresse">{lignes(enTete.adresse)}</p>}
        </div>
        <div class="communique-reference">
          <p class="communique-banniere">{communique.banniere}</p>
          <p class="communique-lieu-date">
            {communique.lieuDate.split(', le ')[0]}, le{' '}
            <time dateTime={communique.date}>{jour(communique)}</time>
          </p>
        </div>
      </header>
      <h1 id="communique-titre">{titre.texte}</h1>
      {communique.paragraphes.map((paragraphe) => (
        <p class={`communique-${paragraphe.cle}`}>{paragraphe.texte}</p>
      ))}
      {liste.renvoi === null ? <Liste liste={liste} /> : <p>{liste.renvoi}</p>}
      {suite !== null && (
        <>
          <h2>{suite.intertitre}</h2>
          <p>{suite.paragraphe.texte}</p>
        </>
      )}
      {signature !== null && (
        <div class="communique-signature">
          <p>{lignes(signature.avant)}</p>
          <p class="communique-signature-nom">{signature.nom}</p>
          {signature.delegation !== null && <p class="communique-delegation">({signature.delegation})</p>}
        </div>
      )}
      {contact !== null && (
        <section class="communique-contact" aria-labelledby="communique-contact">
          <h2 id="communique-contact">{contact.intertitre}</h2>
          <p>
            {contact.lignes.map(({ texte, lien }, rang) => (
              <>
                {rang > 0 && <br />}
                {lien === null ? texte : <a href={lien}>{texte}</a>}
              </>
            ))}
          </p>
        </section>
      )}
      {liste.renvoi !== null && <Liste liste={liste} />}
    </article>
  );
}

function Liste({ liste }: Pick<Communique, 'liste'>): VNode {
  return (
    <>
      <h2>{liste.intertitre.texte}</h2>
      <ul class={liste.lignes.length > 12 ? 'communique-liste communique-liste-longue' : 'communique-liste'}>
        {liste.lignes.map((ligne) => (
          <li>
            {ligne.texte.slice(0, -ligne.postesTexte.length)}
            <span class="communique-postes">{ligne.postesTexte}</span>
            {ligne.marque !== null && <em class="communique-a-relire"> [{ligne.marque}]</em>}
          </li>
        ))}
      </ul>
    </>
  );
}

function lignes(textes: readonly string[]): JSX.Element[] {
  return textes.map((texte, rang) => (
    <>
      {rang > 0 && <br />}
      {texte}
    </>
  ));
}

function jour({ lieuDate }: Communique): string {
  return lieuDate.split(', le ').at(-1) ?? lieuDate;
}

/** A whole page that stands on its own (its style inside, its logo too): the file for a website or an e-mail. */
export function html(communique: Communique): string {
  const { logo } = communique.enTete;
  const adresse =
    logo === null
      ? undefined
      : `data:${TYPES[logo.type]};base64,${Buffer.from(logo.octets).toString('base64')}`;
  const page = (
    <html lang="fr">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${communique.titre.texte} – ${communique.banniere}`}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main>
          <ArticleCommunique communique={communique} logo={adresse} />
        </main>
      </body>
    </html>
  );
  return `<!doctype html>\n${renderToString(page)}\n`;
}

const TYPES = { png: 'image/png', jpeg: 'image/jpeg', svg: 'image/svg+xml' } as const;
