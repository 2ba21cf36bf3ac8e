import type { AppState, StatePatch } from '../../src-shared/contracts/state.ts';

/**
 * The state after a patch.
 *
 * @returns `gap` when a patch in between was missed: then only the whole state will do.
 */
export function applyPatch(state: AppState, patch: StatePatch): AppState | 'gap' {
  if (patch.revision <= state.revision) return state;
  if (patch.revision !== state.revision + 1) return 'gap';
  const kept = Object.entries(state).filter(([slice]) => !patch.removed.includes(slice));
  return { ...(Object.fromEntries(kept) as AppState), ...present(patch.slices), revision: patch.revision };
}

/** Without the slices that are `undefined`: those say nothing, and must not erase. */
function present(slices: StatePatch['slices']): Partial<AppState> {
  return Object.fromEntries(Object.entries(slices).filter(([, value]) => value !== undefined));
}
