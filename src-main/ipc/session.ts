import type { Program } from '../program/program.ts';
import { normalizeFingerprint, serviceUrl } from '../service-client/service-address.ts';
import type { Handlers } from './registry.ts';

type Names =
  | 'state.get'
  | 'state.retry'
  | 'session.login'
  | 'session.logout'
  | 'session.signInOffer'
  | 'session.signOn'
  | 'session.openSignOnAgain'
  | 'session.cancelSignOn'
  | 'session.status'
  | 'session.probe'
  | 'session.connect'
  | 'session.useSandbox'
  | 'apps.list'
  | 'appSessions.start'
  | 'appSessions.end'
  | 'appSessions.setRegion'
  | 'appSessions.unlock';

export function sessionHandlers(program: Program): Pick<Handlers, Names> {
  return {
    'state.get': () => program.state.get(),
    'state.retry': () => done(program.reopen()),
    'session.login': (input) => done(program.running().session.login(input)),
    'session.logout': () => done(program.running().session.logout()),
    'session.signInOffer': () => program.signInOffer(),
    'session.signOn': (input, caller) => done(program.browserLogin.run(program.running(), input, caller)),
    'session.openSignOnAgain': () => done(program.browserLogin.openAgain()),
    'session.cancelSignOn': () => {
      program.browserLogin.cancel();
      return {};
    },
    'session.status': () => program.status(),
    'session.probe': async ({ url, caPem }) => {
      // Loaded here, with its HTTP client: most starts have no use for them.
      const { probeService } = await import('../service-client/probe.ts');
      return probeService(url, { caPem }, program.version);
    },
    'session.connect': ({ url, caPem, fingerprint }) =>
      done(
        program.use({
          way: 'server',
          server: {
            url: serviceUrl(url),
            ...(caPem !== undefined && { caPem }),
            ...(fingerprint !== undefined && { fingerprint: normalizeFingerprint(fingerprint) }),
          },
        }),
      ),
    'session.useSandbox': () => done(program.use({ way: 'sandbox' })),
    'apps.list': () => program.running().session.apps(),
    'appSessions.start': (input) => program.running().session.startAppSession(input),
    'appSessions.end': ({ id }) => done(program.running().session.endAppSession(id)),
    'appSessions.unlock': ({ id, unlocked }) => {
      program.running().session.unlock(id, unlocked);
      return {};
    },
    'appSessions.setRegion': ({ id, region }) => done(program.running().session.setRegion(id, region)),
  };
}

/** The output of a call that only does something. */
export async function done(work: Promise<unknown>): Promise<Record<string, never>> {
  await work;
  return {};
}
