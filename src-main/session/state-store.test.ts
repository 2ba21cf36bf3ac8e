import { expect, it } from 'vitest';
import type { AppState, StatePatch } from '../../src-shared/contracts/state.ts';
import { createStateStore } from './state-store.ts';

const initial = { phase: 'starting', cluster: '' } as Omit<AppState, 'revision'>;

it('tells of each change once, with the revision it makes', () => {
  const store = createStateStore(initial);
  const patches: StatePatch[] = [];
  const stop = store.subscribe((patch) => patches.push(patch));
  store.update({ phase: 'failed', failure: { code: 'internal', message: 'x', retryable: true, needsLogin: false } });
  store.update({ phase: 'signed-out' }, 'failure');
  stop();
  store.update({ cluster: 'later' });
  expect(patches.map((patch) => [patch.revision, Object.keys(patch.slices), patch.removed])).toEqual([
    [1, ['phase', 'failure'], []],
    [2, ['phase'], ['failure']],
  ]);
  expect(store.get()).toEqual({ ...initial, phase: 'signed-out', cluster: 'later', revision: 3 });
});
