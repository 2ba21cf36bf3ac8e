import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalQuery, decodeText, encodePath, encodeText, normalizePath } from './encoding.ts';

const wireText = fc.string({ unit: 'binary' }).map((text) => Buffer.from(text, 'utf8').toString('latin1'));

describe('SigV4 encoding', () => {
  it('undoes itself for any bytes', () => {
    fc.assert(
      fc.property(wireText, (text) => {
        expect(decodeText(encodeText(text))).toBe(text);
      }),
    );
  });

  it('gives the same canonical query whatever the order and the spelling of the escapes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(wireText, wireText)), fc.nat(), (pairs, seed) => {
        const texts = pairs.map(([key, value]) => `${encodeText(key)}=${encodeText(value)}`);
        const shuffled = [...texts].sort((a, b) => ((a.length * 7 + seed) % 5) - ((b.length * 7 + seed) % 5));
        const lowerCase = shuffled.map((text) => text.replace(/%[0-9A-F]{2}/g, (encoded) => encoded.toLowerCase()));
        expect(canonicalQuery(lowerCase.join('&'))).toBe(canonicalQuery(texts.join('&')));
      }),
    );
  });

  it('sorts by key, then by value, in byte order', () => {
    expect(canonicalQuery('b=2&a=9&b=1&B=3&a')).toBe('B=3&a=&a=9&b=1&b=2');
  });

  it('leaves one parameter out when asked', () => {
    expect(canonicalQuery('X-Amz-Signature=abc&a=1', ['X-Amz-Signature'])).toBe('a=1');
  });

  it('normalises dots and slashes', () => {
    for (const [path, normalized] of [
      ['', '/'],
      ['/', '/'],
      ['/a/../..', '/'],
      ['/a/./b/', '/a/b/'],
      ['//a//b//', '/a/b/'],
      ['/.hidden/..x', '/.hidden/..x'],
      ['/a/b/..', '/a/'],
    ] as const) {
      expect(normalizePath(path)).toBe(normalized);
    }
  });

  it('keeps slashes in paths and encodes them in text', () => {
    expect(encodePath('/a b/c+d')).toBe('/a%20b/c%2Bd');
    expect(encodeText('a/b')).toBe('a%2Fb');
  });
});
