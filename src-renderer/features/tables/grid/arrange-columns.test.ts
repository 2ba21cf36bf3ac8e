import { describe, expect, it } from 'vitest';
import { arrangeable, movedColumn, shownColumns } from './arrange-columns.ts';

const names = ['a', 'pk', 'b', 'c', '__proto__'];

describe('arranging columns', () => {
  it('puts the chosen ones first, and the others as they were seen', () => {
    expect(arrangeable(['pk'], names, ['c', 'gone', 'a'])).toEqual(['c', 'a', 'b', '__proto__']);
  });

  it('hides what is hidden, but never the key', () => {
    expect(shownColumns(['pk'], names, { order: [], hidden: ['a', 'pk', '__proto__'] })).toEqual(['b', 'c']);
  });

  it('moves a column to where it can go', () => {
    expect(movedColumn(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b']);
    expect(movedColumn(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
    expect(movedColumn(['a', 'b', 'c'], 'a', 5)).toEqual(['b', 'c', 'a']);
  });
});
