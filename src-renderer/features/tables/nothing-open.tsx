import { Table2, TimerOff } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { commandKey, Kbd } from '../../ui/kbd.tsx';
import { useSession } from '../workspace/session-context.tsx';
import { EmptyRegion } from './empty-region.tsx';
import { OpenByName } from './open-by-name.tsx';
import { useTables } from './use-tables.ts';

/** Where a table will be, before one is chosen: how to choose one, or why there is none. */
export function NothingOpen() {
  const { where, isOver } = useSession();
  const tables = useTables(where, !isOver);
  const hasNames = tables.names.length > 0;
  if (isOver && !hasNames) return <EmptyState icon={TimerOff} title="The session has ended" />;
  if (tables.error && !hasNames) {
    return (
      <EmptyState icon={Table2} title="Open a table by its name" action={<OpenByName />}>
        The list could not be read, but a table that you may read can still be opened.
      </EmptyState>
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
