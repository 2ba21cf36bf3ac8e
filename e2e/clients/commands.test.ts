import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Home } from '../../src-main/home/home.ts';
import { alice, exampleRole, removeHome, temporaryHome } from '../integration/test-engine.ts';
import { type Running, rolegate, run, startRolegate } from './command-line.ts';

interface SandboxStart {
  service: string;
  ca: string;
  users: { user: string; password: string }[];
  aws: Record<'sts' | 'dynamodb' | 'signin', string>;
}

describe('the rolegate command', () => {
  const serviceHome: Home = temporaryHome();
  const home: Home = temporaryHome();
  let sandbox: Running;
  let started: SandboxStart;

  beforeAll(async () => {
    sandbox = await startRolegate(serviceHome, ['sandbox', 'start', '--format', 'json']);
    started = JSON.parse(sandbox.firstLine) as SandboxStart;
  });
  afterAll(async () => {
    await sandbox.stop();
    removeHome(home);
    removeHome(serviceHome);
  });

  const login = (more: string[] = [], password = alice.password) =>
    rolegate(
      home,
      ['login', '--service', started.service, '--user', 'alice', '--password-stdin', ...more],
      `${password}\n`,
    );

  it('says its version', async () => {
    expect(await rolegate(home, ['version'])).toEqual({
      code: 0,
      signal: null,
      stdout: 'Rolegate 0.1.0\n',
      stderr: '',
    });
  });

  it('starts a sandbox that tells all one needs to know', () => {
    expect(started.service).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(readFileSync(started.ca, 'utf8')).toContain('BEGIN CERTIFICATE');
    expect(started.users.map(({ user }) => user)).toEqual(['alice', 'bob']);
    expect(Object.keys(started.aws)).toEqual(['sts', 'dynamodb', 's3', 'signin']);
  });

  it('starts one sandbox on a home', async () => {
    const second = await rolegate(serviceHome, ['sandbox', 'start']);
    expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining('in use by another Rolegate') });
  });

  it('ends with 2 for wrong usage and says what is wrong', async () => {
    for (const args of [
      ['nonsense'],
      ['login'],
      ['proxy', 'aws', '-p', 'x'],
      ['proxy', 'aws', '-f', 'yaml'],
      ['apps', 'login'],
    ]) {
      const { code, stderr } = await rolegate(home, args);
      expect([args, code]).toEqual([args, 2]);
      expect(stderr).toMatch(/^error: /);
    }
    expect((await rolegate(home, ['--help'])).code).toBe(0);
  });

  it('ends with 1 and a hint when nobody is logged in', async () => {
    for (const args of [['status'], ['apps', 'ls'], ['aws', 's3', 'ls'], ['console'], ['logout']]) {
      const { code, stderr } = await rolegate(temporaryHome(), args);
      expect([args, code]).toEqual([args, 1]);
      expect(stderr).toContain('You are not logged in.');
      expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
    }
  });

  it('does not send a password to a service that nobody vouches for', async () => {
    const untrusted = await login();
    expect(untrusted).toMatchObject({ code: 1, stderr: expect.stringContaining('is not trusted') });
    const fingerprint = /([0-9A-F]{2}:){31}[0-9A-F]{2}/.exec(untrusted.stderr)?.[0] ?? '';
    const another = fingerprint.replace(/^../, (first) => (first === '00' ? '01' : '00'));
    expect((await login(['--fingerprint', another])).code).toBe(1);
    expect((await login(['--fingerprint', fingerprint])).code).toBe(0);
  });

  it('logs in with the right password', async () => {
    expect(await login(['--ca', started.ca], 'wrong')).toMatchObject({
      code: 1,
      stderr: 'The user name or the password is wrong.\n',
    });
    expect(await login(['--ca', started.ca])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Logged in to sandbox as alice, for 11 h 59 min\.\n$/),
    });
  });

  it('refuses a login that it would forget at once', async () => {
    const env = { ...process.env, ROLEGATE_HOME: temporaryHome().folder, ROLEGATE_SESSION_STORE: 'memory' };
    const args = ['login', '--service', started.service, '--ca', started.ca, '--user', 'alice', '--password-stdin'];
    const { rolegateScript } = await import('./command-line.ts');
    expect(await run(process.execPath, [rolegateScript, ...args], { env, input: alice.password })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ROLEGATE_SESSION_STORE=file'),
    });
  });

  it('shows the login, as text and as the JSON that scripts read', async () => {
    const { stdout } = await rolegate(home, ['status', '-f', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      active: {
        username: 'alice',
        roles: ['aws-dynamodb-access', 'editor', 'auditor'],
        cluster: 'sandbox',
        version: '0.1.0',
        valid_until: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      },
    });
    expect((await rolegate(home, ['status'])).stdout).toContain('User:         alice');
  });

  it('lists apps and roles', async () => {
    const { stdout } = await rolegate(home, ['apps', 'ls', '-f', 'json']);
    const [app] = JSON.parse(stdout) as { name: string; aws_roles: { name: string }[] }[];
    expect(app?.name).toBe('aws');
    expect(app?.aws_roles.map(({ name }) => name)).toEqual(['ExampleTeleportDynamoDBRole', 'role_for_alice']);
    expect((await rolegate(home, ['apps', 'ls'])).stdout).toContain(exampleRole);
  });

  it('starts a role by name or ARN, and shows the choice when it cannot tell', async () => {
    for (const args of [[], ['--aws-role', 'Nonsense'], ['--aws-role', 'role_for_bob']]) {
      const { code, stderr } = await rolegate(home, ['apps', 'login', ...args, 'aws']);
      expect(code).toBe(1);
      expect(stderr).toContain('role_for_alice');
    }
    expect(
      (await rolegate(home, ['apps', 'login', '--aws-role', 'ExampleTeleportDynamoDBRole', 'nope'])).stderr,
    ).toContain('no app named nope');
    expect((await rolegate(home, ['apps', 'login', '--aws-role', 'ExampleTeleportDynamoDBRole', 'aws'])).code).toBe(0);
    expect((await rolegate(home, ['apps', 'login', '--aws-role', exampleRole, 'aws'])).code).toBe(0);
    const { stdout } = await rolegate(home, ['apps', 'ls', '-f', 'json']);
    expect(JSON.parse(stdout)).toMatchObject([{ logged_in: [exampleRole] }]);
  });

  it('prints a console link that signs in once', async () => {
    const { code, stdout, stderr } = await rolegate(home, ['console', '--print', '--region', 'ca-central-1']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/It stays signed in until [-\d]+ [:\d]+\. Nobody can end it before/);
    expect(stdout.trim()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/federation\?Action=login&/);
    const first = await fetch(stdout.trim(), { redirect: 'manual' });
    expect(first.headers.get('location')).toContain('region=ca-central-1');
    expect((await fetch(stdout.trim(), { redirect: 'manual' })).headers.get('location')).toBeNull();
  });

  it('serves a proxy with the same keys each time, in every format', async () => {
    const first = await startRolegate(home, ['proxy', 'aws', '-p', '0', '-f', 'json']);
    const settings = JSON.parse(first.firstLine) as { mode: string; url: string; env: Record<string, string> };
    expect(settings).toMatchObject({ mode: 'proxy', env: { HTTPS_PROXY: settings.url } });
    const guest = await startRolegate(home, ['proxy', 'aws', '-p', '0', '-f', 'unix', '--endpoint-url']);
    expect(guest.firstLine).toMatch(/^unset AWS_SESSION_TOKEN /);
    expect(await guest.stop()).toBe(0);
    expect(await first.stop()).toBe(0);

    const again = await startRolegate(home, ['proxy', 'aws', '-p', '0', '-f', 'text']);
    expect(again.firstLine).toBe(`AWS_ACCESS_KEY_ID=${settings.env['AWS_ACCESS_KEY_ID']}`);
    await again.stop();
  });

  it('says that a port is taken and what to do', async () => {
    const port = new URL(started.service).port;
    expect(await rolegate(home, ['proxy', 'aws', '-p', port])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        new RegExp(
          `^Port ${port} is in use by another program\\.\nPort \\d+ is free\\. Choose another with -p, or any free one with -p 0\\.\n$`,
        ),
      ),
    });
  });

  it('runs side by side: a second command uses the engine of the first', async () => {
    const proxy = await startRolegate(home, ['proxy', 'aws', '-p', '0', '-f', 'json']);
    const outcomes = await Promise.all([
      rolegate(home, ['status']),
      rolegate(home, ['apps', 'ls']),
      rolegate(home, ['status']),
    ]);
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(await proxy.stop()).toBe(0);
    const together = await Promise.all(Array.from({ length: 4 }, () => rolegate(home, ['status'])));
    expect(together.map(({ code, stderr }) => [code, stderr])).toEqual(Array.from({ length: 4 }, () => [0, '']));
  });

  it.skipIf(process.platform === 'win32')('keeps everything in its home for this user only', () => {
    const look = (folder: string): void => {
      expect([folder, statSync(folder).mode & 0o077]).toEqual([folder, 0]);
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) look(path);
        // The lock and the settings hold nothing; the folder round them is closed anyway.
        else if (/secrets|ca|settings|log$/.test(entry.name))
          expect([path, statSync(path).mode & 0o077]).toEqual([path, 0]);
      }
    };
    look(home.folder);
  });

  it('forgets everything at the logout', async () => {
    expect((await rolegate(home, ['apps', 'logout', 'aws'])).stdout).toBe('You do not use the app aws any more.\n');
    expect((await rolegate(home, ['apps', 'logout'])).code).toBe(1);
    expect((await rolegate(home, ['logout'])).stdout).toBe('Logged out alice.\n');
    expect((await rolegate(home, ['status'])).code).toBe(1);
    const secrets = Object.keys(JSON.parse(readFileSync(join(home.folder, 'secrets.json'), 'utf8')) as object);
    expect(secrets.filter((name) => !name.endsWith('/ca'))).toEqual([]);
  });
});
