import { describe, expect, it } from 'vitest';
import { listOrder } from './list-order.ts';

const names = Array.from({ length: 30 }, (_, index) => `table-${String(index).padStart(2, '0')}`);

describe('the order of the table list', () => {
  it('has what is pinned on top, then what was looked at lately, each once', () => {
    const order = listOrder(names, ['table-07'], ['table-20', 'table-07', 'gone', 'table-03'], '');
    expect(order.names.slice(0, 4)).toEqual(['table-07', 'table-20', 'table-03', 'table-00']);
    expect([...order.recent]).toEqual(['table-20', 'table-03']);
    expect(order.names).toHaveLength(30);
  });

  it('is by name where all can be seen at once, and for who searches', () => {
    expect(listOrder(names.slice(0, 10), [], ['table-05'], '').names[0]).toBe('table-00');
    expect(listOrder(names, ['table-09'], ['table-05'], '0').names.slice(0, 2)).toEqual(['table-09', 'table-00']);
    expect(listOrder(names, [], [], 'TABLE 29').names).toEqual(['table-29']);
  });
});
