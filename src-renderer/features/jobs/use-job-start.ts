import { useState } from 'react';
import type { JobSpec } from '../../../src-shared/contracts/jobs.ts';
import { RolegateError, toErrorData } from '../../../src-shared/errors.ts';
import { useClient } from '../../bridge/react.tsx';
import { closeJobDialog, showJobs } from './open-dialog.ts';

/** Starts a job, and shows it among the others. What keeps it from starting is shown where it was asked for. */
export function useJobStart() {
  const client = useClient();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<RolegateError>();

  /** Does something of a dialog. @returns what came of it; undefined when it failed, and `error` says why */
  async function run<Result>(act: () => Promise<Result>): Promise<Result | undefined> {
    setBusy(true);
    setError(undefined);
    try {
      return await act();
    } catch (thrown) {
      setError(thrown instanceof RolegateError ? thrown : RolegateError.fromData(toErrorData(thrown)));
      return undefined;
    } finally {
      setBusy(false);
    }
  }

  return {
    isBusy,
    error,
    run,
    start: async (spec: JobSpec) => {
      const started = await run(() => client.act('jobs.start', spec));
      if (!started) return;
      closeJobDialog();
      showJobs();
    },
  };
}
