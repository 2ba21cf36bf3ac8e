import { describe, expect, it } from 'vitest';
import { cborTextMap } from './cbor.ts';

const hex = (entries: Record<string, string>) => Buffer.from(cborTextMap(entries)).toString('hex');

// Encodings are those of RFC 8949, appendix A, put together.
describe('a map of texts in CBOR', () => {
  it.each([
    [{}, 'a0'],
    [{ a: 'A', b: 'B', c: 'C', d: 'D', e: 'E' }, 'a56161614161626142616361436164614461656145'],
    [{ IETF: '' }, 'a1644945544660'],
    [{ ü: '水' }, 'a162c3bc63e6b0b4'],
    [{ '': '𐅑' }, 'a16064f0908591'],
  ])('%j is %s', (entries, expected) => {
    expect(hex(entries as Record<string, string>)).toBe(expected);
  });

  it.each([
    [23, '77'],
    [24, '7818'],
    [255, '78ff'],
    [256, '790100'],
    [65_535, '79ffff'],
    [65_536, '7a00010000'],
  ])('a text of %i bytes begins with %s', (length, head) => {
    expect(hex({ '': 'x'.repeat(length) })).toBe(`a160${head}${'78'.repeat(length)}`);
  });
});
