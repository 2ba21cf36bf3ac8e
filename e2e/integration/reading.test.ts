import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallOutput } from '../../src-shared/contracts/calls.ts';
import type { ItemPage } from '../../src-shared/contracts/table-reading.ts';
import type { TableDetails } from '../../src-shared/contracts/tables.ts';
import { type ConditionDraft, type Criteria, emptyCriteria, type KeyDraft } from '../../src-shared/reading/criteria.ts';
import type { Operator } from '../../src-shared/reading/operators.ts';
import { planRead } from '../../src-shared/reading/plan.ts';
import { wholeTable } from '../../src-shared/reading/whole-table.ts';
import { parseItem } from '../../src-shared/values/parse-item.ts';
import { prettyItem } from '../../src-shared/values/write-value.ts';
import { alice, exampleRole, removeHome, startTestEngine, type TestEngine, temporaryHome } from './test-engine.ts';

/** DynamoDB names attributes in any order. */
const sorted = (text: string) => prettyItem(parseItem(text));

/** What the query bar makes of what is filled in, run against the engine. */
describe('reading a table', () => {
  const home = temporaryHome();
  let test: TestEngine;
  let where: { appSessionId: string; region: string };
  const tables = new Map<string, TableDetails>();

  beforeAll(async () => {
    test = await startTestEngine(home);
    await test.calls.call('session.login', alice);
    const { id } = await test.calls.call('appSessions.start', { app: 'aws', roleArn: exampleRole });
    where = { appSessionId: id, region: 'us-east-1' };
    for (const table of ['Orders', 'Music', 'EveryType']) {
      tables.set(table, await test.calls.call('tables.describe', { ...where, table }));
    }
  });
  afterAll(async () => {
    await test.stop();
    removeHome(home);
  });

  const readPage = (table: string, input: Partial<Parameters<typeof readPageOf>[1]>): Promise<ItemPage> =>
    readPageOf(table, { request: wholeTable(), ...input });
  const readPageOf = (table: string, input: Omit<Input, 'appSessionId' | 'region' | 'table' | 'readId'>) =>
    test.calls.call('tables.readPage', { ...where, table, readId: 'read-of-a-test', ...input });
  type Input = Parameters<typeof test.calls.call<'tables.readPage'>>[1];

  function requestOf(table: string, more: Partial<Criteria>) {
    const plan = planRead({ ...emptyCriteria(), ...more }, tables.get(table)!);
    expect(plan.problems).toEqual([]);
    return plan.request!;
  }
  async function all(table: string, more: Partial<Criteria>): Promise<CallOutput<'tables.readPage'>['items']> {
    const request = requestOf(table, more);
    const items: string[] = [];
    let startKey: string | undefined;
    do {
      const page = await readPage(table, { request, limit: 1000, ...(startKey && { startKey }) });
      items.push(...page.items);
      startKey = page.lastEvaluatedKey;
    } while (startKey);
    return items;
  }
  const key = (name: string, operator: KeyDraft['operator'], ...values: string[]) => ({ name, operator, values });
  const filter = (...parts: Criteria['filter']['parts']) =>
    ({ filter: { kind: 'group', id: 'r', join: 'and', parts } }) as const;
  const condition = (path: string, operator: Operator, type: ConditionDraft['type'], ...values: string[]) =>
    ({ kind: 'condition', id: path, path, of: 'value', operator, type, values }) as const satisfies ConditionDraft;

  it('gets, queries and scans', async () => {
    const [first] = (await readPage('Orders', { limit: 1 })).items;
    const item = parseItem(first!);
    const text = (name: string) => (item.get(name) as { text: string }).text;
    const customer = key('CustomerId', '=', text('CustomerId'));
    const [got] = await all('Orders', { keys: [customer, key('OrderId', '=', text('OrderId'))] });
    expect(sorted(got!)).toBe(sorted(first!));
    const orders = await all('Orders', { keys: [customer] });
    expect(orders.length).toBeGreaterThan(0);
    expect(orders.map(sorted)).toContain(sorted(first!));
    const none = await all('Orders', { keys: [customer, key('OrderId', '=', 'nothing')] });
    expect(none).toEqual([]);
  });

  it('orders by the sort key of the index, forwards and backwards, with the right cursors', async () => {
    const keys = [key('Status', '=', 'CANCELLED')];
    const request = requestOf('Orders', { index: 'Status-OrderedAt-index', keys });
    const forwards: string[] = [];
    let startKey: string | undefined;
    do {
      const page = await readPage('Orders', { request, limit: 50, ...(startKey && { startKey }) });
      forwards.push(...page.items);
      startKey = page.lastEvaluatedKey;
    } while (startKey);
    expect(forwards.length).toBeGreaterThan(100);
    expect(new Set(forwards).size).toBe(forwards.length);
    const times = forwards.map((text) => (parseItem(text).get('OrderedAt') as { text: string }).text);
    expect(times).toEqual([...times].sort());
    const backwards = await all('Orders', { index: 'Status-OrderedAt-index', keys, descending: true });
    expect(sorted(backwards[0]!)).toBe(sorted(forwards.at(-1)!));
  });

  it.each([
    ['=', 'S', ['CANCELLED']],
    ['<>', 'S', ['CANCELLED']],
    ['<', 'S', ['D']],
    ['<=', 'S', ['DELIVERED']],
    ['>', 'S', ['D']],
    ['>=', 'S', ['SHIPPED']],
    ['between', 'S', ['A', 'D']],
    ['in', 'S', ['PAID, PACKED']],
    ['begins_with', 'S', ['CAN']],
    ['not_begins_with', 'S', ['CAN']],
    ['contains', 'S', ['ELL']],
    ['not_contains', 'S', ['ELL']],
    ['exists', 'S', []],
    ['type', 'S', ['S']],
  ] as const)('filters with %s', async (operator, type, values) => {
    const request = requestOf('Orders', filter(condition('Status', operator, type, ...values)));
    const page = await readPage('Orders', { request });
    expect(page.count).toBeGreaterThan(0);
    expect(page.scannedCount).toBeGreaterThanOrEqual(page.count);
  });

  it.each([
    ['between', ['2', '3'], (size: number) => size === 2 || size === 3],
    ['<>', ['1'], (size: number) => size !== 1],
  ] as const)('filters by a size that is %s', async (operator, values, holds) => {
    const sized: Criteria['filter']['parts'][number] = { ...condition('Lines', operator, 'N', ...values), of: 'size' };
    const page = await readPage('Orders', { request: requestOf('Orders', filter(sized)), limit: 200 });
    const sizes = page.items.map((item) => JSON.parse(item).Lines.L.length as number);
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.every(holds)).toBe(true);
  });

  it('filters by numbers, sizes, paths, missing attributes and groups of conditions', async () => {
    const total = await all(
      'Orders',
      filter(condition('Total', '>', 'N', '100'), condition('Coupon', 'not_exists', 'S')),
    );
    expect(total.length).toBeGreaterThan(0);
    const nested = await all('Orders', filter(condition('Lines[0].Quantity', '=', 'N', '4')));
    expect(nested.length).toBeGreaterThan(0);
    const long = await all('Orders', filter({ ...condition('Lines', '>=', 'N', '3'), of: 'size' }));
    expect(long.length).toBeGreaterThan(0);
    const either = await all('Orders', {
      filter: {
        kind: 'group',
        id: 'r',
        join: 'or',
        parts: [
          condition('Coupon', '=', 'S', 'WELCOME'),
          {
            kind: 'group',
            id: 'g',
            join: 'and',
            parts: [condition('Gift', '=', 'BOOL', 'true'), condition('Total', '<', 'N', '20')],
          },
        ],
      },
    });
    expect(either.length).toBeGreaterThan(0);
    for (const text of either) expect(text).toMatch(/WELCOME|"Gift":\{"BOOL":true\}/);
  });

  it('answers filtered pages that are empty, with a place to go on from', async () => {
    const request = requestOf('Orders', filter(condition('Status', '=', 'S', 'nothing like it')));
    const page = await readPage('Orders', { request, limit: 100 });
    expect(page).toMatchObject({ items: [], count: 0, scannedCount: 100 });
    expect(page.lastEvaluatedKey).toBeDefined();
  });

  it('brings only what is wanted, and the key', async () => {
    const [item] = await all('Orders', {
      projection: 'Total, Lines[0].Sku',
      keys: [],
      ...filter(condition('Status', '=', 'S', 'PAID')),
    });
    expect([...parseItem(item!).keys()].sort()).toEqual(['CustomerId', 'Lines', 'OrderId', 'Total']);
  });

  it('counts without bringing anything', async () => {
    const page = await readPage('Orders', { request: { ...wholeTable(), countOnly: true } });
    expect(page.items).toEqual([]);
    expect(page.count).toBeGreaterThan(100);
  });

  it('says what AWS says of a filter that cannot be', async () => {
    const request = { ...wholeTable(), consistent: true, index: 'Status-OrderedAt-index' };
    await expect(readPage('Orders', { request })).rejects.toMatchObject({
      code: 'aws',
      awsCode: 'ValidationException',
    });
  });

  it('stops a page that is being read', async () => {
    const reading = readPage('Orders', {});
    await test.calls.call('tables.cancel', { readId: 'read-of-a-test' });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  });
});
