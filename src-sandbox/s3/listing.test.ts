import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ListingRequest, listPage } from './listing.ts';

const text = (maxLength: number) => fc.string({ unit: fc.constantFrom('a', 'b', '/', '\u00c3', '\u00a9'), maxLength });

/** A plain reading of what a listing is: everything, rolled up, sorted. */
function plainly(keys: readonly string[], { prefix, delimiter, after }: ListingRequest): string[] {
  const names = keys
    .filter((key) => key.startsWith(prefix) && key > after)
    .map((key) => {
      const index = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
      return index < 0 ? key : key.slice(0, index + delimiter.length);
    });
  return [...new Set(names)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function sourceOf(keys: readonly string[]) {
  const sorted = [...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  let read = 0;
  return {
    source: (from: string, limit: number) => {
      const found = sorted.filter((key) => key >= from).slice(0, limit);
      read += found.length;
      return found.map((key) => ({ key }));
    },
    read: () => read,
  };
}

describe('a listing', () => {
  it('gives, page by page, what a plain reading gives at once', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(text(6), { maxLength: 40 }).map((keys) => keys.filter((key) => key !== '')),
        text(2),
        fc.constantFrom('', '/', 'b/', 'a'),
        fc.integer({ min: 1, max: 7 }),
        (keys, prefix, delimiter, maxEntries) => {
          const { source } = sourceOf(keys);
          const found: string[] = [];
          let after = '';
          for (let pages = 0; ; pages += 1) {
            const page = listPage(source, { prefix, delimiter, after, maxEntries });
            const names = [...page.entries.map(({ key }) => key), ...page.prefixes];
            expect(names.length).toBeLessThanOrEqual(maxEntries);
            found.push(...names.sort((a, b) => (a < b ? -1 : 1)));
            if (!page.truncated) break;
            expect(names.length).toBe(maxEntries);
            expect(pages).toBeLessThan(100);
            after = page.last;
          }
          expect(found).toEqual(plainly(keys, { prefix, delimiter, after: '', maxEntries }));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('begins after any key that it is given', () => {
    const { source } = sourceOf(['a/1', 'a/2', 'b', 'c/1']);
    const page = (after: string) => listPage(source, { prefix: '', delimiter: '/', after, maxEntries: 10 });
    expect(page('a/1')).toMatchObject({ prefixes: ['a/', 'c/'], entries: [{ key: 'b' }] });
    expect(page('a/')).toMatchObject({ prefixes: ['c/'], entries: [{ key: 'b' }] });
    expect(page('zzz')).toMatchObject({ prefixes: [], entries: [], truncated: false });
  });

  it('is empty and whole when nothing is asked for', () => {
    const { source } = sourceOf(['a']);
    expect(listPage(source, { prefix: '', delimiter: '', after: '', maxEntries: 0 })).toMatchObject({
      truncated: false,
    });
  });

  it('does not read all that it rolls up', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `folder/${String(index).padStart(6, '0')}`);
    const { source, read } = sourceOf([...keys, 'z']);
    const page = listPage(source, { prefix: '', delimiter: '/', after: '', maxEntries: 1000 });
    expect(page).toMatchObject({ prefixes: ['folder/'], entries: [{ key: 'z' }] });
    expect(read()).toBeLessThan(3000);
  });
});
