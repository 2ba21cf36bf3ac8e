import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PartiqlMode, PartiqlPage, PartiqlStatement } from '../../../src-shared/contracts/partiql.ts';
import {
  RolegateError as AnError,
  type ErrorData,
  type RolegateError,
  toErrorData,
} from '../../../src-shared/errors.ts';
import { newId } from '../../state/new-id.ts';
import { ItemRow } from '../tables/item-row.ts';
import { namesAsSeen } from '../tables/names-as-seen.ts';

/** What was asked. */
export interface PartiqlRequest {
  mode: PartiqlMode;
  statements: readonly PartiqlStatement[];
  consistent: boolean;
  /** What else main wants to see before it writes. */
  meant: { writes: boolean; confirmed?: string };
  /** What it does, in words: `Select`, `Insert`. */
  words: string;
  isReading: boolean;
  /** The one table that it is about. */
  table: string | undefined;
}

/** What a run has come to. */
export interface RunState {
  request: PartiqlRequest | undefined;
  status: 'idle' | 'running' | 'stopped' | 'failed';
  rows: readonly ItemRow[];
  names: readonly string[];
  /** Of several statements: what became of each. */
  outcomes: readonly { items: number; error?: ErrorData | undefined }[];
  hasMore: boolean;
  wasStopped: boolean;
  sum: { pages: number; units: number | undefined; retries: number; throttling: readonly string[] };
  error: RolegateError | undefined;
}

export interface PartiqlSource {
  run(input: {
    runId: string;
    mode: PartiqlMode;
    statements: PartiqlStatement[];
    consistent: boolean;
    limit?: number;
    nextToken?: string;
    writes: boolean;
    confirmed?: string;
  }): Promise<PartiqlPage>;
  cancel(runId: string): void;
}

const idle: RunState = {
  request: undefined,
  status: 'idle',
  rows: [],
  names: [],
  outcomes: [],
  hasMore: false,
  wasStopped: false,
  sum: { pages: 0, units: undefined, retries: 0, throttling: [] },
  error: undefined,
};
/** Where a run stops by itself and asks to be resumed: a page may well be empty, and each costs. */
const mostRows = 200;
/** How many items one page of a SELECT looks at: a person who only looks should not pay for all of a table. */
const itemsPerPage = 1000;
const mostPages = 10;

/** One run of PartiQL: page after page until there is enough to look at. A run that was overtaken leaves no trace. */
export class PartiqlRun {
  readonly store: StoreApi<RunState> = createStore(() => idle);
  private readonly source: PartiqlSource;
  private nextToken: string | undefined;
  private current: { runId: string; isOver: boolean } | undefined;

  constructor(source: PartiqlSource) {
    this.source = source;
  }

  /** Forgets what came before and runs this. */
  start(request: PartiqlRequest): Promise<void> {
    this.abandon();
    this.nextToken = undefined;
    this.store.setState({ ...idle, request }, true);
    return this.run(request);
  }

  /** Reads on where the last page ended. Writes have no more pages, so none is ever made twice. */
  async resume(): Promise<void> {
    const { request, status, hasMore } = this.store.getState();
    if (request && status !== 'running' && hasMore) await this.run(request);
  }

  /** Stops it; what has come stays. */
  cancel(): void {
    if (this.abandon()) this.store.setState({ status: 'stopped', wasStopped: true });
  }

  private abandon(): boolean {
    const { current } = this;
    if (!current || current.isOver) return false;
    current.isOver = true;
    this.source.cancel(current.runId);
    return true;
  }

  private async run({ mode, statements, consistent, meant, isReading }: PartiqlRequest): Promise<void> {
    const run = { runId: newId(), isOver: false };
    this.current = run;
    this.store.setState({ status: 'running', wasStopped: false, error: undefined });
    let rows = 0;
    try {
      for (let pages = 1; ; pages++) {
        const { nextToken } = this;
        const page = await this.source.run({
          runId: run.runId,
          mode,
          statements: [...statements],
          consistent,
          ...meant,
          ...(mode === 'statement' && isReading && { limit: itemsPerPage }),
          ...(nextToken !== undefined && { nextToken }),
        });
        if (run.isOver) return;
        rows += this.append(page, mode);
        if (this.nextToken !== undefined && rows < mostRows && pages < mostPages) continue;
        run.isOver = true;
        this.store.setState({ status: 'stopped' });
        return;
      }
    } catch (error) {
      if (run.isOver) return;
      run.isOver = true;
      this.store.setState({ status: 'failed', error: toError(error) });
    }
  }

  private append(page: PartiqlPage, mode: PartiqlMode): number {
    const { rows, names, sum } = this.store.getState();
    const added = page.outcomes.flatMap(({ items }) => items).map((text) => new ItemRow(text));
    this.nextToken = page.nextToken;
    const { capacityUnits, retries, throttling } = page;
    this.store.setState({
      rows: [...rows, ...added],
      names: [...new Set([...names, ...namesAsSeen(added.map(({ item }) => [...item.keys()]))])],
      outcomes: mode === 'statement' ? [] : page.outcomes.map(({ items, error }) => ({ items: items.length, error })),
      hasMore: page.nextToken !== undefined,
      sum: {
        pages: sum.pages + 1,
        units: capacityUnits === undefined ? sum.units : (sum.units ?? 0) + capacityUnits,
        retries: sum.retries + retries,
        throttling: [...new Set([...sum.throttling, ...throttling])],
      },
    });
    return added.length;
  }
}

function toError(error: unknown): RolegateError {
  return error instanceof AnError ? error : AnError.fromData(toErrorData(error));
}
