import { describe, expect, it } from 'vitest';
import type { ChangeOutcome, StagedChange } from '../../../../src-shared/contracts/staging.ts';
import { RolegateError } from '../../../../src-shared/errors.ts';
import { Stage } from './stage.ts';

const insert = (id: string): StagedChange => ({ kind: 'insert', id, item: `{"id":{"S":"${id}"}}` });

function stageWith(outcomes: ChangeOutcome[] | RolegateError, kept: StagedChange[] = []) {
  const saved: string[][] = [];
  const stage = new Stage({
    load: async () => kept,
    save: async (changes) => void saved.push(changes.map(({ id }) => id)),
    commit: async () => {
      if (outcomes instanceof RolegateError) throw outcomes;
      return outcomes;
    },
  });
  return { stage, saved, state: () => stage.store.getState() };
}

describe('Stage', () => {
  it('keeps every change, and undoes and redoes them', async () => {
    const { stage, saved, state } = stageWith([], [insert('kept')]);
    await stage.load();
    stage.change((changes) => [...changes, insert('a')]);
    stage.change((changes) => [...changes, insert('b')]);
    stage.undo();
    expect(state()).toMatchObject({ canUndo: true, canRedo: true });
    expect(state().changes.map(({ id }) => id)).toEqual(['kept', 'a']);
    stage.redo();
    stage.undo();
    stage.undo();
    expect(state().changes.map(({ id }) => id)).toEqual(['kept']);
    await stage.commit(['kept'], 'together');
    expect(saved).toEqual([
      ['kept', 'a'],
      ['kept', 'a', 'b'],
      ['kept', 'a'],
      ['kept', 'a', 'b'],
      ['kept', 'a'],
      ['kept'],
    ]);
  });

  it('forgets what is written, keeps what is not, and says why', async () => {
    const { stage, state } = stageWith([
      { kind: 'done', id: 'a' },
      { kind: 'conflict', id: 'b', current: '{}' },
    ]);
    await stage.load();
    stage.change(() => [insert('a'), insert('b')]);
    expect(await stage.commit(['a', 'b'], 'each')).toEqual([insert('a')]);
    expect(state()).toMatchObject({ changes: [insert('b')], canUndo: false, isCommitting: false });
    expect(state().outcomes.get('b')).toMatchObject({ kind: 'conflict' });
    stage.change((changes) => changes.map((change) => ({ ...change })));
    expect(state().outcomes.size).toBe(0);
  });

  it('keeps everything when nothing could be tried', async () => {
    const { stage, state } = stageWith(new RolegateError('session_expired', 'It has ended.'));
    await stage.load();
    stage.change(() => [insert('a')]);
    expect(await stage.commit(['a'], 'together')).toEqual([]);
    expect(state()).toMatchObject({ changes: [insert('a')], error: { code: 'session_expired' }, canUndo: true });
  });
});
