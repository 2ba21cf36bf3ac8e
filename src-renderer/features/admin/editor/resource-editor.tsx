import { useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ResourceInfo } from '../../../../src-shared/contracts/admin-api.ts';
import { Button } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { CodeEditor } from '../../../ui/code-editor.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useRights } from '../../shared/use-rights.ts';
import { PreviewDialog } from '../preview-dialog.tsx';
import { useRefresh } from '../use-resources.ts';
import { ConflictNotice, RemovedNotice } from './conflict-notice.tsx';
import { ConnectorTest } from './connector-test.tsx';
import { draftStore, dropDraft, keepDraft, startedAnew } from './drafts.ts';
import { ProblemList } from './problem-list.tsx';
import { RemoveResourceDialog } from './remove-resource-dialog.tsx';
import { documentYaml, nameIn } from './resource-yaml.ts';
import { useCheck } from './use-check.ts';
import { type EditorHandle, yamlEditing, yamlReading } from './yaml-editing.ts';

export interface ResourceEditorProps {
  /** By which its draft is kept. */
  draftKey: string;
  kind: string;
  /** What is there now; undefined for a new one. */
  info: ResourceInfo | undefined;
  /** What a new one begins with. */
  skeleton: string;
  /** Told the name that was saved, or that nothing is there any more. */
  onSaved: (name: string | undefined) => void;
}

/** A resource as YAML: checked as one types, reviewed before it is saved, kept until it is. */
export function ResourceEditor({ draftKey, kind, info, skeleton, onSaved }: ResourceEditorProps) {
  const rights = useRights();
  const refresh = useRefresh();
  const stored = useMemo(() => (info ? documentYaml(info.document) : skeleton), [info, skeleton]);
  const draft = useStore(draftStore, ({ drafts }) => drafts[draftKey]);
  const text = draft?.text ?? stored;
  const isChanged = draft !== undefined;
  const isReadOnly = info?.origin === 'static' || !rights.may(kind, info ? 'update' : 'create');
  const [dialog, setDialog] = useState<'review' | 'remove'>();
  const handle = useRef<EditorHandle>(undefined);
  const file = nameIn(text) ?? `${kind}/new`;
  const { state, check } = useCheck(draftKey);
  const extensions = useMemo(
    () =>
      isReadOnly
        ? yamlReading()
        : yamlEditing({
            check,
            onHandle: (made) => {
              handle.current = made;
            },
          }),
    [isReadOnly, check],
  );
  // The draft was begun on what is not there any more.
  // While it is being saved, what is read anew is one's own.
  const isOutdated = dialog === undefined && draft !== undefined && info !== undefined && draft.base !== stored;
  const isRemoved =
    dialog === undefined && draft !== undefined && !info && draft.base !== startedAnew && draft.base !== skeleton;
  const hasProblems = state.at === 'checked' && state.problems.length > 0;
  const change = (next: string) => keepDraft(draftKey, { text: next, base: draft?.base ?? stored });

  return (
    <section aria-label={info ? `${kind} ${draftKey}` : `New ${kind}`} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex h-11 shrink-0 items-center gap-2 border-line border-b px-3">
        <h2 className="min-w-0 truncate font-medium">
          {info ? String(info.document.metadata['name']) : `New ${kind}`}
        </h2>
        {info?.origin === 'default' && <Chip>comes with Rolegate</Chip>}
        {info?.origin === 'static' && <Chip>from a file</Chip>}
        {isChanged && <Chip tone="warn">not saved</Chip>}
        <div className="flex-1" />
        {info && <ConnectorTest kind={kind} name={String(info.document.metadata['name'])} isChanged={isChanged} />}
        {info?.origin === 'stored' && rights.may(kind, 'delete') && (
          <Button size="sm" variant="ghost" onClick={() => setDialog('remove')}>
            Remove…
          </Button>
        )}
        {!isReadOnly && (
          <>
            <Button size="sm" disabled={!isChanged} onClick={() => dropDraft(draftKey)}>
              Discard
            </Button>
            <Button
              size="sm"
              variant="primary"
              disabled={hasProblems || isOutdated || isRemoved || (info !== undefined && !isChanged)}
              onClick={() => setDialog('review')}
            >
              Review and save…
            </Button>
          </>
        )}
      </div>
      <Remarks info={info} />
      {isOutdated && <ConflictNotice info={info} stored={stored} draft={draft} draftKey={draftKey} />}
      {isRemoved && <RemovedNotice draft={draft} draftKey={draftKey} />}
      <CodeEditor
        key={isReadOnly ? 'reading' : 'editing'}
        label={info ? `YAML of ${draftKey}` : `YAML of the new ${kind}`}
        value={text}
        onChange={change}
        extensions={extensions}
        className="min-h-0 flex-1 overflow-hidden bg-surface"
      />
      {!isReadOnly && <ProblemList state={state} onChoose={({ line, column }) => handle.current?.goTo(line, column)} />}
      {dialog === 'review' && (
        <PreviewDialog
          file={file}
          text={text}
          mode={info ? 'upsert' : 'create'}
          onClose={() => setDialog(undefined)}
          onSaved={() => {
            dropDraft(draftKey);
            setDialog(undefined);
            onSaved(file.slice(file.indexOf('/') + 1));
          }}
          // What was read anew shows below, beside the text.
          {...(info && {
            onConflict: () => {
              setDialog(undefined);
              void refresh();
            },
          })}
        />
      )}
      {dialog === 'remove' && info && (
        <RemoveResourceDialog
          info={info}
          onClose={() => setDialog(undefined)}
          onRemoved={() => {
            dropDraft(draftKey);
            onSaved(undefined);
          }}
        />
      )}
    </section>
  );
}

function Remarks({ info }: { info: ResourceInfo | undefined }) {
  if (info?.unreadable !== undefined) {
    return (
      <div className="p-3 pb-0">
        <Notice tone="bad">It cannot be used: {info.unreadable}</Notice>
      </div>
    );
  }
  if (info?.origin !== 'static') return null;
  return (
    <div className="p-3 pb-0">
      <Notice>It comes from {info.file}, which is read when the service starts. It is changed there, not here.</Notice>
    </div>
  );
}
