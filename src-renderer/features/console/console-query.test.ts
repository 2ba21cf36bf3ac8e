import { describe, expect, it } from 'vitest';
import type { Condition, ReadRequest } from '../../../src-shared/contracts/table-reading.ts';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { consoleQuery } from './console-query.ts';

const details = {
  key: [
    { name: 'pk', type: 'S', role: 'HASH' },
    { name: 'sk', type: 'N', role: 'RANGE' },
  ],
  indexes: [
    { name: 'by-genre', key: [{ name: 'Genre', type: 'S', role: 'HASH' }] },
    {
      name: 'by-two',
      key: [
        { name: 'a', type: 'S', role: 'HASH' },
        { name: 'b', type: 'S', role: 'HASH' },
      ],
    },
  ],
} as unknown as TableDetails;
const is = (name: string, value: string, operator: Condition['operator'] = '='): Condition => ({
  kind: 'condition',
  path: [name],
  of: 'value',
  operator,
  values: [value],
});
const asked = (key: Condition[], more: Partial<ReadRequest> = {}): ReadRequest => ({
  operation: 'Query',
  key,
  projection: [],
  consistent: false,
  descending: false,
  countOnly: false,
  ...more,
});
const of = (request: ReadRequest) => consoleQuery('T', request, details);

describe('a query in the console', () => {
  it('is one of the table or of an index, with its sort key, its direction and what is equal', () => {
    expect(of(asked([is('pk', '{"S":"a"}'), is('sk', '{"N":"1"}')]))).toEqual({
      target: { kind: 'items', table: 'T', partitionKey: 'a', sortKey: { operator: '=', value: '1' } },
    });
    const filter = { kind: 'group' as const, join: 'and' as const, parts: [is('Year', '{"N":"1999"}')] };
    expect(of(asked([is('Genre', '{"S":"Jazz"}')], { index: 'by-genre', descending: true, filter }))).toEqual({
      target: {
        kind: 'items',
        table: 'T',
        index: 'by-genre',
        partitionKey: 'Jazz',
        descending: true,
        filters: [{ name: 'Year', type: 'N', value: '1999' }],
      },
    });
    expect(of(asked([], { operation: 'Scan', index: 'by-genre' }))).toEqual({
      target: { kind: 'items', table: 'T', index: 'by-genre' },
    });
  });

  it('says why it cannot be one', () => {
    const reasonOf = (request: ReadRequest) => (of(request) as { reason?: string }).reason;
    expect(reasonOf(asked([is('pk', '{"B":"AA=="}')]))).toContain('binary');
    expect(reasonOf(asked([is('pk', '{"S":"a"}'), is('sk', '{"N":"1"}', '<')]))).toContain('begins with');
    expect(reasonOf(asked([is('a', '{"S":"1"}'), is('b', '{"S":"2"}')], { index: 'by-two' }))).toContain('several');
    const either = { kind: 'group' as const, join: 'or' as const, parts: [is('x', '{"N":"1"}'), is('y', '{"N":"1"}')] };
    const inner = { kind: 'group' as const, join: 'and' as const, parts: [either] };
    for (const filter of [either, inner, { ...inner, parts: [is('x', '{"BOOL":true}')] }]) {
      expect(reasonOf(asked([], { operation: 'Scan', filter }))).toContain('filter');
    }
  });
});
