import { describe, expect, it } from 'vitest';
import { completionsAt } from './completions.ts';

const source = {
  tables: ['Music', 'billing.invoices'],
  detailsOf: (table: string) =>
    table === 'Music'
      ? {
          key: [
            { name: 'Artist', type: 'S' as const, role: 'HASH' as const },
            { name: 'SongTitle', type: 'S' as const, role: 'RANGE' as const },
          ],
          indexes: [
            {
              name: 'by-genre',
              kind: 'GSI' as const,
              key: [{ name: 'Genre', type: 'S' as const, role: 'HASH' as const }],
              projection: 'ALL',
              projectedAttributes: [],
            },
          ],
        }
      : undefined,
  seenOf: () => ['Status', 'Artist', 'a b'],
};
/** `|` is the cursor. */
const at = (text: string) => completionsAt(text.replace('|', ''), text.indexOf('|'), source);
const labels = (text: string, kind: string) =>
  at(text)
    ?.options.filter((option) => option.kind === kind)
    .map(({ label }) => label);

describe('completing a statement', () => {
  it('names the tables where one can stand, quoted', () => {
    expect(at('SELECT * FROM |')?.options.map(({ text }) => text)).toEqual(['"Music"', '"billing.invoices"']);
    expect(at('INSERT INTO Mu|')).toMatchObject({ from: 12 });
    expect(at('SELECT * FROM "Mu|')).toMatchObject({ from: 14 });
  });

  it('names the indexes behind a table', () => {
    expect(at('SELECT * FROM "Music".|')?.options).toEqual([
      { text: '"by-genre"', label: 'by-genre', kind: 'index', about: 'Genre' },
    ]);
  });

  it('names the attributes of the statement’s table: keys first, then what was seen, reserved words quoted', () => {
    expect(labels('SELECT * FROM "Music" WHERE |', 'attribute')).toEqual([
      'Artist',
      'SongTitle',
      'Genre',
      'Status',
      'a b',
    ]);
    const texts = at('SELECT | FROM Music')?.options.map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['Artist', '"Status"', '"a b"', 'SELECT', 'begins_with(']));
    expect(labels('SELECT * FROM "Music"; SELECT | FROM Other', 'attribute')).toEqual(['Status', 'Artist', 'a b']);
  });

  it('completes nothing inside a value or a comment', () => {
    for (const text of ["SELECT * FROM t WHERE a = 'Ar|", "WHERE a = 'x'|", '-- sel|', 'WHERE a = 12|'])
      expect(at(text)).toBeUndefined();
  });
});
