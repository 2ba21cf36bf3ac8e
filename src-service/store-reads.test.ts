import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Backend } from './backend/backend.ts';
import { listTablesCall } from './testing/list-tables-call.ts';
import { aliceAndAdmin, exampleArn } from './testing/people.ts';
import { startTestService, type TestService } from './testing/test-service.ts';

/** What was asked of the store: `get logins/…`, `put …`. */
const asked: string[] = [];

vi.mock('./backend/open-backend.ts', async (original) => {
  const real = await original<typeof import('./backend/open-backend.ts')>();
  return {
    ...real,
    async openBackend(...options: Parameters<typeof real.openBackend>): Promise<Backend> {
      const backend = await real.openBackend(...options);
      const noting =
        <Method extends 'get' | 'range' | 'delete'>(method: Method) =>
        (...given: Parameters<Backend[Method]>) => {
          asked.push(`${method} ${given[0]}`);
          return (backend[method] as (...same: unknown[]) => unknown)(...given);
        };
      const notingWrite =
        <Method extends 'put' | 'create' | 'compareAndSwap'>(method: Method) =>
        (...given: Parameters<Backend[Method]>) => {
          asked.push(`${method} ${given[0].key}`);
          return (backend[method] as (...same: unknown[]) => unknown)(...given);
        };
      return {
        ...backend,
        ...Object.fromEntries((['get', 'range', 'delete'] as const).map((name) => [name, noting(name)])),
        ...Object.fromEntries((['put', 'create', 'compareAndSwap'] as const).map((name) => [name, notingWrite(name)])),
      };
    },
  };
});

describe('what requests ask of the store', () => {
  let test: TestService;
  let admin: string;
  let token: string;
  let id: string;
  beforeEach(async () => {
    test = await startTestService(aliceAndAdmin);
    admin = (await test.service.loginAs('admin')).token;
    token = (await test.service.loginAs('alice')).token;
    ({ id } = await test.service.startAppSession(token, { app: 'aws', roleArn: exampleArn }));
    return () => test.close();
  });

  /** What the store was asked for by this many requests, without what the audit log wrote. */
  async function askedBy(requests: number): Promise<string[]> {
    // Whatever is under way from before is over once the log has been written.
    await test.service.auditHead(admin);
    asked.length = 0;
    for (let n = 0; n < requests; n += 1)
      expect((await test.service.forward(token, listTablesCall(id))).status).toBe(200);
    await test.service.auditHead(admin);
    expect(asked.some((one) => one.startsWith('create audit/'))).toBe(true);
    return asked.filter((one) => !one.startsWith('create audit/'));
  }

  it('is nothing but to write the audit log', async () => {
    expect(await askedBy(30)).toEqual([]);
  });

  it('is to read the login and the session once after a restart', async () => {
    await test.restart();
    expect((await askedBy(30)).map((one) => one.split('/')[0])).toEqual(['get logins', 'get app-sessions']);
    expect(await askedBy(30)).toEqual([]);
  });

  it('is to note once a minute that the login is used, where unused ones end', async () => {
    const preference =
      '{kind: cluster_auth_preference, version: v2, metadata: {name: cluster-auth-preference}, spec: {idle_timeout: 1h}}';
    await test.service.writeResources(admin, { files: [{ file: 'x.yaml', text: preference }], mode: 'upsert' });
    test.clock.now += 61_000;
    const [first, ...rest] = (await askedBy(30)).map((one) => one.split('/')[0]);
    expect(first).toBe('compareAndSwap logins');
    // Whoever watches logins looks at what was noted, once.
    expect(rest.filter((one) => one !== 'get logins')).toEqual([]);
    expect(rest.length).toBeLessThan(3);
  });

  it('is nothing either while documents change that have nothing to do with it', async () => {
    const role = '{kind: role, version: v8, metadata: {name: other}, spec: {}}';
    await test.service.writeResources(admin, { files: [{ file: 'x.yaml', text: role }], mode: 'upsert' });
    expect(await askedBy(30)).toEqual([]);
  });
});
