import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { useClient } from '../../bridge/react.tsx';
import { useSession } from '../workspace/session-context.tsx';

/**
 * What DynamoDB says of the tables that statements name: those only that are on the list, so that a name that is
 * being typed asks for nothing.
 */
export function useKnownTables(
  named: readonly string[],
  listed: readonly string[],
): (table: string) => TableDetails | undefined {
  const client = useClient();
  const { where, isOver } = useSession();
  const there = useMemo(() => new Set(listed), [listed]);
  const found = useQueries({
    queries: named
      .filter((table) => there.has(table))
      .map((table) => ({
        // The same as the table view's, so that what is known there is known here.
        queryKey: ['tables.describe', { ...where, table }, undefined],
        queryFn: () => client.read('tables.describe', { ...where, table }),
        enabled: !isOver,
        staleTime: 60_000,
      })),
    combine: (results) => results.map(({ data }) => data).filter((data) => data !== undefined),
  });
  return useCallback((table) => found.find(({ name }) => name === table), [found]);
}
