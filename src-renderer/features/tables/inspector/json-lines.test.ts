import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemText, wirePairs } from '../../../../src-shared/values/arbitrary.ts';
import type { AttributeValue, Item } from '../../../../src-shared/values/attribute-value.ts';
import { parseItem } from '../../../../src-shared/values/parse-item.ts';
import { jsonLines } from './json-lines.ts';
import { foldable, shownCharacters, visibleLines } from './visible-lines.ts';

const none: ReadonlySet<number> = new Set();

function textOf(lines: readonly { depth: number; tokens: readonly { text: string }[] }[]): string {
  return lines.map(({ depth, tokens }) => '  '.repeat(depth) + tokens.map(({ text }) => text).join('')).join('\n');
}

/** A value with all names in order, so that two can be compared whatever order they came in. */
function inOrder(value: AttributeValue): unknown {
  if (value.type === 'L') return { L: value.values.map(inOrder) };
  return value.type === 'M' ? { M: entriesInOrder(value.entries) } : value;
}

function entriesInOrder(item: Item): unknown {
  return [...item].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [name, inOrder(value)]);
}

describe('jsonLines', () => {
  it('lays an item out, one value a line', () => {
    const text = itemText([
      ['Artist', { S: 'No One\nYou Know' }],
      ['Year', { N: '1994.50' }],
      ['Tags', { SS: ['a', 'b'] }],
      ['More', { M: { x: { BOOL: true }, l: { L: [{ NULL: true }, { L: [] }] } } }],
      ['Empty', { M: {} }],
    ]);
    expect(textOf(jsonLines(text, ['Year', 'Artist']))).toBe(
      [
        '{',
        '  "Year": { "N": "1994.50" },',
        '  "Artist": { "S": "No One\\nYou Know" },',
        '  "Empty": { "M": {} },',
        '  "More": { "M": {',
        '    "l": { "L": [',
        '      { "NULL": true },',
        '      { "L": [] }',
        '    ] },',
        '    "x": { "BOOL": true }',
        '  } },',
        '  "Tags": { "SS": ["a", "b"] }',
        '}',
      ].join('\n'),
    );
  });

  it('changes nothing but white space and the order of names', () => {
    fc.assert(
      fc.property(wirePairs, (pairs) => {
        const text = itemText(pairs);
        const laidOut = textOf(jsonLines(text));
        expect(entriesInOrder(parseItem(laidOut))).toEqual(entriesInOrder(parseItem(text)));
        expect(laidOut.replace(/\s/g, '').length).toBe(text.replace(/\s/g, '').length);
      }),
    );
  });

  it('gives the first lines of the same lines', () => {
    fc.assert(
      fc.property(wirePairs, fc.integer({ min: 1, max: 30 }), (pairs, most) => {
        const text = itemText(pairs);
        const first = jsonLines(text, [], 'json', most);
        const whole = jsonLines(text, [], 'json');
        expect(first).toHaveLength(Math.min(most, whole.length));
        // The last one may end with what closes it, or with a comma, only once it is known what follows.
        expect(textOf(whole).startsWith(textOf(first.slice(0, -1)))).toBe(true);
      }),
    );
  });

  it('lays an item out alike, whatever the order of its names', () => {
    fc.assert(
      fc.property(wirePairs, (pairs) => {
        expect(textOf(jsonLines(itemText([...pairs].reverse())))).toBe(textOf(jsonLines(itemText(pairs))));
      }),
    );
  });

  it('says what binary is', () => {
    const [, line] = jsonLines(itemText([['b', { B: btoa('Hello') }]]));
    expect(line).toMatchObject({ note: '5 B · "Hello"', attribute: 'b' });
  });

  it('lays a 400 KB item out within a moment', () => {
    const list = Array.from({ length: 20_000 }, (_, index) => ({ N: String(index) }));
    const text = itemText([['list', { L: list }]]);
    const start = performance.now();
    expect(jsonLines(text)).toHaveLength(20_004);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('visibleLines', () => {
  const lines = jsonLines(
    itemText([
      ['m', { M: { a: { S: 'x' }, b: { L: [{ S: 'y' }] } } }],
      ['z', { S: 'end' }],
    ]),
  );

  it('hides what is folded and says how much', () => {
    expect(foldable(lines)).toEqual([1, 3]);
    expect(textOf(visibleLines(lines, new Set([1]), none))).toBe(
      ['{', '  "m": { "M": {} },', '  "z": { "S": "end" }', '}'].join('\n'),
    );
    expect(visibleLines(lines, new Set([1]), none)[1]).toMatchObject({ fold: 'folded', hidden: 4 });
    expect(visibleLines(lines, none, none)).toHaveLength(lines.length);
  });

  it('cuts long texts, and shows them whole on demand without losing a character', () => {
    fc.assert(
      fc.property(fc.integer({ min: shownCharacters, max: 9000 }), (length) => {
        const long = jsonLines(itemText([['s', { S: 'x'.repeat(length) }]]));
        expect(visibleLines(long, none, none)[1]?.cut).toBe(length + 2 - shownCharacters);
        const whole = visibleLines(long, none, new Set([1])).filter(({ index }) => index === 1);
        expect(whole.flatMap(({ tokens }) => tokens.map(({ text }) => text)).join('')).toBe(
          long[1]!.tokens.map(({ text }) => text).join(''),
        );
      }),
      { numRuns: 25 },
    );
  });
});

describe('plain JSON', () => {
  const plain = (text: string) =>
    jsonLines(text, [], 'json').map(
      ({ tokens, note }) => tokens.map((token) => token.text).join('') + (note === undefined ? '' : `  ${note}`),
    );

  it('is JSON, with what JSON cannot say beside it', () => {
    expect(
      plain(
        '{"n":{"N":"1E+40"},"s":{"SS":["a"]},"b":{"B":"AAE="},"z":{"NULL":true},"m":{"M":{"l":{"L":[{"NS":["1"]}]}}}}',
      ),
    ).toEqual([
      '{',
      '"b": "AAE=",  B · 2 B',
      '"m": {',
      '"l": [',
      '[1]  NS',
      ']',
      '},',
      '"n": 1E+40,',
      '"s": ["a"],  SS',
      '"z": null',
      '}',
    ]);
  });
});
