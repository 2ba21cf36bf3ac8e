import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';

export interface PasswordFieldProps {
  label: string;
  value: string;
  onChange: (password: string) => void;
  /** Whether it is one to be chosen: password managers offer another then. */
  isNew?: boolean;
  error?: string | undefined;
}

/** A password to type. */
export function PasswordField({ label, value, onChange, isNew = false, error }: PasswordFieldProps) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <TextInput
          {...control}
          type="password"
          autoComplete={isNew ? 'new-password' : 'current-password'}
          required
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
