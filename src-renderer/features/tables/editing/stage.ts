import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChangeOutcome, CommitMode, StagedChange } from '../../../../src-shared/contracts/staging.ts';
import { RolegateError as AnError, type RolegateError, toErrorData } from '../../../../src-shared/errors.ts';

/** The changes of a table that have not been written yet. */
export interface StageState {
  changes: readonly StagedChange[];
  /** False until those that were kept from before have been looked for. */
  isLoaded: boolean;
  canUndo: boolean;
  canRedo: boolean;
  isCommitting: boolean;
  /** What became of the changes when they were last tried, of those that are still here. */
  outcomes: ReadonlyMap<string, ChangeOutcome>;
  /** Why they could not be kept, or not be tried at all. */
  error: RolegateError | undefined;
}

/** Where changes are kept and written: the main process. */
export interface StageKeeper {
  load(): Promise<readonly StagedChange[]>;
  save(changes: readonly StagedChange[]): Promise<void>;
  commit(ids: string[], mode: CommitMode): Promise<ChangeOutcome[]>;
}

const deepestUndo = 100;

/**
 * Staged changes of one table: nothing is written before somebody commits it. The main process keeps them, so that
 * they outlive the window; undo goes back as far as this window's own doing.
 */
export class Stage {
  readonly store: StoreApi<StageState> = createStore<StageState>(() => ({
    changes: [],
    isLoaded: false,
    canUndo: false,
    canRedo: false,
    isCommitting: false,
    outcomes: new Map(),
    error: undefined,
  }));
  private readonly keeper: StageKeeper;
  private undoable: (readonly StagedChange[])[] = [];
  private redoable: (readonly StagedChange[])[] = [];
  private saving: Promise<void> = Promise.resolve();
  private loading: Promise<void> | undefined;

  constructor(keeper: StageKeeper) {
    this.keeper = keeper;
  }

  /** Takes up what was kept from before, once. */
  load(): Promise<void> {
    this.loading ??= this.keeper.load().then(
      (changes) => this.store.setState({ changes, isLoaded: true }),
      (error) => {
        this.loading = undefined;
        this.store.setState({ error: toError(error) });
      },
    );
    return this.loading;
  }

  /** Changes what is staged, in a way that can be undone. */
  change(how: (changes: readonly StagedChange[]) => readonly StagedChange[]): void {
    const { changes } = this.store.getState();
    this.undoable = [...this.undoable, changes].slice(-deepestUndo);
    this.redoable = [];
    this.put(how(changes));
  }

  undo(): void {
    const before = this.undoable.pop();
    if (!before) return;
    this.redoable.push(this.store.getState().changes);
    this.put(before);
  }

  redo(): void {
    const after = this.redoable.pop();
    if (!after) return;
    this.undoable.push(this.store.getState().changes);
    this.put(after);
  }

  /** Writes changes. @returns those that are written */
  async commit(ids: string[], mode: CommitMode): Promise<StagedChange[]> {
    this.store.setState({ isCommitting: true, error: undefined });
    try {
      await this.saving;
      const outcomes = await this.keeper.commit(ids, mode);
      const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
      const { changes } = this.store.getState();
      const isDone = (change: StagedChange) => byId.get(change.id)?.kind === 'done';
      const done = changes.filter(isDone);
      // What has been written cannot be undone from here.
      if (done.length > 0) {
        this.undoable = [];
        this.redoable = [];
      }
      this.store.setState({
        changes: changes.filter((change) => !isDone(change)),
        outcomes: byId,
        canUndo: this.undoable.length > 0,
        canRedo: false,
      });
      return done;
    } catch (error) {
      this.store.setState({ error: toError(error) });
      return [];
    } finally {
      this.store.setState({ isCommitting: false });
    }
  }

  private put(changes: readonly StagedChange[]): void {
    const { outcomes, changes: before } = this.store.getState();
    // An outcome is about a change as it was.
    const same = new Set(before.filter((change) => changes.includes(change)).map(({ id }) => id));
    this.store.setState({
      changes,
      canUndo: this.undoable.length > 0,
      canRedo: this.redoable.length > 0,
      outcomes: new Map([...outcomes].filter(([id]) => same.has(id))),
      error: undefined,
    });
    this.saving = this.saving
      .catch(() => undefined)
      .then(() => this.keeper.save(changes))
      .catch((error) => this.store.setState({ error: toError(error) }));
  }
}

function toError(error: unknown): RolegateError {
  return error instanceof AnError ? error : AnError.fromData(toErrorData(error));
}
