import type { ContenuCourriel } from '../courriel.ts';
import { rendre } from './rendre.ts';

/** A mail that is drawn: its link has its address. */
export type Lettre = {
  readonly objet: string;
  readonly paragraphes: readonly string[];
  readonly lien: { readonly texte: string; readonly href: string } | undefined;
};

const pied = 'Ce message est envoyé par Maillage : ne répondez pas à cette adresse.';

const feuille = `body { margin: 0; background: #fff; color: #161616; font: 16px/1.5 Arial, sans-serif }
main { max-width: 36em; margin: 0 auto; padding: 24px 16px }
p { margin: 0 0 16px; overflow-wrap: anywhere }
.lien { color: #0b4f9e; font-weight: bold }
.adresse, .pied { color: #555; font-size: 14px }`;

/** The mail as HTML: one column, no picture, nothing fetched from elsewhere. */
export const courrielHtml = ({ objet, paragraphes, lien }: Lettre): string =>
  rendre(
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{objet}</title>
        <style>{feuille}</style>
      </head>
      <body>
        <main>
          {paragraphes.map((paragraphe, rang) => (
            <p key={rang}>{paragraphe}</p>
          ))}
          {lien && (
            <p>
              <a class="lien" href={lien.href}>
                {lien.texte}
              </a>
              <br />
              <span class="adresse">{lien.href}</span>
            </p>
          )}
          <p class="pied">{pied}</p>
        </main>
      </body>
    </html>,
  );

/** The same mail as text. */
export const courrielTexte = ({ paragraphes, lien }: Lettre): string =>
  [...paragraphes, ...(lien ? [`${lien.texte}\n${lien.href}`] : []), pied].join('\n\n');

/** What the outbox keeps, with the address of its link; null when it was forgotten. */
export const lettreDe = (
  objet: string,
  { paragraphes, lien }: ContenuCourriel,
  secret: string | null,
): Lettre | null => {
  if (paragraphes === undefined) return null;
  if (lien === undefined) return { objet, paragraphes, lien: undefined };
  const href = secret ?? lien.href;
  return href === undefined ? null : { objet, paragraphes, lien: { texte: lien.texte, href } };
};
