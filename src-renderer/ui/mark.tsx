import { cx } from './cx.ts';

/** The product's mark: somebody in a gateway. */
export function Mark({ size = 20, className }: { size?: number; className?: string }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className={cx('shrink-0', className)}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M8 25V15a8 8 0 0 1 16 0v10"
        fill="none"
        strokeWidth="2.6"
        strokeLinecap="round"
        className="stroke-on-accent"
      />
      <circle cx="16" cy="15.4" r="2.7" className="fill-on-accent" />
      <path d="M11.8 25a4.2 4.2 0 0 1 8.4 0z" strokeLinejoin="round" className="fill-on-accent stroke-on-accent" />
    </svg>
  );
}
