import type { Ref } from 'react';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';

export interface CodeFieldProps {
  value: string;
  onChange: (code: string) => void;
  error?: string | undefined;
  autoFocus?: boolean;
  ref?: Ref<HTMLInputElement>;
  label?: string;
}

/** Six digits of an authenticator app. Spaces that were pasted along are dropped. */
export function CodeField({
  value,
  onChange,
  error,
  autoFocus,
  ref,
  label = 'Code of your authenticator app',
}: CodeFieldProps) {
  return (
    <Field label={label} hint="Six digits, a new one every 30 seconds." error={error}>
      {(control) => (
        <TextInput
          {...control}
          ref={ref}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus={autoFocus}
          required
          className="font-mono tracking-widest"
          value={value}
          onChange={(event) => onChange(event.target.value.replace(/\D/g, '').slice(0, 6))}
        />
      )}
    </Field>
  );
}
