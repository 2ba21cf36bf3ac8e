import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyChain, sealEvents } from '../../src-shared/audit/chain.ts';
import { createChainVerifier } from '../../src-shared/audit/verify.ts';
import type { Backend } from '../backend/backend.ts';
import { openLibsqlBackend } from '../backend/libsql/libsql.ts';
import { readBlocks, readHead, writeBlock } from './blocks.ts';
import { eventText } from './event-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'rolegate-blocks-'));
let backend: Backend;
beforeAll(async () => {
  backend = await openLibsqlBackend(join(folder, 'store.db'));
});
afterAll(async () => {
  await backend.close();
  rmSync(folder, { recursive: true });
});

const textOf = (user: string) => eventText({ event: 'test', time: 0, user, success: true });

describe('a block of events', () => {
  it('is read as it was written, whether it is packed or not', async () => {
    let first = 1;
    const users = fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(users, fc.integer({ min: 1, max: 20 }), async (some, times) => {
        const texts = Array.from({ length: times }, () => some.map(textOf)).flat();
        const { lines } = sealEvents(texts, { ...emptyChain, seq: first - 1 });
        expect(await writeBlock(backend, { first, lines })).toBe(true);
        const [read] = await readBlocks(backend, { limit: 1, newestFirst: true });
        expect(read).toEqual({ first, lines });
        first += lines.length;
      }),
      { numRuns: 50 },
    );
  });

  it('takes a fraction of its room when it has many events that are much alike', async () => {
    const { lines } = sealEvents(Array(400).fill(textOf('alice')), { ...emptyChain, seq: 900_000 });
    await writeBlock(backend, { first: 900_001, lines });
    const stored = await backend.get('audit/000000000900001');
    expect(JSON.stringify(stored?.value).length).toBeLessThan(lines.join().length / 2);
  });

  it('that somebody has changed does not hide the others, and is found by a check', async () => {
    await backend.put({ key: 'audit/000000000950001', value: { brotli: 'H4sIchanged' } });
    const after = sealEvents([textOf('bob')], await readHead(backend));
    await writeBlock(backend, { first: 950_002, lines: after.lines });
    const blocks = await readBlocks(backend, { limit: 3, newestFirst: true });
    expect(blocks.map(({ lines }) => lines.length)).toEqual([1, 1, 400]);
    const verifier = createChainVerifier({ fromStart: false });
    for (const { lines } of blocks.reverse()) for (const line of lines) verifier.add(line);
    expect(verifier.finish().problems[0]?.message).toContain('no event');
  });
});
