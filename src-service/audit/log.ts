import { type ChainHead, sealEvents } from '../../src-shared/audit/chain.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { Backend } from '../backend/backend.ts';
import type { Log } from '../log.ts';
import { type Block, blockAt, readHead, writeBlock } from './blocks.ts';
import { eventText } from './event-text.ts';
import type { AuditEvent, AuditSink } from './sink.ts';

/** Somewhere beside the store where events are written, once they are in it: a file, standard output. */
export interface AuditOutput {
  /** Takes lines of the chain; resolves when there is room for more. */
  write(lines: readonly string[]): Promise<void>;
  /** Drops events up to this number, where what is written can be taken back. */
  prune?(upTo: number): Promise<void>;
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
  bytes: number;
  resolve?: () => void;
  reject?: (error: unknown) => void;
}

/** How long an event may wait for others to be written with. */
const flushAfter = 200;
const maxBlockEvents = 400;
/** A block is one entry of the store; it must fit even if packing it saves nothing and base64 adds a third. */
const maxBlockBytes = 200_000;
/** From here on, requests wait until some of it is written. */
const fullAt = { events: 4_000, bytes: 8_000_000 };
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
  /** How many of the pending somebody waits for. */
  let awaited = 0;
  let writing: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failure: RolegateError | undefined;
  /** How many events were in the attempt that failed: it may have gone through, so the next one has the same. */
  let uncertain = 0;
  let dropped = 0;
  let waitingForRoom: (() => void)[] = [];

  function add(event: AuditEvent, waiting?: Pick<Pending, 'resolve' | 'reject'>): void {
    const text = eventText(event);
    const bytes = Buffer.byteLength(text);
    pending.push(waiting ? { text, bytes, ...waiting } : { text, bytes });
    size += bytes;
    if (waiting) awaited += 1;
    if (failure && pending.length > keptWhileFailing) dropOldest();
    if (waiting || (!failure && isDue())) writeNow();
    else if (!timer) timer = setTimeout(writeNow, failure ? retryAfter : flushAfter);
  }

  /** Whether to write at once: what comes one by one is written together, which is most of what writing it costs. */
  function isDue(): boolean {
    return awaited > 0 || pending.length >= maxBlockEvents || size >= maxBlockBytes;
  }

  function dropOldest(): void {
    const [gone] = pending.splice(uncertain, 1);
    if (gone) forget(gone);
    gone?.reject?.(failure);
    dropped += 1;
  }

  function forget({ bytes, resolve }: Pending): void {
    size -= bytes;
    if (resolve) awaited -= 1;
  }

  function writeNow(): void {
    clearTimeout(timer);
    timer = undefined;
    // What comes in this turn of the event loop goes along.
    writing ??= new Promise<void>((resolve) => setImmediate(resolve)).then(writeDue).finally(() => {
      writing = undefined;
      if (pending.length > 0 && !timer) timer = setTimeout(writeNow, failure ? retryAfter : flushAfter);
    });
  }

  async function writeDue(): Promise<void> {
    for (let goesOn = pending.length > 0; goesOn; goesOn = isDue()) {
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
    if (uncertain > 0) return pending.slice(0, uncertain);
    let count = 0;
    let bytes = 0;
    while (count < pending.length && count < maxBlockEvents && (count === 0 || bytes < maxBlockBytes)) {
      bytes += pending[count]?.bytes ?? 0;
      count += 1;
    }
    // The one that went over the edge goes first next time.
    if (count > 1 && bytes > maxBlockBytes) count -= 1;
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
    uncertain = 0;
    pending = pending.slice(batch.length);
    for (const one of batch) {
      forget(one);
      one.resolve?.();
    }
    if (failure) recovered();
    makeRoom();
  }

  function failed(batch: readonly Pending[], error: unknown): void {
    uncertain = batch.length;
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
      if (one.resolve) awaited -= 1;
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
    return pending.length >= fullAt.events || size >= fullAt.bytes;
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
