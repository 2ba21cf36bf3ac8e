import { describe, expect, it } from 'vitest';
import { itemSize } from './item-size.ts';
import { b, bool, l, m, n, nothing, ns, s, ss } from './values.ts';

describe('the size of an item', () => {
  it.each([
    [{ a: s('é') }, 1 + 2],
    [{ né: s('') }, 3],
    [{ a: n('100') }, 1 + 2],
    [{ a: n('-123.45') }, 1 + 3 + 1 + 1],
    [{ a: n('0') }, 1 + 1],
    [{ a: b(Uint8Array.of(1, 2, 3)) }, 1 + 3],
    [{ a: bool(true), b: nothing }, 4],
    [{ a: ss('x', 'yy'), b: ns('1', '22') }, 1 + 3 + 1 + 4],
    [{ a: l() }, 1 + 3],
    [{ a: l(s('xy'), nothing) }, 1 + 3 + 3 + 2],
    [{ a: m({ k: s('v') }) }, 1 + 3 + 2 + 1],
  ])('%j is %i bytes', (item, size) => {
    expect(itemSize(item)).toBe(size);
  });
});
