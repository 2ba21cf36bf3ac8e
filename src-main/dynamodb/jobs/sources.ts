import type { JobScope } from '../../../src-shared/contracts/jobs.ts';
import type { ReadRequest } from '../../../src-shared/contracts/table-reading.ts';
import { readCall } from '../../../src-shared/reading/read-call.ts';
import { wholeTable } from '../../../src-shared/reading/whole-table.ts';
import { jsonObject } from '../raw-exchange.ts';
import { type Ask, waitBefore } from './ask.ts';
import type { Clock } from './clock.ts';
import { keyOf, keyText, sameKeyAs } from './item-keys.ts';
import type { Limiter } from './limiter.ts';
import type { LedgerEntry, Page, Source } from './pages.ts';
import { type Reply, readReply } from './replies.ts';

/** How a job asks a table. */
export interface Asking {
  ask: Ask;
  clock: Clock;
  table: string;
  /** The attributes of its key, the partition key first. */
  keyNames: readonly string[];
  /** Reading and writing are limited apart. */
  limiterFor: (operation: string) => Limiter;
  onUnits: (operation: string, units: number) => void;
  onRetry: (reasons: readonly string[]) => void;
}

/** What a job's scope is as a request; GetItem is a Query of one item. Undefined for a list of keys. */
export function requestOf(scope: JobScope): ReadRequest | undefined {
  if (scope.of === 'keys') return undefined;
  if (scope.of === 'table') return wholeTable();
  const { request } = scope;
  return request.operation === 'GetItem' ? { ...request, operation: 'Query' } : request;
}

/** The pages of a Query, or of a Scan in several segments. */
export function readSource(asking: Asking, request: ReadRequest, segments: number): Source {
  const lanes = request.operation === 'Scan' ? segments : 1;
  return {
    lanes,
    async read(lane, cursor, stop): Promise<Page> {
      const { fields, texts } = readCall(asking.table, request, { startKey: cursor });
      const parts = lanes > 1 ? { Segment: lane, TotalSegments: lanes } : {};
      const body = jsonObject({ ...fields, ...parts }, { ...texts });
      const reply = await paid(asking, request.operation, body, stop);
      const found = request.countOnly ? (reply.count ?? 0) : reply.items.length;
      return { items: reply.items, found, entries: [], next: reply.next };
    },
  };
}

const keysAtATime = 100;

/** The items with these keys, as they are now. Those that are gone are skipped. */
export function keysSource(asking: Asking, keys: readonly string[]): Source {
  return {
    lanes: 1,
    async read(_lane, cursor, stop) {
      const start = Number(cursor ?? 0);
      const wanted = keys.slice(start, start + keysAtATime);
      const items = await batchGet(asking, wanted, {}, stop);
      const missing = missingKeys(wanted, items, asking.keyNames);
      const entries = missing.map(
        (key): LedgerEntry => ({ outcome: 'skipped', reason: 'It is not there any more.', key }),
      );
      const end = start + wanted.length;
      return { items, found: wanted.length, entries, next: end < keys.length ? String(end) : undefined };
    },
  };
}

function missingKeys(keys: readonly string[], items: readonly string[], keyNames: readonly string[]): string[] {
  const there = new Set(items.map((item) => sameKeyAs(keyOf(item, keyNames))));
  return keys.filter((key) => !there.has(sameKeyAs(keyOf(key, keyNames))));
}

/** Which of these keys have an item. They are distinct, and 100 at most. */
export async function keysThatExist(
  asking: Asking,
  keys: readonly string[],
  stop: AbortSignal,
): Promise<ReadonlySet<string>> {
  const names = Object.fromEntries(asking.keyNames.map((name, index) => [`#k${index}`, name]));
  const projection = {
    ProjectionExpression: Object.keys(names).join(', '),
    ExpressionAttributeNames: names,
    ConsistentRead: true,
  };
  const items = await batchGet(asking, keys, projection, stop);
  return new Set(items.map((item) => sameKeyAs(keyOf(item, asking.keyNames))));
}

/** BatchGetItem, until nothing is left unprocessed. */
async function batchGet(asking: Asking, keys: readonly string[], fields: object, stop: AbortSignal): Promise<string[]> {
  const items: string[] = [];
  let left = keys.map((key) => keyText(keyOf(key, asking.keyNames)));
  for (let attempt = 0; left.length > 0; attempt++) {
    const body = `{"RequestItems":{${JSON.stringify(asking.table)}:${jsonObject({ ...fields }, { Keys: `[${left.join(',')}]` })}},"ReturnConsumedCapacity":"TOTAL"}`;
    const reply = await paid(asking, 'BatchGetItem', body, stop);
    items.push(...reply.items);
    left = reply.unprocessed;
    if (left.length === 0) break;
    asking.onRetry(['UnprocessedKeys']);
    await asking.clock.sleep(waitBefore(attempt), stop);
  }
  return items;
}

/** Asks within the limit, and counts what it cost. */
export async function paid(asking: Asking, operation: string, body: string, stop: AbortSignal): Promise<Reply> {
  const limiter = asking.limiterFor(operation);
  await limiter.wait(stop);
  const reply = readReply(await asking.ask(operation, body, stop));
  limiter.spent(reply.units);
  asking.onUnits(operation, reply.units);
  return reply;
}
