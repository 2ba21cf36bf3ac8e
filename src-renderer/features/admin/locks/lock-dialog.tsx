import { type FormEvent, useState } from 'react';
import { newId } from '../../../state/new-id.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import { useAdminAct } from '../use-admin-act.ts';
import { asText, type LockTarget, newLock } from '../write-documents.ts';

const hour = 3_600_000;
const durations = [
  { value: '0', label: 'Until it is removed' },
  { value: String(hour), label: '1 hour' },
  { value: String(8 * hour), label: '8 hours' },
  { value: String(24 * hour), label: '1 day' },
  { value: String(7 * 24 * hour), label: '7 days' },
];

const fields: readonly { key: keyof LockTarget; label: string; placeholder: string }[] = [
  { key: 'user', label: 'User', placeholder: 'any' },
  { key: 'role', label: 'Role', placeholder: 'any' },
  { key: 'app', label: 'App', placeholder: 'any' },
  { key: 'aws_role_arn', label: 'IAM role', placeholder: 'any; an ARN' },
];

export interface LockDialogProps {
  /** Whom to keep out; asked for where it is not given. */
  target?: LockTarget;
  onClose: () => void;
}

/** Keeps somebody out, at once. */
export function LockDialog({ target: given, onClose }: LockDialogProps) {
  const [target, setTarget] = useState<LockTarget>(given ?? {});
  const [message, setMessage] = useState('');
  const [duration, setDuration] = useState('0');
  const write = useAdminAct('resources.write');
  const named = Object.entries(target).filter(([, value]) => value.trim() !== '');
  const lock = async (event: FormEvent) => {
    event.preventDefault();
    const name = `${named.map(([, value]) => value.split('/').at(-1)).join('-')}-${newId()}`;
    const until = duration === '0' ? undefined : Date.now() + Number(duration);
    const trimmed = Object.fromEntries(named.map(([key, value]) => [key, value.trim()]));
    const text = asText(newLock(name, trimmed, message.trim(), until));
    const written = await write.run({ files: [{ file: `lock/${name}`, text }], mode: 'create' }, 'Locked');
    if (written) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={given ? `Lock ${Object.values(given).join(', ')}?` : 'Add a lock'}
      description={
        given
          ? 'Sessions end at once, and requests under way are cut.'
          : 'Keeps out, at once, whoever all of these name together. Leave empty what does not matter.'
      }
    >
      <form onSubmit={(event) => void lock(event)} className="flex flex-col gap-4">
        {!given &&
          fields.map(({ key, label, placeholder }) => (
            <Field key={key} label={label}>
              {(control) => (
                <TextInput
                  {...control}
                  placeholder={placeholder}
                  value={target[key] ?? ''}
                  onChange={(event) => setTarget({ ...target, [key]: event.target.value })}
                />
              )}
            </Field>
          ))}
        <Field label="Reason" hint="Shown to whoever is kept out.">
          {(control) => <TextInput {...control} value={message} onChange={(event) => setMessage(event.target.value)} />}
        </Field>
        <Field label="For how long">
          {({ id }) => (
            <Select id={id} placeholder="Choose" value={duration} onChange={setDuration} options={durations} />
          )}
        </Field>
        {write.error && <ErrorView inline error={write.error} />}
        <div className="flex justify-end gap-2 pt-1">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="danger" disabled={named.length === 0} busy={write.isPending}>
            Lock
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
