import type { TableDetails } from '../../../../src-shared/contracts/tables.ts';
import { formatBytes } from '../../../../src-shared/values/binary.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import { formatCount } from '../../shared/format.ts';
import { useSession } from '../../workspace/session-context.tsx';
import { useManage } from './use-manage.ts';

/** Deletes a table, once its name has been typed. */
export function DeleteTableDialog({ details, onClose }: { details: TableDetails; onClose: () => void }) {
  const { session, where } = useSession();
  const { remove, isBusy, error } = useManage();
  const { name, itemCount, sizeBytes, deletionProtection, indexes } = details;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Delete ${name}?`}
      action="Delete the table"
      typeToConfirm={name}
      busy={isBusy}
      onConfirm={() =>
        void remove(name, name).then((isDone) => {
          if (isDone) onClose();
        })
      }
    >
      <div className="flex flex-col gap-2">
        <p>
          Account {session.role.accountId}, {where.region}. About {formatCount(itemCount)} items,{' '}
          {formatBytes(sizeBytes)}, and {formatCount(indexes.length)} indexes are lost for good, with the table’s tags,
          stream and alarms.
        </p>
        {deletionProtection && <Notice tone="warn">Deletion protection is on. Switch it off first.</Notice>}
        {error && <ErrorView inline error={error} />}
      </div>
    </ConfirmDialog>
  );
}
