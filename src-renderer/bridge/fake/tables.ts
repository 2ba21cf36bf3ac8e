import type { Condition, FilterGroup, ItemPage, ReadRequest } from '../../../src-shared/contracts/table-reading.ts';
import type { KeyAttribute, TableDetails, TableIndex } from '../../../src-shared/contracts/tables.ts';
import type { Item } from '../../../src-shared/values/attribute-value.ts';
import { sameValue } from '../../../src-shared/values/compare.ts';
import { parseItem, parseValue } from '../../../src-shared/values/parse-item.ts';
import { valueAt } from '../../../src-shared/values/path.ts';
import { itemMakers } from './items.ts';

/** A made-up table: what DynamoDB says of it, and how its items are made. */
export interface FakeTable {
  details: TableDetails;
  /** How many items can really be read. */
  count: number;
  /** The item with this number, as DynamoDB JSON text. */
  item: (index: number) => string;
  /** How far back it can be restored; absent where the engine has no such thing. */
  restorableDays?: number;
}

const hash = (name: string, type: KeyAttribute['type'] = 'S'): KeyAttribute => ({ name, type, role: 'HASH' });
const range = (name: string, type: KeyAttribute['type'] = 'S'): KeyAttribute => ({ name, type, role: 'RANGE' });

function index(part: Pick<TableIndex, 'name' | 'kind' | 'key'> & Partial<TableIndex>): TableIndex {
  return {
    projection: 'ALL',
    projectedAttributes: [],
    status: 'ACTIVE',
    itemCount: 20_400,
    sizeBytes: 3_211_264,
    ...part,
  };
}

function table(
  name: string,
  key: KeyAttribute[],
  count: number,
  more: Partial<TableDetails> & { maker?: keyof typeof itemMakers; restorableDays?: number } = {},
): FakeTable {
  const { maker = 'music', restorableDays, ...details } = more;
  return {
    count,
    ...(restorableDays !== undefined && { restorableDays }),
    item: itemMakers[maker],
    details: {
      name,
      arn: `arn:aws:dynamodb:us-east-1:123456789012:table/${name}`,
      status: 'ACTIVE',
      key,
      indexes: [],
      itemCount: count,
      sizeBytes: count * 214,
      billing: 'on-demand',
      createdAt: Date.UTC(2025, 2, 14, 9, 26, 53),
      deletionProtection: false,
      ...details,
    },
  };
}

const orderIndexes = [
  index({
    name: 'by-status-and-date',
    kind: 'GSI',
    key: [
      hash('Status'),
      hash('Region'),
      hash('Channel'),
      hash('Currency'),
      range('PlacedAt'),
      range('Total', 'N'),
      range('Priority', 'N'),
      range('OrderId'),
    ],
  }),
  index({ name: 'by-email', kind: 'GSI', key: [hash('Email')], projection: 'KEYS_ONLY', sizeBytes: 812_032 }),
  index({
    name: 'by-total',
    kind: 'LSI',
    key: [hash('CustomerId'), range('Total', 'N')],
    projection: 'INCLUDE',
    projectedAttributes: ['Status', 'PlacedAt', 'Email'],
  }),
  index({
    name: 'by-warehouse',
    kind: 'GSI',
    key: [hash('Warehouse')],
    status: 'CREATING',
    itemCount: 0,
    sizeBytes: 0,
  }),
];

const usEast1 = [
  table('AllTypes', [hash('Id')], 14, { maker: 'allTypes', billing: 'provisioned', throughput: { read: 5, write: 5 } }),
  table('BigItems', [hash('Id')], 3, { maker: 'big' }),
  table('Empty', [hash('Id')], 0, {}),
  table('Music', [hash('Artist'), range('SongTitle')], 120, {
    indexes: [index({ name: 'by-genre', kind: 'GSI', key: [hash('Genre'), range('Year', 'N')], itemCount: 120 })],
  }),
  table('Orders', [hash('CustomerId'), range('OrderId')], 20_400, {
    maker: 'orders',
    indexes: orderIndexes,
    streamView: 'NEW_AND_OLD_IMAGES',
    deletionProtection: true,
    tableClass: 'STANDARD',
    restorableDays: 35,
    streamArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/Orders/stream/2026-03-14T09:26:53.000',
    warmThroughput: { read: 12_000, write: 4000 },
    replicas: [
      { region: 'eu-west-1', status: 'ACTIVE' },
      { region: 'ap-southeast-2', status: 'CREATING' },
    ],
    replicaConsistency: 'EVENTUAL',
    encryptionKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/1b2c3d4e-5f60-7182-93a4-b5c6d7e8f901',
    vectorIndexes: [
      {
        name: 'by-meaning',
        attribute: 'Embedding',
        dimensions: 1024,
        distance: 'COSINE',
        projection: 'KEYS_ONLY',
        status: 'ACTIVE',
        sizeBytes: 84_213_760,
      },
    ],
  }),
  table('Sessions', [hash('SessionId')], 340, { maker: 'orders' }),
  table('Telemetry', [hash('Device'), range('At', 'N')], 5000, { maker: 'telemetry' }),
];

/** The tables by region. */
export const fakeRegions: Record<string, FakeTable[]> = {
  'us-east-1': usEast1,
  'eu-west-1': [
    table('Invoices-eu', [hash('InvoiceId')], 900, { maker: 'orders' }),
    table('Music', [hash('Artist'), range('SongTitle')], 12),
  ],
};

/** Many tables, for a list that has to work for its living. */
export function manyTables(count: number): FakeTable[] {
  const areas = ['billing', 'checkout', 'identity', 'inventory', 'search', 'shipping', 'telemetry'];
  return Array.from({ length: count }, (_, number) =>
    table(
      `prod-${areas[number % areas.length]}-${String(number).padStart(4, '0')}`,
      [hash('pk'), range('sk')],
      number * 7,
    ),
  ).sort((a, b) => (a.details.name < b.details.name ? -1 : 1));
}

/** One page of a table. The cursor is the number of the next item, in the shape of a key. */
export function readPage({ count, item }: FakeTable, { request, startKey, limit = 1000 }: FakePage): ItemPage {
  const start = startKey === undefined ? 0 : Number((JSON.parse(startKey) as { next: { N: string } }).next.N);
  // A key finds its items without reading the others.
  const found = request.key.length === 0 ? undefined : allOf(count, item).filter((text) => hasKey(text, request));
  const total = found?.length ?? count;
  const end = Math.min(start + limit, total);
  const read = found?.slice(start, end) ?? Array.from({ length: end - start }, (_, offset) => item(start + offset));
  const items = read.filter((text) => !request.filter || holds(parseItem(text), request.filter));
  return {
    items: request.countOnly ? [] : items,
    count: items.length,
    scannedCount: end - start,
    capacityUnits: Math.max(0.5, Math.ceil((end - start) / 4) / 2),
    retries: 0,
    throttling: [],
    ...(end < total && { lastEvaluatedKey: JSON.stringify({ next: { N: String(end) } }) }),
  };
}

function allOf(count: number, item: FakeTable['item']): string[] {
  return Array.from({ length: count }, (_, index) => item(index));
}

function hasKey(text: string, { key }: ReadRequest): boolean {
  const item = parseItem(text);
  return key.every((condition) => holds(item, condition));
}

/** As much of DynamoDB's conditions as the screens need. */
function holds(item: Item, part: Condition | FilterGroup): boolean {
  if (part.kind === 'group') {
    const ofPart = (inner: Condition | FilterGroup) => holds(item, inner);
    return part.join === 'and' ? part.parts.every(ofPart) : part.parts.length === 0 || part.parts.some(ofPart);
  }
  const value = valueAt(item, part.path);
  const wanted = part.values[0] === undefined ? undefined : parseValue(part.values[0]);
  if (part.operator === 'not_exists') return value === undefined;
  if (part.operator === 'begins_with') {
    return value?.type === 'S' && wanted?.type === 'S' && value.text.startsWith(wanted.text);
  }
  return part.operator === '=' ? sameValue(value, wanted) : value !== undefined;
}

interface FakePage {
  request: ReadRequest;
  startKey?: string | undefined;
  limit?: number | undefined;
}
