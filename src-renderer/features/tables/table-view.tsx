import { Tabs } from '@base-ui/react/tabs';
import { useState } from 'react';
import { TableJobs } from '../jobs/table-jobs.tsx';
import { Indexes } from './indexes.tsx';
import { Items } from './items.tsx';
import { Overview } from './overview.tsx';
import { TableHeader } from './table-header.tsx';
import { useDetails } from './use-details.ts';

const parts = [
  { id: 'items', label: 'Items' },
  { id: 'indexes', label: 'Indexes' },
  { id: 'overview', label: 'Overview' },
] as const;
type Part = (typeof parts)[number]['id'];

/** One open table. */
export function TableView({ table }: { table: string }) {
  const [part, setPart] = useState<Part>('items');
  const details = useDetails(table);
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
    </Tabs.Root>
  );
}

const panelClass = 'flex min-h-0 flex-1 flex-col data-hidden:hidden';
