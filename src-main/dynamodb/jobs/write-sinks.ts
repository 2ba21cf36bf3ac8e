import type { WriteMode } from '../../../src-shared/contracts/jobs.ts';
import type { Item } from '../../../src-shared/values/attribute-value.ts';
import { sameItem } from '../../../src-shared/values/compare.ts';
import { type ItemRules, itemProblems } from '../../../src-shared/values/item-problems.ts';
import { parseItem } from '../../../src-shared/values/parse-item.ts';
import { formatPath } from '../../../src-shared/values/path.ts';
import { jsonObject } from '../raw-exchange.ts';
import { AwsFailure, waitBefore } from './ask.ts';
import { inParallel, inParts } from './in-parallel.ts';
import { keyOf, keyText, sameKeyAs } from './item-keys.ts';
import type { LedgerEntry, Outcome, Page, Sink, Taking } from './pages.ts';
import { type Asking, keysThatExist, paid } from './sources.ts';

/** BatchWriteItem takes 25 at a time. Source: its API reference. */
const batchSize = 25;
const batchesAtATime = 8;
const putsAtATime = 32;
const keysAtATime = 100;

/** An item that is to be written. */
interface Candidate {
  text: string;
  item: Item;
  key: Item;
  record: number | undefined;
}

export interface PuttingOptions {
  asking: Asking;
  rules: ItemRules;
  mode: WriteMode;
}

/** Writes items: over those that are there, or only where there is none. */
export function putSink({ asking, rules, mode }: PuttingOptions): Sink {
  return {
    async take(page, taking) {
      const { good, entries } = candidates(page, rules, mode);
      const outcome = await (mode === 'overwrite'
        ? writeBatches(asking, good.map(putRequest), taking)
        : putEach(asking, good, taking));
      return { done: outcome.done, entries: [...entries, ...outcome.entries] };
    },
  };
}

function putRequest({ text, key, record }: Candidate): Writing {
  return { key, record, request: `{"PutRequest":{"Item":${text}}}` };
}

async function putEach(
  asking: Asking,
  good: readonly Candidate[],
  { isAgain, stop, onItems }: Taking,
): Promise<Outcome> {
  const outcomes = await inParallel(good, putsAtATime, async (one) => {
    const outcome = await putNew(asking, one, isAgain, stop);
    onItems(1);
    return outcome;
  });
  return joined(outcomes);
}

/** Finds out what {@link putSink} would do, and writes nothing. */
export function checkSink({ asking, rules, mode }: PuttingOptions): Sink {
  return {
    async take(page, { stop }) {
      const { good, entries } = candidates(page, rules, mode);
      if (mode === 'overwrite') return { done: good.length, entries };
      const found = await inParallel(inParts(good, keysAtATime), 4, (part) =>
        keysThatExist(
          asking,
          part.map(({ text }) => text),
          stop,
        ),
      );
      const there = new Set(found.flatMap((keys) => [...keys]));
      const kept = good.filter(({ key }) => there.has(sameKeyAs(key)));
      return { done: good.length - kept.length, entries: [...entries, ...kept.map((one) => isThere(one))] };
    },
  };
}

/** Deletes the items with these keys. One that is not there is no mistake. */
export function deleteSink(asking: Asking): Sink {
  return {
    take(page, taking) {
      const requests = page.items.map((text): Writing => {
        const key = keyOf(text, asking.keyNames);
        return { key, record: undefined, request: `{"DeleteRequest":{"Key":${keyText(key)}}}` };
      });
      return writeBatches(asking, requests, taking);
    },
  };
}

/** The items of a page that can be written, each key once; and why the others cannot. */
function candidates(page: Page, rules: ItemRules, mode: WriteMode): { good: Candidate[]; entries: LedgerEntry[] } {
  const entries = [...page.entries];
  const byKey = new Map<string, Candidate>();
  const keyNames = rules.key.map(({ name }) => name);
  page.items.forEach((text, index) => {
    const record = page.records?.[index];
    const item = parseItem(text);
    const key = keyOf(item, keyNames);
    const [problem] = itemProblems(item, rules);
    if (problem) {
      const where = problem.path.length === 0 ? '' : `${formatPath(problem.path)}: `;
      entries.push({ outcome: 'failed', reason: `${where}${problem.message}`, key: keyText(key), record });
      return;
    }
    const name = sameKeyAs(key);
    const other = byKey.get(name);
    const isFirst = mode === 'keep';
    if (!other || !isFirst) byKey.set(name, { text, item, key, record });
    const dropped = isFirst && other ? record : other?.record;
    if (other) {
      const reason = isFirst ? 'An earlier record has the same key.' : 'A later record has the same key.';
      entries.push({ outcome: 'skipped', reason, key: keyText(key), record: dropped });
    }
  });
  return { good: [...byKey.values()], entries };
}

function isThere({ key, record }: Pick<Candidate, 'key' | 'record'>): LedgerEntry {
  return { outcome: 'skipped', reason: 'There is an item with this key already.', key: keyText(key), record };
}

/**
 * Puts an item where there is none. Where the request may have been carried out before, by an attempt that got no
 * answer or by a run that was killed, an item that is just this one is taken for ours.
 */
async function putNew(asking: Asking, one: Candidate, isAgain: boolean, stop: AbortSignal): Promise<Outcome> {
  const fields = {
    TableName: asking.table,
    ConditionExpression: 'attribute_not_exists(#key)',
    ExpressionAttributeNames: { '#key': asking.keyNames[0] },
    ReturnConsumedCapacity: 'TOTAL',
  };
  let mayBeOurs = isAgain;
  try {
    await paid(asking, 'PutItem', jsonObject(fields, { Item: one.text }), stop);
    return { done: 1, entries: [] };
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    if (error.name === 'ValidationException') return { done: 0, entries: [refused(one, error)] };
    if (error.name !== 'ConditionalCheckFailedException') throw error;
    mayBeOurs ||= error.wasUnsure;
  }
  if (mayBeOurs && (await isAsWritten(asking, one, stop))) return { done: 1, entries: [] };
  return { done: 0, entries: [isThere(one)] };
}

async function isAsWritten(asking: Asking, { key, item }: Candidate, stop: AbortSignal): Promise<boolean> {
  const fields = { TableName: asking.table, ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' };
  const { items } = await paid(asking, 'GetItem', jsonObject(fields, { Key: keyText(key) }), stop);
  return items[0] !== undefined && sameItem(parseItem(items[0]), item);
}

/** One request of a BatchWriteItem, as text. */
interface Writing {
  request: string;
  key: Item;
  record: number | undefined;
}

async function writeBatches(
  asking: Asking,
  requests: readonly Writing[],
  { stop, onItems }: Pick<Taking, 'stop' | 'onItems'>,
): Promise<Outcome> {
  const outcomes = await inParallel(inParts(requests, batchSize), batchesAtATime, async (batch) => {
    const outcome = await writeBatch(asking, batch, stop);
    onItems(batch.length);
    return outcome;
  });
  return joined(outcomes);
}

/** Writes a batch until nothing of it is left unprocessed. One that DynamoDB refuses is written piece by piece. */
async function writeBatch(asking: Asking, batch: readonly Writing[], stop: AbortSignal): Promise<Outcome> {
  try {
    await writeAll(
      asking,
      batch.map(({ request }) => request),
      stop,
    );
    return { done: batch.length, entries: [] };
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.name !== 'ValidationException') throw error;
    const [only] = batch;
    if (batch.length === 1 && only) return { done: 0, entries: [refused(only, error)] };
  }
  return joined(await inParallel(batch, batchesAtATime, (one) => writeBatch(asking, [one], stop)));
}

async function writeAll(asking: Asking, requests: readonly string[], stop: AbortSignal): Promise<void> {
  let left = requests;
  for (let attempt = 0; left.length > 0; attempt++) {
    const body = `{"RequestItems":{${JSON.stringify(asking.table)}:[${left.join(',')}]},"ReturnConsumedCapacity":"TOTAL"}`;
    const { unprocessed } = await paid(asking, 'BatchWriteItem', body, stop);
    // What came through shows that it goes on; only a batch of which nothing did has to wait longer and longer.
    if (unprocessed.length < left.length) attempt = 0;
    left = unprocessed;
    if (left.length === 0) return;
    asking.onRetry(['UnprocessedItems']);
    await asking.clock.sleep(waitBefore(attempt), stop);
  }
}

function refused({ key, record }: Pick<Candidate, 'key' | 'record'>, error: Error): LedgerEntry {
  return { outcome: 'failed', reason: error.message || error.name, key: keyText(key), record };
}

function joined(outcomes: readonly Outcome[]): Outcome {
  return {
    done: outcomes.reduce((sum, { done }) => sum + done, 0),
    entries: outcomes.flatMap(({ entries }) => entries),
  };
}
