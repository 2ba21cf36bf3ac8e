import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ItemPage } from '../../../src-shared/contracts/tables.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import { attributeNames } from '../../../src-shared/values/parse-item.ts';
import { useClient } from '../../bridge/react.tsx';
import { useSession } from '../workspace/session-context.tsx';
import { ItemRow } from './item-row.ts';
import { namesAsSeen } from './names-as-seen.ts';

/** How many items one page asks for. */
export const pageSize = 200;

/** A page as the grid uses it. */
interface RowPage {
  rows: ItemRow[];
  /** The attributes that its items have, in the order of their columns. */
  names: string[];
  page: Omit<ItemPage, 'items'>;
}

/** What was read so far, in numbers. */
export interface ReadSoFar {
  loaded: number;
  read: number;
  capacityUnits: number | undefined;
  pages: number;
}

/** A table's items, read page by page on demand. Nothing is read twice by itself: every read costs. */
export function useItems(table: string) {
  const client = useClient();
  const queries = useQueryClient();
  const { where, isOver } = useSession();
  const queryKey = ['tables.readPage', { ...where, table }];
  const query = useInfiniteQuery({
    queryKey,
    queryFn: async ({ pageParam }) => {
      const startKey = pageParam === undefined ? {} : { startKey: pageParam };
      return toRowPage(await client.read('tables.readPage', { ...where, table, limit: pageSize, ...startKey }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => page.lastEvaluatedKey,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: !isOver,
  });
  const pages = query.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages]);
  const names = useMemo(() => [...new Set(pages?.flatMap((page) => page.names))], [pages]);
  const soFar = useMemo(() => sumOf(pages ?? []), [pages]);
  return {
    rows,
    names,
    soFar,
    status: query.status,
    error: query.error,
    isFetching: query.isFetching,
    hasMore: query.hasNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching && !isOver) void query.fetchNextPage();
    },
    /** Forgets what was read and reads the first page again. */
    startOver: () => void queries.resetQueries({ queryKey, exact: true }),
  };
}

function toRowPage({ items, ...page }: ItemPage): RowPage {
  try {
    const names = namesAsSeen(items.map(attributeNames));
    return { rows: items.map((text) => new ItemRow(text)), names, page };
  } catch {
    throw new RolegateError('aws', 'The answer was not a page of DynamoDB items.', {
      hint: 'Is the endpoint of this session really DynamoDB?',
    });
  }
}

function sumOf(pages: readonly RowPage[]): ReadSoFar {
  let loaded = 0;
  let read = 0;
  let capacityUnits: number | undefined;
  for (const { page } of pages) {
    loaded += page.count;
    read += page.scannedCount;
    if (page.capacityUnits !== undefined) capacityUnits = (capacityUnits ?? 0) + page.capacityUnits;
  }
  return { loaded, read, capacityUnits, pages: pages.length };
}
