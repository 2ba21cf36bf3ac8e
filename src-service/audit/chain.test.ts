import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyChain, readLink, sealEvents } from '../../src-shared/audit/chain.ts';
import { eventText } from './event-text.ts';
import type { AuditEvent } from './sink.ts';

const event = (more: Partial<AuditEvent> = {}): AuditEvent => ({
  event: 'test',
  time: 1_800_000_000_000,
  user: 'alice',
  success: true,
  ...more,
});

describe('a line of the log', () => {
  it('is JSON with its place in the chain', () => {
    const { lines, head } = sealEvents([eventText(event()), eventText(event({ user: 'bob' }))], emptyChain);
    const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(parsed[0]).toMatchObject({ seq: 1, time: '2027-01-15T08:00:00.000Z', event: 'test', user: 'alice' });
    expect(parsed[1]).toMatchObject({ seq: 2, user: 'bob', prev: parsed[0]?.['hash'], hash: head.hash });
    expect(lines.map(readLink).map((link) => link?.isIntact)).toEqual([true, true]);
  });

  it('is one line and one event, whatever comes from outside', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '"}\n{"seq":9,"event":"forged"}',
        '","prev":"x","hash":"y"}',
        '\u2028\u0085\u0000\u001b[2J',
        'alice\u202ebob\u2066\u200b\ufeff',
        '\ud800',
      ),
    );
    fc.assert(
      fc.property(nasty, nasty, (user, reason) => {
        const { lines } = sealEvents([eventText(event({ user, reason, app: user }))], emptyChain);
        const [line = ''] = lines;
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u);
        expect(readLink(line)).toMatchObject({ seq: 1, isIntact: true, prev: emptyChain.hash });
        const parsed = JSON.parse(line) as Record<string, unknown>;
        expect(parsed).toMatchObject({ event: 'test', user: user.slice(0, 2_048).toString(), seq: 1 });
        expect(Object.keys(parsed)).toEqual([
          'seq',
          'time',
          'event',
          'user',
          'success',
          'reason',
          'app',
          'prev',
          'hash',
        ]);
      }),
    );
  });

  it('is bounded, however large what it tells of', () => {
    const huge = 'x'.repeat(1_000_000);
    const text = eventText(event({ user: huge, resource: { kind: 'role', name: 'r', after: { huge } } }));
    expect(text.length).toBeLessThan(10_000);
    expect(text).toContain('(1000000 characters)');
    expect(text).toContain('too large for an event');
  });

  it('does not fit any more once a character of it is changed', () => {
    const { lines } = sealEvents([eventText(event({ reason: 'because' }))], emptyChain);
    const [line = ''] = lines;
    fc.assert(
      fc.property(fc.nat(line.length - 1), fc.constantFrom('x', '1', '"', 'A'), (at, character) => {
        const changed = line.slice(0, at) + character + line.slice(at + 1);
        if (changed === line) return;
        expect(readLink(changed)?.isIntact ?? false).toBe(false);
      }),
    );
  });

  it('is none of the chain without its numbers', () => {
    for (const line of ['', '{}', '{"seq":1}', 'nonsense']) expect(readLink(line)).toBeUndefined();
  });
});
