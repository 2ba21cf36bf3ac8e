import type { AppState, StatePatch } from '../../src-shared/contracts/state.ts';

export type Slices = StatePatch['slices'];

/** The state that windows mirror: kept here, changed here, told to whoever listens as patches. */
export interface StateStore {
  get(): AppState;
  /**
   * Replaces some slices.
   *
   * @param removed optional slices that are gone
   */
  update(slices: Slices, ...removed: (keyof AppState)[]): void;
  /** Tells of every change until the returned function is called. */
  subscribe(listener: (patch: StatePatch) => void): () => void;
}

export function createStateStore(initial: Omit<AppState, 'revision'>): StateStore {
  let state: AppState = { ...initial, revision: 0 };
  const listeners = new Set<(patch: StatePatch) => void>();
  return {
    get: () => state,
    update(slices, ...removed) {
      const next: AppState = { ...state, ...withoutUndefined(slices), revision: state.revision + 1 };
      for (const name of removed) delete next[name];
      state = next;
      const patch = { revision: next.revision, slices: withoutUndefined(slices), removed };
      for (const listener of [...listeners]) listener(patch);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function withoutUndefined(slices: Slices): Partial<Omit<AppState, 'revision'>> {
  return Object.fromEntries(Object.entries(slices).filter(([, value]) => value !== undefined));
}
