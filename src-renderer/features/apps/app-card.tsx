import { AppWindow } from 'lucide-react';
import type { AppInfo } from '../../../src-shared/contracts/service-api.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { cx } from '../../ui/cx.ts';

export interface AppCardProps {
  app: AppInfo;
  isChosen: boolean;
  /** There are others to choose instead. */
  hasOthers: boolean;
  onLaunch: () => void;
}

/** One app of the cluster. Launch leads to its IAM roles. */
export function AppCard({ app, isChosen, hasOthers, onLaunch }: AppCardProps) {
  const labels = Object.entries(app.labels);
  return (
    <article
      aria-label={app.name}
      className={cx(
        'flex items-start gap-3 rounded-lg bg-surface p-3.5 ring-1 ring-inset',
        isChosen && hasOthers ? 'ring-accent' : 'ring-line',
      )}
    >
      <span className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-accent-soft text-accent-text">
        <AppWindow size={18} strokeWidth={1.8} aria-hidden="true" />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <div className="min-w-0">
          <h2 className="truncate font-semibold">{app.name}</h2>
          {app.description !== '' && <p className="text-muted">{app.description}</p>}
        </div>
        <div className="flex flex-wrap items-center gap-1.5">
          <span className="mr-1 max-w-full truncate font-mono text-faint text-sm">{app.uri}</span>
          {labels.map(([name, value]) => (
            <Chip key={name}>
              {name}: {value}
            </Chip>
          ))}
        </div>
      </div>
      <Button
        variant={isChosen ? 'primary' : 'secondary'}
        onClick={onLaunch}
        disabled={app.roles.length === 0 && (app.requestable ?? []).length === 0}
        aria-label={`Launch ${app.name}`}
      >
        Launch
      </Button>
    </article>
  );
}
