import { describe, expect, it } from 'vitest';
import { emptyChain, sealEvents } from '../../src-shared/audit/chain.ts';
import type { AuditHead, AuditQuery } from '../../src-shared/contracts/admin-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { type AuditReader, createAuditVerifications } from './audit-verification.ts';

const id = 'verification-1';

/** An app-service with so many events, of which `spoil` may change lines. */
function readerOf(count: number, spoil: (lines: string[]) => string[] = (lines) => lines): AuditReader {
  const texts = Array.from({ length: count }, (_, index) => `{"time":"2026-01-31T18:00:00.000Z","user":"u${index}"}`);
  const { lines, head } = sealEvents(texts, emptyChain);
  const all = spoil(lines);
  return {
    auditHead: async () => ({ ...head, cluster: 'test', time: '2026-01-31T18:00:00.000Z' }) as AuditHead,
    async queryAudit(token: string, { after = 0, limit }: AuditQuery) {
      if (token !== 'token') throw new RolegateError('access_denied', 'You may not.');
      const page = all.slice(after, after + limit);
      return after + limit < all.length ? { lines: page, next: after + limit } : { lines: page };
    },
  };
}

describe('checking the audit log in steps', () => {
  it('comes to its end, with an anchor to keep', async () => {
    const verifications = createAuditVerifications();
    const reader = readerOf(12_000);
    expect(await verifications.step(reader, 'token', id)).toEqual({ events: 5_000, of: 12_000 });
    expect(await verifications.step(reader, 'token', id)).toEqual({ events: 10_000, of: 12_000 });
    const last = await verifications.step(reader, 'token', id);
    expect(last).toMatchObject({ events: 12_000, report: { problems: [], first: 1, last: 12_000 } });
    expect(last.anchor?.seq).toBe(12_000);
  });

  it('finds what was changed across steps, and gives no anchor then', async () => {
    const verifications = createAuditVerifications();
    const reader = readerOf(6_000, (lines) => lines.filter((_, index) => index !== 5_500));
    await verifications.step(reader, 'token', id);
    const { report, anchor } = await verifications.step(reader, 'token', id);
    expect(report?.problems.map(({ message }) => message)).toEqual(['Event 5501 is missing.']);
    expect(anchor).toBeUndefined();
  });

  it('begins anew after a stop, and with another app-service', async () => {
    const verifications = createAuditVerifications();
    const reader = readerOf(8_000);
    await verifications.step(reader, 'token', id);
    verifications.stop(id);
    expect((await verifications.step(reader, 'token', id)).events).toBe(5_000);
    expect((await verifications.step(readerOf(3), 'token', id)).report?.last).toBe(3);
  });

  it('is given up when the log cannot be read any more', async () => {
    const verifications = createAuditVerifications();
    const reader = readerOf(8_000);
    await verifications.step(reader, 'token', id);
    await expect(verifications.step(reader, 'other', id)).rejects.toMatchObject({ code: 'access_denied' });
    expect((await verifications.step(reader, 'token', id)).events).toBe(5_000);
  });
});
