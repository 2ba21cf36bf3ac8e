import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role, User } from '../config/resources.ts';
import { type AppTarget, assumableRoles, decide } from './decision.ts';
import { globMatches } from './labels.ts';
import { expandTemplate, parseTemplate, type Traits } from './template.ts';

const example = 'arn:aws:iam::123456789000:role/ExampleTeleportDynamoDBRole';
const forAlice = 'arn:aws:iam::123456789000:role/role_for_alice';
const app: AppTarget = { name: 'aws', labels: { env: 'prod' } };
const anyApp = { '*': ['*'] };

function role(name: string, part: { allow?: Partial<Role['allow']>; deny?: Partial<Role['deny']> }): Role {
  const empty = { app_labels: {}, aws_role_arns: [] };
  return { name, allow: { ...empty, ...part.allow }, deny: { ...empty, ...part.deny }, maxSessionTtl: undefined };
}

function ask(roles: Role[], roleArn = example, traits: Traits = {}, target = app) {
  const user: User = { name: 'alice', roles: [...roles.map((one) => one.name), 'gone'], traits };
  return decide({ user, roles: new Map(roles.map((one) => [one.name, one])), app: target, roleArn });
}

describe('a decision', () => {
  it('allows an ARN and an app that one role allows both', () => {
    const decision = ask([role('reader', { allow: { app_labels: anyApp, aws_role_arns: [example] } })]);
    expect(decision).toEqual({ allowed: true, because: 'The role reader allows it.' });
  });

  it('does not put together the app of one role and the ARN of another', () => {
    const decision = ask([
      role('arns', { allow: { aws_role_arns: [example] } }),
      role('apps', { allow: { app_labels: anyApp } }),
    ]);
    expect(decision.allowed).toBe(false);
    expect(decision.because).toContain('its app_labels do not match');
  });

  it('compares ARNs exactly', () => {
    const roles = [role('r', { allow: { app_labels: anyApp, aws_role_arns: [example, `${forAlice.slice(0, -5)}*`] } })];
    expect(ask(roles, example.toLowerCase()).allowed).toBe(false);
    expect(ask(roles, forAlice).allowed).toBe(false);
  });

  it('denies before it allows, whichever role says so', () => {
    const allow = role('allow', { allow: { app_labels: anyApp, aws_role_arns: [example] } });
    expect(ask([allow, role('deny', { deny: { aws_role_arns: [example] } })]).because).toContain('deny denies this');
    expect(ask([allow, role('deny', { deny: { aws_role_arns: ['*'] } })]).because).toContain('every IAM role');
    expect(ask([allow, role('deny', { deny: { app_labels: { env: ['prod'] } } })]).because).toContain('denies the app');
    expect(ask([allow, role('deny', { deny: { app_labels: { env: ['test'] } } })]).allowed).toBe(true);
  });

  it('denies when a deny rule needs a trait that the user lacks', () => {
    const allow = role('allow', { allow: { app_labels: anyApp, aws_role_arns: [example] } });
    const deny = role('deny', { deny: { aws_role_arns: ['{{external.blocked}}'] } });
    expect(ask([allow, deny])).toMatchObject({ allowed: false, because: expect.stringContaining('no trait blocked') });
    expect(ask([allow, deny], example, { blocked: [forAlice] }).allowed).toBe(true);
  });

  it('keeps an app to its account', () => {
    const roles = [role('r', { allow: { app_labels: anyApp, aws_role_arns: [example] } })];
    const other = { name: 'aws', labels: { aws_account_id: '999999999999' } };
    expect(ask(roles, example, {}, other).because).toContain('for the account 999999999999 only');
  });

  it('takes ARNs from traits, and says which trait is missing', () => {
    const roles = [role('r', { allow: { app_labels: anyApp, aws_role_arns: ['{{internal.aws_role_arns}}'] } })];
    expect(ask(roles, forAlice, { aws_role_arns: [example, forAlice] }).allowed).toBe(true);
    expect(ask(roles, forAlice).because).toContain('the user has no trait aws_role_arns');
  });

  it('never takes what a trait expands to as a pattern', () => {
    const roles = [role('r', { allow: { app_labels: anyApp, aws_role_arns: ['{{internal.aws_role_arns}}'] } })];
    expect(ask(roles, forAlice, { aws_role_arns: ['*', 'arn:aws:iam::123456789000:role/*', '.*'] }).allowed).toBe(
      false,
    );
  });

  it('lists what it allows, by name, and nothing that is no role ARN', () => {
    const roles = new Map([
      ['r', role('r', { allow: { app_labels: anyApp, aws_role_arns: ['{{internal.aws_role_arns}}'] } })],
    ]);
    const user = { name: 'alice', roles: ['r'], traits: { aws_role_arns: [forAlice, 'nonsense', example, example] } };
    expect(assumableRoles({ user, roles, app }).map((one) => one.arn)).toEqual([example, forAlice]);
  });
});

describe('a template', () => {
  const expand = (text: string, traits: Traits) => {
    const template = parseTemplate(text);
    if (!template.ok) throw new Error(template.message);
    return expandTemplate(template, traits);
  };

  it.each([
    ['plain text', {}, ['plain text']],
    ['{{external.team}}', { team: ['a', 'b', 'a', ''] }, ['a', 'b']],
    ['x-{{ external.team }}-y', { team: ['a'] }, ['x-a-y']],
    ['{{external["a.b"]}}', { 'a.b': ['c'] }, ['c']],
    [
      'role/{{email.local(external.email)}}',
      { email: ['alice@example.com', 'Bob B. <bob@example.com>'] },
      ['role/alice', 'role/bob'],
    ],
    ['{{email.local("carol@example.com")}}', {}, ['carol']],
  ] as [string, Traits, string[]][])('%s with %j gives %j', (text, traits, values) => {
    expect(expand(text, traits).values).toEqual(values);
  });

  it('drops only the value that fails, and says so', () => {
    expect(expand('{{email.local(external.email)}}', { email: ['no address', 'a@b.c'] })).toEqual({
      values: ['a'],
      problems: ['"no address" is no e-mail address'],
    });
  });

  it.each([
    '{{',
    '{{a}}',
    '{{external.x}}{{external.y}}',
    '{{external.}}',
    '{{external[x]}}',
    '{x}',
    '{{internal.constructor}}',
    '{{eval(external.x)}}',
  ])('%s is refused', (text) => {
    expect(parseTemplate(text).ok).toBe(false);
  });

  it('finds no traits on an object’s prototype', () => {
    expect(expand('{{external.constructor}}', {}).values).toEqual([]);
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, value) => {
        const template = parseTemplate(`{{${text}}}`);
        if (template.ok) expandTemplate(template, { email: [value] });
      }),
    );
  });
});

describe('a glob', () => {
  it('matches like the regular expression that it stands for', () => {
    const letters = fc.stringMatching(/^[ab*]{0,8}$/);
    fc.assert(
      fc.property(letters, fc.stringMatching(/^[ab]{0,10}$/), (pattern, text) => {
        expect(globMatches(pattern, text)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
      }),
    );
  });
});
