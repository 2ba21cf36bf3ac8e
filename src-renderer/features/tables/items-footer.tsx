import { RotateCw } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { formatCount } from '../shared/format.ts';
import { pageSize, type useItems } from './use-items.ts';

/** What was read, what it cost, and whether there is more. */
export function ItemsFooter({ items, isOver }: { items: ReturnType<typeof useItems>; isOver: boolean }) {
  const { loaded, read, capacityUnits } = items.soFar;
  const parts = [
    `${formatCount(loaded)} loaded`,
    `${formatCount(read)} read`,
    ...(capacityUnits === undefined ? [] : [`${formatCount(capacityUnits)} RCU`]),
  ];
  return (
    <footer className="flex h-9 shrink-0 items-center gap-2 border-line border-t bg-canvas pr-2 pl-4">
      <p className="min-w-0 truncate text-muted text-sm tabular" aria-live="polite">
        {parts.join(' · ')} ·{' '}
        {items.hasMore ? <span className="text-text">more to read</span> : <span>end of table</span>}
      </p>
      <span className="flex-1" />
      <IconButton
        icon={RotateCw}
        label="Read the first page again"
        onClick={items.startOver}
        disabled={isOver || items.isFetching}
      />
      <Button
        size="sm"
        onClick={items.loadMore}
        busy={items.isFetching}
        disabled={isOver || !items.hasMore}
        title="Ctrl+Enter"
        aria-keyshortcuts="Control+Enter"
      >
        Load {pageSize} more
      </Button>
    </footer>
  );
}
