import type { Program } from '../program/program.ts';
import { checkOwnCredentials } from '../service-client/in-process-own.ts';
import { findAwsProfiles } from '../tools/aws-profiles.ts';
import type { Handlers } from './registry.ts';
import { done } from './session.ts';

type Names =
  | 'settings.setTheme'
  | 'settings.setProduction'
  | 'own.profiles'
  | 'own.saved'
  | 'own.check'
  | 'own.use'
  | 'sandbox.reset';

export function settingsHandlers(program: Program): Pick<Handlers, Names> {
  return {
    'settings.setTheme': ({ theme }) => done(program.setTheme(theme)),
    'settings.setProduction': ({ rules }) => done(program.setProduction(rules)),
    'own.profiles': () => findAwsProfiles(process.env),
    'own.saved': () => {
      const { own } = program.settings.get();
      return own ? { saved: own } : {};
    },
    'own.check': (input) => checkOwnCredentials(input, program.network.outbound),
    'own.use': (input) => done(program.use({ way: 'own', own: input })),
    'sandbox.reset': () => done(program.resetSandbox()),
  };
}
