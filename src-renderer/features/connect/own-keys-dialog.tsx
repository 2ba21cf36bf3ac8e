import { type FormEvent, useState } from 'react';
import { ownLocalKeys } from '../../../src-shared/contracts/gateway.ts';
import { useAct } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toast.ts';
import { ErrorView } from '../shared/error-view.tsx';

export interface OwnKeysDialogProps {
  open: boolean;
  onClose: () => void;
  appSessionId: string;
}

/** A key pair that a tool has already, in place of a made one. */
export function OwnKeysDialog({ open, onClose, appSessionId }: OwnKeysDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Use my own keys"
      description="A pair that a tool has stored already. It is worth nothing outside this machine; never type keys of an AWS account here."
    >
      {open && <OwnKeysForm onClose={onClose} appSessionId={appSessionId} />}
    </Dialog>
  );
}

function OwnKeysForm({ onClose, appSessionId }: Omit<OwnKeysDialogProps, 'open'>) {
  const keepKeys = useAct('gateway.keepKeys');
  const [accessKeyId, setAccessKeyId] = useState('');
  const [secretAccessKey, setSecretAccessKey] = useState('');
  const [wasTried, setTried] = useState(false);
  const parsed = ownLocalKeys.safeParse({ accessKeyId, secretAccessKey });
  const errorOf = (name: string) =>
    wasTried ? parsed.error?.issues.find(({ path }) => path[0] === name)?.message : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!parsed.success) return;
    keepKeys.mutate(
      { appSessionId, keep: true, keys: parsed.data },
      {
        onSuccess: () => {
          toast({ title: 'Your own keys are in use' });
          onClose();
        },
      },
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Access key ID" error={errorOf('accessKeyId')}>
        {(control) => (
          <TextInput
            {...control}
            value={accessKeyId}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
            onChange={(event) => setAccessKeyId(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Secret access key"
        hint="32 characters or more, as random as a password manager makes them."
        error={errorOf('secretAccessKey')}
      >
        {(control) => (
          <TextInput
            {...control}
            type="password"
            value={secretAccessKey}
            autoComplete="off"
            className="font-mono"
            onChange={(event) => setSecretAccessKey(event.target.value)}
          />
        )}
      </Field>
      {keepKeys.error && <ErrorView inline error={keepKeys.error} />}
      <div className="flex justify-end gap-2 pt-1">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={keepKeys.isPending}>
          Use these keys
        </Button>
      </div>
    </form>
  );
}
