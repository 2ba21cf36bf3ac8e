import { type FormEvent, useId, useState } from 'react';
import type { GatewayMode } from '../../../src-shared/contracts/gateway.ts';
import type { ListenerState } from '../../../src-shared/contracts/state.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import { useAct, useAppState } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { TextInput } from '../../ui/text-input.tsx';
import { toastError } from '../shared/error-toast.ts';
import { ErrorView } from '../shared/error-view.tsx';
import { portOf } from './port-of.ts';

/** Whether one mode of the gateway is listening, on which port, and how to change that. */
export function ListenerPanel({ mode }: { mode: GatewayMode }) {
  const listener = useAppState((state) => state.gateway[mode]);
  const listen = useAct('gateway.listen');
  const stop = useAct('gateway.stop');
  const isBusy = listen.isPending || listener.status === 'starting';
  const use = (port: number) => listen.mutate({ mode, port }, { onError: toastError });
  return (
    <div className="flex flex-col gap-3 rounded-lg bg-sunken p-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Status listener={listener} />
        <span className="flex-1" />
        <PortForm key={listener.port} listener={listener} busy={isBusy} onUse={use} />
        {listener.status === 'running' ? (
          <Button size="sm" busy={stop.isPending} onClick={() => stop.mutate({ mode }, { onError: toastError })}>
            Stop
          </Button>
        ) : (
          <Button size="sm" busy={isBusy} onClick={() => use(listener.port)}>
            {listener.status === 'failed' ? 'Try again' : 'Start'}
          </Button>
        )}
      </div>
      {listener.status === 'failed' && listener.error && (
        <ErrorView
          inline
          error={RolegateError.fromData(listener.error)}
          action={
            listener.freePort !== undefined && (
              <Button size="sm" variant="primary" busy={isBusy} onClick={() => use(listener.freePort!)}>
                Use port {listener.freePort} instead
              </Button>
            )
          }
        />
      )}
    </div>
  );
}

const looks: Record<ListenerState['status'], { dot: string; text: string }> = {
  running: { dot: 'bg-good', text: 'Running on' },
  starting: { dot: 'bg-warn animate-breathe', text: 'Starting on' },
  failed: { dot: 'bg-bad', text: 'Not running: could not listen on' },
  stopped: { dot: 'bg-line-strong', text: 'Stopped; would listen on' },
};

function Status({ listener }: { listener: ListenerState }) {
  const { dot, text } = looks[listener.status];
  return (
    <p role="status" className="flex items-center gap-2.5">
      <span aria-hidden="true" className={cx('size-2 rounded-full', dot)} />
      <span>
        {text} <span className="select-text font-mono text-sm">127.0.0.1:{listener.port}</span>
      </span>
    </p>
  );
}

interface PortFormProps {
  listener: ListenerState;
  busy: boolean;
  onUse: (port: number) => void;
}

function PortForm({ listener, busy, onUse }: PortFormProps) {
  const [text, setText] = useState(String(listener.port));
  const id = useId();
  const port = portOf(text);
  const isChanged = port !== listener.port;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (port !== undefined && isChanged) onUse(port);
  };
  return (
    <form onSubmit={submit} className="flex items-center gap-2">
      <label htmlFor={id} className="text-muted text-sm">
        Port
      </label>
      <span className="w-18">
        <TextInput
          id={id}
          size="sm"
          value={text}
          inputMode="numeric"
          aria-invalid={port === undefined}
          onChange={(event) => setText(event.target.value)}
          className="font-mono tabular"
        />
      </span>
      <Button type="submit" size="sm" busy={busy} disabled={port === undefined || !isChanged}>
        Use this port
      </Button>
    </form>
  );
}
