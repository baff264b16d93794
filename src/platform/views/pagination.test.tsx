import { describe, expect, it } from 'vitest';
import { fenetre, Pagination } from './pagination.tsx';
import { rendre } from './rendre.ts';

const pagination = (page: number, pages: number) =>
  rendre(<Pagination page={page} pages={pages} lien={(vers) => `/?a=1&page=${vers}`} de="structures" />);

describe('Pagination', () => {
  it('is nothing for a single page', () => {
    expect(pagination(1, 1)).not.toContain('<nav');
    expect(pagination(1, 0)).not.toContain('<nav');
  });

  it('keeps five numbers in view wherever one stands', () => {
    expect(fenetre(1, 20)).toEqual([1, 2, 3, 4, 5]);
    expect(fenetre(12, 20)).toEqual([10, 11, 12, 13, 14]);
    expect(fenetre(20, 20)).toEqual([16, 17, 18, 19, 20]);
    expect(fenetre(2, 3)).toEqual([1, 2, 3]);
  });

  it('leads to the first, the previous, the next and the last, by plain links', () => {
    const html = pagination(12, 20);
    const vers = [...html.matchAll(/href="[^"]*page=(\d+)"/g)].map(([, page]) => page);
    expect(vers).toEqual(['1', '11', '10', '11', '13', '14', '13', '20']);
    expect(html).toContain('rel="prev"');
    expect(html).toContain('rel="next"');
    expect(html).toContain('aria-label="Pages de la liste des structures\u00a0: page 12 sur 20"');
    expect(html).toContain('aria-current="page"><span class="fr-sr-only">Page </span>12');
  });

  it('leads nowhere beyond its ends, and escapes addresses', () => {
    expect(pagination(1, 3)).not.toContain('précédente');
    expect(pagination(3, 3)).not.toMatch(/suivante|Dernière/);
    expect(pagination(1, 3)).toContain('href="/?a=1&amp;page=2"');
  });
});
