import { RotateCw, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useCriteria } from './reading/table-work.ts';
import { resumeWords, stopWords, sumWords, throttleWords } from './reading/words.ts';
import type { Items } from './use-items.ts';

export interface ItemsFooterProps {
  items: Items;
  isOver: boolean;
  /** What else stands at its right end. */
  children?: ReactNode;
}

/** What was asked, what was read, what it cost, why it stopped, and the way on. */
export function ItemsFooter({ items, isOver, children }: ItemsFooterProps) {
  const [{ budget }] = useCriteria(items.work);
  const { request, sum, stop, isRunning, hasMore } = items;
  const throttled = throttleWords(sum);
  return (
    <section
      aria-label="What was read"
      className="flex h-9 shrink-0 items-center gap-2 border-line border-t bg-canvas pr-2 pl-3"
    >
      {request && (
        <>
          <Chip>{request.operation}</Chip>
          {request.index !== undefined && <Chip tone="accent">{request.index}</Chip>}
          <p className="min-w-0 truncate text-muted text-sm tabular" aria-live="polite">
            {sumWords(sum, request.filter !== undefined).join(' · ')} ·{' '}
            {isRunning ? 'reading …' : stop && <span className="text-text">{stopWords(stop, request, budget)}</span>}
          </p>
          {throttled !== undefined && <Chip tone="warn">{throttled}</Chip>}
        </>
      )}
      <span className="flex-1" />
      {children}
      <IconButton
        icon={RotateCw}
        label="Read it again from the beginning"
        onClick={items.again}
        disabled={isOver || isRunning || !request}
      />
      {isRunning ? (
        <Button size="sm" icon={Square} onClick={() => items.work.reading.cancel()}>
          Stop
        </Button>
      ) : (
        request && (
          <Button size="sm" onClick={items.resume} disabled={isOver || !hasMore}>
            {resumeWords(stop, request, budget)}
          </Button>
        )
      )}
    </section>
  );
}
