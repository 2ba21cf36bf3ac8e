import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppState, StatePatch } from '../../src-shared/contracts/state.ts';
import type { ErrorData } from '../../src-shared/errors.ts';
import { applyPatch } from './patch.ts';
import type { LinkedBridge, LinkStatus } from './types.ts';

/** The main process's state as this page knows it. */
export interface Mirrored {
  /** Undefined until it has come for the first time. Kept, though it may be old, while the link is down. */
  readonly state: AppState | undefined;
  /** Undefined until the first connection stands or fails. */
  readonly link: LinkStatus | undefined;
  /** Why the state could not be read. */
  readonly error: ErrorData | undefined;
}

/** Mirrors the state: whole once, then patch by patch; whole again after a gap or a lost connection. */
export function mirrorState(bridge: LinkedBridge): StoreApi<Mirrored> {
  const store = createStore<Mirrored>(() => ({ state: undefined, link: undefined, error: undefined }));
  let fetching = false;
  let missed: StatePatch[] = [];

  async function fetchWhole(): Promise<void> {
    if (fetching) return;
    fetching = true;
    missed = [];
    const result = await bridge.call('state.get', {});
    fetching = false;
    if (!result.ok) {
      store.setState({ error: result.error });
      return;
    }
    store.setState({ state: result.output as AppState, error: undefined });
    // Patches that came while the whole was on its way: those it holds already are skipped by their revision.
    for (const patch of missed) take(patch);
  }

  function take(patch: StatePatch): void {
    const { state } = store.getState();
    if (fetching || !state) {
      missed.push(patch);
      return;
    }
    const next = applyPatch(state, patch);
    if (next === 'gap') void fetchWhole();
    else store.setState({ state: next });
  }

  bridge.onState(take);
  bridge.onLink((link) => {
    store.setState({ link });
    if (link.at === 'up') void fetchWhole();
  });
  return store;
}
