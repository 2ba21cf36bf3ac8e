import { describe, expect, it } from 'vitest';
import type { KeyAttribute, TableIndex } from '../contracts/tables.ts';
import { type ConditionDraft, type Criteria, emptyCriteria, type KeyDraft } from './criteria.ts';
import { planRead } from './plan.ts';
import { readCall } from './read-call.ts';

const hash = (name: string, type: KeyAttribute['type'] = 'S'): KeyAttribute => ({ name, type, role: 'HASH' });
const range = (name: string, type: KeyAttribute['type'] = 'S'): KeyAttribute => ({ name, type, role: 'RANGE' });
const index = (name: string, kind: 'GSI' | 'LSI', key: KeyAttribute[]): TableIndex => ({
  name,
  kind,
  key,
  projection: 'ALL',
  projectedAttributes: [],
});
const music = {
  key: [hash('Artist'), range('Song')],
  indexes: [
    index('by-year', 'LSI', [hash('Artist'), range('Year', 'N')]),
    index('wide', 'GSI', [hash('A'), hash('B'), range('C'), range('D', 'N'), range('E')]),
  ],
};
const key = (name: string, operator: KeyDraft['operator'], ...values: string[]): KeyDraft => ({
  name,
  operator,
  values,
});
const where = (path: string, operator: ConditionDraft['operator'], ...values: string[]): ConditionDraft => ({
  kind: 'condition',
  id: path,
  path,
  of: 'value',
  operator,
  type: 'S',
  values,
});
const plan = (keys: KeyDraft[], more: Partial<Criteria> = {}, parts: Criteria['filter']['parts'] = []) =>
  planRead({ ...emptyCriteria(), keys, filter: { kind: 'group', id: 'r', join: 'and', parts }, ...more }, music);
const callOf = (planned: ReturnType<typeof plan>) => readCall('Music', planned.request!);

describe('planRead', () => {
  it('scans when nothing is asked', () => {
    expect(plan([])).toMatchObject({ operation: 'Scan', problems: [], notes: [] });
  });

  it('gets the one item whose whole key is given', () => {
    const planned = plan([key('Artist', '=', 'Acme'), key('Song', '=', 'Boom')]);
    expect(planned.operation).toBe('GetItem');
    expect(callOf(planned).texts.Key).toBe('{"Artist":{"S":"Acme"},"Song":{"S":"Boom"}}');
  });

  it('queries by the partition key, by a range, and by a filter beside the whole key', () => {
    expect(plan([key('Artist', '=', 'Acme')]).operation).toBe('Query');
    const ranged = callOf(plan([key('Artist', '=', 'Acme'), key('Song', 'between', 'A', 'C')]));
    expect(ranged.fields['KeyConditionExpression']).toBe('#n0 = :v0 AND #n1 BETWEEN :v1 AND :v2');
    expect(ranged.texts.ExpressionAttributeValues).toBe('{":v0":{"S":"Acme"},":v1":{"S":"A"},":v2":{"S":"C"}}');
    expect(plan([key('Artist', '=', 'A'), key('Song', '=', 'B')], {}, [where('x', '=', '1')]).operation).toBe('Query');
  });

  it('never gets an item from an index', () => {
    const planned = plan([key('Artist', '=', 'Acme'), key('Year', '=', '1999')], { index: 'by-year' });
    expect(planned.operation).toBe('Query');
    expect(callOf(planned).fields['IndexName']).toBe('by-year');
  });

  it('makes a filter of a sort key without its partition key, and says so', () => {
    const planned = plan([key('Song', 'begins_with', 'B')]);
    expect(planned.operation).toBe('Scan');
    expect(planned.notes).toEqual(['Without Artist, Song cannot narrow the read: everything is read, then filtered.']);
    expect(callOf(planned).fields['FilterExpression']).toBe('begins_with(#n0, :v0)');
  });

  it('takes the sort attributes of a long key from the left, without a gap, up to a range', () => {
    const partition = [key('A', '=', 'a'), key('B', '=', 'b')];
    expect(plan([partition[0]!], { index: 'wide' }).operation).toBe('Scan');
    const good = plan([...partition, key('C', '=', 'c'), key('D', '>', '4')], { index: 'wide' });
    expect(callOf(good).fields['KeyConditionExpression']).toBe('#n0 = :v0 AND #n1 = :v1 AND #n2 = :v2 AND #n3 > :v3');
    expect(plan([...partition, key('D', '=', '4')], { index: 'wide' }).problems).toEqual([
      { where: 'key D', message: 'D cannot be used: C before it has no value.' },
    ]);
    expect(plan([...partition, key('C', '<', 'c'), key('D', '=', '4')], { index: 'wide' }).problems).toEqual([
      { where: 'key D', message: 'D cannot be used: C before it is a range.' },
    ]);
  });

  it('does not filter by the key that it queries, but does so in a scan', () => {
    expect(plan([key('Artist', '=', 'A')], {}, [where('Song', '<>', 'x')]).problems[0]).toMatchObject({
      where: 'Song',
    });
    expect(plan([], {}, [where('Song', '<>', 'x')])).toMatchObject({ operation: 'Scan', problems: [] });
  });

  it('aliases every name and each part of a path', () => {
    const planned = plan([], { projection: 'Song, "a,b".c' }, [
      where('Lines[0]."a.b"', '=', 'x'),
      { kind: 'group', id: 'g', join: 'or', parts: [where('Name', 'exists'), where('Size', 'in', 'a, "b, c"')] },
      where('  ', '=', 'never mind'),
    ]);
    const { fields, texts } = callOf(planned);
    expect(fields['FilterExpression']).toBe('#n0[0].#n1 = :v0 AND (attribute_exists(#n2) OR #n3 IN (:v1, :v2))');
    expect(fields['ProjectionExpression']).toBe('#n4, #n5, #n6.#n7');
    expect(fields['ExpressionAttributeNames']).toMatchObject({ '#n1': 'a.b', '#n4': 'Artist', '#n6': 'a,b' });
    expect(texts.ExpressionAttributeValues).toContain('":v2":{"S":"b, c"}');
  });

  it('keeps consistent reads away from global indexes', () => {
    expect(plan([], { index: 'wide', consistent: true })).toMatchObject({ request: { consistent: false } });
    expect(plan([], { index: 'by-year', consistent: true })).toMatchObject({ request: { consistent: true } });
  });

  it.each([
    [[key('Artist', '=', 'A'), key('Year', '=', 'abc')], 'by-year', 'key Year'],
    [[key('Artist', '=', 'A'), key('Year', 'begins_with', '1')], 'by-year', 'key Year'],
  ] as const)('says at the field what is wrong with it', (keys, name, field) => {
    const planned = plan([...keys], { index: name });
    expect(planned.request).toBeUndefined();
    expect(planned.problems[0]?.where).toBe(field);
  });

  it.each(['a..b', '[1]', 'a['])('refuses the path %s', (path) => {
    expect(plan([], {}, [where(path, '=', '1')]).problems).toHaveLength(1);
    expect(plan([], { projection: path }).problems).toHaveLength(1);
  });
});
