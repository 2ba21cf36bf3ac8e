import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AuditQuery } from '../../../src-shared/contracts/admin-api.ts';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { useClient } from '../../bridge/react.tsx';
import { type AuditEvent, readEvent } from './audit-event.ts';
import { type LogPage, readPage } from './read-log.ts';
import { useTail } from './use-tail.ts';

/** The events that fit, the newest first: read so far, and coming in. */
export interface Events {
  events: readonly AuditEvent[];
  isPending: boolean;
  error: RolegateError | null;
  isReading: boolean;
  /** Whether there are older ones. */
  hasMore: boolean;
  readMore: () => void;
  retry: () => void;
  /** Why the list does not follow any more, though it should. */
  tailError: RolegateError | undefined;
  /** Whether it follows no more because so many came in. */
  isFull: boolean;
}

type Start = LogPage & { head: number };

/** @param isFollowing whether new events come in by themselves */
export function useEvents(filter: AuditQuery['filter'], isFollowing: boolean): Events {
  const client = useClient();
  const key = JSON.stringify(filter);
  const older = useInfiniteQuery<Start, RolegateError>({
    queryKey: ['audit.query', key],
    initialPageParam: undefined,
    queryFn: async ({ pageParam }) => {
      if (pageParam !== undefined) {
        return { ...(await readPage(client, filter, pageParam as number)), head: 0 };
      }
      // What comes after this event is for the tail; what comes before it, for the list.
      const { seq: head } = await client.read('audit.head', {});
      return { ...(await readPage(client, filter, head + 1)), head };
    },
    getNextPageParam: ({ next }) => next,
    // The list is as it was when it was read; what has happened since comes in at its top.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const { data } = older;
  const tail = useTail(filter, data?.pages[0]?.head, isFollowing);
  const events = useMemo(() => {
    const read = (data?.pages ?? []).flatMap(({ lines }) => lines.map(readEvent));
    return [...[...tail.lines].reverse().map(readEvent), ...read];
  }, [data, tail.lines]);
  return {
    events,
    isPending: older.isPending,
    error: older.error,
    isReading: older.isFetching,
    hasMore: older.hasNextPage,
    readMore: () => void older.fetchNextPage(),
    retry: () => void (older.data ? older.fetchNextPage() : older.refetch()),
    tailError: tail.error,
    isFull: tail.isFull,
  };
}
