import type { Condition, FilterGroup, ReadRequest } from '../contracts/table-reading.ts';
import type { KeyAttribute, TableDetails } from '../contracts/tables.ts';
import { parsePath, type ValuePath } from '../values/path.ts';
import type { ConditionDraft, Criteria, GroupDraft } from './criteria.ts';
import { type KeyPlan, planKey } from './plan-key.ts';
import { splitList, typedValue } from './typed-value.ts';

/** Something that keeps a read from being made; `where` is a condition's id, `key <name>` or `projection`. */
export interface PlanProblem {
  where: string;
  message: string;
}

/** What a read will be. */
export interface ReadPlan {
  operation: ReadRequest['operation'];
  /** Absent while there are problems. */
  request?: ReadRequest;
  problems: PlanProblem[];
  /** What a person should know before running it. */
  notes: string[];
}

type Schema = Pick<TableDetails, 'key' | 'indexes'>;

/**
 * Decides what to ask DynamoDB: GetItem when the whole key of the table is given, Query when the partition key is,
 * and a Scan otherwise. Conditions on key attributes that cannot narrow the read become filters, and it says so.
 */
export function planRead(criteria: Criteria, schema: Schema): ReadPlan {
  const index = schema.indexes.find(({ name }) => name === criteria.index);
  const key = index?.key ?? schema.key;
  const keyPlan = planKey(criteria.keys, key);
  const filter = new FilterPlan(keyPlan.isQuery ? key : []);
  const group = filter.group(criteria.filter);
  const parts = [...keyPlan.demoted, ...(group ? [group] : [])];
  const projection = planProjection(criteria.projection, schema, filter.problems);
  const operation = operationOf(keyPlan, index === undefined, parts.length > 0);
  const isGlobal = index?.kind === 'GSI';
  const problems = [...keyPlan.problems, ...filter.problems];
  const notes = [...keyPlan.notes];
  if (isGlobal && criteria.consistent) notes.push('A global index cannot be read consistently; it is read as it is.');
  if (index?.status === 'CREATING') notes.push(`${index.name} is still being filled: items may be missing.`);
  if (problems.length > 0) return { operation, problems, notes };
  const request: ReadRequest = {
    operation,
    ...(index && { index: index.name }),
    key: operation === 'Scan' ? [] : keyPlan.conditions,
    ...(parts.length > 0 && { filter: joined(parts) }),
    projection,
    consistent: criteria.consistent && !isGlobal,
    descending: criteria.descending && operation === 'Query',
    countOnly: false,
  };
  return { operation, request, problems, notes };
}

function operationOf({ isQuery, isWhole }: KeyPlan, isTable: boolean, isFiltered: boolean): ReadRequest['operation'] {
  if (!isQuery) return 'Scan';
  return isTable && isWhole && !isFiltered ? 'GetItem' : 'Query';
}

function joined(parts: (Condition | FilterGroup)[]): FilterGroup {
  const [only] = parts;
  return parts.length === 1 && only?.kind === 'group' ? only : { kind: 'group', join: 'and', parts };
}

/** Turns drafts of conditions into conditions, collecting what is wrong with them. */
class FilterPlan {
  readonly problems: PlanProblem[] = [];
  private readonly keyNames: ReadonlySet<string>;

  /** @param key the attributes that a filter must not name: those of the key that is queried */
  constructor(key: readonly KeyAttribute[]) {
    this.keyNames = new Set(key.map(({ name }) => name));
  }

  group(draft: GroupDraft): FilterGroup | undefined {
    const parts = draft.parts.flatMap((part): (Condition | FilterGroup)[] => {
      const planned = part.kind === 'group' ? this.group(part) : this.condition(part);
      return planned ? [planned] : [];
    });
    return parts.length === 0 ? undefined : { kind: 'group', join: draft.join, parts };
  }

  private condition(draft: ConditionDraft): Condition | undefined {
    const { id, of, operator, type } = draft;
    // A line that nobody has begun to fill in is not there.
    if (draft.path.trim() === '') return undefined;
    const path = parsePath(draft.path);
    if (!path) return this.problem(id, 'This is not a path. Write Address.City, Lines[0].Sku or "a.b".');
    if (path.length === 1 && this.keyNames.has(String(path[0]))) {
      return this.problem(id, `${path[0]} is part of the key that is queried. Use its field in front.`);
    }
    const values: string[] = [];
    for (const typed of typedTexts(draft)) {
      const value = typedValue(of === 'size' ? 'N' : operator === 'type' ? 'S' : type, typed);
      if ('problem' in value) return this.problem(id, value.problem);
      values.push(value.text);
    }
    if (operator === 'in' && values.length === 0) return this.problem(id, 'List at least one value.');
    if (values.length > 100) return this.problem(id, 'A list can have 100 values.');
    return { kind: 'condition', path: [...path], of, operator, values };
  }

  private problem(where: string, message: string): undefined {
    this.problems.push({ where, message });
  }
}

/** The texts that an operator takes of those that were typed. */
function typedTexts({ operator, values }: ConditionDraft): string[] {
  const [first = '', second = ''] = values;
  if (operator === 'exists' || operator === 'not_exists') return [];
  if (operator === 'between') return [first, second];
  return operator === 'in' ? splitList(first) : [first];
}

/** The chosen attributes, and always the key: without it a row could not be told from another. */
function planProjection(text: string, { key }: Schema, problems: PlanProblem[]): (string | number)[][] {
  const paths: ValuePath[] = [];
  for (const part of splitPaths(text)) {
    const path = parsePath(part);
    if (path) paths.push(path);
    else problems.push({ where: 'projection', message: `${part} is not a path.` });
  }
  if (paths.length === 0) return [];
  const whole = [...key.map(({ name }) => [name]), ...paths];
  const distinct = new Map(whole.map((path) => [JSON.stringify(path), [...path]]));
  return [...distinct.values()];
}

/** Paths between commas; a comma inside quotes belongs to a name. */
function splitPaths(text: string): string[] {
  const parts = text.match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
