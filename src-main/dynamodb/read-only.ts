import { RolegateError } from '../../src-shared/errors.ts';
import { isPartiql, onlySelects } from '../../src-shared/partiql/read-only-call.ts';
import type { HeldBack } from '../../src-shared/production/production.ts';
import type { ForwardCall } from './request-handler.ts';

/** The operations of DynamoDB and its streams that change nothing. Whatever is not here is a write. */
const reading: ReadonlySet<string> = new Set([
  'BatchGetItem',
  'DescribeContinuousBackups',
  'DescribeContributorInsights',
  'DescribeEndpoints',
  'DescribeExport',
  'DescribeGlobalTableSettings',
  'DescribeImport',
  'DescribeKinesisStreamingDestination',
  'DescribeLimits',
  'DescribeStream',
  'DescribeTable',
  'DescribeTableReplicaAutoScaling',
  'DescribeTimeToLive',
  'GetItem',
  'GetRecords',
  'GetResourcePolicy',
  'GetShardIterator',
  'ListBackups',
  'ListContributorInsights',
  'ListExports',
  'ListImports',
  'ListStreams',
  'ListTables',
  'ListTagsOfResource',
  'Query',
  'Scan',
  'SearchVectors',
  'TransactGetItems',
]);

/**
 * Holds a way of requests to reading, below everything that the window shows or hides: only what is on the list goes
 * on, and PartiQL if each of its statements is surely a SELECT. Requests to other services (metrics) go on to the
 * app-service, which has a list of its own.
 *
 * @param heldBy asked at each request, because it changes while a session runs
 */
export function holdToReading(forward: ForwardCall, heldBy: () => HeldBack | undefined): ForwardCall {
  return (call, signal) => {
    const why = heldBy();
    if (why === undefined || call.service !== 'dynamodb') return forward(call, signal);
    const targets = call.headers.filter(([name]) => name.toLowerCase() === 'x-amz-target');
    const operation = targets.length === 1 ? operationOf(targets[0]![1]) : undefined;
    if (operation === undefined || !mayCall(operation, call.body)) throw refusal(operation, why);
    return forward(call, signal);
  };
}

function operationOf(target: string): string | undefined {
  return /^DynamoDB(?:Streams)?_20120810\.([A-Za-z]+)$/.exec(target)?.[1];
}

function mayCall(operation: string, body: unknown): boolean {
  if (!isPartiql(operation)) return reading.has(operation);
  return body instanceof Uint8Array && onlySelects(operation, Buffer.from(body).toString('utf8'));
}

/** What somebody is told who may only read. @param operation what was asked for */
export function refusal(operation: string | undefined, why: HeldBack): RolegateError {
  const what = operation ?? 'this request';
  return why === 'service'
    ? new RolegateError('access_denied', `This session is read-only, so ${what} is not allowed.`, {
        hint: 'Ask whoever gave you the role, if you need to write with it.',
      })
    : new RolegateError('access_denied', `This is production and reads only, so ${what} is not allowed.`, {
        hint: 'Allow writing in the bar above the tables, if you mean to change something.',
      });
}
