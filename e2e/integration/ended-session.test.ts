import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedSandbox, startServedSandbox } from '../fixtures/served-sandbox.ts';
import { alice, exampleRole, startTestEngine, type TestEngine } from './test-engine.ts';

/** What a tool with local keys is told, by AWS's own client, on an app-service over TLS. */
describe('a tool whose session somebody ends', { timeout: 60_000 }, () => {
  let served: ServedSandbox;
  let test: TestEngine;
  let client: DynamoDBClient;
  let appSessionId: string;

  beforeAll(async () => {
    served = await startServedSandbox();
    test = await startTestEngine(await served.home());
    await test.calls.call('session.login', alice);
    ({ id: appSessionId } = await test.calls.call('appSessions.start', { app: 'aws', roleArn: exampleRole }));
    await test.calls.call('gateway.listen', { mode: 'endpoint', port: (await endpoint()).port });
    const { url, env } = await test.calls.call('gateway.settings', { appSessionId, mode: 'endpoint' });
    client = new DynamoDBClient({
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
    });
  });
  afterAll(async () => {
    client?.destroy();
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
});
