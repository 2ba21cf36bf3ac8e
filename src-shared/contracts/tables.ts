import { z } from 'zod';
import { defineCalls, done, id, regionName, timestamp } from './common.ts';
import { inTable, itemPage, readPageInput, tableName } from './table-reading.ts';

const where = { appSessionId: id, region: regionName };

const keyAttribute = z.strictObject({
  name: z.string(),
  type: z.enum(['S', 'N', 'B', '?']),
  role: z.enum(['HASH', 'RANGE']),
});
export type KeyAttribute = z.infer<typeof keyAttribute>;

const tableIndex = z.strictObject({
  name: z.string(),
  kind: z.enum(['GSI', 'LSI']),
  /** Up to four partition and four sort attributes, in order. */
  key: z.array(keyAttribute),
  projection: z.string(),
  projectedAttributes: z.array(z.string()),
  status: z.string().optional(),
  itemCount: z.number().optional(),
  sizeBytes: z.number().optional(),
});
export type TableIndex = z.infer<typeof tableIndex>;

export const tableDetails = z.strictObject({
  name: z.string(),
  arn: z.string().optional(),
  status: z.string(),
  key: z.array(keyAttribute),
  indexes: z.array(tableIndex),
  /** About this many: DynamoDB counts every six hours or so. */
  itemCount: z.number(),
  sizeBytes: z.number(),
  billing: z.enum(['on-demand', 'provisioned']),
  throughput: z.strictObject({ read: z.number(), write: z.number() }).optional(),
  createdAt: timestamp.optional(),
  streamView: z.string().optional(),
  deletionProtection: z.boolean(),
  tableClass: z.string().optional(),
});
export type TableDetails = z.infer<typeof tableDetails>;

/** What the table browser asks of DynamoDB. */
export const tableCalls = defineCalls({
  /** One page of table names; the caller asks on until there is no `next`. */
  'tables.list': {
    input: z.strictObject({ ...where, after: tableName.optional() }),
    output: z.strictObject({ names: z.array(z.string()), next: z.string().optional() }),
  },
  'tables.describe': { input: z.strictObject(inTable), output: tableDetails },
  'tables.readPage': { input: readPageInput, output: itemPage },
  /** Stops a page that is being read; its caller gets the error `cancelled`. */
  'tables.cancel': { input: z.strictObject({ readId: id }), output: done },
});
