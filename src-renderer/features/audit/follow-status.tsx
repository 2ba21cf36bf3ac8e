import { cx } from '../../ui/cx.ts';
import type { Events } from './use-events.ts';

/** Whether what happens comes in by itself, and if not, why. */
export function FollowStatus({ events, isFollowing }: { events: Events; isFollowing: boolean }) {
  const { tailError, isFull } = events;
  const isLive = isFollowing && !tailError && !isFull;
  return (
    <span role="status" className="ml-2 flex min-w-0 items-center gap-2 text-muted text-sm">
      <span
        aria-hidden="true"
        className={cx('size-2 shrink-0 rounded-full', tailError ? 'bg-bad' : isLive ? 'bg-good' : 'bg-line-strong')}
      />
      <span className="truncate">{wordsFor(events, isFollowing)}</span>
    </span>
  );
}

function wordsFor({ tailError, isFull }: Events, isFollowing: boolean): string {
  if (!isFollowing) return 'Paused';
  if (isFull) return 'Stands still: so much has come in that the list is full. Filter, or open it anew.';
  if (tailError) return `Does not follow: ${tailError.message} Trying again.`;
  return 'Live';
}
