import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { preparedDir } from '../e2e/integration/prepared-data.ts';
import type { AppService } from '../src-service/app-service.ts';
import { openAuditLog } from '../src-service/audit/log.ts';
import type { AuditEvent } from '../src-service/audit/sink.ts';
import { openLibsqlBackend } from '../src-service/backend/libsql/libsql.ts';
import { createAppService } from '../src-service/create-app-service.ts';
import { silentLog } from '../src-service/log.ts';
import { loadResources } from '../src-service/resources/load-resources.ts';
import type { AwsCall } from '../src-shared/contracts/aws-call.ts';
import { sha256Hex } from '../src-shared/sigv4/signing-key.ts';
import { buildServers } from './build.ts';
import { startChild } from './child.ts';
import { median, printTable } from './report.ts';

/**
 * The whole app-service in one process, without a gateway: what part of a request's CPU its audit event is, with the
 * bytes and the error code that the event tells, and how long a login takes among many users and sessions.
 */

const rounds = Number(process.env['ROUNDS'] ?? 5);
const requests = Number(process.env['REQUESTS'] ?? 4_000);
const users = 1_000;
const sessions = 10_000;
const concurrency = 32;
const roleArn = 'arn:aws:iam::123456789000:role/ExampleTeleportDynamoDBRole';
const password = 'correct horse battery';
const body = Buffer.from('{"TableName":"Music","Key":{"Artist":{"S":"Nobody"},"SongTitle":{"S":"Nothing"}}}');

await buildServers();
const upstream = await startChild<{ engine: string; sts: string; accessKeyId: string; secretAccessKey: string }>(
  'upstream.js',
  preparedDir,
);
const { engine, sts, ...keys } = upstream.ready;
const folder = mkdtempSync(join(tmpdir(), 'rolegate-bench-'));
const documents = [
  `{kind: role, version: v8, metadata: {name: all}, spec: {allow: {app_labels: {'*': '*'}, aws_role_arns: ['${roleArn}']}}}`,
  ...Array.from(
    { length: users },
    (_, n) => `{kind: user, version: v2, metadata: {name: user-${n}}, spec: {roles: [all]}}`,
  ),
];

function openService(): Promise<AppService> {
  return createAppService({
    cluster: 'bench',
    version: '0.1.0',
    stateDir: join(folder, 'service'),
    resources: loadResources([{ file: 'bench.yaml', text: documents.join('\n---\n') }]),
    apps: [{ name: 'aws', description: '', uri: 'https://console.aws.amazon.com/', labels: {} }],
    aws: {
      credentials: async () => keys,
      credentialsName: { title: 'the bench', renewHint: '' },
      region: 'us-east-1',
      endpoints: { sts, dynamodb: engine },
    },
  });
}

/** Microseconds of CPU of this process for each of `count` pieces of work. */
async function cpuOf(count: number, work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

async function sharesOfAudit(service: AppService): Promise<string[][]> {
  const { token } = await service.loginAs('user-0');
  const { id } = await service.startAppSession(token, { app: 'aws', roleArn });
  const call: AwsCall = {
    requestId: 'abcdefghijklmnopqrstuvwx',
    appSessionId: id,
    method: 'POST',
    path: '/',
    query: '',
    headers: [
      ['Content-Type', 'application/x-amz-json-1.0'],
      ['X-Amz-Target', 'DynamoDB_20120810.GetItem'],
      ['Content-Length', String(body.length)],
    ],
    signedHeaders: ['content-type', 'x-amz-target'],
    service: 'dynamodb',
    region: 'us-east-1',
    host: 'dynamodb.us-east-1.amazonaws.com',
    payloadHash: sha256Hex(body),
    body,
  };
  const measured = { request: [] as number[], event: [] as number[] };
  for (let round = -1; round < rounds; round++) {
    const request = await cpuOf(requests, () => forwardMany(service, token, call));
    const event = await eventCost();
    // The first round warms up.
    if (round < 0) continue;
    measured.request.push(request);
    measured.event.push(event);
  }
  const [request, event] = [median(measured.request), median(measured.event)];
  return [
    ['a request, from the call to the answer (CPU)', request.toFixed(0)],
    ['its audit event, chained and in the store (CPU)', event.toFixed(1)],
    ['the event’s part of the request', `${((event / request) * 100).toFixed(1)} %`],
  ];
}

async function forwardMany(service: AppService, token: string, call: AwsCall): Promise<void> {
  let left = requests;
  const worker = async () => {
    while (left-- > 0) {
      const reply = await service.forward(token, call);
      if (reply.body instanceof Readable) for await (const _ of reply.body);
      if (reply.status !== 200) throw new Error(`The engine answered with ${reply.status}.`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

let logs = 0;

/** What an event with everything in it costs: making its line, chaining it, writing it. */
async function eventCost(): Promise<number> {
  const backend = await openLibsqlBackend(join(folder, `audit-${logs++}.db`));
  const audit = await openAuditLog({ backend, outputs: [], whenFailing: 'stop', log: silentLog, now: Date.now });
  const event: AuditEvent = {
    event: 'aws.request',
    time: Date.now(),
    user: 'user-0',
    success: true,
    app: 'aws',
    roleArn,
    appSessionId: 'abcdefghijklmnop',
    requestId: 'abcdefghijklmnopqrstuvwx',
    aws: {
      service: 'dynamodb',
      action: 'dynamodb:GetItem',
      resource: 'Music',
      region: 'us-east-1',
      host: 'dynamodb.us-east-1.amazonaws.com',
      status: 200,
      requestId: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      duration: 3,
      bytesIn: body.length,
      bytesOut: 2,
    },
  };
  const cost = await cpuOf(requests * 4, async () => {
    for (let n = 0; n < requests * 4; n++) {
      await audit.room();
      audit.record(event);
      // Events come one by one, between other work.
      if (n % concurrency === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await audit.head();
  });
  await audit.close();
  await backend.close();
  return cost;
}

async function loginsAmongMany(service: AppService): Promise<string[][]> {
  await service.setPassword('user-1', password);
  for (let n = 0; n < sessions; n += 100) {
    await Promise.all(Array.from({ length: 100 }, (_, one) => service.loginAs(`user-${(n + one) % users}`)));
  }
  const whole: number[] = [];
  const beside: number[] = [];
  for (let round = 0; round < rounds * 2; round++) {
    const start = performance.now();
    await service.login({ user: 'user-1', password });
    const loggedIn = performance.now();
    // The same without a password to check.
    await service.loginAs('user-1');
    whole.push(loggedIn - start);
    beside.push(performance.now() - loggedIn);
  }
  return [
    ['a login, as a client asks for it', `${median(whole).toFixed(0)} ms`],
    ['of that, all but argon2', `${median(beside).toFixed(1)} ms`],
  ];
}

const service = await openService();
printTable('The app-service, 32 requests at a time', ['', 'µs'], await sharesOfAudit(service));
printTable(`Logins among ${users} users and ${sessions} sessions`, ['', ''], await loginsAmongMany(service));
await service.close();
upstream.stop();
rmSync(folder, { recursive: true });
