import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { askEngine } from '../engine/ask.ts';
import { openDataFolders } from '../engine/data-folders.ts';
import { Engines, type RegionEngine } from '../engine/engines.ts';
import { engines } from '../testing/test-sandbox.ts';
import { prepareTables } from './prepare.ts';
import { seedTables } from './seed-tables.ts';
import type { SeedTable } from './table.ts';
import type { Item } from './values.ts';

const scanned = z.object({ Items: z.array(z.unknown()), LastEvaluatedKey: z.unknown().optional() });

/** These prepare everything that is shipped, and read it back. */
describe.each(engines)('the prepared tables of %s', (name) => {
  let folder: string;
  let all: Engines;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rolegate-seeds-'));
    await prepareTables(join(folder, 'prepared'), name);
    all = new Engines(name, await openDataFolders(join(folder, 'state'), join(folder, 'prepared'), name));
  });
  afterAll(async () => {
    await all?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(Object.keys(seedTables))('are those of %s', async (region) => {
    const { http } = await all.of(region);
    const tables = seedTables[region] ?? [];
    expect(await askEngine(http, 'ListTables', {})).toEqual({ TableNames: tables.map((table) => table.name).sort() });
  });

  it('hold every item, with every value as it was written', async () => {
    for (const [region, tables] of Object.entries(seedTables)) {
      const engine = await all.of(region);
      for (const table of tables) {
        const found = new Map((await scanAll(engine, table.name)).map((item) => [keyOf(table, item), item]));
        const items = [...table.items()];
        expect([table.name, found.size]).toEqual([table.name, items.length]);
        // Comparing the big table value by value would take longer than all the others.
        for (const item of items.length > 10_000 ? items.slice(0, 500) : items) {
          expect(found.get(keyOf(table, item))).toEqual(
            normalized(name === 'dynalite' ? withoutPrototypeName(item) : item),
          );
        }
      }
    }
  });

  it('have indexes that answer', async () => {
    const { http } = await all.of('us-east-1');
    const query = {
      TableName: 'Orders',
      IndexName: 'Status-OrderedAt-index',
      KeyConditionExpression: '#s = :s',
      ExpressionAttributeNames: { '#s': 'Status' },
      ExpressionAttributeValues: { ':s': { S: 'PACKED' } },
    };
    const answer = scanned.parse(await askEngine(http, 'Query', query));
    expect(answer.Items.length).toBeGreaterThan(10);
  });

  it('leave nothing behind but the data', async () => {
    expect(await readdir(join(folder, 'prepared'))).toEqual([name]);
    expect((await readdir(join(folder, 'prepared', name))).sort()).toEqual(Object.keys(seedTables).sort());
    if (name === 'dynoxide') {
      expect((await readdir(join(folder, 'prepared', name, 'us-east-1'))).sort()).toEqual([
        'statistics.json',
        'tables.db',
      ]);
    }
  });
});

describe.runIf(engines.includes('dynoxide'))('what only dynoxide has', () => {
  it('is prepared too: time to live, tags, streams and throughput', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rolegate-seeds-'));
    const regions = {
      'us-east-1': (seedTables['us-east-1'] ?? [])
        .filter((table) => ['Sessions', 'Orders'].includes(table.name))
        .map(withFewItems),
    };
    await prepareTables(join(folder, 'prepared'), 'dynoxide', regions);
    const all = new Engines(
      'dynoxide',
      await openDataFolders(join(folder, 'state'), join(folder, 'prepared'), 'dynoxide'),
    );
    try {
      const { http } = await all.of('us-east-1');
      expect(await askEngine(http, 'DescribeTimeToLive', { TableName: 'Sessions' })).toEqual({
        TimeToLiveDescription: { AttributeName: 'ExpiresAt', TimeToLiveStatus: 'ENABLED' },
      });
      expect(await askEngine(http, 'DescribeTable', { TableName: 'Orders' })).toMatchObject({
        Table: { StreamSpecification: { StreamEnabled: true }, BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' } },
      });
      expect(await askEngine(http, 'DescribeTable', { TableName: 'Sessions' })).toMatchObject({
        Table: { ProvisionedThroughput: { ReadCapacityUnits: 25, WriteCapacityUnits: 10 } },
      });
      const arn = 'arn:aws:dynamodb:us-east-1:123456789000:table/Orders';
      expect(await askEngine(http, 'ListTagsOfResource', { ResourceArn: arn })).toMatchObject({
        Tags: expect.arrayContaining([{ Key: 'team', Value: 'checkout' }]),
      });
    } finally {
      await all.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

function withFewItems(table: SeedTable): SeedTable {
  return { ...table, items: () => [...table.items()].slice(0, 5) };
}

async function scanAll({ http }: RegionEngine, table: string): Promise<Item[]> {
  const items: Item[] = [];
  let start: unknown;
  do {
    const page = scanned.parse(await askEngine(http, 'Scan', { TableName: table, ExclusiveStartKey: start }));
    items.push(...(page.Items as Item[]));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

function keyOf(table: SeedTable, item: Item): string {
  return JSON.stringify(table.key.map((attribute) => item[attribute?.split(':')[0] ?? '']));
}

function withoutPrototypeName(item: Item): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== '__proto__'));
}

/** DynamoDB writes numbers without exponents and needless zeros, and keeps sets in no order. */
function normalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalized);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([type, content]) => {
    if (type === 'N' && typeof content === 'string') return [type, plainNumber(content)];
    if (type === 'NS' && Array.isArray(content)) return [type, expect.toSatisfy(sameMembers(content.map(plainNumber)))];
    if (/^[SB]S$/.test(type) && Array.isArray(content)) return [type, expect.toSatisfy(sameMembers(content))];
    return [type, normalized(content)];
  });
  return Object.fromEntries(entries);
}

function sameMembers(expected: readonly string[]): (actual: string[]) => boolean {
  return (actual) => JSON.stringify([...actual].sort()) === JSON.stringify([...expected].sort());
}

function plainNumber(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:E([-+]?\d+))?$/.exec(text) ?? [];
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = digits
    .padStart(digits.length - Math.min(point - 1, 0), '0')
    .padEnd(Math.max(point, digits.length), '0');
  const position = Math.max(point, 1);
  const integer = padded.slice(0, position).replace(/^0+(?=\d)/, '');
  const decimals = padded.slice(position).replace(/0+$/, '');
  return `${sign}${integer}${decimals === '' ? '' : `.${decimals}`}`;
}
