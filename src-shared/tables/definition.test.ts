import { describe, expect, it } from 'vitest';
import type { TableDefinition } from '../contracts/table-management.ts';
import { definitionLike, definitionProblems } from './definition.ts';

const good: TableDefinition = {
  name: 'Orders',
  key: [
    { name: 'pk', type: 'S', role: 'HASH' },
    { name: 'sk', type: 'N', role: 'RANGE' },
  ],
  indexes: [
    {
      name: 'by-total',
      kind: 'LSI',
      key: [
        { name: 'pk', type: 'S', role: 'HASH' },
        { name: 'total', type: 'N', role: 'RANGE' },
      ],
      projection: 'ALL',
      projectedAttributes: [],
    },
  ],
  billing: { mode: 'on-demand' },
  deletionProtection: false,
  tags: [],
};
const index = good.indexes[0]!;

describe('definitionProblems', () => {
  it('has nothing against a good definition', () => {
    expect(definitionProblems(good)).toEqual([]);
  });

  it.each([
    [{ name: 'a b' }, 'name'],
    [{ key: [] }, 'key'],
    [{ key: [good.key[0]!, { ...good.key[0]!, role: 'RANGE' }] }, 'key'],
    [{ indexes: [index, index] }, 'index 1'],
    [{ indexes: [{ ...index, key: [good.key[0]!] }] }, 'index 0'],
    [{ indexes: [{ ...index, projection: 'INCLUDE' }] }, 'index 0'],
    [{ indexes: [{ ...index, kind: 'GSI', key: [{ name: 'sk', type: 'S', role: 'HASH' }] }] }, 'index 0'],
    [{ indexes: Array.from({ length: 6 }, (_, n) => ({ ...index, name: `lsi-${n}` })) }, 'indexes'],
  ] as [Partial<TableDefinition>, string][])('finds what is wrong with %j', (wrong, where) => {
    expect(definitionProblems({ ...good, ...wrong }).map((problem) => problem.where)).toContain(where);
  });
});

describe('definitionLike', () => {
  it('is the same table under another name', () => {
    const details = {
      ...good,
      status: 'ACTIVE',
      itemCount: 1,
      sizeBytes: 1,
      billing: 'provisioned',
      throughput: { read: 3, write: 4 },
      streamView: 'NEW_IMAGE',
      tableClass: 'STANDARD_INFREQUENT_ACCESS',
    } as const;
    expect(definitionLike({ ...details, indexes: [...good.indexes], key: [...good.key] }, 'Copy')).toEqual({
      ...good,
      name: 'Copy',
      billing: { mode: 'provisioned', read: 3, write: 4 },
      stream: 'NEW_IMAGE',
      tableClass: 'STANDARD_INFREQUENT_ACCESS',
    });
  });
});
