import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import type { Readable } from 'node:stream';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedSandbox, startServedSandbox } from '../fixtures/served-sandbox.ts';
import { alice, exampleRole, startTestEngine, type TestEngine } from './test-engine.ts';

/** What a tool with local keys is told, by AWS's own client, on an app-service over TLS. */
describe('a tool whose session somebody ends', { timeout: 60_000 }, () => {
  let served: ServedSandbox;
  let test: TestEngine;
  let client: DynamoDBClient;
  let s3: S3Client;
  let appSessionId: string;

  beforeAll(async () => {
    served = await startServedSandbox();
    test = await startTestEngine(await served.home());
    await test.calls.call('session.login', alice);
    ({ id: appSessionId } = await test.calls.call('appSessions.start', { app: 'aws', roleArn: exampleRole }));
    await test.calls.call('gateway.listen', { mode: 'endpoint', port: (await endpoint()).port });
    const { url, env } = await test.calls.call('gateway.settings', { appSessionId, mode: 'endpoint' });
    const options = {
      region: 'us-east-1',
      endpoint: url,
      credentials: {
        accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
      },
      requestHandler: new NodeHttpHandler({
        httpsAgent: new Agent({ ca: readFileSync(env['AWS_CA_BUNDLE'] ?? '') }),
      }),
      maxAttempts: 1,
    };
    client = new DynamoDBClient(options);
    s3 = new S3Client({ ...options, forcePathStyle: true });
  });
  afterAll(async () => {
    client?.destroy();
    s3?.destroy();
    await test?.stop();
    await served?.close();
  });

  const state = () => test.calls.call('state.get', {});
  const endpoint = async () => (await state()).gateway.endpoint;
  const outcome = () =>
    client.send(new ListTablesCommand({})).then(
      () => 'answered',
      (error: Error) => `${error.name}: ${error.message}`,
    );
  const user = (roles: string) =>
    `{kind: user, version: v2, metadata: {name: alice}, spec: {roles: [aws-dynamodb-access, editor, auditor${roles}], traits: {aws_role_arns: ['${exampleRole}']}}}`;

  it('hears that the token has expired, and why, and goes on with the same keys once the role is started again', async () => {
    expect(await outcome()).toBe('answered');
    await served.write(
      `{kind: role, version: v8, metadata: {name: no}, spec: {deny: {aws_role_arns: ['${exampleRole}']}}}\n---\n${user(', no')}`,
    );
    await expect.poll(outcome).toMatch(/^ExpiredTokenException: .*has ended: The role no denies this IAM role\./);
    expect(await state()).toMatchObject({ appSessions: [], endedSessions: [{ id: appSessionId }] });
    await served.write(user(''));
    const again = await test.calls.call('appSessions.start', { app: 'aws', roleArn: exampleRole });
    expect(again.id).toBe(appSessionId);
    expect(await outcome()).toBe('answered');
  });

  it('hears that the login has ended, and why, and goes on after the next one', async () => {
    await served.service.endSessions(served.admin, { user: 'alice' });
    await expect.poll(outcome).toMatch(/^ExpiredTokenException: .*Your login has ended: alice has ended it\./);
    await expect
      .poll(async () => (await state()).loginEnded?.message)
      .toBe('Your login has ended: alice has ended it.');
    await test.calls.call('session.login', alice);
    expect((await state()).loginEnded).toBeUndefined();
    expect(await outcome()).toBe('answered');
  });

  it('has its download cut, wherever it is on its way, and cannot take it for whole', async () => {
    const object = { Bucket: 'cut-short', Key: 'large' };
    const size = 64 * 1024 * 1024;
    await s3.send(new CreateBucketCommand({ Bucket: object.Bucket }));
    await s3.send(new PutObjectCommand({ ...object, Body: Buffer.alloc(size, 'x') }));
    const { Body, ContentLength } = await s3.send(new GetObjectCommand(object));
    expect(ContentLength).toBe(size);
    // Nobody reads on: what is under way fills every buffer from here to the other end, and waits.
    const body = Body as Readable;
    let received = 0;
    const broken = new Promise<Error | undefined>((resolve) => {
      body.once('error', resolve);
      body.once('end', () => resolve(undefined));
    });
    await new Promise<void>((resolve) =>
      body.once('data', (chunk: Buffer) => {
        received += chunk.length;
        body.pause();
        resolve();
      }),
    );
    const { token } = await served.service.loginAs('alice');
    await served.service.endSessions(token, { user: 'alice' });
    body.on('data', (chunk: Buffer) => {
      received += chunk.length;
    });
    body.resume();
    expect(await broken).toBeInstanceOf(Error);
    expect(received).toBeLessThan(size);
    await test.calls.call('session.login', alice);
  });
});
