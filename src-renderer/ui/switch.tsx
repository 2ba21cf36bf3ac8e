import { type ReactNode, useId } from 'react';

export interface SwitchProps {
  label: string;
  /** A sentence or two on what it does. */
  about: ReactNode;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
  /** Beside the switch. */
  action?: ReactNode;
}

/** Something that is on or off at once, with the words that say what it does. */
export function Switch({ label, about, checked, disabled = false, onChange, action }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-4">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <div id={`${id}-about`} className="text-muted text-sm">
          {about}
        </div>
      </div>
      {action}
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-describedby={`${id}-about`}
        checked={checked}
        aria-checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className={switchClass}
      />
    </div>
  );
}

const switchClass =
  'relative mt-0.5 h-5 w-9 shrink-0 appearance-none rounded-full bg-line-strong outline-offset-2 transition-colors duration-120 ' +
  'before:absolute before:top-0.5 before:left-0.5 before:size-4 before:rounded-full before:bg-on-accent ' +
  'before:transition-transform before:duration-120 checked:bg-accent checked:before:translate-x-4 ' +
  'focus-visible:outline-2 focus-visible:outline-focus disabled:opacity-50';
