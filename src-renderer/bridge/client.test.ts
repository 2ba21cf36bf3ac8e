import { describe, expect, it } from 'vitest';
import type { CallName } from '../../src-shared/contracts/call-names.ts';
import type { CallResult } from '../../src-shared/contracts/calls.ts';
import type { AppState, StatePatch } from '../../src-shared/contracts/state.ts';
import type { ErrorData } from '../../src-shared/errors.ts';
import { RolegateClient } from './client.ts';

const needsLogin: ErrorData = { code: 'needs_login', message: 'Log in.', retryable: false, needsLogin: true };
const session = {
  id: 'session-1',
  app: 'aws',
  role: { arn: 'arn', name: 'R', path: '/', accountId: '123456789012', partition: 'aws' },
  region: 'us-east-1',
  startedAt: 0,
  expiresAt: Number.MAX_SAFE_INTEGER,
  accessKeyId: 'RGKEY',
  keepsKeys: false,
  plainHttp: false,
  readOnly: false,
  unlocked: false,
};
const signedIn: AppState = {
  revision: 1,
  version: '0',
  way: 'sandbox',
  phase: 'signed-in',
  cluster: 'sandbox',
  sandboxUsers: [],
  user: { name: 'alice', roles: [], validUntil: 1 },
  secrets: { kind: 'memory' },
  endedSessions: [],
  accessRevision: 0,
  appSessions: [session],
  jobs: [],
  gateway: { proxy: { status: 'stopped', port: 1 }, endpoint: { status: 'stopped', port: 2 } },
  theme: 'system',
  production: [],
};

/** A client whose main process answers from a function and tells patches on demand. */
async function clientWith(answer: (name: CallName) => CallResult) {
  const made: CallName[] = [];
  let tell: (patch: StatePatch) => void = () => {};
  const client = new RolegateClient({
    platform: 'browser',
    call: async (name) => {
      if (name === 'state.get') return { ok: true, output: signedIn };
      made.push(name);
      return answer(name);
    },
    onState: (listener) => {
      tell = listener;
      return () => {};
    },
    onLink: (listener) => {
      listener({ at: 'up' });
      return () => {};
    },
  });
  await settled();
  return { client, made, tell: (patch: StatePatch) => tell(patch) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const where = { appSessionId: session.id, region: 'us-east-1' };

describe('RolegateClient', () => {
  it('asks once for a login however many reads need it, then makes each read again', async () => {
    let loggedIn = false;
    const { client, made } = await clientWith((name) => {
      if (name === 'session.login') loggedIn = true;
      return loggedIn ? { ok: true, output: [name] } : { ok: false, error: needsLogin };
    });
    const reads = [client.read('apps.list', {}), client.read('tables.list', where)];
    await settled();
    expect(client.gate.store.getState().reason).toEqual(needsLogin);
    await client.login({ user: 'alice', password: 'secret' });
    expect(await Promise.all(reads)).toEqual([['apps.list'], ['tables.list']]);
    expect(client.gate.store.getState().reason).toBeUndefined();
    expect(made).toEqual(['apps.list', 'tables.list', 'session.login', 'apps.list', 'tables.list']);
  });

  it('never repeats an action', async () => {
    const { client, made } = await clientWith(() => ({ ok: false, error: needsLogin }));
    await expect(client.act('console.launch', where)).rejects.toMatchObject({ code: 'needs_login' });
    client.gate.pass();
    await settled();
    expect(made).toEqual(['console.launch']);
  });

  it('gives reads their error back when the dialog is closed', async () => {
    const { client } = await clientWith(() => ({ ok: false, error: needsLogin }));
    const read = client.read('apps.list', {});
    await settled();
    client.gate.dismiss();
    await expect(read).rejects.toMatchObject({ code: 'needs_login', message: 'Log in.' });
  });

  it('does not ask for a login when it is the app session that has ended', async () => {
    const error: ErrorData = { ...needsLogin, code: 'session_expired' };
    const { client } = await clientWith(() => ({ ok: false, error }));
    await expect(client.read('tables.list', { ...where, appSessionId: 'gone-long-ago' })).rejects.toMatchObject({
      code: 'session_expired',
    });
    expect(client.gate.store.getState().reason).toBeUndefined();
  });

  it('asks for a login as soon as the service says that it has ended, and lets those through who wait after it', async () => {
    const { client, tell } = await clientWith(() => ({ ok: true, output: {} }));
    tell({ revision: 2, slices: { loginEnded: needsLogin }, removed: [] });
    expect(client.gate.store.getState()).toEqual({ reason: needsLogin, held: undefined });
    const waiting = client.gate.wait(needsLogin);
    tell({ revision: 3, slices: {}, removed: ['loginEnded'] });
    await waiting;
    expect(client.gate.store.getState().reason).toBeUndefined();
  });

  it('holds the screen when the login’s time is over, but not on a logout, here or elsewhere', async () => {
    const over: StatePatch = { revision: 2, slices: { phase: 'signed-out', appSessions: [] }, removed: ['user'] };
    const surprised = await clientWith(() => ({ ok: true, output: {} }));
    surprised.tell(over);
    expect(surprised.client.gate.store.getState()).toMatchObject({ held: signedIn, reason: { needsLogin: true } });
    surprised.tell({ revision: 3, slices: { phase: 'signed-in' }, removed: [] });
    expect(surprised.client.gate.store.getState()).toEqual({ held: undefined, reason: undefined });

    const valid = { ...signedIn.user!, validUntil: Date.now() + 60_000 };
    const elsewhere = await clientWith(() => ({ ok: true, output: {} }));
    elsewhere.tell({ revision: 2, slices: { user: valid }, removed: [] });
    elsewhere.tell({ ...over, revision: 3 });
    expect(elsewhere.client.gate.store.getState().reason).toBeUndefined();

    const leaver = await clientWith((name) => {
      if (name === 'session.logout') leaver.tell(over);
      return { ok: true, output: {} };
    });
    await leaver.client.act('session.logout', {});
    expect(leaver.client.gate.store.getState().reason).toBeUndefined();
  });
});
