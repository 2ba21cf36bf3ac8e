import { KeyRound } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import type { Credentials } from './use-login.ts';

export interface SandboxUsersProps {
  users: readonly Credentials[];
  onFill: (credentials: Credentials) => void;
  onLogin: (credentials: Credentials) => void;
  /** The user who is being logged in. */
  busyUser: string | undefined;
}

/** The sandbox's users. Their passwords are no secret: one click logs in as one of them. */
export function SandboxUsers({ users, onFill, onLogin, busyUser }: SandboxUsersProps) {
  return (
    <section aria-label="Users of the sandbox" className="flex flex-col gap-2">
      <p className="text-center text-faint text-sm">Two example users, and their passwords:</p>
      <ul className="grid grid-cols-2 gap-3">
        {users.map((credentials) => (
          <li
            key={credentials.user}
            className="flex flex-col gap-3 rounded-lg bg-surface p-3 ring-1 ring-line ring-inset"
          >
            <button
              type="button"
              onClick={() => onFill(credentials)}
              title="Fill in the form"
              className="-m-1 flex items-center gap-2.5 rounded-md p-1 text-left hover:bg-hover"
            >
              <span
                aria-hidden="true"
                className="flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent-text text-lg leading-none"
              >
                {credentials.user.charAt(0).toUpperCase()}
              </span>
              <span className="flex min-w-0 flex-col">
                <span className="truncate font-medium">{credentials.user}</span>
                <span className="flex items-center gap-1.5 text-muted text-sm">
                  <KeyRound size={11} aria-hidden="true" className="shrink-0 text-faint" />
                  <span className="sr-only">Password</span>
                  <span className="truncate font-mono">{credentials.password}</span>
                </span>
              </span>
            </button>
            <Button
              size="sm"
              busy={busyUser === credentials.user}
              disabled={busyUser !== undefined}
              onClick={() => onLogin(credentials)}
            >
              Log in as {credentials.user}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
