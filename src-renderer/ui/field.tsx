import { type ReactNode, useId } from 'react';

export interface FieldProps {
  label: string;
  /** A sentence of help under the control. */
  hint?: ReactNode;
  /** What is wrong with what was typed. */
  error?: string | undefined;
  /** Draws the control; it takes these to be tied to its label and its texts. */
  children: (control: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }) => ReactNode;
}

/** A labelled control with its help and its error. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const hasText = hint !== undefined || error !== undefined;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm text-muted">
        {label}
      </label>
      {children({ id, 'aria-describedby': hasText ? `${id}-text` : undefined, 'aria-invalid': error !== undefined })}
      {hasText && (
        <div id={`${id}-text`} className="text-sm">
          {error !== undefined ? (
            <p role="alert" className="text-bad">
              {error}
            </p>
          ) : (
            <div className="text-faint">{hint}</div>
          )}
        </div>
      )}
    </div>
  );
}
