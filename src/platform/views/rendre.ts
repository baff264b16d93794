import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { ESPACE_INSECABLE } from '../francais/index.ts';

/**
 * A space before double punctuation or inside guillemets, in a text: what follows it up to the next tag holds no end of
 * a tag, and the next tag ends nothing that somebody types or that a program reads.
 */
const espaceQuiTient =
  /(?:(?<=\S) (?=[:;?!»](?!\w))|(?<=«) )(?=[^<>]*<(?!\/(?:textarea|pre|code|script|style)>))/g;

/**
 * A whole HTML document as text: the doctype, then the rendered node. Everything in it is escaped by Preact. No line
 * breaks where French typography holds a sign to its word, wherever the text comes from.
 */
export const rendre = (page: VNode): string =>
  `<!doctype html>\n${renderToString(page).replace(espaceQuiTient, ESPACE_INSECABLE)}`;
