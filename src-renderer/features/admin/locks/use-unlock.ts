import { useCallback } from 'react';
import { useClient } from '../../../bridge/react.tsx';
import { toast } from '../../../ui/toast.ts';
import { toastError } from '../../shared/error-toast.ts';
import { useRefresh } from '../use-resources.ts';
import type { LockView } from '../write-documents.ts';

/** Takes locks away. @returns what does it; `whom` is said afterwards */
export function useUnlock(): (locks: readonly LockView[], whom: string) => Promise<void> {
  const client = useClient();
  const refresh = useRefresh();
  return useCallback(
    async (locks, whom) => {
      try {
        for (const { name } of locks) await client.act('resources.delete', { kind: 'lock', name });
        toast({ title: `${whom} is not locked any more` });
      } catch (error) {
        toastError(error);
      } finally {
        await refresh();
      }
    },
    [client, refresh],
  );
}
