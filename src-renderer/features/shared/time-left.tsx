import { useNow } from '../../state/clock.ts';
import { cx } from '../../ui/cx.ts';
import { formatTimeLeft, urgencyOf } from './time-left.ts';

const colours = { fine: 'text-muted', soon: 'text-warn', over: 'text-bad' } as const;

/** How long something still lasts; amber towards the end, red after it. */
export function TimeLeft({ until, className }: { until: number; className?: string }) {
  const text = useNow((now) => formatTimeLeft(until - now));
  const urgency = useNow((now) => urgencyOf(until - now));
  return <span className={cx('whitespace-nowrap tabular', colours[urgency], className)}>{text}</span>;
}

/** Whether a time has come. */
export function useIsOver(until: number): boolean {
  return useNow((now) => now >= until);
}
