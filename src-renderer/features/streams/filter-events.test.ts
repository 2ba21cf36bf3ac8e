import { describe, expect, it } from 'vitest';
import { ItemRow } from '../tables/item-row.ts';
import { changedNames, filterEvents } from './filter-events.ts';
import type { TailEvent } from './stream-tail.ts';

function change(kind: 'INSERT' | 'MODIFY' | 'REMOVE', keys: string, oldImage?: string, newImage?: string): TailEvent {
  return {
    event: {
      ...{ id: keys, kind, at: 0, keys, isExpiry: false },
      ...(oldImage !== undefined && { oldImage }),
      ...(newImage !== undefined && { newImage }),
    },
    keys: new ItemRow(keys),
    oldImage: oldImage === undefined ? undefined : new ItemRow(oldImage),
    newImage: newImage === undefined ? undefined : new ItemRow(newImage),
  };
}

const insert = change('INSERT', '{"id":{"S":"a"}}', undefined, '{"id":{"S":"a"},"city":{"S":"Berlin"}}');
const modify = change(
  'MODIFY',
  '{"id":{"S":"b"}}',
  '{"n":{"N":"1"},"k":{"S":"same"}}',
  '{"n":{"N":"2"},"k":{"S":"same"}}',
);
const events = [insert, modify];

describe('the changes that are shown', () => {
  it('are all of them, or those of a kind', () => {
    expect(filterEvents(events, 'all', '')).toBe(events);
    expect(filterEvents(events, 'MODIFY', '')).toEqual([modify]);
  });

  it('are those in which the words stand', () => {
    expect(filterEvents(events, 'all', 'BERLIN')).toEqual([insert]);
    expect(filterEvents(events, 'MODIFY', 'berlin')).toEqual([]);
  });

  it('name the attributes that became different', () => {
    expect(changedNames(modify)).toEqual(['n']);
    expect(changedNames(insert)).toEqual([]);
  });
});
