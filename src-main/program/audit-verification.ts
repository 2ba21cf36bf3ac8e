import { type ChainVerifier, createChainVerifier } from '../../src-shared/audit/verify.ts';
import type { AdminApi, AuditHead } from '../../src-shared/contracts/admin-api.ts';
import type { VerificationProgress } from '../../src-shared/contracts/audit-verification.ts';

/** The part of an app-service that a check of its log needs, with a login. */
export type AuditReader = Pick<AdminApi, 'auditHead' | 'queryAudit'>;

/** Checks of the audit log that are under way, each by an id of whoever waits for it. */
export interface AuditVerifications {
  /**
   * Goes on with a check, or begins one: some thousands of events, then it answers how far it has come. The answer
   * with the report is the last.
   *
   * @param anchor a statement that was kept elsewhere; taken at the first step
   * @throws RolegateError as reading the log does; the check is then given up
   */
  step(reader: AuditReader, token: string, id: string, anchor?: AuditHead): Promise<VerificationProgress>;
  stop(id: string): void;
}

interface Verification {
  reader: AuditReader;
  verifier: ChainVerifier;
  head: AuditHead;
  events: number;
  after: number | undefined;
}

const pageSize = 1_000;
const pagesAtOnce = 5;
/** Nobody watches more; windows that were closed in the middle leave theirs behind. */
const maxUnderWay = 4;

export function createAuditVerifications(): AuditVerifications {
  const underWay = new Map<string, Verification>();

  async function begin(reader: AuditReader, token: string, anchor: AuditHead | undefined): Promise<Verification> {
    const head = await reader.auditHead(token);
    const verifier = createChainVerifier({ anchor, fromStart: true });
    return { reader, verifier, head, events: 0, after: undefined };
  }

  /** @returns whether the end of the log was reached */
  async function goOn(verification: Verification, token: string): Promise<boolean> {
    const { reader, verifier } = verification;
    for (let page = 0; page < pagesAtOnce; page += 1) {
      const { after } = verification;
      const start = after === undefined ? {} : { after };
      const { lines, next } = await reader.queryAudit(token, {
        filter: {},
        order: 'oldest',
        limit: pageSize,
        ...start,
      });
      lines.forEach(verifier.add);
      verification.events += lines.length;
      if (next === undefined) return true;
      verification.after = next;
    }
    return false;
  }

  return {
    async step(reader, token, id, anchor) {
      const known = underWay.get(id);
      underWay.delete(id);
      // One that began with another login, or with another app-service, is not gone on with.
      const verification = known?.reader === reader ? known : await begin(reader, token, anchor);
      const isDone = await goOn(verification, token);
      const { events, head, verifier } = verification;
      const progress = { events, of: Math.max(events, head.seq) };
      if (!isDone) {
        underWay.set(id, verification);
        if (underWay.size > maxUnderWay) underWay.delete(underWay.keys().next().value as string);
        return progress;
      }
      const { first, last, signedUpTo, ...report } = verifier.finish();
      return {
        ...progress,
        report: {
          ...report,
          ...(first !== undefined && { first }),
          ...(last !== undefined && { last }),
          ...(signedUpTo !== undefined && { signedUpTo }),
        },
        // An anchor of a log that is broken already would vouch for it.
        ...(report.problems.length === 0 && { anchor: head }),
      };
    },

    stop: (id) => void underWay.delete(id),
  };
}
