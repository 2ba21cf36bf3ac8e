import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createChainVerifier } from '../../src-shared/audit/verify.ts';
import { openLibsqlBackend } from '../backend/libsql/libsql.ts';
import { silentLog } from '../log.ts';
import { openAudit } from './open-audit.ts';
import { queryAudit } from './query.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rolegate-statements-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

/** The log as a service opens it, and what is in it. */
async function open() {
  const backend = await openLibsqlBackend(join(folder, 'state.db'));
  const options = { backend, followsStore: true, cluster: 'test', stateDir: folder, log: silentLog, now: Date.now };
  const { audit, statements, closeAudit } = await openAudit(options);
  return {
    backend,
    audit,
    statements,
    async lines() {
      await audit.head();
      return (await queryAudit(backend, { filter: {}, order: 'oldest', limit: 1_000 })).lines;
    },
    async close() {
      await closeAudit();
      await backend.close();
    },
  };
}
const event = (user: string) => ({ event: 'test', time: Date.now(), user, success: true });

describe('the end of a log', () => {
  it('is signed when the service ends, into the log itself', async () => {
    const first = await open();
    for (const user of ['a', 'b', 'c']) await first.audit.recordDurably(event(user));
    await first.close();
    const again = await open();
    const lines = await again.lines();
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['test', 'test', 'test', 'audit.signed']);
    const verifier = createChainVerifier({ fromStart: true });
    lines.forEach(verifier.add);
    expect(verifier.finish()).toMatchObject({ problems: [], signedUpTo: 3 });
    await again.close();
  });

  it('that was cut off while the service was down is missed at its next start, and by an anchor for ever', async () => {
    const first = await open();
    for (const user of ['a', 'b', 'c']) await first.audit.recordDurably(event(user));
    const anchor = await first.statements.now();
    // What came last is gone, as if it had never been.
    const blocks = await first.backend.range('audit/');
    await first.close();
    const thief = await openLibsqlBackend(join(folder, 'state.db'));
    for (const { key } of await thief.range('audit/')) if (key !== blocks[0]?.key) await thief.delete(key);
    await thief.close();

    const again = await open();
    const lines = await again.lines();
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { user: 'a' },
      {
        event: 'audit.cut_off',
        success: false,
        reason: expect.stringMatching(/^\d events were signed, and 1 are there$/),
      },
    ]);
    const verifier = createChainVerifier({ fromStart: true, anchor });
    lines.forEach(verifier.add);
    expect(verifier.finish().problems.length).toBeGreaterThan(0);
    await again.close();
  });
});
