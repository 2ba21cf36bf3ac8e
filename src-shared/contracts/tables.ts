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

/** What is found by likeness: told of here, and neither read nor made. */
const vectorIndex = z.strictObject({
  name: z.string(),
  attribute: z.string(),
  dimensions: z.number().optional(),
  /** How likeness is measured: `COSINE`, … */
  distance: z.string().optional(),
  projection: z.string(),
  status: z.string().optional(),
  sizeBytes: z.number().optional(),
});
export type VectorIndex = z.infer<typeof vectorIndex>;

const units = z.strictObject({ read: z.number(), write: z.number() });

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
  throughput: units.optional(),
  /** The most that an on-demand table may use. */
  mostThroughput: units.optional(),
  /** What the table takes at once, without having to grow first. */
  warmThroughput: units.optional(),
  createdAt: timestamp.optional(),
  streamView: z.string().optional(),
  streamArn: z.string().optional(),
  deletionProtection: z.boolean(),
  tableClass: z.string().optional(),
  /** Other regions that have the table. */
  replicas: z.array(z.strictObject({ region: z.string(), status: z.string() })).optional(),
  /** `EVENTUAL` or `STRONG`, of a table with replicas. */
  replicaConsistency: z.string().optional(),
  /** The key that encrypts it, where it is not DynamoDB's own. */
  encryptionKeyArn: z.string().optional(),
  vectorIndexes: z.array(vectorIndex).optional(),
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
