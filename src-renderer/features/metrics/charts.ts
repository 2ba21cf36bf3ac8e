import type { MetricSeries, TableMetrics } from '../../../src-shared/contracts/metrics.ts';
import { type Point, withZeros } from './scale.ts';

/** A line of a chart. */
export interface ChartLine {
  name: string;
  points: readonly Point[];
  /** A class that gives its colour. */
  colour: string;
  /** A limit, as opposed to something measured. */
  isDashed: boolean;
}

/** A chart: what it is about, and its lines. */
export interface ChartData {
  id: string;
  title: string;
  unit: string;
  /** What it means when there is nothing. */
  whenEmpty: string;
  lines: readonly ChartLine[];
}

const read = 'text-accent-text';
const write = 'text-code-string';
const latencyColours = [
  read,
  write,
  'text-code-number',
  'text-code-name',
  'text-bad',
  'text-good',
  'text-warn',
  'text-code-word',
  'text-code-type',
  'text-muted',
];

/** The charts of a table: what it used of its capacity, what was throttled, how long requests took. */
export function chartsOf(metrics: TableMetrics, isIndex: boolean): ChartData[] {
  const { from, to, period, series } = metrics;
  const find = (metric: string) => series.find((one) => one.metric === metric);
  const counted = (metric: string, name: string, colour: string): ChartLine[] => {
    const found = find(metric);
    if (!found) return [];
    return [{ name, colour, isDashed: false, points: withZeros(found.points, from, to, period) }];
  };
  const limit = (metric: string, name: string, colour: string): ChartLine[] => {
    const found = find(metric);
    return found ? [{ name, colour, isDashed: true, points: found.points }] : [];
  };
  const latencies = series.filter(({ operation }) => operation !== undefined);
  const latency = (one: MetricSeries, place: number): ChartLine => ({
    name: one.operation ?? '',
    colour: latencyColours[place % latencyColours.length] ?? '',
    isDashed: false,
    points: one.points,
  });
  return [
    {
      id: 'capacity',
      title: 'Consumed capacity',
      unit: 'units a second',
      whenEmpty: 'Nothing was read or written in this time.',
      lines: [
        ...counted('ConsumedReadCapacityUnits', 'read', read),
        ...counted('ConsumedWriteCapacityUnits', 'write', write),
        ...limit('ProvisionedReadCapacityUnits', 'provisioned read', read),
        ...limit('ProvisionedWriteCapacityUnits', 'provisioned write', write),
      ],
    },
    {
      id: 'throttles',
      title: 'Throttled requests',
      unit: `in ${periodWords(period)}`,
      whenEmpty: 'Nothing was throttled in this time.',
      lines: [...counted('ReadThrottleEvents', 'read', read), ...counted('WriteThrottleEvents', 'write', write)],
    },
    ...(isIndex
      ? []
      : [
          {
            id: 'latency',
            title: 'Latency',
            unit: 'milliseconds in DynamoDB, on average',
            whenEmpty: 'No request succeeded in this time.',
            lines: latencies.map(latency),
          },
        ]),
  ];
}

/** `a minute`, `5 minutes`, `an hour` */
export function periodWords(period: number): string {
  const minutes = period / 60_000;
  if (minutes === 1) return 'a minute';
  return minutes === 60 ? 'an hour' : `${minutes} minutes`;
}
