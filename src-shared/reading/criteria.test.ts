import { describe, expect, it } from 'vitest';
import { type Criteria, emptyCriteria, withoutValues } from './criteria.ts';

describe('withoutValues', () => {
  it('keeps the question and none of its values', () => {
    const criteria: Criteria = {
      ...emptyCriteria(),
      keys: [{ name: 'pk', operator: '=', values: ['secret'] }],
      filter: {
        kind: 'group',
        id: 'r',
        join: 'or',
        parts: [
          {
            kind: 'group',
            id: 'g',
            join: 'and',
            parts: [
              {
                kind: 'condition',
                id: 'c',
                path: 'a.b',
                of: 'value',
                operator: 'between',
                type: 'S',
                values: ['secret', 'x'],
              },
            ],
          },
        ],
      },
    };
    const kept = JSON.stringify(withoutValues(criteria));
    expect(kept).not.toContain('secret');
    expect(kept).toContain('a.b');
  });
});
