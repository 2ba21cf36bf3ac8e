import type { ReactNode } from 'react';
import type { AccessPreview } from '../../../src-shared/contracts/review-api.ts';
import { useRead } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { plural } from '../shared/format.ts';
import { useAdminAct } from './use-admin-act.ts';

export interface PreviewDialogProps {
  /** What is to be written: "role/readers". */
  file: string;
  text: string;
  mode: 'create' | 'upsert';
  onClose: () => void;
  onSaved: () => void;
  /** Told when somebody else has changed it in between. */
  onConflict?: () => void;
}

/** Who would gain and lose what, before it is saved. */
export function PreviewDialog({ file, text, mode, onClose, onSaved, onConflict }: PreviewDialogProps) {
  const preview = useRead('resources.preview', { file, text }, { staleTime: 0 });
  const write = useAdminAct('resources.write');
  const save = async () => {
    const written = await write.run({ files: [{ file, text }], mode }, `${file} is saved`);
    if (written) onSaved();
  };
  // Whoever may write but not see everybody can save all the same.
  const isBlind = preview.error?.code === 'access_denied';
  // Nobody who makes a new one means to replace another.
  const taken = mode === 'create' ? preview.data?.writes.find(({ action }) => action !== 'create') : undefined;
  const isConflict = (write.error ?? preview.error)?.code === 'conflict' && onConflict !== undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      width="lg"
      title="Review the change"
      description={<span className="font-mono text-sm">{file}</span>}
      actions={
        <>
          <Button onClick={onClose}>Back</Button>
          {isConflict ? (
            <Button variant="primary" onClick={onConflict}>
              See what has changed
            </Button>
          ) : (
            <Button
              variant="primary"
              disabled={(!preview.data && !isBlind) || taken !== undefined}
              busy={write.isPending}
              onClick={() => void save()}
            >
              Save
            </Button>
          )}
        </>
      }
    >
      {write.error ? (
        <ErrorView inline error={write.error} />
      ) : isBlind ? (
        <Notice tone="warn">
          Whom this concerns cannot be shown: you may save it, but you may not see all users and roles.
        </Notice>
      ) : preview.error ? (
        <ErrorView inline error={preview.error} />
      ) : taken ? (
        <Notice tone="bad">{`There is already a ${taken.kind} ${taken.name}. Give this one another name.`}</Notice>
      ) : preview.data ? (
        <Changes preview={preview.data} />
      ) : (
        <SkeletonLines lines={4} />
      )}
    </Dialog>
  );
}

const words = {
  gains: { label: 'Gains', tone: 'good' },
  loses: { label: 'Loses', tone: 'bad' },
  differs: { label: 'Differs', tone: 'warn' },
} as const;

function Changes({ preview }: { preview: AccessPreview }) {
  const { assume, ask, review, administer, users, omitted } = preview;
  const isNothing = assume.length + ask.length + review.length + administer.length === 0;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted">
        {isNothing
          ? `Nobody gains or loses anything by this${users > 0 ? ` (${plural(users, 'user')} looked at)` : ''}.`
          : 'This holds at once, for everybody it concerns. Sessions that would not be granted any more end.'}
      </p>
      {!isNothing && (
        <ul aria-label="What changes" className="max-h-96 overflow-y-auto rounded-lg ring-1 ring-line ring-inset">
          {assume.map(({ change, user, app, roleArn, isPattern, readOnly }) => (
            <ChangeRow key={`${change} ${user} ${app} ${roleArn}`} change={change} user={user}>
              <span className="[overflow-wrap:anywhere]">
                <span className="font-mono text-sm">{roleArn}</span>
                <span className="text-muted"> through {app}</span>
                {isPattern && <span className="text-muted">, and all that fits it</span>}
                {change === 'differs' && (
                  <span className="text-muted">: {readOnly ? 'only reading' : 'everything'}</span>
                )}
                {change !== 'differs' && readOnly && <span className="text-muted">, read-only</span>}
              </span>
            </ChangeRow>
          ))}
          {ask.map(({ change, user, app, roleArn }) => (
            <ChangeRow key={`${change} ${user} asks ${app} ${roleArn}`} change={change} user={user}>
              <span className="[overflow-wrap:anywhere]">
                may ask for <span className="font-mono text-sm">{roleArn}</span>
                <span className="text-muted"> through {app}</span>
              </span>
            </ChangeRow>
          ))}
          {review.map(({ change, user, app, roleArn }) => (
            <ChangeRow key={`${change} ${user} decides ${app} ${roleArn}`} change={change} user={user}>
              <span className="[overflow-wrap:anywhere]">
                decides on requests of others for{' '}
                {roleArn === '*' ? 'every IAM role' : <span className="font-mono text-sm">{roleArn}</span>}
                <span className="text-muted"> through {app}</span>
              </span>
            </ChangeRow>
          ))}
          {administer.map(({ change, user, resource, verbs }) => (
            <ChangeRow key={`${change} ${user} rules ${resource}`} change={change} user={user}>
              <span>
                administers <span className="font-mono text-sm">{resource}</span>
                <span className="text-muted">: {verbs.join(', ')}</span>
              </span>
            </ChangeRow>
          ))}
        </ul>
      )}
      {omitted > 0 && <p className="text-muted">And {plural(omitted, 'change')} more.</p>}
    </div>
  );
}

function ChangeRow({ change, user, children }: { change: keyof typeof words; user: string; children: ReactNode }) {
  const { label, tone } = words[change];
  return (
    <li className="flex items-start gap-3 border-line border-b px-3 py-2 last:border-b-0">
      <span className="w-14 shrink-0">
        <Chip tone={tone}>{label}</Chip>
      </span>
      <span className="w-28 shrink-0 truncate font-medium">{user}</span>
      <span className="min-w-0 flex-1">{children}</span>
    </li>
  );
}
