import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Actor, actorOf } from '../access/actor.ts';
import type { Backend } from '../backend/backend.ts';
import { openLibsqlBackend } from '../backend/libsql/libsql.ts';
import { silentLog } from '../log.ts';
import { makeRole } from '../testing/roles.ts';
import { loadResources } from './load-resources.ts';
import { openResources, type ResourceChange, type Resources } from './resources.ts';

const folder = mkdtempSync(join(tmpdir(), 'rolegate-resources-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const admin: Actor = {
  name: 'admin',
  roles: [makeRole('all', { allow: { rules: [{ resources: ['*'], verbs: ['*'] }] } })],
};
const nobody: Actor = { name: 'nobody', roles: [] };

const role = (name: string, more = '') => `kind: role
version: v7
metadata: {name: ${name}${more}}
spec: {allow: {app_labels: {'*': '*'}, aws_role_arns: ['arn:aws:iam::123456789000:role/${name}']}}
`;
const user = (name: string, roles: string, more = '') => `kind: user
version: v2
metadata: {name: ${name}${more}}
spec: {roles: [${roles}]}
`;
const oidc = (secret: string, roles = 'r') => `kind: oidc
version: v3
metadata: {name: sso}
spec:
  issuer_url: https://login.example.com
  client_id: id
  client_secret: ${secret}
  claims_to_roles: [{claim: groups, value: '^dev-(.*)$', roles: [${roles}]}]
`;
const file = (text: string) => [{ file: 'x.yaml', text }];

let count = 0;
let time: number;
let path: string;
let backend: Backend;
let changes: ResourceChange[];
let resources: Resources;

async function open(store = backend): Promise<Resources> {
  const opened = await openResources({
    backend: store,
    defaults: loadResources([{ file: 'defaults.yaml', text: role('example') }]),
    statics: loadResources([{ file: 'static.yaml', text: role('fixed') }]),
    apps: [{ name: 'aws', description: 'AWS', uri: 'http://127.0.0.1:1/', labels: {} }],
    record: async (change) => void changes.push(change),
    log: silentLog,
    now: () => time,
  });
  onTestFinished(() => opened.close());
  return opened;
}

beforeEach(async () => {
  time = 1_800_000_000_000;
  changes = [];
  path = join(folder, `${count++}.db`);
  backend = await openLibsqlBackend(path, () => time);
  resources = await open();
  return async () => {
    await backend.close();
  };
});

const write = (text: string, mode: 'create' | 'update' | 'upsert' = 'create', actor = admin) =>
  resources.write(actor, file(text), mode);
const shown = (kind: 'role' | 'user' | 'oidc' | 'token', name: string, withSecrets = false) =>
  resources.show(admin, kind, { name, withSecrets })[0];

describe('resources', () => {
  it('are there at once, after a restart, and for another replica', async () => {
    const replica = await openLibsqlBackend(path, () => time);
    onTestFinished(() => replica.close());
    const other = await open(replica);
    const seen = new Promise<void>((resolve) => other.onChange(() => other.roles().has('r') && resolve()));
    expect(await write(role('r'))).toEqual([{ kind: 'role', name: 'r', action: 'created' }]);
    expect(resources.roles().get('r')?.allow.aws_role_arns).toEqual(['arn:aws:iam::123456789000:role/r']);
    expect((await open()).roles().has('r')).toBe(true);
    await seen;
  });

  it('have presets, and the same objects until something changes', async () => {
    expect([...resources.roles().keys()]).toEqual(['access', 'editor', 'reviewer', 'auditor', 'example', 'fixed']);
    const [roles, users] = [resources.roles(), resources.users()];
    await write(role('r'));
    expect(resources.roles()).not.toBe(roles);
    expect(resources.roles().get('editor')).toBe(roles.get('editor'));
    expect(resources.users()).toBe(users);
  });

  it('are written all or none, when one of them is wrong', async () => {
    const error = await write(`${role('a')}---\n${user('u', 'a, b')}---\n${role('c')}---\nkind: rol\n`).catch((e) => e);
    expect(error.message).toBe('x.yaml:16:1: There is no kind "rol". Did you mean role?');
    await expect(write(`${role('a')}---\n${user('u', 'a, exampel')}`)).rejects.toThrow(
      'x.yaml:9:19: There is no role exampel. Did you mean example?',
    );
    expect(resources.roles().has('a')).toBe(false);
    await expect(write('# nothing')).rejects.toMatchObject({ code: 'bad_input' });
  });

  it('may name each other in one file, in any order', async () => {
    await write(`${user('u', 'later')}---\n${role('later')}`);
    expect(resources.users().get('u')?.roles).toEqual(['later']);
  });

  it('are made once, updated when they are there, and either with upsert', async () => {
    await expect(write(role('r'), 'update')).rejects.toMatchObject({ code: 'not_found' });
    await write(role('r'));
    await expect(write(role('r'))).rejects.toMatchObject({
      code: 'conflict',
      hint: expect.stringContaining('--force'),
    });
    expect((await write(role('r'), 'upsert'))[0]?.action).toBe('unchanged');
    expect((await write(role('r', ', description: new'), 'upsert'))[0]?.action).toBe('updated');
    expect((await write(role('other'), 'upsert'))[0]?.action).toBe('created');
    expect(changes.map(({ action, name }) => `${action} ${name}`)).toEqual(['created r', 'updated r', 'created other']);
  });

  it('lose no update: what was read must still be there', async () => {
    await write(role('r'));
    const revision = shown('role', 'r')?.document.metadata.revision ?? '';
    await write(role('r', ', description: first'), 'update');
    await expect(write(role('r', `, revision: ${revision}`), 'upsert')).rejects.toMatchObject({
      code: 'conflict',
      message: 'The role r has changed since you read it.',
    });
    await expect(resources.remove(admin, 'role', 'r', revision)).rejects.toMatchObject({ code: 'conflict' });
    const now = shown('role', 'r')?.document.metadata.revision ?? '';
    await write(role('r', `, revision: ${now}, description: second`), 'update');
    expect(shown('role', 'r')?.document.metadata).toMatchObject({ description: 'second' });
    await expect(write(role('renamed', `, revision: ${now}`), 'upsert')).rejects.toMatchObject({
      code: 'not_found',
      hint: 'Names cannot be changed. To make a new one, leave out metadata.revision.',
    });
  });

  it('lose no update when many write at the same time', async () => {
    await write(role('r'));
    const revision = shown('role', 'r')?.document.metadata.revision ?? '';
    const tries = Array.from({ length: 8 }, (_, n) =>
      write(role('r', `, revision: ${revision}, description: d${n}`), 'update'),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await Promise.all(Array.from({ length: 4 }, (_, n) => write(role('r', `, description: e${n}`), 'upsert')));
    expect(changes).toHaveLength(1 + 1 + 4);
  });

  it('are deleted, unless somebody needs them', async () => {
    await write(`${role('r')}---\n${user('u', 'r')}---\n${oidc('s')}`);
    await expect(resources.remove(admin, 'role', 'r')).rejects.toMatchObject({
      code: 'conflict',
      message: 'The role r is in use by user/u, oidc/sso.',
    });
    await resources.remove(admin, 'user', 'u');
    await resources.remove(admin, 'oidc', 'sso');
    await resources.remove(admin, 'role', 'r');
    expect(resources.roles().has('r')).toBe(false);
    await expect(resources.remove(admin, 'role', 'r')).rejects.toMatchObject({ code: 'not_found' });
    await expect(resources.remove(admin, 'role', 'exampl')).rejects.toMatchObject({ hint: 'Did you mean example?' });
  });

  it('of the program can be replaced, and come back', async () => {
    await expect(resources.remove(admin, 'role', 'example')).rejects.toMatchObject({ code: 'conflict' });
    await write(role('example', ', description: mine'), 'upsert');
    expect(shown('role', 'example')).toMatchObject({ origin: 'stored' });
    await resources.remove(admin, 'role', 'example');
    expect(shown('role', 'example')).toMatchObject({ origin: 'default', file: 'defaults.yaml' });
  });

  it('of the operator’s files cannot be changed, and go before what is stored', async () => {
    for (const work of [() => write(role('fixed'), 'upsert'), () => resources.remove(admin, 'role', 'fixed')]) {
      await expect(work()).rejects.toMatchObject({
        code: 'conflict',
        message: "The role fixed comes from static.yaml, which is read at the service's start.",
      });
    }
    await backend.put({
      key: 'resources/role/fixed',
      value: { document: { kind: 'role', version: 'v8', metadata: { name: 'fixed' }, spec: {} } },
    });
    expect((await open()).show(admin, 'role', { name: 'fixed' })[0]?.origin).toBe('static');
  });

  it('are for those whose roles allow it', async () => {
    for (const work of [
      () => write(role('r'), 'create', nobody),
      () => resources.remove(nobody, 'role', 'example'),
      async () => resources.show(nobody, 'role', {}),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: 'access_denied' });
    }
    const editor = actorOf({ name: 'e', roles: ['editor'], traits: {} }, resources.roles());
    await write(role('r'), 'create', editor);
    await expect(resources.remove({ ...editor, name: 'e' }, 'user', 'e')).rejects.toMatchObject({ code: 'not_found' });
    const auditor = actorOf({ name: 'a', roles: ['auditor'], traits: {} }, resources.roles());
    await expect(write(role('x'), 'create', auditor)).rejects.toMatchObject({ code: 'access_denied' });
    const creator: Actor = {
      name: 'c',
      roles: [makeRole('c', { allow: { rules: [{ resources: ['role'], verbs: ['create'] }] } })],
    };
    await write(role('new'), 'create', creator);
    await expect(write(role('new', ', description: x'), 'upsert', creator)).rejects.toThrow('may not update role');
  });

  it('do not include oneself when deleting users', async () => {
    await write(user('admin', ''));
    await expect(resources.remove(admin, 'user', 'admin')).rejects.toThrow('You cannot delete yourself.');
  });

  it('are gone when they expire', async () => {
    await write(user('temp', '', ', expires: 2027-01-15T08:00:01Z'));
    expect(resources.users().has('temp')).toBe(true);
    expect(resources.nextExpiry()).toBe(1_800_000_001_000);
    time += 1_000;
    expect(resources.users().has('temp')).toBe(false);
    expect(resources.nextExpiry()).toBeUndefined();
  });

  it('that cannot be read any more deny rather than vanish', async () => {
    await backend.put({ key: 'resources/role/new', value: { document: { kind: 'role', version: 'v99', spec: {} } } });
    await backend.put({ key: 'resources/user/new', value: 'nonsense' });
    await backend.put({ key: 'resources/wormhole/new', value: {} });
    await backend.put({
      key: 'resources/lock/new',
      value: { document: { kind: 'lock', version: 'v3', spec: { target: { user: 'alice', planet: 'x' } } } },
    });
    const later = await open();
    expect(later.roles().get('new')?.unreadable).toContain('version');
    expect(later.users().has('new')).toBe(false);
    expect(later.locks()[0]?.target).toMatchObject({ user: 'alice' });
    expect(later.show(admin, 'role', { name: 'new' })[0]?.unreadable).toContain('version');
  });
});

describe('secrets of resources', () => {
  it('are shown only when they are asked for', async () => {
    await write(`${role('r')}---\n${oidc('hush')}`);
    expect(JSON.stringify(resources.show(admin, 'oidc', {}))).not.toContain('hush');
    expect(shown('oidc', 'sso')?.document.spec['client_secret']).toBe('********');
    expect(shown('oidc', 'sso', true)?.document.spec['client_secret']).toBe('hush');
    const reader: Actor = {
      name: 'r',
      roles: [makeRole('r', { allow: { rules: [{ resources: ['oidc'], verbs: ['list', 'readnosecrets'] }] } })],
    };
    expect(resources.show(reader, 'oidc', {})).toHaveLength(1);
    expect(() => resources.show(reader, 'oidc', { withSecrets: true })).toThrow('read, with secrets,');
  });

  it('stay when a document is written back without them', async () => {
    await write(`${role('r')}---\n${oidc('hush')}`);
    await write(oidc("'********'").replace('client_id: id', 'client_id: other'), 'update');
    expect(shown('oidc', 'sso', true)?.document.spec).toMatchObject({ client_id: 'other', client_secret: 'hush' });
    await resources.remove(admin, 'oidc', 'sso');
    await expect(write(oidc("'********'"))).rejects.toMatchObject({
      code: 'bad_input',
      hint: expect.stringContaining('--with-secrets'),
    });
  });

  it('are no part of what is told of a change, but that they changed is', async () => {
    await write(`${role('r')}---\n${oidc('hush')}`);
    await write(oidc('quiet'), 'update');
    await resources.remove(admin, 'oidc', 'sso');
    const told = changes.filter(({ kind }) => kind === 'oidc');
    expect(JSON.stringify(told)).not.toMatch(/hush|quiet/);
    expect(told.map(({ before, after }) => [before?.spec['client_secret'], after?.spec['client_secret']])).toEqual([
      [undefined, '********'],
      ['********', '******** (changed)'],
      ['********', undefined],
    ]);
  });

  it('include the names of join tokens', async () => {
    await write('kind: token\nversion: v2\nmetadata: {name: 0123456789abcdef}\nspec: {roles: [App]}\n');
    expect(shown('token', '0123456789abcdef')?.document.metadata.name).toBe('********cdef');
    expect(shown('token', '0123456789abcdef', true)?.document.metadata.name).toBe('0123456789abcdef');
    await resources.remove(admin, 'token', '0123456789abcdef');
    expect(JSON.stringify(changes)).not.toContain('0123456789abcdef');
  });

  it('need not be known to change or remove a token, as long as it is clear which one is meant', async () => {
    const token = (name: string, more = '') =>
      `kind: token\nversion: v2\nmetadata: {name: '${name}'${more}}\nspec: {roles: [App]}\n`;
    await write(token('0123456789abcdef'));
    const revision = shown('token', '********cdef')?.document.metadata.revision;
    expect(await write(token('********cdef', `, revision: ${revision}, description: new`), 'upsert')).toEqual([
      { kind: 'token', name: '********cdef', action: 'updated' },
    ]);
    expect(shown('token', '0123456789abcdef', true)?.document.metadata).toMatchObject({ description: 'new' });
    // Nothing that is said of it tells the rest of its name.
    const refusals = [
      write(token('********cdef'), 'create'),
      write(token('********cdef', ', revision: old'), 'upsert'),
      resources.remove(admin, 'token', '********cdef', 'old'),
    ];
    for (const refused of refusals) {
      const error = (await refused.catch((reason: unknown) => reason)) as Error;
      expect(error.message).toContain('********cdef');
      expect(JSON.stringify([error.message, error])).not.toContain('0123456789abcdef');
    }
    expect(JSON.stringify(await write(token('********cdef', ', description: new'), 'upsert'))).toBe(
      '[{"kind":"token","name":"********cdef","action":"unchanged"}]',
    );
    await write(token('fedcba9876543210-cdef'));
    for (const work of [
      () => write(token('********cdef'), 'upsert'),
      () => write(token('********0000'), 'upsert'),
      () => resources.remove(admin, 'token', '********cdef'),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: expect.stringMatching(/bad_input|not_found/) });
    }
    await resources.remove(admin, 'token', 'fedcba9876543210-cdef');
    await resources.remove(admin, 'token', '********cdef');
    expect(resources.list('token')).toEqual([]);
    expect(JSON.stringify(changes)).not.toMatch(/0123456789abcdef|fedcba9876543210/);
  });
});

const doc = (kind: string, version: string, metadata: string, spec: string) =>
  file(`kind: ${kind}\nversion: ${version}\nmetadata: {${metadata}}\nspec: {${spec}}\n`);

describe('a document of each kind', () => {
  it.each([
    [
      'app',
      'v3',
      "name: prod, labels: {aws_account_id: '123456789000'}",
      "uri: 'https://console.aws.amazon.com/console/home', aws: {external_id: abc}",
    ],
    ['token', 'v2', 'name: 0123456789abcdef, expires: 2030-01-01T00:00:00Z', 'roles: [App], join_method: token'],
    [
      'github',
      'v3',
      'name: github',
      'client_id: a, client_secret: b, teams_to_roles: [{organization: octocats, team: admins, roles: [access]}]',
    ],
    [
      'saml',
      'v2',
      'name: mysaml',
      'entity_descriptor_url: "https://x.org", attributes_to_roles: [{name: groups, value: g, roles: [access]}]',
    ],
    [
      'oidc',
      'v3',
      'name: o',
      'issuer_url: "https://x.org", client_id: a, claims_to_roles: [{claim: g, value: "d-*", roles: [access, "$1"]}]',
    ],
    [
      'cluster_auth_preference',
      'v2',
      'name: cluster-auth-preference',
      'local_auth: on, second_factor: otp, default_session_ttl: 8h, idle_timeout: 30m',
    ],
    ['lock', 'v2', 'name: l', 'target: {user: alice}, message: stolen laptop, expires: 2030-01-01T00:00:00Z'],
  ])('can be written and read back: %s', async (kind, version, metadata, spec) => {
    await resources.write(admin, doc(kind, version, metadata, spec), 'create');
    expect(resources.list(kind as 'app').filter(({ origin }) => origin === 'stored')).toHaveLength(1);
    await resources.write(admin, doc(kind, version, metadata, spec), 'upsert');
    expect(changes).toHaveLength(1);
  });

  it('is written for all kinds but one: who may write requests could approve their own', async () => {
    const spec = 'user: alice, app: aws, aws_role_arn: "arn:aws:iam::123456789000:role/x", max_duration: 1h';
    await expect(resources.write(admin, doc('access_request', 'v3', 'name: r', spec), 'create')).rejects.toMatchObject({
      code: 'bad_input',
      hint: expect.stringContaining('rolegate requests'),
    });
  });

  const oidcSpec = 'issuer_url: "https://x.org", client_id: a';
  const roleSpec = (entry: string, globs = 'no') =>
    `options: {aws_role_globs: ${globs}}, allow: {aws_role_arns: ['${entry}']}`;
  it.each([
    ['"Prod" is no name for an app', 'app v3', 'name: Prod', 'uri: "https://console.aws.amazon.com/"'],
    ['is no address of an AWS console', 'app v3', 'name: prod', 'uri: "https://evil.example.com/"'],
    ['is no address of an AWS console', 'app v3', 'name: prod', 'uri: "https://console.aws.amazon.com.evil.tld/"'],
    ['16 characters at least', 'token v2', 'name: short', 'roles: [App]'],
    ['spec.issuer_url: it must be an address', 'oidc v3', 'name: o', 'issuer_url: "http://x.org", client_id: a'],
    [
      'regular expression',
      'oidc v3',
      'name: o',
      `${oidcSpec}, claims_to_roles: [{claim: g, value: "^($", roles: [x]}]`,
    ],
    [
      'no role acces. Did you mean access?',
      'oidc v3',
      'name: o',
      `${oidcSpec}, claims_to_roles: [{claim: g, value: x, roles: [acces]}]`,
    ],
    ['Did you mean claims_to_roles?', 'oidc v3', 'name: o', `${oidcSpec}, claim_to_roles: []`],
    [
      'Did you mean claim?',
      'oidc v3',
      'name: o',
      `${oidcSpec}, claims_to_roles: [{claims: g, value: x, roles: [access]}]`,
    ],
    ['spec.client_id: it is missing; it must be a text.', 'oidc v3', 'name: o', 'issuer_url: "https://x.org"'],
    ['(sso, cert missing)', 'saml v2', 'name: s', 'issuer: x'],
    ['its name is cluster-auth-preference', 'cluster_auth_preference v2', 'name: mine', ''],
    ['nobody could log in', 'cluster_auth_preference v2', 'name: cluster-auth-preference', 'local_auth: no'],
    [
      'There is no oidc x.',
      'cluster_auth_preference v2',
      'name: cluster-auth-preference',
      'type: oidc, connector_name: x',
    ],
    ['it must be true or false', 'cluster_auth_preference v2', 'name: cluster-auth-preference', 'local_auth: maybe'],
    ['The lock names nobody.', 'lock v2', 'name: l', 'target: {}'],
    ['Did you mean user?', 'lock v2', 'name: l', 'target: {usr: alice}'],
    ['a time such as 2026-01-31T18:00:00Z', 'lock v2', 'name: l', 'target: {user: a}, expires: tomorrow'],
    ['is not the ARN of an IAM role', 'access_request v3', 'name: r', 'user: a, app: b, aws_role_arn: x'],
    ['Did you mean role?', 'role v7', 'name: r', 'allow: {rules: [{resources: [rolle], verbs: [list]}]}'],
    ['Did you mean read?', 'role v7', 'name: r', 'allow: {rules: [{resources: [role], verbs: [reed]}]}'],
    ['deny, listed or allow. Did you mean listed?', 'role v7', 'name: r', 'options: {aws_chained_roles: lisetd}'],
    ['is no key for a session tag', 'role v7', 'name: r', 'options: {aws_session_tags: {"aws:x": y}}'],
    ['after external', 'role v7', 'name: r', 'options: {aws_source_identity: "{{external"}'],
    ['set aws_role_globs: true', 'role v7', 'name: r', roleSpec('arn:aws:iam::123456789000:role/x-*')],
    ['are written out', 'role v7', 'name: r', roleSpec('arn:aws:iam::*:role/x', 'yes')],
    ['without templates', 'role v7', 'name: r', roleSpec('arn:aws:iam::123456789000:role/{{external.x}}-*', 'yes')],
    ['control characters are not allowed', 'user v2', 'name: "a\\nb"', ''],
    ['must not begin or end with a space', 'user v2', 'name: " a"', ''],
    ['', 'user v2', 'name: "\\ud800"', ''],
    ['it is missing', 'user v2', '', ''],
  ])('that is wrong says where and why: %s', async (reason, kindAndVersion, metadata, spec) => {
    const [kind = '', version = ''] = kindAndVersion.split(' ');
    const error = await resources.write(admin, doc(kind, version, metadata, spec), 'create').catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'bad_input', message: expect.stringMatching(/^x\.yaml:\d+:\d+: /) });
    expect((error as Error).message).toContain(reason);
  });
});

describe('files of the operator that are read again', () => {
  const app = { name: 'aws', description: 'AWS', uri: 'http://127.0.0.1:1/', labels: {} };
  const load = (text: string) => loadResources([{ file: 'static.yaml', text }]);

  it('take the place of those of the start, and what is different is told and written down', async () => {
    const told: string[] = [];
    resources.onChange((kinds) => told.push([...kinds].join()));
    expect(await resources.reload(load(role('fixed')), [app])).toBe(0);
    expect(told).toEqual([]);

    expect(await resources.reload(load(`${role('other')}---\n${oidc('hush', 'other')}`), [])).toBe(4);
    expect(told).toEqual(['role,app,oidc']);
    expect(resources.find('role', 'fixed')).toBeUndefined();
    expect(resources.find('role', 'other')?.origin).toBe('static');
    expect(resources.apps().size).toBe(0);
    expect(changes.map(({ actor, action, kind, name }) => [actor, action, kind, name])).toEqual([
      ['', 'deleted', 'role', 'fixed'],
      ['', 'deleted', 'app', 'aws'],
      ['', 'created', 'role', 'other'],
      ['', 'created', 'oidc', 'sso'],
    ]);
    expect(JSON.stringify(changes)).not.toContain('hush');
  });

  it('leave what is stored alone', async () => {
    await resources.write(admin, file(role('stored')), 'create');
    await resources.reload(load(role('stored')), [app]);
    expect(resources.find('role', 'stored')?.origin).toBe('static');
    await resources.reload(load(role('fixed')), [app]);
    expect(resources.find('role', 'stored')?.origin).toBe('stored');
  });
});
