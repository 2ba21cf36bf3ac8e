import { describe, expect, it } from 'vitest';
import { aliceArn, anyApp, bobArn, exampleArn, makeRole, rolesByName } from '../testing/roles.ts';
import { type AccessQuestion, assumableRoles, decide, requestableRoles, requestRight } from './decision.ts';
import { explain } from './explain.ts';
import { type AccessGrant, defaultMaxDuration, longestRequest, mayReview } from './requests.ts';
import type { Role } from './role.ts';

const hour = 3_600_000;
const prod = { name: 'aws', labels: { env: 'prod' } };
const test = { name: 'test', labels: { env: 'test' } };
const asks = (arns: string[], more = {}) => ({ request: { app_labels: anyApp, aws_role_arns: arns, ...more } });
const grant = (more: Partial<AccessGrant> = {}): AccessGrant => ({
  request: 'r1',
  app: 'aws',
  roleArn: bobArn,
  approvedBy: 'bob',
  expiresAt: 1_000,
  ...more,
});

function question(roles: Role[], more: Partial<AccessQuestion> = {}): AccessQuestion {
  const user = { name: 'alice', roles: roles.map(({ name }) => name), traits: { email: ['alice@example.com'] } };
  return { user, roles: rolesByName(roles), app: prod, roleArn: bobArn, ...more };
}

const dev = makeRole('dev', {
  allow: { app_labels: anyApp, aws_role_arns: [aliceArn], ...asks([bobArn, exampleArn]) },
});

describe('an IAM role that a role lets be asked for', () => {
  it('is none that one has', () => {
    expect(decide(question([dev]))).toMatchObject({ allowed: false });
    expect(assumableRoles(question([dev])).map(({ arn }) => arn)).toEqual([aliceArn]);
    expect(requestableRoles(question([dev])).map(({ role }) => role.arn)).toEqual([exampleArn, bobArn]);
  });

  it.each<[string, Role[], boolean]>([
    ['names the role', [dev], true],
    ['names another role', [makeRole('r', { allow: asks([aliceArn]) })], false],
    ['is for other apps', [makeRole('r', { allow: asks([bobArn], { app_labels: { env: ['test'] } }) })], false],
    [
      'names it by a template',
      [
        makeRole('r', {
          allow: asks([
            'arn:aws:iam::123456789000:role/role_for_{{regexp.replace(email.local(external.email), "alice", "bob")}}',
          ]),
        }),
      ],
      true,
    ],
    ['is beside one that denies the asking', [dev, makeRole('no', { deny: asks([bobArn]) })], false],
    ['is beside one that denies asking for anything', [dev, makeRole('no', { deny: asks(['*']) })], false],
    [
      'is beside one whose denial cannot be evaluated',
      [dev, makeRole('no', { deny: asks(['{{external.missing}}']) })],
      false,
    ],
    ['is beside one that denies the IAM role', [dev, makeRole('no', { deny: { aws_role_arns: [bobArn] } })], false],
    ['is beside one that denies the asking for another', [dev, makeRole('no', { deny: asks([exampleArn]) })], true],
    ['is beside one that cannot be read', [dev, { ...makeRole('no', {}), unreadable: 'spoilt' }], false],
  ])('can be asked for where a role %s', (_, roles, allowed) => {
    // A denial of everything is how `'*'` is read on the deny side only.
    expect(requestRight(question(roles)).allowed).toBe(allowed);
    expect(requestableRoles(question(roles)).some(({ role }) => role.arn === bobArn)).toBe(allowed);
  });

  it('can be asked for as long as the strictest of the roles says', () => {
    const [short, long] = [hour, 2 * hour].map((maxDuration) =>
      makeRole(`${maxDuration}`, { allow: asks([bobArn], { maxDuration }) }),
    );
    expect(longestRequest([short, long] as Role[])).toBe(hour);
    expect(longestRequest([dev])).toBe(defaultMaxDuration);
  });

  it('of another account than the app’s cannot be asked for', () => {
    const app = { name: 'aws', labels: { aws_account_id: '999999999999' } };
    expect(requestRight(question([dev], { app })).allowed).toBe(false);
  });
});

describe('a request that was approved', () => {
  const withGrant = (roles: Role[], requests = [grant()], more = {}) => decide(question(roles, { requests, ...more }));

  it('gives the role, with the options of the role that lets it be asked for', () => {
    const readOnly = makeRole('readers', { allow: asks([bobArn]), options: { readOnly: true } });
    expect(withGrant([readOnly])).toMatchObject({
      allowed: true,
      because: 'The request r1, which bob has approved, allows it until 1970-01-01T00:00:01.000Z.',
      rule: { role: 'readers', field: 'request', entry: bobArn },
      options: { readOnly: true },
      grant: { expiresAt: 1_000 },
    });
    expect(assumableRoles(question([dev], { requests: [grant()] })).map(({ arn }) => arn)).toEqual([aliceArn, bobArn]);
    expect(requestableRoles(question([dev], { requests: [grant()] })).map(({ role }) => role.arn)).toEqual([
      exampleArn,
    ]);
  });

  it.each<[string, Role[], AccessGrant[], object]>([
    ['for another role', [dev], [grant({ roleArn: exampleArn })], {}],
    ['for another app', [dev], [grant({ app: 'test' })], {}],
    ['of a role that can no longer be asked for', [makeRole('dev', {})], [grant()], {}],
    ['against a deny rule', [dev, makeRole('no', { deny: { aws_role_arns: [bobArn] } })], [grant()], {}],
    [
      'against a deny rule for the app',
      [dev, makeRole('no', { deny: { app_labels: { env: ['prod'] } } })],
      [grant()],
      {},
    ],
    [
      'in an app that the role is not for',
      [makeRole('r', { allow: asks([bobArn], { app_labels: { env: ['prod'] } }) })],
      [grant({ app: 'test' })],
      { app: test },
    ],
    [
      'where a session tag cannot be told',
      [makeRole('r', { allow: asks([bobArn]), options: { sessionTags: { team: '{{external.team}}' } } })],
      [grant()],
      {},
    ],
  ])('gives nothing %s', (_, roles, requests, more) => {
    expect(withGrant(roles, requests, more).allowed).toBe(false);
  });

  it('does not stand before what a role allows anyway', () => {
    const decision = withGrant([makeRole('own', { allow: { app_labels: anyApp, aws_role_arns: [bobArn] } }), dev]);
    expect(decision).toMatchObject({ allowed: true, rule: { role: 'own', field: 'aws_role_arns' } });
    expect(decision).not.toHaveProperty('grant');
  });
});

describe('deciding on requests', () => {
  const reviewer = (arns: string[], labels: Record<string, string[]> = anyApp) =>
    makeRole('r', { allow: { review: { app_labels: labels, aws_role_arns: arns } } });
  it.each<[string, Role[], boolean]>([
    ['for the role', [reviewer([bobArn])], true],
    ['for any role', [reviewer(['*'])], true],
    ['for another role', [reviewer([aliceArn])], false],
    ['for another app', [reviewer(['*'], { env: ['test'] })], false],
    [
      'taken away by another role',
      [reviewer(['*']), makeRole('no', { deny: { review: { app_labels: anyApp, aws_role_arns: ['*'] } } })],
      false,
    ],
    ['that asks alone', [dev], false],
  ])('takes a role %s', (_, roles, allowed) => {
    expect(mayReview(question(roles)).allowed).toBe(allowed);
  });
});

it('explains that a role can be asked for, and what a request gives', () => {
  expect(explain(question([dev]), [], 0)).toMatchObject({ decision: { allowed: false }, requestableBy: ['dev'] });
  const given = explain(question([dev], { requests: [grant()] }), [], 0);
  expect(given).toMatchObject({ decision: { allowed: true, because: expect.stringContaining('bob has approved') } });
  expect(given).not.toHaveProperty('requestableBy');
});
