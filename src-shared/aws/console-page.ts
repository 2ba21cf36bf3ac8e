import { z } from 'zod';

/** A value of a key, as the console's address can hold it: text and numbers only. */
const keyText = z.string().max(2048);
const name = z.string().regex(/^[a-zA-Z0-9_.-]{1,255}$/);

/** What of DynamoDB the console is to show. */
export const consoleTarget = z.discriminatedUnion('kind', [
  /** A table's own page. */
  z.strictObject({ kind: z.literal('table'), table: name }),
  /** Its items, or an index's; with a partition key, those of one query. */
  z.strictObject({
    kind: z.literal('items'),
    table: name,
    index: name.optional(),
    partitionKey: keyText.optional(),
    sortKey: z.strictObject({ operator: z.enum(['=', 'begins_with']), value: keyText }).optional(),
    descending: z.boolean().optional(),
    /** Attributes that are equal to something, all of them. */
    filters: z
      .array(z.strictObject({ name: keyText, type: z.enum(['S', 'N']), value: keyText }))
      .max(10)
      .optional(),
  }),
  /** One item. */
  z.strictObject({
    kind: z.literal('item'),
    table: name,
    partitionKey: keyText,
    sortKey: keyText.optional(),
  }),
]);
export type ConsoleTarget = z.infer<typeof consoleTarget>;

/** What may follow the `#` of a console address: `item-explorer?table=Music`. Nothing in it can end it. */
export const consoleFragment = /^[a-z-]+\?[A-Za-z0-9_.!~*'()%=&-]*$/;

/** Where DynamoDB's console shows something: the page, and what follows its `#`. Pure. */
export function consolePage(target: ConsoleTarget): { page: string; fragment: string } {
  const page = 'dynamodbv2/home';
  const { table } = target;
  switch (target.kind) {
    case 'table':
      return { page, fragment: `table?${query({ name: table })}` };
    case 'items':
      return { page, fragment: `item-explorer?${query(itemsAsked(target))}` };
    case 'item': {
      const { partitionKey: pk, sortKey: sk } = target;
      const key = { pk, ...(sk !== undefined && { sk }) };
      return { page, fragment: `edit-item?${query({ itemMode: '2', ...key, route: 'ROUTE_ITEM_EXPLORER', table })}` };
    }
  }
}

/**
 * What the console's own addresses say of a query or a scan. AWS does not document them; these parameters are in
 * addresses that people have copied from the console, and no others are made.
 */
function itemsAsked(target: Extract<ConsoleTarget, { kind: 'items' }>): Record<string, string> {
  const { table, index, partitionKey: pk, sortKey, descending, filters = [] } = target;
  const isAsked = pk !== undefined || index !== undefined || filters.length > 0;
  const filtered = filters.map((filter, place) => ({
    [`filter${place + 1}Comparator`]: 'EQUAL',
    [`filter${place + 1}Name`]: filter.name,
    [`filter${place + 1}Type`]: filter.type,
    [`filter${place + 1}Value`]: filter.value,
  }));
  return {
    ...Object.assign({}, ...filtered),
    ...(index !== undefined && { index }),
    ...(isAsked && { operation: pk === undefined ? 'SCAN' : 'QUERY' }),
    ...(pk !== undefined && { pk }),
    ...(sortKey && { sk: sortKey.value }),
    ...(sortKey?.operator === 'begins_with' && { skComparator: 'BEGINS_WITH' }),
    ...(descending && { sorting: 'DESC' }),
    table,
  };
}

function query(values: Readonly<Record<string, string>>): string {
  // The console decodes %20, and takes + as it is; lone halves of a character cannot be written in an address.
  return Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`)
    .join('&');
}
