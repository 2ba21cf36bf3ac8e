import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../src-sandbox/sandbox.ts';
import type { GatewayMode } from '../../src-shared/contracts/gateway.ts';
import { wholeTable } from '../../src-shared/reading/whole-table.ts';
import { rolegate, run, startRolegate } from '../clients/command-line.ts';
import { awsCli } from '../clients/requirements.ts';
import { directoryBucket, fetched, sdkConfig } from '../clients/sdk.ts';
import { dataDirOf, startTeamServer } from '../fixtures/team-server.ts';
import { preparedDir } from '../integration/prepared-data.ts';
import { alice, exampleRole, removeHome, startTestEngine, temporaryHome } from '../integration/test-engine.ts';
import { startAttentiveAws } from './attentive-aws.ts';
import { type Recorder, startRecorder } from './recorder.ts';

const chainedRole = 'arn:aws:iam::123456789000:role/role_chain_first';

/** What the client writes is kept as one text: file names and contents. */
function everythingUnder(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.name}\n${readFileSync(join(entry.parentPath, entry.name), 'latin1')}`)
    .join('\n');
}

/** An app-service as a process of its own, in one of the ways in which there is one. */
interface Served {
  port: number;
  caFile: string;
  isSandbox: boolean;
  /** The arguments with which alice logs in, beside those that say where. */
  login: string[];
  password: string;
  /** All that STS has handed out, and the service's own secret. */
  secrets(): Promise<string[]>;
  /** What the process has said, and what it keeps that others may read: never a place for a secret. */
  told(): string;
  close(): Promise<void>;
}

/** The sandbox's app-service. */
async function startForked(folder: string): Promise<Served> {
  const service = fork(fileURLToPath(new URL('service-process.ts', import.meta.url)), [folder], {
    execArgv: ['--import', 'tsx'],
  });
  const [started] = (await once(service, 'message')) as [{ port: number; caFile: string }];
  return {
    ...started,
    isSandbox: true,
    login: ['--user', alice.user],
    password: alice.password,
    async secrets() {
      service.send('secrets');
      const [message] = (await once(service, 'message')) as [{ secrets: string[] }];
      return message.secrets;
    },
    told: () => '',
    close: async () => void service.kill(),
  };
}

/** A team's server, whose first administrator is the sandbox's alice. */
async function startServer(folder: string): Promise<Served> {
  const sandbox = await startSandbox({ stateDir: join(folder, 'aws'), preparedDir });
  const aws = await startAttentiveAws(sandbox.endpoints.sts);
  const { accessKeyId, secretAccessKey } = sandbox.serviceCredentials;
  const { signin } = sandbox.endpoints;
  const server = join(folder, 'server');
  mkdirSync(server);
  for (const [index, { text }] of sandbox.resources.entries()) writeFileSync(join(server, `${index}-x.yaml`), text);
  const { url, output, firstAdministrator, stop } = await startTeamServer({
    folder: server,
    config: {
      listen: 0,
      resources: '*-x.yaml',
      aws: { region: sandbox.region, endpoints: { signin, '*': aws.origin } },
      apps: [{ name: 'aws', uri: 'https://console.aws.amazon.com/console/home' }],
    },
    environment: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  });
  const data = dataDirOf(server);
  return {
    port: Number(new URL(url).port),
    caFile: join(data, 'service-ca.pem'),
    isSandbox: false,
    login: ['--user', alice.user, '--invitation', firstAdministrator()?.split(' ').at(-1) ?? ''],
    password: 'correct horse battery',
    secrets: async () => [secretAccessKey, ...aws.secrets],
    told: () => output() + everythingUnder(data),
    async close() {
      await stop();
      aws.close();
      await sandbox.close();
    },
  };
}

describe.each([
  ['the sandbox’s app-service', startForked],
  ['rolegate service start', startServer],
])('the secrets that STS gives to %s', (_, start) => {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-secrets-'));
  const home = temporaryHome();
  let service: Served;
  let recorder: Recorder;

  beforeAll(async () => {
    const own = join(folder, 'service');
    mkdirSync(own);
    service = await start(own);
    recorder = await startRecorder(join(folder, 'recorder'), service);
  });
  afterAll(async () => {
    recorder.close();
    await service.close();
    removeHome(home);
    rmSync(folder, { recursive: true });
  });

  async function cliUses(flags: string[], env: NodeJS.ProcessEnv): Promise<void> {
    for (const command of [
      ['dynamodb', 'list-tables'],
      ['sts', 'get-caller-identity'],
      ['s3', 'ls'],
      ['s3', 'cp', 's3://shop-records-123456789000/', folder, '--recursive'],
      ['sts', 'assume-role', '--role-arn', chainedRole, '--role-session-name', 'from-a-tool'],
    ]) {
      await run(awsCli ?? '', [...command, ...flags], { env: { ...process.env, ...env } });
    }
  }

  /** An upload in parts, presigned URLs, and a directory bucket with a session of its own. */
  async function sdkUses(mode: GatewayMode, url: string, env: NodeJS.ProcessEnv): Promise<void> {
    const config = sdkConfig(mode, url, env);
    const s3 = new S3Client({ ...config, forcePathStyle: mode === 'endpoint' });
    const Bucket = `secrets-${mode}`;
    await s3.send(new CreateBucketCommand({ Bucket }));
    const params = { Bucket, Key: 'parts', Body: Buffer.alloc(6 * 1024 * 1024) };
    await new Upload({ client: s3, params, leavePartsOnError: false }).done();
    const presigned = new URL(await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'parts' })));
    expect((await fetched(presigned, config.httpsAgent)).status).toBe(200);
    presigned.searchParams.set('X-Amz-Expires', '5');
    expect((await fetched(presigned, config.httpsAgent)).status).toBe(403);

    s3.destroy();

    // Only the proxy leads to the hosts that directory buckets have.
    if (mode !== 'proxy') return;
    const express = new S3Client(config);
    const directory = `${Bucket}--use1-az4--x-s3`;
    await express.send(new CreateBucketCommand(directoryBucket(directory)));
    await express.send(new PutObjectCommand({ Bucket: directory, Key: 'quick', Body: 'hello' }));
    express.destroy();
  }

  it('are in no byte that it sends and in no file of the client', { timeout: 120_000 }, async () => {
    const address = `https://127.0.0.1:${recorder.port}`;
    const login = ['login', '--service', address, '--ca', recorder.caFile, ...service.login, '--password-stdin'];
    expect((await rolegate(home, login, service.password)).code).toBe(0);

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
    const link = calls.call('console.link', { appSessionId });
    // A client of a real server opens AWS's own sign-in only; what the emulated one said has crossed all the same.
    const signIn = service.isSandbox ? new URL((await link).url).searchParams.get('SigninToken') : 'SigninToken=';
    if (!service.isSandbox) await expect(link).rejects.toThrow('does not lead to AWS');
    await stop();

    // … and tools, in both modes.
    for (const mode of ['proxy', 'endpoint'] as const) {
      const flags = mode === 'endpoint' ? ['--endpoint-url'] : [];
      const proxy = await startRolegate(home, ['proxy', 'aws', '-p', '0', '-f', 'json', ...flags]);
      const { url, env } = JSON.parse(proxy.firstLine) as { url: string; env: NodeJS.ProcessEnv };
      try {
        if (awsCli) await cliUses(mode === 'endpoint' ? ['--endpoint-url', url] : [], env);
        await sdkUses(mode, url, env);
      } finally {
        await proxy.stop();
      }
    }

    const secrets = await service.secrets();
    const sent = recorder.sent().toString('latin1');
    const kept = everythingUnder(home.folder);
    const told = service.told();

    // The search can find what is there: data, the console's link, the local keys …
    expect(sent).toContain('"TableNames"');
    expect(sent).toContain(signIn);
    expect(kept).toContain('accessKeyId');
    // … and none of the key ids, secrets and tokens.
    // The service's own, the role's, that of a directory bucket's session and, by the aws CLI, a chained role's in both modes.
    expect(secrets.length).toBeGreaterThanOrEqual(1 + 3 * (awsCli ? 4 : 2));
    for (const secret of secrets) {
      for (const form of [
        secret,
        encodeURIComponent(secret),
        Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(0, -1),
      ]) {
        expect(sent.includes(form), 'sent by the service').toBe(false);
        expect(kept.includes(form), 'kept by the client').toBe(false);
        expect(told.includes(form), 'told by the service').toBe(false);
      }
    }
  });
});
