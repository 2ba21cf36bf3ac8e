import type { CloudWatchClient, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { CallInput } from '../../../src-shared/contracts/calls.ts';
import type { TableMetrics } from '../../../src-shared/contracts/metrics.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import { clientConfig, toAwsError } from '../client.ts';
import type { ForwardCall } from '../request-handler.ts';
import { sessionClients } from '../session-clients.ts';
import { askedSeries, metricQueries, toSeries, windowOf } from './metric-queries.ts';

/** What CloudWatch has measured of tables. */
export interface Metrics {
  read(input: CallInput<'metrics.read'>): Promise<TableMetrics>;
}

export interface MetricsOptions {
  forwardFor: (appSessionId: string) => ForwardCall;
  now?: () => number;
}

/** Makes the use case of reading metrics. What it throws is a RolegateError. */
export function createMetrics({ forwardFor, now = Date.now }: MetricsOptions): Metrics {
  const clientFor = sessionClients(forwardFor, createCloudWatchClient);
  return {
    async read({ table, index, range, ...where }) {
      try {
        return await readMetrics(await clientFor(where), table, index, windowOf(range, now()));
      } catch (error) {
        throw asMetricsError(error);
      }
    },
  };
}

async function createCloudWatchClient(forward: ForwardCall, region: string): Promise<CloudWatchClient> {
  const { CloudWatchClient: Client } = await import('@aws-sdk/client-cloudwatch');
  return new Client(clientConfig(forward, { service: 'monitoring', region }));
}

async function readMetrics(
  client: CloudWatchClient,
  table: string,
  index: string | undefined,
  window: { from: number; to: number; period: number },
): Promise<TableMetrics> {
  const { GetMetricDataCommand } = await import('@aws-sdk/client-cloudwatch');
  const asked = askedSeries(index);
  const results: MetricDataResult[] = [];
  let next: string | undefined;
  do {
    const answer = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: metricQueries(asked, table, index, window.period),
        StartTime: new Date(window.from),
        EndTime: new Date(window.to),
        ScanBy: 'TimestampAscending',
        ...(next !== undefined && { NextToken: next }),
      }),
    );
    results.push(...(answer.MetricDataResults ?? []));
    next = answer.NextToken;
  } while (next !== undefined);
  const isWhole = ({ StatusCode: status }: MetricDataResult) => status === undefined || status === 'Complete';
  // A result that goes on in another page says `PartialData`, so only the last word on each series counts.
  const last = new Map(results.map((result) => [result.Id, result]));
  return {
    ...window,
    series: toSeries(asked, results, window.period),
    isPartial: ![...last.values()].every(isWhole),
  };
}

function asMetricsError(thrown: unknown): RolegateError {
  const error = toAwsError(thrown, 'CloudWatch');
  if (error.code !== 'access_denied') return error;
  return new RolegateError('access_denied', error.message, {
    awsCode: error.awsCode,
    requestId: error.requestId,
    hint: 'The charts take cloudwatch:GetMetricData, which IAM grants for all resources only.',
    cause: thrown,
  });
}
