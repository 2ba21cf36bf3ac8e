import type { ConsoleTarget } from '../../../src-shared/aws/console-page.ts';
import type { Condition, FilterGroup, ReadRequest } from '../../../src-shared/contracts/table-reading.ts';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { parseValue } from '../../../src-shared/values/parse-item.ts';

type Items = Extract<ConsoleTarget, { kind: 'items' }>;
const mostFilters = 10;

/** A page of the console, or why its address cannot say what is meant. */
export type ConsoleQuery = { target: Items } | { reason: string };

/** A query as the console's address can say it. What it has no word for, it has no page for. */
export function consoleQuery(
  table: string,
  request: ReadRequest,
  details: Pick<TableDetails, 'key' | 'indexes'>,
): ConsoleQuery {
  const { index, descending } = request;
  const key = (index === undefined ? details.key : details.indexes.find(({ name }) => name === index)?.key) ?? [];
  const parts = (role: 'HASH' | 'RANGE') =>
    key.filter((part) => part.role === role).flatMap(({ name }) => request.key.filter(({ path }) => path[0] === name));
  const [hashes, ranges] = [parts('HASH'), parts('RANGE')];
  if (hashes.length > 1 || ranges.length > 1)
    return { reason: 'Its address has no room for a key of several attributes.' };
  const [hash, range] = [hashes[0], ranges[0]];
  const target: Items = { kind: 'items', table, ...(index !== undefined && { index }) };
  if (hash) {
    const value = plainText(hash);
    if (value === undefined) return { reason: 'Its address takes no binary key.' };
    target.partitionKey = value;
  }
  if (range) {
    const { operator } = range;
    const value = plainText(range);
    if (value === undefined) return { reason: 'Its address takes no binary key.' };
    if (operator !== '=' && operator !== 'begins_with')
      return { reason: 'Its address knows = and “begins with” for a sort key, and nothing else.' };
    target.sortKey = { operator, value };
  }
  if (descending) target.descending = true;
  if (request.filter) {
    const filters = equalities(request.filter);
    if (!filters) return { reason: 'Its address knows no filter but = on a text or a number.' };
    target.filters = filters;
  }
  return { target };
}

/** The filter as a row of equalities; undefined where it is more than that. */
function equalities({ join, parts }: FilterGroup): Items['filters'] {
  if (parts.length > mostFilters || (join === 'or' && parts.length > 1)) return undefined;
  const filters: NonNullable<Items['filters']> = [];
  for (const part of parts) {
    if (part.kind === 'group') return undefined;
    const [name] = part.path;
    const value = parseValue(part.values[0] ?? '{"NULL":true}');
    const isPlain = part.operator === '=' && part.of === 'value' && part.path.length === 1 && typeof name === 'string';
    if (!isPlain || (value.type !== 'S' && value.type !== 'N')) return undefined;
    filters.push({ name, type: value.type, value: value.text });
  }
  return filters;
}

/** What was typed for a key; undefined for binary, which no address of the console holds. */
function plainText({ values }: Condition): string | undefined {
  const value = parseValue(values[0] ?? '{"NULL":true}');
  return value.type === 'S' || value.type === 'N' ? value.text : undefined;
}
