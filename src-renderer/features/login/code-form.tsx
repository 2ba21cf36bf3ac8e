import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { CodeField } from './code-field.tsx';

export interface CodeFormProps {
  onSubmit: (code: string) => void;
  onBack: () => void;
  backLabel: string;
  submitLabel: string;
  busy: boolean;
  error: RolegateError | null;
}

/** The code of an authenticator app, alone: the password was right. */
export function CodeForm({ onSubmit, onBack, backLabel, submitLabel, busy, error }: CodeFormProps) {
  const [code, setCode] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const isWrong = error?.code === 'access_denied' && !error.retryable;
  useEffect(() => {
    if (error && error.code !== 'needs_code') input.current?.select();
  }, [error]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(code);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3.5">
      <CodeField
        ref={input}
        autoFocus
        value={code}
        onChange={setCode}
        error={isWrong ? [error.message, error.hint].filter(Boolean).join(' ') : undefined}
      />
      {error && !isWrong && error.code !== 'needs_code' && <ErrorView inline error={error} />}
      <Button type="submit" variant="primary" busy={busy} disabled={code.length !== 6} className="w-full">
        {submitLabel}
      </Button>
      <Button variant="ghost" onClick={onBack}>
        {backLabel}
      </Button>
    </form>
  );
}
