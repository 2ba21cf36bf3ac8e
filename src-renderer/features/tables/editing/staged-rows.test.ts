import { describe, expect, it } from 'vitest';
import type { StagedChange } from '../../../../src-shared/contracts/staging.ts';
import { ItemRow } from '../item-row.ts';
import { StagedOverlay } from './staged-rows.ts';

const text = (id: string, a: string) => `{"id":{"S":"${id}"},"a":{"N":"${a}"}}`;
const rows = ['1', '2', '3'].map((id) => new ItemRow(text(id, '0')));
const keys = ['id'];

describe('StagedOverlay', () => {
  it('shows new items first, edited ones in their places, deleted ones still there', () => {
    const changes: StagedChange[] = [
      { kind: 'edit', id: 'e', base: text('2', '0'), item: text('2', '5') },
      { kind: 'delete', id: 'd', base: text('3', '0') },
      { kind: 'insert', id: 'i', item: text('9', '1') },
    ];
    const overlay = new StagedOverlay();
    const shown = overlay.over(rows, changes, keys);
    expect(shown.rows.map((row) => row.text)).toEqual([text('9', '1'), text('1', '0'), text('2', '5'), text('3', '0')]);
    expect(shown.rows.map((row) => shown.marks.get(row)?.change.kind)).toEqual(['insert', undefined, 'edit', 'delete']);
    expect([...shown.marks.get(shown.rows[2]!)!.names]).toEqual(['a']);
    // The same rows come out again, so that what is picked stays picked.
    expect(overlay.over(rows, [...changes], keys).rows).toEqual(shown.rows);
  });

  it('leaves the rows alone while nothing is staged, or their key is not known', () => {
    expect(new StagedOverlay().over(rows, [], keys).rows).toBe(rows);
    expect(new StagedOverlay().over(rows, [{ kind: 'delete', id: 'd', base: text('1', '0') }], []).rows).toBe(rows);
  });
});
