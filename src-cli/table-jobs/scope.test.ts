import { describe, expect, it } from 'vitest';
import type { TableDetails } from '../../src-shared/contracts/tables.ts';
import { linkTo } from '../../src-shared/links/make-link.ts';
import { emptyCriteria } from '../../src-shared/reading/criteria.ts';
import { scopeOf } from './scope.ts';

const details = {
  name: 'Music',
  key: [
    { name: 'Artist', type: 'S', role: 'HASH' },
    { name: 'Year', type: 'N', role: 'RANGE' },
  ],
  indexes: [{ name: 'by-genre', kind: 'GSI', key: [{ name: 'Genre', type: 'S', role: 'HASH' }], status: 'ACTIVE' }],
} as unknown as TableDetails;

describe('what a command asks of a table', () => {
  it('is everything, an index, or what has a key', () => {
    expect(scopeOf({}, details)).toEqual({ of: 'table' });
    expect(scopeOf({ index: 'by-genre' }, details)).toMatchObject({
      of: 'query',
      request: { operation: 'Scan', index: 'by-genre' },
    });
    expect(scopeOf({ key: [['Artist', 'a=b']] }, details)).toMatchObject({
      request: { operation: 'Query', key: [{ path: ['Artist'], operator: '=', values: ['{"S":"a=b"}'] }] },
    });
    expect(
      scopeOf(
        {
          key: [
            ['Artist', 'A'],
            ['Year', '1999'],
          ],
        },
        details,
      ),
    ).toMatchObject({ request: { operation: 'GetItem' } });
  });

  it('is what a link to a query says', () => {
    const criteria = { ...emptyCriteria(), index: 'by-genre', keys: [] };
    criteria.keys.push({ name: 'Genre', operator: '=', values: ['Jazz', ''] } as never);
    const link = linkTo({ account: '123456789000', region: 'us-east-1', table: 'Music', role: 'Reader' }, criteria);
    expect(scopeOf({ link }, details)).toMatchObject({ request: { operation: 'Query', index: 'by-genre' } });
    expect(() => scopeOf({ link, index: 'by-genre' }, details)).toThrow('do not go with it');
  });

  it('is refused, in words, where the table does not have it or a key would be read past', () => {
    expect(() => scopeOf({ index: 'nope' }, details)).toThrow('Music has no index nope.');
    expect(() => scopeOf({ key: [['Genre', 'Jazz']] }, details)).toThrow('Genre is not in the key of Music.');
    expect(() => scopeOf({ key: [['Year', '1999']] }, details)).toThrow(/Artist|key/);
    expect(() =>
      scopeOf(
        {
          key: [
            ['Artist', 'A'],
            ['Year', 'many'],
          ],
        },
        details,
      ),
    ).toThrow(/number/);
  });
});
