import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { createChainVerifier } from '../../src-shared/audit/verify.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { Backend, Entry } from '../backend/backend.ts';
import { openLibsqlBackend } from '../backend/libsql/libsql.ts';
import { silentLog } from '../log.ts';
import { type AuditLog, type AuditLogOptions, openAuditLog } from './log.ts';
import { type AuditFilter, queryAudit } from './query.ts';
import type { AuditEvent } from './sink.ts';

const folder = mkdtempSync(join(tmpdir(), 'rolegate-audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

interface Started {
  backend: Backend & { failing: boolean };
  audit: AuditLog;
  output: string[];
  open(more?: Partial<AuditLogOptions>): Promise<AuditLog>;
}

async function start(more: Partial<AuditLogOptions> = {}): Promise<Started> {
  const store = await openLibsqlBackend(join(folder, `${count++}.db`));
  const backend = {
    ...store,
    failing: false,
    create: async (entry: Entry) => {
      if (backend.failing) throw new RolegateError('unavailable', 'The disk is full.');
      return store.create(entry);
    },
  };
  const output: string[] = [];
  const outputs = [
    { write: async (lines: readonly string[]) => void output.push(...lines), close: async () => undefined },
  ];
  const open = async (options: Partial<AuditLogOptions> = {}) => {
    const opened = await openAuditLog({
      backend,
      outputs,
      whenFailing: 'stop',
      log: silentLog,
      now: () => 0,
      ...more,
      ...options,
    });
    onTestFinished(() => opened.close());
    return opened;
  };
  onTestFinished(async () => {
    backend.failing = false;
  });
  return { backend, audit: await open(), output, open };
}

const event = (more: Partial<AuditEvent> = {}): AuditEvent => ({
  event: 'test',
  time: 1_800_000_000_000,
  user: 'alice',
  success: true,
  ...more,
});

async function allLines(backend: Backend): Promise<string[]> {
  const lines: string[] = [];
  let after: number | undefined;
  do {
    const page = await queryAudit(backend, { filter: {}, order: 'oldest', limit: 1000, after });
    lines.push(...page.lines);
    after = page.next;
  } while (after !== undefined);
  return lines;
}

function problemsOf(lines: readonly string[]): unknown[] {
  const verifier = createChainVerifier({ fromStart: true });
  for (const line of lines) verifier.add(line);
  return verifier.finish().problems;
}

describe('the audit log', () => {
  it('keeps events in the order in which they came, one chain over restarts', async () => {
    const { audit, backend, output, open } = await start();
    for (let n = 0; n < 1_500; n += 1) audit.record(event({ user: `user-${n}` }));
    await audit.close();
    const again = await open();
    await again.recordDurably(event({ user: 'last' }));
    const lines = await allLines(backend);
    expect(lines).toHaveLength(1_501);
    expect(problemsOf(lines)).toEqual([]);
    expect(lines.map((line) => JSON.parse(line).user)).toEqual([
      ...Array.from({ length: 1_500 }, (_, n) => `user-${n}`),
      'last',
    ]);
    expect(output).toEqual(lines);
  });

  it('has written an event that is acknowledged', async () => {
    const { audit, backend } = await start();
    audit.record(event({ user: 'before' }));
    await audit.recordDurably(event({ user: 'now' }));
    expect((await allLines(backend)).map((line) => JSON.parse(line).user)).toEqual(['before', 'now']);
  });

  it('writes events that come one after another together, also those that come while it is writing', async () => {
    const { audit, backend } = await start();
    let writes = 0;
    const { create } = backend;
    backend.create = (entry) => {
      writes += 1;
      return create(entry);
    };
    const startedAt = Date.now();
    for (let n = 0; n < 300; n += 1) {
      for (let more = 0; more < 10; more += 1) audit.record(event());
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await audit.head();
    expect(await allLines(backend)).toHaveLength(3_000);
    // Full blocks, or one each 200 ms; many more if each write that ended began the next.
    expect(writes).toBeLessThan(3_000 / 400 + (Date.now() - startedAt) / 200 + 3);
  });

  it('is one chain when several replicas write to it', async () => {
    const { audit, backend, open } = await start();
    const replicas = [audit, await open(), await open()];
    await Promise.all(
      Array.from({ length: 300 }, async (_, n) =>
        replicas[n % 3]?.[n % 7 === 0 ? 'recordDurably' : 'record'](event({ user: `${n}` })),
      ),
    );
    for (const replica of replicas) await replica.head();
    const lines = await allLines(backend);
    expect(problemsOf(lines)).toEqual([]);
    expect(new Set(lines.map((line) => JSON.parse(line).user)).size).toBe(300);
  });

  it('does not write twice what seemed to fail and did not', async () => {
    const { audit, backend } = await start();
    const { create } = backend;
    backend.create = async (entry) => {
      await create(entry);
      backend.create = create;
      throw new RolegateError('unavailable', 'The answer was lost.');
    };
    await expect(audit.recordDurably(event({ user: 'once' }))).rejects.toMatchObject({ code: 'unavailable' });
    await audit.recordDurably(event({ user: 'next' }));
    expect((await allLines(backend)).map((line) => JSON.parse(line).user)).toEqual(['once', 'next']);
  });
});

describe('an audit store that fails', () => {
  it('stops what would have to be written down, loses nothing, and goes on by itself', async () => {
    const { audit, backend } = await start();
    backend.failing = true;
    audit.record(event({ user: 'kept' }));
    await expect(audit.recordDurably(event({ user: 'tried' }))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('The audit log cannot be written'),
    });
    await expect(audit.room()).rejects.toMatchObject({ code: 'unavailable' });
    backend.failing = false;
    await audit.recordDurably(event({ user: 'after' }));
    expect(audit.room()).toBeUndefined();
    expect((await allLines(backend)).map((line) => JSON.parse(line).user)).toEqual(['kept', 'tried', 'after']);
  });

  it('lets requests go on where that was asked for, and says how much was lost', async () => {
    const { audit, backend } = await start({ whenFailing: 'continue' });
    backend.failing = true;
    await audit.recordDurably(event()).catch(() => undefined);
    await audit.room();
    for (let n = 0; n < 20_010; n += 1) audit.record(event());
    backend.failing = false;
    await audit.recordDurably(event({ user: 'after' }));
    await audit.head();
    const lines = await allLines(backend);
    expect(lines.length).toBeLessThan(20_010);
    expect(lines.filter((line) => line.includes('"event":"audit.gap"'))).toHaveLength(1);
    expect(problemsOf(lines)).toEqual([]);
  });
});

describe('an overload of events', () => {
  it('makes those wait who ask for room, and drops nothing', async () => {
    const { audit, backend } = await start();
    for (let n = 0; n < 4_000; n += 1) audit.record(event());
    const wait = audit.room();
    expect(wait).toBeInstanceOf(Promise);
    await wait;
    expect(audit.room()).toBeUndefined();
    await audit.head();
    expect(await allLines(backend)).toHaveLength(4_000);
  });

  it('is written in blocks that every store takes, however large the events', async () => {
    const { audit, backend } = await start();
    for (const character of ['"', '語', '\u0001', '💾']) {
      // As much as is let through, and a little more than that.
      for (const keys of [20, 23, 24, 60]) {
        const large = Object.fromEntries(Array.from({ length: keys }, (_, n) => [`key-${n}`, character.repeat(340)]));
        audit.record(
          event({ user: character.repeat(5_000), resource: { kind: 'role', name: 'r', before: large, after: large } }),
        );
      }
    }
    await audit.head();
    expect(await allLines(backend)).toHaveLength(16);
  });
});

describe('looking for events', () => {
  const base = 1_800_000_000_000;
  const minute = 60_000;

  async function withEvents() {
    const { audit, backend } = await start();
    for (let n = 0; n < 2_000; n += 1) {
      audit.record(
        event({
          time: base + n * minute,
          user: n % 2 === 0 ? 'alice' : 'bob',
          success: n % 5 !== 0,
          event: n % 10 === 0 ? 'login.failed' : 'aws.request',
          roleArn: `arn:aws:iam::123456789000:role/${n % 3 === 0 ? 'Admin' : 'Reader'}`,
          aws: {
            service: n % 4 === 0 ? 's3' : 'dynamodb',
            action: 'dynamodb:Scan',
            region: 'us-east-1',
            host: 'h',
            resource: `Table${n % 7}`,
          },
          ...(n === 7 && { subject: 'carol' }),
        }),
      );
    }
    await audit.head();
    const ask = async (filter: AuditFilter, order: 'newest' | 'oldest' = 'oldest', limit = 1000) => {
      const found: number[] = [];
      let after: number | undefined;
      do {
        const page = await queryAudit(backend, { filter, order, limit, after });
        found.push(...page.lines.map((line) => JSON.parse(line).seq as number));
        after = page.next;
      } while (after !== undefined);
      return found;
    };
    return ask;
  }

  it('finds by every filter exactly what it names, in both orders, over pages', async () => {
    const ask = await withEvents();
    const all = Array.from({ length: 2_000 }, (_, n) => n);
    const cases: [AuditFilter, (n: number) => boolean][] = [
      [{}, () => true],
      [{ user: 'bob' }, (n) => n % 2 === 1],
      [{ user: 'carol' }, (n) => n === 7],
      [{ role: 'Admin' }, (n) => n % 3 === 0],
      [{ role: 'arn:aws:iam::123456789000:role/Reader' }, (n) => n % 3 !== 0],
      [{ role: 'dmin' }, () => false],
      [{ service: 's3', success: false }, (n) => n % 4 === 0 && n % 5 === 0],
      [{ action: 'Scan', resource: 'Table3' }, (n) => n % 7 === 3],
      [{ action: 'dynamodb:Scan', user: 'bob' }, (n) => n % 2 === 1],
      [{ action: 'can' }, () => false],
      [{ event: 'login' }, (n) => n % 10 === 0],
      [{ event: 'aws.request' }, (n) => n % 10 !== 0],
      [{ event: 'aws.req' }, () => false],
      [{ from: base + 1_990 * minute }, (n) => n >= 1_990],
      [{ until: base + 5 * minute }, (n) => n <= 5],
      [
        { from: base + 1_000 * minute, until: base + 1_010 * minute, user: 'alice' },
        (n) => n >= 1_000 && n <= 1_010 && n % 2 === 0,
      ],
      [{ from: base + 9_000 * minute }, () => false],
      [{ until: base - minute }, () => false],
    ];
    for (const [filter, isWanted] of cases) {
      const wanted = all.filter(isWanted).map((n) => n + 1);
      expect([filter, await ask(filter, 'oldest')]).toEqual([filter, wanted]);
      expect([filter, await ask(filter, 'newest', 300)]).toEqual([filter, [...wanted].reverse()]);
    }
  });

  it('finds nothing in an empty log', async () => {
    const { backend } = await start();
    for (const order of ['newest', 'oldest'] as const) {
      expect(await queryAudit(backend, { filter: { from: 5, until: 9 }, order, limit: 10 })).toEqual({
        lines: [],
        next: undefined,
      });
    }
  });
});
