import { z } from 'zod';
import { appLink } from '../links/link.ts';
import { errorData, id, line, port, regionName, timestamp } from './common.ts';
import { jobView } from './jobs.ts';
import { productionRule } from './production.ts';
import { iamRole } from './service-api.ts';
import { connectorInfo, signOnKind } from './sign-on-api.ts';

/**
 * The state that main owns and the window mirrors: whole once, then one patch for each change. It never holds a
 * password, a token or a key (but for the sandbox's demo passwords, which are printed on its login screen).
 */

/** The three ways to run; see docs/architecture.md. */
export const way = z.enum(['sandbox', 'own', 'server']);
export type Way = z.infer<typeof way>;

export const appSession = z.strictObject({
  id,
  app: line,
  role: iamRole,
  /** The region that was chosen last in this session. */
  region: regionName,
  startedAt: timestamp,
  expiresAt: timestamp,
  /** The id of its local keys; the secret is asked for where it is needed. */
  accessKeyId: z.string(),
  /** Whether its local keys stay the same whenever the role is used again. */
  keepsKeys: z.boolean(),
  /** Whether the endpoint takes plain http for it. */
  plainHttp: z.boolean(),
  /** When the AWS console that was launched from it last is signed out; nobody can end that before. */
  consoleUntil: timestamp.optional(),
  /** Whether it may only read, because the app-service says so. */
  readOnly: z.boolean(),
  /** Whether its user has allowed it to write where a production rule would let it read only. */
  unlocked: z.boolean(),
});
export type AppSession = z.infer<typeof appSession>;

/** An app session that somebody else has ended. */
export const endedSession = z.strictObject({
  id,
  /** A sentence. */
  reason: z.string(),
  at: timestamp,
  consoleUntil: timestamp.optional(),
});
export type EndedSession = z.infer<typeof endedSession>;

export const listenerState = z.strictObject({
  status: z.enum(['stopped', 'starting', 'running', 'failed']),
  /** The port that is bound, or that was tried. */
  port,
  error: errorData.optional(),
  /** A free port to offer, where the tried one is taken. */
  freePort: port.optional(),
});
export type ListenerState = z.infer<typeof listenerState>;

export const gatewayState = z.strictObject({
  proxy: listenerState,
  endpoint: listenerState,
  /** The certificate bundle that tools are to trust; absent until it has been made. */
  caFile: z.string().optional(),
  /** When the local certificate authority ends. */
  caExpiresAt: timestamp.optional(),
});
export type GatewayState = z.infer<typeof gatewayState>;

export const secretStoreKind = z.enum(['keychain', 'file', 'memory']);
export type SecretStoreKind = z.infer<typeof secretStoreKind>;

export const theme = z.enum(['system', 'dark', 'light']);
export type Theme = z.infer<typeof theme>;

/** A sign-on that waits for the browser. Its address is of no use without what only main has. */
export const signingIn = connectorInfo.extend({
  /** `new-passkey`: nobody logs in, a passkey is made. */
  kind: z.enum([...signOnKind.options, 'new-passkey']),
  url: z.string(),
  /** Whether a browser was opened; else the address is to be shown. */
  opened: z.boolean(),
  expiresAt: timestamp,
});
export type SigningIn = z.infer<typeof signingIn>;

export const appState = z.strictObject({
  revision: z.number().int().nonnegative(),
  version: z.string(),
  way,
  phase: z.enum(['starting', 'signed-out', 'signed-in', 'failed']),
  /** Why the app-service cannot be used, when `phase` is `failed`. */
  failure: errorData.optional(),
  cluster: z.string(),
  /** Address of the app-service, where it is not the bundled one. */
  serviceUrl: z.string().optional(),
  /** The demo users to name on the login screen; empty outside the sandbox. */
  sandboxUsers: z.array(z.strictObject({ user: z.string(), password: z.string() })),
  user: z.strictObject({ name: z.string(), roles: z.array(z.string()), validUntil: timestamp }).optional(),
  signingIn: signingIn.optional(),
  /** The AWS profile whose credentials are used (own credentials only). */
  profile: z.string().optional(),
  /** Where the login is kept, and why it is not kept when it is not. */
  secrets: z.strictObject({ kind: secretStoreKind, reason: z.string().optional() }),
  appSessions: z.array(appSession),
  /** Why the login is of no use any more, while nobody has logged in again. */
  loginEnded: errorData.optional(),
  /** App sessions that were ended by somebody else, and why. */
  endedSessions: z.array(endedSession),
  /** Goes up whenever what the user may do may have changed: roles, apps, requests for access. */
  accessRevision: z.number().int().nonnegative(),
  gateway: gatewayState,
  /** Long work of this user, the newest first. */
  jobs: z.array(jobView),
  theme,
  /** Which sessions count as production. */
  production: z.array(productionRule),
  /** A link from outside that waits for a person to say whether to open it. */
  link: appLink.optional(),
});
export type AppState = z.infer<typeof appState>;

/** A change of the state: the slices that changed, whole. A receiver that missed a revision asks for everything. */
export const statePatch = z.strictObject({
  revision: z.number().int().positive(),
  slices: appState.omit({ revision: true }).partial(),
  /** Slices that are gone (optional ones only). */
  removed: z.array(z.string()),
});
export type StatePatch = z.infer<typeof statePatch>;
