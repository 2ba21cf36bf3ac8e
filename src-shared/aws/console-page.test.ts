import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consoleFragment, consolePage } from './console-page.ts';

describe('a page of DynamoDB’s console', () => {
  it('is the table’s, its items’, a query’s or an item’s', () => {
    expect(consolePage({ kind: 'table', table: 'a.b' })).toEqual({
      page: 'dynamodbv2/home',
      fragment: 'table?name=a.b',
    });
    const fragment = (target: Parameters<typeof consolePage>[0]) => consolePage(target).fragment;
    expect(fragment({ kind: 'items', table: 'T' })).toBe('item-explorer?table=T');
    expect(fragment({ kind: 'items', table: 'T', partitionKey: 'a b' })).toBe(
      'item-explorer?operation=QUERY&pk=a%20b&table=T',
    );
    expect(
      fragment({
        kind: 'items',
        table: 'T',
        index: 'by-genre',
        partitionKey: 'Jazz',
        sortKey: { operator: 'begins_with', value: 'a' },
        descending: true,
      }),
    ).toBe('item-explorer?index=by-genre&operation=QUERY&pk=Jazz&sk=a&skComparator=BEGINS_WITH&sorting=DESC&table=T');
    expect(fragment({ kind: 'items', table: 'T', filters: [{ name: 'Is & was', type: 'N', value: '0' }] })).toBe(
      'item-explorer?filter1Comparator=EQUAL&filter1Name=Is%20%26%20was&filter1Type=N&filter1Value=0&operation=SCAN&table=T',
    );
    expect(fragment({ kind: 'item', table: 'T', partitionKey: '1', sortKey: 'x&table=U#' })).toBe(
      'edit-item?itemMode=2&pk=1&sk=x%26table%3DU%23&route=ROUTE_ITEM_EXPLORER&table=T',
    );
  });

  it('holds any key, which cannot lead elsewhere', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (partitionKey, sortKey) => {
        const { fragment } = consolePage({ kind: 'item', table: 'T', partitionKey, sortKey });
        expect(fragment).toMatch(consoleFragment);
        const url = new URL('https://console.aws.amazon.com/dynamodbv2/home');
        url.hash = fragment;
        expect(url.hash).toBe(`#${fragment}`);
        const values = new URLSearchParams(fragment.slice(fragment.indexOf('?')));
        expect(values.getAll('table')).toEqual(['T']);
        expect(values.get('sk')).toBe(sortKey.toWellFormed());
      }),
    );
  });
});
