import type { Program } from '../program/program.ts';
import type { Handlers } from './registry.ts';

type Names = 'requests.list' | 'requests.create' | 'requests.resolve' | 'requests.withdraw';

export function requestHandlers(program: Program): Pick<Handlers, Names> {
  const client = () => program.running().way.client;
  const token = () => program.running().session.token();
  return {
    'requests.list': async () => client().accessRequests(await token()),
    'requests.create': async (input) => client().createAccessRequest(await token(), input),
    'requests.resolve': async (input) => client().resolveAccessRequest(await token(), input),
    'requests.withdraw': async (input) => client().withdrawAccessRequest(await token(), input),
  };
}
