import type { UseQueryResult } from '@tanstack/react-query';
import { Table2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ErrorView } from '../shared/error-view.tsx';

export interface DetailsGateProps {
  details: UseQueryResult<TableDetails, RolegateError>;
  children: (details: TableDetails) => ReactNode;
}

/** Draws a table's details once they are there, and until then whatever there is instead. */
export function DetailsGate({ details, children }: DetailsGateProps) {
  if (details.data) return children(details.data);
  if (details.error) {
    return <ErrorView error={details.error} onRetry={() => void details.refetch()} busy={details.isFetching} />;
  }
  if (details.fetchStatus === 'idle') return <EmptyState icon={Table2} title="The session has ended" />;
  return <SkeletonLines lines={8} className="gap-2 p-4" />;
}
