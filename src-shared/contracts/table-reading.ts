import { z } from 'zod';
import { operators } from '../reading/operators.ts';
import { id, regionName } from './common.ts';

/** What a table is asked: one GetItem, or the pages of a Query or a Scan. */

export const tableName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[a-zA-Z0-9_.-]+$/, 'A table name has letters, digits, dots, dashes and underscores.');
const indexName = z.string().min(1).max(255);
export const inTable = { appSessionId: id, region: regionName, table: tableName };

/** What a person has typed to confirm a change in production. */
export const confirmed = z.string().max(255).optional();

/** One item as DynamoDB JSON text. Text, because nothing between the wire and the pixel may round or reorder it. */
export const itemText = z.string();
/** One value as DynamoDB JSON text: `{"N":"12"}`. */
export const valueText = z.string().max(1_000_000);

/** Where a value is inside an item: names of maps and places in lists. */
export const valuePath = z
  .array(z.union([z.string(), z.number().int().nonnegative()]))
  .min(1)
  .max(33);

const condition = z.strictObject({
  kind: z.literal('condition'),
  path: valuePath,
  /** Whether the value itself is compared, or its size. */
  of: z.enum(['value', 'size']),
  operator: z.enum(operators),
  /** One for most operators, two for `between`, up to 100 for `in`, none for `exists`. */
  values: z.array(valueText).max(100),
});
export type Condition = z.infer<typeof condition>;

export interface FilterGroup {
  kind: 'group';
  join: 'and' | 'or';
  parts: (Condition | FilterGroup)[];
}
const maxGroupDepth = 8;
const groupTo = (depth: number): z.ZodType<FilterGroup, FilterGroup> =>
  z.strictObject({
    kind: z.literal('group'),
    join: z.enum(['and', 'or']),
    parts: z.array(depth > 0 ? z.union([condition, groupTo(depth - 1)]) : condition).max(300),
  });
const filter = groupTo(maxGroupDepth);

export const readRequest = z.strictObject({
  operation: z.enum(['GetItem', 'Query', 'Scan']),
  index: indexName.optional(),
  /** GetItem: the whole key, each with `=`. Query: the key conditions, partition attributes first. Scan: none. */
  key: z.array(condition).max(8),
  filter: filter.optional(),
  /** Only these; everything when there are none. */
  projection: z.array(valuePath).max(100),
  consistent: z.boolean(),
  descending: z.boolean(),
  /** Only count: no items come back. It costs the same. */
  countOnly: z.boolean(),
});
export type ReadRequest = z.infer<typeof readRequest>;

export const itemPage = z.strictObject({
  items: z.array(itemText),
  /** Where the next page begins, as DynamoDB JSON text; absent at the end, and only there. */
  lastEvaluatedKey: itemText.optional(),
  count: z.number(),
  scannedCount: z.number(),
  capacityUnits: z.number().optional(),
  /** How often the request had to be sent again, and why DynamoDB said that it was throttled. */
  retries: z.number().int().nonnegative(),
  throttling: z.array(z.string()),
});
export type ItemPage = z.infer<typeof itemPage>;

export const readPageInput = z.strictObject({
  ...inTable,
  /** Names this page's request, for `tables.cancel`. */
  readId: id,
  request: readRequest,
  startKey: itemText.optional(),
  /** How many items to look at, at most; a full page (1 MB) without it. */
  limit: z.number().int().min(1).max(1000).optional(),
});
