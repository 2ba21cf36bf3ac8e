import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemText, wirePairs } from '../../../../src-shared/values/arbitrary.ts';
import { sameValue } from '../../../../src-shared/values/compare.ts';
import { parseItem, parseValue } from '../../../../src-shared/values/parse-item.ts';
import { formText, fromFormText, ofType } from './value-text.ts';

describe('a value in a form', () => {
  it('comes back as it was, whatever it is', () => {
    fc.assert(
      fc.property(wirePairs, (pairs) => {
        for (const value of parseItem(itemText(pairs)).values()) {
          const back = fromFormText(value.type, formText(value), value);
          expect('value' in back && sameValue(back.value, value)).toBe(true);
        }
      }),
    );
  });

  it('is a set when it is to be one', () => {
    expect(fromFormText('SS', '["a"]', undefined)).toEqual({ value: { type: 'SS', members: ['a'] } });
    expect(fromFormText('NS', '[1, 2.50]', undefined)).toEqual({ value: { type: 'NS', members: ['1', '2.50'] } });
    expect(fromFormText('SS', '[1]', undefined)).toHaveProperty('problem');
    expect(fromFormText('M', '[1]', undefined)).toHaveProperty('problem');
    expect(fromFormText('L', '[1', undefined)).toHaveProperty('problem');
    expect(fromFormText('L', '1}, {"x": 2', undefined)).toHaveProperty('problem');
  });

  it('keeps its text when its type is changed', () => {
    expect(ofType('N', parseValue('{"S":"42"}'))).toEqual({ type: 'N', text: '42' });
    expect(ofType('S', parseValue('{"N":"1.50"}'))).toEqual({ type: 'S', text: '1.50' });
    expect(ofType('SS', undefined)).toEqual({ type: 'SS', members: [] });
  });
});
