import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { PreviewDialog } from '../preview-dialog.tsx';
import { asText, type UserView } from '../write-documents.ts';
import { RolesField } from './roles-field.tsx';

/** Gives a user other roles, after a look at what that changes. */
export function ChangeRolesDialog({ user, onClose }: { user: UserView; onClose: () => void }) {
  const [roles, setRoles] = useState<string[]>([...user.roles]);
  const [isReviewing, setReviewing] = useState(false);
  const isSame = [...roles].sort().join('\n') === [...user.roles].sort().join('\n');
  const { document } = user.info;
  if (isReviewing) {
    return (
      <PreviewDialog
        file={`user/${user.name}`}
        // With the revision that was read: what somebody else changes in between is not overwritten.
        text={asText({ ...document, spec: { ...document.spec, roles } })}
        mode="upsert"
        onClose={() => setReviewing(false)}
        onSaved={onClose}
      />
    );
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Roles of ${user.name}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={isSame} onClick={() => setReviewing(true)}>
            Review the change…
          </Button>
        </>
      }
    >
      <RolesField value={roles} onChange={setRoles} />
    </Dialog>
  );
}
