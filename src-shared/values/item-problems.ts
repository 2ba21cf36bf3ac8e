import type { AttributeValue, Item } from './attribute-value.ts';
import { base64Problem, binarySize } from './binary.ts';
import { canonicalNumber, numberProblem } from './decimal.ts';
import type { ValuePath } from './path.ts';
import { itemSize, maxItemSize, valueSize } from './size.ts';
import { utf8Length } from './utf8.ts';

/** Something that DynamoDB would refuse, at the value that it is about. An empty path is the item as a whole. */
export interface ItemProblem {
  path: ValuePath;
  message: string;
}

/** A key's attribute, as much of it as a check needs. */
interface KeyPart {
  name: string;
  type: 'S' | 'N' | 'B' | '?';
  role: 'HASH' | 'RANGE';
}

/** What a table asks of its items. */
export interface ItemRules {
  key: readonly KeyPart[];
  indexes: readonly { name: string; key: readonly KeyPart[] }[];
}

const maxDepth = 32;
const maxNameBytes = 65_535;
const keyBytes = { HASH: 2048, RANGE: 1024 } as const;
const typeNames = { S: 'a string', N: 'a number', B: 'binary', '?': '' } as const;

/**
 * Why DynamoDB would not take an item, before it is asked: sizes, key rules of the table and of every index, empty
 * sets, numbers, nesting. Source: Developer Guide, "Constraints".
 */
export function itemProblems(item: Item, { key, indexes }: ItemRules): ItemProblem[] {
  const problems: ItemProblem[] = [];
  for (const part of key) {
    const value = item.get(part.name);
    if (!value) problems.push({ path: [part.name], message: `The ${keyName(part)} ${part.name} is missing.` });
    else problems.push(...keyProblems(part, value, 'the table'));
  }
  for (const index of indexes) {
    for (const part of index.key) {
      const value = item.get(part.name);
      // An item without the key of an index is simply not in it.
      if (value && !key.some(({ name }) => name === part.name)) {
        problems.push(...keyProblems(part, value, `the index ${index.name}`));
      }
    }
  }
  for (const [name, value] of item) {
    problems.push(...nameProblems(name, [name]), ...valueProblems(value, [name], 1));
  }
  const size = itemSize(item);
  if (size > maxItemSize) {
    const largest = [...item].reduce((a, b) => (valueSize(b[1]) > valueSize(a[1]) ? b : a));
    const message = `The item has ${size.toLocaleString('en-US')} bytes; DynamoDB takes 409,600. ${largest[0]} is the largest attribute.`;
    problems.push({ path: [largest[0]], message });
  }
  return problems;
}

function keyProblems(part: KeyPart, value: AttributeValue, of: string): ItemProblem[] {
  const { name, type, role } = part;
  if (type !== '?' && value.type !== type) {
    return [{ path: [name], message: `${name} is a key of ${of} and must be ${typeNames[type]}, not ${value.type}.` }];
  }
  const bytes = value.type === 'S' ? utf8Length(value.text) : value.type === 'B' ? binarySize(value.base64) : undefined;
  if (bytes === 0) return [{ path: [name], message: `${name} is a key of ${of} and must not be empty.` }];
  if (bytes !== undefined && bytes > keyBytes[role]) {
    const message = `${name} has ${bytes} bytes; a ${keyName(part)} takes ${keyBytes[role]}.`;
    return [{ path: [name], message }];
  }
  return [];
}

function keyName({ role }: KeyPart): string {
  return role === 'HASH' ? 'partition key' : 'sort key';
}

function nameProblems(name: string, path: ValuePath): ItemProblem[] {
  if (name === '') return [{ path, message: 'An attribute needs a name.' }];
  if (utf8Length(name) > maxNameBytes) return [{ path, message: 'The name is longer than 64 KB.' }];
  return [];
}

function valueProblems(value: AttributeValue, path: ValuePath, depth: number): ItemProblem[] {
  if (depth > maxDepth) return [{ path, message: `Values can be nested ${maxDepth} levels deep, not more.` }];
  switch (value.type) {
    case 'N':
      return problemAt(path, numberProblem(value.text));
    case 'B':
      return problemAt(path, base64Problem(value.base64));
    case 'SS':
    case 'NS':
    case 'BS':
      return setProblems(value.type, value.members, path);
    case 'L':
      return value.values.flatMap((inner, index) => valueProblems(inner, [...path, index], depth + 1));
    case 'M':
      return [...value.entries].flatMap(([name, inner]) => [
        ...nameProblems(name, [...path, name]),
        ...valueProblems(inner, [...path, name], depth + 1),
      ]);
    default:
      return [];
  }
}

function setProblems(type: 'SS' | 'NS' | 'BS', members: readonly string[], path: ValuePath): ItemProblem[] {
  if (members.length === 0) {
    return [{ path, message: 'A set must have a member. Remove the attribute, or make it a list.' }];
  }
  const check = { SS: () => undefined, NS: numberProblem, BS: base64Problem }[type];
  const problem = members.map((member) => check(member)).find((found) => found !== undefined);
  if (problem !== undefined) return [{ path, message: problem }];
  const distinct = new Set(type === 'NS' ? members.map(canonicalNumber) : members);
  if (distinct.size < members.length) return [{ path, message: 'A member is in the set twice.' }];
  return [];
}

function problemAt(path: ValuePath, message: string | undefined): ItemProblem[] {
  return message === undefined ? [] : [{ path, message }];
}
