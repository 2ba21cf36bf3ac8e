import { describe, expect, it } from 'vitest';
import { countTable } from './count.ts';
import { seedTables } from './seed-tables.ts';
import type { SeedTable } from './table.ts';

const tables = Object.values(seedTables).flat();
const table = (name: string): SeedTable => {
  const found = tables.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

describe('the seed tables', () => {
  it('are the same every time they are made', () => {
    for (const { name, items } of tables) {
      expect([name, JSON.stringify([...items()])]).toEqual([name, JSON.stringify([...items()])]);
    }
  });

  it('have one with more than 20,000 items, two global indexes and a local one', () => {
    const orders = countTable(table('Orders'));
    expect(orders.itemCount).toBe(21_000);
    expect(Object.keys(orders.indexes)).toHaveLength(3);
    // A sparse index holds fewer.
    expect(orders.indexes['TrackingNumber-index']?.itemCount).toBeLessThan(15_000);
  });

  it('have one with about a hundred attributes, none of whose items has them all', () => {
    const items = [...table('Products').items()];
    const names = new Set(items.flatMap((item) => Object.keys(item)));
    expect(names.size).toBeGreaterThan(90);
    expect(Math.max(...items.map((item) => Object.keys(item).length))).toBeLessThan(50);
  });

  it('have one with every type and an item of about 300 KB', () => {
    const items = [...table('EveryType').items()];
    const json = JSON.stringify(items);
    for (const type of ['S', 'N', 'B', 'BOOL', 'NULL', 'L', 'M', 'SS', 'NS', 'BS'])
      expect(json).toContain(`{"${type}":`);
    const sizes = items.map((item) => JSON.stringify(item).length);
    expect(Math.max(...sizes)).toBeGreaterThan(300_000);
    expect(items.some((item) => Object.hasOwn(item, '__proto__'))).toBe(true);
  });

  it('have keys that are unique', () => {
    for (const { name, key, items } of tables) {
      const keys = [...items()].map((item) =>
        JSON.stringify(key.map((attribute) => item[attribute?.split(':')[0] ?? ''])),
      );
      expect([name, new Set(keys).size]).toEqual([name, keys.length]);
    }
  });

  it('have one with a dot in its name, and the one of the seeds in Canada', () => {
    expect(tables.some(({ name }) => name.includes('.'))).toBe(true);
    expect(seedTables['ca-central-1']?.map(({ name }) => name)).toContain('my-dynamodb-table');
  });

  it('have sessions that end in years, so that no engine clears them away', () => {
    for (const item of table('Sessions').items()) {
      const value = item['ExpiresAt'];
      expect(value && 'N' in value ? Number(value.N) : 0).toBeGreaterThan(Date.UTC(2033, 0, 1) / 1000 - 1);
    }
  });
});
