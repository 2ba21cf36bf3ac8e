import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import { useClient } from '../../bridge/react.tsx';
import { useSession } from '../workspace/session-context.tsx';
import { Lane } from './lane.ts';

/** DynamoDB's control plane is slow, and shared by the whole account: a few questions at a time. */
const lane = new Lane(4);
/** So long a row has to stand still before anybody is asked about it: who scrolls past does not look. */
const settling = 250;
const fresh = 10 * 60_000;
/** Sessions that may not describe tables: one refusal answers for all rows. */
const denied = new Set<string>();

/** What DynamoDB says of a table whose row can be seen; undefined until it has said it, or where it does not. */
export function useRowDetails(table: string): TableDetails | undefined {
  const client = useClient();
  const { where, isOver } = useSession();
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), settling);
    return () => clearTimeout(timer);
  }, []);
  const input = { ...where, table };
  const { data } = useQuery<TableDetails>({
    // That of useRead, so that what is known of an open table need not be asked again, nor the other way round.
    queryKey: ['tables.describe', input, undefined],
    queryFn: ({ signal }) =>
      lane.run(signal, async () => {
        try {
          return await client.act('tables.describe', input);
        } catch (error) {
          if (error instanceof RolegateError && error.code === 'access_denied') denied.add(where.appSessionId);
          throw error;
        }
      }),
    enabled: isSettled && !isOver && !denied.has(where.appSessionId),
    staleTime: fresh,
    retry: false,
  });
  return data;
}
