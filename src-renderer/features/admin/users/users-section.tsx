import { KeyRound, Lock, LockOpen, SquarePen, Trash2, UserPlus, Users } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useAppState } from '../../../bridge/react.tsx';
import { Button } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { MenuItem } from '../../../ui/menu.tsx';
import { useRights } from '../../shared/use-rights.ts';
import { AdminTable, type Column } from '../admin-table.tsx';
import { LockDialog } from '../locks/lock-dialog.tsx';
import { useUnlock } from '../locks/use-unlock.ts';
import { RowMenu } from '../row-menu.tsx';
import { Loaded, Section } from '../section.tsx';
import { useResources } from '../use-resources.ts';
import { isOver, type LockView, locksOnly, lockView, type UserView, userView } from '../write-documents.ts';
import { AddUserDialog } from './add-user-dialog.tsx';
import { ChangeRolesDialog } from './change-roles-dialog.tsx';
import { RemoveUserDialog } from './remove-user-dialog.tsx';
import { ResetDialog } from './reset-dialog.tsx';

type Asked = { what: 'add' } | { what: 'roles' | 'reset' | 'lock' | 'remove'; user: UserView };

interface UserRow extends UserView {
  locks: LockView[];
}

const columns: Column<UserRow>[] = [
  { label: 'User', width: 'w-48 shrink-0', look: 'font-medium', cell: ({ name }) => name },
  {
    label: 'Roles',
    width: 'min-w-0 flex-1',
    look: 'flex gap-1',
    cell: ({ roles }) =>
      roles.length === 0 ? (
        <span className="text-faint">none</span>
      ) : (
        roles.map((role) => <Chip key={role}>{role}</Chip>)
      ),
  },
  {
    label: 'Traits',
    width: 'w-48 shrink-0',
    look: 'text-muted text-sm',
    cell: ({ traits }) => Object.keys(traits).join(', '),
  },
  {
    label: 'State',
    width: 'w-28 shrink-0',
    cell: ({ locks, info }) =>
      locks.length > 0 ? (
        <Chip tone="bad">locked</Chip>
      ) : info.unreadable !== undefined ? (
        <Chip tone="warn">unreadable</Chip>
      ) : null,
  },
];

const searched = ({ name, roles, traits }: UserRow) => [name, ...roles, ...Object.values(traits).flat()].join(' ');

/** Users: who there is, with which roles, and what an administrator does with them. */
export function UsersSection() {
  const rights = useRights();
  const users = useResources(['user']);
  const locks = useResources(rights.may('lock', 'list') ? ['lock'] : []);
  const [asked, setAsked] = useState<Asked>();
  const self = useAppState(({ user }) => user?.name);
  const unlock = useUnlock();
  const close = () => setAsked(undefined);

  const rows = useMemo(() => {
    const all = (locks.data ?? []).map(lockView).filter((lock) => !isOver(lock, Date.now()));
    return (users.data ?? []).map((info): UserRow => {
      const user = userView(info);
      return { ...user, locks: all.filter((lock) => locksOnly(lock, user.name)) };
    });
  }, [users.data, locks.data]);

  const actions = (row: UserRow) => {
    const isFixed = row.info.origin === 'static';
    const ask = (what: Exclude<Asked['what'], 'add'>) => () => setAsked({ what, user: row });
    return (
      <RowMenu of={row.name}>
        {rights.may('user', 'update') && !isFixed && (
          <MenuItem icon={SquarePen} onSelect={ask('roles')}>
            Change roles…
          </MenuItem>
        )}
        {rights.may('user', 'update') && (
          <MenuItem icon={KeyRound} onSelect={ask('reset')}>
            Reset the password…
          </MenuItem>
        )}
        {row.locks.length > 0 && rights.may('lock', 'delete') && (
          <MenuItem icon={LockOpen} onSelect={() => void unlock(row.locks, row.name)}>
            Unlock
          </MenuItem>
        )}
        {row.locks.length === 0 && row.name !== self && rights.may('lock', 'create') && (
          <MenuItem icon={Lock} onSelect={ask('lock')}>
            Lock…
          </MenuItem>
        )}
        {rights.may('user', 'delete') && !isFixed && row.name !== self && (
          <MenuItem icon={Trash2} onSelect={ask('remove')}>
            Remove…
          </MenuItem>
        )}
      </RowMenu>
    );
  };

  return (
    <Section
      title="Users"
      about="Who may log in, and with which roles. A change holds at once; nobody has to log in again."
      actions={
        rights.may('user', 'create') && (
          <Button variant="primary" icon={UserPlus} onClick={() => setAsked({ what: 'add' })}>
            Add a user…
          </Button>
        )
      }
    >
      <Loaded query={users}>
        {() => (
          <AdminTable
            label="Users"
            noun="user"
            rows={rows}
            columns={columns}
            rowKey={({ name }) => name}
            searched={searched}
            {...(rights.may('user', 'update') && {
              onOpen: (user: UserRow) => user.info.origin !== 'static' && setAsked({ what: 'roles', user }),
            })}
            actions={actions}
            empty={
              <EmptyState icon={Users} title="No users yet">
                Add one, and give them the invitation that comes with it.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      {asked?.what === 'add' && <AddUserDialog onClose={close} />}
      {asked?.what === 'roles' && <ChangeRolesDialog user={asked.user} onClose={close} />}
      {asked?.what === 'reset' && <ResetDialog user={asked.user.name} onClose={close} />}
      {asked?.what === 'lock' && <LockDialog target={{ user: asked.user.name }} onClose={close} />}
      {asked?.what === 'remove' && <RemoveUserDialog user={asked.user.name} onClose={close} />}
    </Section>
  );
}
