import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldBack, matchesPattern, productionRuleOf } from './production.ts';

const role = {
  arn: 'arn:aws:iam::123456789012:role/teams/Billing-Prod',
  name: 'Billing-Prod',
  path: '/teams/',
  accountId: '123456789012',
  partition: 'aws',
};
const session = { app: 'aws-live', role, readOnly: false, unlocked: false };
const rule = (pattern: string, readsFirst = false) => ({ pattern, readsFirst });

describe('a production rule', () => {
  it.each(['123456789012', '1234*', 'billing-prod', '*PROD', 'aws-live', '*:role/teams/*', '*', 'b*l*-*d'])(
    'that says %s is for the session',
    (pattern) => expect(productionRuleOf([rule(pattern)], session)).toEqual(rule(pattern)),
  );

  it.each(['12345678901', 'prod', '*prod*x', 'billing.prod', 'b*ll*ll*', ''])('that says %s is not', (pattern) =>
    expect(productionRuleOf([rule(pattern)], session)).toBeUndefined(),
  );

  it('takes every character but * as it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, other) => {
        const plain = text.replaceAll('*', '');
        expect(matchesPattern(plain, plain)).toBe(true);
        expect(matchesPattern(plain, other)).toBe(plain.toLowerCase() === other.toLowerCase());
        expect(matchesPattern(`${plain}*`, plain + other)).toBe(true);
        expect(matchesPattern(`*${plain}*`, other + plain + other)).toBe(true);
      }),
    );
  });
});

describe('a session', () => {
  it('is held to reading by its service, or by a rule until it is unlocked', () => {
    expect(heldBack([], session)).toBeUndefined();
    expect(heldBack([rule('*')], session)).toBeUndefined();
    expect(heldBack([rule('*', true)], session)).toBe('production');
    expect(heldBack([rule('*', true)], { ...session, unlocked: true })).toBeUndefined();
    expect(heldBack([rule('*', true)], { ...session, unlocked: true, readOnly: true })).toBe('service');
  });
});
