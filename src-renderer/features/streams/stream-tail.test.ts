import { describe, expect, it } from 'vitest';
import type { StreamBatch, StreamEvent } from '../../../src-shared/contracts/streams.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import { mostCharacters, mostEvents, StreamTail, type TailSource } from './stream-tail.ts';

const event = (id: number, newImage?: string): StreamEvent => ({
  id: String(id),
  kind: 'INSERT',
  at: id,
  keys: '{}',
  isExpiry: false,
  ...(newImage !== undefined && { newImage }),
});
const batch = (events: StreamEvent[], more: Partial<StreamBatch> = {}): StreamBatch => ({
  ...{ events, hasMore: true, hasGap: false, isOver: false, shards: 1 },
  ...more,
});
const over = batch([], { isOver: true });

/** A source that answers from a list, and then that the stream is over. */
function scripted(answers: (StreamBatch | RolegateError | (() => StreamBatch))[]) {
  const said: string[] = [];
  const source: TailSource = {
    open: async (from) => {
      said.push(`open ${from}`);
      return { kind: 'open', tailId: `tail-${said.length}`, view: 'NEW_IMAGE' };
    },
    next: async () => {
      const answer = answers.shift() ?? over;
      if (answer instanceof RolegateError) throw answer;
      return typeof answer === 'function' ? answer() : answer;
    },
    close: (tailId) => void said.push(`close ${tailId}`),
    rest: async () => void said.push('rest'),
  };
  const tail = new StreamTail(source);
  const ids = () => tail.store.getState().events.map(({ event: { id } }) => id);
  return { tail, said, ids };
}

describe('a stream that is followed', () => {
  it('shows the newest change first, rests when there is none, and says when it is over', async () => {
    const { tail, said, ids } = scripted([
      batch([event(1), event(2)]),
      batch([], { hasMore: false }),
      batch([event(3)]),
    ]);
    await tail.start('latest');
    expect(ids()).toEqual(['3', '2', '1']);
    expect(said).toEqual(['open latest', 'rest']);
    expect(tail.store.getState()).toMatchObject({ status: 'over', seen: 3, view: 'NEW_IMAGE' });
  });

  it('asks for nothing while it is paused, and loses nothing of what was under way', async () => {
    const { tail, ids } = scripted([
      () => {
        tail.pause();
        return batch([event(1)]);
      },
      batch([event(2)]),
    ]);
    await tail.start('oldest');
    expect(tail.store.getState().status).toBe('paused');
    expect(ids()).toEqual(['1']);
    await tail.resume();
    expect(ids()).toEqual(['2', '1']);
  });

  it('is paused while nobody looks, and goes on by itself only if nobody had paused it', async () => {
    const { tail, ids } = scripted([
      () => {
        tail.hide();
        return batch([event(1)]);
      },
      () => {
        tail.pause();
        return batch([event(2)]);
      },
      batch([event(3)]),
    ]);
    await tail.start('latest');
    expect(ids()).toEqual(['1']);
    await tail.show();
    expect(ids()).toEqual(['2', '1']);
    tail.hide();
    await tail.show();
    expect(ids()).toEqual(['2', '1']);
  });

  it('goes on where it failed', async () => {
    const { tail, said, ids } = scripted([
      batch([event(1)]),
      new RolegateError('limit', 'Slow down.'),
      batch([event(2)]),
    ]);
    await tail.start('latest');
    expect(tail.store.getState()).toMatchObject({ status: 'failed', error: { message: 'Slow down.' } });
    await tail.resume();
    expect(ids()).toEqual(['2', '1']);
    expect(said).toEqual(['open latest']);
  });

  it('begins anew where the main process has let it go', async () => {
    const { tail, said } = scripted([new RolegateError('not_found', 'Gone.')]);
    await tail.start('oldest');
    await tail.resume();
    expect(said).toEqual(['open oldest', 'open latest']);
  });

  it('keeps as many changes as there is room for, and counts the others', async () => {
    const many = Array.from({ length: mostEvents + 5 }, (_, index) => event(index));
    const { tail, ids } = scripted([batch(many)]);
    await tail.start('latest');
    expect(tail.store.getState().seen).toBe(mostEvents + 5);
    expect([ids().length, ids().at(-1)]).toEqual([mostEvents, '5']);
  });

  it('keeps fewer of large ones', async () => {
    const image = 'x'.repeat(mostCharacters / 4);
    const { tail, ids } = scripted([batch([1, 2, 3, 4, 5, 6].map((id) => event(id, image)))]);
    await tail.start('latest');
    expect(ids()).toEqual(['6', '5', '4']);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const { tail, said } = scripted([new RolegateError('limit', 'Slow down.')]);
    await tail.start('latest');
    tail.stop();
    expect(said).toEqual(['open latest', 'close tail-1']);
    expect(tail.store.getState()).toMatchObject({ status: 'idle', events: [], error: undefined });
  });
});
