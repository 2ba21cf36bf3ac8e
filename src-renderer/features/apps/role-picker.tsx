import { KeyRound, SearchX } from 'lucide-react';
import { type Ref, useMemo, useState } from 'react';
import type { AppInfo, IamRole } from '../../../src-shared/contracts/service-api.ts';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import { useAppState } from '../../bridge/react.tsx';
import { goToSession } from '../../state/place.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SearchInput } from '../../ui/text-input.tsx';
import { useListNavigation } from '../../ui/use-list-navigation.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { formatCount, plural } from '../shared/format.ts';
import { filterRoles } from './filter-roles.ts';
import { RoleRow } from './role-row.tsx';
import { useStartSession } from './use-start-session.ts';

const rowHeight = 44;

export interface RolePickerProps {
  app: AppInfo;
  /** The search box, for whoever wants to bring the person to it. */
  searchRef?: Ref<HTMLInputElement>;
  /** Called when a role has been picked, before its session has started. */
  onPicked?: () => void;
}

/** The IAM roles of an app, to search and to pick from. */
export function RolePicker({ app, searchRef, onPicked }: RolePickerProps) {
  const [search, setSearch] = useState('');
  const sessions = useRunning(app.name);
  const roles = useMemo(() => runningFirst(filterRoles(app.roles, search), sessions), [app.roles, search, sessions]);
  const { start, startingArn } = useStartSession();

  const choose = (index: number) => {
    const role = roles[index];
    if (!role) return;
    onPicked?.();
    const running = sessions.get(role.arn);
    if (running) goToSession(running.id);
    else void start(app.name, role.arn);
  };
  const navigation = useListNavigation(roles.length, search, choose);

  if (app.roles.length === 0) return <NoRoles app={app.name} />;
  return (
    <section aria-label={`IAM roles of ${app.name}`} className="flex min-h-0 flex-1 flex-col">
      <SearchInput
        ref={searchRef}
        autoFocus
        aria-label="Search IAM roles"
        placeholder="Search IAM roles"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        trailing={
          search === '' ? plural(app.roles.length, 'role') : `${formatCount(roles.length)} of ${app.roles.length}`
        }
        className="mb-2"
        {...navigation.inputProps}
      />
      {roles.length === 0 ? (
        <EmptyState compact icon={SearchX} title={`No role matches “${search}”`}>
          Names, account numbers and paths are searched.
        </EmptyState>
      ) : (
        <VirtualList
          kind="grid"
          label="IAM roles"
          rows={roles}
          rowHeight={rowHeight}
          navigation={navigation}
          rowKey={(role) => role.arn}
          className="-mx-2 px-2"
          renderRow={(role, { isActive }) => (
            <RoleRow
              role={role}
              search={search}
              session={sessions.get(role.arn)}
              isActive={isActive}
              isStarting={startingArn === role.arn}
            />
          )}
        />
      )}
    </section>
  );
}

/** The app's running sessions by role. */
function useRunning(app: string): ReadonlyMap<string, AppSession> {
  const sessions = useAppState((state) => state.appSessions);
  return useMemo(
    () => new Map(sessions.filter((session) => session.app === app).map((session) => [session.role.arn, session])),
    [sessions, app],
  );
}

/** Who comes back to the list mostly wants to go on. */
function runningFirst(roles: readonly IamRole[], sessions: ReadonlyMap<string, AppSession>): readonly IamRole[] {
  const isRunning = (role: IamRole) => sessions.has(role.arn);
  return [...roles.filter(isRunning), ...roles.filter((role) => !isRunning(role))];
}

function NoRoles({ app }: { app: string }) {
  return (
    <EmptyState icon={KeyRound} title="No IAM roles for you here yet">
      <p>
        Ask your administrator for access to <span className="font-mono text-text">{app}</span>. A role shows up here
        when one of your Rolegate roles lists its ARN in <span className="font-mono text-text">aws_role_arns</span>.
      </p>
    </EmptyState>
  );
}
