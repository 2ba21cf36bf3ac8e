import { z } from 'zod';
import { line, timestamp } from './common.ts';
import type { LoginGrant } from './service-api.ts';

/**
 * Single sign-on: the service talks to the provider, the client opens the browser and waits for it to come back to a
 * port of the client's own machine. What comes back is worth nothing without the verifier, which only the client has
 * (RFC 7636 does the same for OAuth; RFC 8252 §7.3 is the loopback redirect).
 */

export const connectorKind = z.enum(['oidc', 'saml', 'github']);
export type ConnectorKind = z.infer<typeof connectorKind>;

/** Names one connector: `oidc` and `okta`. */
export const connectorId = z.strictObject({ kind: connectorKind, name: line.min(1).max(256) });
export type ConnectorId = z.infer<typeof connectorId>;

/** Every way to log in by the browser: a connector, or a passkey of a local user. */
export const signOnKind = z.enum([...connectorKind.options, 'passkey']);
export type SignOnKind = z.infer<typeof signOnKind>;
export const signOnMethod = connectorId.extend({ kind: signOnKind });
export type SignOnMethod = z.infer<typeof signOnMethod>;

/**
 * Whether passkeys can be used at an app-service: `address` where browsers have none for its address, `policy` where
 * the cluster wants something else.
 */
export const passkeyOffer = z.enum(['offered', 'address', 'policy']);
export type PasskeyOffer = z.infer<typeof passkeyOffer>;

export const connectorInfo = connectorId.extend({ display: line.min(1).max(256) });
export type ConnectorInfo = z.infer<typeof connectorInfo>;

/** What a login screen offers. */
export const signInOffer = z.strictObject({
  /** Whether users with passwords may log in. */
  password: z.boolean(),
  connectors: z.array(connectorInfo).max(100),
  /** Known only of a service with an address of its own. */
  passkeys: passkeyOffer.optional(),
  /** What the cluster would rather have people use. */
  preferred: connectorId.optional(),
});
export type SignInOffer = z.infer<typeof signInOffer>;

/** 32 random bytes, or the SHA-256 of something, in base64url. */
export const signOnToken = z.string().regex(/^[\w-]{43}$/, 'It is no token.');

/** The only page of the client's redirect listener. */
export const redirectPath = '/sign-in';
/** Where a sign-on begins in the browser, at the service: this and its id. */
export const signOnPath = '/v1/sso/go/';
/** The service's page to which providers send browsers back. */
export const callbackPath = '/v1/sso/callback';
/** The one to which SAML providers send their answers (the assertion consumer service). */
export const acsPath = '/v1/sso/acs';

/** The script of the service's page on which passkeys are made and used, and where it sends what they answer. */
export const passkeyScriptPath = '/v1/passkeys/page.js';
export const passkeyAnswerPath = '/v1/passkeys/answer';
export const passkeyAnswer = z.strictObject({ state: signOnToken, answer: z.unknown() });

/** What the client that waits for the browser tells of itself. */
export const browserHome = z.strictObject({
  /** The port of 127.0.0.1 on which the client waits. */
  port: z.number().int().min(1024).max(65_535),
  /** Comes back with the redirect, so that the client knows its own. */
  state: signOnToken,
  /** SHA-256 of the verifier, base64url. */
  challenge: signOnToken,
});
export type BrowserHome = z.infer<typeof browserHome>;

export const signOnRequest = browserHome.extend(signOnMethod.shape);
export type SignOnRequest = z.infer<typeof signOnRequest>;

export const signOnStart = z.strictObject({ id: signOnToken, expiresAt: timestamp });
export type SignOnStart = z.infer<typeof signOnStart>;

export const finishSignOnRequest = z.strictObject({ code: signOnToken, verifier: signOnToken });
export type FinishSignOnRequest = z.infer<typeof finishSignOnRequest>;

/** One thing that was tried about a connector. */
export const connectorCheck = z.strictObject({ what: line, ok: z.boolean(), detail: line.optional() });
export type ConnectorCheck = z.infer<typeof connectorCheck>;

export const connectorTest = z.strictObject({
  ok: z.boolean(),
  checks: z.array(connectorCheck).max(50),
  /** What has to be told to the provider: redirect address, entity id. */
  register: z.array(z.strictObject({ what: line, value: line })).max(10),
});
export type ConnectorTest = z.infer<typeof connectorTest>;

/** Single sign-on as a client sees it. Rejects with a RolegateError. */
export interface SignOnApi {
  startSignOn(request: SignOnRequest): Promise<SignOnStart>;
  /** Logs in with what the browser brought back. @throws RolegateError with the reason, where nobody was signed in */
  finishSignOn(request: FinishSignOnRequest): Promise<LoginGrant>;
  /** Tries a connector without logging in. For those who may read it. */
  testConnector(token: string, connector: ConnectorId): Promise<ConnectorTest>;
}
