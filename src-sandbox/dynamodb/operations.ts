import type { EngineName } from '../engine/engine.ts';

/** What an `X-Amz-Target` header names. */
export interface Operation {
  /** `GetItem`. */
  name: string;
  /** `DynamoDB_20120810` or, for streams, `DynamoDBStreams_20120810`. */
  api: Api;
}

type Api = 'DynamoDB_20120810' | 'DynamoDBStreams_20120810';

const basics = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetItem',
  'ListTables',
  'ListTagsOfResource',
  'PutItem',
  'Query',
  'Scan',
  'TagResource',
  'UntagResource',
  'UpdateItem',
  'UpdateTable',
];

const supported: Record<EngineName, Record<Api, ReadonlySet<string>>> = {
  dynalite: { DynamoDB_20120810: new Set(basics), DynamoDBStreams_20120810: new Set() },
  dynoxide: {
    DynamoDB_20120810: new Set([
      ...basics,
      'BatchExecuteStatement',
      'ExecuteStatement',
      'ExecuteTransaction',
      'SearchVectors',
      'TransactGetItems',
      'TransactWriteItems',
      'UpdateTimeToLive',
    ]),
    DynamoDBStreams_20120810: new Set(['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams']),
  },
};

/** Operations whose answers describe tables: they hold ARNs, and nothing that a user wrote into an item or a tag. */
const describing = new Set([
  'CreateTable',
  'DeleteTable',
  'DescribeStream',
  'DescribeTable',
  'ListStreams',
  'UpdateTable',
]);

/**
 * Reads an `X-Amz-Target` header.
 *
 * @returns undefined when it names no operation of DynamoDB
 */
export function parseTarget(target: string | undefined): Operation | undefined {
  const match = /^(DynamoDB_20120810|DynamoDBStreams_20120810)\.([A-Za-z]{1,64})$/.exec(target ?? '');
  if (!match) return undefined;
  const [, api, name] = match as unknown as [string, Api, string];
  return { api, name };
}

/**
 * Why an engine cannot do what it is asked.
 *
 * @param body the request's, JSON
 * @returns a sentence, or undefined when it can
 */
export function engineLimit(engine: EngineName, { api, name }: Operation, body: Buffer): string | undefined {
  if (!supported[engine][api].has(name)) {
    return `${name} is not in this sandbox: its DynamoDB engine (${engine}) does not have it.`;
  }
  if (engine === 'dynalite' && body.includes('"__proto__"')) {
    return 'An attribute named __proto__ is not in this sandbox: its DynamoDB engine (dynalite) would lose it.';
  }
  return undefined;
}

/** Whether the engine's answer may be searched for ARNs without touching anything of the user's. */
export function describesTables({ name }: Operation): boolean {
  return describing.has(name);
}
