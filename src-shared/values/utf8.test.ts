import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareUtf8, utf8Length } from './utf8.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 8 });

describe('compareUtf8', () => {
  it('orders as the bytes do', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  it('puts what lies beyond 16 bits last', () => {
    expect(compareUtf8('😀', '～')).toBeGreaterThan(0);
    expect('😀' < '～').toBe(true);
  });
});

describe('utf8Length', () => {
  it('counts bytes', () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(utf8Length(one)).toBe(Buffer.byteLength(one));
      }),
    );
  });
});
