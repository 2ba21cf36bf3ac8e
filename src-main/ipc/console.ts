import type { Program } from '../program/program.ts';
import type { Handlers } from './registry.ts';

export function consoleHandlers(program: Program): Pick<Handlers, 'console.launch' | 'console.link'> {
  return {
    'console.launch': (input) => program.launchConsole(input),
    'console.link': (input) => program.consoleLink(input),
  };
}
