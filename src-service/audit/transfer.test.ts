import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AwsCall, AwsReply } from '../../src-shared/contracts/aws-call.ts';
import { sha256Hex } from '../../src-shared/sigv4/signing-key.ts';
import { startTestService } from '../testing/test-service.ts';

const arn = 'arn:aws:iam::123456789000:role/Reader';
const documents = `
kind: role
version: v7
metadata: {name: dev}
spec: {allow: {app_labels: {'*': '*'}, aws_role_arns: ['${arn}'], rules: [{resources: [event], verbs: [list]}]}}
---
kind: user
version: v2
metadata: {name: alice}
spec: {roles: [dev]}
`;

/** A service in front of an AWS that answers as it is told. */
async function start(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const s3 = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const test = await startTestService(documents, { endpoints: { s3 } });
  onTestFinished(async () => {
    await test.close();
    server.closeAllConnections();
    server.close();
  });
  const { token } = await test.service.loginAs('alice');
  const { id } = await test.service.startAppSession(token, { app: 'aws', roleArn: arn });
  return {
    ...test,
    token,
    id,
    send: (more: Partial<AwsCall> = {}) => test.service.forward(token, call(id, more)),
    async event() {
      await test.service.auditHead(token);
      const query = { filter: { event: 'aws.request' }, order: 'newest', limit: 10 } as const;
      const { lines } = await test.service.queryAudit(token, query);
      expect(lines).toHaveLength(1);
      return {
        line: lines[0] ?? '',
        ...(JSON.parse(lines[0] ?? '{}') as { success: boolean; reason?: string; aws: object }),
      };
    },
  };
}

const call = (appSessionId: string, more: Partial<AwsCall>): AwsCall => ({
  requestId: 'request-1',
  appSessionId,
  method: 'GET',
  path: '/photos/cat.jpg',
  query: '',
  headers: [],
  signedHeaders: [],
  service: 's3',
  region: 'us-east-1',
  host: 's3.us-east-1.amazonaws.com',
  body: null,
  ...more,
});

const bytesOf = ({ body }: AwsReply) => (body instanceof Readable ? buffer(body) : Promise.resolve(Buffer.from(body)));
const large = Buffer.from(Array.from({ length: 300_000 }, (_, n) => n % 251));

describe('the event of a request', () => {
  it('of an answer that streamed for long hides no others from whoever looks for a time', async () => {
    let finish = () => {};
    const test = await start((request, response) => {
      if (request.url !== '/photos/slow') return void response.end('x');
      response.writeHead(200).write('x');
      finish = () => response.end();
    });
    const { clock, send, service, token } = test;
    const began = clock.now;
    const slow = await send({ path: '/photos/slow', requestId: 'slow' });
    clock.now += 3_600_000;
    await bytesOf(await send({ requestId: 'quick' }));
    clock.now += 3_600_000;
    finish();
    await bytesOf(slow);
    await service.auditHead(token);
    const find = async (from: number, until: number) => {
      const filter = { event: 'aws.request', from, until };
      const { lines } = await service.queryAudit(token, { filter, order: 'newest', limit: 10 });
      return lines.map((line) => JSON.parse(line) as { requestId: string; aws: { duration: number } });
    };
    expect(await find(began + 1_800_000, clock.now)).toMatchObject([
      { requestId: 'slow', aws: { duration: 7_200_000 } },
      { requestId: 'quick' },
    ]);
    expect((await find(began, began + 3_600_000)).map(({ requestId }) => requestId)).toEqual(['quick']);
  });

  it('tells the bytes both ways and the time of an answer that streams, which goes on as it was', async () => {
    const { send, event } = await start((request, response) => {
      request.resume().on('end', () => response.end(large));
    });
    const body = Readable.from([large.subarray(0, 100_000), large.subarray(100_000, 150_000)], { objectMode: false });
    const headers = [['content-length', '150000']] as const;
    const payloadHash = sha256Hex(large.subarray(0, 150_000));
    const reply = await send({ method: 'PUT', headers, body, payloadHash });
    expect((await bytesOf(reply)).equals(large)).toBe(true);
    expect(await event()).toMatchObject({
      success: true,
      aws: { bytesIn: 150_000, bytesOut: 300_000, status: 200, duration: expect.any(Number) },
    });
  });

  it('counts a body whose length nobody has declared', async () => {
    const { send, event } = await start((request, response) => {
      request.resume().on('end', () => response.end('ok'));
    });
    const body = Readable.from([large], { objectMode: false });
    await bytesOf(await send({ method: 'PUT', body, payloadHash: 'UNSIGNED-PAYLOAD' }));
    expect((await event()).aws).toMatchObject({ bytesIn: 300_000, bytesOut: 2 });
  });

  it.each([
    ['in memory', true],
    ['that streams', false],
  ])('tells the error code of an answer %s, and not its message', async (_, hasLength) => {
    const text = `<?xml version="1.0"?>\n<Error><Code>NoSuchKey</Code><Message>no cat named ${'x'.repeat(20_000)}</Message></Error>`;
    const { send, event } = await start((_request, response) => {
      response.writeHead(404, hasLength ? { 'content-length': text.length } : {});
      response.end(text);
    });
    expect((await bytesOf(await send())).toString()).toBe(text);
    const { line, ...rest } = await event();
    expect(rest).toMatchObject({ success: false, aws: { errorCode: 'NoSuchKey', status: 404, bytesOut: text.length } });
    expect(line).not.toContain('no cat');
  });

  it('says so when the answer was cut because the session ended', async () => {
    const { service, token, id, send, event } = await start((_request, response) => {
      response.writeHead(200, { 'content-length': large.length });
      response.write(large.subarray(0, 70_000));
    });
    const { body } = await send();
    if (!(body instanceof Readable)) throw new Error('It should stream.');
    const seen = buffer(body).catch(() => 'broken');
    await service.endAppSession(token, id);
    expect(await seen).toBe('broken');
    await expect.poll(async () => (await event()).reason).toContain('has ended');
    expect((await event()).success).toBe(false);
  });

  it('says so when nobody reads the answer to its end', async () => {
    const { send, event } = await start((_request, response) => {
      response.writeHead(200, { 'content-length': large.length });
      response.write(large.subarray(0, 70_000));
    });
    const { body } = await send();
    (body as Readable).destroy();
    await expect
      .poll(async () => (await event().catch(() => undefined))?.reason)
      .toBe('the answer was not read to its end');
  });
});
