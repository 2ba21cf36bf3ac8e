import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemText, wirePairs } from './arbitrary.ts';
import { sameItem } from './compare.ts';
import { parseItem } from './parse-item.ts';
import { parsePlainJson, plainJson } from './plain-json.ts';
import { prettyItem, writeItem } from './write-value.ts';

const itemOf = (text: string) => parseItem(text);

describe('the views of an item', () => {
  it('lose nothing: plain JSON with the item as its types', () => {
    fc.assert(
      fc.property(wirePairs, (pairs) => {
        const item = itemOf(itemText(pairs));
        const back = parsePlainJson(plainJson(item), item);
        expect(sameItem(back, item)).toBe(true);
        expect(plainJson(back)).toBe(plainJson(item));
      }),
    );
  });

  it('lose nothing: DynamoDB JSON over several lines', () => {
    fc.assert(
      fc.property(wirePairs, (pairs) => {
        const item = itemOf(itemText(pairs));
        expect(sameItem(parseItem(prettyItem(item)), item)).toBe(true);
      }),
    );
  });

  it('are JSON that any other reader takes', () => {
    fc.assert(
      fc.property(wirePairs, (pairs) => {
        const item = itemOf(itemText(pairs));
        JSON.parse(plainJson(item));
        JSON.parse(prettyItem(item));
      }),
    );
  });
});

describe('editing plain JSON', () => {
  const item = itemOf(
    '{"Id":{"S":"1"},"Tags":{"SS":["a","b"]},"Nums":{"NS":["1","2"]},"Bin":{"B":"AAE="},"List":{"L":[{"B":"AAE="},{"SS":["x"]},{"S":"t"}]},"At":{"M":{"Bin":{"B":"/w=="}}}}',
  );
  const edited = (how: (text: string) => string) => writeItem(parsePlainJson(how(plainJson(item, ['Id'])), item));

  it('keeps sets sets and binary binary', () => {
    const text = edited((json) => json.replace('"a"', '"changed"').replace(/"Nums": \[\s+1/, '"Nums": [ 7'));
    expect(text).toContain('"Tags":{"SS":["changed","b"]}');
    expect(text).toContain('"Nums":{"NS":["7","2"]}');
    expect(text).toContain('"Bin":{"B":"AAE="}');
    expect(text).toContain('"At":{"M":{"Bin":{"B":"/w=="}}}');
  });

  it('knows the elements of a list that has become longer', () => {
    const text = edited((json) => json.replace('"List": [', '"List": [ "new",'));
    expect(text).toContain(
      '"List":{"L":[{"S":"new"},{"B":"AAE="},{"L":[{"S":"x"}]},{"S":"t"}]}'.replace(
        '{"L":[{"S":"x"}]}',
        '{"SS":["x"]}',
      ),
    );
  });

  it('takes what no longer fits for what it says', () => {
    expect(edited((json) => json.replace('"AAE="', '"not base64!"'))).toContain('"Bin":{"S":"not base64!"}');
    expect(edited((json) => json.replace('"a"', '12'))).toContain('"Tags":{"L":[{"N":"12"},{"S":"b"}]}');
  });

  it('reads new attributes as JSON says, to the last digit', () => {
    const digits = '12345678901234567890123456789012345678';
    const text = `{"Id": "1", "n": ${digits}, "t": true, "z": null, "l": [1, {"m": {}}], "__proto__": "p"}`;
    expect(writeItem(parsePlainJson(text, item))).toBe(
      `{"Id":{"S":"1"},"n":{"N":"${digits}"},"t":{"BOOL":true},"z":{"NULL":true},"l":{"L":[{"N":"1"},{"M":{"m":{"M":{}}}}]},"__proto__":{"S":"p"}}`,
    );
  });

  it.each([
    '',
    '[]',
    '"x"',
    '{"a": tru}',
    '{"a": 01}',
    '{"a": .5}',
    '{"a": undefined}',
    '{"a": 1',
    '{"a": 1, "a": 2}',
    '{"a": 1} x',
  ])('refuses %s', (text) => {
    expect(() => parsePlainJson(text)).toThrow();
  });
});
