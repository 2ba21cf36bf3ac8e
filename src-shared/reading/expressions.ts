import type { Condition, FilterGroup } from '../contracts/table-reading.ts';
import type { Placeholders } from './placeholders.ts';

/** A condition as DynamoDB writes it: `#n0 BETWEEN :v0 AND :v1`. */
export function conditionText({ path, of, operator, values }: Condition, placeholders: Placeholders): string {
  const name = placeholders.path(path);
  const operand = of === 'size' ? `size(${name})` : name;
  const texts = values.map((value) => placeholders.value(value));
  const [first = '', second = ''] = texts;
  switch (operator) {
    case 'between':
      return `${operand} BETWEEN ${first} AND ${second}`;
    case 'in':
      return `${operand} IN (${texts.join(', ')})`;
    case 'begins_with':
      return `begins_with(${name}, ${first})`;
    case 'not_begins_with':
      return `NOT begins_with(${name}, ${first})`;
    case 'contains':
      return `contains(${name}, ${first})`;
    case 'not_contains':
      return `NOT contains(${name}, ${first})`;
    case 'exists':
      return `attribute_exists(${name})`;
    case 'not_exists':
      return `attribute_not_exists(${name})`;
    case 'type':
      return `attribute_type(${name}, ${first})`;
    default:
      return `${operand} ${operator} ${first}`;
  }
}

/** A group of conditions; undefined when there is nothing in it. */
export function filterText(group: FilterGroup, placeholders: Placeholders): string | undefined {
  const parts = group.parts.flatMap((part) => {
    if (part.kind === 'condition') return [conditionText(part, placeholders)];
    const inner = filterText(part, placeholders);
    return inner === undefined ? [] : [part.parts.length > 1 ? `(${inner})` : inner];
  });
  return parts.length === 0 ? undefined : parts.join(group.join === 'and' ? ' AND ' : ' OR ');
}
