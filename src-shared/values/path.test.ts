import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseItem } from './parse-item.ts';
import { formatPath, parsePath, valueAt } from './path.ts';

const path = fc
  .tuple(
    fc.string({ minLength: 1, maxLength: 8 }),
    fc.array(fc.oneof(fc.string({ maxLength: 8 }), fc.nat(99)), { maxLength: 4 }),
  )
  .map(([first, rest]) => [first, ...rest]);

describe('paths', () => {
  it('come back as they were, whatever the names', () => {
    fc.assert(
      fc.property(path, (one) => {
        expect(parsePath(formatPath(one))).toEqual(one);
      }),
    );
  });

  it.each([
    ['Address.City', ['Address', 'City']],
    ['Lines[0].Sku', ['Lines', 0, 'Sku']],
    ['"a.b"', ['a.b']],
    ['a."b c"[1][2]', ['a', 'b c', 1, 2]],
    [' Full Name ', ['Full Name']],
  ])('%s is %j', (text, expected) => {
    expect(parsePath(text)).toEqual(expected);
  });

  it.each(['', '.', 'a.', 'a..b', '[0]', 'a[', 'a[x]', 'a"b"', '"a'])('%s is none', (text) => {
    expect(parsePath(text)).toBeUndefined();
  });

  it('lead to values', () => {
    const item = parseItem('{"a":{"L":[{"M":{"b":{"N":"1"}}}]},"a.b":{"S":"dot"}}');
    expect(valueAt(item, ['a', 0, 'b'])).toEqual({ type: 'N', text: '1' });
    expect(valueAt(item, ['a.b'])).toEqual({ type: 'S', text: 'dot' });
    expect(valueAt(item, ['a', 1])).toBeUndefined();
    expect(valueAt(item, ['a', 'b'])).toBeUndefined();
  });
});
