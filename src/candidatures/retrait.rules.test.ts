import { describe, expect, it } from 'vitest';
import { fondementsDeRetrait, retraitTardif } from './retrait.rules.ts';

describe('a decision is withdrawn', () => {
  it('as unlawful within four months, to the day', () => {
    expect(retraitTardif('illegalite', '2021-03-24', '2021-07-24')).toBeUndefined();
    expect(retraitTardif('illegalite', '2021-03-24', '2021-07-25')).toContain('jusqu’au 24 juillet 2021');
    // A month too short ends on its last day.
    expect(retraitTardif('illegalite', '2021-10-31', '2022-02-28')).toBeUndefined();
    expect(retraitTardif('illegalite', '2021-10-31', '2022-03-01')).toContain('jusqu’au 28 février 2022');
  });

  it.each(fondementsDeRetrait.filter((fondement) => fondement !== 'illegalite'))(
    'at any time: %s',
    (fondement) => {
      expect(retraitTardif(fondement, '2021-03-24', '2031-03-24')).toBeUndefined();
    },
  );
});
