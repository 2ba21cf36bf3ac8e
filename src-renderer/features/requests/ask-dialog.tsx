import { type FormEvent, useState } from 'react';
import type { IamRole } from '../../../src-shared/contracts/service-api.ts';
import { useAct } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toast.ts';
import { ErrorView } from '../shared/error-view.tsx';
import { durationChoices, durationWords, firstDuration } from './request-words.ts';

export interface AskFor {
  app: string;
  role: IamRole;
  /** The longest time, in milliseconds. */
  maxDuration: number;
}

/** Asks for an IAM role: why, and for how long. */
export function AskDialog({ wanted, onClose }: { wanted: AskFor | undefined; onClose: () => void }) {
  return (
    <Dialog
      open={wanted !== undefined}
      onClose={onClose}
      title="Ask for access"
      description={
        wanted && (
          <span className="[overflow-wrap:anywhere]">
            <span className="font-medium text-text">{wanted.role.name}</span> in {wanted.role.accountId}, through{' '}
            {wanted.app}. Somebody else decides; the time begins then.
          </span>
        )
      }
    >
      {wanted && <AskForm wanted={wanted} onDone={onClose} />}
    </Dialog>
  );
}

function AskForm({ wanted: { app, role, maxDuration }, onDone }: { wanted: AskFor; onDone: () => void }) {
  const create = useAct('requests.create');
  const [reason, setReason] = useState('');
  const [duration, setDuration] = useState(firstDuration(maxDuration));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { app, roleArn: role.arn, reason: reason.trim(), duration },
      {
        onSuccess() {
          toast({
            title: `You have asked for ${role.name}`,
            description: 'You will see here when somebody has decided.',
          });
          onDone();
        },
      },
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3.5">
      <Field label="Reason" hint="Whoever decides sees it, and it is kept in the audit log.">
        {(control) => (
          <TextInput
            {...control}
            autoFocus
            required
            maxLength={1_000}
            pattern=".*\S.*"
            placeholder="What you need it for, such as a ticket"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <Field label="For how long">
        {({ id }) => (
          <Select
            id={id}
            placeholder="Choose a time"
            value={String(duration)}
            onChange={(value) => setDuration(Number(value))}
            options={durationChoices(maxDuration).map((one) => ({ value: String(one), label: durationWords(one) }))}
          />
        )}
      </Field>
      {create.error && <ErrorView inline error={create.error} />}
      <div className="flex justify-end gap-2 pt-1">
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" busy={create.isPending}>
          Ask for access
        </Button>
      </div>
    </form>
  );
}
