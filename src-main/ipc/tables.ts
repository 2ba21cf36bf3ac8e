import type { Program } from '../program/program.ts';
import type { Handlers } from './registry.ts';

export function tableHandlers(program: Program): Pick<Handlers, 'tables.list' | 'tables.describe' | 'tables.readPage'> {
  return {
    'tables.list': (input) => program.running().tables.list(input),
    'tables.describe': (input) => program.running().tables.describe(input),
    'tables.readPage': (input) => program.running().tables.readPage(input),
  };
}
