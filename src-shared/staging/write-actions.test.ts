import { describe, expect, it } from 'vitest';
import type { StagedChange } from '../contracts/staging.ts';
import { commitSize, transactionLimits, WriteActionError, writeActions } from './write-actions.ts';

const actions = (changes: StagedChange[]) => changes.flatMap((change) => writeActions('T', change, ['id']));
const insert = (n: number, text = ''): StagedChange => ({
  kind: 'insert',
  id: `change-${n}`,
  item: `{"id":{"S":"${n}"},"text":{"S":"${text}"}}`,
});

describe('whether a commit is all or nothing', () => {
  it('is up to 100 writes, and not beyond', () => {
    const many = Array.from({ length: transactionLimits.actions }, (_, n) => insert(n));
    expect(commitSize(actions(many))).toMatchObject({ actions: 100, isAtomic: true });
    expect(commitSize(actions([...many, insert(100)]))).toMatchObject({ actions: 101, isAtomic: false });
    // Another key is two writes.
    const moved: StagedChange = { kind: 'edit', id: 'moved', base: '{"id":{"S":"a"}}', item: '{"id":{"S":"b"}}' };
    expect(commitSize(actions([...many.slice(1), moved]))).toMatchObject({ actions: 101, isAtomic: false });
  });

  it('is up to 4 MB of UTF-8, and not beyond', () => {
    const large = (count: number) => Array.from({ length: count }, (_, n) => insert(n, 'é'.repeat(195_000)));
    const ten = commitSize(actions(large(10)));
    expect(ten.bytes).toBeGreaterThan(10 * 390_000);
    expect(ten.isAtomic).toBe(true);
    expect(commitSize(actions(large(11)))).toMatchObject({ actions: 11, isAtomic: false });
  });
});

describe('the writes of a change', () => {
  it('want what they change to be as it was, by whatever name', () => {
    const base = '{"id":{"S":"a"},"__proto__":{"N":"1"},"other":{"S":"x"}}';
    const [update] = writeActions('T', { kind: 'edit', id: 'e', base, item: base.replace('"1"', '"2"') }, ['id']);
    expect(update?.kind).toBe('Update');
    expect(Object.values(update?.fields['ExpressionAttributeNames'] ?? {})).toContain('__proto__');
    expect(Object.values(update?.fields['ExpressionAttributeNames'] ?? {})).not.toContain('other');
    expect(update?.texts.ExpressionAttributeValues).toContain('{"N":"1"}');
    expect(writeActions('T', { kind: 'edit', id: 'e', base, item: base.replace('"1"', '"1.0"') }, ['id'])).toEqual([]);
  });

  it('are refused where there are more changes than an expression holds', () => {
    const item = (value: number) =>
      `{"id":{"S":"a"},${Array.from({ length: 400 }, (_, n) => `"a${n}":{"N":"${value}"}`).join(',')}}`;
    const edit: StagedChange = { kind: 'edit', id: 'e', base: item(1), item: item(2) };
    expect(() => writeActions('T', edit, ['id'])).toThrow(WriteActionError);
  });
});
