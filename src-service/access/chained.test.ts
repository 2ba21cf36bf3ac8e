import { describe, expect, it } from 'vitest';
import { aliceArn, allowing, exampleArn, makeRole, rolesByName } from '../testing/roles.ts';
import { decideChained } from './chained.ts';
import type { Role } from './role.ts';

const target = 'arn:aws:iam::999999999999:role/Target';

function chain(roles: Role[], to = target, from = exampleArn, labels = {}) {
  const user = { name: 'alice', roles: roles.map(({ name }) => name), traits: {} };
  return decideChained({ user, roles: rolesByName(roles), app: { name: 'aws', labels }, roleArn: from, target: to });
}

const own = (options: Partial<Role['options']> = {}) => allowing('own', [exampleArn], options);

describe('a chained role', () => {
  it.each([
    ['deny', [target], false],
    ['listed', [], false],
    ['listed', [target], true],
    ['allow', [], true],
  ] as const)('with aws_chained_roles: %s and %j listed', (chainedRoles, listed, expected) => {
    expect(chain([own({ chainedRoles }), allowing('list', listed)]).allowed).toBe(expected);
  });

  it('is listed by default', () => {
    expect(chain([own()])).toMatchObject({ allowed: false, because: expect.stringContaining('aws_role_arns') });
    expect(chain([own(), allowing('list', [target])])).toMatchObject({ allowed: true, rule: { role: 'list' } });
  });

  it('is listed only by a role that allows this app', () => {
    const list = makeRole('list', { allow: { app_labels: { env: ['prod'] }, aws_role_arns: [target] } });
    expect(chain([own(), list]).allowed).toBe(false);
    expect(chain([own(), list], target, exampleArn, { env: 'prod' }).allowed).toBe(true);
  });

  it('may be in another account than the app’s', () => {
    const labels = { aws_account_id: '123456789000' };
    expect(chain([own(), allowing('list', [target])], target, exampleArn, labels).allowed).toBe(true);
  });

  it('is denied by every deny rule that would deny it if it were picked', () => {
    const wide = own({ chainedRoles: 'allow' });
    for (const deny of [[target], ['*'], ['{{external.missing}}']]) {
      const denying = makeRole('deny', { deny: { aws_role_arns: deny } });
      // A rule that denies everything denies the session as well; what counts is that it denies.
      expect([deny, chain([wide, denying]).allowed]).toEqual([deny, false]);
    }
    const globs = makeRole('deny', {
      deny: { aws_role_arns: ['arn:aws:iam::999999999999:role/*'] },
      options: { roleGlobs: true },
    });
    expect(chain([wide, globs])).toMatchObject({ allowed: false, rule: { role: 'deny', side: 'deny' } });
  });

  it('never comes from a read-only session', () => {
    const readOnly = own({ readOnly: true, chainedRoles: 'allow' });
    expect(chain([readOnly, allowing('list', [target])]).because).toContain('read-only');
  });

  it('is never one that the user has read-only or with a second factor', () => {
    const wide = own({ chainedRoles: 'allow' });
    for (const options of [{ readOnly: true }, { requireSessionMfa: true }]) {
      expect(chain([wide, allowing('list', [target], options)]).because).toContain('must be picked');
    }
    const withFactor = own({ requireSessionMfa: true });
    expect(chain([withFactor, allowing('list', [target], { requireSessionMfa: true })]).allowed).toBe(true);
  });

  it('carries what the role that lists it wants, or is denied', () => {
    const tagged = allowing('list', [target], { sessionTags: { team: 'red' } });
    expect(chain([own(), tagged])).toMatchObject({ options: { sessionTags: { team: 'red' } } });
    const missing = allowing('list', [target], { sessionTags: { team: '{{external.team}}' } });
    expect(chain([own({ chainedRoles: 'allow' }), missing]).because).toContain('no trait team');
  });

  it('needs a session that is allowed itself', () => {
    expect(chain([own({ chainedRoles: 'allow' })], target, aliceArn).allowed).toBe(false);
  });

  it('is the ARN of a role', () => {
    for (const text of ['', '*', 'arn:aws:iam::999999999999:user/x']) {
      expect(() => chain([own({ chainedRoles: 'allow' })], text)).toThrow(/ARN/);
    }
  });
});
