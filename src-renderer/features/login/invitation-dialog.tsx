import { type FormEvent, useState } from 'react';
import { useAct, useAppState } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { AcceptInvitation } from './accept-invitation.tsx';
import { invitationIn, serviceIn } from './invitation-text.ts';

/** For whoever was invited: the invitation first, then the password that they choose. */
export function InvitationDialog({ onClose }: { onClose: () => void }) {
  const look = useAct('account.lookAtInvitation');
  const [text, setText] = useState('');
  const [wasTried, setTried] = useState(false);
  const invitation = invitationIn(text);
  const here = useAppState((state) => state.serviceUrl);
  const wanted = serviceIn(text);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (invitation !== undefined) look.mutate({ invitation });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={look.data ? `Welcome, ${look.data.user ?? 'first administrator'}` : 'Use an invitation'}
      width="lg"
    >
      {look.data && invitation !== undefined ? (
        <AcceptInvitation invitation={invitation} info={look.data} onClose={onClose} />
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-3.5">
          <Field
            label="Invitation"
            hint="What your administrator gave you: the whole command, or the text after --invitation."
            error={wasTried && invitation === undefined ? 'There is no invitation in this text.' : undefined}
          >
            {(control) => (
              <TextInput
                {...control}
                autoFocus
                required
                className="font-mono"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          {look.error && <ErrorView inline error={look.error} />}
          {look.error && wanted !== undefined && wanted !== here && (
            <p className="text-muted text-sm">
              The invitation is for {wanted}, and this is {here ?? 'another one'}. <em>Use another app-service…</em> on
              the login screen leads there.
            </p>
          )}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" busy={look.isPending}>
              Go on
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
