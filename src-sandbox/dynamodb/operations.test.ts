import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { engineLimit, parseTarget } from './operations.ts';

describe('an X-Amz-Target', () => {
  it('names an operation of DynamoDB or of its streams', () => {
    expect(parseTarget('DynamoDB_20120810.GetItem')).toEqual({ api: 'DynamoDB_20120810', name: 'GetItem' });
    expect(parseTarget('DynamoDBStreams_20120810.GetRecords')).toEqual({
      api: 'DynamoDBStreams_20120810',
      name: 'GetRecords',
    });
  });

  it.each([
    undefined,
    '',
    'GetItem',
    'DynamoDB_20111205.GetItem',
    'DynamoDB_20120810.',
    'DynamoDB_20120810.Get Item',
    'Kinesis_20131202.ListStreams',
  ])('%j names none', (target) => {
    expect(parseTarget(target)).toBeUndefined();
  });

  it('is either parsed to just what it says or not at all', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((name) => `DynamoDB_20120810.${name}`),
        ),
        (text) => {
          const operation = parseTarget(text);
          if (operation) expect(`${operation.api}.${operation.name}`).toBe(text);
        },
      ),
    );
  });
});

describe('what an engine lacks', () => {
  const operation = (name: string) => ({ api: 'DynamoDB_20120810', name }) as const;
  const empty = Buffer.from('{}');

  it('is said in a sentence', () => {
    expect(engineLimit('dynoxide', operation('TransactWriteItems'), empty)).toBeUndefined();
    expect(engineLimit('dynalite', operation('TransactWriteItems'), empty)).toMatch(
      /^TransactWriteItems is not in this sandbox/,
    );
    expect(engineLimit('dynoxide', operation('CreateBackup'), empty)).toMatch(/^CreateBackup is not in this sandbox/);
    expect(engineLimit('dynoxide', operation('ListStreams'), empty)).toMatch(/not in this sandbox/);
  });

  it('includes an attribute name that dynalite would lose without a word', () => {
    const body = Buffer.from('{"Item":{"__proto__":{"S":"x"}}}');
    expect(engineLimit('dynalite', operation('PutItem'), body)).toMatch(/__proto__ is not in this sandbox/);
    expect(engineLimit('dynoxide', operation('PutItem'), body)).toBeUndefined();
  });
});
