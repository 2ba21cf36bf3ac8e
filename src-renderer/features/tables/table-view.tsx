import { Tabs } from '@base-ui/react/tabs';
import { useEffect, useState } from 'react';
import { rememberTable } from '../../state/recent-tables.ts';
import { TableJobs } from '../jobs/table-jobs.tsx';
import { MetricsView } from '../metrics/metrics-view.tsx';
import { StreamView } from '../streams/stream-view.tsx';
import { useSession } from '../workspace/session-context.tsx';
import { Indexes } from './indexes.tsx';
import { Items } from './items.tsx';
import { Overview } from './overview.tsx';
import { TableHeader } from './table-header.tsx';
import { useDetails } from './use-details.ts';

const parts = [
  { id: 'items', label: 'Items' },
  { id: 'indexes', label: 'Indexes' },
  { id: 'overview', label: 'Overview' },
  { id: 'stream', label: 'Stream' },
  { id: 'metrics', label: 'Metrics' },
] as const;
type Part = (typeof parts)[number]['id'];

/** One open table. */
export function TableView({ table }: { table: string }) {
  const [part, setPart] = useState<Part>('items');
  const details = useDetails(table);
  const { session, where } = useSession();
  const { accountId } = session.role;
  // An effect of what is in front: React ends those of what is behind.
  useEffect(() => rememberTable({ accountId, region: where.region }, table), [accountId, where.region, table]);
  return (
    <Tabs.Root value={part} onValueChange={(next: Part) => setPart(next)} className="flex min-h-0 flex-1 flex-col">
      <TableHeader
        table={table}
        details={details.data}
        isPending={details.isLoading}
        actions={<TableJobs table={table} details={details.data} />}
      >
        <Tabs.List aria-label={`Parts of ${table}`} className="relative flex gap-1">
          {parts.map(({ id, label }) => (
            <Tabs.Tab
              key={id}
              value={id}
              className="flex h-8 items-center gap-1.5 rounded-md px-2 text-muted hover:text-text data-active:text-text"
            >
              {label}
              {id === 'indexes' && details.data && details.data.indexes.length > 0 && (
                <span className="text-faint text-xs tabular">{details.data.indexes.length}</span>
              )}
            </Tabs.Tab>
          ))}
          <Tabs.Indicator className="absolute bottom-0 left-(--active-tab-left) h-0.5 w-(--active-tab-width) bg-accent transition-[left,width] duration-120" />
        </Tabs.List>
      </TableHeader>
      <Tabs.Panel value="items" keepMounted className={panelClass} tabIndex={-1}>
        <Items table={table} details={details} />
      </Tabs.Panel>
      <Tabs.Panel value="indexes" className={panelClass}>
        <Indexes details={details} />
      </Tabs.Panel>
      <Tabs.Panel value="overview" className={panelClass}>
        <Overview details={details} />
      </Tabs.Panel>
      <Tabs.Panel value="stream" className={panelClass}>
        <StreamView details={details} />
      </Tabs.Panel>
      <Tabs.Panel value="metrics" className={panelClass}>
        <MetricsView table={table} details={details.data} />
      </Tabs.Panel>
    </Tabs.Root>
  );
}

const panelClass = 'flex min-h-0 flex-1 flex-col data-hidden:hidden';
