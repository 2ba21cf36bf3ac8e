import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { cellRole } from '../../ui/roles.ts';
import { useListNavigation } from '../../ui/use-list-navigation.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { plural } from '../shared/format.ts';
import type { AuditEvent } from './audit-event.ts';
import type { Events } from './use-events.ts';

const moment = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

const columns: readonly { label: string; width: string; look?: string; cell: (event: AuditEvent) => string }[] = [
  {
    label: 'Time',
    width: 'w-32 shrink-0',
    look: 'text-muted tabular',
    cell: ({ time }) => (time === 0 ? '' : moment.format(time)),
  },
  { label: 'User', width: 'w-24 shrink-0', look: 'font-medium', cell: ({ user }) => user },
  { label: 'Event', width: 'hidden w-40 shrink-0 @2xl/log:block', look: 'text-muted', cell: ({ event }) => event },
  { label: 'What', width: 'min-w-0 flex-1', cell: ({ what }) => what },
  { label: 'IAM role', width: 'hidden w-44 shrink-0 @5xl/log:block', look: 'text-muted', cell: ({ role }) => role },
];

export interface EventListProps {
  events: Events;
  chosen: AuditEvent | undefined;
  onChoose: (event: AuditEvent) => void;
}

/** The events, the newest first. Arrows go through them, Enter opens one. */
export function EventList({ events, chosen, onChoose }: EventListProps) {
  const rows = events.events;
  const navigation = useListNavigation(rows.length, '', (index) => {
    const row = rows[index];
    if (row) onChoose(row);
  });
  return (
    <>
      <div
        aria-hidden="true"
        className="flex h-7 shrink-0 items-center gap-3 border-line border-b px-4 text-faint text-xs"
      >
        {columns.map(({ label, width }) => (
          <span key={label} className={cx('truncate', width)}>
            {label}
          </span>
        ))}
        <span className="w-32 shrink-0 truncate">Outcome</span>
      </div>
      <VirtualList
        kind="grid"
        label="Events"
        rows={rows}
        rowHeight={28}
        isFocusable
        keepsPlace
        navigation={navigation}
        rowKey={({ seq, line }) => (seq === 0 ? line : String(seq))}
        isSelected={({ seq }) => seq === chosen?.seq}
        className="ring-inside"
        renderRow={(event, { isActive }) => (
          <div
            className={cx(
              'flex h-full items-center gap-3 px-4 text-sm',
              event.seq === chosen?.seq ? 'bg-accent-soft' : isActive ? 'bg-hover' : 'hover:bg-hover',
            )}
          >
            {columns.map(({ label, width, look, cell }) => (
              <span key={label} {...cellRole()} className={cx('truncate', width, look)}>
                {cell(event)}
              </span>
            ))}
            <span
              {...cellRole()}
              title={event.outcome}
              className={cx('w-32 shrink-0 truncate', event.isFailure ? 'text-bad' : 'text-muted')}
            >
              {event.outcome}
            </span>
          </div>
        )}
      />
      <div className="flex min-h-9 shrink-0 items-center gap-3 border-line border-t px-4 py-1 text-muted text-sm">
        <span>{plural(rows.length, 'event')}</span>
        <div className="min-w-0 flex-1">
          {events.error && <ErrorView inline error={events.error} onRetry={events.retry} busy={events.isReading} />}
        </div>
        {events.hasMore && !events.error && (
          <Button size="sm" busy={events.isReading} onClick={events.readMore}>
            Read older ones
          </Button>
        )}
        {!events.hasMore && <span>That is all.</span>}
      </div>
    </>
  );
}
