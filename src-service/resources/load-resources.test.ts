import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { RolegateError } from '../../src-shared/errors.ts';
import { createResourceIndex } from './index.ts';
import { loadResources } from './load-resources.ts';

function fixture(file: string) {
  return { file, text: readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8') };
}

function messageOf(files: { file: string; text: string }[]): string {
  try {
    loadResources(files);
  } catch (error) {
    expect(error).toBeInstanceOf(RolegateError);
    return (error as RolegateError).message;
  }
  throw new Error('These documents should have been refused.');
}

/** The documents of some files, as decisions use them. */
function load(files: { file: string; text: string }[]) {
  const index = createResourceIndex([], loadResources(files), [], Date.now);
  return { roles: index.roles(), users: index.users() };
}

const inline = (text: string) => [{ file: 'x.yaml', text }];

describe('the documents of the published guide', () => {
  it('load: a role with an ARN, with a trait, with an e-mail address', () => {
    for (const [file, arn] of [
      ['role-literal.yaml', 'arn:aws:iam::123456789000:role/ExampleTeleportDynamoDBRole'],
      ['role-internal-trait.yaml', '{{internal.aws_role_arns}}'],
      ['role-external-email.yaml', 'arn:aws:iam::123456789000:role/{{email.local(external.email)}}'],
    ] as const) {
      const role = load([fixture(file)]).roles.get('aws-dynamodb-access');
      expect(role?.allow).toMatchObject({ app_labels: { '*': ['*'] }, aws_role_arns: [arn] });
    }
  });

  it('load: two users in one file', () => {
    const { users } = load([fixture('users.yaml')]);
    expect([...users.keys()]).toEqual(['alice', 'bob']);
    expect(users.get('bob')?.traits).toEqual({ aws_role_arns: ['arn:aws:iam::123456789000:role/role_for_bob'] });
  });

  it('are refused with a colon missing, naming file, line and the corrected ARN', () => {
    const message = messageOf([fixture('users-one-colon.yaml')]);
    expect(message).toContain('users-one-colon.yaml:8:21: ');
    expect(message).toContain('arn:aws:iam::123456789000:role/role_for_alice');
    expect(message).toContain('users-one-colon.yaml:17:21: ');
    expect(message).toContain('arn:aws:iam::123456789000:role/role_for_bob');
  });

  it('are refused with a colon missing in a template, too', () => {
    const message = messageOf([fixture('role-external-email-one-colon.yaml')]);
    expect(message).toContain('role-external-email-one-colon.yaml:9:21: ');
    expect(message).toContain('arn:aws:iam::123456789000:role/{{email.local(external.email)}}');
  });

  it('are refused with their indentation lost, and come back restored', () => {
    const message = messageOf([fixture('role-flattened.yaml')]);
    expect(message).toContain('role-flattened.yaml:5:1: The indentation of this document is lost');
    const restored = message.slice(message.indexOf('Write:\n') + 'Write:\n'.length).replace(/^ {4}/gm, '');
    expect(parse(restored)).toEqual(parse(fixture('role-literal.yaml').text));
  });
});

describe('a role of each version', () => {
  const versioned = (version: string, spec: string) =>
    load(inline(`kind: role\nversion: ${version}\nmetadata: {name: r}\nspec: ${spec}\n`)).roles.get('r');

  it.each([
    ['v3', { '*': ['*'] }],
    ['v4', {}],
    ['v5', {}],
    ['v6', {}],
    ['v7', {}],
    ['v8', {}],
  ])('of version %s has that version’s apps unless it names some', (version, labels) => {
    const arns = "aws_role_arns: ['arn:aws:iam::123456789000:role/x']";
    expect(versioned(version, `{allow: {${arns}}}`)?.allow.app_labels).toEqual(labels);
    expect(versioned(version, `{allow: {${arns}, app_labels: {env: prod}}}`)?.allow.app_labels).toEqual({
      env: ['prod'],
    });
    // What is denied for all apps must be written as that, whatever the version.
    expect(versioned(version, `{deny: {${arns}}}`)?.deny.app_labels).toEqual({});
  });

  it('asks for and decides on what its side names, unless that part names its own; denies of it are for all apps', () => {
    const part = "{aws_role_arns: ['arn:aws:iam::123456789000:role/x']}";
    const spec = `{app_labels: {env: prod}, request: ${part}, review_requests: ${part}}`;
    const role = versioned('v8', `{allow: ${spec}, deny: ${spec}}`);
    expect([role?.allow.request?.app_labels, role?.allow.review?.app_labels]).toEqual(Array(2).fill({ env: ['prod'] }));
    expect([role?.deny.request?.app_labels, role?.deny.review?.app_labels]).toEqual(Array(2).fill({ '*': ['*'] }));
    const own = versioned(
      'v8',
      `{allow: {app_labels: {env: prod}, request: {app_labels: {env: [test, dev]}, aws_role_arns: ['arn:aws:iam::123456789000:role/x'], max_duration: 90m}}}`,
    );
    expect(own?.allow.request).toMatchObject({ app_labels: { env: ['test', 'dev'] }, maxDuration: 5_400_000 });
  });

  it('has the options that it names, and the defaults of the others', () => {
    const options =
      'max_session_ttl: 2h, require_session_mfa: yes, aws_read_only: on, aws_session_tags: {a: b}, aws_source_identity: true, aws_chained_roles: allow, aws_customer_hosts: [es], aws_credential_calls: deny, aws_role_globs: true';
    expect(versioned('v8', `{options: {${options}}}`)?.options).toEqual({
      maxSessionTtl: 7_200_000,
      requireSessionMfa: true,
      readOnly: true,
      sessionTags: { a: 'b' },
      sourceIdentity: true,
      chainedRoles: 'allow',
      customerHosts: ['es'],
      credentialCalls: false,
      roleGlobs: true,
    });
    expect(versioned('v3', '{}')?.options).toEqual({
      maxSessionTtl: undefined,
      requireSessionMfa: false,
      readOnly: false,
      sessionTags: {},
      sourceIdentity: false,
      chainedRoles: 'listed',
      customerHosts: [],
      credentialCalls: true,
      roleGlobs: false,
    });
  });
});

describe('a wrong document', () => {
  const role = (spec: string) => inline(`kind: role\nversion: v5\nmetadata:\n  name: r\nspec:\n${spec}`);

  it('with an unknown key names the nearest known one', () => {
    expect(messageOf(role('  allow:\n    aws_role_arn: []\n'))).toBe(
      'x.yaml:7:5: aws_role_arn is not known here. Did you mean aws_role_arns?',
    );
    expect(messageOf(role('  alow: {}\n'))).toContain('x.yaml:6:3: alow is not known here. Did you mean allow?');
    expect(messageOf(inline('kind: rolle\n'))).toContain('Did you mean role?');
  });

  it('with the placeholder left in says so', () => {
    const message = messageOf(role('  allow:\n    aws_role_arns: ["arn:aws:iam::aws-account-id:role/X"]\n'));
    expect(message).toContain('placeholder aws-account-id');
  });

  it('with an unquoted account number shows it quoted, leading zero and all', () => {
    const message = messageOf(role('  allow:\n    app_labels:\n      aws_account_id: 012345678901\n'));
    expect(message).toContain('x.yaml:8:7: ');
    expect(message).toContain('aws_account_id: "012345678901"');
  });

  it('with a wildcard in allow is refused, in deny it is fine', () => {
    expect(messageOf(role("  allow:\n    aws_role_arns: ['*']\n"))).toContain('A wildcard is not allowed');
    expect(load(role("  deny:\n    aws_role_arns: ['*']\n")).roles.get('r')?.deny.aws_role_arns).toEqual(['*']);
  });

  it('with labels that could match nothing is refused', () => {
    expect(messageOf(role("  allow:\n    app_labels:\n      '*': prod\n"))).toContain("can only have the value '*'");
    expect(messageOf(role('  allow:\n    app_labels:\n      env: ^(prod$\n'))).toContain(
      'x.yaml:8:7: "^(prod$" is no regular expression',
    );
    expect(messageOf(role("  allow:\n    app_labels:\n      env: '{{external.x'\n"))).toContain('x.yaml:8:7: ');
    expect(load(role('  allow:\n    app_labels:\n      env: ^prod$\n')).roles.size).toBe(1);
  });

  it('with an unknown function or trait says which there are', () => {
    expect(messageOf(role("  allow:\n    aws_role_arns: ['{{upper(external.x)}}']\n"))).toContain('upper');
    expect(messageOf(role("  allow:\n    aws_role_arns: ['{{internal.team}}']\n"))).toContain('external.team');
  });

  it('that is no YAML, has no kind or a wrong version is refused in a sentence', () => {
    expect(messageOf(inline('kind: [role\n'))).toMatch(/^x\.yaml:\d+:\d+: /);
    expect(messageOf(inline('a: 1\n'))).toContain('The document has no kind.');
    expect(messageOf(inline('just text'))).toContain('The document has no kind.');
    expect(messageOf(inline('kind: role\nversion: v9\nmetadata: {name: r}\nspec: {}\n'))).toContain(
      'it must be v3, v4, v5, v6, v7 or v8.',
    );
    expect(messageOf(inline('kind: user\nversion: v2\nmetadata: {name: u}\nspec: {roles: admin}\n'))).toContain(
      'a list',
    );
  });

  it('with a bad duration says what one looks like', () => {
    expect(messageOf(role('  options:\n    max_session_ttl: soon\n'))).toContain('such as 8h or 30m');
    expect(load(role('  options:\n    max_session_ttl: 1h30m\n')).roles.get('r')?.options.maxSessionTtl).toBe(
      5_400_000,
    );
  });

  it('tells everything that is wrong at once, and the same name twice', () => {
    const message = messageOf([fixture('users.yaml'), { ...fixture('users.yaml'), file: 'again.yaml' }]);
    expect(message.split('\n')).toEqual([
      'again.yaml:4:3: There is already a user named alice.',
      'again.yaml:13:3: There is already a user named bob.',
    ]);
  });

  it('cannot blow up memory with aliases', () => {
    const bomb = 'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nkind: [*b,*b,*b,*b]\n';
    expect(messageOf(inline(bomb))).toMatch(/x\.yaml/);
  });
});

it('an empty file has no resources', () => {
  expect(loadResources(inline('# nothing yet\n---\n'))).toEqual([]);
});
