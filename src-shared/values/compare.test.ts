import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemText, wirePairs } from './arbitrary.ts';
import type { AttributeValue } from './attribute-value.ts';
import { compareValues, sameItem, sameValue } from './compare.ts';
import { parseItem, parseValue } from './parse-item.ts';

const value = (text: string) => parseValue(text);

describe('sameValue', () => {
  it.each([
    ['{"N":"1.0"}', '{"N":"1"}', true],
    ['{"N":"1"}', '{"S":"1"}', false],
    ['{"SS":["a","b"]}', '{"SS":["b","a"]}', true],
    ['{"NS":["1","2.0"]}', '{"NS":["2","1.00"]}', true],
    ['{"SS":["a"]}', '{"L":[{"S":"a"}]}', false],
    ['{"L":[{"S":"a"},{"S":"b"}]}', '{"L":[{"S":"b"},{"S":"a"}]}', false],
    ['{"M":{"a":{"N":"1"},"b":{"N":"2"}}}', '{"M":{"b":{"N":"2"},"a":{"N":"1.0"}}}', true],
    ['{"NULL":true}', '{"S":""}', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(sameValue(value(a), value(b))).toBe(expected);
  });

  it('holds for every item whatever the order of its names, and fails when one is missing', () => {
    fc.assert(
      fc.property(wirePairs, (pairs) => {
        const item = parseItem(itemText(pairs));
        const reversed = new Map([...item].reverse());
        expect(sameItem(item, reversed)).toBe(true);
        for (const name of item.keys()) {
          reversed.delete(name);
          expect(sameItem(item, reversed)).toBe(false);
          break;
        }
      }),
    );
  });
});

describe('compareValues', () => {
  const sorted = (texts: (string | undefined)[]) =>
    texts.map((text) => (text === undefined ? undefined : value(text))).sort(compareValues);

  it('orders numbers by value, texts and binary by bytes, and what is missing last', () => {
    const order = ['{"N":"-2"}', '{"N":"9"}', '{"N":"10"}', '{"S":"Z"}', '{"S":"a"}', '{"B":"AQ=="}', '{"B":"/w=="}'];
    expect(sorted([...order].reverse())).toEqual(order.map(value));
    // `sort` puts undefined last whatever the comparison says.
    expect(compareValues(undefined, value('{"S":""}'))).toBe(1);
  });

  it('is a total order', () => {
    fc.assert(
      fc.property(wirePairs, (pairs) => {
        const values: AttributeValue[] = [...parseItem(itemText(pairs)).values()];
        for (const a of values) {
          expect(compareValues(a, a)).toBe(0);
          for (const b of values) expect(Math.sign(compareValues(a, b)) + Math.sign(compareValues(b, a))).toBe(0);
        }
      }),
    );
  });
});
