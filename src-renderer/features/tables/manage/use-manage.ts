import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TableChange, TableDefinition } from '../../../../src-shared/contracts/table-management.ts';
import { RolegateError as AnError, type RolegateError, toErrorData } from '../../../../src-shared/errors.ts';
import { useClient } from '../../../bridge/react.tsx';
import { closeTable, openTable } from '../../../state/desks.ts';
import { toast } from '../../../ui/toast.ts';
import { useSession } from '../../workspace/session-context.tsx';
import { forgetTableWork } from '../reading/table-work.ts';

/** Makes, changes and deletes tables; what was known of them is asked again afterwards. */
export function useManage() {
  const client = useClient();
  const queries = useQueryClient();
  const { where, desk } = useSession();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<RolegateError>();

  /** Does it, once. @returns whether it was done; why not is in `error` */
  async function run(act: () => Promise<unknown>, said: string): Promise<boolean> {
    setBusy(true);
    setError(undefined);
    try {
      await act();
      toast({ title: said });
      await Promise.all(
        ['tables.list', 'tables.describe', 'tables.extras'].map((name) =>
          queries.invalidateQueries({ queryKey: [name] }),
        ),
      );
      return true;
    } catch (thrown) {
      setError(thrown instanceof AnError ? thrown : AnError.fromData(toErrorData(thrown)));
      return false;
    } finally {
      setBusy(false);
    }
  }

  return {
    isBusy,
    error,
    clearError: () => setError(undefined),
    async create(definition: TableDefinition) {
      const isDone = await run(
        () => client.act('tables.create', { ...where, definition }),
        `${definition.name} is being made`,
      );
      if (isDone) openTable(desk, definition.name);
      return isDone;
    },
    change: (table: string, change: TableChange, said: string) =>
      run(() => client.act('tables.change', { ...where, table, change }), said),
    async remove(table: string, typedName: string) {
      const isDone = await run(
        () => client.act('tables.delete', { ...where, table, typedName }),
        `${table} is deleted`,
      );
      if (isDone) {
        closeTable(desk, table);
        forgetTableWork(client, where, table);
      }
      return isDone;
    },
  };
}
