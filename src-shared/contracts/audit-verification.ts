import { z } from 'zod';
import { auditHead } from './admin-api.ts';
import { defineCalls, done, id } from './common.ts';

/** What checking the whole audit log found. `src-shared/audit/verify.ts` works it out. */
export const verifyReport = z.strictObject({
  events: z.number().int().nonnegative(),
  first: z.number().int().nonnegative().optional(),
  last: z.number().int().nonnegative().optional(),
  problems: z.array(z.strictObject({ seq: z.number().int().optional(), message: z.string() })),
  /** The last event that a good statement of the service covers. */
  signedUpTo: z.number().int().nonnegative().optional(),
  keys: z.array(z.string()),
  cannotProve: z.array(z.string()),
});

/** How far a check of the audit log has come; the report is there once it is through. */
export const verificationProgress = z.strictObject({
  events: z.number().int().nonnegative(),
  /** How many there were when it began. */
  of: z.number().int().nonnegative(),
  report: verifyReport.optional(),
  /** Where the log ends, signed by the service: an anchor to keep elsewhere. Only where nothing was wrong. */
  anchor: auditHead.optional(),
});
export type VerificationProgress = z.infer<typeof verificationProgress>;

/**
 * Checking the audit log on this side, in steps: the service that keeps the log is not the one to vouch for it, and
 * whoever waits sees how far it is and can stop.
 */
export const auditVerificationCalls = defineCalls({
  'audit.verify': { input: z.strictObject({ id, anchor: auditHead.optional() }), output: verificationProgress },
  'audit.stopVerifying': { input: z.strictObject({ id }), output: done },
});
