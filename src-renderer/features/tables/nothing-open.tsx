import { Table2, TimerOff } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { commandKey, Kbd } from '../../ui/kbd.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { useSession } from '../workspace/session-context.tsx';
import { EmptyRegion } from './empty-region.tsx';
import { OpenByName } from './open-by-name.tsx';
import { useTables } from './use-tables.ts';

/** Where a table will be, before one is chosen: how to choose one, or why there is none. */
export function NothingOpen() {
  const { where } = useSession();
  return (
    <>
      <h1 className="sr-only">Tables in {where.region}</h1>
      <Why />
    </>
  );
}

function Why() {
  const { where, isOver } = useSession();
  const tables = useTables(where, !isOver);
  const hasNames = tables.names.length > 0;
  if (isOver && !hasNames) return <EmptyState icon={TimerOff} title="The session has ended" />;
  if (tables.error && !hasNames) {
    return (
      <div className="flex h-full flex-col items-center justify-center gap-8">
        <div>
          <ErrorView error={tables.error} onRetry={tables.reload} busy={tables.isLoading} />
        </div>
        <section className="flex flex-col items-center gap-2.5">
          <h2 className="font-medium">Open a table by its name</h2>
          <p className="text-muted">A table that you may read can be opened even if the list cannot.</p>
          <OpenByName />
        </section>
      </div>
    );
  }
  if (tables.status === 'success' && !hasNames && !tables.isLoading) return <EmptyRegion />;
  return (
    <EmptyState icon={Table2} title="Choose a table">
      <span className="inline-flex flex-wrap items-center justify-center gap-1.5">
        Click one on the left, or press <Kbd>{`${commandKey}K`}</Kbd> and type its name.
      </span>
    </EmptyState>
  );
}
