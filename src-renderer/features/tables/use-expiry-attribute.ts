import { useRead } from '../../bridge/react.tsx';
import { useSession } from '../workspace/session-context.tsx';

/**
 * The attribute that a table's time to live goes by; undefined where there is none, or where the role may not know.
 *
 * @param isWanted nothing is asked before somebody looks at an item
 */
export function useExpiryAttribute(table: string, isWanted: boolean): string | undefined {
  const { where, isOver } = useSession();
  const extras = useRead('tables.extras', { ...where, table }, { enabled: isWanted && !isOver, staleTime: 600_000 });
  const part = extras.data?.timeToLive;
  return part && 'value' in part && part.value.status.startsWith('ENABL') ? part.value.attribute : undefined;
}
