import { KeyRound, SearchX } from 'lucide-react';
import { type Ref, useMemo, useState } from 'react';
import type { AppInfo, IamRole } from '../../../src-shared/contracts/service-api.ts';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import { useAppState, useRead } from '../../bridge/react.tsx';
import { go, goToSession } from '../../state/place.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SearchInput } from '../../ui/text-input.tsx';
import { useListNavigation } from '../../ui/use-list-navigation.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { AskDialog, type AskFor } from '../requests/ask-dialog.tsx';
import { formatCount, plural } from '../shared/format.ts';
import { filterRequestable, filterRoles } from './filter-roles.ts';
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
  const { requestable = noneToAskFor } = app;
  const roles = useMemo(() => runningFirst(filterRoles(app.roles, search), sessions), [app.roles, search, sessions]);
  const toAskFor = useMemo(() => filterRequestable(requestable, search), [requestable, search]);
  const rows = useMemo<PickerRow[]>(() => [...roles.map((role) => ({ role })), ...toAskFor], [roles, toAskFor]);
  const total = app.roles.length + requestable.length;
  const waiting = usePendingRequests(app.name);
  const [asking, setAsking] = useState<AskFor>();
  const { start, startingArn } = useStartSession();

  const choose = (index: number) => {
    const row = rows[index];
    if (!row) return;
    const { role, maxDuration } = row;
    if (maxDuration !== undefined) {
      if (waiting.has(role.arn)) go({ page: 'requests' });
      else setAsking({ app: app.name, role, maxDuration });
      return;
    }
    onPicked?.();
    const running = sessions.get(role.arn);
    if (running) goToSession(running.id);
    else void start(app.name, role.arn);
  };
  const navigation = useListNavigation(rows.length, search, choose);

  if (total === 0) return <NoRoles app={app.name} />;
  return (
    <section aria-label={`IAM roles of ${app.name}`} className="flex min-h-0 flex-1 flex-col">
      <SearchInput
        ref={searchRef}
        autoFocus
        aria-label="Search IAM roles"
        placeholder="Search IAM roles"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        trailing={search === '' ? plural(total, 'role') : `${formatCount(rows.length)} of ${total}`}
        className="mb-2"
        {...navigation.inputProps}
      />
      {rows.length === 0 ? (
        <EmptyState compact icon={SearchX} title={`No role matches “${search}”`}>
          Names, account numbers and paths are searched.
        </EmptyState>
      ) : (
        <VirtualList
          kind="grid"
          label="IAM roles"
          rows={rows}
          rowHeight={rowHeight}
          navigation={navigation}
          rowKey={({ role }) => role.arn}
          className="-mx-2 px-2"
          renderRow={({ role, maxDuration }, { isActive }) => (
            <RoleRow
              role={role}
              search={search}
              session={sessions.get(role.arn)}
              isActive={isActive}
              isStarting={startingArn === role.arn}
              ask={maxDuration === undefined ? undefined : waiting.has(role.arn) ? 'waiting' : 'possible'}
            />
          )}
        />
      )}
      <AskDialog wanted={asking} onClose={() => setAsking(undefined)} />
    </section>
  );
}

/** A role that one has, or one that can be asked for, and for how long at most. */
interface PickerRow {
  role: IamRole;
  maxDuration?: number;
}

const noneToAskFor: NonNullable<AppInfo['requestable']> = [];

/** The ARNs of an app for which one has asked and nobody has decided. */
function usePendingRequests(app: string): ReadonlySet<string> {
  const { data } = useRead('requests.list', {});
  return useMemo(() => {
    const own = (data?.requests ?? []).filter((one) => one.isMine && one.state === 'pending' && one.app === app);
    return new Set(own.map(({ role }) => role.arn));
  }, [data, app]);
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
