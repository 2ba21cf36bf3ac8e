import type { JobSpec } from '../contracts/jobs.ts';

/** The table that a job writes to; undefined where it only reads. Pure. */
export function writtenBy(spec: JobSpec): { appSessionId: string; region: string; table: string } | undefined {
  switch (spec.kind) {
    case 'export':
    case 'count':
      return undefined;
    case 'copy':
      return spec.to;
    case 'import':
      return spec.dryRun ? undefined : placeOf(spec);
    default:
      return placeOf(spec);
  }
}

function placeOf({ appSessionId, region, table }: JobSpec) {
  return { appSessionId, region, table };
}
