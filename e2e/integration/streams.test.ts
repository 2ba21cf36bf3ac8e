import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultEngine } from '../../src-sandbox/engine/engines.ts';
import type { StagedChange } from '../../src-shared/contracts/staging.ts';
import type { StreamEvent } from '../../src-shared/contracts/streams.ts';
import { alice, exampleRole, removeHome, startTestEngine, type TestEngine, temporaryHome } from './test-engine.ts';

/** Streams and metrics in the sandbox. */
describe('a table’s stream', () => {
  const home = temporaryHome();
  const hasStreams = defaultEngine() === 'dynoxide';
  let test: TestEngine;
  let where: { appSessionId: string; region: string; table: string };

  beforeAll(async () => {
    test = await startTestEngine(home);
    await test.calls.call('session.login', alice);
    const { id } = await test.calls.call('appSessions.start', { app: 'aws', roleArn: exampleRole });
    where = { appSessionId: id, region: 'us-east-1', table: 'followed' };
    await test.calls.call('tables.create', {
      ...{ appSessionId: id, region: where.region },
      definition: {
        name: where.table,
        key: [{ name: 'id', type: 'S', role: 'HASH' }],
        indexes: [],
        billing: { mode: 'on-demand' },
        stream: 'NEW_AND_OLD_IMAGES',
        deletionProtection: false,
        tags: [],
      },
    });
  });
  afterAll(async () => {
    await test.stop();
    removeHome(home);
  });

  async function write(...changes: StagedChange[]): Promise<void> {
    await test.calls.call('stages.set', { ...where, changes });
    const ids = changes.map(({ id }) => id);
    const { outcomes } = await test.calls.call('stages.commit', { ...where, ids, mode: 'each' });
    expect(outcomes.map(({ kind }) => kind)).toEqual(changes.map(() => 'done'));
  }

  async function eventsOf(tailId: string, count: number): Promise<StreamEvent[]> {
    const events: StreamEvent[] = [];
    while (events.length < count) events.push(...(await test.calls.call('streams.next', { tailId })).events);
    return events;
  }

  it('tells of changes with both images, and loses nothing of them', async (context) => {
    if (!hasStreams) return context.skip();
    const opened = await test.calls.call('streams.open', { ...where, from: 'latest' });
    if (opened.kind !== 'open') throw new Error('The stream is off.');
    expect(opened.view).toBe('NEW_AND_OLD_IMAGES');
    const before = '{"id":{"S":"a"},"__proto__":{"N":"12345678901234567890123456789012345678"}}';
    const after = '{"id":{"S":"a"},"__proto__":{"N":"1"}}';
    await write({ kind: 'insert', id: 'change-1', item: before });
    await write({ kind: 'edit', id: 'change-2', base: before, item: after });
    await write({ kind: 'delete', id: 'change-3', base: after });
    const events = await eventsOf(opened.tailId, 3);
    expect(events.map(({ kind }) => kind)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    expect(events[0]?.newImage).toContain('"__proto__":{"N":"12345678901234567890123456789012345678"}');
    expect(events[1]).toMatchObject({ keys: '{"id":{"S":"a"}}', isExpiry: false });
    expect(events[1]?.oldImage).toContain('12345678901234567890');
    expect(events[2]?.newImage).toBeUndefined();

    const again = await test.calls.call('streams.open', { ...where, from: 'oldest' });
    const ids = (found: StreamEvent[]) => found.map(({ id }) => id);
    if (again.kind === 'open') expect(ids(await eventsOf(again.tailId, 3))).toEqual(ids(events));

    await test.calls.call('streams.close', { tailId: opened.tailId });
    await expect(test.calls.call('streams.next', { tailId: opened.tailId })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('is said to be off where it is', async () => {
    const open = test.calls.call('streams.open', { ...where, table: 'Music', from: 'latest' });
    expect(await open).toEqual({ kind: 'off' });
  });

  it('has no metrics here, which is said', async () => {
    await expect(test.calls.call('metrics.read', { ...where, range: '1h' })).rejects.toMatchObject({
      message: expect.stringMatching(/^This sandbox has DynamoDB.*CloudWatch/),
    });
  });
});
