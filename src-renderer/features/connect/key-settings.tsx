import { Eye, EyeOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { GatewayMode, ToolSettings } from '../../../src-shared/contracts/gateway.ts';
import { useAppState } from '../../bridge/react.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { formatClock, formatDay } from '../shared/format.ts';
import { TimeLeft } from '../shared/time-left.tsx';
import { useSession } from '../workspace/session-context.tsx';
import { useToolSettings } from './use-tool-settings.ts';

export interface KeySettingsProps {
  mode: GatewayMode;
  /** Whether the secret key is on the screen. */
  isRevealed: boolean;
  onReveal: (isRevealed: boolean) => void;
}

/** What a tool has to be told, value by value. */
export function KeySettings({ mode, isRevealed, onReveal }: KeySettingsProps) {
  const { session, isOver } = useSession();
  const settings = useToolSettings(mode);
  return (
    <section aria-labelledby="settings-heading" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="settings-heading" className="font-semibold">
          Settings
        </h2>
        <p className="text-muted text-sm">
          These keys work only here, on this machine, until {formatClock(session.expiresAt)} (
          <TimeLeft until={session.expiresAt} />
          ).
        </p>
      </div>
      {settings.data ? (
        <SettingsList settings={settings.data} isRevealed={isRevealed} onReveal={onReveal} />
      ) : settings.error ? (
        <ErrorView inline error={settings.error} onRetry={() => void settings.refetch()} busy={settings.isFetching} />
      ) : isOver ? (
        <p className="text-muted">The session has ended, and its keys with it.</p>
      ) : (
        <Skeleton className="h-50 rounded-lg" />
      )}
    </section>
  );
}

function SettingsList(props: Omit<KeySettingsProps, 'mode'> & { settings: ToolSettings }) {
  const { settings, isRevealed, onReveal } = props;
  const caExpiresAt = useAppState((state) => state.gateway.caExpiresAt);
  return (
    <dl className="divide-y divide-line rounded-lg ring-1 ring-line ring-inset">
      <Setting name={settings.mode === 'proxy' ? 'Proxy address' : 'Endpoint address'} value={settings.url} />
      {settings.plainUrl !== undefined && <Setting name="Address without TLS" value={settings.plainUrl} />}
      <Setting name="Access key ID" value={settings.accessKeyId} />
      <Setting
        name="Secret access key"
        value={settings.secretAccessKey}
        isCovered={!isRevealed}
        action={
          <IconButton
            size="sm"
            icon={isRevealed ? EyeOff : Eye}
            label={isRevealed ? 'Hide the secret key' : 'Show the secret key'}
            onClick={() => onReveal(!isRevealed)}
          />
        }
      />
      <Setting name="Region" value={settings.region} />
      <Setting
        name="CA file"
        value={settings.caFile}
        note={caExpiresAt === undefined ? undefined : `valid until ${formatDay(caExpiresAt)}`}
      />
    </dl>
  );
}

interface SettingProps {
  name: string;
  /** What is copied. */
  value: string;
  /** It is not to be read off the screen. */
  isCovered?: boolean;
  note?: string | undefined;
  action?: ReactNode;
}

function Setting({ name, value, isCovered = false, note, action }: SettingProps) {
  return (
    <div className="grid min-h-10 grid-cols-[10rem_1fr_auto] items-center gap-4 py-1 pr-2 pl-3.5">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 select-text font-mono text-sm [overflow-wrap:anywhere]">
        {isCovered ? '•'.repeat(value.length) : value}
        {note !== undefined && <span className="ml-3 font-sans text-faint">{note}</span>}
      </dd>
      <dd className="flex items-center gap-1">
        {action}
        <CopyButton text={value} label={`Copy ${name.toLowerCase()}`} caption="Copy" />
      </dd>
    </div>
  );
}
