import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { JobKind } from '../../../src-shared/contracts/jobs.ts';

/** A dialog that begins a job: for which table, and for which rows of it where some were picked. */
export interface JobDialog {
  kind: JobKind;
  table: string;
  keys?: readonly string[] | undefined;
}

const store = createStore<{ dialog: JobDialog | undefined }>(() => ({ dialog: undefined }));

/** Asks a person about a job. Nothing begins before they say so. */
export function openJobDialog(dialog: JobDialog): void {
  store.setState({ dialog });
}

export function closeJobDialog(): void {
  store.setState({ dialog: undefined });
}

/** The dialog that is open for this table, if one is. */
export function useJobDialog(table: string): JobDialog | undefined {
  const dialog = useStore(store, (state) => state.dialog);
  return dialog?.table === table ? dialog : undefined;
}

const panel = createStore<{ isOpen: boolean }>(() => ({ isOpen: false }));

/** Whether the list of jobs is open, and the function that opens or closes it. */
export function useJobsPanel(): [boolean, (isOpen: boolean) => void] {
  return [useStore(panel, ({ isOpen }) => isOpen), showJobs];
}

export function showJobs(isOpen = true): void {
  panel.setState({ isOpen });
}
