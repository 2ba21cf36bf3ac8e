import { z } from 'zod';
import { partiqlLimits } from '../partiql/statements.ts';
import { defineCalls, done, errorData, id, regionName } from './common.ts';
import { confirmed, itemText, valueText } from './table-reading.ts';

/** PartiQL: statements that read or write, one at a time or several together. */

export const partiqlStatement = z.strictObject({
  text: z.string().min(1).max(partiqlLimits.characters, 'A statement has 8,192 characters at most.'),
  /** For its `?`, in order, as DynamoDB JSON. */
  parameters: z.array(valueText).max(300),
});
export type PartiqlStatement = z.infer<typeof partiqlStatement>;

export const partiqlMode = z.enum([
  /** One statement, page by page. */
  'statement',
  /** Up to 25, each by itself: some may fail. All read or all write. */
  'batch',
  /** Up to 100, all or nothing. All read or all write. */
  'transaction',
]);
export type PartiqlMode = z.infer<typeof partiqlMode>;

const outcome = z.strictObject({
  items: z.array(itemText),
  /** Why this one was not done, of several. */
  error: errorData.optional(),
});

export const partiqlPage = z.strictObject({
  /** One for each statement, in order. */
  outcomes: z.array(outcome),
  /** Where the next page begins; absent at the end, and only there. */
  nextToken: z.string().optional(),
  capacityUnits: z.number().optional(),
  retries: z.number().int().nonnegative(),
  throttling: z.array(z.string()),
});
export type PartiqlPage = z.infer<typeof partiqlPage>;

export const partiqlCalls = defineCalls({
  'partiql.run': {
    input: z.strictObject({
      appSessionId: id,
      region: regionName,
      /** Names this request, for `partiql.cancel`. */
      runId: id,
      mode: partiqlMode,
      statements: z.array(partiqlStatement).min(1).max(partiqlLimits.transaction),
      consistent: z.boolean(),
      /** How many items to look at, at most; a full page (1 MB) without it. One statement only. */
      limit: z.number().int().min(1).max(1000).optional(),
      nextToken: z.string().max(65_536).optional(),
      /** Whether a person has been asked about the writes; what is not surely a SELECT is refused without it. */
      writes: z.boolean(),
      confirmed,
    }),
    output: partiqlPage,
  },
  /** Stops a request; its caller gets the error `cancelled`. A write may have been done all the same. */
  'partiql.cancel': { input: z.strictObject({ runId: id }), output: done },
});
