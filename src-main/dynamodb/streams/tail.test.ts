import { describe, expect, it } from 'vitest';
import type { StreamRecord } from './reply-records.ts';
import { type Shard, type StreamSource, Tail } from './tail.ts';

const second = 1000;
const start = 1_800_000_000_000;

/** A stream made up in memory, which shards can be added to, split, and lose what they hold. */
class MadeUpStream implements StreamSource {
  readonly list: (Shard & { records: StreamRecord[]; trimmed: number })[] = [];
  /** Errors by name, thrown once each by the operation they are for. */
  readonly troubles: { at: 'records' | 'iterator' | 'shards'; name: string }[] = [];
  readonly iterators: string[] = [];
  private last = 0;

  add(id: string, parent?: string): void {
    this.list.push({ id, parent, isClosed: false, records: [], trimmed: 0 });
  }

  put(shardId: string, key: string, at = start): void {
    const sequence = String(++this.last).padStart(4, '0');
    const event = { id: `e${sequence}`, kind: 'INSERT', at, keys: `{"id":{"S":"${key}"}}`, isExpiry: false } as const;
    this.shard(shardId).records.push({ sequence, event });
  }

  close(shardId: string, ...children: string[]): void {
    this.shard(shardId).isClosed = true;
    for (const child of children) this.add(child, shardId);
  }

  /** What is older than 24 hours is gone. */
  trim(shardId: string, count: number): void {
    this.shard(shardId).trimmed = count;
  }

  async shards(): Promise<readonly Shard[]> {
    this.fail('shards');
    return this.list.map(({ id, parent, isClosed }) => ({ id, parent, isClosed }));
  }

  async iterator(shardId: string, place: Parameters<StreamSource['iterator']>[1]): Promise<string> {
    this.fail('iterator');
    const { records, trimmed } = this.shard(shardId);
    const after = typeof place === 'object' ? records.findIndex(({ sequence }) => sequence === place.after) + 1 : 0;
    if (typeof place === 'object' && after < trimmed) throw named('TrimmedDataAccessException');
    this.iterators.push(`${shardId} ${typeof place === 'object' ? `after ${place.after}` : place}`);
    return JSON.stringify([shardId, place === 'latest' ? records.length : Math.max(after, trimmed)]);
  }

  async records(iterator: string, limit: number) {
    this.fail('records');
    const [shardId, from] = JSON.parse(iterator) as [string, number];
    const { records, isClosed } = this.shard(shardId);
    const to = Math.min(records.length, from + limit);
    const isAtEnd = isClosed && to === records.length;
    return { records: records.slice(from, to), ...(!isAtEnd && { next: JSON.stringify([shardId, to]) }) };
  }

  private shard(id: string) {
    const found = this.list.find((shard) => shard.id === id);
    if (!found) throw named('ResourceNotFoundException');
    return found;
  }

  private fail(at: string): void {
    const index = this.troubles.findIndex((trouble) => trouble.at === at);
    const [trouble] = index < 0 ? [] : this.troubles.splice(index, 1);
    if (trouble) throw named(trouble.name);
  }
}

function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}

function follow(stream: MadeUpStream) {
  const tail = new Tail(stream, () => start);
  const keys = async () => (await tail.next()).events.map(({ keys: key }) => /"S":"(.*)"/.exec(key)?.[1]);
  return { tail, keys };
}

describe('following a stream', () => {
  it('gives what happens after it began, each change once', async () => {
    const stream = new MadeUpStream();
    stream.add('a');
    stream.put('a', 'before');
    const { tail, keys } = follow(stream);
    await tail.open('latest');
    stream.put('a', 'one');
    stream.put('a', 'two');
    expect(await keys()).toEqual(['one', 'two']);
    expect(await keys()).toEqual([]);
    stream.put('a', 'three');
    expect(await keys()).toEqual(['three']);
  });

  it('gives what DynamoDB still has, parents before their children', async () => {
    const stream = new MadeUpStream();
    stream.add('parent');
    stream.put('parent', 'first');
    stream.close('parent', 'left', 'right');
    stream.put('left', 'second', start + second);
    stream.put('right', 'third', start + 2 * second);
    const { tail, keys } = follow(stream);
    await tail.open('oldest');
    expect(await keys()).toEqual(['first']);
    expect(await keys()).toEqual(['second', 'third']);
  });

  it('goes on to the shards that a shard splits into', async () => {
    const stream = new MadeUpStream();
    stream.add('a');
    const { tail, keys } = follow(stream);
    await tail.open('latest');
    stream.put('a', 'last of a');
    stream.close('a', 'b', 'c');
    stream.put('b', 'in b', start + second);
    stream.put('c', 'in c', start + 2 * second);
    expect(await keys()).toEqual(['last of a']);
    expect(await keys()).toEqual(['in b', 'in c']);
  });

  it('reads a full shard in pieces, and says that there is more', async () => {
    const stream = new MadeUpStream();
    stream.add('a');
    for (let index = 0; index < 250; index++) stream.put('a', String(index));
    const { tail } = follow(stream);
    await tail.open('oldest');
    const first = await tail.next();
    expect([first.events.length, first.hasMore]).toEqual([200, true]);
    expect((await tail.next()).events).toHaveLength(50);
    expect(await tail.next()).toMatchObject({ events: [], hasMore: false });
  });

  it('picks up where it was when an iterator has expired', async () => {
    const stream = new MadeUpStream();
    stream.add('a');
    const { tail, keys } = follow(stream);
    await tail.open('latest');
    stream.put('a', 'one');
    expect(await keys()).toEqual(['one']);
    stream.put('a', 'two');
    stream.troubles.push({ at: 'records', name: 'ExpiredIteratorException' });
    expect(await keys()).toEqual(['two']);
    expect(stream.iterators).toEqual(['a latest', 'a after 0001']);
  });

  it('misses nothing when an iterator expires before anything was read', async () => {
    const stream = new MadeUpStream();
    stream.add('a');
    stream.put('a', 'long ago', start - 60 * second);
    const { tail, keys } = follow(stream);
    await tail.open('latest');
    stream.put('a', 'one', start + second);
    stream.troubles.push({ at: 'records', name: 'ExpiredIteratorException' });
    expect(await keys()).toEqual(['one']);
  });

  it('says that changes are gone which nobody read for a day, and goes on with what is left', async () => {
    const stream = new MadeUpStream();
    stream.add('a');
    const { tail } = follow(stream);
    await tail.open('latest');
    stream.put('a', 'one');
    await tail.next();
    for (const key of ['two', 'three', 'four']) stream.put('a', key);
    stream.trim('a', 3);
    stream.troubles.push({ at: 'records', name: 'ExpiredIteratorException' });
    await expect(tail.next()).rejects.toThrow('TrimmedDataAccessException');
    const batch = await tail.next();
    expect([batch.events.map(({ id }) => id), batch.hasGap]).toEqual([['e0004'], true]);
    expect((await tail.next()).hasGap).toBe(false);
  });

  it('gives what it has read before it says that a shard could not be read', async () => {
    const stream = new MadeUpStream();
    stream.add('a');
    stream.add('b');
    stream.put('b', 'kept');
    const { tail, keys } = follow(stream);
    await tail.open('oldest');
    stream.troubles.push({ at: 'records', name: 'LimitExceededException' });
    expect(await keys()).toEqual(['kept']);
    await expect(tail.next()).rejects.toThrow('LimitExceededException');
    stream.put('a', 'later');
    expect(await keys()).toEqual(['later']);
  });

  it('ends when the stream does', async () => {
    const stream = new MadeUpStream();
    stream.add('a');
    const { tail } = follow(stream);
    await tail.open('latest');
    stream.close('a');
    expect(await tail.next()).toMatchObject({ isOver: true, shards: 0 });
  });
});
