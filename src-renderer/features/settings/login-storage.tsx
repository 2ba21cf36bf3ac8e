import { useAppState } from '../../bridge/react.tsx';
import { Notice } from '../../ui/notice.tsx';

const places = {
  keychain: {
    tone: 'good',
    text: 'In this computer’s keychain. You stay logged in after quitting, and the gateway’s keys stay the same.',
  },
  file: {
    tone: 'info',
    text: 'In a file that only you can read, because this machine was set up that way (ROLEGATE_SESSION_STORE=file).',
  },
  memory: {
    tone: 'warn',
    text: 'In memory only: Rolegate will not remember this login after it quits.',
  },
} as const;

/** Where the login is kept, and why there. */
export function LoginStorage() {
  const { kind, reason } = useAppState((state) => state.secrets);
  const { tone, text } = places[kind];
  return (
    <Notice tone={tone}>
      <p>{text}</p>
      {reason !== undefined && <p className="mt-1 text-muted">{reason}</p>}
    </Notice>
  );
}
