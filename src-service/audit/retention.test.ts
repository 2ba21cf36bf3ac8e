import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { sealEvents } from '../../src-shared/audit/chain.ts';
import { createChainVerifier } from '../../src-shared/audit/verify.ts';
import type { Backend } from '../backend/backend.ts';
import { openLibsqlBackend } from '../backend/libsql/libsql.ts';
import { silentLog } from '../log.ts';
import { deleteBlock, readBlocks } from './blocks.ts';
import { eventText } from './event-text.ts';
import { type AuditLog, openAuditLog } from './log.ts';
import { openJsonlOutput } from './outputs.ts';
import { queryAudit } from './query.ts';
import { type Retention, startRetention } from './retention.ts';
import { type HeadSigner, openHeadSigner } from './signing.ts';

const day = 24 * 3_600_000;
const start = Date.parse('2026-01-01T00:00:00Z');

let folder: string;
let time: number;
let store: Backend;
let backend: Backend & { failing: boolean };
let signer: HeadSigner;
let audit: AuditLog;
let retention: Retention;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rolegate-retention-'));
  time = start;
  store = await openLibsqlBackend(join(folder, 'store.db'), () => time);
  backend = {
    ...store,
    failing: false,
    delete: async (key, revision) => {
      if (backend.failing && key.endsWith('7')) throw new Error('The disk is full.');
      return store.delete(key, revision);
    },
  };
  const file = await openJsonlOutput(join(folder, 'audit.jsonl'), (error) => {
    throw error;
  });
  const log = { backend, log: silentLog, now: () => time };
  audit = await openAuditLog({ ...log, outputs: [file], whenFailing: 'stop' });
  signer = await openHeadSigner(folder, 'test');
  retention = startRetention({ ...log, audit, outputs: [file], signer, days: 30 });
  // An event a day, each in a block of its own.
  for (let n = 1; n <= 60; n += 1) {
    time = start + n * day;
    await audit.recordDurably({ event: 'test', time, user: `user-${n}`, success: true });
  }
  return async () => {
    await retention.close();
    await audit.close();
    await backend.close();
    rmSync(folder, { recursive: true });
  };
});

async function lines(): Promise<string[]> {
  return (await queryAudit(backend, { filter: {}, order: 'oldest', limit: 1_000 })).lines;
}

function verify(some: readonly string[], anchor = undefined as ReturnType<HeadSigner['sign']> | undefined) {
  const verifier = createChainVerifier({ fromStart: true, anchor });
  for (const line of some) verifier.add(line);
  return verifier.finish();
}

const fileLines = () => readFileSync(join(folder, 'audit.jsonl'), 'utf8').trim().split('\n');

describe('pruning', () => {
  it('takes away what is too old, and what stays is still proven', async () => {
    const anchor = signer.sign(await audit.head(), time);
    await retention.prune();
    const left = await lines();
    expect(JSON.parse(left[0] ?? '')).toMatchObject({ seq: 30, user: 'user-30' });
    expect(left).toHaveLength(32);
    expect(verify(left)).toMatchObject({ problems: [], prunedUpTo: 29, first: 30, last: 61 });
    expect(verify(left, anchor)).toMatchObject({ problems: [] });
    expect(JSON.parse(left.at(-1) ?? '')).toMatchObject({
      event: 'audit.pruned',
      reason: 'events are kept for 30 days',
    });
  });

  it('drops the same events from the file, which goes on and stays private', async () => {
    await retention.prune();
    await audit.recordDurably({ event: 'test', time, user: 'later', success: true });
    const left = await lines();
    await expect.poll(fileLines).toEqual(left);
    expect(statSync(join(folder, 'audit.jsonl')).mode & 0o777).toBe(0o600);
  });

  it('goes on a second time, and leaves the log alone when nothing is old', async () => {
    await retention.prune();
    time += 10 * day;
    await retention.prune();
    const left = await lines();
    expect(verify(left)).toMatchObject({ problems: [], prunedUpTo: 39, first: 40 });
    await retention.prune();
    expect(await lines()).toEqual(left);
  });

  it('that was interrupted leaves a log that is proven, and goes on later', async () => {
    backend.failing = true;
    await retention.prune();
    expect((await lines())[0]).toContain('"seq":7,');
    expect(verify(await lines()).problems).toEqual([]);
    backend.failing = false;
    await retention.prune();
    expect(verify(await lines())).toMatchObject({ problems: [], first: 30 });
  });

  it('keeps the last event, however old, so that the chain goes on', async () => {
    time += 400 * day;
    await retention.prune();
    await retention.prune();
    await audit.recordDurably({ event: 'test', time, user: 'later', success: true });
    const left = await lines();
    expect(verify(left).problems).toEqual([]);
    expect(JSON.parse(left.at(-1) ?? '')).toMatchObject({ user: 'later' });
  });

  it('does not touch a damaged event: it is evidence', async () => {
    const [, second] = await readBlocks(store, { limit: 2 });
    const changed = second?.lines.map((line) => line.replace('user-2', 'user-x'));
    await store.put({ key: 'audit/000000000000002', value: { lines: changed } });
    await retention.prune();
    expect(await lines()).toHaveLength(60);
  });
});

describe('a log whose beginning is missing', () => {
  it('is found out where nobody has said that it was pruned', async () => {
    for (let n = 1; n <= 5; n += 1) await deleteBlock(store, n);
    expect(verify(await lines()).problems).toEqual([{ seq: 6, message: 'Events 1 to 5 are missing.' }]);
  });

  it('is found out where more is missing than was pruned', async () => {
    await retention.prune();
    await deleteBlock(store, 30);
    expect(verify(await lines()).problems).toEqual([{ seq: 31, message: 'Events 1 to 30 are missing.' }]);
  });

  it('is found out where a statement on the end of the log is passed off as one on its beginning', async () => {
    const all = await lines();
    const head = { seq: 20, hash: /"hash":"([\w-]{43})"\}$/.exec(all[19] ?? '')?.[1] ?? '' };
    for (const signed of [
      signer.sign(head, time),
      (await openHeadSigner(join(folder, 'other'), 'test')).signPruned(head, time),
    ]) {
      const own = {
        event: 'audit.signed',
        time,
        user: '',
        success: true,
        signed: signer.sign(await audit.head(), time),
      };
      const forged = { event: 'audit.pruned', time, user: '', success: true, signed };
      const sealed = sealEvents([eventText(own), eventText(forged)], await audit.head());
      expect(verify([...all.slice(20), ...sealed.lines]).problems).not.toEqual([]);
    }
  });
});
