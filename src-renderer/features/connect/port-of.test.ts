import { expect, it } from 'vitest';
import { portOf } from './port-of.ts';

it.each([
  ['23456', 23456],
  [' 80 ', 80],
  ['0', undefined],
  ['65536', undefined],
  ['', undefined],
  ['1e3', undefined],
  ['-1', undefined],
])('%j is port %j', (text, expected) => {
  expect(portOf(text)).toBe(expected);
});
