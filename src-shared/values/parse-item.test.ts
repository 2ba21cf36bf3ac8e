import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemText, type Wire, wirePairs } from './arbitrary.ts';
import type { AttributeValue } from './attribute-value.ts';
import { JsonTextError } from './json-reader.ts';
import { attributeNames, parseItem } from './parse-item.ts';

/** Back to what JSON.parse would have given, to compare with it. */
function toWire(value: AttributeValue): Wire {
  switch (value.type) {
    case 'S':
    case 'N':
      return { [value.type]: value.text };
    case 'B':
      return { B: value.base64 };
    case 'BOOL':
      return { BOOL: value.value };
    case 'NULL':
      return { NULL: true };
    case 'L':
      return { L: value.values.map(toWire) };
    case 'M': {
      const entries: Wire = Object.create(null) as Wire;
      for (const [name, inner] of value.entries) entries[name] = toWire(inner);
      return { M: entries };
    }
    default:
      return { [value.type]: value.members };
  }
}

describe('parseItem', () => {
  it('keeps every value of every item exactly', () => {
    fc.assert(
      fc.property(wirePairs, (pairs) => {
        const item = parseItem(itemText(pairs));
        expect([...item].map(([name, value]) => [name, JSON.stringify(toWire(value))])).toEqual(
          pairs.map(([name, value]) => [name, JSON.stringify(value)]),
        );
      }),
    );
  });

  it('does not care about white space', () => {
    const pretty =
      '{\n  "a" : { "L" : [ { "N" : "1" } , { "S" : "x" } ] } ,\n "b":{"M":{}}, "c":{"SS":["1", "2"]}\n}\n';
    expect(parseItem(pretty)).toEqual(parseItem('{"a":{"L":[{"N":"1"},{"S":"x"}]},"b":{"M":{}},"c":{"SS":["1","2"]}}'));
  });

  it('keeps digits-only names where they stand, and __proto__ as a name', () => {
    const item = parseItem('{"b":{"S":"1"},"10":{"S":"2"},"__proto__":{"S":"3"},"2":{"S":"4"}}');
    expect([...item.keys()]).toEqual(['b', '10', '__proto__', '2']);
  });

  it('keeps 38 digits', () => {
    const digits = '12345678901234567890123456789012345678';
    expect(parseItem(`{"n":{"N":"${digits}"}}`).get('n')).toEqual({ type: 'N', text: digits });
  });

  it.each([
    '',
    '{',
    '[]',
    '{"a":1}',
    '{"a":{"X":"1"}}',
    '{"a":{"S":"1"}',
    '{"a":{"S":"1"}} x',
    '{"a":{"S":"1","N":"2"}}',
    '{"a":{"S":"1}}',
    '{"a":{"BOOL":"true"}}',
    '{"a":{"N":1}}',
    '{"a":{"S":"\\x"}}',
  ])('refuses %s', (text) => {
    expect(() => parseItem(text)).toThrow(JsonTextError);
  });

  it('refuses nesting without end instead of exhausting the stack', () => {
    const deep = `{"a":${'{"L":['.repeat(100_000)}`;
    expect(() => parseItem(deep)).toThrow('nested too deeply');
  });
});

describe('attributeNames', () => {
  it('names what parseItem finds', () => {
    fc.assert(
      fc.property(wirePairs, (pairs) => {
        expect(attributeNames(itemText(pairs))).toEqual(pairs.map(([name]) => name));
      }),
    );
  });

  it.each(['', '{"a":}', '{"a":,}', '{"a":{"S":"1"}', '{"a"}'])('refuses %s', (text) => {
    expect(() => attributeNames(text)).toThrow(JsonTextError);
  });
});
