import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Backend } from '../backend/backend.ts';
import { openLibsqlBackend } from '../backend/libsql/libsql.ts';
import { createLockout } from './lockout.ts';
import { createPasswords } from './passwords.ts';
import { createSessions, type Sessions } from './sessions.ts';

const folder = mkdtempSync(join(tmpdir(), 'rolegate-auth-'));
const file = join(folder, 'state.db');
let time = 0;
let backend: Backend;
const now = () => time;

beforeAll(async () => {
  backend = await openLibsqlBackend(file, now);
});
afterAll(async () => {
  await backend.close();
  rmSync(folder, { recursive: true });
});

describe('passwords', () => {
  it('are right or wrong, for users with any name', async () => {
    const passwords = createPasswords(backend);
    const user = 'ali/ce ö';
    await passwords.set(user, 'open sesame');
    expect(await passwords.has(user)).toBe(true);
    expect(await passwords.verify(user, 'open sesame')).toBe(true);
    expect(await passwords.verify(user, 'open sesame ')).toBe(false);
    expect(await passwords.verify('nobody', 'open sesame')).toBe(false);
    expect(await passwords.verify('nobody', 'a password that nobody has')).toBe(false);
    expect(await passwords.has('nobody')).toBe(false);
  });

  it('are kept as argon2id hashes', async () => {
    await createPasswords(backend).set('bob', 'hunter2');
    const value = (await backend.get('passwords/bob'))?.value as { hash: string };
    expect(value.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('failed logins', () => {
  it('lock a name for a minute after five of them, and no other name', () => {
    const lockout = createLockout(now);
    for (let n = 0; n < 5; n++) {
      lockout.check('alice');
      lockout.failed('alice');
    }
    expect(() => lockout.check('alice')).toThrow('Too many failed logins for alice.');
    lockout.check('bob');
    time += 60_000;
    lockout.check('alice');
  });

  it('are forgotten after a good one', () => {
    const lockout = createLockout(now);
    for (let n = 0; n < 4; n++) lockout.failed('alice');
    lockout.succeeded('alice');
    lockout.failed('alice');
    lockout.check('alice');
  });
});

describe('sessions', () => {
  let sessions: Sessions;
  beforeEach(() => {
    sessions = createSessions({ backend, now });
  });
  const grant = () => ({ app: 'aws', roleArn: 'arn:aws:iam::123456789000:role/x', expiresAt: time + 1_000 });

  it('are found by their token until they are over, also after a restart', async () => {
    const { token, login } = await sessions.startLogin('alice', time + 1_000);
    expect(await sessions.requireLogin(token)).toEqual(login);
    const restarted = createSessions({ backend, now });
    expect(await restarted.requireLogin(token)).toEqual(login);
    time += 1_000;
    for (const some of [sessions, restarted]) await expect(some.requireLogin(token)).rejects.toThrow('expired');
    await expect(createSessions({ backend, now }).requireLogin(token)).rejects.toThrow('not logged in');
  });

  it('keep no token', async () => {
    const { token } = await sessions.startLogin('alice', time + 1_000);
    const everything = ['', '-wal'].map((suffix) => readFileSync(file + suffix, 'latin1')).join();
    expect(everything).toContain('alice');
    expect(everything).not.toContain(token);
  });

  it('belong to the user who started them', async () => {
    const alice = (await sessions.startLogin('alice', time + 1_000)).login;
    const bob = (await sessions.startLogin('bob', time + 1_000)).login;
    const session = await sessions.startAppSession(alice, grant());
    expect(await sessions.requireAppSession(alice, session.id)).toEqual(session);
    await expect(sessions.requireAppSession(bob, session.id)).rejects.toThrow('over');
    await expect(createSessions({ backend, now }).requireAppSession(bob, session.id)).rejects.toThrow('over');
    expect(await sessions.appSessionsOf('bob')).toEqual([]);
  });

  it('end with the login that started them, and no others', async () => {
    const first = (await sessions.startLogin('carol', time + 9_000)).login;
    const second = (await sessions.startLogin('carol', time + 9_000)).login;
    const ended = await sessions.startAppSession(first, grant());
    const kept = await sessions.startAppSession(second, grant());
    expect(await sessions.endLogin(first, 'over.')).toEqual([ended]);
    expect(await sessions.appSessionsOf('carol')).toEqual([kept]);
    await expect(sessions.requireAppSession(second, ended.id)).rejects.toThrow('over');
  });

  it('are over when their time has come', async () => {
    const { login } = await sessions.startLogin('dave', time + 9_000);
    const session = await sessions.startAppSession(login, grant());
    time += 1_000;
    await expect(sessions.requireAppSession(login, session.id)).rejects.toMatchObject({ code: 'session_expired' });
  });
});
