import { z } from 'zod';
import { defineCalls, done, id, nothing, regionName } from './common.ts';
import { appInfo, appSessionRequest, loginRequest } from './service-api.ts';
import { signInOffer, signOnMethod } from './sign-on-api.ts';
import { appSession, appState, secretStoreKind } from './state.ts';

/** Where an app-service is and what is known of it before anybody logs in. */
export const serviceProbe = z.strictObject({
  url: z.string(),
  cluster: z.string(),
  version: z.string(),
  /** SHA-256 of the certificate, in upper-case hex with colons. */
  fingerprint: z.string().optional(),
  /** True when the certificate is trusted already: by the system, by a CA file or by an earlier pin. */
  trusted: z.boolean(),
});
export type ServiceProbe = z.infer<typeof serviceProbe>;

/** Login, logout, and which IAM roles are in use. */
export const sessionCalls = defineCalls({
  'state.get': { input: nothing, output: appState },
  /** Tries again to open the app-service, after it could not be. */
  'state.retry': { input: nothing, output: done },
  'session.login': {
    input: loginRequest,
    output: done,
  },
  'session.logout': { input: nothing, output: done },
  /** What the cluster offers to log in with. */
  'session.signInOffer': { input: nothing, output: signInOffer },
  /** Logs in by the system browser; ends when that has come back, or with `session.cancelSignOn`. */
  'session.signOn': { input: signOnMethod, output: done },
  'session.openSignOnAgain': { input: nothing, output: done },
  'session.cancelSignOn': { input: nothing, output: done },
  /** The login as the command line shows it. */
  'session.status': {
    input: nothing,
    output: z.strictObject({
      username: z.string(),
      roles: z.array(z.string()),
      traits: z.record(z.string(), z.array(z.string())),
      cluster: z.string(),
      version: z.string(),
      validUntil: z.number(),
      secrets: secretStoreKind,
      appSessions: z.array(appSession),
    }),
  },
  /** Looks who answers at an address, so that its certificate can be shown before a password is typed. */
  'session.probe': {
    input: z.strictObject({ url: z.string().max(2048), caPem: z.string().max(262_144).optional() }),
    output: serviceProbe,
  },
  /** Goes over to an app-service elsewhere. `fingerprint` pins a certificate that nothing else vouches for. */
  'session.connect': {
    input: z.strictObject({
      url: z.string().max(2048),
      caPem: z.string().max(262_144).optional(),
      fingerprint: z.string().max(128).optional(),
    }),
    output: done,
  },
  /** Goes (back) to the sandbox. */
  'session.useSandbox': { input: nothing, output: done },
  'apps.list': { input: nothing, output: z.array(appInfo) },
  'appSessions.start': {
    input: appSessionRequest,
    output: appSession,
  },
  'appSessions.end': { input: z.strictObject({ id }), output: done },
  'appSessions.setRegion': { input: z.strictObject({ id, region: regionName }), output: done },
});
