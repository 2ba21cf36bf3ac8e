import { describe, expect, it } from 'vitest';
import { type PartiqlDraft, planPartiql } from './plan.ts';

const details = { key: [{ name: 'pk', type: 'S' as const, role: 'HASH' as const }], indexes: [] };
const plan = (more: Partial<PartiqlDraft>) =>
  planPartiql({ text: '', mode: 'statement', place: 0, parameters: [], ...more }, (table) =>
    table === 't' ? details : undefined,
  );

describe('what a run would do', () => {
  it('runs the statement at the cursor, with its own parameters', () => {
    const text = 'SELECT * FROM t WHERE pk = ?;\nDELETE FROM t WHERE pk = ?';
    const parameters = [[{ type: 'S' as const, text: 'one' }], [{ type: 'N' as const, text: ' 2 ' }]];
    expect(plan({ text, place: 3, parameters })).toMatchObject({
      request: [{ text: 'SELECT * FROM t WHERE pk = ?', parameters: ['{"S":"one"}'] }],
      isReading: true,
      scans: [],
    });
    expect(plan({ text, place: text.length, parameters })).toMatchObject({
      request: [{ text: 'DELETE FROM t WHERE pk = ?', parameters: ['{"N":"2"}'] }],
      isReading: false,
    });
  });

  it('says before it runs what is wrong with it', () => {
    const number = [[{ type: 'N' as const, text: 'x' }]];
    expect(plan({ text: 'SELECT * FROM t WHERE pk = ?', parameters: number }).problems[0]).toMatch(/^Parameter 1: /);
    expect(plan({ text: 'EXPLAIN SELECT' }).problems).toEqual([
      'Statement 1 does not begin with SELECT, INSERT, UPDATE or DELETE.',
    ]);
    const mixed = plan({ text: 'SELECT * FROM t; DELETE FROM t WHERE pk = 1', mode: 'batch' });
    expect(mixed.problems).toEqual(['A batch reads or writes; it cannot do both.']);
    expect(mixed.request).toBeUndefined();
    expect(plan({ text: 'SELECT * FROM t;'.repeat(26), mode: 'batch' }).problems[0]).toMatch(/25 statements at most/);
    expect(plan({ text: 'SELECT * FROM t;'.repeat(26), mode: 'transaction' }).problems).toEqual([]);
    expect(plan({ text: `SELECT '${'x'.repeat(8200)}' FROM t` }).problems[0]).toMatch(/8,192/);
    expect(plan({ text: ' -- nothing' }).request).toBeUndefined();
  });

  it('names what would be read whole, also where the key is not known', () => {
    expect(plan({ text: 'SELECT * FROM t', mode: 'batch' }).scans).toEqual([{ table: 't', isKnown: true }]);
    expect(plan({ text: 'SELECT * FROM u WHERE pk = 1' }).scans).toEqual([{ table: 'u', isKnown: false }]);
  });
});
