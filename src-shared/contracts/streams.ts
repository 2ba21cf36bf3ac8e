import { z } from 'zod';
import { defineCalls, done, id, timestamp } from './common.ts';
import { inTable, itemText } from './table-reading.ts';

/** A table's stream, followed: its changes as they happen. */

export const streamEvent = z.strictObject({
  /** DynamoDB's own id of the event, which is unique in the stream. */
  id: z.string(),
  kind: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  /** About when, to the second. */
  at: timestamp,
  keys: itemText,
  /** Absent where there was none, or where the stream does not hold it. */
  oldImage: itemText.optional(),
  newImage: itemText.optional(),
  /** Deleted by DynamoDB itself, because its time to live was over. */
  isExpiry: z.boolean(),
});
export type StreamEvent = z.infer<typeof streamEvent>;

/** From now on, or from the oldest change that DynamoDB still has: up to 24 hours. */
export const streamStart = z.enum(['latest', 'oldest']);
export type StreamStart = z.infer<typeof streamStart>;

export const openedStream = z.discriminatedUnion('kind', [
  /** The table has no stream. */
  z.strictObject({ kind: z.literal('off') }),
  z.strictObject({ kind: z.literal('open'), tailId: id, view: z.string() }),
]);

export const streamBatch = z.strictObject({
  /** By the time at which they happened; those of one item in the order in which they happened. */
  events: z.array(streamEvent),
  /** There is more already: ask at once. */
  hasMore: z.boolean(),
  /** Some changes are gone: nobody had read them after 24 hours. */
  hasGap: z.boolean(),
  /** The stream has ended: somebody switched it off. */
  isOver: z.boolean(),
  /** Shards that are being read. */
  shards: z.number().int().nonnegative(),
});
export type StreamBatch = z.infer<typeof streamBatch>;

export const streamCalls = defineCalls({
  /** Begins to follow a table's stream. */
  'streams.open': { input: z.strictObject({ ...inTable, from: streamStart }), output: openedStream },
  /** What has happened since it was last asked. Whoever pauses does not ask. */
  'streams.next': { input: z.strictObject({ tailId: id }), output: streamBatch },
  'streams.close': { input: z.strictObject({ tailId: id }), output: done },
});
