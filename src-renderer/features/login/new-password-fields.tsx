import { PasswordField } from './password-field.tsx';

export interface NewPassword {
  newPassword: string;
  again: string;
}

/** Whether both are the same. While the second is empty it is still to be typed. */
export function isRepeated({ newPassword, again }: NewPassword): boolean {
  return newPassword === again;
}

/** A password to be chosen, twice. */
export function NewPasswordFields({ value, onChange }: { value: NewPassword; onChange: (value: NewPassword) => void }) {
  const differs = value.again !== '' && !isRepeated(value);
  return (
    <>
      <PasswordField
        label="New password"
        isNew
        value={value.newPassword}
        onChange={(newPassword) => onChange({ ...value, newPassword })}
      />
      <PasswordField
        label="The new password again"
        isNew
        value={value.again}
        onChange={(again) => onChange({ ...value, again })}
        error={differs ? 'It is not the same.' : undefined}
      />
    </>
  );
}
