import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ItemPage, ReadRequest } from '../../../../src-shared/contracts/table-reading.ts';
import { RolegateError, toErrorData } from '../../../../src-shared/errors.ts';
import { type Budget, usualBudget } from '../../../../src-shared/reading/criteria.ts';
import { attributeNames } from '../../../../src-shared/values/parse-item.ts';
import { newId } from '../../../state/new-id.ts';
import { ItemRow } from '../item-row.ts';
import { namesAsSeen } from '../names-as-seen.ts';
import { nothingRead, plusPage, type ReadSum, type StopReason, stopReason } from './budget.ts';

/** What a read has come to. */
export interface ReadingState {
  /** What was asked; undefined before the first run. */
  request: ReadRequest | undefined;
  status: 'idle' | 'running' | 'stopped' | 'failed';
  rows: readonly ItemRow[];
  /** The attributes that were seen, in the order of their columns. */
  names: readonly string[];
  sum: ReadSum;
  /** Why it stopped, while it has stopped. */
  stop: StopReason | undefined;
  error: RolegateError | undefined;
}

/** How a page is got. */
export interface PageSource {
  read(page: { readId: string; request: ReadRequest; startKey?: string; limit?: number }): Promise<ItemPage>;
  cancel(readId: string): void;
}

const mostPerPage = 1000;
const idle: ReadingState = {
  request: undefined,
  status: 'idle',
  rows: [],
  names: [],
  sum: nothingRead,
  stop: undefined,
  error: undefined,
};

/**
 * One read of a table: page after page until its budget is used up, and on from there when somebody says so. Nothing
 * is read twice by itself, for every read costs. A run that has been overtaken by another leaves no trace.
 */
export class Reading {
  readonly store: StoreApi<ReadingState> = createStore(() => idle);
  private readonly source: PageSource;
  private readonly now: () => number;
  private cursor: string | undefined;
  private current: { readId: string; isOver: boolean } | undefined;

  constructor(source: PageSource, now: () => number = () => performance.now()) {
    this.source = source;
    this.now = now;
  }

  /** Forgets what was read and reads from the beginning. */
  start(request: ReadRequest, budget: Budget = usualBudget): Promise<void> {
    this.abandon();
    this.cursor = undefined;
    this.store.setState({ ...idle, request }, true);
    return this.run(request, budget);
  }

  /** Reads on where the last run stopped. */
  async resume(budget: Budget = usualBudget): Promise<void> {
    const { request, status, stop } = this.store.getState();
    if (!request || status === 'running' || stop === 'end') return;
    await this.run(request, budget);
  }

  /** Stops the run; what was read stays. */
  cancel(): void {
    if (!this.abandon()) return;
    this.store.setState({ status: 'stopped', stop: 'person' });
  }

  /** Stops and forgets everything, as if nothing had been asked yet. */
  forget(): void {
    this.abandon();
    this.cursor = undefined;
    this.store.setState(idle, true);
  }

  /**
   * Puts what has been written in the place of what was read: other rows, none, or new ones in front. The numbers of
   * the footer stay: they say what was read.
   */
  update(next: (row: ItemRow) => ItemRow | undefined, added: readonly string[]): void {
    const { rows, names } = this.store.getState();
    const kept = rows.map(next).filter((row) => row !== undefined);
    const fresh = added.map((text) => new ItemRow(text));
    const known = new Set(rows);
    const changed = [...fresh, ...kept.filter((row) => !known.has(row))];
    const seen = namesAsSeen(changed.map(({ item }) => [...item.keys()]));
    this.store.setState({ rows: [...fresh, ...kept], names: [...new Set([...names, ...seen])] });
  }

  private abandon(): boolean {
    const { current } = this;
    if (!current || current.isOver) return false;
    current.isOver = true;
    this.source.cancel(current.readId);
    return true;
  }

  private async run(request: ReadRequest, budget: Budget): Promise<void> {
    const run = { readId: newId(), isOver: false };
    this.current = run;
    this.store.setState({ status: 'running', stop: undefined, error: undefined });
    const start = this.now();
    let used = nothingRead;
    try {
      for (;;) {
        const page = await this.source.read({ readId: run.readId, request, ...this.nextPage(request, budget, used) });
        if (run.isOver) return;
        this.append(page);
        used = plusPage(used, page);
        const stop = stopReason(used, this.now() - start, this.cursor !== undefined, budget);
        if (stop === undefined) continue;
        run.isOver = true;
        this.store.setState({ status: 'stopped', stop });
        return;
      }
    } catch (error) {
      if (run.isOver) return;
      run.isOver = true;
      this.store.setState({ status: 'failed', error: toRolegateError(error) });
    }
  }

  /** Without a filter a page need not hold more than is wanted; with one, a small page would be mostly empty. */
  private nextPage(request: ReadRequest, budget: Budget, used: ReadSum): { startKey?: string; limit?: number } {
    const isWhole = request.operation === 'GetItem' || request.filter !== undefined || request.countOnly;
    return {
      ...(this.cursor !== undefined && { startKey: this.cursor }),
      ...(!isWhole && { limit: Math.min(mostPerPage, Math.max(1, budget.matches - used.loaded)) }),
    };
  }

  private append(page: ItemPage): void {
    const { rows, names, sum } = this.store.getState();
    const more = namesOf(page.items);
    const seen = new Set(names);
    const isNew = more.some((name) => !seen.has(name));
    this.cursor = page.lastEvaluatedKey;
    this.store.setState({
      rows: page.items.length === 0 ? rows : [...rows, ...page.items.map((text) => new ItemRow(text))],
      names: isNew ? [...new Set([...names, ...more])] : names,
      sum: plusPage(sum, page),
    });
  }
}

function namesOf(items: readonly string[]): string[] {
  try {
    return namesAsSeen(items.map(attributeNames));
  } catch {
    throw new RolegateError('aws', 'The answer was not a page of DynamoDB items.', {
      hint: 'Is the endpoint of this session really DynamoDB?',
    });
  }
}

function toRolegateError(error: unknown): RolegateError {
  return error instanceof RolegateError ? error : RolegateError.fromData(toErrorData(error));
}
