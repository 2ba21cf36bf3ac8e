import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemText, wirePairs } from './arbitrary.ts';
import { type ItemRules, itemProblems } from './item-problems.ts';
import { parseItem } from './parse-item.ts';
import { itemSize } from './size.ts';

const rules: ItemRules = {
  key: [
    { name: 'pk', type: 'S', role: 'HASH' },
    { name: 'sk', type: 'N', role: 'RANGE' },
  ],
  indexes: [{ name: 'by-g', key: [{ name: 'g', type: 'S', role: 'HASH' }] }],
};
const problemsOf = (more: string) => itemProblems(parseItem(`{"pk":{"S":"p"},"sk":{"N":"1"}${more}}`), rules);

describe('itemProblems', () => {
  it('has nothing against a good item', () => {
    expect(problemsOf(',"g":{"S":"x"},"e":{"S":""},"l":{"L":[]},"m":{"M":{}},"b":{"B":""}')).toEqual([]);
  });

  it.each([
    [',"g":{"N":"1"}', ['g'], 'must be a string'],
    [',"g":{"S":""}', ['g'], 'index by-g and must not be empty'],
    [',"s":{"SS":[]}', ['s'], 'must have a member'],
    [',"s":{"NS":["1","1.0"]}', ['s'], 'twice'],
    [',"n":{"N":"abc"}', ['n'], 'not a number'],
    [',"m":{"M":{"x":{"L":[{"N":"1"},{"N":""}]}}}', ['m', 'x', 1], 'missing'],
    [',"":{"S":"x"}', [''], 'needs a name'],
    [',"b":{"B":"a"}', ['b'], 'base64'],
  ])('finds what is wrong with %s', (more, path, message) => {
    const [problem] = problemsOf(more);
    expect(problem?.path).toEqual(path);
    expect(problem?.message).toContain(message);
  });

  it('wants the whole key, of the right types and sizes', () => {
    expect(itemProblems(parseItem('{}'), rules).map(({ path }) => path)).toEqual([['pk'], ['sk']]);
    const long = parseItem(`{"pk":{"S":"${'é'.repeat(1025)}"},"sk":{"S":"1"}}`);
    expect(itemProblems(long, rules).map(({ message }) => message)).toEqual([
      'pk has 2050 bytes; a partition key takes 2048.',
      'sk is a key of the table and must be a number, not S.',
    ]);
  });

  it('finds what is nested too deeply and what is too large', () => {
    expect(problemsOf(`,"d":${'{"L":['.repeat(32)}{"N":"1"}${']}'.repeat(32)}`)[0]?.message).toContain('32 levels');
    expect(problemsOf(`,"big":{"S":"${'x'.repeat(410_000)}"}`)[0]).toMatchObject({ path: ['big'] });
  });

  it('takes every shape of item', () => {
    fc.assert(
      fc.property(wirePairs, (pairs) => {
        itemProblems(parseItem(itemText(pairs)), rules);
      }),
    );
  });
});

describe('itemSize', () => {
  it.each([
    ['{"a":{"S":"é"}}', 3],
    ['{"ab":{"N":"1234"}}', 5],
    ['{"a":{"BOOL":true},"b":{"NULL":true}}', 4],
    ['{"a":{"B":"AAEC"}}', 4],
    ['{"a":{"M":{"b":{"S":"xy"}}}}', 8],
    ['{"a":{"L":[{"S":"xy"}]}}', 7],
  ])('of %s is %i', (text, expected) => {
    expect(itemSize(parseItem(text))).toBe(expected);
  });
});
