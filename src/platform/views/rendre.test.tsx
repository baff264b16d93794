import { describe, expect, it } from 'vitest';
import { rendre } from './rendre.ts';

describe('a page', () => {
  it('keeps together what French typography keeps together, and leaves what is typed or read by a program', () => {
    const phrase = 'Motif : « non » ; et vous ? Oui !';
    const page = rendre(
      <html lang="fr">
        <p title={`a > b : ${phrase}`}>
          <b>{phrase}</b> : {phrase}
        </p>
        <textarea>{phrase}</textarea>
        <code>{phrase}</code>
        <script type="application/json" dangerouslySetInnerHTML={{ __html: '{"a" : 1}' }} />
      </html>,
    );
    const liee = 'Motif\u00a0: «\u00a0non\u00a0»\u00a0; et vous\u00a0? Oui\u00a0!';
    expect(page).toBe(
      `<!doctype html>\n<html lang="fr"><p title="a > b : ${phrase}"><b>${liee}</b>\u00a0: ${liee}</p><textarea>${phrase}</textarea><code>${phrase}</code><script type="application/json">{"a" : 1}</script></html>`,
    );
  });
});
