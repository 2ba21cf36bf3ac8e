import { useSessionColour } from '../../state/session-colours.ts';
import { cx } from '../../ui/cx.ts';

/** A session's colour. */
export function SessionDot({ roleArn, className }: { roleArn: string; className?: string }) {
  const colour = useSessionColour(roleArn);
  return (
    <span
      aria-hidden="true"
      data-session-colour={colour}
      className={cx('inline-block size-2 shrink-0 rounded-full bg-session', className)}
    />
  );
}
