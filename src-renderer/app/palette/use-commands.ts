import {
  AppWindow,
  Copy,
  Download,
  Eraser,
  ExternalLink,
  HandHelping,
  KeyRound,
  ListChecks,
  LogOut,
  type LucideIcon,
  MapPin,
  Monitor,
  Moon,
  Plug,
  ScrollText,
  Settings,
  ShieldAlert,
  ShieldUser,
  Sigma,
  SquareTerminal,
  Sun,
  Table2,
  Upload,
} from 'lucide-react';
import { useMemo } from 'react';
import { partitionById } from '../../../src-shared/aws/partitions.ts';
import type { JobKind } from '../../../src-shared/contracts/jobs.ts';
import type { AppInfo } from '../../../src-shared/contracts/service-api.ts';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import type { RolegateClient } from '../../bridge/client.ts';
import { useAppState, useClient, useRead } from '../../bridge/react.tsx';
import { useStartSession } from '../../features/apps/use-start-session.ts';
import { launchConsole } from '../../features/console/launch.ts';
import { openJobDialog, showJobs } from '../../features/jobs/open-dialog.ts';
import { sectionLabels } from '../../features/shared/admin-sections.ts';
import { toastError } from '../../features/shared/error-toast.ts';
import { type Rights, useRights } from '../../features/shared/use-rights.ts';
import { useTables } from '../../features/tables/use-tables.ts';
import { openTable, useDesk } from '../../state/desks.ts';
import { go, goToSession, type Place, type SessionView } from '../../state/place.ts';
import type { Command } from './commands.ts';

const nowhere = { appSessionId: '', region: '' };

/** Everything that can be reached from where one is: what concerns the current session first. */
export function useCommands(place: Place): readonly Command[] {
  const client = useClient();
  const way = useAppState((state) => state.way);
  const sessions = useAppState((state) => state.appSessions);
  const session = place.page === 'session' ? sessions.find(({ id }) => id === place.sessionId) : undefined;
  const apps = useRead('apps.list', {});
  const where = session ? { appSessionId: session.id, region: session.region } : nowhere;
  const tables = useTables(where, session !== undefined);
  const { start } = useStartSession();
  const { active } = useDesk({
    app: session?.app ?? '',
    roleArn: session?.role.arn ?? '',
    region: session?.region ?? '',
  });
  const rights = useRights();

  return useMemo(
    () => [
      ...(session ? sessionActions(client, session) : []),
      ...(session && active !== undefined ? jobCommands(active) : []),
      ...(session ? tables.names.map((table) => tableCommand(session, table)) : []),
      ...(apps.data ?? []).flatMap((app) => roleCommands(app, sessions, start)),
      ...adminActions(rights),
      ...generalActions(client, way !== 'own'),
      ...(session ? regionCommands(client, session) : []),
    ],
    [client, session, sessions, tables.names, apps.data, way, start, active, rights],
  );
}

function sessionActions(client: RolegateClient, session: AppSession): Command[] {
  const show = (view: SessionView) => () => go({ page: 'session', sessionId: session.id, view });
  return [
    {
      id: 'console',
      kind: 'Action',
      label: 'Launch console',
      icon: ExternalLink,
      run: () => void launchConsole(client, session),
    },
    { id: 'connect', kind: 'Action', label: 'Connect a tool', icon: Plug, run: show('connect') },
    { id: 'partiql', kind: 'Action', label: 'Open the PartiQL editor', icon: SquareTerminal, run: show('partiql') },
    { id: 'tables', kind: 'Action', label: 'Show tables', icon: Table2, run: show('tables') },
  ];
}

/** What can be done with the table that is in front. */
function jobCommands(table: string): Command[] {
  const command = (kind: JobKind, label: string, icon: LucideIcon): Command => ({
    id: `job ${kind}`,
    kind: 'Action',
    label,
    icon,
    run: () => openJobDialog({ kind, table }),
  });
  return [
    command('export', `Export ${table}`, Download),
    command('import', `Import into ${table}`, Upload),
    command('copy', `Copy ${table} to another table`, Copy),
    command('count', `Count ${table}`, Sigma),
    command('purge', `Empty ${table}`, Eraser),
  ];
}

function tableCommand(session: AppSession, table: string): Command {
  const desk = { app: session.app, roleArn: session.role.arn, region: session.region };
  return {
    id: `table ${table}`,
    kind: 'Table',
    label: table,
    icon: Table2,
    run: () => {
      goToSession(session.id);
      openTable(desk, table);
    },
  };
}

function roleCommands(
  app: AppInfo,
  sessions: readonly AppSession[],
  start: (app: string, roleArn: string) => Promise<void>,
): Command[] {
  return app.roles.map((role) => {
    const running = sessions.find((session) => session.app === app.name && session.role.arn === role.arn);
    return {
      id: `role ${app.name} ${role.arn}`,
      kind: 'Role',
      label: role.name,
      detail: running ? `${role.accountId} · running` : role.accountId,
      icon: KeyRound,
      run: () => (running ? goToSession(running.id) : void start(app.name, role.arn)),
    };
  });
}

function regionCommands(client: RolegateClient, session: AppSession): Command[] {
  const regions = partitionById(session.role.partition)?.regions ?? [];
  return regions
    .filter((region) => region !== session.region)
    .map((region) => ({
      id: `region ${region}`,
      kind: 'Region',
      label: region,
      icon: MapPin,
      run: () => {
        client.act('appSessions.setRegion', { id: session.id, region }).catch(toastError);
      },
    }));
}

function adminActions(rights: Rights): Command[] {
  const sections = rights.sections.map(
    (section): Command => ({
      id: `admin ${section}`,
      kind: 'Action',
      label: `Administration: ${sectionLabels[section]}`,
      icon: ShieldUser,
      run: () => go({ page: 'admin', section }),
    }),
  );
  const audit: Command = {
    id: 'audit',
    kind: 'Action',
    label: 'Audit log',
    icon: ScrollText,
    run: () => go({ page: 'audit' }),
  };
  return rights.may('event', 'list') ? [...sections, audit] : sections;
}

function generalActions(client: RolegateClient, canLogOut: boolean): Command[] {
  const setTheme = (theme: 'system' | 'light' | 'dark') => () => {
    client.act('settings.setTheme', { theme }).catch(toastError);
  };
  const logOut: Command = {
    id: 'logout',
    kind: 'Action',
    label: 'Log out',
    icon: LogOut,
    run: () => {
      client.act('session.logout', {}).catch(toastError);
    },
  };
  return [
    { id: 'jobs', kind: 'Action', label: 'Show jobs', icon: ListChecks, run: () => showJobs() },
    { id: 'apps', kind: 'Action', label: 'Applications', icon: AppWindow, run: () => go({ page: 'apps' }) },
    {
      id: 'requests',
      kind: 'Action',
      label: 'Access requests',
      icon: HandHelping,
      run: () => go({ page: 'requests' }),
    },
    {
      id: 'own',
      kind: 'Action',
      label: 'Use my AWS credentials',
      icon: KeyRound,
      run: () => go({ page: 'settings', section: 'own' }),
    },
    {
      id: 'settings',
      kind: 'Action',
      label: 'Settings',
      icon: Settings,
      run: () => go({ page: 'settings', section: 'appearance' }),
    },
    {
      id: 'production',
      kind: 'Action',
      label: 'Mark production accounts and roles',
      icon: ShieldAlert,
      run: () => go({ page: 'settings', section: 'production' }),
    },
    { id: 'theme-dark', kind: 'Action', label: 'Theme: dark', icon: Moon, run: setTheme('dark') },
    { id: 'theme-light', kind: 'Action', label: 'Theme: light', icon: Sun, run: setTheme('light') },
    { id: 'theme-system', kind: 'Action', label: 'Theme: like the system', icon: Monitor, run: setTheme('system') },
    ...(canLogOut ? [logOut] : []),
  ];
}
