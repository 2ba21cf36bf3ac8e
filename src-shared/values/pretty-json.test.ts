import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prettyJson } from './pretty-json.ts';

describe('prettyJson', () => {
  it('lays out any JSON as JSON.stringify does, where that loses nothing', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        // What JSON.parse changes (names that look like numbers, -0) is below.
        const value: unknown = JSON.parse(text);
        fc.pre(JSON.stringify(value) === text);
        expect(prettyJson(text)).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it('keeps what JSON.parse would change', () => {
    const text = '{"b":12345678901234567890.10,"10":[],"b":{},"__proto__":"\\u00e9"}';
    expect(prettyJson(text).replace(/\n */g, '').replaceAll('": ', '":')).toBe(text);
  });

  it('takes nothing that is no JSON', () => {
    for (const text of ['', '{', '[1,]', '{"a" 1}', '{} x', '['.repeat(5000)]) expect(() => prettyJson(text)).toThrow();
  });
});
