import type { Program } from '../program/program.ts';
import type { Handlers } from './registry.ts';
import { done } from './session.ts';

type Names =
  | 'tables.list'
  | 'tables.describe'
  | 'tables.readPage'
  | 'tables.cancel'
  | 'tables.extras'
  | 'tables.create'
  | 'tables.change'
  | 'tables.delete'
  | 'partiql.run'
  | 'partiql.cancel'
  | 'stages.get'
  | 'stages.set'
  | 'stages.commit'
  | 'streams.open'
  | 'streams.next'
  | 'streams.close'
  | 'metrics.read';

export function tableHandlers(program: Program): Pick<Handlers, Names> {
  return {
    'tables.list': (input) => program.running().tables.list(input),
    'tables.describe': (input) => program.running().tables.describe(input),
    'tables.readPage': (input) => program.running().tables.readPage(input),
    'tables.cancel': (input) => {
      program.running().tables.cancel(input);
      return {};
    },
    'tables.extras': (input) => program.running().tables.extras(input),
    'tables.create': (input) => done(program.running().tables.create(input)),
    'tables.change': (input) => done(program.running().tables.change(input)),
    'tables.delete': (input) => done(program.running().tables.delete(input)),
    'partiql.run': (input) => program.running().tables.runPartiql(input),
    'partiql.cancel': (input) => {
      program.running().tables.cancelPartiql(input);
      return {};
    },
    'stages.get': (input) => program.running().tables.stages.get(input),
    'stages.set': (input) => done(program.running().tables.stages.set(input)),
    'stages.commit': (input) => program.running().tables.stages.commit(input),
    'streams.open': (input) => program.running().tables.streams.open(input),
    'streams.next': (input) => program.running().tables.streams.next(input),
    'streams.close': (input) => {
      program.running().tables.streams.close(input);
      return {};
    },
    'metrics.read': (input) => program.running().tables.metrics.read(input),
  };
}
