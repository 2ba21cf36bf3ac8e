import { z } from 'zod';
import { defineCalls, timestamp } from './common.ts';
import { inTable } from './table-reading.ts';

/** What CloudWatch has measured of a table. */

export const metricRanges = ['1h', '3h', '12h', '1d', '3d', '1w'] as const;
export type MetricRange = (typeof metricRanges)[number];

/** In what a series is measured: capacity units a second, requests in a period, or milliseconds. */
export const metricUnits = ['units', 'requests', 'milliseconds'] as const;

export const metricSeries = z.strictObject({
  /** `ConsumedReadCapacityUnits`, and the operation for a latency. */
  metric: z.string(),
  operation: z.string().optional(),
  unit: z.enum(metricUnits),
  /** Time and value, oldest first. A time at which nothing was measured is absent. */
  points: z.array(z.tuple([timestamp, z.number()])),
});
export type MetricSeries = z.infer<typeof metricSeries>;

export const tableMetrics = z.strictObject({
  from: timestamp,
  to: timestamp,
  /** Milliseconds between two points. */
  period: z.number().int().positive(),
  series: z.array(metricSeries),
  /** Set where CloudWatch could not give all of it. */
  isPartial: z.boolean(),
});
export type TableMetrics = z.infer<typeof tableMetrics>;

export const metricCalls = defineCalls({
  'metrics.read': {
    input: z.strictObject({
      ...inTable,
      /** A global index, measured by itself. */
      index: z.string().min(1).max(255).optional(),
      range: z.enum(metricRanges),
    }),
    output: tableMetrics,
  },
});
