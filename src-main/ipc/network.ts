import type { Program } from '../program/program.ts';
import type { Handlers } from './registry.ts';
import { done } from './session.ts';

type Names = 'network.get' | 'network.choose' | 'network.check';

export function networkHandlers({ network }: Program): Pick<Handlers, Names> {
  return {
    'network.get': async () => network.view(),
    'network.choose': (choice) => done(network.choose(choice)),
    'network.check': (choice) => network.check(choice),
  };
}
