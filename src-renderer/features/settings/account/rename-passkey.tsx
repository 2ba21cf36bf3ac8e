import { useState } from 'react';
import type { PasskeyInfo } from '../../../../src-shared/contracts/account-api.ts';
import { useAct } from '../../../bridge/react.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { NameField } from './name-field.tsx';
import { type PasskeyDialogProps, PasskeyForm } from './passkey-form.tsx';

/** Another name for a passkey. */
export function RenamePasskey({ passkey, onClose, onDone }: PasskeyDialogProps & { passkey: PasskeyInfo }) {
  const rename = useAct('account.renamePasskey');
  const [name, setName] = useState(passkey.name);
  const onSuccess = () => {
    onDone();
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title="Rename the passkey" width="sm">
      <PasskeyForm
        submitLabel="Rename"
        busy={rename.isPending}
        error={rename.error}
        disabled={name.trim() === ''}
        onSubmit={() => rename.mutate({ id: passkey.id, name }, { onSuccess })}
        onClose={onClose}
      >
        <NameField value={name} onChange={setName} />
      </PasskeyForm>
    </Dialog>
  );
}
