import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalPace } from '../../src-shared/contracts/refusal-report.ts';
import { aliceAndAdmin, exampleArn } from '../testing/people.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';
import { selfMadeCertificate } from './certificate.ts';
import { type ServiceServer, startServiceServer } from './server.ts';

const bob = '---\n{kind: user, version: v2, metadata: {name: bob}, spec: {roles: [dev]}}\n';
let test: TestService;
let server: ServiceServer;
let dispatcher: Agent;
let alice: { token: string; id: string };

beforeAll(async () => {
  test = await startTestService(aliceAndAdmin + bob);
  const { caFile, ...tls } = await selfMadeCertificate(test.stateDir, { ip: ['127.0.0.1'] }, Date.now());
  server = await startServiceServer({ service: test.service, tls, port: 0 });
  dispatcher = new Agent({ connect: { ca: readFileSync(caFile) } });
  alice = await sessionOf('alice');
});
afterAll(async () => {
  await dispatcher.close();
  await server.close();
  await test.close();
});

async function sessionOf(user: string) {
  const { token } = await test.service.loginAs(user);
  const { id } = await test.service.startAppSession(token, { app: 'aws', roleArn: exampleArn });
  return { token, id };
}

const report = (more: object = {}) => ({
  requestId: 'request-1',
  appSessionId: alice.id,
  refusal: 'clock_skew',
  service: 'dynamodb',
  region: 'us-east-1',
  host: 'dynamodb.us-east-1.amazonaws.com',
  operation: 'Scan',
  ...more,
});

async function tell(body: unknown, token: string | undefined = alice.token) {
  const headers = {
    'content-type': 'application/json',
    ...(token !== '' && { authorization: `Bearer ${token}` }),
  };
  const origin = `https://127.0.0.1:${server.port}`;
  const path = '/v1/refusals';
  const reply = await request(`${origin}${path}`, { dispatcher, method: 'POST', headers, body: JSON.stringify(body) });
  return { status: reply.statusCode, body: (await reply.body.json()) as object };
}

async function lines(): Promise<string[]> {
  const { token } = await test.service.loginAs('admin');
  await test.service.auditHead(token);
  const filter = { event: 'aws.request_refused' };
  return (await test.service.queryAudit(token, { filter, order: 'oldest', limit: 1000 })).lines;
}

describe('what a gateway tells of refused requests over HTTP', () => {
  it('is no text: nothing of another shape is taken, and nothing of it is written down', async () => {
    const before = await lines();
    const forged = 'x","user":"root';
    const wrong: [object, string][] = [
      [{ refusal: 'all is well' }, 'refusal'],
      [{ refusal: 'toString' }, 'refusal'],
      [{ reason: 'alice has done nothing' }, 'reason'],
      [{ user: 'root' }, 'user'],
      [{ success: true }, 'success'],
      [{ requestId: 'two\nlines-of-it' }, 'requestId'],
      [{ requestId: 'x'.repeat(65) }, 'requestId'],
      [{ requestId: '' }, 'requestId'],
      [{ appSessionId: '../logins/x' }, 'appSessionId'],
      [{ appSessionId: [alice.id] }, 'appSessionId'],
      ...['dyna\u0000modb', 'x'.repeat(129), '\u202eorder', 's3\r\n{"seq":1}', forged, ''].flatMap(
        (text): [object, string][] => [
          [{ service: text }, 'service'],
          [{ region: text }, 'region'],
          [{ host: text }, 'host'],
          [{ operation: text }, 'operation'],
        ],
      ),
      [{ service: 'x'.repeat(65) }, 'service'],
      [{ host: `${'x'.repeat(300)}.amazonaws.com` }, 'host'],
      [{ host: 'evil.example' }, 'host'],
      [{ host: 'DynamoDB.us-east-1.amazonaws.com' }, 'host'],
      [{ host: 'dynamodb.us-east-1.amazonaws.com:443' }, 'host'],
      [{ omitted: -1 }, 'omitted'],
      [{ omitted: 0.5 }, 'omitted'],
      [{ omitted: 1e300 }, 'omitted'],
      [{ omitted: '7' }, 'omitted'],
    ];
    for (const [more, where] of wrong) {
      const reply = await tell(report(more));
      expect(reply, JSON.stringify(more)).toMatchObject({ status: 400, body: { error: { code: 'bad_input' } } });
      expect(JSON.stringify(reply.body)).toContain(where);
    }
    for (const body of [null, [], 'x', {}]) expect((await tell(body)).status).toBe(400);
    expect((await tell(report({ service: 'x'.repeat(100_000) }))).status).toBe(413);
    expect(await lines()).toEqual(before);
  });

  it('is taken of one’s own app sessions only, and says nothing of whether there are others', async () => {
    const before = await lines();
    const other = await sessionOf('bob');
    expect((await tell(report(), '')).status).toBe(401);
    expect((await tell(report(), 'b'.repeat(43))).status).toBe(401);
    const theirs = await tell(report({ appSessionId: other.id }));
    expect(theirs.status).toBe(410);
    expect(await tell(report({ appSessionId: 'no-such-session' }))).toEqual(theirs);
    expect(await tell(report(), other.token)).toEqual(theirs);
    expect(await lines()).toEqual(before);
  });

  it('is answered all the same, and hardly written down, where it is a flood', async () => {
    const before = await lines();
    const flood = Array.from({ length: 300 }, (_, n) => tell(report({ requestId: `flooding-${n}` })));
    for (const reply of await Promise.all(flood)) expect(reply).toEqual({ status: 200, body: {} });
    expect(await lines()).toHaveLength(before.length + refusalPace.atOnce);
    test.clock.now += 60_000;
    await tell(report({ requestId: 'after-the-flood' }));
    const last = JSON.parse((await lines()).at(-1) ?? '') as Record<string, unknown>;
    expect(last).toMatchObject({ requestId: 'after-the-flood', omitted: 300 - refusalPace.atOnce });
  });
});
