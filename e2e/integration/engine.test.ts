import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectControl } from '../../src-main/engine/control-client.ts';
import { openSettings } from '../../src-main/home/settings.ts';
import type { AppSession } from '../../src-shared/contracts/state.ts';
import { wholeTable } from '../../src-shared/reading/whole-table.ts';
import { alice, exampleRole, removeHome, startTestEngine, type TestEngine, temporaryHome } from './test-engine.ts';

describe('the engine', () => {
  it('keeps the audit log as the settings say', async () => {
    const home = temporaryHome();
    const file = join(home.wayFolder('sandbox'), 'service', 'audit.jsonl');
    const settings = await openSettings(home.settingsFile);
    for (const outputs of [[], ['file' as const]]) {
      await settings.update({ audit: { outputs, retentionDays: 30 } });
      const test = await startTestEngine(home);
      await test.calls.call('session.login', alice);
      await test.calls.call('audit.head', {});
      expect(existsSync(file)).toBe(outputs.length > 0);
      await test.stop();
    }
    removeHome(home);
  });
});

describe('the engine in the sandbox', () => {
  const home = temporaryHome();
  let test: TestEngine;
  let session: AppSession;

  beforeAll(async () => {
    test = await startTestEngine(home);
  });
  afterAll(async () => {
    await test.stop();
    removeHome(home);
  });
  const inUs = () => ({ appSessionId: session.id, region: 'us-east-1' });

  it('begins logged out, naming the demo users', async () => {
    expect(await test.calls.call('state.get', {})).toMatchObject({
      way: 'sandbox',
      phase: 'signed-out',
      cluster: 'sandbox',
      sandboxUsers: [alice, { user: 'bob' }],
    });
  });

  it('logs in with the right password only', async () => {
    await expect(test.calls.call('session.login', { ...alice, password: 'wrong' })).rejects.toThrow('wrong');
    await expect(test.calls.call('apps.list', {})).rejects.toMatchObject({ needsLogin: true });
    await test.calls.call('session.login', alice);
    expect(await test.calls.call('state.get', {})).toMatchObject({ phase: 'signed-in', user: { name: 'alice' } });
  });

  it('lists the app with the roles of the user', async () => {
    const [app] = await test.calls.call('apps.list', {});
    expect(app?.name).toBe('aws');
    expect(app?.roles.map((role) => role.name)).toEqual(['ExampleTeleportDynamoDBRole', 'role_for_alice']);
  });

  it('starts a role, and refuses one that is not the user’s', async () => {
    session = await test.calls.call('appSessions.start', { app: 'aws', roleArn: exampleRole });
    expect(session).toMatchObject({ app: 'aws', role: { accountId: '123456789000' }, region: 'us-east-1' });
    const forBob = exampleRole.replace('ExampleTeleportDynamoDBRole', 'role_for_bob');
    await expect(test.calls.call('appSessions.start', { app: 'aws', roleArn: forBob })).rejects.toMatchObject({
      code: 'access_denied',
    });
  });

  it('lists tables in two regions, and none in a third', async () => {
    const names = async (region: string) =>
      (await test.calls.call('tables.list', { appSessionId: session.id, region })).names;
    expect(await names('us-east-1')).toEqual(expect.arrayContaining(['Music', 'Orders']));
    expect(await names('ca-central-1')).toContain('my-dynamodb-table');
    expect(await names('eu-west-1')).toEqual([]);
  });

  it('describes a table', async () => {
    const details = await test.calls.call('tables.describe', { ...inUs(), table: 'Music' });
    expect(details).toMatchObject({
      name: 'Music',
      status: 'ACTIVE',
      arn: 'arn:aws:dynamodb:us-east-1:123456789000:table/Music',
      key: [
        { name: 'Artist', type: 'S', role: 'HASH' },
        { name: 'SongTitle', type: 'S', role: 'RANGE' },
      ],
    });
    expect(details.indexes[0]?.kind).toBe('GSI');
  });

  it('reads a table page by page to its end', async () => {
    let startKey: string | undefined;
    const seen = new Set<string>();
    do {
      const page = await test.calls.call('tables.readPage', {
        ...inUs(),
        table: 'Orders',
        readId: 'read-everything',
        request: wholeTable(),
        limit: 1000,
        ...(startKey && { startKey }),
      });
      for (const item of page.items) seen.add(item);
      startKey = page.lastEvaluatedKey;
    } while (startKey);
    expect(seen.size).toBeGreaterThan(20_000);
  });

  it('says what AWS says when a table is not there', async () => {
    await expect(test.calls.call('tables.describe', { ...inUs(), table: 'Nowhere' })).rejects.toMatchObject({
      code: 'not_found',
      awsCode: 'ResourceNotFoundException',
    });
  });

  it('launches the console as the user in the role', async () => {
    expect(await test.calls.call('console.launch', { appSessionId: session.id })).toMatchObject({ opened: true });
    const [url = ''] = test.opened;
    const signedIn = await request(url);
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
    const console = await request(new URL(String(signedIn.headers.location), url), { headers: { cookie } });
    const page = await console.body.text();
    expect(page).toContain('ExampleTeleportDynamoDBRole/alice');
    expect(page).toContain('1234-5678-9000');
    expect((await request(url)).statusCode).not.toBe(302);
  });

  it('answers commands through its control socket, and nobody without the token', async () => {
    const control = await connectControl(home);
    expect(await control?.call('state.get', {})).toMatchObject({ user: { name: 'alice' } });
    await expect(control?.call('session.login', { ...alice, password: 'wrong' })).rejects.toMatchObject({
      code: 'access_denied',
    });
    control?.close();
  });

  it('is there again after a restart: login, role and what was chosen', async () => {
    await test.calls.call('appSessions.setRegion', { id: session.id, region: 'ca-central-1' });
    const before = await test.calls.call('gateway.settings', { appSessionId: session.id, mode: 'proxy' });
    await test.stop();
    test = await startTestEngine(home);
    expect(await test.calls.call('state.get', {})).toMatchObject({
      phase: 'signed-in',
      user: { name: 'alice' },
      appSessions: [{ id: session.id, region: 'ca-central-1' }],
    });
    expect(await test.calls.call('gateway.settings', { appSessionId: session.id, mode: 'proxy' })).toEqual(before);
    expect((await test.calls.call('tables.list', inUs())).names).toContain('Music');
  });

  it('runs once on a home', async () => {
    await expect(startTestEngine(home)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is logged out everywhere after the logout', async () => {
    await test.calls.call('session.logout', {});
    expect(await test.calls.call('state.get', {})).toMatchObject({ phase: 'signed-out', appSessions: [] });
    await expect(test.calls.call('tables.list', inUs())).rejects.toMatchObject({ needsLogin: true });
  });
});
