import type { Operator } from './operators.ts';

/** What a person has filled in to read a table: text as typed, which a plan turns into a request. */

/** The types that a value can be typed in as; JSON is any value as DynamoDB JSON (`{"SS":["a"]}`). */
export type TypedAs = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'JSON';

export interface ConditionDraft {
  kind: 'condition';
  /** Tells it from the others, for as long as it is on the screen. */
  id: string;
  path: string;
  of: 'value' | 'size';
  operator: Operator;
  type: TypedAs;
  /** As typed; the second one is for `between`. */
  values: string[];
}

export interface GroupDraft {
  kind: 'group';
  id: string;
  join: 'and' | 'or';
  parts: (ConditionDraft | GroupDraft)[];
}

/** What a sort key can be compared with. */
export type KeyOperator = '=' | '<' | '<=' | '>' | '>=' | 'between' | 'begins_with';

export interface KeyDraft {
  name: string;
  operator: KeyOperator;
  values: string[];
}

/** Where a read stops by itself. */
export interface Budget {
  matches: number;
  pages: number;
  seconds: number;
  /** Read units; no limit without it. */
  units?: number | undefined;
}

export interface Criteria {
  index?: string | undefined;
  /** By attribute; those of other indexes are kept for when their index comes back. */
  keys: KeyDraft[];
  filter: GroupDraft;
  /** Paths, separated by commas; everything when empty. */
  projection: string;
  consistent: boolean;
  descending: boolean;
  budget: Budget;
}

/** Where an interactive read stops unless somebody says otherwise. */
export const usualBudget: Budget = { matches: 200, pages: 10, seconds: 10 };

/** Nothing asked for: everything in the table. */
export function emptyCriteria(): Criteria {
  return {
    keys: [],
    filter: { kind: 'group', id: 'root', join: 'and', parts: [] },
    projection: '',
    consistent: false,
    descending: false,
    budget: usualBudget,
  };
}

/** The criteria with every value taken out: what can be kept and shared without a word of anybody's data. */
export function withoutValues(criteria: Criteria): Criteria {
  return {
    ...criteria,
    keys: criteria.keys.map((key) => ({ ...key, values: key.values.map(() => '') })),
    filter: groupWithoutValues(criteria.filter),
  };
}

function groupWithoutValues(group: GroupDraft): GroupDraft {
  const parts = group.parts.map((part) =>
    part.kind === 'group' ? groupWithoutValues(part) : { ...part, values: part.values.map(() => '') },
  );
  return { ...group, parts };
}
