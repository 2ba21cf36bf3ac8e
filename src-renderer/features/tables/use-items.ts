import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { planRead, type ReadPlan } from '../../../src-shared/reading/plan.ts';
import { wholeTable } from '../../../src-shared/reading/whole-table.ts';
import { usePreference } from '../../state/preferences.ts';
import { rememberRun } from '../../state/queries.ts';
import { useSession } from '../workspace/session-context.tsx';
import type { ReadingState } from './reading/reading.ts';
import { type TableWork, useCriteria, useTableWork } from './reading/table-work.ts';

/** The items of an open table, and what can be done to have others. */
export interface Items extends ReadingState {
  work: TableWork;
  /** What the query bar would do now. */
  plan: ReadPlan;
  hasMore: boolean;
  isRunning: boolean;
  run: () => void;
  resume: () => void;
  /** Reads what was read once more, from the beginning. */
  again: () => void;
  /** Reads on where what is filled in has been read already, and runs it otherwise. */
  runOrResume: () => void;
}

const noSchema = { key: [], indexes: [] };

/**
 * A table's items. Opening a table reads its first page, unless the person does not want that; everything else is
 * read when somebody says so.
 */
export function useItems(table: string, details: TableDetails | undefined): Items {
  const work = useTableWork(table);
  const { isOver, session, where } = useSession();
  const [criteria] = useCriteria(work);
  const [readsFirstPage] = usePreference('readsFirstPage');
  const state = useStore(work.reading.store);
  const plan = useMemo(() => planRead(criteria, details ?? noSchema), [criteria, details]);
  const { status, stop, request } = state;
  useEffect(() => {
    if (status === 'idle' && !isOver && readsFirstPage && !work.waits) void work.reading.start(wholeTable());
  }, [status, isOver, readsFirstPage, work]);

  const run = () => {
    if (!plan.request || isOver) return;
    const tableKey = JSON.stringify([session.role.accountId, where.region, table]);
    const isAll = plan.operation === 'Scan' && plan.request.filter === undefined && plan.request.index === undefined;
    if (!isAll) rememberRun(tableKey, plan.operation, criteria, Date.now());
    void work.reading.start(plan.request, criteria.budget);
  };
  const hasMore = request !== undefined && stop !== 'end';
  const resume = () => {
    if (!isOver) void work.reading.resume(criteria.budget);
  };
  return {
    ...state,
    work,
    plan,
    hasMore,
    isRunning: status === 'running',
    run,
    resume,
    again: () => {
      if (request && !isOver) void work.reading.start(request, criteria.budget);
    },
    runOrResume: () => {
      if (status === 'running') return;
      const isSame = JSON.stringify(plan.request) === JSON.stringify(request);
      if (isSame && hasMore) resume();
      else run();
    },
  };
}
