import type { Program } from '../program/program.ts';
import type { Handlers } from './registry.ts';

export function linkHandlers(program: Program): Pick<Handlers, 'links.show' | 'links.close'> {
  return {
    'links.show': ({ url }) => {
      program.showLink(url);
      return {};
    },
    'links.close': () => {
      program.closeLink();
      return {};
    },
  };
}
