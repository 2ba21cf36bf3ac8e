import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { useClient } from '../../bridge/react.tsx';

/** The table names of a region, as far as they are known. */
export interface Tables {
  names: readonly string[];
  status: 'pending' | 'error' | 'success';
  /** More names may still come. */
  isLoading: boolean;
  error: RolegateError | null;
  reload: () => void;
}

/** The key under which a region's table names are kept. */
function tablesKey(where: { appSessionId: string; region: string }) {
  return ['tables.list', where] as const;
}

/** All tables of a region: names at once, page after page until there is no more. */
export function useTables(where: { appSessionId: string; region: string }, enabled: boolean): Tables {
  const client = useClient();
  const query = useInfiniteQuery({
    queryKey: tablesKey(where),
    queryFn: ({ pageParam }) =>
      client.read('tables.list', { ...where, ...(pageParam !== undefined && { after: pageParam }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    staleTime: 60_000,
    enabled,
  });
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage, refetch } = query;
  // Several components may look at one list; `cancelRefetch: false` lets the first of them ask for all.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that has come asks for the next one.
  useEffect(() => {
    if (enabled && hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage({ cancelRefetch: false });
  }, [enabled, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage, data]);

  const names = useMemo(() => data?.pages.flatMap((page) => page.names) ?? [], [data]);
  return {
    names,
    status: query.status,
    isLoading: isFetching || (hasNextPage && !isFetchNextPageError),
    error: query.error as RolegateError | null,
    reload: () => void (isFetchNextPageError ? fetchNextPage() : refetch()),
  };
}
