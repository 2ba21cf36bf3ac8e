import { describe, expect, it } from 'vitest';
import type { GroupDraft } from '../../../../src-shared/reading/criteria.ts';
import { conditionCount, newCondition, newGroup, withNewPart, withoutPart, withPart } from './change-filter.ts';

const root: GroupDraft = { kind: 'group', id: 'root', join: 'and', parts: [] };

describe('changing a filter', () => {
  it('adds, changes and removes parts at any depth', () => {
    const one = newCondition();
    const inner = newGroup('or');
    const filter = withNewPart(withNewPart(root, 'root', one), 'root', inner);
    expect(conditionCount(filter)).toBe(2);
    const deeper = withNewPart(filter, inner.id, { ...newCondition(), id: 'deep' });
    const changed = withPart(deeper, 'deep', { path: 'a.b' });
    expect(JSON.stringify(changed)).toContain('"path":"a.b"');
    expect(conditionCount(withoutPart(changed, one.id))).toBe(2);
  });

  it('leaves no empty group behind', () => {
    const inner = newGroup('or');
    const filter = withNewPart(root, 'root', inner);
    expect(withoutPart(filter, inner.parts[0]!.id).parts).toEqual([]);
  });
});
