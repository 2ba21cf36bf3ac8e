import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalNumber, compareNumbers, numberProblem, significantDigits } from './decimal.ts';

/** Whole numbers of any size with a power of ten behind them, and their exact value to compare with. */
const scaled = fc
  .record({ digits: fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), power: fc.integer({ min: 0, max: 60 }) })
  .map(({ digits, power }) => ({ text: `${digits}e${power}`, value: digits * 10n ** BigInt(power) }));

describe('compareNumbers', () => {
  it('orders as exact arithmetic does', () => {
    fc.assert(
      fc.property(scaled, scaled, (a, b) => {
        expect(Math.sign(compareNumbers(a.text, b.text))).toBe(a.value < b.value ? -1 : a.value > b.value ? 1 : 0);
      }),
    );
  });

  it.each([
    ['92838584930183242888', '92838584930183242889', -1],
    ['0.1234567890123456789012345678901234567', '0.1234567890123456789012345678901234568', -1],
    ['10', '9', 1],
    ['-10', '-9', -1],
    ['-1', '0', -1],
    ['0', '-0', 0],
    ['1E+125', '9', 1],
    ['1.50', '15e-1', 0],
    ['.5', '0.25', 1],
    ['abc', '1', 1],
  ])('%s and %s: %i', (a, b, expected) => {
    expect(compareNumbers(a, b)).toBe(expected);
    expect(compareNumbers(b, a) + 0).toBe(-expected + 0);
  });
});

describe('canonicalNumber', () => {
  it('is one text for all spellings', () => {
    for (const text of ['007.50', '7.5', '75e-1', '+7.5', '0.75E1']) {
      expect(canonicalNumber(text)).toBe(canonicalNumber('7.5'));
    }
    expect(canonicalNumber('-0.0')).toBe('0');
  });

  it('agrees with the comparison', () => {
    fc.assert(
      fc.property(scaled, scaled, (a, b) => {
        expect(canonicalNumber(a.text) === canonicalNumber(b.text)).toBe(compareNumbers(a.text, b.text) === 0);
      }),
    );
  });
});

describe('numberProblem', () => {
  it.each(['0', '-1', '1'.repeat(38), '9.9999999999999999999999999999999999999E+125', '1E-130', '0.00', '1e3'])(
    'lets %s pass',
    (text) => {
      expect(numberProblem(text)).toBeUndefined();
    },
  );

  it.each(['', 'abc', '1,5', '0x1', 'NaN', 'Infinity', '1'.repeat(39), '1E+126', '1E-131', '.', '1e', '--1'])(
    'refuses %s',
    (text) => {
      expect(numberProblem(text)).toMatch(/\.$/);
    },
  );

  it('counts the digits that count', () => {
    expect(significantDigits('0012.3400')).toBe(4);
    expect(significantDigits('1000')).toBe(1);
  });
});
