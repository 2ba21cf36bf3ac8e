import { CircleStop } from 'lucide-react';
import { useState } from 'react';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import { useClient, useRead } from '../../bridge/react.tsx';
import { RolePicker } from '../../features/apps/role-picker.tsx';
import { toastError } from '../../features/shared/error-toast.ts';
import { ErrorView } from '../../features/shared/error-view.tsx';
import { SessionDot } from '../../features/shared/session-dot.tsx';
import { go } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Popover } from '../../ui/popover.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Segment } from './segment.tsx';

/** Which IAM role this is; leads to the other running sessions, starts another, ends this one. */
export function RoleSwitcher({ session }: { session: AppSession }) {
  const [isOpen, setOpen] = useState(false);
  const [isEnding, setEnding] = useState(false);
  const client = useClient();
  const end = () => {
    // Away first: a session that ends while it is looked at is otherwise an accident, and drawn as one.
    go({ page: 'apps' });
    client.act('appSessions.end', { id: session.id }).catch(toastError);
  };
  return (
    <>
      <Popover
        open={isOpen}
        onOpenChange={setOpen}
        label="IAM roles"
        className="w-144 max-w-[calc(100vw-1rem)] p-2.5"
        trigger={
          <Segment aria-label={`IAM role ${session.role.name}`} title={session.role.arn} className="max-w-72">
            <SessionDot roleArn={session.role.arn} />
            <span className="truncate font-medium">{session.role.name}</span>
          </Segment>
        }
      >
        <Roles app={session.app} onPicked={() => setOpen(false)} />
        <div className="-mx-2.5 mt-2 -mb-1 border-line border-t px-2.5 pt-1.5">
          <Button
            variant="ghost"
            size="sm"
            icon={CircleStop}
            onClick={() => {
              setOpen(false);
              setEnding(true);
            }}
          >
            End this session
          </Button>
        </div>
      </Popover>
      <ConfirmDialog
        open={isEnding}
        onClose={() => setEnding(false)}
        title="End this session?"
        action="End session"
        onConfirm={end}
      >
        Tools that use its keys will be refused from now on. You can start {session.role.name} again at any time; it
        gets new keys then.
      </ConfirmDialog>
    </>
  );
}

function Roles({ app, onPicked }: { app: string; onPicked: () => void }) {
  const apps = useRead('apps.list', {});
  if (apps.isPending) return <SkeletonLines lines={4} />;
  if (apps.isError) return <ErrorView inline error={apps.error} onRetry={() => void apps.refetch()} />;
  const found = apps.data.find(({ name }) => name === app);
  return found ? (
    <div className="flex h-72 flex-col">
      <RolePicker app={found} onPicked={onPicked} />
    </div>
  ) : null;
}
