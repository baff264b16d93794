import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A whole HTML document as text: the doctype, then the rendered node. Everything in it is escaped by Preact. */
export const rendre = (page: VNode): string => `<!doctype html>\n${renderToString(page)}`;
