import type { JobSpec } from '../../../../src-shared/contracts/jobs.ts';
import { countSink } from '../file-sinks.ts';
import type { JobTools, Phase } from '../phases.ts';
import { keysSource, readSource, requestOf } from '../sources.ts';

/** Counts: DynamoDB reads everything for it, and sends nothing. */
export function countPhases({ scope, limits }: Extract<JobSpec, { kind: 'count' }>, { from }: JobTools): Phase[] {
  const request = requestOf(scope);
  return [
    {
      kind: 'move',
      words: 'Counting',
      finds: true,
      finishes: true,
      checkpointsEachPage: false,
      open: async () => ({
        source: request
          ? readSource(from, { ...request, countOnly: true, projection: [] }, limits.segments)
          : keysSource(from, scope.of === 'keys' ? scope.keys : []),
        sink: countSink(),
      }),
    },
  ];
}
