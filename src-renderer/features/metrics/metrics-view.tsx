import { ChartLine, RotateCw, TimerOff } from 'lucide-react';
import { useState } from 'react';
import { type MetricRange, metricRanges } from '../../../src-shared/contracts/metrics.ts';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { useAppState, useRead } from '../../bridge/react.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { formatClock } from '../shared/format.ts';
import { useSession } from '../workspace/session-context.tsx';
import { Chart } from './chart.tsx';
import { chartsOf, periodWords } from './charts.ts';

const rangeLabels: Readonly<Record<MetricRange, string>> = {
  '1h': '1 hour',
  '3h': '3 hours',
  '12h': '12 hours',
  '1d': '1 day',
  '3d': '3 days',
  '1w': '1 week',
};
const theTable = '';

export interface MetricsViewProps {
  table: string;
  details: TableDetails | undefined;
}

/** What CloudWatch has measured of a table or of one of its global indexes. */
export function MetricsView({ table, details }: MetricsViewProps) {
  const { where, isOver } = useSession();
  const isSandbox = useAppState(({ way }) => way === 'sandbox');
  const [range, setRange] = useState<MetricRange>('3h');
  const [index, setIndex] = useState(theTable);
  const metrics = useRead(
    'metrics.read',
    { ...where, table, range, ...(index !== theTable && { index }) },
    { enabled: !isOver, staleTime: 60_000 },
  );
  const indexes = details?.indexes.filter(({ kind }) => kind === 'GSI') ?? [];
  // The sandbox says it by an error of the service that is not there.
  if (isSandbox && metrics.error?.code === 'aws') {
    return (
      <EmptyState icon={ChartLine} title="This sandbox has no CloudWatch">
        In an AWS account, the table’s consumed capacity, throttled requests and latency are here as charts.
      </EmptyState>
    );
  }
  return (
    <>
      <div className="flex h-11 shrink-0 items-center gap-2 border-line border-b px-4">
        <Segmented
          label="Time range"
          value={range}
          onChange={setRange}
          options={metricRanges.map((value) => ({ value, label: rangeLabels[value] }))}
        />
        {indexes.length > 0 && (
          <Select
            size="sm"
            label="Table or index"
            placeholder="Table"
            value={index}
            onChange={setIndex}
            options={[
              { value: theTable, label: 'Table' },
              ...indexes.map(({ name }) => ({ value: name, label: name, about: 'GSI' })),
            ]}
            className="max-w-60"
          />
        )}
        <span className="flex-1" />
        {metrics.data && (
          <span className="truncate text-faint text-sm tabular">
            until {formatClock(metrics.data.to)}, one point for {periodWords(metrics.data.period)}
          </span>
        )}
        <IconButton
          icon={RotateCw}
          label="Read the metrics again"
          disabled={isOver || metrics.isFetching}
          onClick={() => void metrics.refetch()}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-auto p-4">
        {metrics.data ? (
          <div className="flex max-w-240 flex-col gap-4">
            {metrics.error && (
              <ErrorView
                inline
                error={metrics.error}
                onRetry={() => void metrics.refetch()}
                busy={metrics.isFetching}
              />
            )}
            {metrics.data.isPartial && (
              <Notice tone="warn">CloudWatch could not give all of it. Read it again in a moment.</Notice>
            )}
            {chartsOf(metrics.data, index !== theTable).map((chart) => (
              <Chart key={chart.id} chart={chart} {...metrics.data} />
            ))}
            <p className="text-faint text-sm">
              CloudWatch measures each minute, and is about two minutes behind. AWS charges for each series that is
              asked for, so nothing is read again by itself.
            </p>
          </div>
        ) : metrics.error ? (
          <ErrorView error={metrics.error} onRetry={() => void metrics.refetch()} busy={metrics.isFetching} />
        ) : isOver ? (
          <EmptyState icon={TimerOff} title="The session has ended" />
        ) : (
          <div role="status" className="flex max-w-240 flex-col gap-4">
            <span className="sr-only">Reading the metrics</span>
            {['capacity', 'throttles', 'latency'].map((id) => (
              <Skeleton key={id} className="h-56 rounded-lg" />
            ))}
          </div>
        )}
      </div>
    </>
  );
}
