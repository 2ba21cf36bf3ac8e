import type { Condition } from '../contracts/table-reading.ts';
import type { KeyAttribute } from '../contracts/tables.ts';
import type { KeyDraft } from './criteria.ts';
import type { PlanProblem } from './plan.ts';
import { type TypedValue, typedValue } from './typed-value.ts';

/** What the fields of a key come to. */
export interface KeyPlan {
  /** All partition attributes have a value. */
  isQuery: boolean;
  /** All attributes have one, each with `=`: one item. */
  isWhole: boolean;
  conditions: Condition[];
  /** What was filled in but cannot narrow the read, as filters. */
  demoted: Condition[];
  problems: PlanProblem[];
  notes: string[];
}

/**
 * Reads the fields of a key. A key has up to four partition attributes, which all need `=`, and up to four sort
 * attributes, which count from the left: no gap, and after a range nothing more.
 * Source: Developer Guide, "Multi-attribute keys" and "Key condition expressions".
 */
export function planKey(drafts: readonly KeyDraft[], key: readonly KeyAttribute[]): KeyPlan {
  const problems: PlanProblem[] = [];
  const filled = key.map((attribute) => {
    const draft = drafts.find(({ name }) => name === attribute.name);
    return { attribute, condition: draft && isFilled(draft, attribute) ? read(draft, attribute, problems) : undefined };
  });
  const partition = filled.filter(({ attribute }) => attribute.role === 'HASH');
  const sort = filled.filter(({ attribute }) => attribute.role === 'RANGE');
  const given = filled.flatMap(({ condition }) => (condition ? [condition] : []));
  // What cannot be read still says that a query is meant.
  const isGiven = (name: string) => problems.some(({ where }) => where === `key ${name}`);
  const isQuery =
    partition.length > 0 && partition.every(({ attribute, condition }) => condition || isGiven(attribute.name));
  if (!isQuery) return { isQuery, isWhole: false, conditions: [], demoted: given, problems, notes: demotion(filled) };

  let ended: string | undefined;
  for (const { attribute, condition } of sort) {
    const { name } = attribute;
    if (!condition) ended ??= `${name} before it has no value`;
    else if (ended !== undefined) {
      problems.push({ where: `key ${name}`, message: `${name} cannot be used: ${ended}.` });
    } else if (condition.operator !== '=') ended = `${name} before it is a range`;
  }
  const isWhole = filled.every(({ condition }) => condition?.operator === '=');
  return { isQuery, isWhole, conditions: given, demoted: [], problems, notes: [] };
}

/** Whether a field has been filled in. An empty text is no key, so an empty field is no condition. */
function isFilled({ values }: KeyDraft, { type }: KeyAttribute): boolean {
  return type === 'S' || type === '?' ? (values[0] ?? '') !== '' : (values[0] ?? '').trim() !== '';
}

function read(draft: KeyDraft, { name, type, role }: KeyAttribute, problems: PlanProblem[]): Condition | undefined {
  const operator = role === 'HASH' ? '=' : draft.operator;
  const [first = '', second = ''] = draft.values;
  const values: string[] = [];
  for (const typed of operator === 'between' ? [first, second] : [first]) {
    const value: TypedValue = typedValue(type === '?' ? 'S' : type, typed);
    if ('problem' in value) {
      problems.push({ where: `key ${name}`, message: value.problem });
      return undefined;
    }
    values.push(value.text);
  }
  if (operator === 'begins_with' && type === 'N') {
    problems.push({ where: `key ${name}`, message: 'A number has no beginning. Use another comparison.' });
    return undefined;
  }
  return { kind: 'condition', path: [name], of: 'value', operator, values };
}

function demotion(filled: readonly { attribute: KeyAttribute; condition: Condition | undefined }[]): string[] {
  const names = filled.filter(({ condition }) => condition).map(({ attribute }) => attribute.name);
  if (names.length === 0) return [];
  const missing = filled.filter(({ attribute, condition }) => attribute.role === 'HASH' && !condition);
  const without = missing.map(({ attribute }) => attribute.name).join(' and ');
  return [`Without ${without}, ${names.join(' and ')} cannot narrow the read: everything is read, then filtered.`];
}
