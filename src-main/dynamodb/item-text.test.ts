import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Item, itemToText, textToItem } from './item-text.ts';

const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', '0', '12', 'a.b'));
const bytes = fc.uint8Array({ maxLength: 20 });
const { value } = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.record({ S: fc.string({ unit: 'binary' }) }),
    fc.record({ N: fc.stringMatching(/^-?\d{1,38}$/) }),
    fc.record({ B: bytes }),
    fc.record({ BOOL: fc.boolean() }),
    fc.constant({ NULL: true as const }),
    fc.record({ SS: fc.array(fc.string()) }),
    fc.record({ NS: fc.array(fc.stringMatching(/^\d{1,38}$/)) }),
    fc.record({ BS: fc.array(bytes) }),
    fc.record({ L: fc.array(tie('value'), { maxLength: 4 }) }),
    fc.record({ M: fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map(toItem) }),
  ) as fc.Arbitrary<AttributeValue>,
}));
const item = fc.array(fc.tuple(name, value), { maxLength: 6 }).map(toItem);

function toItem(entries: (readonly [string, AttributeValue])[]): Item {
  const made: Item = {};
  for (const [key, content] of entries) {
    Object.defineProperty(made, key, { value: content, enumerable: true, configurable: true, writable: true });
  }
  return made;
}

describe('an item as text', () => {
  it('comes back as it was, whatever is in it', () => {
    fc.assert(
      fc.property(item, (one) => {
        const back = textToItem(itemToText(one));
        expect(Object.keys(back)).toEqual(Object.keys(one));
        expect(itemToText(back)).toBe(itemToText(one));
        expect(itemToText(one)).not.toContain('"type":"Buffer"');
      }),
    );
  });

  it('is DynamoDB JSON: numbers as text, binary as base64', () => {
    const text = itemToText({
      n: { N: '12345678901234567890123456789012345678' },
      b: { B: Uint8Array.of(255, 0) },
      e: { S: '' },
    });
    expect(text).toBe('{"n":{"N":"12345678901234567890123456789012345678"},"b":{"B":"/wA="},"e":{"S":""}}');
    expect(textToItem(text)['b']?.B).toEqual(Buffer.from([255, 0]));
  });

  it.each([
    '',
    '[]',
    '{"a":1}',
    '{"a":{"S":"x","N":"1"}}',
    '{"a":{}}',
    '{"a":{"X":1}}',
    '{"a":{"B":1}}',
    '{"a":{"L":{}}}',
  ])('%s is refused', (text) => {
    expect(() => textToItem(text)).toThrow(SyntaxError);
  });
});
