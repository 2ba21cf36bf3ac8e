import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemText, wirePairs } from './arbitrary.ts';
import { parseItem } from './parse-item.ts';
import { clipboardText, writeItem } from './write-value.ts';

describe('writeItem', () => {
  it('is the inverse of parseItem, to the last character', () => {
    fc.assert(
      fc.property(wirePairs, (pairs) => {
        const text = itemText(pairs);
        expect(writeItem(parseItem(text))).toBe(text);
      }),
    );
  });
});

describe('clipboardText', () => {
  it.each([
    ['{"S":"a \\"quoted\\" word"}', 'a "quoted" word'],
    ['{"N":"1.50"}', '1.50'],
    ['{"B":"AAE="}', 'AAE='],
    ['{"BOOL":true}', 'true'],
    ['{"NULL":true}', 'null'],
    ['{"SS":["a","b"]}', '{"SS":["a","b"]}'],
    ['{"M":{"x":{"N":"1"}}}', '{"M":{"x":{"N":"1"}}}'],
  ])('of %s is %s', (wire, expected) => {
    expect(clipboardText(parseItem(`{"v":${wire}}`).get('v')!)).toBe(expected);
  });
});
