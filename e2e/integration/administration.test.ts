import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallName } from '../../src-shared/contracts/call-names.ts';
import type { CallInput } from '../../src-shared/contracts/calls.ts';
import { alice, exampleRole, removeHome, startTestEngine, type TestEngine, temporaryHome } from './test-engine.ts';

const bob = { user: 'bob', password: 'sandcastle' };
const text = 'kind: user\nversion: v2\nmetadata: {name: bob}\nspec: {roles: [aws-dynamodb-access, editor, auditor]}\n';
const id = 'verification-1';

/** Every call of administration, as somebody might make it by hand. */
const attempts: { [Name in CallName]?: CallInput<Name> } = {
  'resources.show': { kind: 'user' },
  'resources.write': { files: [{ file: 'x', text }], mode: 'upsert' },
  'resources.delete': { kind: 'user', name: 'alice' },
  'resources.check': { file: 'x', text },
  'resources.preview': { file: 'x', text },
  'access.explain': { user: 'bob', app: 'aws', roleArn: exampleRole },
  'access.matrix': {},
  'audit.query': { filter: {}, order: 'newest', limit: 1 },
  'audit.head': {},
  'audit.verify': { id },
  'users.reset': { user: 'alice', lifetime: 3_600_000 },
  'logins.list': {},
  'logins.end': { user: 'alice' },
};

describe('administration through the calls of a window', () => {
  const home = temporaryHome();
  let test: TestEngine;
  const call = (name: CallName, input: unknown) => test.calls.call(name, input as never) as Promise<unknown>;

  beforeAll(async () => {
    test = await startTestEngine(home);
  });
  afterAll(async () => {
    await test.stop();
    removeHome(home);
  });

  it.each(Object.entries(attempts))('asks for a login: %s', async (name, input) => {
    await expect(call(name as CallName, input)).rejects.toMatchObject({ needsLogin: true });
  });

  it('asks for a login before it says what somebody may administer', async () => {
    await expect(call('access.own', {})).rejects.toMatchObject({ needsLogin: true });
  });

  it('is refused, call by call, to whoever has no rules for it, and written down', async () => {
    await call('session.login', bob);
    expect(await call('access.own', {})).toEqual({});
    for (const [name, input] of Object.entries(attempts)) {
      await expect(call(name as CallName, input), name).rejects.toMatchObject({ code: 'access_denied' });
    }
    await call('session.logout', {});
    await call('session.login', alice);
    await call('audit.head', {});
    const denied = await test.calls.call('audit.query', {
      filter: { event: 'admin.denied', user: 'bob' },
      order: 'newest',
      limit: 100,
    });
    expect(denied.lines.length).toBe(Object.keys(attempts).length);
  });

  it('checks the log itself, and gives an anchor', async () => {
    const first = await test.calls.call('audit.verify', { id });
    expect(first).toMatchObject({ report: { problems: [], first: 1 } });
    const anchor = first.anchor;
    expect(anchor?.seq).toBeGreaterThan(10);
    const again = await test.calls.call('audit.verify', { id, ...(anchor && { anchor }) });
    expect(again.report?.problems).toEqual([]);
    expect(again.report?.cannotProve.join()).not.toContain('--anchor');
    const other = { id, anchor: { ...anchor, seq: 100_000 } };
    expect(await call('audit.verify', other)).toMatchObject({
      report: {
        problems: [{ message: expect.stringContaining('signature') }, { message: expect.stringContaining('cut off') }],
      },
    });
  });
});
