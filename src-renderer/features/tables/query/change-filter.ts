import type { ConditionDraft, GroupDraft } from '../../../../src-shared/reading/criteria.ts';
import { newId } from '../../../state/new-id.ts';

/** A new, empty condition. */
export function newCondition(): ConditionDraft {
  return {
    kind: 'condition',
    id: newId(),
    path: '',
    of: 'value',
    operator: '=',
    type: 'S',
    values: ['', ''],
  };
}

/** A new group with one empty condition. */
export function newGroup(join: GroupDraft['join']): GroupDraft {
  return { kind: 'group', id: newId(), join, parts: [newCondition()] };
}

/** The filter with a part changed. */
export function withPart<Part extends ConditionDraft | GroupDraft>(
  group: GroupDraft,
  id: string,
  changes: Partial<Part>,
): GroupDraft {
  if (group.id === id) return { ...group, ...(changes as Partial<GroupDraft>) };
  return {
    ...group,
    parts: group.parts.map((part) => {
      if (part.id === id) return { ...part, ...changes } as ConditionDraft | GroupDraft;
      return part.kind === 'group' ? withPart(part, id, changes) : part;
    }),
  };
}

/** The filter with a part more at the end of one of its groups. */
export function withNewPart(group: GroupDraft, groupId: string, part: ConditionDraft | GroupDraft): GroupDraft {
  if (group.id === groupId) return { ...group, parts: [...group.parts, part] };
  return {
    ...group,
    parts: group.parts.map((inner) => (inner.kind === 'group' ? withNewPart(inner, groupId, part) : inner)),
  };
}

/** The filter without a part, and without groups that this has left empty. */
export function withoutPart(group: GroupDraft, id: string): GroupDraft {
  const parts = group.parts
    .filter((part) => part.id !== id)
    .map((part) => (part.kind === 'group' ? withoutPart(part, id) : part))
    .filter((part) => part.kind === 'condition' || part.parts.length > 0);
  return { ...group, parts };
}

/** How many conditions there are. */
export function conditionCount(group: GroupDraft): number {
  return group.parts.reduce((sum, part) => sum + (part.kind === 'group' ? conditionCount(part) : 1), 0);
}
