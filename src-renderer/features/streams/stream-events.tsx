import { ArrowDownToLine, Eraser, Pause, Play, Square } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { preview } from '../../../src-shared/values/preview.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { SearchInput } from '../../ui/text-input.tsx';
import { useListNavigation } from '../../ui/use-list-navigation.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { formatCount, plural } from '../shared/format.ts';
import { useSession } from '../workspace/session-context.tsx';
import { changedNames, filterEvents, type KindFilter } from './filter-events.ts';
import { StreamEventPanel } from './stream-event-panel.tsx';
import type { StreamTail, TailEvent } from './stream-tail.ts';
import { kindWords } from './words.ts';

const rowHeight = 32;
const valueCharacters = 60;
const shownNames = 4;
const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

export interface StreamEventsProps {
  tail: StreamTail;
  keyNames: readonly string[];
}

/** The changes that were read, newest first, what is done with them, and the one that is looked at. */
export function StreamEvents({ tail, keyNames }: StreamEventsProps) {
  const { isOver } = useSession();
  const state = useStore(tail.store);
  const { status, events, error, hasGap } = state;
  const [kind, setKind] = useState<KindFilter>('all');
  const [search, setSearch] = useState('');
  const [chosen, choose] = useState<TailEvent>();
  const shown = useMemo(() => filterEvents(events, kind, search), [events, kind, search]);
  const navigation = useListNavigation(shown.length, `${kind} ${search}`, (index) => choose(shown[index]));
  return (
    <>
      <div className="flex h-11 shrink-0 items-center gap-2 border-line border-b px-4">
        <Segmented
          label="Kinds of changes"
          value={kind}
          onChange={setKind}
          options={[
            { value: 'all', label: 'All' },
            { value: 'INSERT', label: 'New' },
            { value: 'MODIFY', label: 'Changed' },
            { value: 'REMOVE', label: 'Deleted' },
          ]}
        />
        <SearchInput
          aria-label="Filter the changes"
          placeholder="Filter by keys and values"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="w-64"
          {...navigation.inputProps}
        />
        <span className="flex-1" />
        <IconButton
          icon={Eraser}
          label="Clear what was read"
          disabled={events.length === 0}
          onClick={() => tail.clear()}
        />
        {status === 'following' || status === 'opening' ? (
          <Button size="sm" icon={Pause} disabled={status === 'opening'} onClick={() => tail.pause()}>
            Pause
          </Button>
        ) : (
          <Button
            size="sm"
            variant="primary"
            icon={Play}
            disabled={isOver || status === 'over'}
            onClick={() => void tail.resume()}
          >
            Go on
          </Button>
        )}
        <Button size="sm" variant="ghost" icon={Square} onClick={() => tail.stop()}>
          Stop
        </Button>
      </div>
      {hasGap && (
        <div className="px-4 pt-2">
          <Notice tone="warn">Some changes are missing: DynamoDB had thrown them away before they were read.</Notice>
        </div>
      )}
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          {shown.length === 0 ? (
            <NoChanges tail={tail} isFiltered={events.length > 0} />
          ) : (
            <VirtualList
              label="Changes"
              rows={shown}
              rowHeight={rowHeight}
              navigation={navigation}
              rowKey={({ event }) => event.id}
              isSelected={(row) => row === chosen}
              className="px-2 py-1"
              renderRow={(row, { isActive }) => (
                <EventRow row={row} keyNames={keyNames} isChosen={row === chosen} isActive={isActive} />
              )}
            />
          )}
        </div>
        {chosen && <StreamEventPanel row={chosen} keyNames={keyNames} onClose={() => choose(undefined)} />}
      </div>
      {status === 'failed' && (
        <div className="border-line border-t p-2">
          <ErrorView inline error={error} onRetry={() => void tail.resume()} />
        </div>
      )}
      <Footer tail={tail} shown={shown.length} />
    </>
  );
}

function NoChanges({ tail, isFiltered }: { tail: StreamTail; isFiltered: boolean }) {
  const status = useStore(tail.store, (state) => state.status);
  if (isFiltered) return <EmptyState icon={ArrowDownToLine} title="No change matches the filter" />;
  if (status === 'over') return <EmptyState icon={ArrowDownToLine} title="The stream was switched off" />;
  return (
    <EmptyState icon={ArrowDownToLine} title={status === 'paused' ? 'Paused' : 'No changes yet'}>
      {status === 'paused'
        ? 'What happens meanwhile comes when it goes on.'
        : 'Whatever is written to the table appears here within a second or two.'}
    </EmptyState>
  );
}

interface EventRowProps {
  row: TailEvent;
  keyNames: readonly string[];
  isChosen: boolean;
  isActive: boolean;
}

function EventRow({ row, keyNames, isChosen, isActive }: EventRowProps) {
  const { word, tone } = kindWords(row.event);
  const names = changedNames(row);
  const look = isChosen ? 'bg-pressed' : isActive ? 'bg-hover' : 'hover:bg-hover';
  return (
    <div className={`flex h-full items-center gap-3 rounded-md px-2 ${look}`}>
      <time dateTime={new Date(row.event.at).toISOString()} className="w-16 shrink-0 text-muted text-sm tabular">
        {time.format(row.event.at)}
      </time>
      <span className="w-17 shrink-0">
        <Chip tone={tone}>{word}</Chip>
      </span>
      <span className="min-w-0 truncate">
        {keyNames.map((name, place) => {
          const value = row.keys.value(name);
          return (
            <span key={name}>
              {place > 0 && <span className="text-faint"> / </span>}
              {value ? preview(value, valueCharacters) : '–'}
            </span>
          );
        })}
      </span>
      {names.length > 0 && (
        <span className="min-w-0 shrink-2 truncate text-muted text-sm">
          {names.slice(0, shownNames).join(', ')}
          {names.length > shownNames && ` and ${names.length - shownNames} more`}
        </span>
      )}
    </div>
  );
}

function Footer({ tail, shown }: { tail: StreamTail; shown: number }) {
  const { status, events, seen, shards } = useStore(tail.store);
  const parts = [
    plural(seen, 'change'),
    ...(shown < events.length ? [`${formatCount(shown)} shown`] : []),
    ...(seen > events.length ? [`the newest ${formatCount(events.length)} are kept`] : []),
    ...(shards > 0 ? [plural(shards, 'shard')] : []),
  ];
  return (
    <section
      aria-label="What was followed"
      className="flex h-9 shrink-0 items-center gap-2 border-line border-t bg-canvas px-3"
    >
      {status === 'following' && <Spinner label="Following" />}
      <p className="min-w-0 truncate text-muted text-sm tabular" aria-live="polite">
        {parts.join(' · ')} · <span className="text-text">{statusWords[status]}</span>
      </p>
    </section>
  );
}

const statusWords = {
  idle: '',
  opening: 'finding the shards …',
  following: 'following',
  paused: 'paused',
  off: 'the stream is off',
  over: 'the stream has ended',
  failed: 'stopped by an error',
} as const;
