import { JsonReader } from '../../../src-shared/values/json-reader.ts';

/** What a job reads out of DynamoDB's answers, with every item left as the text that came. */
export interface Reply {
  /** Items of Scan, Query and GetItem, and those of BatchGetItem. */
  items: string[];
  /** `Count`, where there is one. */
  count: number | undefined;
  next: string | undefined;
  units: number;
  /** Requests of BatchWriteItem, or keys of BatchGetItem, that are to be sent again. */
  unprocessed: string[];
}

/** @throws JsonTextError when it is not JSON */
export function readReply(text: string): Reply {
  const reply: Reply = { items: [], count: undefined, next: undefined, units: 0, unprocessed: [] };
  const reader = new JsonReader(text);
  const rawArray = (into: string[]) => reader.array(() => into.push(reader.raw()));
  reader.object((name) => {
    const begins = reader.peek();
    if (name === 'Items' && begins === '[') rawArray(reply.items);
    else if (name === 'Item' && begins === '{') reply.items.push(reader.raw());
    else if (name === 'Responses' && begins === '{') reader.object(() => rawArray(reply.items));
    else if (name === 'LastEvaluatedKey' && begins === '{') reply.next = reader.raw();
    else if (name === 'Count') reply.count = Number(reader.raw());
    else if (name === 'ConsumedCapacity') reply.units = unitsIn(reader.raw());
    else if (name === 'UnprocessedItems' && begins === '{') reader.object(() => rawArray(reply.unprocessed));
    else if (name === 'UnprocessedKeys' && begins === '{') {
      reader.object(() =>
        reader.object((member) => (member === 'Keys' ? rawArray(reply.unprocessed) : reader.skipValue())),
      );
    } else reader.skipValue();
  });
  return reply;
}

/** One table's units, or those of several. */
function unitsIn(json: string): number {
  const capacity = JSON.parse(json) as { CapacityUnits?: number } | { CapacityUnits?: number }[] | null;
  const all = Array.isArray(capacity) ? capacity : [capacity];
  return all.reduce((sum, one) => sum + (one?.CapacityUnits ?? 0), 0);
}
