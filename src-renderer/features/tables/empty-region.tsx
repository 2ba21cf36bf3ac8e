import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { Table2 } from 'lucide-react';
import type { CallOutput } from '../../../src-shared/contracts/calls.ts';
import { useRead } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useChooseRegion } from '../shared/use-choose-region.ts';
import { useSession } from '../workspace/session-context.tsx';

/** A region without tables. Mostly it is the wrong one, so it offers those that are known to have some. */
export function EmptyRegion() {
  const { session, where } = useSession();
  const chooseRegion = useChooseRegion(session.id);
  const others = useOtherRegions();
  return (
    <EmptyState
      icon={Table2}
      title={`No tables in ${where.region}`}
      action={
        others.length > 0 && (
          <div className="flex flex-wrap justify-center gap-2">
            {others.map((region) => (
              <Button key={region} size="sm" onClick={() => chooseRegion(region)}>
                Look in {region}
              </Button>
            ))}
          </div>
        )
      }
    >
      Each table lives in one region. The region is chosen at the top of the window.
    </EmptyState>
  );
}

/** The app's own region, and those in which this session has seen tables. */
function useOtherRegions(): string[] {
  const { session, where } = useSession();
  const queries = useQueryClient();
  const apps = useRead('apps.list', {});
  const home = apps.data?.find(({ name }) => name === session.app)?.region;
  const seen = queries
    .getQueriesData<InfiniteData<CallOutput<'tables.list'>>>({ queryKey: ['tables.list'] })
    .filter(([, data]) => data?.pages.some(({ names }) => names.length > 0))
    .map(([key]) => key[1] as typeof where)
    .filter(({ appSessionId }) => appSessionId === session.id)
    .map(({ region }) => region);
  const regions = new Set(home === undefined ? seen : [home, ...seen]);
  regions.delete(where.region);
  return [...regions];
}
