import { HandHelping, LogOut, ScrollText, Settings, ShieldUser } from 'lucide-react';
import { useAct, useAppState } from '../../bridge/react.tsx';
import { toastError } from '../../features/shared/error-toast.ts';
import { plural } from '../../features/shared/format.ts';
import { themeOptions } from '../../features/shared/theme-options.ts';
import { TimeLeft } from '../../features/shared/time-left.tsx';
import { useRights } from '../../features/shared/use-rights.ts';
import { go } from '../../state/place.ts';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { Segment } from './segment.tsx';

/** Who one is; settings, theme, and the way out. */
export function UserMenu({ waitingRequests }: { waitingRequests: number }) {
  const user = useAppState((state) => state.user);
  const cluster = useAppState((state) => state.cluster);
  const way = useAppState((state) => state.way);
  const theme = useAppState((state) => state.theme);
  const setTheme = useAct('settings.setTheme');
  const rights = useRights();
  const [firstSection] = rights.sections;
  const logout = useAct('session.logout');
  if (!user) return null;
  return (
    <Menu
      align="end"
      trigger={
        <Segment
          aria-label={`User ${user.name}${waitingRequests > 0 ? `, ${plural(waitingRequests, 'request')} to decide on` : ''}`}
          className="shrink-0"
        >
          <span
            aria-hidden="true"
            data-initial={user.name.charAt(0).toUpperCase()}
            className="initial flex size-5.5 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent-text text-xs"
          />
          {waitingRequests > 0 && (
            <span
              aria-hidden="true"
              data-initial={waitingRequests}
              className="initial flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-accent px-1 font-semibold text-on-accent text-xs tabular"
            />
          )}
          <span className="hidden max-w-28 truncate @5xl/header:inline">{user.name}</span>
        </Segment>
      }
    >
      <div className="flex flex-col gap-0.5 px-2 pt-1.5 pb-1">
        <span className="truncate font-medium">{user.name}</span>
        <span className="truncate text-faint text-sm">{cluster}</span>
        {way !== 'own' && (
          <span className="text-faint text-sm">
            Login ends in <TimeLeft until={user.validUntil} />
          </span>
        )}
      </div>
      <MenuSeparator />
      <MenuChoice
        label="Theme"
        value={theme}
        onChange={(next) => setTheme.mutate({ theme: next }, { onError: toastError })}
        options={themeOptions}
      />
      <MenuSeparator />
      {way !== 'own' && (
        <MenuItem icon={HandHelping} onSelect={() => go({ page: 'requests' })}>
          Access requests{waitingRequests > 0 && ` (${waitingRequests})`}
        </MenuItem>
      )}
      {firstSection !== undefined && (
        <MenuItem icon={ShieldUser} onSelect={() => go({ page: 'admin', section: firstSection })}>
          Administration
        </MenuItem>
      )}
      {rights.may('event', 'list') && (
        <MenuItem icon={ScrollText} onSelect={() => go({ page: 'audit' })}>
          Audit log
        </MenuItem>
      )}
      <MenuItem icon={Settings} onSelect={() => go({ page: 'settings', section: 'own' })}>
        Settings
      </MenuItem>
      {way !== 'own' && (
        <MenuItem icon={LogOut} onSelect={() => logout.mutate({}, { onError: toastError })}>
          Log out
        </MenuItem>
      )}
    </Menu>
  );
}
