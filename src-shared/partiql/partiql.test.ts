import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyStatement, confirmationWord, writeWords } from './classify.ts';
import reserved from './data/reserved-words.json' with { type: 'json' };
import { firstStatement, isReserved, partiqlName } from './names.ts';
import { onlySelects } from './read-only-call.ts';
import { readsAll } from './reads-all.ts';
import { statementAt, statementsOf } from './statements.ts';
import { tokensOf } from './tokens.ts';
import { withoutLiterals } from './without-values.ts';

/** Text inside single quotes, whatever it is. */
const literal = fc.string({ unit: 'grapheme' }).map((text) => `'${text.replaceAll("'", "''")}'`);
const name = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `"${text.replaceAll('"', '""')}"`);
const cased = (word: string) =>
  fc
    .array(fc.boolean(), { minLength: word.length, maxLength: word.length })
    .map((ups) => [...word].map((letter, at) => (ups[at] ? letter.toUpperCase() : letter.toLowerCase())).join(''));

describe('what a statement does', () => {
  it.each([
    ['SELECT * FROM Music', { verb: 'select', isReading: true, table: 'Music' }],
    ['  select Artist from "Music"."by-genre" where Genre = ?', { isReading: true, table: 'Music', index: 'by-genre' }],
    [`SELECT * FROM "t" WHERE a = 'x; DELETE FROM t -- '`, { isReading: true, table: 't' }],
    ['SELECT "set", "delete" FROM "t"', { isReading: true }],
    [`INSERT INTO "Music" VALUE {'Artist': 'a'}`, { verb: 'insert', isReading: false, table: 'Music' }],
    ['UPDATE "Music" SET a = 1', { verb: 'update', isReading: false, table: 'Music' }],
    ['DELETE FROM Music WHERE Artist = ?', { verb: 'delete', isReading: false, table: 'Music' }],
  ])('%s', (statement, kind) => expect(classifyStatement(statement)).toMatchObject(kind));

  it.each([
    '',
    'EXISTS(SELECT * FROM t)',
    'SELECT * FROM t; DELETE FROM t',
    'SELECT * FROM t -- \nDELETE FROM t',
    'SELECT * FROM t /* */',
    `SELECT * FROM t WHERE a = 'open`,
    'SELECT * FROM t WHERE a = `ion`',
    'SELECT * FROM t WHERE a = \u00a0DELETE',
    'WITH x AS (SELECT 1) DELETE FROM t',
    'SELECT * FROM (DELETE FROM t RETURNING ALL OLD *)',
    '\ufeffSELECT * FROM t',
  ])('takes %j for a write, because it is not surely a SELECT', (statement) =>
    expect(classifyStatement(statement).isReading).toBe(false),
  );

  it('never takes a statement with another verb in it for reading, in whatever case and between whatever values', () => {
    const verbs = fc.constantFrom('insert', 'update', 'delete', 'set', 'remove', 'upsert', 'replace').chain(cased);
    fc.assert(
      fc.property(cased('select'), literal, verbs, literal, (select, before, verb, after) => {
        const text = `${select} * FROM t WHERE a = ${before} ${verb} ${after}`;
        expect(classifyStatement(text).isReading).toBe(false);
      }),
    );
  });

  it('takes no text for reading that does not begin with SELECT', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        if (!/^\s*select\b/i.test(text)) expect(classifyStatement(text).isReading).toBe(false);
      }),
    );
  });

  it('goes by nothing that stands in quotes', () => {
    fc.assert(
      fc.property(name, name, literal, (table, column, value) => {
        expect(classifyStatement(`SELECT ${column} FROM ${table} WHERE ${column} = ${value}`).isReading).toBe(true);
      }),
    );
  });

  it('loses nothing of a text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const joined = tokensOf(text).reduce((left, token) => {
          expect(text.slice(token.at, token.at + token.text.length)).toBe(token.text);
          expect(token.at).toBeGreaterThanOrEqual(left);
          expect(text.slice(left, token.at).trim()).toBe('');
          return token.at + token.text.length;
        }, 0);
        expect(text.slice(joined).trim()).toBe('');
      }),
    );
  });

  it('is named in words, and confirmed by its table', () => {
    const kinds = ['DELETE FROM "a"', 'SELECT * FROM b', 'UPDATE "a" SET x = 1'].map(classifyStatement);
    expect(writeWords(kinds)).toBe('delete from a, update a');
    expect(confirmationWord(kinds)).toBe('a');
    expect(confirmationWord([...kinds, classifyStatement('DELETE FROM c')])).toBe('write');
  });
});

describe('a PartiQL request', () => {
  const request = (...statements: string[]) =>
    JSON.stringify({ Statements: statements.map((text) => ({ Statement: text })) });

  it('only reads when all of its statements do', () => {
    expect(onlySelects('ExecuteStatement', '{"Statement":"SELECT * FROM t","Limit":1}')).toBe(true);
    expect(onlySelects('BatchExecuteStatement', request('SELECT * FROM t', 'SELECT * FROM u'))).toBe(true);
    expect(onlySelects('BatchExecuteStatement', request('SELECT * FROM t', 'DELETE FROM u'))).toBe(false);
    expect(onlySelects('ExecuteTransaction', request('SELECT * FROM t'))).toBe(false);
    expect(
      onlySelects('ExecuteTransaction', request('SELECT * FROM t').replace('Statements', 'TransactStatements')),
    ).toBe(true);
  });

  it.each([
    '{"Statement":"SELECT * FROM t","Statement":"DELETE FROM t"}',
    '{"Statement":"SELECT * FROM t","\\u0053tatement":"DELETE FROM t"}',
    '{"Statement":"SELECT * FROM t"} {"Statement":"DELETE FROM t"}',
    '{"statement":"SELECT * FROM t"}',
    '{"Statement":["SELECT * FROM t"]}',
    '{}',
    '[]',
    '',
    '\u001f\u008b',
  ])('does not count as reading when two readers could differ about it: %j', (body) =>
    expect(onlySelects('ExecuteStatement', body)).toBe(false),
  );

  it('is none of another operation', () => {
    for (const operation of ['PutItem', 'constructor', '__proto__'])
      expect(onlySelects(operation, '{"Statement":"SELECT * FROM t"}')).toBe(false);
  });
});

describe('a SELECT that reads everything', () => {
  const key = (...names: string[]) => names.map((one) => ({ name: one, type: 'S' as const, role: 'HASH' as const }));
  const index = { name: 'i', kind: 'GSI' as const, key: key('x', 'y'), projection: 'ALL', projectedAttributes: [] };
  const schema = { key: [...key('pk'), { name: 'sk', type: 'S' as const, role: 'RANGE' as const }], indexes: [index] };
  const isScan = (statement: string) => readsAll(tokensOf(statement), schema);

  it.each([
    `SELECT * FROM t WHERE pk = 'a'`,
    'SELECT * FROM "t" WHERE "pk" = ? AND sk > 3',
    'SELECT * FROM t WHERE pk IN [1, 2] ORDER BY sk DESC',
    'SELECT * FROM t WHERE pk = -1',
    'SELECT * FROM t WHERE 1 = pk',
    'SELECT * FROM t WHERE (pk = 1 AND (sk = 2 OR a = 3))',
    'SELECT * FROM t WHERE pk = 1 OR pk = 2',
    'SELECT * FROM t WHERE sk BETWEEN 1 AND 2 AND pk = 1',
    'SELECT * FROM t.i WHERE x = 1 AND y = 2',
    'DELETE FROM t WHERE a = 1',
  ])('is not %s', (statement) => expect(isScan(statement)).toBe(false));

  it.each([
    'SELECT * FROM t',
    'SELECT * FROM t WHERE a = 1',
    'SELECT * FROM t WHERE pk > 1',
    'SELECT * FROM t WHERE pk = 1 OR a = 2',
    'SELECT * FROM t WHERE NOT pk = 1',
    'SELECT * FROM t WHERE pk = sk',
    'SELECT * FROM t WHERE pk.a = 1',
    'SELECT * FROM t WHERE begins_with(pk, ?)',
    'SELECT * FROM t.i WHERE x = 1',
    'SELECT * FROM t.unknown WHERE pk = 1',
    'SELECT * FROM t WHERE (pk = 1',
    'SELECT * FROM t WHERE pk BETWEEN 1 AND 2',
  ])('is %s', (statement) => expect(isScan(statement)).toBe(true));
});

describe('the statements of an editor', () => {
  it('are cut at semicolons, without their comments', () => {
    const text = `-- first; not a statement\nSELECT * /* all */ FROM "a;b" WHERE x = ?;\n\n; DELETE FROM t WHERE y = ';' -- end`;
    const found = statementsOf(text);
    expect(found.map((one) => one.text)).toEqual(['SELECT *   FROM "a;b" WHERE x = ?', `DELETE FROM t WHERE y = ';'`]);
    expect(found.map(({ parameters }) => parameters)).toEqual([1, 0]);
    expect(statementAt(found, text.indexOf('DELETE'))?.text).toContain('DELETE');
    expect(statementAt(found, 3)?.text).toContain('SELECT');
  });

  it('keep what they do when their comments are taken out', () => {
    fc.assert(
      fc.property(literal, fc.stringMatching(/^[a-z ;']*$/), (value, comment) => {
        const [one, ...more] = statementsOf(`SELECT * -- ${comment}\nFROM t /*${comment}*/ WHERE a = ${value}`);
        expect(more).toEqual([]);
        expect(one?.text).toContain(value);
        expect(classifyStatement(one?.text ?? '')).toMatchObject({ isReading: true, table: 't' });
      }),
    );
  });

  it('can be kept without a value', () => {
    fc.assert(
      fc.property(literal, fc.nat(), (value, number) => {
        expect(withoutLiterals(`SELECT a[0] FROM "t" WHERE a = ${value} AND b IN [${number}] -- ${number}`)).toBe(
          'SELECT a[0] FROM "t" WHERE a = ? AND b IN [?]',
        );
      }),
    );
    expect(withoutLiterals(`INSERT INTO "t" VALUE {'pk': 'alice', 'n': 7}`)).toBe(
      `INSERT INTO "t" VALUE {'pk': ?, 'n': ?}`,
    );
    expect(withoutLiterals(`SELECT 'open alice`)).toBe('SELECT ?');
  });
});

describe('names', () => {
  it('are quoted where they are reserved, or not a plain word', () => {
    expect(new Set(reserved.words).size).toBe(573);
    expect(isReserved('status')).toBe(true);
    expect(partiqlName('Status')).toBe('"Status"');
    expect(partiqlName('a-b"c')).toBe('"a-b""c"');
    expect(partiqlName('Artist')).toBe('Artist');
    expect(firstStatement('Music', ['Artist'])).toBe('SELECT *\nFROM "Music"\nWHERE Artist = ?');
  });
});
