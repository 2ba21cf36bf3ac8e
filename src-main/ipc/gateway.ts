import { servicesThatNeedTheProxy } from '../../src-shared/aws/proxy-only.ts';
import type { Program } from '../program/program.ts';
import { snippets } from '../tools/snippets.ts';
import type { Handlers } from './registry.ts';
import { done } from './session.ts';

type Names =
  | 'gateway.listen'
  | 'gateway.stop'
  | 'gateway.open'
  | 'gateway.keepKeys'
  | 'gateway.allowPlainHttp'
  | 'gateway.renewCa'
  | 'gateway.proxyOnly'
  | 'gateway.settings'
  | 'gateway.snippets';

export function gatewayHandlers(program: Program): Pick<Handlers, Names> {
  return {
    'gateway.listen': ({ mode, port }) => done(program.listen(mode, port)),
    'gateway.stop': ({ mode }) => done(program.running().gateway.stop(mode)),
    'gateway.open': ({ mode, port }, caller) => program.openPort(mode, port, caller),
    'gateway.keepKeys': ({ appSessionId, keep, keys }) =>
      done(program.running().session.keepKeys(appSessionId, keep, keys)),
    'gateway.allowPlainHttp': async ({ appSessionId, allow }) => {
      program.running().session.allowPlainHttp(appSessionId, allow);
      return {};
    },
    'gateway.renewCa': () => done(program.running().gateway.renewCa()),
    'gateway.proxyOnly': async () => servicesThatNeedTheProxy(),
    'gateway.settings': (input) => program.toolSettings(input),
    'gateway.snippets': async ({ shell, ...input }) => snippets(await program.toolSettings(input), shell),
  };
}
