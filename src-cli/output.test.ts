import { expect, it } from 'vitest';
import { table } from './output.ts';

it('a table has as many lines as rows, in order, whatever others wrote into it', () => {
  const rows = [
    ['bob', 'one\ntwo \u001b[2Jthree \u202eruof\u2028'],
    ['a much longer name', 'x'],
  ];
  const [headings, , ...shown] = table(['User', 'Reason'], rows).split('\n');
  expect(headings).toBe('User                Reason');
  expect(shown).toEqual(['bob                 onetwo [2Jthree ruof', 'a much longer name  x']);
});
