import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GatewayMode } from '../../src-shared/contracts/gateway.ts';
import { refusalReport } from '../../src-shared/contracts/refusal-report.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { RefusedRequest } from './refusal.ts';
import { tellRefused } from './tell-refused.ts';
import { holder, signedHeaders, type ToSign } from './testing/signed.ts';
import { awsHost, readAll, TestGateway } from './testing/test-gateway.ts';

let test: TestGateway;
beforeAll(async () => {
  test = await TestGateway.start();
});
beforeEach(() => test.reset());
afterAll(() => test.stop());

const wrongSecret = { ...holder, secretAccessKey: 'wrong' };

/** Sends a request as it is, over a connection of its own, and reads what comes. */
async function written(mode: GatewayMode, headers: Record<string, string>, of = test): Promise<string> {
  const secured = mode === 'proxy' ? await of.tunnel() : await of.secure('endpoint');
  const lines = Object.entries({ 'Content-Length': '2', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  secured.write(`POST / HTTP/1.1\r\n${lines.join('')}\r\n{}`);
  return readAll(secured);
}

describe.each(['proxy', 'endpoint'] as const)('a request that is refused in %s mode', (mode) => {
  const send = (toSign: Partial<ToSign>, headers?: Record<string, string>) =>
    test.send(mode, toSign, headers && { headers });
  const headers = (toSign: Partial<ToSign> = {}) => signedHeaders({ host: test.hostOf(mode), ...toSign });

  it('is told of by the id that the tool was told, with whose it is and what it is for', async () => {
    const reply = await send({ keys: wrongSecret });
    expect(reply.status).toBe(403);
    expect(test.refused).toEqual([
      {
        requestId: reply.headers['x-amzn-requestid'],
        appSessionId: 'session-1',
        refusal: 'signature_mismatch',
        service: 'dynamodb',
        region: 'us-east-1',
        host: awsHost,
        operation: 'ListTables',
      },
    ]);
  });

  it('is told of for each reason, and in a shape that the app-service takes', async () => {
    const hour = 3_600_000;
    await send({ time: Date.now() - hour });
    await send({ headers: [['x-amz-content-sha256', 'a'.repeat(64)]] });
    await written(mode, { ...headers(), Connection: 'close, x-amz-target' });
    const unreadable = headers();
    await send({}, { ...unreadable, Authorization: unreadable['Authorization']?.slice(0, -10) ?? '' });
    await send({ service: `no-${'service'.repeat(8)}`, keys: wrongSecret });
    await send({ headers: [], query: 'X=%00%1b', keys: wrongSecret });
    await send({}, { ...headers({ keys: wrongSecret }), 'X-Amz-Target': `x.${'y'.repeat(200)}` });
    await send({}, { ...headers({ keys: wrongSecret }), 'X-Amz-Target': 'x.List"Tables' });
    test.holders = [{ ...holder, expiresAt: 0, endedBecause: 'The role dev denies it.' }];
    await send({});
    test.holders = [{ ...holder, chain: { id: 'chain-1', sessionToken: 'x' } }];
    await send({});
    expect(test.refused.map(({ refusal }) => refusal)).toEqual([
      'clock_skew',
      'signature_mismatch',
      'invalid_request',
      'incomplete_signature',
      'signature_mismatch',
      'signature_mismatch',
      'signature_mismatch',
      'signature_mismatch',
      'expired_token',
      'unknown_access_key',
    ]);
    for (const report of test.refused) {
      expect(refusalReport.parse(report)).toEqual(report);
      expect(report.appSessionId).toBe('session-1');
    }
    // Of what could not be read, nothing is said but what the gateway knows itself.
    expect(test.refused[3]).not.toHaveProperty('service');
    expect(test.refused[7]).not.toHaveProperty('operation');
  });

  it('is not told of with keys that nobody has', async () => {
    const keys = { accessKeyId: 'RGEARLIEREARLIEREARL', secretAccessKey: 'x' };
    expect((await send({ keys })).status).toBe(403);
    expect(test.refused).toEqual([]);
  });

  it('is not told of where the app-service has refused it, nor where something went wrong inside', async () => {
    test.answer = () => {
      throw new RolegateError('access_denied', 'alice may not assume it.');
    };
    expect((await send({})).status).toBe(403);
    test.answer = () => {
      throw new TypeError('a bug');
    };
    expect((await send({})).status).toBe(500);
    expect(test.refused).toEqual([]);
  });
});

it('is told of with the host that the gateway would have asked, not with one that the tool made up', async () => {
  const sent = (mode: GatewayMode, host: string) =>
    written(mode, { ...signedHeaders({ service: 's3', keys: wrongSecret, host }), Connection: 'close' });
  expect(await sent('endpoint', `music.localhost:${test.ports.endpoint}`)).toContain('403');
  expect(await sent('endpoint', 'evil.example')).toContain('403');
  expect(await sent('proxy', 'evil.example')).toContain('400');
  expect(test.refused.map(({ refusal, host }) => [refusal, host])).toEqual([
    ['signature_mismatch', 'music.s3.us-east-1.amazonaws.com'],
    ['access_denied', undefined],
    ['invalid_request', awsHost],
  ]);
});

it('is told of once where its body does not come to its end', async () => {
  const impatient = await TestGateway.start({ limits: { bodyTimeout: 100 } });
  const headers = { ...signedHeaders({ host: impatient.hostOf('endpoint') }), 'Content-Length': '3' };
  expect(await written('endpoint', headers, impatient)).toContain('RequestTimeout');
  expect(impatient.refused).toMatchObject([{ refusal: 'request_timeout', operation: 'ListTables' }]);
  await impatient.stop();
  expect(impatient.refused).toHaveLength(1);
});

it('does the tool no harm if it cannot be told of', () => {
  const faults: unknown[] = [];
  const fault = new Error('no');
  const listening = {
    findKeyHolder: () => holder,
    onRefused: () => {
      throw fault;
    },
    onFault: (error: unknown) => faults.push(error),
  };
  const request = { method: 'POST', path: '/', query: '', headers: Object.entries(signedHeaders({ host: awsHost })) };
  const error = new RefusedRequest('clock_skew', 'x');
  tellRefused(listening, request, { mode: 'proxy', host: awsHost }, 'request-1', error);
  expect(faults).toEqual([fault]);
});
