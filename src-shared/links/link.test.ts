import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RolegateError } from '../errors.ts';
import { emptyCriteria } from '../reading/criteria.ts';
import { linkAmong, parseLink } from './link.ts';
import { criteriaIn, linkTo } from './make-link.ts';

const table = { account: '123456789012', region: 'us-east-1', table: 'billing.invoices-2026', role: 'Team+Reader' };
const plain = 'rolegate://open?account=123456789012&region=us-east-1&table=T';

describe('a link', () => {
  it('is read as it was made', () => {
    expect(parseLink(linkTo(table))).toEqual(table);
    expect(parseLink(plain)).toEqual({ account: '123456789012', region: 'us-east-1', table: 'T' });
    expect(parseLink(plain.replace('open?', 'open/?'))).toMatchObject({ table: 'T' });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ maxLength: 60 }), (name, value) => {
        const filledIn = { ...emptyCriteria(), keys: [{ name, operator: '=' as const, values: [value] }] };
        expect(criteriaIn(parseLink(linkTo(table, filledIn)))).toEqual(JSON.parse(JSON.stringify(filledIn)));
      }),
    );
  });

  it.each([
    '',
    'rolegate:',
    'rolegate://open',
    'rolegate://open?',
    'rolegate://run?statement=DELETE',
    'rolegate://open@evil.example/?table=T',
    'https://open?account=123456789012&region=us-east-1&table=T',
    'ROLEGATE://open?account=123456789012&region=us-east-1&table=T',
    plain.replace('123456789012', '12345678901'),
    plain.replace('123456789012', '１２３４５６７８９０１２'),
    plain.replace('us-east-1', 'us-east-1.evil.example'),
    plain.replace('us-east-1', '..%2F..'),
    plain.replace('=T', '=..%2Fetc'),
    plain.replace('=T', '=%3Cimg%20src%3Dx%3E'),
    plain.replace('=T', '=T%00'),
    plain.replace('=T', ''),
    `${plain}&table=U`,
    `${plain}&run=true`,
    `${plain}&__proto__=1`,
    `${plain}&role=a%20b`,
    `${plain}#x y`,
    `${plain}\n--no-sandbox`,
    `${plain}&query=`,
    `${plain}&query=%7B%7D`,
    `${plain}&query=${btoa('{"keys":"all"}').replaceAll('=', '')}`,
    `${plain}&query=${'A'.repeat(20_000)}`,
    `${plain}${'&'.repeat(20_000)}`,
  ])('is refused when it is not just that: %j', (text) => {
    expect(() => parseLink(text)).toThrow(/cannot be opened/);
  });

  it('never throws anything but a sentence, and repeats nothing of what it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          parseLink(`rolegate://open?${text}`);
        } catch (error) {
          expect(error).toBeInstanceOf(RolegateError);
          if (text.length > 12) expect((error as Error).message).not.toContain(text);
        }
      }),
    );
  });

  it('is the only one among the arguments, or none', () => {
    expect(linkAmong(['/opt/rolegate', '--flag', plain])).toBe(plain);
    expect(linkAmong(['/opt/rolegate', plain, plain])).toBeUndefined();
    expect(linkAmong(['/opt/rolegate', '--url=rolegate://open'])).toBeUndefined();
  });
});
