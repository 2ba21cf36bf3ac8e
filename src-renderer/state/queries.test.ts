import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyCriteria } from '../../src-shared/reading/criteria.ts';
import { parseQueries, queriesFile } from './queries.ts';

const query = (name: string, value: string) => ({
  name,
  criteria: { ...emptyCriteria(), keys: [{ name: 'pk', operator: '=' as const, values: [value] }] },
});

describe('a file of queries', () => {
  it('comes back as it was, or without any value', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), fc.string({ minLength: 1 }), (name, value) => {
        const queries = [query(name, value)];
        expect(parseQueries(queriesFile(queries, true))).toEqual(queries);
        expect(parseQueries(queriesFile(queries, false))).toEqual([query(name, '')]);
      }),
    );
  });

  it('may be one query alone, as it is copied', () => {
    expect(parseQueries(JSON.stringify(query('mine', 'a')))).toEqual([query('mine', 'a')]);
  });

  it.each([
    ['', /not JSON/],
    ['null', /not a file of queries/],
    ['{"kind":"other"}', /not a file of queries/],
    ['{"kind":"rolegate-queries","version":2,"queries":[]}', /at version/],
    ['{"kind":"rolegate-queries","version":1,"queries":[{"name":"x"}]}', /at queries\.0\.criteria/],
    ['{"kind":"rolegate-queries","version":1,"queries":[],"run":true}', /at its beginning/],
  ])('says what is wrong with %s', (text, why) => expect(parseQueries(text)).toMatch(why));

  it('is refused, not broken by, when it is endlessly deep', () => {
    const deep = `${'{"kind":"group","id":"a","join":"and","parts":['.repeat(20_000)}${']}'.repeat(20_000)}`;
    const text = JSON.stringify(query('deep', 'a')).replace(/"filter":\{[^}]*\}/, () => `"filter":${deep}`);
    expect(parseQueries(text)).toMatch(/cannot be read|not a file|not JSON/);
  });
});
