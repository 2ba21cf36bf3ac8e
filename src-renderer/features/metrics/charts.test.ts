import { describe, expect, it } from 'vitest';
import { chartsOf, periodWords } from './charts.ts';

const window = { from: 0, to: 180_000, period: 60_000, isPartial: false };

describe('the charts of a table', () => {
  it('have what was measured, and zero where nothing was counted', () => {
    const charts = chartsOf(
      {
        ...window,
        series: [
          { metric: 'ConsumedReadCapacityUnits', unit: 'units', points: [[60_000, 3]] },
          { metric: 'ProvisionedReadCapacityUnits', unit: 'units', points: [[60_000, 5]] },
          { metric: 'SuccessfulRequestLatency', operation: 'Query', unit: 'milliseconds', points: [[60_000, 4]] },
        ],
      },
      false,
    );
    expect(charts.map(({ id, lines }) => [id, lines.map(({ name, points }) => [name, points.length])])).toEqual([
      [
        'capacity',
        [
          ['read', 3],
          ['provisioned read', 1],
        ],
      ],
      ['throttles', []],
      ['latency', [['Query', 1]]],
    ]);
  });

  it('of an index have no latency', () => {
    expect(chartsOf({ ...window, series: [] }, true).map(({ id }) => id)).toEqual(['capacity', 'throttles']);
  });

  it('name their period', () => {
    expect([60_000, 300_000, 3_600_000].map(periodWords)).toEqual(['a minute', '5 minutes', 'an hour']);
  });
});
