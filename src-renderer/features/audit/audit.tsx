import { ArrowLeft, Download, Pause, Play, ScrollText, SearchX, ShieldCheck, ShieldX } from 'lucide-react';
import { useMemo, useState } from 'react';
import { leaveAside } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { useDrawn } from '../shared/use-drawn.ts';
import { useRights } from '../shared/use-rights.ts';
import { useTitle } from '../shared/use-title.ts';
import type { AuditEvent } from './audit-event.ts';
import { EventDetails } from './event-details.tsx';
import { EventList } from './event-list.tsx';
import { ExportDialog, type ExportFormat } from './export-dialog.tsx';
import { isFiltering, noFilter, toFilter } from './filter.ts';
import { FilterBar } from './filter-bar.tsx';
import { FollowStatus } from './follow-status.tsx';
import { useDelayed } from './use-delayed.ts';
import { type Events, useEvents } from './use-events.ts';
import { VerifyDialog } from './verify-dialog.tsx';

/** The audit log: who did what, as it happens. For those who may list events. */
export function Audit() {
  useDrawn();
  useTitle('Audit log');
  const rights = useRights();
  if (rights.isPending) {
    return (
      <main className="min-h-0 flex-1 bg-surface p-6">
        <h1 className="sr-only">Audit log</h1>
        <SkeletonLines lines={8} />
      </main>
    );
  }
  if (rights.may('event', 'list')) return <Log />;
  return (
    <main className="min-h-0 flex-1 bg-surface">
      <h1 className="sr-only">Audit log</h1>
      <EmptyState
        icon={ShieldX}
        title="None of your roles lets you see the audit log"
        action={<Button onClick={leaveAside}>Back</Button>}
      >
        It takes a role with <span className="font-mono text-text">list</span> on{' '}
        <span className="font-mono text-text">event</span>, such as <span className="font-mono text-text">auditor</span>
        .
      </EmptyState>
    </main>
  );
}

function Log() {
  const [form, setForm] = useState(noFilter);
  const [isFollowing, setFollowing] = useState(true);
  const [chosen, setChosen] = useState<AuditEvent>();
  const [dialog, setDialog] = useState<'verify' | ExportFormat>();
  // Times that are relative to now are fixed when they are chosen, so that the list stays the same list.
  const typed = useDelayed(form);
  const filter = useMemo(() => toFilter(typed, Date.now()), [typed]);
  const events = useEvents(filter, isFollowing);
  return (
    <main className="flex min-h-0 flex-1 flex-col bg-surface">
      <div className="flex h-12 shrink-0 items-center gap-2 border-line border-b px-3">
        <IconButton icon={ArrowLeft} label="Back" onClick={leaveAside} />
        <h1 className="font-semibold text-lg">Audit log</h1>
        <FollowStatus events={events} isFollowing={isFollowing} />
        <div className="flex-1" />
        <Button
          size="sm"
          icon={isFollowing ? Pause : Play}
          aria-pressed={!isFollowing}
          onClick={() => setFollowing(!isFollowing)}
        >
          {isFollowing ? 'Pause' : 'Go on'}
        </Button>
        <Menu
          align="end"
          trigger={
            <Button size="sm" icon={Download}>
              Export…
            </Button>
          }
        >
          <MenuItem onSelect={() => setDialog('jsonl')}>As JSON, one event a line</MenuItem>
          <MenuItem onSelect={() => setDialog('csv')}>As CSV, for a spreadsheet</MenuItem>
        </Menu>
        <Button size="sm" icon={ShieldCheck} onClick={() => setDialog('verify')}>
          Verify…
        </Button>
      </div>
      <FilterBar form={form} onChange={setForm} />
      <div className="flex min-h-0 flex-1">
        <div className="@container/log flex min-h-0 min-w-0 flex-1 flex-col">
          <Content
            events={events}
            isFiltered={isFiltering(typed)}
            chosen={chosen}
            onChoose={setChosen}
            onReset={() => setForm(noFilter)}
          />
        </div>
        {chosen && <EventDetails event={chosen} onClose={() => setChosen(undefined)} />}
      </div>
      {dialog === 'verify' && <VerifyDialog onClose={() => setDialog(undefined)} />}
      {(dialog === 'jsonl' || dialog === 'csv') && (
        <ExportDialog
          format={dialog}
          filter={filter}
          isFiltered={isFiltering(typed)}
          onClose={() => setDialog(undefined)}
        />
      )}
    </main>
  );
}

interface ContentProps {
  events: Events;
  isFiltered: boolean;
  chosen: AuditEvent | undefined;
  onChoose: (event: AuditEvent) => void;
  onReset: () => void;
}

function Content({ events, isFiltered, chosen, onChoose, onReset }: ContentProps) {
  if (events.isPending) return <SkeletonLines lines={12} className="px-4 pt-3" />;
  if (events.events.length === 0) {
    if (events.error) return <ErrorView error={events.error} onRetry={events.retry} busy={events.isReading} />;
    if (events.hasMore) {
      return (
        <EmptyState
          icon={SearchX}
          title="Nothing fits so far"
          action={
            <Button busy={events.isReading} onClick={events.readMore}>
              Look further back
            </Button>
          }
        >
          The log is long, and this much of it holds nothing that fits.
        </EmptyState>
      );
    }
    return isFiltered ? (
      <EmptyState icon={SearchX} title="No event fits" action={<Button onClick={onReset}>Show all events</Button>}>
        What happens from now on shows up here if it fits.
      </EmptyState>
    ) : (
      <EmptyState icon={ScrollText} title="Nothing has happened yet" />
    );
  }
  return <EventList events={events} chosen={chosen} onChoose={onChoose} />;
}
