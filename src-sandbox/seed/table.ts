import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { Item } from './values.ts';

/** A partition key and perhaps a sort key, each as `Name:S`, `Name:N` or `Name:B`. */
export type Key = readonly [hash: string, range?: string];

/** What an index holds besides the keys: everything, nothing, or these attributes. */
export interface Index {
  key: Key;
  projection: 'ALL' | 'KEYS_ONLY' | readonly string[];
}

/** A table of the sandbox and what is in it at first. */
export interface SeedTable {
  name: string;
  key: Key;
  globalIndexes?: Readonly<Record<string, Index>>;
  localIndexes?: Readonly<Record<string, Index>>;
  /** The attribute that says when an item is to be deleted. */
  timeToLive?: string;
  /** Set for a table with provisioned throughput; the others are on-demand. */
  throughput?: { read: number; write: number };
  /** Whether changes go to a stream. */
  stream?: boolean;
  tags?: Readonly<Record<string, string>>;
  items: () => Iterable<Item>;
}

/** The table as CreateTable wants it described. */
export function createTableInput(table: SeedTable): CreateTableCommandInput {
  const indexes = [...Object.values(table.globalIndexes ?? {}), ...Object.values(table.localIndexes ?? {})];
  const attributes = new Set([table.key, ...indexes.map((index) => index.key)].flat());
  return {
    TableName: table.name,
    AttributeDefinitions: [...attributes].filter(isText).map((attribute) => {
      const [AttributeName = '', AttributeType] = attribute.split(':');
      return { AttributeName, AttributeType: AttributeType as 'S' | 'N' | 'B' };
    }),
    KeySchema: keySchema(table.key),
    ...(table.throughput
      ? { BillingMode: 'PROVISIONED', ProvisionedThroughput: throughputOf(table.throughput) }
      : { BillingMode: 'PAY_PER_REQUEST' }),
    ...(table.globalIndexes && {
      GlobalSecondaryIndexes: indexList(table.globalIndexes).map((index) => ({
        ...index,
        ...(table.throughput && { ProvisionedThroughput: throughputOf(table.throughput) }),
      })),
    }),
    ...(table.localIndexes && { LocalSecondaryIndexes: indexList(table.localIndexes) }),
    ...(table.stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
  };
}

function keySchema([hash, range]: Key) {
  const name = (attribute: string) => attribute.split(':')[0];
  return [
    { AttributeName: name(hash), KeyType: 'HASH' as const },
    ...(range === undefined ? [] : [{ AttributeName: name(range), KeyType: 'RANGE' as const }]),
  ];
}

function indexList(indexes: Readonly<Record<string, Index>>) {
  return Object.entries(indexes).map(([IndexName, { key, projection }]) => ({
    IndexName,
    KeySchema: keySchema(key),
    Projection:
      typeof projection === 'string'
        ? { ProjectionType: projection }
        : { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...projection] },
  }));
}

function throughputOf({ read, write }: { read: number; write: number }) {
  return { ReadCapacityUnits: read, WriteCapacityUnits: write };
}

function isText(value: string | undefined): value is string {
  return value !== undefined;
}
