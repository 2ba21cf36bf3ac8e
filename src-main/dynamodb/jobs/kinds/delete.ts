import type { JobSpec } from '../../../../src-shared/contracts/jobs.ts';
import { wholeTable } from '../../../../src-shared/reading/whole-table.ts';
import { fileSink, openGrowingFile } from '../file-sinks.ts';
import { fileSource } from '../file-source.ts';
import type { JobTools, Phase } from '../phases.ts';
import { readSource, requestOf } from '../sources.ts';
import { deleteSink } from '../write-sinks.ts';

/**
 * Deletes items. What a query finds is read first, keys only, into a file of the job: so it is known exactly how many
 * there are before the first is gone, and a job that was killed knows which it has still to delete.
 */
export function deletePhases(spec: Extract<JobSpec, { kind: 'delete' | 'purge' }>, tools: JobTools): Phase[] {
  const { job, folder, from } = tools;
  const request = spec.kind === 'purge' ? wholeTable() : requestOf(spec.scope);
  const reading: Phase = {
    kind: 'move',
    words: 'Reading the keys',
    finds: true,
    finishes: false,
    checkpointsEachPage: false,
    open: async () => {
      const file = await openGrowingFile(folder.keys, job.progress.fileBytes);
      const projection = from.keyNames.map((name) => [name]);
      const source = readSource(from, { ...(request ?? wholeTable()), projection }, spec.limits.segments);
      return { source, sink: fileSink(file), file };
    },
  };
  const deleting: Phase = {
    kind: 'move',
    words: 'Deleting',
    // Of a selection the keys are known from the beginning.
    finds: request === undefined,
    finishes: true,
    checkpointsEachPage: false,
    open: async () => ({
      source: fileSource({ path: folder.keys, format: 'dynamodb-json', columns: [] }),
      sink: deleteSink(from),
    }),
  };
  if (!request) return [deleting];
  // The name of the table was typed for a purge; how many a query finds, nobody has seen yet.
  return spec.kind === 'purge' ? [reading, deleting] : [reading, { kind: 'wait', words: 'Waiting for you' }, deleting];
}
