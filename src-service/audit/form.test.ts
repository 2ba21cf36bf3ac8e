import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formValues } from './form.ts';

const values = (form: string, name = 'Action') => formValues(Buffer.from(form), name);

describe('values of a form', () => {
  it.each([
    ['Action=ListUsers&Version=2010-05-08', ['ListUsers']],
    ['Version=1&Action=ListUsers', ['ListUsers']],
    ['Action=A&Action=B&Action=A', ['A', 'B']],
    ['%41ction=A', ['A']],
    ['Action=%41', ['A']],
    ['Action=a+b', ['a b']],
    ['Action=', ['']],
    ['Action', []],
    ['XAction=A&Actions=B', []],
    ['x=&Action%3DA', []],
    ['x=a%26Action=B', []],
    ['Action=%E0%A4', ['%E0%A4']],
    ['', []],
  ])('%j: %j', (form, expected) => {
    expect(values(form)).toEqual(expected);
  });

  it('are those that URLSearchParams finds', () => {
    const text = fc.string({
      unit: fc.constantFrom('A', 'c', 't', 'i', 'o', 'n', '=', '&', '%', '4', '1', '+'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(text, (form) => {
        // A `%` that encodes nothing is read in different ways.
        fc.pre(!/%(?![0-7][0-9a-f])/i.test(form));
        const pairs = form.split('&').filter((part) => part.includes('='));
        expect(values(form)).toEqual([...new Set(new URLSearchParams(pairs.join('&')).getAll('Action'))]);
      }),
    );
  });

  it('are not looked for without end', () => {
    expect(values('&'.repeat(100_000))).toBeUndefined();
    expect(values(`Data=${'x'.repeat(8_000_000)}&Action=A`)).toEqual(['A']);
  });
});
