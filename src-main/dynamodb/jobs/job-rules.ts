import type { JobSpec } from '../../../src-shared/contracts/jobs.ts';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import { writtenBy } from '../../../src-shared/jobs/written-by.ts';
import type { HeldBack } from '../../../src-shared/production/production.ts';
import { requireConfirmation } from '../confirmations.ts';
import { refusal } from '../read-only.ts';
import type { KeptJob } from './kept-job.ts';

/** A job whose engine has ended: it goes on when somebody says so. */
export function resting(job: KeptJob): KeptJob {
  return job.state === 'running' ? { ...job, state: 'paused', pausedBy: 'restart' } : job;
}

/** How many items there will be. What a filter lets through nobody knows. */
export function totalOf(spec: JobSpec, itemCount: number): KeptJob['total'] {
  const about = { items: itemCount, isAbout: true };
  if (spec.kind === 'purge') return about;
  if (!('scope' in spec)) return undefined;
  if (spec.scope.of === 'keys') return { items: spec.scope.keys.length, isAbout: false };
  return spec.scope.of === 'table' ? about : undefined;
}

/** @throws RolegateError `bad_input` for a copy of a table to itself */
export function requireOther({ to, ...from }: Extract<JobSpec, { kind: 'copy' }>, all: readonly AppSession[]): void {
  const account = (id: string) => all.find((session) => session.id === id)?.role.accountId;
  const isSame =
    from.table === to.table && from.region === to.region && account(from.appSessionId) === account(to.appSessionId);
  if (isSame) throw new RolegateError('bad_input', 'A table cannot be copied to itself.');
}

/** Two exports into one file would be neither. @throws RolegateError `conflict` */
export function requireFree(path: string | undefined, jobs: readonly KeptJob[]): void {
  const isOver = ({ state }: KeptJob) => state === 'done' || state === 'cancelled';
  const other = jobs.find((job) => job.spec.kind === 'export' && job.file?.path === path && !isOver(job));
  if (!other) return;
  throw new RolegateError('conflict', `An export of ${other.spec.table} that is not over writes to this file.`, {
    hint: 'Choose another file, or cancel that export.',
  });
}

/**
 * A job that writes is refused before it has read anything: where its session may only read, and in production where
 * the name of the table that it writes to has not been typed.
 *
 * @throws RolegateError `access_denied` or `bad_input`
 */
export function requireWriting(
  spec: JobSpec,
  confirmed: string | undefined,
  safetyOf: (appSessionId: string) => { heldBy: HeldBack | undefined; isProduction: boolean },
): void {
  const written = writtenBy(spec);
  if (!written) return;
  const { heldBy, isProduction } = safetyOf(written.appSessionId);
  if (heldBy !== undefined) throw refusal('a job that writes', heldBy);
  // Whoever empties a table has typed its name anyway.
  requireConfirmation(isProduction, written.table, spec.kind === 'purge' ? spec.typedName : confirmed);
}
