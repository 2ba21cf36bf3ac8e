import { type FormEvent, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import { useAdminAct } from '../use-admin-act.ts';
import { asText, newUser } from '../write-documents.ts';
import { InvitationView } from './invitation-view.tsx';
import { LifetimeField, shortLifetime } from './lifetime-field.tsx';
import { RolesField } from './roles-field.tsx';

/** A new user, and the invitation by which they choose a password. */
export function AddUserDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<string[]>([]);
  const [lifetime, setLifetime] = useState(shortLifetime);
  const [isMade, setMade] = useState(false);
  const [invitation, setInvitation] = useState<{ token: string; expiresAt: number }>();
  const write = useAdminAct('resources.write');
  const reset = useAdminAct('users.reset');
  const user = name.trim();

  const add = async (event: FormEvent) => {
    event.preventDefault();
    const files = [{ file: `user/${user}`, text: asText(newUser(user, roles)) }];
    // A second try, after the invitation has failed, finds the user there.
    if (!isMade && !(await write.run({ files, mode: 'create' }))) return;
    setMade(true);
    const made = await reset.run({ user, lifetime }, `User ${user} was added`);
    if (made) setInvitation(made);
  };
  if (invitation) return <InvitationView user={user} invitation={invitation} onClose={onClose} />;
  const error = reset.error ?? write.error;
  return (
    <Dialog open onClose={onClose} title="Add a user">
      <form onSubmit={(event) => void add(event)} className="flex flex-col gap-4">
        <Field label="Name">
          {(control) => (
            <TextInput
              {...control}
              autoFocus
              disabled={isMade}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <RolesField value={roles} onChange={setRoles} />
        <LifetimeField value={lifetime} onChange={setLifetime} />
        {error && <ErrorView inline error={error} />}
        <div className="flex justify-end gap-2 pt-1">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={user === ''} busy={write.isPending || reset.isPending}>
            Add and invite
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
