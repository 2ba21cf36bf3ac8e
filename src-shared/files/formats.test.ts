import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemText, wirePairs } from '../values/arbitrary.ts';
import type { Item } from '../values/attribute-value.ts';
import { sameItem } from '../values/compare.ts';
import { parseItem } from '../values/parse-item.ts';
import { ColumnFinder, csvHeader, csvRow, guessColumns, itemOfRow } from './csv-items.ts';
import { dynamoDbLine, isDynamoDbLine, plainLine, readDynamoDbLine, readPlainLine } from './item-lines.ts';
import { arraySplitter, csvSplitter, lineSplitter, type Splitter } from './splitters.ts';

/** A text in pieces of any length, as a file comes. */
const cuts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 });

function inPieces<Entry>(splitter: Splitter<Entry>, text: string, lengths: readonly number[]): Entry[] {
  const found: Entry[] = [];
  let at = 0;
  for (let turn = 0; at < text.length; turn++) {
    const end = at + (lengths[turn % lengths.length] ?? 1);
    found.push(...splitter.push(text.slice(at, end)));
    at = end;
  }
  return [...found, ...splitter.end()];
}

function same(found: readonly Item[], items: readonly Item[]): void {
  expect(found).toHaveLength(items.length);
  found.forEach((item, index) => {
    expect(sameItem(item, items[index] as Item)).toBe(true);
  });
}

const items = fc.array(wirePairs, { maxLength: 6 }).map((all) => all.map((pairs) => parseItem(itemText(pairs))));

describe('DynamoDB JSON lines', () => {
  it('carry any items of any shape unchanged, however the file is cut', () => {
    fc.assert(
      fc.property(fc.array(wirePairs, { maxLength: 6 }), cuts, (all, lengths) => {
        const texts = all.map(itemText);
        const file = texts.map(dynamoDbLine).join('');
        same(inPieces(lineSplitter(), file, lengths).map(readDynamoDbLine), texts.map(parseItem));
      }),
    );
  });

  it('are read bare too, and an attribute called Item is not taken for the wrapping', () => {
    expect([...readDynamoDbLine('{"Item":{"S":"x"}}').keys()]).toEqual(['Item']);
    expect([...readDynamoDbLine('{"Item":{"M":{"S":"x"}}}').keys()]).toEqual(['M']);
    expect([...readDynamoDbLine('{"a":{"S":"x"},"Item":{"S":"y"}}').keys()]).toEqual(['a', 'Item']);
    expect([...readDynamoDbLine(dynamoDbLine('{"Item":{"M":{"S":{"S":"x"}}}}')).keys()]).toEqual(['Item']);
  });

  it('are on one line, whatever the item was written like', () => {
    const line = dynamoDbLine('{\n  "a": {"S": "x\\ny"}\r\n}');
    expect(line.trimEnd()).not.toMatch(/[\r\n]/);
    expect(readDynamoDbLine(line).get('a')).toEqual({ type: 'S', text: 'x\ny' });
  });

  it('are told from plain JSON', () => {
    expect(isDynamoDbLine('{"Item":{"a":{"S":"x"}}}')).toBe(true);
    expect(isDynamoDbLine('{"a":"x"}')).toBe(false);
    expect(() => isDynamoDbLine('a,b,c')).toThrow();
  });
});

describe('a JSON array', () => {
  it('is cut into its elements wherever the pieces end', () => {
    fc.assert(
      fc.property(items, cuts, (all, lengths) => {
        const lines = all.map((item) => plainLine(item));
        expect(inPieces(arraySplitter(), `[\n${lines.join(',\n')}\n]\n`, lengths)).toEqual(lines);
      }),
    );
  });

  it('keeps every digit, and loses what JSON has no word for', () => {
    const item = parseItem('{"n":{"N":"12345678901234567890123456789012345678"},"s":{"SS":["a"]}}');
    const back = readPlainLine(plainLine(item));
    expect(back.get('n')).toEqual(item.get('n'));
    expect(back.get('s')).toEqual({ type: 'L', values: [{ type: 'S', text: 'a' }] });
  });

  it.each(['{"a":1}', '[{"a":1}', '[] []', 'a,b'])('is not %s', (text) => {
    expect(() => inPieces(arraySplitter(), text, [3])).toThrow(/array/);
  });
});

describe('CSV', () => {
  it('with types carries any items of any shape unchanged, however the file is cut', () => {
    fc.assert(
      fc.property(items, cuts, (all, lengths) => {
        // A row of nothing at all cannot be told from an empty line, and an item has a key.
        const filled = all.map((item) => new Map([...item, ['id', { type: 'S', text: 'x' }] as const]));
        const finder = new ColumnFinder();
        for (const item of filled) finder.add(item);
        const columns = finder.columns(['id']);
        const file = csvHeader(columns, true) + filled.map((item) => csvRow(item, columns)).join('');
        const [header = [], ...rows] = inPieces(csvSplitter(), file, lengths);
        const read = filled.length === 0 ? [] : guessColumns(header, rows, []);
        same(
          rows.map((row) => itemOfRow(row, read)),
          filled,
        );
      }),
    );
  });

  it('gives a spreadsheet nothing to run, in names or in values', () => {
    const item = parseItem('{"=a":{"S":"=1+1"},"b":{"S":"@SUM"},"c":{"S":"\'=x"}}');
    const columns = [...item.keys()].map((name) => ({ name, type: 'S' as const }));
    const text = csvHeader(columns, true) + csvRow(item, columns);
    expect(text).toBe("'=a:S,b:S,c:S\r\n'=1+1,'@SUM,''=x\r\n");
  });

  it('of others is understood by the key of the table and by what stands in it', () => {
    const [header = [], ...rows] = inPieces(
      csvSplitter(),
      'id,n,zip,ok,note\n1,2.5,01234,true,\n2,-3,10000,false,""\n',
      [4],
    );
    const columns = guessColumns(header, rows, [{ name: 'id', type: 'S' }]);
    expect(columns.map(({ to, type }) => `${to}:${type}`)).toEqual(['id:S', 'n:N', 'zip:S', 'ok:BOOL', 'note:S']);
    expect([...itemOfRow(rows[0] ?? [], columns).keys()]).toEqual(['id', 'n', 'zip', 'ok']);
    expect(itemOfRow(rows[1] ?? [], columns).get('note')).toEqual({ type: 'S', text: '' });
  });

  it('leaves out columns without an attribute, and names the column that is wrong', () => {
    expect(itemOfRow(['a', 'b'], [{ type: 'S' }, { to: 'x', type: 'S' }]).size).toBe(1);
    expect(() => itemOfRow(['a'], [{ to: 'n', type: 'BOOL' }])).toThrow(/^n: /);
    expect(() => itemOfRow(['a', 'b'], [{ to: 'n', type: 'S' }])).toThrow('The row has 2 cells; the header has 1.');
    expect(() => inPieces(csvSplitter(), 'a\n"b', [2])).toThrow('ends inside quotes');
  });
});
