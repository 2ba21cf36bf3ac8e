import { type FormEvent, useState } from 'react';
import type { AccessRequest } from '../../../src-shared/contracts/requests-api.ts';
import { useAct } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { durationWords } from './request-words.ts';

export interface Deciding {
  request: AccessRequest;
  decision: 'approve' | 'deny';
}

/** Approves or denies a request, with a word on why. */
export function DecideDialog({ deciding, onClose }: { deciding: Deciding | undefined; onClose: () => void }) {
  const isYes = deciding?.decision === 'approve';
  return (
    <Dialog
      open={deciding !== undefined}
      onClose={onClose}
      title={isYes ? 'Approve this request?' : 'Deny this request?'}
      description={
        deciding && (
          <span className="[overflow-wrap:anywhere]">
            <span className="font-medium text-text">{deciding.request.user}</span> {isYes ? 'gets' : 'has asked for'}{' '}
            <span className="font-medium text-text">{deciding.request.role.name}</span> in{' '}
            {deciding.request.role.accountId} for {durationWords(deciding.request.duration)}
            {isYes ? ', from now on' : ''}.
          </span>
        )
      }
    >
      {deciding && <DecideForm deciding={deciding} onDone={onClose} />}
    </Dialog>
  );
}

function DecideForm({ deciding: { request, decision }, onDone }: { deciding: Deciding; onDone: () => void }) {
  const resolve = useAct('requests.resolve');
  const [reason, setReason] = useState('');
  const isYes = decision === 'approve';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = reason.trim();
    resolve.mutate({ id: request.id, decision, ...(said !== '' && { reason: said }) }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3.5">
      <blockquote className="rounded-lg bg-sunken px-3 py-2 [overflow-wrap:anywhere]">{request.reason}</blockquote>
      <Field label="Comment (optional)" hint={`${request.user} sees it.`}>
        {(control) => (
          <TextInput
            {...control}
            autoFocus
            maxLength={1_000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {resolve.error && <ErrorView inline error={resolve.error} />}
      <div className="flex justify-end gap-2 pt-1">
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" variant={isYes ? 'primary' : 'danger'} busy={resolve.isPending}>
          {isYes ? 'Approve' : 'Deny'}
        </Button>
      </div>
    </form>
  );
}
