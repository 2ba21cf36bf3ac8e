import { useState } from 'react';
import type { ResourceInfo } from '../../../../src-shared/contracts/admin-api.ts';
import { Button } from '../../../ui/button.tsx';
import { CodeEditor } from '../../../ui/code-editor.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { type Draft, dropDraft, keepDraft, startedAnew } from './drafts.ts';
import { withRevision } from './resource-yaml.ts';
import { yamlReading } from './yaml-editing.ts';

export interface ConflictNoticeProps {
  info: ResourceInfo;
  /** What is there now. */
  stored: string;
  draft: Draft;
  draftKey: string;
}

/** Somebody else has saved in between. Nothing of what was written here is lost: it is for the person to say. */
export function ConflictNotice({ info, stored, draft, draftKey }: ConflictNoticeProps) {
  const [isLooking, setLooking] = useState(false);
  const revision = info.document.metadata['revision'];
  const goOn = () =>
    keepDraft(draftKey, {
      text: withRevision(draft.text, typeof revision === 'string' ? revision : undefined),
      base: stored,
    });
  return (
    <div className="p-3 pb-2">
      <Notice
        tone="warn"
        role="alert"
        action={
          <span className="flex shrink-0 gap-2">
            <Button size="sm" onClick={() => setLooking(true)}>
              Show what is there now
            </Button>
            <Button size="sm" onClick={() => dropDraft(draftKey)}>
              Take that
            </Button>
            <Button size="sm" onClick={goOn}>
              Go on with mine
            </Button>
          </span>
        }
      >
        Somebody has changed this since you began. Your text is kept.
      </Notice>
      {isLooking && (
        <Dialog open onClose={() => setLooking(false)} width="xl" title="What is there now">
          <CodeEditor
            label="What is there now"
            value={stored}
            onChange={() => undefined}
            extensions={yamlReading()}
            className="h-96 overflow-hidden rounded-lg ring-1 ring-line ring-inset"
          />
        </Dialog>
      )}
    </div>
  );
}

export interface RemovedNoticeProps {
  draft: Draft;
  draftKey: string;
}

/** Somebody else has removed what is being changed here. The text is not lost with it. */
export function RemovedNotice({ draft, draftKey }: RemovedNoticeProps) {
  return (
    <div className="p-3 pb-2">
      <Notice
        tone="warn"
        role="alert"
        action={
          <span className="flex shrink-0 gap-2">
            <Button size="sm" onClick={() => dropDraft(draftKey)}>
              Discard
            </Button>
            <Button
              size="sm"
              onClick={() => keepDraft(draftKey, { text: withRevision(draft.text, undefined), base: startedAnew })}
            >
              Make it anew
            </Button>
          </span>
        }
      >
        Somebody has removed this since you began. Your text is kept.
      </Notice>
    </div>
  );
}
