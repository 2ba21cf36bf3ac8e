import type { Program } from '../program/program.ts';
import type { Handlers } from './registry.ts';
import { done } from './session.ts';

type Names =
  | 'jobs.chooseFile'
  | 'jobs.upload'
  | 'jobs.inspect'
  | 'jobs.start'
  | 'jobs.pause'
  | 'jobs.resume'
  | 'jobs.cancel'
  | 'jobs.forget'
  | 'jobs.saveLedger';

export function jobHandlers(program: Program): Pick<Handlers, Names> {
  return {
    'jobs.chooseFile': (input) => program.running().jobs.chooseFile(input),
    'jobs.upload': (input) => program.running().jobs.upload(input),
    'jobs.inspect': (input) => program.running().jobs.inspect(input),
    'jobs.start': ({ spec, confirmed }) => program.running().jobs.start(spec, confirmed),
    'jobs.pause': ({ jobId }) => done(program.running().jobs.pause(jobId)),
    'jobs.resume': ({ jobId }) => done(program.running().jobs.resume(jobId)),
    'jobs.cancel': ({ jobId }) => done(program.running().jobs.cancel(jobId)),
    'jobs.forget': ({ jobId }) => done(program.running().jobs.forget(jobId)),
    'jobs.saveLedger': ({ jobId }) => program.running().jobs.saveLedger(jobId),
  };
}
