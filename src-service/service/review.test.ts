import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestService, type TestService } from '../testing/test-service.ts';

const arn = (name: string) => `arn:aws:iam::123456789000:role/${name}`;
const documents = `
kind: role
version: v8
metadata: {name: readers}
spec:
  allow: {app_labels: {'*': '*'}, aws_role_arns: ['${arn('reader')}']}
---
kind: role
version: v8
metadata: {name: roles-only}
spec:
  allow: {rules: [{resources: [role], verbs: ['*']}]}
---
kind: user
version: v2
metadata: {name: root}
spec: {roles: [editor, auditor]}
---
kind: user
version: v2
metadata: {name: ann}
spec: {roles: [readers]}
---
kind: user
version: v2
metadata: {name: ben}
spec: {roles: [readers]}
---
kind: user
version: v2
metadata: {name: roland}
spec: {roles: [roles-only]}
`;

let test: TestService;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  test = await startTestService(documents);
  for (const user of ['root', 'ann', 'roland']) {
    await test.service.setPassword(user, 'a long enough password');
    tokens[user] = (await test.service.login({ user, password: 'a long enough password' })).token;
  }
});
afterAll(() => test.close());

const token = (user: string) => tokens[user] ?? '';
const root = () => token('root');
const check = (text: string, user = 'root') => test.service.checkResources(token(user), { file: 'x', text });
const preview = (text: string, user = 'root') => test.service.previewResources(token(user), { file: 'x', text });
const role = (name: string, spec: string) => `kind: role\nversion: v8\nmetadata: {name: ${name}}\nspec: ${spec}\n`;

describe('what one may administer', () => {
  it('is told to oneself', async () => {
    const rules = await test.service.ownRules(token('root'));
    expect(rules['role']).toContain('update');
    expect(rules['event']).toEqual(['list', 'readnosecrets', 'read']);
    expect(await test.service.ownRules(token('roland'))).toEqual({
      role: ['list', 'readnosecrets', 'read', 'create', 'update', 'delete'],
    });
    expect(await test.service.ownRules(token('ann'))).toEqual({});
    await expect(test.service.ownRules('x'.repeat(43))).rejects.toMatchObject({ code: 'needs_login' });
  });
});

describe('checking a text', () => {
  it('names the line, the column and the field of whatever is wrong', async () => {
    const text =
      'kind: role\nversion: v8\nmetadata:\n  name: r\nspec:\n  allow:\n    aws_role_arn: []\n    rules:\n      - resources: [rol]\n        verbs: [list]\n';
    expect(await check(text)).toEqual({
      problems: [
        {
          line: 7,
          column: 5,
          field: 'spec.allow.aws_role_arn',
          message: 'aws_role_arn is not known here. Did you mean aws_role_arns?',
        },
      ],
    });
    const { problems } = await check(text.replace('aws_role_arn:', 'aws_role_arns:'));
    expect(problems).toEqual([
      {
        line: 9,
        column: 21,
        field: 'spec.allow.rules.0.resources.0',
        message: 'rol is not known in resources. Did you mean role?',
      },
    ]);
  });

  it('finds roles that are not there', async () => {
    const { problems } = await check('kind: user\nversion: v2\nmetadata: {name: u}\nspec: {roles: [reader]}\n');
    expect(problems).toMatchObject([
      { field: 'spec.roles.0', message: 'There is no role reader. Did you mean readers?' },
    ]);
  });

  it('finds nothing wrong with what may be written, and writes nothing', async () => {
    expect(await check(role('new', '{}'))).toEqual({ problems: [] });
    await expect(test.service.showResources(token('root'), { kind: 'role', name: 'new' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('quotes what was written without control characters', async () => {
    const { problems } = await check(`${role('r', '{}')}"\\e[31m\\u0085x": 1\n`);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(/^ \[31m x is not known here\./);
  });

  it('is for those who may write what is in it', async () => {
    expect(await check(role('new', '{}'), 'roland')).toEqual({ problems: [] });
    const user = 'kind: user\nversion: v2\nmetadata: {name: u}\nspec: {roles: [reader]}\n';
    await expect(check(user, 'roland')).rejects.toMatchObject({ code: 'access_denied' });
    for (const text of [role('new', '{}'), user, 'not yaml: [', '']) {
      await expect(check(text, 'ann')).rejects.toMatchObject({ code: 'access_denied' });
    }
  });
});

describe('the preview of a change', () => {
  it('says who gains and who loses what', async () => {
    const text = role(
      'readers',
      `{allow: {app_labels: {'*': '*'}, aws_role_arns: ['${arn('writer')}'], rules: [{resources: [lock], verbs: [list]}]}}`,
    );
    const change = (kind: string, user: string, name: string) => ({
      change: kind,
      user,
      app: 'aws',
      roleArn: arn(name),
      isPattern: false,
      readOnly: false,
    });
    expect(await preview(text)).toEqual({
      writes: [{ kind: 'role', name: 'readers', action: 'update' }],
      assume: ['ann', 'ben'].flatMap((user) => [change('gains', user, 'writer'), change('loses', user, 'reader')]),
      ask: [],
      review: [],
      administer: ['ann', 'ben'].map((user) => ({ change: 'gains', user, resource: 'lock', verbs: ['list'] })),
      users: 2,
      omitted: 0,
    });
    // Looking is not changing.
    expect((await test.service.accessMatrix(token('root'), { user: 'ann' })).rows).toMatchObject([
      { roleArn: arn('reader') },
    ]);
  });

  it('says what becomes read-only', async () => {
    const text = role(
      'readers',
      `{options: {aws_read_only: true}, allow: {app_labels: {'*': '*'}, aws_role_arns: ['${arn('reader')}']}}`,
    );
    expect((await preview(text)).assume).toMatchObject([
      { change: 'differs', user: 'ann', readOnly: true },
      { change: 'differs', user: 'ben', readOnly: true },
    ]);
  });

  it('shows what a lock takes away', async () => {
    const text = 'kind: lock\nversion: v2\nmetadata: {name: l}\nspec: {target: {user: ann}}\n';
    expect((await preview(text)).assume).toMatchObject([{ change: 'loses', user: 'ann', roleArn: arn('reader') }]);
  });

  it('says who may ask for what, and who decides on it', async () => {
    const asking = (more = '') =>
      role(
        'readers',
        `{allow: {app_labels: {'*': '*'}, aws_role_arns: ['${arn('reader')}'], request: {aws_role_arns: ['${arn('writer')}', '${arn('reader')}']}, review_requests: {aws_role_arns: ['*']}}${more}}`,
      );
    expect(await preview(asking())).toMatchObject({
      assume: [],
      ask: ['ann', 'ben'].map((user) => ({ change: 'gains', user, app: 'aws', roleArn: arn('writer') })),
      review: ['ann', 'ben'].map((user) => ({ change: 'gains', user, app: 'aws', roleArn: '*' })),
    });
    const denied = asking(", deny: {request: {aws_role_arns: ['*']}, review_requests: {aws_role_arns: ['*']}}");
    expect(await preview(denied)).toMatchObject({ ask: [], review: [] });
    await test.service.writeResources(token('root'), { files: [{ file: 'x', text: asking() }], mode: 'upsert' });
    const lock = 'kind: lock\nversion: v2\nmetadata: {name: l}\nspec: {target: {user: ann}}\n';
    expect(await preview(lock)).toMatchObject({
      ask: [{ change: 'loses', user: 'ann', roleArn: arn('writer') }],
      review: [{ change: 'loses', user: 'ann', roleArn: '*' }],
    });
    await test.service.deleteResource(token('root'), { kind: 'role', name: 'readers' });
  });

  it('goes over several documents together, and knows what stays', async () => {
    const user = 'kind: user\nversion: v2\nmetadata: {name: new}\nspec: {roles: [fresh]}\n';
    const fresh = role('fresh', `{allow: {app_labels: {'*': '*'}, aws_role_arns: ['${arn('fresh')}']}}`);
    const result = await preview(`${user}---\n${fresh}`);
    expect(result.writes.map(({ action }) => action)).toEqual(['create', 'create']);
    expect(result.assume).toMatchObject([{ change: 'gains', user: 'new', roleArn: arn('fresh') }]);
    expect(await preview('kind: user\nversion: v2\nmetadata: {name: ann}\nspec: {roles: [readers]}\n')).toMatchObject({
      assume: [],
      administer: [],
    });
  });

  it('tells no more of the name of a token than it was asked with', async () => {
    const token = (name: string) =>
      `kind: token\nversion: v2\nmetadata: {name: '${name}', description: x}\nspec: {roles: [App]}\n`;
    const files = [{ file: 'x', text: token('0123456789abcdef').replace(', description: x', '') }];
    await test.service.writeResources(root(), { files, mode: 'create' });
    expect((await preview(token('********cdef'))).writes).toEqual([
      { kind: 'token', name: '********cdef', action: 'update' },
    ]);
    await test.service.deleteResource(root(), { kind: 'token', name: '********cdef' });
  });

  it('refuses what writing would refuse', async () => {
    await expect(preview('kind: rol')).rejects.toMatchObject({ code: 'bad_input' });
    const stale = 'kind: role\nversion: v8\nmetadata: {name: readers, revision: old}\nspec: {}\n';
    await expect(preview(stale)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is for those who may write it and see everybody', async () => {
    // Before anything is said of the text.
    for (const text of [role('new', '{}'), 'kind: rol', '']) {
      await expect(preview(text, 'ann')).rejects.toMatchObject({ code: 'access_denied' });
    }
    // Whoever sees no users is not told of them by what they would gain.
    await expect(preview(role('readers', '{}'), 'roland')).rejects.toMatchObject({
      code: 'access_denied',
      message: 'roland may not list user resources.',
    });
  });

  it('leaves attempts in the audit log', async () => {
    await expect(preview(role('new', '{}'), 'ann')).rejects.toMatchObject({ code: 'access_denied' });
    // Where the log ends is told only once everything is in it.
    await test.service.auditHead(token('root'));
    const { lines } = await test.service.queryAudit(token('root'), {
      filter: { event: 'admin.denied', user: 'ann' },
      order: 'newest',
      limit: 1,
    });
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ user: 'ann', success: false });
  });
});
