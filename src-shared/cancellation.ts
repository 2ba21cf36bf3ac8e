/** Work that can be told to stop. */
export interface Cancellable {
  cancel(reason: Error): void;
}

/**
 * Says that nobody wants the result of some work any more. It does what an AbortSignal does for the way of a request,
 * where making one and listening to it costs as much as signing.
 */
export class Cancellation implements Cancellable {
  /** Why, once it is so. */
  reason: Error | undefined;
  #listeners: Set<Cancellable> | undefined;

  /** Tells every listener, once. */
  cancel(reason: Error): void {
    if (this.reason) return;
    this.reason = reason;
    const listeners = this.#listeners;
    this.#listeners = undefined;
    for (const listener of listeners ?? []) listener.cancel(reason);
  }

  /** Tells this one too, at once if it is already so. */
  add(listener: Cancellable): void {
    if (this.reason) {
      listener.cancel(this.reason);
      return;
    }
    this.#listeners ??= new Set();
    this.#listeners.add(listener);
  }

  delete(listener: Cancellable): void {
    this.#listeners?.delete(listener);
  }
}

/** The same for those who were given an AbortSignal. */
export function cancellationOf(signal: AbortSignal | undefined): Cancellation | undefined {
  if (!signal) return undefined;
  const cancellation = new Cancellation();
  const cancel = () => cancellation.cancel(signal.reason instanceof Error ? signal.reason : new Error('Cancelled.'));
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });
  return cancellation;
}
