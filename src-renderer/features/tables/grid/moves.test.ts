import { describe, expect, it } from 'vitest';
import { moveFrom } from './moves.ts';

const size = { rows: 100, columns: 5, pageRows: 20 };

describe('moveFrom', () => {
  it.each([
    ['ArrowDown', false, [0, 0], [1, 0]],
    ['ArrowDown', false, [99, 0], [99, 0]],
    ['ArrowUp', false, [0, 2], [-1, 2]],
    ['ArrowUp', false, [-1, 2], [-1, 2]],
    ['ArrowLeft', false, [3, 0], [3, 0]],
    ['ArrowRight', true, [3, 1], [3, 4]],
    ['Home', false, [3, 3], [3, 0]],
    ['End', false, [3, 1], [3, 4]],
    ['Home', true, [3, 3], [0, 0]],
    ['End', true, [3, 3], [99, 4]],
    ['PageDown', false, [3, 3], [23, 3]],
    ['PageDown', false, [90, 3], [99, 3]],
    ['PageUp', false, [5, 3], [0, 3]],
  ] as const)('%s (far: %s) from %j goes to %j', (key, isFar, [row, column], [toRow, toColumn]) => {
    expect(moveFrom({ row, column }, key, isFar, size)).toEqual({ row: toRow, column: toColumn });
  });

  it('leaves other keys alone', () => {
    expect(moveFrom({ row: 0, column: 0 }, 'a', false, size)).toBeUndefined();
  });
});
