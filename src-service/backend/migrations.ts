import { RolegateError } from '../../src-shared/errors.ts';
import type { Backend } from './backend.ts';

/** One step from an older layout of the entries to a newer one. It may be run again after it broke off. */
export type MigrationStep = (backend: Backend) => Promise<void>;

/** The steps so far. One that has been released is never changed; new ones are added at the end. */
const steps: readonly MigrationStep[] = [];

const versionKey = 'meta/version';
const lockKey = 'meta/migrating';
const lockFor = 60_000;
const pause = 500;

/**
 * Brings the entries of a store up to today's layout. Of replicas that start together one does the work, and the
 * others wait for it.
 *
 * @throws RolegateError `unavailable` for a store that a newer Rolegate has written
 */
export async function migrate(
  backend: Backend,
  now: () => number,
  all: readonly MigrationStep[] = steps,
): Promise<void> {
  for (;;) {
    const version = await versionOf(backend);
    if (version > all.length) {
      throw new RolegateError('unavailable', 'The store was written by a newer Rolegate than this one.', {
        hint: 'Update Rolegate, or use another store.',
        retryable: false,
      });
    }
    if (version === all.length) return;
    const lock = await backend.create({ key: lockKey, value: {}, expiresAt: now() + lockFor });
    if (lock === undefined) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      continue;
    }
    try {
      // Somebody else may have finished between the look and the lock.
      if ((await versionOf(backend)) === version) await takeStep(backend, version, all[version] as MigrationStep);
    } finally {
      await backend.delete(lockKey, lock);
    }
  }
}

async function takeStep(backend: Backend, version: number, step: MigrationStep): Promise<void> {
  await step(backend);
  await backend.put({ key: versionKey, value: { version: version + 1 } });
}

async function versionOf(backend: Backend): Promise<number> {
  const { version } = ((await backend.get(versionKey))?.value ?? {}) as { version?: number };
  return version ?? 0;
}
