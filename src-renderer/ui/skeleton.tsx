import { cx } from './cx.ts';

/** Where something will stand, drawn before it is there, so that nothing jumps when it comes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cx('animate-breathe rounded-sm bg-hover', className)} />;
}

const widths = ['w-3/5', 'w-2/5', 'w-1/2', 'w-3/4', 'w-2/5', 'w-3/5', 'w-1/3', 'w-1/2'];

/** Lines of different length, as a list that is still to come. */
export function SkeletonLines({ lines, className }: { lines: number; className?: string }) {
  return (
    <div role="status" className={cx('flex flex-col', className)}>
      <span className="sr-only">Loading</span>
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity and never move.
        <div key={index} className="flex h-7 items-center">
          <Skeleton className={cx('h-2.5', widths[index % widths.length])} />
        </div>
      ))}
    </div>
  );
}
