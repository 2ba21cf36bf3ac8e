import type { JobSpec } from '../../../../src-shared/contracts/jobs.ts';
import { RolegateError } from '../../../../src-shared/errors.ts';
import { fileSink, openGrowingFile } from '../file-sinks.ts';
import { finishExport } from '../finish-export.ts';
import type { JobTools, Phase } from '../phases.ts';
import { keysSource, readSource, requestOf } from '../sources.ts';

/**
 * Reads items into a file beside the one that was chosen, and makes that one of it once everything is there: until
 * then nothing that has its name is half of something.
 */
export function exportPhases(spec: Extract<JobSpec, { kind: 'export' }>, tools: JobTools): Phase[] {
  const { job, from } = tools;
  const { file } = job;
  if (!file) throw new RolegateError('bad_input', 'No file was chosen.');
  const part = partOf(file.path);
  const request = requestOf(spec.scope);
  return [
    {
      kind: 'move',
      words: 'Reading',
      finds: true,
      finishes: true,
      checkpointsEachPage: false,
      open: async () => {
        const growing = await openGrowingFile(part, job.progress.fileBytes);
        const source = request
          ? readSource(from, request, spec.limits.segments)
          : keysSource(from, spec.scope.of === 'keys' ? spec.scope.keys : []);
        return { source, sink: fileSink(growing), file: growing };
      },
    },
    {
      kind: 'work',
      words: 'Finishing the file',
      run: (stop) => finishExport({ ...spec, part, path: file.path, keyNames: from.keyNames, stop }),
    },
  ];
}

/** Where an export grows. */
export function partOf(path: string): string {
  return `${path}.part`;
}
