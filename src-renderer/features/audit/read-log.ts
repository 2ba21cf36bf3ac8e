import type { AuditQuery } from '../../../src-shared/contracts/admin-api.ts';
import type { RolegateClient } from '../../bridge/client.ts';

const pageSize = 500;

/**
 * All lines that fit, in an order, page by page. A page may be empty and still not be the last: the service looks
 * through so much of the log at a time.
 *
 * @param after go on after this event
 */
export async function* logPages(
  client: RolegateClient,
  { filter, order, after }: Pick<AuditQuery, 'filter' | 'order' | 'after'>,
): AsyncGenerator<readonly string[], void> {
  let position = after;
  for (;;) {
    const page = await client.read('audit.query', {
      filter,
      order,
      limit: pageSize,
      ...(position !== undefined && { after: position }),
    });
    yield page.lines;
    if (page.next === undefined) return;
    position = page.next;
  }
}

/** A page of the list: lines that fit, and where to go on. */
export interface LogPage {
  lines: readonly string[];
  next: number | undefined;
}

/** How often a page may be empty before it is given back as it is: the person sees that it goes on. */
const patience = 5;

/** Reads on until there is something to show. */
export async function readPage(
  client: RolegateClient,
  filter: AuditQuery['filter'],
  after: number | undefined,
): Promise<LogPage> {
  let position = after;
  for (let attempt = 1; ; attempt += 1) {
    const { lines, next } = await client.read('audit.query', {
      filter,
      order: 'newest',
      limit: 200,
      ...(position !== undefined && { after: position }),
    });
    if (lines.length > 0 || next === undefined || attempt === patience) return { lines, next };
    position = next;
  }
}
