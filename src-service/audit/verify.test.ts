import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChainHead, emptyChain, sealEvents } from '../../src-shared/audit/chain.ts';
import type { SignedHead } from '../../src-shared/audit/statement.ts';
import { createChainVerifier, type VerifyReport } from '../../src-shared/audit/verify.ts';
import { eventText } from './event-text.ts';
import { type HeadSigner, openHeadSigner } from './signing.ts';

const folder = mkdtempSync(join(tmpdir(), 'rolegate-verify-'));
let signer: HeadSigner;
let lines: string[];
let anchor: SignedHead;

function verify(some: readonly string[], options: { anchor?: SignedHead; fromStart?: boolean } = {}): VerifyReport {
  const verifier = createChainVerifier({ fromStart: true, ...options });
  for (const line of some) verifier.add(line);
  return verifier.finish();
}

const without = (index: number) => lines.filter((_, position) => position !== index);

beforeAll(async () => {
  signer = await openHeadSigner(folder, 'test');
  lines = [];
  let head: ChainHead = emptyChain;
  for (let n = 0; n < 20; n += 1) {
    const signed = n === 10 ? { signed: signer.sign(head, 0) } : {};
    const event = n === 10 ? 'audit.signed' : 'test';
    const sealed = sealEvents([eventText({ event, time: n, user: 'alice', success: true, ...signed })], head);
    lines.push(...sealed.lines);
    head = sealed.head;
  }
  anchor = signer.sign(head, 0);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('verifying the log', () => {
  it('finds nothing in a log that is as it was written, and says what that does not prove', () => {
    const report = verify(lines);
    expect(report).toMatchObject({ events: 20, first: 1, last: 20, problems: [], signedUpTo: 10 });
    expect(report.keys).toHaveLength(1);
    expect(report.cannotProve).toEqual([
      expect.stringContaining('cut off at the end'),
      expect.stringContaining('events 11 to 20 were not replaced'),
      expect.stringContaining('wrote down everything'),
    ]);
    expect(verify(lines, { anchor })).toMatchObject({
      problems: [],
      signedUpTo: 20,
      cannotProve: [expect.stringContaining('wrote down everything')],
    });
  });

  it('finds an event that was changed', () => {
    const changed = lines.map((line, index) => (index === 4 ? line.replace('alice', 'mallory') : line));
    expect(verify(changed).problems).toEqual([{ seq: 5, message: 'Event 5 was changed.' }]);
  });

  it('finds an event that was changed and hashed anew', () => {
    const event = eventText({ event: 'test', time: 4, user: 'mallory', success: true });
    const before = { seq: 4, hash: JSON.parse(lines[3] ?? '').hash as string };
    const forged = sealEvents([event], before).lines[0] ?? '';
    const problems = verify(lines.map((line, index) => (index === 4 ? forged : line))).problems;
    expect(problems).toEqual([{ seq: 6, message: 'Event 6 does not follow from the event before it.' }]);
  });

  it('finds events that were taken out', () => {
    expect(verify(without(4)).problems[0]).toEqual({ seq: 6, message: 'Event 5 is missing.' });
    expect(verify(lines.filter((_, index) => index < 4 || index > 8)).problems[0]?.message).toBe(
      'Events 5 to 9 are missing.',
    );
    expect(verify(lines.slice(1)).problems[0]?.message).toBe('Event 1 is missing.');
    expect(verify(lines.slice(1), { fromStart: false })).toMatchObject({ problems: [], first: 2 });
  });

  it('finds events that were moved or put in twice', () => {
    const moved = [...lines];
    moved.splice(3, 2, lines[4] ?? '', lines[3] ?? '');
    expect(verify(moved).problems.map(({ seq }) => seq)).toContain(4);
    expect(verify([...lines.slice(0, 5), lines[4] ?? '', ...lines.slice(5)]).problems[0]).toMatchObject({ seq: 5 });
    expect(verify([...lines, 'something']).problems[0]?.message).toContain('no event');
  });

  it('finds a tail that was cut off, with an anchor and not without', () => {
    const cut = lines.slice(0, 15);
    expect(verify(cut).problems).toEqual([]);
    expect(verify(cut, { anchor }).problems).toEqual([
      { message: 'The log ends after event 15, but the anchor says that there were 20 events: its end was cut off.' },
    ]);
    expect(verify([], { anchor }).problems[0]?.message).toContain('cut off');
  });

  it('finds a log that was made anew, by the statement in it and by the anchor', () => {
    const texts = lines.map((line) => {
      const { seq: _, prev: __, hash: ___, ...event } = JSON.parse(line) as Record<string, unknown>;
      return JSON.stringify(event).replace('"success":true', '"success":false');
    });
    const anew = sealEvents(texts, emptyChain).lines;
    expect(verify(anew).problems).toEqual([
      { seq: 10, message: 'Event 10 is not the one that was signed in event 11.' },
    ]);
    expect(verify(anew, { anchor }).problems.map(({ seq }) => seq)).toEqual([10, 20]);
  });

  it('finds statements that the service did not make', () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const otherKey = publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
    for (const forged of [
      { ...anchor, seq: 19 },
      { ...anchor, hash: emptyChain.hash },
      { ...anchor, cluster: 'other' },
      { ...anchor, publicKey: otherKey },
      { ...anchor, publicKey: 'A'.repeat(44) },
    ]) {
      expect(verify(lines, { anchor: forged }).problems.map(({ message }) => message)).toContain(
        'The signature of the anchor is not good.',
      );
    }
  });

  it('says that an unsigned log is not signed', () => {
    expect(verify(lines.slice(0, 5))).toMatchObject({ signedUpTo: undefined, keys: [] });
    expect(verify([])).toMatchObject({ events: 0, first: undefined, problems: [] });
  });

  it('uses the same key after a restart, in a file for this user only', async () => {
    const again = await openHeadSigner(folder, 'test');
    expect(again.sign(emptyChain, 0).publicKey).toBe(anchor.publicKey);
  });
});
