import type { StreamBatch, StreamEvent, StreamStart } from '../../../src-shared/contracts/streams.ts';
import type { ReplyRecords } from './reply-records.ts';

/** A part of a stream, of which there are several at a time. It lives about four hours; then others follow it. */
export interface Shard {
  id: string;
  /** Whose changes come before its own. */
  parent?: string | undefined;
  /** It takes no more changes. */
  isClosed: boolean;
}

/** Where in a shard to begin. */
export type ShardPlace = 'latest' | 'oldest' | { after: string };

/** How a stream is asked. */
export interface StreamSource {
  /** All shards that DynamoDB still knows. */
  shards(): Promise<readonly Shard[]>;
  /** @throws TrimmedDataAccessException when that place is gone, ResourceNotFoundException when the shard is */
  iterator(shardId: string, place: ShardPlace): Promise<string>;
  /** @throws ExpiredIteratorException fifteen minutes after the iterator was given out */
  records(iterator: string, limit: number): Promise<ReplyRecords>;
}

interface Followed extends Shard {
  iterator: string | undefined;
  /** The last record that was read. */
  last: string | undefined;
  /** What happened before this is not wanted. */
  since: number;
  isDone: boolean;
}

/** Of one shard at a time; what somebody follows on a screen need not come in thousands. */
const recordsPerRead = 200;
/** Source: "Quotas in DynamoDB": two readers may read a shard at a time, so it is one at a time for each. */
const readsAtOnce = 8;
/** So often the shards are looked up although none has ended: in turns of `next`. */
const turnsPerLook = 30;

/**
 * Follows one stream: reads its open shards in turns, goes on to the shards that follow those that end, and picks up
 * where it was when an iterator has expired. It keeps places only, and no records.
 */
export class Tail {
  private readonly source: StreamSource;
  private readonly shards = new Map<string, Followed>();
  private readonly now: () => number;
  private turns = 0;
  private hasGap = false;
  private failure: unknown;

  /** @param now milliseconds since the epoch */
  constructor(source: StreamSource, now: () => number) {
    this.source = source;
    this.now = now;
  }

  /** Finds its shards. From `latest` on, what happens after this call is not missed. */
  async open(from: StreamStart): Promise<void> {
    const since = from === 'latest' ? Math.floor(this.now() / 1000) * 1000 : 0;
    for (const shard of await this.source.shards()) {
      const isDone = from === 'latest' && shard.isClosed;
      this.shards.set(shard.id, { ...shard, iterator: undefined, last: undefined, since, isDone });
    }
    if (from === 'oldest') return;
    await inTurns(this.readable(), readsAtOnce, async (shard) => {
      shard.iterator = await this.source.iterator(shard.id, 'latest');
    });
  }

  /**
   * What has happened since the last time.
   *
   * @throws what the source throws, once everything that was read meanwhile has been given
   */
  async next(): Promise<StreamBatch> {
    if (this.failure !== undefined) {
      const { failure } = this;
      this.failure = undefined;
      throw failure;
    }
    if (this.turns++ % turnsPerLook === turnsPerLook - 1 || this.readable().length === 0) await this.look();
    let hasMore = false;
    const events: StreamEvent[] = [];
    await inTurns(this.readable(), readsAtOnce, async (shard) => {
      try {
        const read = await this.read(shard);
        events.push(...read);
        if (read.length > 0 || shard.isDone) hasMore = true;
      } catch (error) {
        this.failure ??= error;
      }
    });
    if (events.length === 0 && this.failure !== undefined) return this.next();
    if ([...this.shards.values()].some(({ isDone, isClosed }) => isDone && !isClosed)) await this.look();
    const batch = {
      events: events.sort((a, b) => a.at - b.at),
      hasMore,
      hasGap: this.hasGap,
      isOver: this.readable().length === 0,
      shards: this.readable().length,
    };
    this.hasGap = false;
    return batch;
  }

  /** The shards to read now: those that are not done, once those before them are. */
  private readable(): Followed[] {
    const isReady = ({ parent }: Followed) => parent === undefined || (this.shards.get(parent)?.isDone ?? true);
    return [...this.shards.values()].filter((shard) => !shard.isDone && isReady(shard));
  }

  /** Looks for shards that are new, and forgets those that are gone. */
  private async look(): Promise<void> {
    const found = new Map((await this.source.shards()).map((shard) => [shard.id, shard]));
    for (const [id, shard] of found) {
      const known = this.shards.get(id);
      // What was not there before began after we did, so all of it is wanted.
      if (known) known.isClosed = shard.isClosed || known.isDone;
      else this.shards.set(id, { ...shard, iterator: undefined, last: undefined, since: 0, isDone: false });
    }
    for (const [id, shard] of this.shards) if (!found.has(id) && shard.isDone) this.shards.delete(id);
  }

  /** @param isAgain a second attempt fails as it fails */
  private async read(shard: Followed, isAgain = false): Promise<StreamEvent[]> {
    try {
      shard.iterator ??= await this.source.iterator(shard.id, placeOf(shard));
      const { records, next } = await this.source.records(shard.iterator, recordsPerRead);
      shard.iterator = next;
      shard.isDone = next === undefined;
      shard.last = records.at(-1)?.sequence ?? shard.last;
      return records.map(({ event }) => event).filter(({ at }) => at >= shard.since);
    } catch (error) {
      shard.iterator = undefined;
      switch (isAgain ? '' : (error as Error).name) {
        case 'ExpiredIteratorException':
          return this.read(shard, true);
        case 'TrimmedDataAccessException':
          // A shard that has lost its beginning is read from what is left of it; `since` keeps out what is too old.
          this.hasGap = true;
          shard.last = undefined;
          return this.read(shard, true);
        case 'ResourceNotFoundException':
          this.hasGap = true;
          shard.isDone = true;
          return [];
        default:
          throw error;
      }
    }
  }
}

/** Where to read on without an iterator. Where nothing was read yet, `since` keeps out what nobody wanted. */
function placeOf({ last }: Followed): ShardPlace {
  return last === undefined ? 'oldest' : { after: last };
}

/** Does something for each, some at a time. */
async function inTurns<Thing>(things: readonly Thing[], atOnce: number, act: (thing: Thing) => Promise<void>) {
  const left = [...things];
  const worker = async () => {
    for (let thing = left.shift(); thing !== undefined; thing = left.shift()) await act(thing);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, things.length) }, worker));
}
