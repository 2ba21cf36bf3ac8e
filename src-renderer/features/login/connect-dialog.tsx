import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ServiceProbe } from '../../../src-shared/contracts/session.ts';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { useAct, useClient } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { TextArea, TextInput } from '../../ui/text-input.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { FoundService } from './found-service.tsx';

/** Goes over to another app-service: first looks who answers there, and asks before trusting it. */
export function ConnectDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Use another app-service"
      description="Your team's administrator can tell you its address."
    >
      <ConnectForm onDone={onClose} />
    </Dialog>
  );
}

function ConnectForm({ onDone }: { onDone: () => void }) {
  const client = useClient();
  const [url, setUrl] = useState('https://');
  const [caPem, setCaPem] = useState('');
  const [hasCa, setHasCa] = useState(false);
  const target = { url: url.trim(), ...(hasCa && caPem.trim() !== '' && { caPem }) };

  const probe = useMutation<ServiceProbe, RolegateError>({
    mutationFn: () => client.read('session.probe', target),
  });
  const connect = useAct('session.connect');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    probe.mutate();
  };
  const confirm = (found: ServiceProbe) => {
    const pin = found.trusted || found.fingerprint === undefined ? {} : { fingerprint: found.fingerprint };
    connect.mutate({ ...target, ...pin }, { onSuccess: onDone });
  };
  const change = (set: (value: string) => void) => (value: string) => {
    set(value);
    probe.reset();
    connect.reset();
  };

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Address" hint="For example https://rolegate.example.com:3080">
        {(control) => (
          <TextInput
            {...control}
            type="url"
            autoFocus
            required
            value={url}
            onChange={(event) => change(setUrl)(event.target.value)}
            className="font-mono"
          />
        )}
      </Field>
      {hasCa ? (
        <Field label="CA certificate" hint="In PEM form, as your administrator gave it to you.">
          {(control) => (
            <TextArea
              {...control}
              rows={4}
              value={caPem}
              placeholder="-----BEGIN CERTIFICATE-----"
              onChange={(event) => change(setCaPem)(event.target.value)}
            />
          )}
        </Field>
      ) : (
        <button
          type="button"
          onClick={() => setHasCa(true)}
          className="self-start rounded-sm text-accent-text text-sm hover:underline"
        >
          I have its CA certificate
        </button>
      )}
      {probe.error && <ErrorView inline error={probe.error} />}
      {probe.data && <FoundService found={probe.data} />}
      {connect.error && <ErrorView inline error={connect.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        {probe.data ? (
          <Button variant="primary" busy={connect.isPending} onClick={() => confirm(probe.data)}>
            {probe.data.trusted ? 'Use this app-service' : 'Trust it and go on'}
          </Button>
        ) : (
          <Button type="submit" variant="primary" busy={probe.isPending}>
            Look who answers
          </Button>
        )}
      </div>
    </form>
  );
}
