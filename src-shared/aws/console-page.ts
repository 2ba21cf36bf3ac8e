import { z } from 'zod';

/** A value of a key, as the console's address can hold it: text and numbers only. */
const keyText = z.string().max(2048);

/** What of DynamoDB the console is to show. */
export const consoleTarget = z.discriminatedUnion('kind', [
  /** A table's own page. */
  z.strictObject({ kind: z.literal('table'), table: z.string().regex(/^[a-zA-Z0-9_.-]{1,255}$/) }),
  /** Its items; with a partition key, those of one query of the table. */
  z.strictObject({
    kind: z.literal('items'),
    table: z.string().regex(/^[a-zA-Z0-9_.-]{1,255}$/),
    partitionKey: keyText.optional(),
    sortKey: keyText.optional(),
  }),
  /** One item. */
  z.strictObject({
    kind: z.literal('item'),
    table: z.string().regex(/^[a-zA-Z0-9_.-]{1,255}$/),
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
    case 'items': {
      const { partitionKey: pk, sortKey: sk } = target;
      const asked = pk === undefined ? { table } : { operation: 'QUERY', pk, ...(sk !== undefined && { sk }), table };
      return { page, fragment: `item-explorer?${query(asked)}` };
    }
    case 'item': {
      const { partitionKey: pk, sortKey: sk } = target;
      const key = { pk, ...(sk !== undefined && { sk }) };
      return { page, fragment: `edit-item?${query({ itemMode: '2', ...key, route: 'ROUTE_ITEM_EXPLORER', table })}` };
    }
  }
}

function query(values: Readonly<Record<string, string>>): string {
  // The console decodes %20, and takes + as it is; lone halves of a character cannot be written in an address.
  return Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`)
    .join('&');
}
