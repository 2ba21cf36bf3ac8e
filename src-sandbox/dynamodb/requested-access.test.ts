import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestedAccess } from './requested-access.ts';

const arn = (rest: string) => `arn:aws:dynamodb:eu-west-1:123456789000:table/${rest}`;
const accessOf = (operation: string, input: Record<string, unknown>) =>
  requestedAccess(operation, input, 'eu-west-1')?.map(({ action, resource }) => [action, resource]);

describe('what a request needs permission for', () => {
  it('is its own action on its table or index', () => {
    expect(accessOf('GetItem', { TableName: 'Music' })).toEqual([['dynamodb:GetItem', arn('Music')]]);
    expect(accessOf('Query', { TableName: 'Music', IndexName: 'ByYear' })).toEqual([
      ['dynamodb:Query', arn('Music/index/ByYear')],
    ]);
    expect(accessOf('ListTables', {})).toEqual([['dynamodb:ListTables', arn('*')]]);
    expect(accessOf('TagResource', { ResourceArn: arn('X') })).toEqual([['dynamodb:TagResource', arn('X')]]);
  });

  it('covers every table of a batch', () => {
    expect(accessOf('BatchWriteItem', { RequestItems: { A: [], B: [] } })).toEqual([
      ['dynamodb:BatchWriteItem', arn('A')],
      ['dynamodb:BatchWriteItem', arn('B')],
    ]);
    expect(accessOf('BatchGetItem', {})).toEqual([['dynamodb:BatchGetItem', arn('*')]]);
  });

  it('covers every part of a transaction by what it does', () => {
    const parts = [{ Put: { TableName: 'A' } }, { ConditionCheck: { TableName: 'B' } }, { Delete: { TableName: 'C' } }];
    expect(accessOf('TransactWriteItems', { TransactItems: parts })).toEqual([
      ['dynamodb:PutItem', arn('A')],
      ['dynamodb:ConditionCheckItem', arn('B')],
      ['dynamodb:DeleteItem', arn('C')],
    ]);
  });

  it('covers everything in a part that names several things', () => {
    const part = { ConditionCheck: { TableName: 'A' }, Put: { TableName: 'B' } };
    expect(accessOf('TransactWriteItems', { TransactItems: [part] })).toEqual([
      ['dynamodb:ConditionCheckItem', arn('A')],
      ['dynamodb:PutItem', arn('B')],
    ]);
  });

  it.each([
    ['SELECT * FROM "Music"."ByYear" WHERE Year = 1', 'PartiQLSelect', 'Music'],
    ["  select * from Music where Artist='x'", 'PartiQLSelect', 'Music'],
    ['INSERT INTO "a.b" VALUE {\'id\': 1}', 'PartiQLInsert', 'a.b'],
    ["UPDATE Music SET Year = 1 WHERE Artist = 'x'", 'PartiQLUpdate', 'Music'],
    ["DELETE FROM Music WHERE Artist = 'x'", 'PartiQLDelete', 'Music'],
    ['EXISTS(SELECT * FROM Music)', 'PartiQLSelect', 'Music'],
  ])('is what the verb of a PartiQL statement says: %s', (statement, action, table) => {
    expect(accessOf('ExecuteStatement', { Statement: statement })).toEqual([[`dynamodb:${action}`, arn(table)]]);
    expect(accessOf('BatchExecuteStatement', { Statements: [{ Statement: statement }] })).toHaveLength(1);
  });

  it.each([
    ['TransactWriteItems', {}],
    ['TransactWriteItems', { TransactItems: [{ Surprise: {} }] }],
    ['TransactWriteItems', { TransactItems: [{ Put: {} }, { toString: {} }] }],
    ['TransactGetItems', { TransactItems: [null] }],
    ['ExecuteStatement', {}],
    ['ExecuteStatement', { Statement: '-- comment\nDELETE FROM Music' }],
    ['ExecuteStatement', { Statement: '(delete from Music)' }],
    ['ExecuteTransaction', { TransactStatements: [{ Statement: 'select 1' }, {}] }],
  ])('cannot be told of %s %j, which is therefore refused', (operation, input) => {
    expect(accessOf(operation, input)).toBeUndefined();
  });

  it('never is nothing at all', () => {
    const operation = fc.constantFrom(
      'GetItem',
      'BatchGetItem',
      'TransactWriteItems',
      'ExecuteStatement',
      'ExecuteTransaction',
      'ListTables',
    );
    fc.assert(
      fc.property(
        operation,
        fc.dictionary(
          fc.constantFrom('TableName', 'TransactItems', 'RequestItems', 'Statement', 'TransactStatements'),
          fc.anything(),
        ),
        (name, input) => {
          expect(accessOf(name, input)?.length).not.toBe(0);
        },
      ),
    );
  });
});
