import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ErrorView } from '../shared/error-view.tsx';

export interface SectionProps {
  title: string;
  /** What it is for, in a sentence. */
  about: ReactNode;
  /** What can be done here, beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of the administration: its title, and what is below it takes the room that is left. */
export function Section({ title, about, actions, children }: SectionProps) {
  return (
    <main className="flex min-h-0 min-w-0 flex-1 flex-col gap-4 bg-surface px-6 pt-5 pb-4">
      <div className="flex shrink-0 items-start justify-between gap-6">
        <div className="flex min-w-0 flex-col gap-0.5">
          <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
          <div className="text-muted text-sm">{about}</div>
        </div>
        {actions !== undefined && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
      </div>
      {children}
    </main>
  );
}

export interface LoadedProps<Data> {
  query: Pick<UseQueryResult<Data, unknown>, 'data' | 'error' | 'isPending' | 'isFetching' | 'refetch'>;
  children: (data: Data) => ReactNode;
}

/** What was read, or that it is still to come, or why it does not. What was read once stays while it is read again. */
export function Loaded<Data>({ query, children }: LoadedProps<Data>) {
  if (query.data !== undefined) {
    return (
      <>
        {query.error !== null && (
          <ErrorView inline error={query.error} onRetry={() => void query.refetch()} busy={query.isFetching} />
        )}
        {children(query.data)}
      </>
    );
  }
  if (query.isPending) return <SkeletonLines lines={8} className="pt-2" />;
  return <ErrorView error={query.error} onRetry={() => void query.refetch()} busy={query.isFetching} />;
}
