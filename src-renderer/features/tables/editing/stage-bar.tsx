import { Redo2, Undo2 } from 'lucide-react';
import { useStore } from 'zustand';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import type { Stage } from './stage.ts';
import { changeWords } from './staged-changes.ts';

export interface StageBarProps {
  stage: Stage;
  onReview: () => void;
}

/** What waits to be written. */
export function StageBar({ stage, onReview }: StageBarProps) {
  const { changes, canUndo, canRedo, error, isLoaded } = useStore(stage.store);
  if (error && !isLoaded) {
    return (
      <div className="border-line border-t p-2">
        <ErrorView inline error={error} onRetry={() => void stage.load()} />
      </div>
    );
  }
  if (changes.length === 0 && !canUndo && !canRedo) return null;
  return (
    <div
      role="toolbar"
      aria-label="Staged changes"
      className="flex h-9 shrink-0 items-center gap-2 border-line border-t bg-warn-soft px-3 text-sm"
    >
      <span className="font-medium" aria-live="polite">
        {changes.length === 0 ? 'No changes' : changeWords(changes)}
      </span>
      {changes.length > 0 && <span className="truncate text-muted">not written yet</span>}
      <span className="flex-1" />
      <IconButton size="sm" icon={Undo2} label="Undo" disabled={!canUndo} onClick={() => stage.undo()} />
      <IconButton size="sm" icon={Redo2} label="Redo" disabled={!canRedo} onClick={() => stage.redo()} />
      {changes.length > 0 && (
        <>
          <Button size="sm" variant="ghost" onClick={() => stage.change(() => [])}>
            Discard all
          </Button>
          <Button size="sm" variant="primary" onClick={onReview} title="Ctrl+S" aria-keyshortcuts="Control+S">
            Review and commit …
          </Button>
        </>
      )}
    </div>
  );
}
