import type { MetricSeries, TableMetrics } from '../../../src-shared/contracts/metrics.ts';
import type { StreamEvent } from '../../../src-shared/contracts/streams.ts';
import type { Handlers } from './fake-bridge.ts';
import type { FakeTable } from './tables.ts';

type Find = (region: string, table: string) => FakeTable;

/** Streams and metrics, made up: whoever follows a table gets a handful of changes, and then silence. */
export function observingHandlers(
  find: Find,
): Pick<Handlers, 'streams.open' | 'streams.next' | 'streams.close' | 'metrics.read'> {
  const tails = new Map<string, FakeTable>();
  return {
    'streams.open': ({ region, table }) => {
      const found = find(region, table);
      if (found.details.streamView === undefined) return { kind: 'off' };
      const tailId = `tail-${tails.size}-${table}`;
      tails.set(tailId, found);
      return { kind: 'open', tailId, view: found.details.streamView };
    },
    'streams.next': ({ tailId }) => {
      const found = tails.get(tailId);
      tails.delete(tailId);
      const rest = { hasMore: false, hasGap: false, isOver: false, shards: 2 };
      return { events: found ? changesOf(found) : [], ...rest };
    },
    'streams.close': () => ({}),
    'metrics.read': ({ index, region, table }) => {
      const { details } = find(region, table);
      return metricsOf(index === undefined, details.billing === 'provisioned');
    },
  };
}

function changesOf({ item, details }: FakeTable): StreamEvent[] {
  const at = Date.UTC(2026, 10, 20, 14, 2, 11);
  const keysOf = (text: string) => {
    const whole = JSON.parse(text) as Record<string, unknown>;
    return JSON.stringify(Object.fromEntries(details.key.map(({ name }) => [name, whole[name]])));
  };
  return Array.from({ length: 24 }, (_, index) => {
    const text = item(index);
    const common = { id: `event-${index}`, at: at + index * 1700, keys: keysOf(text), isExpiry: index % 9 === 8 };
    if (index % 9 === 8) return { ...common, kind: 'REMOVE', oldImage: text };
    if (index % 3 === 0) return { ...common, kind: 'INSERT', newImage: text };
    const after = text.replace(/^\{/, `{"Revision":{"N":"${index}"},"Note":{"S":"seen again"},`);
    return { ...common, kind: 'MODIFY', oldImage: text.replace(/^\{/, '{"Revision":{"N":"0"},'), newImage: after };
  });
}

const minutes = 180;
const period = 60_000;

function metricsOf(hasLatency: boolean, isProvisioned: boolean): TableMetrics {
  const to = Date.UTC(2026, 10, 20, 14, 0);
  const from = to - minutes * period;
  const wave = (base: number, swing: number, speed: number): MetricSeries['points'] =>
    Array.from({ length: minutes }, (_, index) => [
      from + index * period,
      Math.max(0, base + swing * Math.sin(index / speed) + ((index * 7919) % 13) * (swing / 20)),
    ]);
  const some = (points: MetricSeries['points'], keep: (index: number) => boolean) =>
    points.filter((_, index) => keep(index));
  const units = { unit: 'units' } as const;
  const latency = (operation: string, points: MetricSeries['points']): MetricSeries => ({
    metric: 'SuccessfulRequestLatency',
    operation,
    unit: 'milliseconds',
    points,
  });
  return {
    from,
    to,
    period,
    isPartial: false,
    series: [
      { metric: 'ConsumedReadCapacityUnits', ...units, points: wave(34, 22, 14) },
      { metric: 'ConsumedWriteCapacityUnits', ...units, points: some(wave(9, 6, 9), (index) => index % 40 > 4) },
      ...(isProvisioned
        ? [{ metric: 'ProvisionedReadCapacityUnits', ...units, points: wave(60, 0, 1).map(flat(60)) }]
        : []),
      {
        metric: 'ReadThrottleEvents',
        unit: 'requests',
        points: some(wave(12, 10, 5), (index) => index > 96 && index < 109),
      },
      ...(hasLatency
        ? [
            latency('GetItem', wave(2.1, 0.6, 11)),
            latency('Query', wave(4.4, 1.3, 17)),
            latency(
              'PutItem',
              some(wave(5.2, 1.1, 7), (index) => index % 40 > 4),
            ),
            latency(
              'Scan',
              some(wave(9.1, 3, 20), (index) => index > 60 && index < 90),
            ),
          ]
        : []),
    ],
  };
}

function flat(value: number) {
  return ([at]: [number, number]): [number, number] => [at, value];
}
