import { describe, expect, it } from 'vitest';
import { Lane } from './lane.ts';

/** Something that ends when it is told to. */
function task(log: string[], name: string) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const act = async () => {
    log.push(name);
    await ended;
    return name;
  };
  return { act, end: () => end() };
}

const never = new AbortController().signal;

describe('a lane', () => {
  it('does so many things at a time, and next what came last', async () => {
    const lane = new Lane(2);
    const log: string[] = [];
    const tasks = ['a', 'b', 'c', 'd'].map((name) => task(log, name));
    const runs = tasks.map(({ act }) => lane.run(never, act));
    expect(log).toEqual(['a', 'b']);
    tasks[0]?.end();
    await runs[0];
    tasks[3]?.end();
    expect(await runs[3]).toBe('d');
    tasks[1]?.end();
    tasks[2]?.end();
    await Promise.all(runs);
    expect(log).toEqual(['a', 'b', 'd', 'c']);
  });

  it('does not do what nobody wants any more, and goes on after what failed', async () => {
    const lane = new Lane(1);
    const log: string[] = [];
    const first = task(log, 'first');
    const stop = new AbortController();
    const running = lane.run(never, first.act);
    const dropped = lane.run(stop.signal, async () => log.push('dropped'));
    stop.abort(new Error('gone'));
    first.end();
    await running;
    await expect(dropped).rejects.toThrow('gone');
    await expect(lane.run(never, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await lane.run(never, async () => 'still here')).toBe('still here');
    expect(log).toEqual(['first']);
  });
});
