import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readShallowJson } from './shallow-json.ts';

const read = (text: string, depth: number) => readShallowJson(Buffer.from(text), depth);

/** What should come of a value: null for numbers and the like, and for what lies deeper. */
function cut(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || depth === 0) return null;
  if (Array.isArray(value)) return value.map((one) => cut(one, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cut(one, depth - 1)]));
}

describe('JSON that is read down to a depth', () => {
  it('is what it is, as far as that', () => {
    const text = ' {"a": [1, {"b": "c"}], "d\\"\\\\" : {"e": {"f": ["}", "\\\\", "\\"{"]}}, "g": true, "h": -1.5e+3 } ';
    expect(read(text, 2)).toEqual({ a: [null, null], 'd"\\': { e: null }, g: null, h: null });
    expect(read(text, 4)).toEqual({ a: [null, { b: 'c' }], 'd"\\': { e: { f: ['}', '\\', '"{'] } }, g: null, h: null });
    expect(read('[]', 1)).toEqual([]);
    expect(read('{}', 1)).toEqual({});
    expect(read('{"__proto__": {"x": "y"}}', 2)).toEqual(JSON.parse('{"__proto__": {"x": "y"}}'));
  });

  it('agrees with JSON.parse, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(4), fc.constantFrom(undefined, 1), (value, depth, space) => {
        const text = JSON.stringify(value, null, space);
        expect(read(text, depth)).toEqual(cut(JSON.parse(text), depth));
      }),
    );
  });

  it('is nothing where it is none, or breaks off', () => {
    const whole = '{"a": ["b", {"c": "d"}]}';
    for (let length = 0; length < whole.length; length += 1) {
      for (const depth of [1, 2, 9]) expect(read(whole.slice(0, length), depth)).toBeUndefined();
    }
    for (const text of ['{a: 1}', '{"a" 1}', '[1 2]', '{"a": "\\x"}', '}', ',']) expect(read(text, 3)).toBeUndefined();
  });

  it('does not fill the stack, and leaves texts that are no names', () => {
    expect(read(`${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`, 3)).toEqual([[[null]]]);
    expect(read(`{"a": "${'x'.repeat(20_000)}", "b": "c"}`, 1)).toEqual({ a: null, b: 'c' });
  });
});
