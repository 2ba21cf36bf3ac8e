import type { JobSpec } from '../../../../src-shared/contracts/jobs.ts';
import { RolegateError } from '../../../../src-shared/errors.ts';
import { fileSource, fingerprintOf } from '../file-source.ts';
import type { JobTools, Phase } from '../phases.ts';
import { checkSink, putSink } from '../write-sinks.ts';

/** Writes the items of a file; or, for a check, finds out what would come of it. */
export function importPhases(spec: Extract<JobSpec, { kind: 'import' }>, { job, from }: JobTools): Phase[] {
  const { file } = job;
  if (!file) throw new RolegateError('bad_input', 'No file was chosen.');
  const { format, columns, mode, dryRun } = spec;
  return [
    {
      kind: 'move',
      words: dryRun ? 'Checking' : 'Writing',
      finds: true,
      finishes: true,
      checkpointsEachPage: mode === 'keep' && !dryRun,
      open: async () => {
        if ((await fingerprintOf(file.path)) !== file.fingerprint) {
          throw new RolegateError('conflict', 'The file has changed since the import began.', {
            hint: 'Cancel the job, and import the file as it is now.',
          });
        }
        const putting = { asking: from, rules: job.from, mode };
        const sink = dryRun ? checkSink(putting) : putSink(putting);
        return { source: fileSource({ path: file.path, format, columns }), sink };
      },
    },
  ];
}
