import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { useRead } from '../../bridge/react.tsx';
import { useSession } from '../workspace/session-context.tsx';

const changing = /ING$/;

/** What DynamoDB says of a table: keys, indexes, size. While it is being made or changed, it is asked again. */
export function useDetails(table: string) {
  const { where, isOver } = useSession();
  return useRead(
    'tables.describe',
    { ...where, table },
    { enabled: !isOver, staleTime: 60_000, again: { after: 3000, while: isChanging } },
  );
}

function isChanging(answer: unknown): boolean {
  const details = answer as TableDetails | undefined;
  if (!details) return false;
  return changing.test(details.status) || details.indexes.some(({ status }) => changing.test(status ?? ''));
}
