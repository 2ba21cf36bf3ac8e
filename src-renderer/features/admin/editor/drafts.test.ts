import { describe, expect, it } from 'vitest';
import { claimDrafts, draftStore, dropDraft, keepDraft } from './drafts.ts';

const keys = () => Object.keys(draftStore.getState().drafts);

describe('what was written and not saved', () => {
  it('is kept until it is dropped, or is as it was', () => {
    claimDrafts('alice');
    keepDraft('role/a', { text: 'new', base: 'old' });
    keepDraft('role/b', { text: 'new', base: 'old' });
    expect(keys()).toEqual(['role/a', 'role/b']);
    keepDraft('role/a', { text: 'old', base: 'old' });
    dropDraft('role/b');
    expect(keys()).toEqual([]);
  });

  it('is nobody else’s', () => {
    claimDrafts('alice');
    keepDraft('role/a', { text: 'new', base: 'old' });
    claimDrafts('alice');
    expect(keys()).toEqual(['role/a']);
    claimDrafts('bob');
    expect(keys()).toEqual([]);
  });
});
