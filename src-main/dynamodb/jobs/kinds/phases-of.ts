import type { JobTools, Phase } from '../phases.ts';
import { copyPhases } from './copy.ts';
import { countPhases } from './count.ts';
import { deletePhases } from './delete.ts';
import { exportPhases } from './export.ts';
import { importPhases } from './import.ts';

/** What a job does, step by step. @throws RolegateError when it cannot be done */
export function phasesOf(tools: JobTools): Phase[] {
  const { spec } = tools.job;
  switch (spec.kind) {
    case 'export':
      return exportPhases(spec, tools);
    case 'import':
      return importPhases(spec, tools);
    case 'delete':
    case 'purge':
      return deletePhases(spec, tools);
    case 'copy':
      return copyPhases(spec, tools);
    case 'count':
      return countPhases(spec, tools);
  }
}
