import { HandHelping } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { AccessRequest } from '../../../src-shared/contracts/requests-api.ts';
import { useRead } from '../../bridge/react.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { capitalized, plural } from '../shared/format.ts';
import { useDrawn } from '../shared/use-drawn.ts';
import { useTitle } from '../shared/use-title.ts';
import { DecideDialog, type Deciding } from './decide-dialog.tsx';
import { RequestCard } from './request-card.tsx';
import { filterRequests, type RequestFilter, requestFilters } from './request-words.ts';

/** Asking for access: one's own requests, and those that one may decide on. */
export function RequestsScreen() {
  useDrawn();
  useTitle('Access requests');
  const [filter, setFilter] = useState<RequestFilter>('all');
  const requests = useRead('requests.list', {});
  return (
    <main className="mx-auto flex min-h-0 w-full max-w-220 flex-1 flex-col gap-3 px-6 pt-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="font-semibold text-lg">Access requests</h1>
        <Segmented
          label="State"
          value={filter}
          onChange={setFilter}
          options={requestFilters.map((value) => ({ value, label: capitalized(value) }))}
        />
      </div>
      {requests.isPending ? (
        <div className="flex flex-col gap-2.5">
          <Skeleton className="h-24 rounded-lg" />
          <Skeleton className="h-24 rounded-lg" />
        </div>
      ) : requests.isError ? (
        <ErrorView error={requests.error} onRetry={() => void requests.refetch()} busy={requests.isFetching} />
      ) : (
        <Requests all={requests.data.requests} omitted={requests.data.omitted} filter={filter} />
      )}
    </main>
  );
}

interface RequestsProps {
  all: readonly AccessRequest[];
  omitted: number;
  filter: RequestFilter;
}

function Requests({ all, omitted, filter }: RequestsProps) {
  const [deciding, setDeciding] = useState<Deciding>();
  const shown = filterRequests(all, filter);
  return (
    <>
      {shown.length === 0 ? (
        <None isAll={filter === 'all'}>
          {filter === 'all'
            ? 'Roles that you may ask for stand among the IAM roles of an application, with “Ask for access”. What you ask for, and what waits for you to decide, is listed here.'
            : 'Choose another state to see the others.'}
        </None>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by the keyboard.
        <section aria-label="Requests" tabIndex={0} className="-mx-2 min-h-0 flex-1 overflow-y-auto px-2 pb-6">
          <ul className="flex flex-col gap-2.5">
            {shown.map((request) => (
              <RequestCard key={request.id} request={request} onDecide={setDeciding} />
            ))}
          </ul>
          {omitted > 0 && <p className="pt-3 text-muted text-sm">{plural(omitted, 'older request')} not shown.</p>}
        </section>
      )}
      <DecideDialog deciding={deciding} onClose={() => setDeciding(undefined)} />
    </>
  );
}

function None({ isAll, children }: { isAll: boolean; children: ReactNode }) {
  return (
    <EmptyState icon={HandHelping} title={isAll ? 'No requests yet' : 'No requests in this state'}>
      {children}
    </EmptyState>
  );
}
