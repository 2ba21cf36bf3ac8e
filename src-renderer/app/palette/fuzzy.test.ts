import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyFilter, fuzzyScore } from './fuzzy.ts';

const find = (texts: string[], search: string) => fuzzyFilter(texts, search, (text) => text);

describe('fuzzyFilter', () => {
  it.each([
    ['mus', ['AlbumUsers', 'Music', 'Museum'], 'Music'],
    ['edr', ['Connected readers', 'ExampleDynamoRole'], 'ExampleDynamoRole'],
    ['lc', ['Locales', 'Launch console'], 'Launch console'],
    ['euw1', ['us-west-1', 'eu-west-1'], 'eu-west-1'],
  ])('%s finds the right one of %j first', (search, texts, expected) => {
    expect(find(texts, search)[0]).toBe(expected);
  });

  it('leaves out what does not answer', () => {
    expect(find(['Orders', 'Music'], 'zzz')).toEqual([]);
    expect(fuzzyScore('Music', 'cm')).toBeUndefined();
  });

  it('keeps everything, in order, where nothing was typed', () => {
    expect(find(['b', 'a'], ' ')).toEqual(['b', 'a']);
  });

  it('finds a text by any letters of it that are in order', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-cA-C -]{1,12}$/), fc.array(fc.boolean(), { minLength: 12 }), (text, keep) => {
        const letters = [...text].filter((_, index) => keep[index]).join('');
        expect(fuzzyScore(text, letters)).toBeDefined();
      }),
    );
  });
});
