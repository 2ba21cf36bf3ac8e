import type { Program } from '../program/program.ts';
import type { Handlers } from './registry.ts';
import { done } from './session.ts';

type Names =
  | 'account.get'
  | 'account.lookAtInvitation'
  | 'account.acceptInvitation'
  | 'account.changePassword'
  | 'account.newAuthenticator'
  | 'account.addAuthenticator'
  | 'account.removeAuthenticator'
  | 'account.addPasskey'
  | 'account.renamePasskey'
  | 'account.removePasskey';

export function accountHandlers(program: Program): Pick<Handlers, Names> {
  const client = () => program.running().way.client;
  const token = () => program.running().session.token();
  return {
    'account.get': async () => client().account(await token()),
    'account.lookAtInvitation': (input) => client().lookAtInvitation(input),
    'account.acceptInvitation': (input) => done(program.running().session.acceptInvitation(input)),
    'account.changePassword': async (input) => done(client().changePassword(await token(), input)),
    'account.newAuthenticator': async () => client().newAuthenticator(await token()),
    'account.addAuthenticator': async (input) => done(client().addAuthenticator(await token(), input)),
    'account.removeAuthenticator': async (input) => done(client().removeAuthenticator(await token(), input)),
    'account.addPasskey': (input, caller) => done(program.browserLogin.addPasskey(program.running(), input, caller)),
    'account.renamePasskey': async (input) => done(client().renamePasskey(await token(), input)),
    'account.removePasskey': async (input) => done(client().removePasskey(await token(), input)),
  };
}
