import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StreamBatch, StreamEvent, StreamStart } from '../../../src-shared/contracts/streams.ts';
import { RolegateError, toErrorData } from '../../../src-shared/errors.ts';
import { ItemRow } from '../tables/item-row.ts';

/** A change, with its images as rows, which are parsed when somebody looks at them. */
export interface TailEvent {
  event: StreamEvent;
  keys: ItemRow;
  oldImage: ItemRow | undefined;
  newImage: ItemRow | undefined;
}

/** How far following a stream has come. */
export interface TailState {
  status: 'idle' | 'opening' | 'following' | 'paused' | 'off' | 'over' | 'failed';
  /** What the stream holds of each change. */
  view: string | undefined;
  /** Newest first, as many as are kept. */
  events: readonly TailEvent[];
  /** How many there were in all. */
  seen: number;
  /** Changes that DynamoDB had thrown away before they were read. */
  hasGap: boolean;
  shards: number;
  error: RolegateError | undefined;
}

/** How a stream is followed. */
export interface TailSource {
  open(from: StreamStart): Promise<{ kind: 'off' } | { kind: 'open'; tailId: string; view: string }>;
  next(tailId: string): Promise<StreamBatch>;
  close(tailId: string): void;
  /** Waits before asking again, where there was nothing. */
  rest(): Promise<void>;
}

/** So many changes are kept, and so many characters of them: a stream has no end, and a window's memory has. */
export const mostEvents = 2000;
/** See {@link mostEvents}. */
export const mostCharacters = 32_000_000;

const nothing: TailState = {
  status: 'idle',
  view: undefined,
  events: [],
  seen: 0,
  hasGap: false,
  shards: 0,
  error: undefined,
};

/** Follows a table's stream for as long as somebody wants it. Nothing is read before, or while it is paused. */
export class StreamTail {
  readonly store: StoreApi<TailState> = createStore(() => nothing);
  private readonly source: TailSource;
  private tailId: string | undefined;
  /** The run that may still change the state; another one makes it stop. */
  private run = 0;
  private isHidden = false;

  constructor(source: TailSource) {
    this.source = source;
  }

  /** Begins anew. */
  async start(from: StreamStart): Promise<void> {
    this.stop();
    const run = ++this.run;
    this.store.setState({ ...nothing, status: 'opening' }, true);
    try {
      const opened = await this.source.open(from);
      if (run !== this.run) {
        if (opened.kind === 'open') this.source.close(opened.tailId);
        return;
      }
      if (opened.kind === 'off') {
        this.store.setState({ status: 'off' });
        return;
      }
      this.tailId = opened.tailId;
      this.store.setState({ status: 'following', view: opened.view });
    } catch (error) {
      if (run === this.run) this.store.setState({ status: 'failed', error: toError(error) });
      return;
    }
    await this.follow(run);
  }

  /** Stops asking. What happens meanwhile comes when it goes on, if that is within a day. */
  pause(): void {
    if (this.store.getState().status !== 'following') return;
    this.run++;
    this.store.setState({ status: 'paused' });
  }

  /** Nobody looks at it any more: it is paused, until somebody does again. */
  hide(): void {
    if (this.store.getState().status !== 'following') return;
    this.isHidden = true;
    this.pause();
  }

  /** See {@link hide}. */
  async show(): Promise<void> {
    if (!this.isHidden) return;
    this.isHidden = false;
    await this.resume();
  }

  /** Goes on after a pause or a failure. */
  async resume(): Promise<void> {
    const { status } = this.store.getState();
    if (status !== 'paused' && status !== 'failed') return;
    if (this.tailId === undefined) return this.start('latest');
    this.store.setState({ status: 'following', error: undefined });
    await this.follow(++this.run);
  }

  /** Ends it, and forgets what it has read. */
  stop(): void {
    this.run++;
    this.isHidden = false;
    if (this.tailId !== undefined) this.source.close(this.tailId);
    this.tailId = undefined;
    this.store.setState(nothing, true);
  }

  /** Takes what was read off the screen; it goes on from where it is. */
  clear(): void {
    this.store.setState({ events: [], seen: 0, hasGap: false });
  }

  private async follow(run: number): Promise<void> {
    while (run === this.run && this.tailId !== undefined) {
      try {
        const batch = await this.source.next(this.tailId);
        // What was read is shown even after a pause: it will not come again.
        if (run !== this.run && this.store.getState().status !== 'paused') return;
        this.append(batch);
        if (batch.isOver) {
          this.store.setState({ status: 'over' });
          return;
        }
        if (!batch.hasMore && run === this.run) await this.source.rest();
      } catch (thrown) {
        if (run !== this.run) return;
        const error = toError(thrown);
        // Main has let it go: to go on is to begin anew.
        if (error.code === 'not_found') this.tailId = undefined;
        this.store.setState({ status: 'failed', error });
        return;
      }
    }
  }

  private append({ events, hasGap, shards }: StreamBatch): void {
    const state = this.store.getState();
    const fresh = events.map(toTailEvent).reverse();
    this.store.setState({
      events: fresh.length === 0 ? state.events : kept([...fresh, ...state.events]),
      seen: state.seen + fresh.length,
      hasGap: state.hasGap || hasGap,
      shards,
    });
  }
}

function toTailEvent(event: StreamEvent): TailEvent {
  const row = (text: string | undefined) => (text === undefined ? undefined : new ItemRow(text));
  return { event, keys: new ItemRow(event.keys), oldImage: row(event.oldImage), newImage: row(event.newImage) };
}

/** The newest ones that there is room for. */
function kept(events: readonly TailEvent[]): readonly TailEvent[] {
  let characters = 0;
  const end = events.findIndex(({ event }, place) => {
    characters += event.keys.length + (event.oldImage?.length ?? 0) + (event.newImage?.length ?? 0);
    return place >= mostEvents || (place > 0 && characters > mostCharacters);
  });
  return end < 0 ? events : events.slice(0, end);
}

function toError(error: unknown): RolegateError {
  return error instanceof RolegateError ? error : RolegateError.fromData(toErrorData(error));
}
