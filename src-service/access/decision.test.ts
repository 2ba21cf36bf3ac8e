import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aliceArn, allowing, anyApp, bobArn, exampleArn, makeRole, rolesByName } from '../testing/roles.ts';
import { type AppTarget, assumablePatterns, assumableRoles, decide } from './decision.ts';
import type { Role, User } from './role.ts';
import type { Traits } from './template.ts';

const app: AppTarget = { name: 'aws', labels: { env: 'prod' } };

function ask(roles: Role[], roleArn = exampleArn, traits: Traits = {}, target = app) {
  const user: User = { name: 'alice', roles: [...roles.map((one) => one.name), 'gone'], traits };
  return decide({ user, roles: rolesByName(roles), app: target, roleArn });
}

const allow = allowing('allow', [exampleArn]);
const deny = (part: Partial<Role['deny']>) => makeRole('deny', { deny: part });

describe('allow', () => {
  it('allows an ARN and an app that one role allows both', () => {
    expect(ask([allowing('reader', [exampleArn])])).toMatchObject({
      allowed: true,
      because: 'The role reader allows it.',
      rule: { role: 'reader', side: 'allow', field: 'aws_role_arns', entry: exampleArn },
    });
  });

  it('does not put together the app of one role and the ARN of another', () => {
    const decision = ask([
      makeRole('arns', { allow: { aws_role_arns: [exampleArn] } }),
      makeRole('apps', { allow: { app_labels: anyApp } }),
    ]);
    expect(decision.allowed).toBe(false);
    expect(decision.because).toContain('its app_labels do not match');
  });

  it('compares ARNs exactly', () => {
    const roles = [allowing('r', [exampleArn, `${aliceArn.slice(0, -5)}*`])];
    expect(ask(roles, exampleArn.toLowerCase()).allowed).toBe(false);
    expect(ask(roles, aliceArn).allowed).toBe(false);
    expect(ask(roles, `${exampleArn} `).allowed).toBe(false);
    expect(ask([allowing('r', ['*'])]).allowed).toBe(false);
  });

  it('takes ARNs from traits, and says which trait is missing', () => {
    const roles = [allowing('r', ['{{internal.aws_role_arns}}'])];
    expect(ask(roles, aliceArn, { aws_role_arns: [exampleArn, aliceArn] })).toMatchObject({
      allowed: true,
      rule: { entry: '{{internal.aws_role_arns}}' },
    });
    expect(ask(roles, aliceArn).because).toContain('the user has no trait aws_role_arns');
  });

  it('never takes what a trait expands to as a pattern', () => {
    const roles = [allowing('r', ['{{internal.aws_role_arns}}'], { roleGlobs: true })];
    const traits = { aws_role_arns: ['*', 'arn:aws:iam::123456789000:role/*', '.*', '^.*$'] };
    expect(ask(roles, aliceArn, traits).allowed).toBe(false);
  });

  it('says so when the user has no role', () => {
    expect(ask([])).toEqual({ allowed: false, because: 'alice has no role.' });
  });

  it('keeps an app to its account', () => {
    const other = { name: 'aws', labels: { aws_account_id: '999999999999' } };
    expect(ask([allow], exampleArn, {}, other).because).toContain('for the account 999999999999 only');
    const same = { name: 'aws', labels: { aws_account_id: '123456789000' } };
    expect(ask([allow], exampleArn, {}, same).allowed).toBe(true);
  });
});

describe('deny', () => {
  it('goes before allow, whichever role says so', () => {
    expect(ask([allow, deny({ aws_role_arns: [exampleArn] })])).toEqual({
      allowed: false,
      because: 'The role deny denies this IAM role.',
      rule: { role: 'deny', side: 'deny', field: 'aws_role_arns', entry: exampleArn },
    });
    expect(ask([allow, deny({ aws_role_arns: ['*'] })]).because).toContain('denies every IAM role');
    expect(ask([allow, deny({ app_labels: { env: ['prod'] } })]).because).toContain('denies the app');
    expect(ask([allow, deny({ app_labels: { env: ['test'] } })]).allowed).toBe(true);
    expect(ask([allow, deny({ aws_role_arns: [aliceArn] })]).allowed).toBe(true);
  });

  it('denies by its labels or by its ARNs, whichever matches', () => {
    expect(ask([allow, deny({ app_labels: { env: ['prod'] }, aws_role_arns: [aliceArn] })]).allowed).toBe(false);
    expect(ask([allow, deny({ app_labels: { env: ['test'] }, aws_role_arns: [exampleArn] })]).allowed).toBe(false);
  });

  it('of a role with an allow denies what the role itself allows', () => {
    const both = makeRole('both', {
      allow: { app_labels: anyApp, aws_role_arns: [exampleArn] },
      deny: { aws_role_arns: [exampleArn] },
    });
    expect(ask([both]).allowed).toBe(false);
  });

  it('denies when it needs a trait that the user lacks, and says so', () => {
    const byTrait = deny({ aws_role_arns: ['{{external.blocked}}'] });
    expect(ask([allow, byTrait])).toMatchObject({
      allowed: false,
      because: 'The role deny has a deny rule that cannot be evaluated: the user has no trait blocked.',
    });
    expect(ask([allow, byTrait], exampleArn, { blocked: [aliceArn] }).allowed).toBe(true);
    expect(ask([allow, deny({ app_labels: { env: ['{{external.env}}'] } })]).because).toContain('no trait env');
    expect(ask([allow, deny({ app_labels: { '{{external.key}}': ['x'] } })]).because).toContain('no trait key');
  });

  it('denies when one of several values cannot be evaluated', () => {
    const byMail = deny({ aws_role_arns: ['{{email.local(external.email)}}'] });
    expect(ask([allow, byMail], exampleArn, { email: ['a@b.c', 'nonsense'] }).because).toContain('no e-mail address');
    expect(ask([allow, byMail], exampleArn, { email: ['a@b.c'] }).allowed).toBe(true);
  });

  it('does not deny for values that its regular expression leaves out', () => {
    const byTeam = deny({ aws_role_arns: ['{{regexp.replace(external.team, "^blocked:(.*)$", "$1")}}'] });
    expect(ask([allow, byTeam], exampleArn, { team: ['other'] }).allowed).toBe(true);
    expect(ask([allow, byTeam], exampleArn, { team: [`blocked:${exampleArn}`] }).allowed).toBe(false);
  });

  it('is assumed of a role that cannot be read', () => {
    const broken: Role = { ...makeRole('broken', {}), unreadable: 'spec.allow: it must be a group of keys.' };
    expect(ask([allow, broken]).because).toContain('cannot be read, so it denies everything');
  });
});

describe('a pattern of ARNs', () => {
  const team = 'arn:aws:iam::123456789000:role/team-*';
  const withGlobs = allowing('globs', [team], { roleGlobs: true });
  const arn = (name: string) => `arn:aws:iam::123456789000:role/${name}`;

  it('allows what it stands for, where the role says that it has patterns', () => {
    expect(ask([withGlobs], arn('team-a'))).toMatchObject({ allowed: true, rule: { entry: team } });
    expect(ask([withGlobs], arn('other')).allowed).toBe(false);
    expect(ask([withGlobs], arn('team-a').replace('9000', '9001')).allowed).toBe(false);
    expect(ask([withGlobs], arn('team-a').replace('aws:', 'aws-cn:')).allowed).toBe(false);
    expect(ask([allowing('none', [team])], arn('team-a')).allowed).toBe(false);
  });

  it('stands for no text that is not the ARN of a role', () => {
    for (const name of ['team-a b', 'team-\n', `team-${'x'.repeat(100)}`, 'team-a*']) {
      expect([name, ask([withGlobs], arn(name)).allowed]).toEqual([name, false]);
    }
  });

  it('denies what it stands for', () => {
    const denying = makeRole('denying', { deny: { aws_role_arns: [team] }, options: { roleGlobs: true } });
    const roles = [allowing('allow', [arn('team-a'), arn('other')]), denying];
    expect(ask(roles, arn('team-a')).allowed).toBe(false);
    expect(ask(roles, arn('other')).allowed).toBe(true);
  });

  it('is listed as a pattern, for the app’s account', () => {
    const question = { user: { name: 'a', roles: ['globs'], traits: {} }, roles: rolesByName([withGlobs]) };
    expect(assumableRoles({ ...question, app })).toEqual([]);
    expect(assumablePatterns({ ...question, app }).map(({ pattern }) => pattern)).toEqual([team]);
    const other = { name: 'aws', labels: { aws_account_id: '999999999999' } };
    expect(assumablePatterns({ ...question, app: other })).toEqual([]);
  });
});

describe('the options of a session', () => {
  const options = (roles: Role[], traits: Traits = {}) => {
    const decision = ask(roles, exampleArn, traits);
    return decision.allowed ? decision.options : decision.because;
  };

  it('have defaults', () => {
    expect(options([allow])).toEqual({
      readOnly: false,
      sessionTags: {},
      sourceIdentity: undefined,
      chainedRoles: 'listed',
      customerHosts: [],
      credentialCalls: true,
      maxSessionTtl: undefined,
      requireSessionMfa: false,
    });
  });

  it('are the strictest of the roles that allow the session, and of no others', () => {
    const strict = allowing('strict', [exampleArn], { readOnly: true, requireSessionMfa: true, chainedRoles: 'deny' });
    expect(options([allow, strict])).toMatchObject({ readOnly: true, requireSessionMfa: true, chainedRoles: 'deny' });
    const elsewhere = allowing('elsewhere', [aliceArn], { readOnly: true, requireSessionMfa: true });
    expect(options([allow, elsewhere])).toMatchObject({ readOnly: false, requireSessionMfa: false });
    const wide = allowing('wide', [exampleArn], { chainedRoles: 'allow' });
    expect(options([allow, wide])).toMatchObject({ chainedRoles: 'listed' });
    expect(options([wide])).toMatchObject({ chainedRoles: 'allow' });
    const hosts = (name: string, customerHosts: string[]) => allowing(name, [exampleArn], { customerHosts });
    expect(options([hosts('a', ['es', 'lambda']), hosts('b', ['lambda', 'aoss'])])).toMatchObject({
      customerHosts: ['lambda'],
    });
    expect(options([allow, hosts('a', ['es'])])).toMatchObject({ customerHosts: [] });
    const careful = allowing('careful', [exampleArn], { credentialCalls: false });
    expect(options([allow, careful])).toMatchObject({ credentialCalls: false });
  });

  it('have the shortest time of all roles', () => {
    const roles = [
      allowing('a', [exampleArn], { maxSessionTtl: 9_000_000 }),
      makeRole('b', { options: { maxSessionTtl: 5_000_000 } }),
      makeRole('c', {}),
    ];
    expect(options(roles)).toMatchObject({ maxSessionTtl: 5_000_000 });
  });

  it('have session tags from templates, the first value of each', () => {
    const tagged = allowing('tagged', [exampleArn], {
      sessionTags: { team: '{{external.team}}', mail: 'x-{{email.local(external.email)}}', fixed: 'yes' },
    });
    const traits = { team: ['red', 'blue'], email: ['a@b.c'] };
    expect(options([tagged], traits)).toMatchObject({ sessionTags: { team: 'red', mail: 'x-a', fixed: 'yes' } });
    const second = allowing('second', [exampleArn], { sessionTags: { fixed: 'no', more: '1' } });
    expect(options([tagged, second], traits)).toMatchObject({ sessionTags: { fixed: 'yes', more: '1' } });
  });

  it('deny the session when a tag or the source identity cannot be told', () => {
    const tagged = allowing('tagged', [exampleArn], { sessionTags: { team: '{{external.team}}' } });
    expect(options([tagged])).toBe('The role tagged sets the session tag team, but the user has no trait team.');
    expect(options([tagged], { team: ['a;b'] })).toContain('AWS takes no tag with the value "a;b"');
    const named = allowing('named', [exampleArn], { sourceIdentity: '{{external.id}}' });
    expect(options([named])).toBe('The role named sets the source identity, but the user has no trait id.');
  });

  it('have a source identity that AWS takes', () => {
    expect(options([allowing('r', [exampleArn], { sourceIdentity: true })])).toMatchObject({ sourceIdentity: 'alice' });
    const byMail = allowing('r', [exampleArn], { sourceIdentity: '{{external.email}}' });
    expect(options([byMail], { email: ['alice@example.com'] })).toMatchObject({ sourceIdentity: 'alice@example.com' });
    const decision = options([byMail], { email: ['alice müller'] });
    expect(decision).toMatchObject({ sourceIdentity: expect.stringMatching(/^[\w+=,.@-]{2,64}$/) });
  });
});

describe('the list of roles', () => {
  it('has what is allowed, by name, and nothing that is no role ARN', () => {
    const roles = rolesByName([allowing('r', ['{{internal.aws_role_arns}}']), deny({ aws_role_arns: [bobArn] })]);
    const traits = { aws_role_arns: [aliceArn, 'nonsense', exampleArn, exampleArn, bobArn] };
    const user = { name: 'alice', roles: ['r', 'deny'], traits };
    expect(assumableRoles({ user, roles, app }).map((one) => one.arn)).toEqual([exampleArn, aliceArn]);
  });
});

describe('any decision', () => {
  const arns = fc.subarray([exampleArn, aliceArn, bobArn, '{{external.arn}}', '{{external.none}}']);
  const labels = fc.constantFrom<Role['allow']['app_labels']>(
    {},
    anyApp,
    { env: ['prod'] },
    { env: ['{{external.none}}'] },
  );
  const conditions = fc.record({ app_labels: labels, aws_role_arns: arns, rules: fc.constant([]) });
  const someRole = fc.record({ allow: conditions, deny: conditions }).map((part) => makeRole('x', part));
  const someRoles = fc
    .array(someRole, { maxLength: 5 })
    .map((roles) => roles.map((role, n) => ({ ...role, name: `r${n}` })));
  const traits = { arn: [aliceArn] };

  it('does not depend on the order of the roles', () => {
    fc.assert(
      fc.property(someRoles, (roles) => {
        expect(ask(roles, exampleArn, traits).allowed).toBe(ask([...roles].reverse(), exampleArn, traits).allowed);
      }),
    );
  });

  it('is never turned from no to yes by a role that only denies, nor from yes to no by one that only allows', () => {
    fc.assert(
      fc.property(someRoles, conditions, (roles, more) => {
        const before = ask(roles, exampleArn, traits).allowed;
        const denying = ask([...roles, makeRole('more', { deny: more })], exampleArn, traits).allowed;
        const granting = ask([...roles, makeRole('more', { allow: more })], exampleArn, traits).allowed;
        expect(denying && !before).toBe(false);
        expect(before && !granting).toBe(false);
      }),
    );
  });

  it('is no when any role denies everything', () => {
    fc.assert(
      fc.property(someRoles, (roles) => {
        expect(ask([...roles, deny({ aws_role_arns: ['*'] })], exampleArn, traits).allowed).toBe(false);
      }),
    );
  });
});
