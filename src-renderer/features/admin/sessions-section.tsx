import { CornerDownRight, MonitorX, RotateCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { LoginList } from '../../../src-shared/contracts/admin-api.ts';
import { useRead } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { formatMoment, plural } from '../shared/format.ts';
import { useRights } from '../shared/use-rights.ts';
import { AdminTable, type Column } from './admin-table.tsx';
import { Loaded, Section } from './section.tsx';
import { useAdminAct } from './use-admin-act.ts';

/** A login, or an app session of the login above it. */
interface SessionRow {
  id: string;
  user: string;
  kind: 'login' | 'app session';
  /** The app session's IAM role. */
  roleArn?: string;
  app?: string;
  startedAt: number;
  usedAt?: number | undefined;
  expiresAt?: number;
  appSessions: number;
}

const columns: Column<SessionRow>[] = [
  {
    label: 'User',
    width: 'w-44 shrink-0',
    look: 'font-medium',
    cell: ({ user, kind }) =>
      kind === 'login' ? user : <CornerDownRight size={14} aria-hidden="true" className="ml-2 text-faint" />,
  },
  {
    label: 'Session',
    width: 'min-w-0 flex-1',
    cell: ({ roleArn, app, appSessions }) =>
      roleArn === undefined ? (
        <span className="text-muted">Login{appSessions > 0 && `, ${plural(appSessions, 'app session')}`}</span>
      ) : (
        <span title={roleArn}>
          {roleArn.split('/').at(-1)} <span className="text-faint">of {app}</span>
        </span>
      ),
  },
  {
    label: 'Began',
    width: 'w-48 shrink-0',
    look: 'text-muted text-sm tabular',
    cell: ({ startedAt }) => formatMoment(startedAt),
  },
  {
    label: 'Last used',
    width: 'w-48 shrink-0',
    look: 'text-muted text-sm tabular',
    cell: ({ usedAt }) => (usedAt === undefined ? '' : formatMoment(usedAt)),
  },
];

const searched = ({ user, app, roleArn, id }: SessionRow) => [user, app, roleArn, id].join(' ');

/** Who is logged in and with which IAM roles; ends it at once. */
export function SessionsSection() {
  const rights = useRights();
  const logins = useRead('logins.list', {}, { staleTime: 0 });
  const rows = useMemo(() => (logins.data?.logins ?? []).flatMap(toRows), [logins.data]);
  const [ending, setEnding] = useState<SessionRow>();
  const mayEnd = rights.may('session', 'delete');
  return (
    <Section
      title="Sessions"
      about="Who is logged in, and which IAM roles they use. What is ended here ends at once."
      actions={
        <Button icon={RotateCw} busy={logins.isFetching} onClick={() => void logins.refetch()}>
          Read again
        </Button>
      }
    >
      <Loaded query={logins}>
        {({ omitted }) => (
          <>
            {omitted > 0 && <Notice>{`${plural(omitted, 'older login')} beside these.`}</Notice>}
            <AdminTable
              label="Sessions"
              noun="session"
              rows={rows}
              columns={columns}
              rowKey={({ id }) => id}
              searched={searched}
              actions={(row) =>
                mayEnd && (
                  <IconButton
                    icon={MonitorX}
                    label={`End this ${row.kind} of ${row.user}`}
                    onClick={() => setEnding(row)}
                  />
                )
              }
              empty={<EmptyState icon={MonitorX} title="Nobody is logged in" />}
            />
          </>
        )}
      </Loaded>
      {ending && <EndDialog row={ending} onClose={() => setEnding(undefined)} />}
    </Section>
  );
}

function EndDialog({ row, onClose }: { row: SessionRow; onClose: () => void }) {
  const end = useAdminAct('logins.end');
  const run = async () => {
    if (await end.run({ id: row.id }, `The ${row.kind} of ${row.user} has ended`)) onClose();
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`End this ${row.kind} of ${row.user}?`}
      action={`End the ${row.kind}`}
      busy={end.isPending}
      onConfirm={() => void run()}
    >
      Requests under way are cut. An AWS console that was opened from it goes on until it ends by itself. To keep{' '}
      {row.user} from coming back, lock the user.
      {end.error && (
        <div className="mt-3">
          <ErrorView inline error={end.error} />
        </div>
      )}
    </ConfirmDialog>
  );
}

function toRows({ id, user, startedAt, usedAt, expiresAt, appSessions }: LoginList['logins'][number]): SessionRow[] {
  const login: SessionRow = {
    id,
    user,
    kind: 'login',
    startedAt,
    usedAt,
    expiresAt,
    appSessions: appSessions.length,
  };
  const own = appSessions.map((session): SessionRow => ({ ...session, user, kind: 'app session', appSessions: 0 }));
  return [login, ...own];
}
