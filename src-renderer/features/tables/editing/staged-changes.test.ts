import { describe, expect, it } from 'vitest';
import type { StagedChange } from '../../../../src-shared/contracts/staging.ts';
import { parseItem } from '../../../../src-shared/values/parse-item.ts';
import { changeWords, rebased, withDelete, withEdit } from './staged-changes.ts';

const keys = ['id'];
const base = '{"id":{"S":"1"},"a":{"N":"1"},"b":{"S":"x"}}';
const item = (text: string) => parseItem(text);
const edited = '{"id":{"S":"1"},"a":{"N":"2"},"b":{"S":"x"}}';
const edit: StagedChange = { kind: 'edit', id: 'e', base, item: edited };

describe('staging', () => {
  it('keeps the first base over several edits, and nothing when it is the base again', () => {
    const once = withEdit([], { id: 'e', base, item: item(edited) }, keys);
    expect(once).toEqual([edit]);
    const twice = withEdit(once, { id: 'f', base: edited, item: item(edited.replace('"2"', '"3"')) }, keys);
    expect(twice).toEqual([{ ...edit, item: edited.replace('"2"', '"3"') }]);
    expect(withEdit(twice, { id: 'g', base, item: item(base.replace('"1"},"b"', '"1.0"},"b"')) }, keys)).toEqual([]);
  });

  it('edits a new item in place, and forgets it when it is deleted', () => {
    const insert: StagedChange = { kind: 'insert', id: 'i', item: base };
    expect(withEdit([insert], { id: 'e', base, item: item(edited) }, keys)).toEqual([{ ...insert, item: edited }]);
    expect(withDelete([insert], { id: 'd', base }, keys)).toEqual([]);
  });

  it('deletes what was edited as it is in the table, and lets it live again', () => {
    const deleted = withDelete([edit], { id: 'd', base }, keys);
    expect(deleted).toEqual([{ kind: 'delete', id: 'e', base }]);
    expect(withDelete(deleted, { id: 'd', base }, keys)).toEqual([]);
  });

  it('puts mine on top of theirs', () => {
    const theirs = '{"id":{"S":"1"},"a":{"N":"9"},"b":{"S":"theirs"}}';
    expect(rebased(edit, theirs)).toEqual({ ...edit, base: theirs, item: theirs.replace('"9"', '"2"') });
    expect(rebased(edit, undefined)).toEqual({ kind: 'insert', id: 'e', item: edited });
    expect(rebased({ kind: 'delete', id: 'd', base }, undefined)).toBeUndefined();
    expect(rebased({ kind: 'insert', id: 'i', item: edited }, theirs)).toMatchObject({ kind: 'edit', base: theirs });
  });

  it('says what there is', () => {
    expect(changeWords([edit, { ...edit, id: 'x' }, { kind: 'delete', id: 'd', base }])).toBe('2 edits · 1 delete');
  });
});
