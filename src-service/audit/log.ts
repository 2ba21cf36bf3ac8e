import { RolegateError } from '../../src-shared/errors.ts';
import type { Backend } from '../backend/backend.ts';
import type { Log } from '../log.ts';
import { type Block, blockAt, readHead, writeBlock } from './blocks.ts';
import { type ChainHead, sealEvents } from './chain.ts';
import { eventText } from './event-text.ts';
import type { AuditEvent, AuditSink } from './sink.ts';

/** Somewhere beside the store where events are written, once they are in it: a file, standard output. */
export interface AuditOutput {
  /** Takes lines of the chain; resolves when there is room for more. */
  write(lines: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** The audit log: a sink that is also the end of the chain. */
export interface AuditLog extends AuditSink {
  /** Where the chain ends, everything that was recorded so far included. */
  head(): Promise<ChainHead>;
  /** Called after events have been written. */
  onWritten(listener: (head: ChainHead) => void): void;
}

export interface AuditLogOptions {
  backend: Backend;
  outputs: readonly AuditOutput[];
  /** What happens to requests while the store cannot be written: they stop, or go on unrecorded beyond some. */
  whenFailing: 'stop' | 'continue';
  log: Log;
  now: () => number;
}

interface Pending {
  text: string;
  resolve?: () => void;
  reject?: (error: unknown) => void;
}

/** How long an event may wait for others to be written with. */
const flushAfter = 200;
const maxBlockEvents = 400;
/** A block is one entry of the store, in which quotes take two bytes. */
const maxBlockText = 200_000;
/** From here on, requests wait until some of it is written. */
const fullAt = { events: 4_000, text: 8_000_000 };
/** With `continue`, the most that is kept while nothing can be written; older events go first, and are counted. */
const keptWhileFailing = 20_000;
const retryAfter = 1_000;

/** Opens the log at the end of its chain. */
export async function openAuditLog(options: AuditLogOptions): Promise<AuditLog> {
  const { backend, outputs, whenFailing, log, now } = options;
  const listeners = new Set<(head: ChainHead) => void>();
  let head = await readHead(backend);
  let pending: Pending[] = [];
  let size = 0;
  let writing: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failure: RolegateError | undefined;
  let dropped = 0;
  let waitingForRoom: (() => void)[] = [];

  function add(event: AuditEvent, more: Omit<Pending, 'text'> = {}): void {
    const text = eventText(event);
    pending.push({ text, ...more });
    size += text.length;
    if (failure && pending.length > keptWhileFailing) dropOldest();
    if (more.resolve || pending.length >= maxBlockEvents) writeNow();
    else if (!timer) timer = setTimeout(writeNow, flushAfter);
  }

  function dropOldest(): void {
    const index = pending.findIndex(({ resolve }) => !resolve);
    const [gone] = pending.splice(Math.max(0, index), 1);
    size -= gone?.text.length ?? 0;
    dropped += 1;
  }

  function writeNow(): void {
    clearTimeout(timer);
    timer = undefined;
    // What comes in this turn of the event loop goes along.
    writing ??= new Promise<void>((resolve) => setImmediate(resolve)).then(writeAll).finally(() => {
      writing = undefined;
      if (pending.length > 0 && !timer) timer = setTimeout(writeNow, failure ? retryAfter : 0);
    });
  }

  async function writeAll(): Promise<void> {
    while (pending.length > 0) {
      const batch = nextBatch();
      try {
        await writeBatch(batch);
      } catch (error) {
        failed(batch, error);
        return;
      }
    }
  }

  function nextBatch(): Pending[] {
    let count = 0;
    let text = 0;
    while (count < pending.length && count < maxBlockEvents && (count === 0 || text < maxBlockText)) {
      text += pending[count]?.text.length ?? 0;
      count += 1;
    }
    // The one that went over the edge goes first next time.
    if (count > 1 && text > maxBlockText) count -= 1;
    return pending.slice(0, count);
  }

  async function writeBatch(batch: readonly Pending[]): Promise<void> {
    for (;;) {
      const texts = batch.map(({ text }) => text);
      const sealed = sealEvents(texts, head);
      if (await isWritten({ first: head.seq + 1, lines: sealed.lines })) {
        head = sealed.head;
        written(batch);
        await Promise.all(outputs.map((output) => output.write(sealed.lines)));
        for (const listener of listeners) listener(head);
        return;
      }
      // Another replica has written in between: these events come after its.
      head = await readHead(backend);
    }
  }

  /** An attempt that seemed to fail may have gone through: its block is then there, and it is this one. */
  async function isWritten(block: Block): Promise<boolean> {
    if (await writeBlock(backend, block)) return true;
    const there = await blockAt(backend, block.first);
    return there?.first === block.first && there.lines.join() === block.lines.join();
  }

  function written(batch: readonly Pending[]): void {
    pending = pending.slice(batch.length);
    for (const { text, resolve } of batch) {
      size -= text.length;
      resolve?.();
    }
    if (failure) recovered();
    makeRoom();
  }

  function failed(batch: readonly Pending[], error: unknown): void {
    failure = new RolegateError(
      'unavailable',
      'The audit log cannot be written, so nothing can be done that belongs in it.',
      {
        hint: 'Tell whoever runs the app-service: its store does not take anything.',
        cause: error,
      },
    );
    log.error('The audit log cannot be written.', { reason: (error as Error).message });
    // Whoever waits is told; the events stay, because what they tell of has happened.
    for (const one of batch) {
      one.reject?.(failure);
      delete one.reject;
      delete one.resolve;
    }
    makeRoom();
  }

  function recovered(): void {
    failure = undefined;
    log.info('The audit log can be written again.');
    if (dropped === 0) return;
    const reason = `${dropped} events were lost while the store could not be written`;
    dropped = 0;
    add({ event: 'audit.gap', time: now(), user: '', success: false, reason });
  }

  function makeRoom(): void {
    if (!failure && isFull()) return;
    const waiting = waitingForRoom;
    waitingForRoom = [];
    for (const go of waiting) go();
  }

  function isFull(): boolean {
    return pending.length >= fullAt.events || size >= fullAt.text;
  }

  async function room(): Promise<void> {
    while (!failure && isFull()) await new Promise<void>((resolve) => waitingForRoom.push(resolve));
    if (failure && whenFailing === 'stop') throw failure;
  }

  async function flush(): Promise<void> {
    while (pending.length > 0 && !failure) {
      writeNow();
      await writing;
    }
  }

  return {
    record: (event) => add(event),
    recordDurably: (event) => new Promise((resolve, reject) => add(event, { resolve, reject })),
    // Nothing to wait for is the common case, and costs no promise.
    room: () => (failure || isFull() ? room() : undefined),
    async head() {
      await flush();
      return head;
    },
    onWritten: (listener) => void listeners.add(listener),
    async close() {
      clearTimeout(timer);
      timer = undefined;
      failure = undefined;
      await flush();
      clearTimeout(timer);
      await Promise.all(outputs.map((output) => output.close()));
    },
  };
}
