/** A text for XML, between tags or as the value of an attribute; what XML cannot hold at all is dropped. */
export const echapperXml = (texte: string): string =>
  texte
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
