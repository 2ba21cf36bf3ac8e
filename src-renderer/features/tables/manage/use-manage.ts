import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TableChange, TableDefinition } from '../../../../src-shared/contracts/table-management.ts';
import { RolegateError as AnError, type RolegateError, toErrorData } from '../../../../src-shared/errors.ts';
import { useClient } from '../../../bridge/react.tsx';
import { closeTable, openTable } from '../../../state/desks.ts';
import { toast } from '../../../ui/toast.ts';
import { confirmChange } from '../../production/confirm-change.ts';
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
  async function run(
    act: (meant: { confirmed?: string }) => Promise<unknown>,
    said: string,
    asked?: { title: string; action: string; word: string },
  ): Promise<boolean> {
    const meant = asked ? await confirmChange(client, where, asked) : {};
    if (!meant) return false;
    setBusy(true);
    setError(undefined);
    try {
      await act(meant);
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
        (meant) => client.act('tables.create', { ...where, definition, ...meant }),
        `${definition.name} is being made`,
        { title: `Create ${definition.name}?`, action: 'Create the table', word: definition.name },
      );
      if (isDone) openTable(desk, definition.name);
      return isDone;
    },
    /** @param isConfirmed its name has been typed already */
    change: (table: string, change: TableChange, said: string, isConfirmed = false) =>
      run(
        (meant) => client.act('tables.change', { ...where, table, change, confirmed: table, ...meant }),
        said,
        isConfirmed ? undefined : { title: `Change ${table}?`, action: 'Change the table', word: table },
      ),
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
