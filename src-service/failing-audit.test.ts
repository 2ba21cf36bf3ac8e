import { beforeEach, describe, expect, it, vi } from 'vitest';
import { RolegateError } from '../src-shared/errors.ts';
import type { Backend, Entry } from './backend/backend.ts';
import { listTablesCall } from './testing/list-tables-call.ts';
import { aliceAndAdmin, exampleArn } from './testing/people.ts';
import { startTestService, type TestService } from './testing/test-service.ts';

/** Whether the store takes no events. */
let isFull = false;

vi.mock('./backend/open-backend.ts', async (original) => {
  const real = await original<typeof import('./backend/open-backend.ts')>();
  return {
    ...real,
    async openBackend(...options: Parameters<typeof real.openBackend>): Promise<Backend> {
      const backend = await real.openBackend(...options);
      const create = async (entry: Entry) => {
        if (isFull && entry.key.startsWith('audit/')) throw new RolegateError('unavailable', 'The disk is full.');
        return backend.create(entry);
      };
      return { ...backend, create };
    },
  };
});

const role = '{kind: role, version: v8, metadata: {name: r}, spec: {}}';

async function start(whenFailing: 'stop' | 'continue') {
  const test: TestService = await startTestService(aliceAndAdmin, { audit: { whenFailing } });
  const { service } = test;
  await service.setPassword('alice', 'correct horse battery');
  const admin = (await service.loginAs('admin')).token;
  const { token } = await service.loginAs('alice');
  const { id } = await service.startAppSession(token, { app: 'aws', roleArn: exampleArn });
  const send = () => service.forward(token, listTablesCall(id));
  const write = () => service.writeResources(admin, { files: [{ file: 'x', text: role }], mode: 'upsert' });
  await send();
  await service.auditHead(admin);
  isFull = true;
  // Whatever comes first finds out.
  await write().catch(() => undefined);
  test.aws.received.length = 0;
  return { ...test, admin, token, send, write };
}

describe('while the audit log cannot be written', () => {
  beforeEach(() => {
    isFull = false;
    return () => {
      isFull = false;
    };
  });

  it('nothing is done that belongs in it, and AWS hears of nothing; then everything goes on by itself', async () => {
    const test = await start('stop');
    const refusal = { code: 'unavailable', message: expect.stringContaining('The audit log cannot be written') };
    const { service, admin, token, send } = test;
    await expect(send()).rejects.toMatchObject(refusal);
    await expect(service.login({ user: 'alice', password: 'correct horse battery' })).rejects.toMatchObject(refusal);
    await expect(service.startAppSession(token, { app: 'aws', roleArn: exampleArn })).rejects.toMatchObject(refusal);
    await expect(service.deleteResource(admin, { kind: 'role', name: 'r' })).rejects.toMatchObject(refusal);
    expect(test.aws.received).toEqual([]);
    isFull = false;
    await expect
      .poll(() =>
        send().then(
          ({ status }) => status,
          () => undefined,
        ),
      )
      .toBe(200);
    await test.close();
  });

  it('requests go on where the operator has chosen that', async () => {
    const test = await start('continue');
    expect((await test.send()).status).toBe(200);
    isFull = false;
    await test.close();
  });
});
