import type { Program } from '../program/program.ts';
import type { Handlers } from './registry.ts';

type Names = 'tables.list' | 'tables.describe' | 'tables.readPage' | 'tables.cancel';

export function tableHandlers(program: Program): Pick<Handlers, Names> {
  return {
    'tables.list': (input) => program.running().tables.list(input),
    'tables.describe': (input) => program.running().tables.describe(input),
    'tables.readPage': (input) => program.running().tables.readPage(input),
    'tables.cancel': (input) => {
      program.running().tables.cancel(input);
      return {};
    },
  };
}
