/** Some of a list, and what to ask on with. */
export interface Page<Item> {
  items: readonly Item[];
  /** Undefined on the last page. */
  next: string | undefined;
}

/**
 * One page of a list whose members have names.
 *
 * @param list sorted by name
 * @param after the `next` of the page before: pages go on after this name
 */
export function pageOf<Item extends { name: string }>(
  list: readonly Item[],
  size: number,
  after: string | null | undefined,
): Page<Item> {
  const from = after ? Buffer.from(after, 'base64url').toString() : '';
  const rest = list.filter(({ name }) => name > from);
  const items = rest.slice(0, size);
  const last = items.at(-1);
  return { items, next: last && rest.length > size ? Buffer.from(last.name).toString('base64url') : undefined };
}
