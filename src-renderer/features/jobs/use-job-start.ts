import { useState } from 'react';
import type { JobSpec } from '../../../src-shared/contracts/jobs.ts';
import { RolegateError, toErrorData } from '../../../src-shared/errors.ts';
import { writtenBy } from '../../../src-shared/jobs/written-by.ts';
import type { RolegateClient } from '../../bridge/client.ts';
import { useClient } from '../../bridge/react.tsx';
import { confirmChange } from '../production/confirm-change.ts';
import { confirmWords } from './job-words.ts';
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
      const meant = await confirmed(client, spec);
      if (!meant) return;
      const started = await run(() => client.act('jobs.start', { spec, ...meant }));
      if (!started) return;
      closeJobDialog();
      showJobs();
    },
  };
}

/** What writes in production is confirmed by typing; whoever empties a table has typed its name in the dialog. */
async function confirmed(client: RolegateClient, spec: JobSpec): Promise<{ confirmed?: string } | undefined> {
  const written = writtenBy(spec);
  if (!written || spec.kind === 'purge') return {};
  return confirmChange(client, written, { ...confirmWords(spec.kind, written.table), word: written.table });
}
