import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import { useAdminAct } from '../use-admin-act.ts';

/** Asks before a user is gone. */
export function RemoveUserDialog({ user, onClose }: { user: string; onClose: () => void }) {
  const remove = useAdminAct('resources.delete');
  const run = async () => {
    if (await remove.run({ kind: 'user', name: user }, `User ${user} was removed`)) onClose();
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Remove ${user}?`}
      action="Remove the user"
      typeToConfirm={user}
      busy={remove.isPending}
      onConfirm={() => void run()}
    >
      Their password, authenticator and roles are gone, and whatever they have under way ends at once. What they did
      stays in the audit log. To keep somebody out for a while, lock them instead.
      {remove.error && (
        <div className="mt-3">
          <ErrorView inline error={remove.error} />
        </div>
      )}
    </ConfirmDialog>
  );
}
