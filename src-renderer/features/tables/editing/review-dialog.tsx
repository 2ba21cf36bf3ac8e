import { useState } from 'react';
import { useStore } from 'zustand';
import type { ChangeOutcome, CommitMode, StagedChange } from '../../../../src-shared/contracts/staging.ts';
import type { TableDetails } from '../../../../src-shared/contracts/tables.ts';
import { RolegateError } from '../../../../src-shared/errors.ts';
import { commitSize, WriteActionError, writeActions } from '../../../../src-shared/staging/write-actions.ts';
import { formatBytes } from '../../../../src-shared/values/binary.ts';
import { parseItem } from '../../../../src-shared/values/parse-item.ts';
import { preview } from '../../../../src-shared/values/preview.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { toast } from '../../../ui/toast.ts';
import { ErrorView } from '../../shared/error-view.tsx';
import { plural } from '../../shared/format.ts';
import { ChangeDiff } from './change-diff.tsx';
import type { Stage } from './stage.ts';
import { rebased } from './staged-changes.ts';

export interface ReviewDialogProps {
  stage: Stage;
  details: TableDetails;
  /** Which account and region, so that nobody writes into another one than they think. */
  place: string;
  isOver: boolean;
  /** Whether the session may only read at the moment. */
  isHeld: boolean;
  onClose: () => void;
  onWritten: (changes: readonly StagedChange[]) => void;
}

const shownChanges = 100;

/** Everything that is about to be written, and the button that writes it. */
export function ReviewDialog({ stage, details, place, isOver, isHeld, onClose, onWritten }: ReviewDialogProps) {
  const { changes, outcomes, isCommitting, error } = useStore(stage.store);
  const [isEach, setEach] = useState(false);
  const keyNames = details.key.map(({ name }) => name);
  const size = sizeOf(details.name, changes, keyNames);
  const mode: CommitMode = isEach ? 'each' : size.isAtomic ? 'together' : 'parts';
  const commit = async (ids: string[], how: CommitMode) => {
    const written = await stage.commit(ids, how);
    if (written.length === 0) return;
    onWritten(written);
    toast({ title: `${plural(written.length, 'change')} written to ${details.name}` });
    if (stage.store.getState().changes.length === 0) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width="xl"
      title={`Changes to ${details.name}`}
      description={`${place}. Each is written only if nobody has changed the same attributes since.`}
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            variant="primary"
            busy={isCommitting}
            disabled={isOver || isHeld || changes.length === 0}
            onClick={() =>
              void commit(
                changes.map(({ id }) => id),
                mode,
              )
            }
          >
            Commit {plural(changes.length, 'change')}
          </Button>
        </>
      }
    >
      {error && <ErrorView inline error={error} />}
      {isOver && <Notice tone="warn">The session has ended. The changes stay; start it again to commit them.</Notice>}
      {isHeld && <Notice tone="warn">This session only reads. The changes stay, and cannot be committed now.</Notice>}
      {!size.isAtomic && !isEach && (
        <Notice tone="warn">
          This is {plural(size.actions, 'write')} and {formatBytes(size.bytes)}; one transaction takes 100 writes and 4
          MB. The commit is made in several transactions and <strong>is not all or nothing</strong>: it stops at the
          first one that fails, and what was written before stays written.
        </Notice>
      )}
      {changes.length > 1 && (
        <Checkbox checked={isEach} onChange={setEach} hint="One conflict then does not hold up the others.">
          Write one after the other, not all or nothing
        </Checkbox>
      )}
      <ul className="flex flex-col gap-3">
        {changes.slice(0, shownChanges).map((change) => (
          <Change
            key={change.id}
            change={change}
            keyNames={keyNames}
            outcome={outcomes.get(change.id)}
            isBusy={isCommitting || isOver || isHeld}
            onCommit={() => void commit([change.id], 'each')}
            onReplace={(next) =>
              stage.change((all) => all.flatMap((one) => (one.id === change.id ? (next ? [next] : []) : [one])))
            }
          />
        ))}
      </ul>
      {changes.length > shownChanges && (
        <p className="text-muted">and {plural(changes.length - shownChanges, 'more change', 'more changes')}</p>
      )}
    </Dialog>
  );
}

function sizeOf(table: string, changes: readonly StagedChange[], keyNames: readonly string[]) {
  const actions = changes.flatMap((change) => {
    try {
      return writeActions(table, change, keyNames);
    } catch (error) {
      if (error instanceof WriteActionError) return [];
      throw error;
    }
  });
  return commitSize(actions);
}

interface ChangeProps {
  change: StagedChange;
  keyNames: readonly string[];
  outcome: ChangeOutcome | undefined;
  isBusy: boolean;
  onCommit: () => void;
  /** Puts another change in its place; undefined takes it away. */
  onReplace: (change: StagedChange | undefined) => void;
}

const kinds = {
  insert: { label: 'new', tone: 'good' },
  edit: { label: 'edit', tone: 'warn' },
  delete: { label: 'delete', tone: 'bad' },
} as const;

function Change({ change, keyNames, outcome, isBusy, onCommit, onReplace }: ChangeProps) {
  const { label, tone } = kinds[change.kind];
  const item = parseItem(change.kind === 'insert' ? change.item : change.base);
  const title = keyNames.map((name) => (item.has(name) ? preview(item.get(name)!, 60) : '–')).join(' / ');
  const current = outcome?.kind === 'conflict' ? outcome.current : undefined;
  const theirs = outcome?.kind === 'conflict' ? (current === undefined ? null : parseItem(current)) : undefined;
  return (
    <li aria-label={`${label} ${title}`} className="overflow-hidden rounded-lg ring-1 ring-line ring-inset">
      <div className="flex items-center gap-2 border-line border-b bg-canvas px-2.5 py-1.5">
        <Chip tone={tone}>{label}</Chip>
        <span className="min-w-0 flex-1 truncate font-medium">{title}</span>
        {outcome?.kind !== 'conflict' && (
          <>
            <Button size="sm" variant="ghost" disabled={isBusy} onClick={() => onReplace(undefined)}>
              Discard
            </Button>
            <Button size="sm" variant="ghost" disabled={isBusy} onClick={onCommit}>
              Commit just this
            </Button>
          </>
        )}
      </div>
      {outcome?.kind === 'conflict' && (
        <div role="alert" className="flex flex-wrap items-center gap-2 bg-bad-soft px-2.5 py-2">
          <p className="min-w-0 flex-1">
            {theirs === null
              ? 'Conflict: the item has been deleted meanwhile.'
              : 'Conflict: somebody has changed the item meanwhile. Nothing was written.'}
          </p>
          <Button size="sm" disabled={isBusy} onClick={() => onReplace(undefined)}>
            Take theirs
          </Button>
          <Button size="sm" disabled={isBusy} onClick={() => onReplace(rebased(change, current))}>
            {theirs === null && change.kind !== 'delete' ? 'Make it anew' : 'Keep mine on top of theirs'}
          </Button>
        </div>
      )}
      {outcome?.kind === 'failed' && (
        <div className="p-2">
          <ErrorView inline error={RolegateError.fromData(outcome.error)} />
        </div>
      )}
      {outcome?.kind === 'held' && (
        <p className="px-2.5 py-1.5 text-muted text-sm">Not written, because of the others.</p>
      )}
      <ChangeDiff change={change} keyNames={keyNames} theirs={theirs} />
    </li>
  );
}
