import type { Program } from '../program/program.ts';
import type { Handlers } from './registry.ts';
import { done } from './session.ts';

type Names =
  | 'jobs.chooseFile'
  | 'jobs.nameFile'
  | 'jobs.upload'
  | 'jobs.inspect'
  | 'jobs.list'
  | 'jobs.start'
  | 'jobs.pause'
  | 'jobs.resume'
  | 'jobs.cancel'
  | 'jobs.forget'
  | 'jobs.saveLedger';

export function jobHandlers(program: Program): Pick<Handlers, Names> {
  return {
    'jobs.chooseFile': (input) => program.running().jobs.chooseFile(input),
    'jobs.nameFile': (input, caller) => program.running().jobs.nameFile(input, caller.isCommand),
    'jobs.upload': (input) => program.running().jobs.upload(input),
    'jobs.inspect': (input) => program.running().jobs.inspect(input),
    'jobs.list': () => program.running().jobs.list(),
    'jobs.start': ({ spec, confirmed }) => program.running().jobs.start(spec, confirmed),
    'jobs.pause': ({ jobId }) => done(program.running().jobs.pause(jobId)),
    'jobs.resume': ({ jobId }) => done(program.running().jobs.resume(jobId)),
    'jobs.cancel': ({ jobId }) => done(program.running().jobs.cancel(jobId)),
    'jobs.forget': ({ jobId }) => done(program.running().jobs.forget(jobId)),
    'jobs.saveLedger': (input) => program.running().jobs.saveLedger(input),
  };
}
