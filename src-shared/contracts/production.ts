import { z } from 'zod';
import { defineCalls, done, id, line } from './common.ts';

/** What counts as production, and what is asked for there. */
export const productionRule = z.strictObject({
  /**
   * An account number, an app's name, a role's name or its ARN, with `*` for any characters; upper and lower case are
   * the same.
   */
  pattern: line.trim().min(1, 'Write an account number, or the name of a role or an app.').max(300),
  /** Whether its sessions begin reading only, and write when their user says so. */
  readsFirst: z.boolean(),
});
export type ProductionRule = z.infer<typeof productionRule>;

export const productionCalls = defineCalls({
  'settings.setProduction': { input: z.strictObject({ rules: z.array(productionRule).max(100) }), output: done },
  /** Allows a session in production to write, or no longer. It does nothing for one that the service holds to reading. */
  'appSessions.unlock': { input: z.strictObject({ id, unlocked: z.boolean() }), output: done },
});
