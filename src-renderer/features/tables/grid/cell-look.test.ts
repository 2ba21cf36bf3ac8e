import { describe, expect, it } from 'vitest';
import type { AttributeValue } from '../../../../src-shared/values/attribute-value.ts';
import { cellLook, cellTitle } from './cell-look.ts';

describe('what stands in a cell', () => {
  it('keeps apart what is missing, null, an empty text and an empty list', () => {
    const values: (AttributeValue | undefined)[] = [
      undefined,
      { type: 'NULL' },
      { type: 'S', text: '' },
      { type: 'L', values: [] },
      { type: 'M', entries: new Map() },
      { type: 'S', text: 'null' },
    ];
    const seen = values.map((value) => JSON.stringify(cellLook(value)));
    expect(new Set(seen).size).toBe(values.length);
  });

  it('names the type of what could be taken for something else, and of nothing else', () => {
    expect(cellLook({ type: 'S', text: 'words' }).type).toBeUndefined();
    expect(cellLook({ type: 'S', text: '42' }).type).toBe('S');
    expect(cellLook({ type: 'N', text: '42' }).type).toBe('N');
  });

  it('has every digit', () => {
    const text = '-1234567890123456789012345678901234567.8';
    expect(cellLook({ type: 'N', text }).text).toBe(text);
  });

  it('says what a number may stand for, as a guess, and the whole of a long text', () => {
    expect(cellTitle({ type: 'N', text: '1760000000' })).toBe('seconds since 1970, assumed: 2025-10-09T08:53:20.000Z');
    expect(cellTitle({ type: 'S', text: 'a text that may be cut' })).toBe('a text that may be cut');
    expect(cellTitle({ type: 'S', text: 'short' })).toBeUndefined();
    expect(cellTitle(undefined)).toBeUndefined();
  });
});
