import { z } from 'zod';
import { defineCalls, done, errorData, id } from './common.ts';
import { confirmed, inTable, itemText } from './table-reading.ts';

/** Changes of items that have been made but not been sent yet. They are kept by account, region, table and user. */

const mostText = 2_000_000;
const text = itemText.max(mostText);

export const stagedChange = z.discriminatedUnion('kind', [
  /** A new item. */
  z.strictObject({ kind: z.literal('insert'), id, item: text }),
  /** An item with other values. The key may be another one too: then it is moved. */
  z.strictObject({ kind: z.literal('edit'), id, base: text, item: text }),
  /** An item that is to go. */
  z.strictObject({ kind: z.literal('delete'), id, base: text }),
]);
export type StagedChange = z.infer<typeof stagedChange>;

const stage = z.array(stagedChange).max(10_000);

/** What became of a change. */
export const changeOutcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('done'), id }),
  /** Somebody was faster: the item is not what it was. `current` is what it is now; absent when it is gone. */
  z.strictObject({ kind: z.literal('conflict'), id, current: itemText.optional() }),
  z.strictObject({ kind: z.literal('failed'), id, error: errorData }),
  /** Nothing was wrong with it, but it was to be written together with others, or its turn did not come. */
  z.strictObject({ kind: z.literal('held'), id }),
]);
export type ChangeOutcome = z.infer<typeof changeOutcome>;

export const commitMode = z.enum([
  /** All or nothing, in one transaction. */
  'together',
  /** In several transactions, each all or nothing: for more than one transaction can hold. */
  'parts',
  /** One after the other. */
  'each',
]);
export type CommitMode = z.infer<typeof commitMode>;

export const stagingCalls = defineCalls({
  'stages.get': { input: z.strictObject(inTable), output: z.strictObject({ changes: stage }) },
  /** Keeps the changes of a table, all of them, in place of those that were kept. */
  'stages.set': { input: z.strictObject({ ...inTable, changes: stage }), output: done },
  /** Writes changes that are kept, and forgets those that are done. */
  'stages.commit': {
    input: z.strictObject({ ...inTable, ids: z.array(id).min(1).max(10_000), mode: commitMode, confirmed }),
    output: z.strictObject({ outcomes: z.array(changeOutcome) }),
  },
});
