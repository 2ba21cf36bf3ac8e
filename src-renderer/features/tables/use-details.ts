import { useRead } from '../../bridge/react.tsx';
import { useSession } from '../workspace/session-context.tsx';

/** What DynamoDB says of a table: keys, indexes, size. */
export function useDetails(table: string) {
  const { where, isOver } = useSession();
  return useRead('tables.describe', { ...where, table }, { enabled: !isOver, staleTime: 60_000 });
}
