import { describe, expect, it } from 'vitest';
import { Cancellation, cancellationOf } from './cancellation.ts';

describe('a cancellation', () => {
  const told: string[] = [];
  const listener = (name: string) => ({ cancel: (reason: Error) => void told.push(`${name}: ${reason.message}`) });

  it('tells each listener once, late ones at once, and those that left not at all', () => {
    const cancellation = new Cancellation();
    const left = listener('left');
    cancellation.add(listener('first'));
    cancellation.add(left);
    cancellation.delete(left);
    cancellation.cancel(new Error('gone'));
    cancellation.cancel(new Error('again'));
    cancellation.add(listener('late'));
    expect(told).toEqual(['first: gone', 'late: gone']);
    expect(cancellation.reason?.message).toBe('gone');
  });

  it('goes on to cancellations that listen to it', () => {
    const [outer, inner] = [new Cancellation(), new Cancellation()];
    outer.add(inner);
    outer.cancel(new Error('outer'));
    expect(inner.reason?.message).toBe('outer');
  });

  it('follows an AbortSignal, fired before or after', () => {
    expect(cancellationOf(undefined)).toBeUndefined();
    expect(cancellationOf(AbortSignal.abort())?.reason?.name).toBe('AbortError');
    const controller = new AbortController();
    const cancellation = cancellationOf(controller.signal);
    expect(cancellation?.reason).toBeUndefined();
    controller.abort('a text');
    expect(cancellation?.reason).toBeInstanceOf(Error);
  });
});
