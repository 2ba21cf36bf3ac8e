import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemText, wireValue } from './arbitrary.ts';
import type { AttributeValue } from './attribute-value.ts';
import { binarySize, formatBytes, hexPreview, textPreview } from './binary.ts';
import { looksLikeAnotherType } from './looks-like.ts';
import { parseItem } from './parse-item.ts';
import { preview } from './preview.ts';

function value(wire: unknown): AttributeValue {
  return parseItem(`{"v":${JSON.stringify(wire)}}`).get('v') as AttributeValue;
}

describe('preview', () => {
  it.each([
    [{ S: 'plain' }, 'plain'],
    [{ S: 'two\nlines\tand a tab' }, 'two↵lines⇥and a tab'],
    [{ S: '\u0000' }, '␀'],
    [{ N: '12345678901234567890123456789012345678' }, '12345678901234567890123456789012345678'],
    [{ B: btoa('Hello world') }, '11 B · 48 65 6c 6c 6f 20 77 6f …'],
    [{ B: '' }, '0 B'],
    [{ BOOL: false }, 'false'],
    [{ NULL: true }, 'NULL'],
    [{ SS: ['a', 'b', '1'] }, '{3} "a", "b", "1"'],
    [{ NS: ['1', '2.50'] }, '{2} 1, 2.50'],
    [{ BS: [btoa('abc'), btoa('d')] }, '{2} 3 B, 1 B'],
    [{ L: [] }, '[]'],
    [{ M: {} }, '{}'],
    [{ L: [{ N: '1' }, { S: '1' }, { BOOL: true }, { NULL: true }] }, '[4] 1, "1", true, NULL'],
    [{ M: { city: { S: 'Berlin' }, at: { L: [{ N: '52.5' }] } } }, '{2} city: "Berlin", at: [1] 52.5'],
  ])('%j is %s', (wire, expected) => {
    expect(preview(value(wire), 200)).toBe(expected);
  });

  it('is cut near its limit, whatever the value', () => {
    fc.assert(
      fc.property(wireValue, fc.integer({ min: 8, max: 60 }), (wire, max) => {
        const parsed = parseItem(itemText([['v', wire]])).get('v') as AttributeValue;
        expect(preview(parsed, max).length).toBeLessThanOrEqual(max + 1);
      }),
    );
  });
});

describe('binary', () => {
  it('measures bytes, not base64', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        expect(binarySize(btoa(String.fromCharCode(...bytes)))).toBe(bytes.length);
      }),
    );
  });

  it('shows text only where the bytes are text', () => {
    expect(textPreview(btoa('Hello'), 10)).toBe('Hello');
    expect(textPreview(btoa('Hello world'), 5)).toBe('Hello…');
    expect(textPreview(btoa('\u00ff\u00fe'), 10)).toBeUndefined();
    expect(textPreview(btoa('a\u0000b'), 10)).toBeUndefined();
    expect(textPreview('', 10)).toBeUndefined();
    expect(textPreview('not base64!', 10)).toBeUndefined();
    // "é" is two bytes; the cut goes between them.
    expect(textPreview(btoa('ab\u00c3\u00a9'), 3)).toBe('ab…');
  });

  it('writes bytes in hexadecimal', () => {
    expect(hexPreview(btoa('\u0000\u000f\u00ff'), 8)).toBe('00 0f ff');
  });

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KB'],
    [1536, '1.5 KB'],
    [5 * 1024 ** 3, '5 GB'],
  ])('%d bytes are %s', (bytes, expected) => {
    expect(formatBytes(bytes)).toBe(expected);
  });
});

describe('looksLikeAnotherType', () => {
  it.each(['42', '-1.5e3', '.5', 'true', 'NULL', '', ' ', ' x', '{2}', '[]', '"a"'])('%j needs its type', (text) => {
    expect(looksLikeAnotherType(text)).toBe(true);
  });
  it.each(['Artist', '2024-01-01T00:00:00Z', 'a 1', 'trueish', '10.0.0.1 host'])('%j does not', (text) => {
    expect(looksLikeAnotherType(text)).toBe(false);
  });
});
