import type { MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { MetricRange, MetricSeries } from '../../../src-shared/contracts/metrics.ts';

/** A range's length and the time between its points, in seconds. */
interface Window {
  length: number;
  period: number;
}

const hour = 3600;

/** CloudWatch keeps a point a minute for 15 days, which for a week would be 10,000 points to a pixel column. */
const windows: Readonly<Record<MetricRange, Window>> = {
  '1h': { length: hour, period: 60 },
  '3h': { length: 3 * hour, period: 60 },
  '12h': { length: 12 * hour, period: 300 },
  '1d': { length: 24 * hour, period: 300 },
  '3d': { length: 72 * hour, period: 900 },
  '1w': { length: 168 * hour, period: hour },
};

/** One series to ask for. */
export interface AskedSeries extends Pick<MetricSeries, 'metric' | 'operation' | 'unit'> {
  id: string;
  statistic: 'Sum' | 'Average';
}

const capacity = ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'];
const provisioned = ['ProvisionedReadCapacityUnits', 'ProvisionedWriteCapacityUnits'];
const throttles = ['ReadThrottleEvents', 'WriteThrottleEvents'];
/** Operations whose latency is worth a line. Source: "DynamoDB Metrics and dimensions", SuccessfulRequestLatency. */
const operations = [
  'GetItem',
  'BatchGetItem',
  'TransactGetItems',
  'Query',
  'Scan',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
];

/** The series of a table, or of one global index, which has no latency of its own. */
export function askedSeries(index: string | undefined): AskedSeries[] {
  const named = [
    ...capacity.map((metric) => ({ metric, unit: 'units', statistic: 'Sum' }) as const),
    ...provisioned.map((metric) => ({ metric, unit: 'units', statistic: 'Average' }) as const),
    ...throttles.map((metric) => ({ metric, unit: 'requests', statistic: 'Sum' }) as const),
    ...(index === undefined ? operations : []).map(
      (operation) =>
        ({ metric: 'SuccessfulRequestLatency', operation, unit: 'milliseconds', statistic: 'Average' }) as const,
    ),
  ];
  return named.map((series, place) => ({ id: `m${place}`, ...series }));
}

/** The whole periods that lie in a range which ends now, in milliseconds since the epoch. */
export function windowOf(range: MetricRange, now: number): { from: number; to: number; period: number } {
  const { length, period } = windows[range];
  const to = Math.floor(now / 1000 / period) * period;
  return { from: (to - length) * 1000, to: to * 1000, period: period * 1000 };
}

/** GetMetricData's questions for these series. */
export function metricQueries(
  asked: readonly AskedSeries[],
  table: string,
  index: string | undefined,
  period: number,
): MetricDataQuery[] {
  return asked.map(({ id, metric, operation, statistic }) => ({
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/DynamoDB',
        MetricName: metric,
        Dimensions: [
          { Name: 'TableName', Value: table },
          ...(index === undefined ? [] : [{ Name: 'GlobalSecondaryIndexName', Value: index }]),
          ...(operation === undefined ? [] : [{ Name: 'Operation', Value: operation }]),
        ],
      },
      Period: period / 1000,
      Stat: statistic,
    },
    ReturnData: true,
  }));
}

/** The answers, joined over their pages, as series; those that hold nothing are left out. Sums of units become a rate. */
export function toSeries(
  asked: readonly AskedSeries[],
  results: readonly MetricDataResult[],
  period: number,
): MetricSeries[] {
  return asked.flatMap(({ id, metric, operation, unit, statistic }) => {
    const isRate = unit === 'units' && statistic === 'Sum';
    const points = results
      .filter((result) => result.Id === id)
      .flatMap(({ Timestamps: times = [], Values: values = [] }) =>
        times.map((time, place): [number, number] => {
          const value = values[place] ?? 0;
          return [time.getTime(), isRate ? value / (period / 1000) : value];
        }),
      )
      .sort(([a], [b]) => a - b);
    return points.length === 0 ? [] : [{ metric, unit, points, ...(operation !== undefined && { operation }) }];
  });
}
