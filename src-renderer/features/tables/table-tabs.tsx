import { Table2, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { closeTable, openTable, useDesk } from '../../state/desks.ts';
import { cx } from '../../ui/cx.ts';
import { useShortcut } from '../../ui/use-shortcut.ts';
import { useSession } from '../workspace/session-context.tsx';

/** The open tables. Middle click, Delete, or Alt+W from anywhere closes one. */
export function TableTabs() {
  const { desk } = useSession();
  const { open, active } = useDesk(desk);
  const list = useRef<HTMLDivElement>(null);
  useShortcut({ key: 'w', with: 'alt' }, () => {
    if (active !== undefined) closeTable(desk, active);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what comes to the front has to come into sight.
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active]);

  const onKeyDown = (event: KeyboardEvent) => {
    const index = open.indexOf(active ?? '');
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = step === undefined ? undefined : open[(index + step + open.length) % open.length];
    if (event.key === 'Delete' && active !== undefined) closeTable(desk, active);
    else if (next !== undefined) openTable(desk, next);
    else return;
    event.preventDefault();
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };

  return (
    <div className="flex h-9 shrink-0 border-line border-b bg-canvas">
      <div
        ref={list}
        role="tablist"
        aria-label="Open tables"
        onKeyDown={onKeyDown}
        className="flex min-w-0 overflow-x-auto [scrollbar-width:none]"
      >
        {open.map((table) => (
          <TableTab
            key={table}
            table={table}
            isInFront={table === active}
            onShow={() => openTable(desk, table)}
            onClose={() => closeTable(desk, table)}
          />
        ))}
      </div>
    </div>
  );
}

interface TableTabProps {
  table: string;
  isInFront: boolean;
  onShow: () => void;
  onClose: () => void;
}

function TableTab({ table, isInFront, onShow, onClose }: TableTabProps) {
  return (
    <div
      role="presentation"
      className={cx(
        'group relative flex h-full max-w-56 shrink-0 items-center border-line border-r',
        isInFront ? 'bg-surface' : 'text-muted hover:bg-hover hover:text-text',
      )}
      onAuxClick={(event) => {
        if (event.button === 1) onClose();
      }}
    >
      {isInFront && <span aria-hidden="true" className="absolute inset-x-0 top-0 h-0.5 bg-session" />}
      <button
        type="button"
        role="tab"
        aria-selected={isInFront}
        aria-keyshortcuts="Delete"
        tabIndex={isInFront ? 0 : -1}
        title={table}
        onClick={onShow}
        className="ring-inside flex h-full min-w-0 items-center gap-2 pr-1 pl-3"
      >
        <Table2 size={13} aria-hidden="true" className={cx('shrink-0', isInFront ? 'text-session' : 'text-faint')} />
        <span className={cx('truncate', isInFront && 'font-medium')}>{table}</span>
      </button>
      <button
        type="button"
        // For the mouse only: a tab list may hold nothing but tabs, and the keyboard has Delete.
        aria-hidden="true"
        data-testid={`close ${table}`}
        title={`Close ${table} (Alt+W)`}
        tabIndex={-1}
        onClick={onClose}
        className={cx(
          'mr-1.5 flex size-5 shrink-0 items-center justify-center rounded-sm text-faint hover:bg-pressed hover:text-text',
          !isInFront && 'opacity-0 group-hover:opacity-100',
        )}
      >
        <X size={13} aria-hidden="true" />
      </button>
    </div>
  );
}
