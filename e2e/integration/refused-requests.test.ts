import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPages, eventCells, toFilter } from '../../src-cli/audit-events.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { freePort } from '../fixtures/free-port.ts';
import { type ServedSandbox, startServedSandbox } from '../fixtures/served-sandbox.ts';
import { alice, exampleRole, removeHome, startTestEngine, type TestEngine, temporaryHome } from './test-engine.ts';

/** What a tool is told of a request that the gateway refuses, and what is then in the audit log. */
describe.each(['in this process', 'over TLS'])(
  'with an app-service %s, a request that the gateway refuses',
  (where) => {
    const isServed = where === 'over TLS';
    const ownHome = isServed ? undefined : temporaryHome();
    let served: ServedSandbox | undefined;
    let test: TestEngine;
    let appSessionId: string;
    let tool: { url: string; env: Record<string, string> };

    beforeAll(async () => {
      if (isServed) served = await startServedSandbox();
      test = await startTestEngine(ownHome ?? (await served!.home()));
      await test.calls.call('session.login', alice);
      ({ id: appSessionId } = await test.calls.call('appSessions.start', { app: 'aws', roleArn: exampleRole }));
      await test.calls.call('gateway.listen', { mode: 'endpoint', port: await freePort() });
      tool = await test.calls.call('gateway.settings', { appSessionId, mode: 'endpoint' });
    });
    afterAll(async () => {
      await test?.stop();
      await served?.close();
      if (ownHome) removeHome(ownHome);
    });

    /** The error with which a request ends, as AWS's own client gives it. */
    async function refused({ secret, clock = 0 }: { secret?: string; clock?: number }) {
      const client = new DynamoDBClient({
        region: 'us-east-1',
        endpoint: tool.url,
        credentials: {
          accessKeyId: tool.env['AWS_ACCESS_KEY_ID'] ?? '',
          secretAccessKey: secret ?? tool.env['AWS_SECRET_ACCESS_KEY'] ?? '',
        },
        systemClockOffset: clock,
        requestHandler: new NodeHttpHandler({
          httpsAgent: new Agent({ ca: readFileSync(tool.env['AWS_CA_BUNDLE'] ?? '') }),
        }),
        maxAttempts: 1,
      });
      try {
        await client.send(new ListTablesCommand({}));
      } catch (error) {
        const { name, $metadata } = error as { name: string; $metadata: { requestId?: string } };
        return { name, requestId: $metadata.requestId ?? '' };
      } finally {
        client.destroy();
      }
      throw new Error('It was answered.');
    }

    /** What `audit ls --request` finds. */
    async function found(request: string): Promise<string[]> {
      await test.calls.call('audit.head', {});
      const lines: string[] = [];
      const query = { filter: toFilter({ request }), order: 'newest' } as const;
      for await (const page of auditPages(test.calls, query)) lines.push(...page);
      return lines;
    }

    it('is found in the audit log by the request id that the tool was told', async () => {
      const { name, requestId } = await refused({ secret: 'wrong' });
      expect(name).toBe('InvalidSignatureException');
      await expect.poll(async () => (await found(requestId)).length).toBe(1);
      const [line = ''] = await found(requestId);
      expect(JSON.parse(line)).toMatchObject({
        event: 'aws.request_refused',
        user: 'alice',
        success: false,
        refusal: 'signature_mismatch',
        app: 'aws',
        roleArn: exampleRole,
        requestId,
        aws: { service: 'dynamodb', action: 'dynamodb:ListTables', region: 'us-east-1' },
      });
      expect(eventCells(line).slice(1)).toEqual([
        'alice',
        'aws.request_refused',
        'dynamodb:ListTables (us-east-1)',
        'ExampleTeleportDynamoDBRole',
        'its signature or its content does not match',
      ]);
    });

    it('is found so too where a clock is wrong', async () => {
      const { requestId } = await refused({ clock: -3_600_000 });
      await expect.poll(async () => (await found(requestId)).length).toBe(1);
      expect(JSON.parse((await found(requestId))[0] ?? '')).toMatchObject({ refusal: 'clock_skew' });
    });

    it('is answered as before by the side of an app-service that does not know of it', async () => {
      if (!served) return;
      const { reportRefusal } = served.service;
      let asked = 0;
      served.service.reportRefusal = async () => {
        asked += 1;
        throw new RolegateError('not_found', 'The app-service has no such address.');
      };
      const { name, requestId } = await refused({ secret: 'wrong' });
      expect(name).toBe('InvalidSignatureException');
      await expect.poll(() => asked).toBe(1);
      expect(await found(requestId)).toEqual([]);
      served.service.reportRefusal = reportRefusal;
    });

    it('is found so too after its session has been ended', async () => {
      await test.calls.call('logins.end', { id: await ownAppSession() });
      await expect.poll(async () => (await test.calls.call('state.get', {})).endedSessions.length).toBe(1);
      const { name, requestId } = await refused({});
      expect(name).toBe('ExpiredTokenException');
      await expect.poll(async () => (await found(requestId)).length).toBe(1);
      expect(JSON.parse((await found(requestId))[0] ?? '')).toMatchObject({
        event: 'aws.request_refused',
        refusal: 'expired_token',
        roleArn: exampleRole,
      });
    });

    async function ownAppSession(): Promise<string> {
      const { logins } = await test.calls.call('logins.list', { user: 'alice' });
      return logins.flatMap(({ appSessions }) => appSessions)[0]?.id ?? '';
    }
  },
);
