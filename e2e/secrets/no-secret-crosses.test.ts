import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeTable } from '../../src-shared/reading/whole-table.ts';
import { rolegate, run, startRolegate } from '../clients/command-line.ts';
import { awsCli } from '../clients/requirements.ts';
import { alice, exampleRole, removeHome, startTestEngine, temporaryHome } from '../integration/test-engine.ts';
import { type Recorder, startRecorder } from './recorder.ts';

const chainedRole = 'arn:aws:iam::123456789000:role/role_chain_first';

/** What the client writes is kept as one text: file names and contents. */
function everythingUnder(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.name}\n${readFileSync(join(entry.parentPath, entry.name), 'latin1')}`)
    .join('\n');
}

describe('the secrets that STS gives to the app-service', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-secrets-'));
  const home = temporaryHome();
  let service: ChildProcess;
  let recorder: Recorder;

  beforeAll(async () => {
    service = fork(fileURLToPath(new URL('service-process.ts', import.meta.url)), [join(folder, 'service')], {
      execArgv: ['--import', 'tsx'],
    });
    const [started] = (await once(service, 'message')) as [{ port: number; caFile: string }];
    recorder = await startRecorder(join(folder, 'recorder'), started);
  });
  afterAll(() => {
    recorder.close();
    service.kill();
    removeHome(home);
    rmSync(folder, { recursive: true });
  });

  it('are in no byte that it sends and in no file of the client', { timeout: 120_000 }, async () => {
    const address = `https://127.0.0.1:${recorder.port}`;
    const login = ['login', '--service', address, '--ca', recorder.caFile, '--user', alice.user, '--password-stdin'];
    expect((await rolegate(home, login, alice.password)).code).toBe(0);

    // The table browser, the console, refusals and errors of AWS …
    const { calls, stop } = await startTestEngine(home);
    const { id: appSessionId } = await calls.call('appSessions.start', { app: 'aws', roleArn: exampleRole });
    const where = { appSessionId, region: 'us-east-1' };
    await calls.call('tables.list', where);
    await calls.call('tables.describe', { ...where, table: 'Music' });
    await calls.call('tables.readPage', {
      ...where,
      table: 'EveryType',
      readId: 'read-some',
      request: wholeTable(),
      limit: 100,
    });
    await expect(calls.call('tables.describe', { ...where, table: 'Nowhere' })).rejects.toThrow();
    await expect(calls.call('appSessions.start', { app: 'aws', roleArn: `${exampleRole}x` })).rejects.toThrow();
    const { url } = await calls.call('console.link', { appSessionId });
    await stop();

    // … and a tool, in both modes.
    for (const flags of [[], ['--endpoint-url']]) {
      const proxy = await startRolegate(home, ['proxy', 'aws', '-p', '0', '-f', 'json', ...flags]);
      if (awsCli) {
        const settings = JSON.parse(proxy.firstLine) as { url: string; env: NodeJS.ProcessEnv };
        const endpoint = flags.length > 0 ? ['--endpoint-url', settings.url] : [];
        for (const command of [
          ['dynamodb', 'list-tables'],
          ['sts', 'get-caller-identity'],
          ['s3', 'ls'],
          ['s3', 'cp', 's3://shop-records-123456789000/', folder, '--recursive'],
          ['sts', 'assume-role', '--role-arn', chainedRole, '--role-session-name', 'from-a-tool'],
        ]) {
          await run(awsCli, [...command, ...endpoint], { env: { ...process.env, ...settings.env } });
        }
      }
      await proxy.stop();
    }

    service.send('secrets');
    const [{ secrets }] = (await once(service, 'message')) as [{ secrets: string[] }];
    const sent = recorder.sent().toString('latin1');
    const kept = everythingUnder(home.folder);

    // The search can find what is there: data, the console's link, the local keys …
    expect(sent).toContain('"TableNames"');
    expect(sent).toContain(new URL(url).searchParams.get('SigninToken'));
    expect(kept).toContain('accessKeyId');
    // … and none of the key ids, secrets and tokens.
    // The service's own, the role's, and, by the aws CLI, a chained role's in both modes.
    expect(secrets.length).toBeGreaterThanOrEqual(1 + 3 * (awsCli ? 3 : 1));
    for (const secret of secrets) {
      for (const form of [
        secret,
        encodeURIComponent(secret),
        Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(0, -1),
      ]) {
        expect(sent.includes(form), 'sent by the service').toBe(false);
        expect(kept.includes(form), 'kept by the client').toBe(false);
      }
    }
  });
});
