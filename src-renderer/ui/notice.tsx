import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

const tones = {
  info: { icon: Info, box: 'bg-hover', mark: 'text-muted' },
  good: { icon: CircleCheck, box: 'bg-good-soft', mark: 'text-good' },
  warn: { icon: TriangleAlert, box: 'bg-warn-soft', mark: 'text-warn' },
  bad: { icon: CircleAlert, box: 'bg-bad-soft', mark: 'text-bad' },
} as const satisfies Record<string, { icon: LucideIcon; box: string; mark: string }>;

export interface NoticeProps {
  tone?: keyof typeof tones;
  children: ReactNode;
  action?: ReactNode;
  role?: 'alert' | 'status';
}

/** A sentence or two that should be seen where they stand. */
export function Notice({ tone = 'info', children, action, role }: NoticeProps) {
  const { icon: Icon, box, mark } = tones[tone];
  return (
    <div role={role} className={cx('flex items-start gap-2.5 rounded-lg px-3 py-2.5', box)}>
      <Icon size={15} aria-hidden="true" className={cx('mt-0.5 shrink-0', mark)} />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</div>
      {action}
    </div>
  );
}
