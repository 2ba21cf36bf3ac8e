import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import { useAdminAct } from '../use-admin-act.ts';
import { InvitationView } from './invitation-view.tsx';
import { LifetimeField, shortLifetime } from './lifetime-field.tsx';

/** Takes away a user's password and authenticator, and invites to choose new ones. */
export function ResetDialog({ user, onClose }: { user: string; onClose: () => void }) {
  const [lifetime, setLifetime] = useState(shortLifetime);
  const [invitation, setInvitation] = useState<{ token: string; expiresAt: number }>();
  const reset = useAdminAct('users.reset');
  const run = async () => {
    const made = await reset.run({ user, lifetime }, `The password of ${user} was reset`);
    if (made) setInvitation(made);
  };
  if (invitation) return <InvitationView user={user} invitation={invitation} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Reset the password of ${user}?`}
      description="The password and the authenticator work no more, and every login of this user ends at once. You get an invitation to hand over, by which the user chooses a new password."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" busy={reset.isPending} onClick={() => void run()}>
            Reset the password
          </Button>
        </>
      }
    >
      <LifetimeField value={lifetime} onChange={setLifetime} />
      {reset.error && <ErrorView inline error={reset.error} />}
    </Dialog>
  );
}
