import { describe, expect, it } from 'vitest';
import { assignColours, colourCount } from './assign-colours.ts';

describe('assignColours', () => {
  it('gives neighbours different colours', () => {
    const arns = Array.from({ length: colourCount }, (_, index) => `arn-${index}`);
    expect(new Set(Object.values(assignColours({}, arns))).size).toBe(colourCount);
  });

  it('never changes a colour that was given', () => {
    const known = { a: 3, b: 3 };
    expect(assignColours(known, ['a', 'b'])).toBe(known);
    expect(assignColours(known, ['a', 'c'])).toMatchObject({ a: 3, b: 3, c: 0 });
  });

  it('starts over when there are more roles than colours', () => {
    const arns = Array.from({ length: colourCount + 1 }, (_, index) => `arn-${index}`);
    expect(assignColours({}, arns)[`arn-${colourCount}`]).toBe(0);
  });
});
