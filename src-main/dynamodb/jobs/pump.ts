import type { Outcome, Page, Sink, Source } from './pages.ts';

/** How far a lane has come. */
export interface Lane {
  cursor?: string | undefined;
  isOver: boolean;
  /** Its next page may have been taken already, by a run that did not come to write it down. */
  isOpen: boolean;
}

export interface Pumping {
  source: Source;
  sink: Sink;
  /** Changed as pages are done; the caller keeps them. */
  lanes: Lane[];
  stop: AbortSignal;
  /** Told of items of a page that is not written down yet. */
  onItems: (lane: number, items: number) => void;
  /** Runs what writes a page down: one at a time, and never in the middle of a checkpoint. */
  commit: (write: () => Promise<void>, page: Page, outcome: Outcome, lane: number) => Promise<void>;
}

/** Moves everything from a source to a sink: lanes side by side, each reading one page ahead of what it writes. */
export async function pump({ source, sink, lanes, stop, onItems, commit }: Pumping): Promise<void> {
  const failing = new AbortController();
  const either = AbortSignal.any([stop, failing.signal]);

  async function run(index: number, lane: Lane): Promise<void> {
    let ahead: Promise<Page> | undefined;
    while (!lane.isOver) {
      either.throwIfAborted();
      const page = await (ahead ?? source.read(index, lane.cursor, either));
      ahead = page.next === undefined ? undefined : source.read(index, page.next, either);
      // Whoever waits for it hears of it; while nobody does, it is no unhandled one.
      ahead?.catch(() => undefined);
      either.throwIfAborted();
      const isAgain = lane.isOpen;
      lane.isOpen = true;
      const outcome = await sink.take(page, {
        isAgain,
        stop: either,
        onItems: (items) => onItems(index, items),
      });
      const write = async () => {
        await outcome.commit?.();
        lane.cursor = page.next;
        lane.isOver = page.next === undefined;
        lane.isOpen = false;
      };
      await commit(write, page, outcome, index);
    }
  }

  const results = await Promise.allSettled(
    lanes.map((lane, index) =>
      run(index, lane).catch((error: unknown) => {
        failing.abort(error);
        throw error;
      }),
    ),
  );
  stop.throwIfAborted();
  if (failing.signal.aborted) throw failing.signal.reason;
  const broken = results.find((result) => result.status === 'rejected');
  if (broken) throw broken.reason;
}
