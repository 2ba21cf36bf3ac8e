import { describe, expect, it } from 'vitest';
import { afterClosing } from './desk.ts';

describe('afterClosing', () => {
  it.each([
    ['the next one comes to the front', { open: ['a', 'b', 'c'], active: 'b' }, 'b', { open: ['a', 'c'], active: 'c' }],
    ['or the one before, at the end', { open: ['a', 'b'], active: 'b' }, 'b', { open: ['a'], active: 'a' }],
    ['or none', { open: ['a'], active: 'a' }, 'a', { open: [] }],
    ['what is in front stays', { open: ['a', 'b'], active: 'a' }, 'b', { open: ['a'], active: 'a' }],
  ])('%s', (_, desk, table, expected) => {
    expect(afterClosing(desk, table)).toEqual(expected);
  });
});
