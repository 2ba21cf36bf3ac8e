import { LayoutGrid } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import type { AppInfo } from '../../../src-shared/contracts/service-api.ts';
import { useRead } from '../../bridge/react.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton, SkeletonLines } from '../../ui/skeleton.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { useDrawn } from '../shared/use-drawn.ts';
import { useTitle } from '../shared/use-title.ts';
import { AppCard } from './app-card.tsx';
import { RolePicker } from './role-picker.tsx';

/** What one may use: the apps, and the IAM roles of the chosen one. */
export function AppsScreen() {
  useDrawn();
  useTitle('Applications');
  const apps = useRead('apps.list', {});
  if (apps.isPending) return <Loading />;
  if (apps.isError) {
    return (
      <Nothing>
        <ErrorView error={apps.error} onRetry={() => void apps.refetch()} busy={apps.isFetching} />
      </Nothing>
    );
  }
  const [first] = apps.data;
  if (!first) {
    return (
      <Nothing>
        <EmptyState icon={LayoutGrid} title="No applications yet">
          This cluster offers you none. An application shows up here when one of your roles allows its labels.
        </EmptyState>
      </Nothing>
    );
  }
  return <Apps apps={apps.data} first={first} />;
}

function Apps({ apps, first }: { apps: readonly AppInfo[]; first: AppInfo }) {
  const [chosenName, setChosenName] = useState(first.name);
  const search = useRef<HTMLInputElement>(null);
  const chosen = apps.find(({ name }) => name === chosenName) ?? first;
  const isOne = apps.length === 1;
  const launch = (app: AppInfo) => {
    setChosenName(app.name);
    search.current?.focus();
  };
  return (
    <main
      className={cx('mx-auto flex min-h-0 w-full flex-1 gap-6 px-6 pt-6', isOne ? 'max-w-190 flex-col' : 'max-w-280')}
    >
      <section
        aria-label="Applications"
        className={cx('flex flex-col gap-2.5', !isOne && 'min-h-0 w-100 shrink-0 overflow-y-auto pb-6')}
      >
        <h1 className="font-semibold text-lg">Applications</h1>
        {apps.map((app) => (
          <AppCard key={app.name} app={app} isChosen={app === chosen} hasOthers={!isOne} onLaunch={() => launch(app)} />
        ))}
      </section>
      <section className="flex min-h-0 flex-1 flex-col gap-2.5 pb-4">
        <h2 className="font-semibold text-lg">
          IAM roles{!isOne && <span className="font-normal text-muted"> of {chosen.name}</span>}
        </h2>
        <RolePicker key={chosen.name} app={chosen} searchRef={search} />
      </section>
    </main>
  );
}

function Nothing({ children }: { children: ReactNode }) {
  return (
    <main className="min-h-0 flex-1">
      <h1 className="sr-only">Applications</h1>
      {children}
    </main>
  );
}

function Loading() {
  return (
    <main className="mx-auto flex min-h-0 w-full max-w-190 flex-1 flex-col gap-6 px-6 pt-6">
      <div className="flex flex-col gap-2.5">
        <h1 className="font-semibold text-lg">Applications</h1>
        <Skeleton className="h-24 rounded-lg" />
      </div>
      <div className="flex flex-col gap-2.5">
        <h2 className="font-semibold text-lg">IAM roles</h2>
        <Skeleton className="h-8 rounded-md" />
        <SkeletonLines lines={5} className="px-2.5" />
      </div>
    </main>
  );
}
