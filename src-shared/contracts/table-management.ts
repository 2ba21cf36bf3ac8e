import { z } from 'zod';
import { defineCalls, done, errorData, id, regionName, timestamp } from './common.ts';
import { confirmed, inTable, tableName } from './table-reading.ts';

/** Tables made, changed and deleted. */

const attributeName = z.string().min(1).max(255);
const keyPart = z.strictObject({
  name: attributeName,
  type: z.enum(['S', 'N', 'B']),
  role: z.enum(['HASH', 'RANGE']),
});
/** Up to four partition attributes, then up to four sort attributes. */
const key = z.array(keyPart).min(1).max(8);
const units = z.number().int().min(1).max(1_000_000);

export const indexDefinition = z.strictObject({
  name: tableName.min(3, 'An index name has at least 3 characters.'),
  kind: z.enum(['GSI', 'LSI']),
  key,
  projection: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
  projectedAttributes: z.array(attributeName).max(100),
});
export type IndexDefinition = z.infer<typeof indexDefinition>;

export const billing = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('on-demand') }),
  z.strictObject({ mode: z.literal('provisioned'), read: units, write: units }),
]);
export type Billing = z.infer<typeof billing>;

export const streamView = z.enum(['NEW_AND_OLD_IMAGES', 'NEW_IMAGE', 'OLD_IMAGE', 'KEYS_ONLY']);

export const tableClass = z.enum(['STANDARD', 'STANDARD_INFREQUENT_ACCESS']);

export const tag = z.strictObject({ key: z.string().min(1).max(128), value: z.string().max(256) });
export type Tag = z.infer<typeof tag>;

export const tableDefinition = z.strictObject({
  name: tableName.min(3, 'A table name has at least 3 characters.'),
  key: key.max(2),
  indexes: z.array(indexDefinition).max(25),
  billing,
  stream: streamView.optional(),
  tableClass: tableClass.optional(),
  deletionProtection: z.boolean(),
  tags: z.array(tag).max(50),
});
export type TableDefinition = z.infer<typeof tableDefinition>;

/** One change of a table: DynamoDB takes them one at a time. */
export const tableChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('billing'), billing }),
  z.strictObject({ kind: z.literal('deletionProtection'), on: z.boolean() }),
  z.strictObject({ kind: z.literal('stream'), view: streamView.optional() }),
  z.strictObject({ kind: z.literal('timeToLive'), attribute: attributeName, on: z.boolean() }),
  /** `days` is how far back it goes, 35 without it. */
  z.strictObject({ kind: z.literal('pointInTime'), on: z.boolean(), days: z.number().int().min(1).max(35).optional() }),
  z.strictObject({ kind: z.literal('tableClass'), tableClass }),
  z.strictObject({ kind: z.literal('tags'), set: z.array(tag).max(50), remove: z.array(z.string()).max(50) }),
  z.strictObject({ kind: z.literal('createIndex'), index: indexDefinition, billing }),
  z.strictObject({ kind: z.literal('deleteIndex'), name: z.string().min(1).max(255) }),
]);
export type TableChange = z.infer<typeof tableChange>;

/** Something that is asked for by a call of its own, which may be refused, or not be there at all. */
const asked = <Value extends z.ZodType>(value: Value) =>
  z.union([z.strictObject({ value }), z.strictObject({ error: errorData })]);

export const tableExtras = z.strictObject({
  timeToLive: asked(z.strictObject({ status: z.string(), attribute: z.string().optional() })),
  pointInTime: asked(
    z.strictObject({
      status: z.string(),
      days: z.number().optional(),
      earliest: timestamp.optional(),
      latest: timestamp.optional(),
    }),
  ),
  tags: asked(z.array(z.strictObject({ key: z.string(), value: z.string() }))),
});
export type TableExtras = z.infer<typeof tableExtras>;

export const managementCalls = defineCalls({
  /** What DescribeTable does not say of a table. */
  'tables.extras': { input: z.strictObject(inTable), output: tableExtras },
  'tables.create': {
    input: z.strictObject({ appSessionId: id, region: regionName, definition: tableDefinition, confirmed }),
    output: done,
  },
  'tables.change': { input: z.strictObject({ ...inTable, change: tableChange, confirmed }), output: done },
  /** Deletes a table with everything in it. `typedName` is what the person typed to confirm it. */
  'tables.delete': { input: z.strictObject({ ...inTable, typedName: z.string().max(255) }), output: done },
});
