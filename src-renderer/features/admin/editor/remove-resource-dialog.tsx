import type { ResourceInfo } from '../../../../src-shared/contracts/admin-api.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import { useAdminAct } from '../use-admin-act.ts';
import { nameOf } from '../use-resources.ts';

export interface RemoveResourceDialogProps {
  info: ResourceInfo;
  onClose: () => void;
  onRemoved: () => void;
}

/** Asks before a resource is gone. */
export function RemoveResourceDialog({ info, onClose, onRemoved }: RemoveResourceDialogProps) {
  const remove = useAdminAct('resources.delete');
  const { kind, metadata } = info.document;
  const name = nameOf(info);
  const revision = metadata['revision'];
  const run = async () => {
    const input = { kind, name, ...(typeof revision === 'string' && { revision }) };
    if (await remove.run(input, `${kind}/${name} was removed`)) onRemoved();
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Remove ${kind} ${name}?`}
      action={`Remove the ${kind}`}
      busy={remove.isPending}
      onConfirm={() => void run()}
    >
      What it allowed is not allowed any more, at once. One that comes with Rolegate under this name is in force again.
      {remove.error && (
        <div className="mt-3">
          <ErrorView inline error={remove.error} />
        </div>
      )}
    </ConfirmDialog>
  );
}
