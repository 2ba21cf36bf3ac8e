import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Change } from '../backend.ts';
import { createWatchers } from '../watchers.ts';
import { type Item, keyOfItem } from './items.ts';
import { attributes, changesIndex } from './table.ts';

const lookEvery = 400;
/** The clock is not exact, and the index follows the table a little later: each look goes back this far. */
const overlap = 10_000;
/** Beyond what the overlap forgives, reading everything anew now and then is what heals. */
const refreshEvery = 5 * 60_000;

/**
 * Watches by asking the index of changes what is new, in each partition that somebody watches.
 *
 * @param now by the table's clock
 */
export function watchTable(client: DynamoDBClient, table: string, now: () => number) {
  const seen = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  let lookedAt = now();
  let refreshedAt = now();

  const watchers = createWatchers((any) => {
    clearInterval(timer);
    if (!any) return;
    seen.clear();
    lookedAt = now();
    refreshedAt = now();
    timer = setInterval(() => void look(), lookEvery);
    timer.unref();
  });

  async function look(): Promise<void> {
    // A slow answer must not make the looks pile up.
    if (looking) return;
    looking = true;
    const time = now();
    try {
      const partitions = [...new Set(watchers.prefixes().map((prefix) => prefix.split('/')[0] as string))];
      const found = await Promise.all(partitions.map((partition) => changesSince(partition, lookedAt - overlap)));
      const missed = time - lookedAt > overlap || time - refreshedAt > refreshEvery;
      lookedAt = time;
      if (missed) refreshedAt = time;
      const keys = found.flat().filter(isNew).map(keyOfItem);
      if (keys.length > 0 || missed) watchers.tell(keys, missed);
      forgetSeenBefore(time - 2 * overlap);
    } catch {
      // The table cannot be reached: the next look that succeeds goes back to where this one began.
    } finally {
      looking = false;
    }
  }

  function isNew(item: Item): boolean {
    const id = `${keyOfItem(item)} ${item[attributes.revision]?.S}`;
    const isKnown = seen.has(id);
    seen.set(id, Number(item[attributes.changedAt]?.N));
    return !isKnown;
  }

  function forgetSeenBefore(time: number): void {
    for (const [id, changedAt] of seen) if (changedAt < time) seen.delete(id);
  }

  async function changesSince(partition: string, since: number): Promise<Item[]> {
    const { QueryCommand } = await import('@aws-sdk/client-dynamodb');
    const items: Item[] = [];
    let start: Item | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: changesIndex,
          KeyConditionExpression: '#partition = :partition AND #changedAt > :since',
          ExpressionAttributeNames: { '#partition': attributes.partition, '#changedAt': attributes.changedAt },
          ExpressionAttributeValues: { ':partition': { S: partition }, ':since': { N: String(Math.max(0, since)) } },
          ExclusiveStartKey: start,
        }),
      );
      items.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start);
    return items;
  }

  return {
    add: (prefix: string, listener: (change: Change) => void) => watchers.add(prefix, listener),
    stop: () => clearInterval(timer),
  };
}
