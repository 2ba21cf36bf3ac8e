import type { JobSpec } from '../../../../src-shared/contracts/jobs.ts';
import { RolegateError } from '../../../../src-shared/errors.ts';
import type { JobTools, Phase } from '../phases.ts';
import { keysSource, readSource, requestOf } from '../sources.ts';
import { putSink } from '../write-sinks.ts';

/** Copies items from table to table; the two may be of different roles, accounts and regions. */
export function copyPhases(spec: Extract<JobSpec, { kind: 'copy' }>, { job, from, to }: JobTools): Phase[] {
  if (!to || !job.to) throw new RolegateError('bad_input', 'No table was chosen to copy to.');
  const rules = job.to;
  const request = requestOf(spec.scope);
  if (request && (request.index !== undefined || request.projection.length > 0)) {
    throw new RolegateError('bad_input', 'What an index or a projection gives need not be whole items.', {
      hint: 'Copy what a query of the table itself finds, with all attributes.',
    });
  }
  return [
    {
      kind: 'move',
      words: 'Copying',
      finds: true,
      finishes: true,
      checkpointsEachPage: spec.mode === 'keep',
      open: async () => ({
        source: request
          ? readSource(from, request, spec.limits.segments)
          : keysSource(from, spec.scope.of === 'keys' ? spec.scope.keys : []),
        sink: putSink({ asking: to, rules, mode: spec.mode }),
      }),
    },
  ];
}
