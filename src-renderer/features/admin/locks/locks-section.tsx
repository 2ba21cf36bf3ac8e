import { Lock, LockOpen } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { formatMoment } from '../../shared/format.ts';
import { useRights } from '../../shared/use-rights.ts';
import { AdminTable, type Column } from '../admin-table.tsx';
import { Loaded, Section } from '../section.tsx';
import { useResources } from '../use-resources.ts';
import { isOver, type LockView, lockView } from '../write-documents.ts';
import { LockDialog } from './lock-dialog.tsx';
import { useUnlock } from './use-unlock.ts';

const targetNames = { user: 'user', role: 'role', app: 'app', aws_role_arn: 'IAM role' } as const;

const targetText = ({ target }: LockView) =>
  Object.entries(target)
    .map(([key, value]) => `${targetNames[key as keyof typeof targetNames] ?? key} ${value}`)
    .join(' and ');

const columns: Column<LockView>[] = [
  { label: 'Keeps out', width: 'min-w-0 flex-1', look: 'font-medium', cell: targetText },
  { label: 'Reason', width: 'min-w-0 flex-1', look: 'text-muted', cell: ({ message }) => message },
  {
    label: 'Until',
    width: 'w-52 shrink-0',
    look: 'text-muted text-sm tabular',
    cell: (lock) =>
      lock.expiresAt === undefined ? (
        'it is removed'
      ) : isOver(lock, Date.now()) ? (
        <Chip>over</Chip>
      ) : (
        formatMoment(lock.expiresAt)
      ),
  },
];

const searched = (lock: LockView) => `${targetText(lock)} ${lock.message} ${lock.name}`;

/** Locks: who is kept out, whatever roles say. */
export function LocksSection() {
  const rights = useRights();
  const locks = useResources(['lock']);
  const rows = useMemo(() => (locks.data ?? []).map(lockView), [locks.data]);
  const [isAdding, setAdding] = useState(false);
  const unlock = useUnlock();
  return (
    <Section
      title="Locks"
      about="A lock keeps out whoever it names, whatever roles say, and ends what they have under way."
      actions={
        rights.may('lock', 'create') && (
          <Button variant="primary" icon={Lock} onClick={() => setAdding(true)}>
            Add a lock…
          </Button>
        )
      }
    >
      <Loaded query={locks}>
        {() => (
          <AdminTable
            label="Locks"
            noun="lock"
            rows={rows}
            columns={columns}
            rowKey={({ name }) => name}
            searched={searched}
            actions={(lock) =>
              rights.may('lock', 'delete') &&
              lock.origin === 'stored' && (
                <IconButton
                  icon={LockOpen}
                  label={`Remove the lock on ${targetText(lock)}`}
                  onClick={() => void unlock([lock], targetText(lock))}
                />
              )
            }
            empty={
              <EmptyState icon={LockOpen} title="Nobody is locked">
                A lock on a user, a role, an app or an IAM role keeps people out at once, for a while or until it is
                removed.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      {isAdding && <LockDialog onClose={() => setAdding(false)} />}
    </Section>
  );
}
