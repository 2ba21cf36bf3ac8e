import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobLimits } from '../../src-shared/contracts/jobs.ts';
import type { AppSession } from '../../src-shared/contracts/state.ts';
import type { TableDetails } from '../../src-shared/contracts/tables.ts';
import { home } from '../environment.ts';

/** Whom a command works as, and where. */
export interface PlaceOptions {
  app?: string;
  awsRole?: string;
  region?: string;
  ledger?: string;
}

/** A table of a session. */
export function placeOf(session: AppSession, region: string | undefined, table: string) {
  return { appSessionId: session.id, region: region ?? session.region, table };
}

/** How fast a job goes: half of what was provisioned leaves the other half to those whom the table is for. */
export function limitsOf(
  { throughput }: Pick<TableDetails, 'throughput'>,
  asked: { segments?: number; readUnits?: number; writeUnits?: number },
): JobLimits {
  const half = (units: number | undefined) => (units === undefined ? undefined : Math.max(1, Math.floor(units / 2)));
  const readUnits = asked.readUnits ?? half(throughput?.read);
  const writeUnits = asked.writeUnits ?? half(throughput?.write);
  return {
    segments: asked.segments ?? 4,
    ...(readUnits !== undefined && { readUnits }),
    ...(writeUnits !== undefined && { writeUnits }),
  };
}

/** Does something with a folder that only this person can look into and that is gone afterwards. */
export async function withPrivateFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(home.folder, 'passing-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
