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

export const connectorInfo = connectorId.extend({ display: line.min(1).max(256) });
export type ConnectorInfo = z.infer<typeof connectorInfo>;

/** What a login screen offers. */
export const signInOffer = z.strictObject({
  /** Whether users with passwords may log in. */
  password: z.boolean(),
  connectors: z.array(connectorInfo).max(100),
  /** What the cluster would rather have people use. */
  preferred: connectorId.optional(),
});
export type SignInOffer = z.infer<typeof signInOffer>;

/** 32 random bytes, or the SHA-256 of something, in base64url. */
const token = z.string().regex(/^[\w-]{43}$/, 'It is no token.');

/** The only page of the client's redirect listener. */
export const redirectPath = '/sign-in';
/** Where a sign-on begins in the browser, at the service: this and its id. */
export const signOnPath = '/v1/sso/go/';
/** The service's page to which providers send browsers back. */
export const callbackPath = '/v1/sso/callback';
/** The one to which SAML providers send their answers (the assertion consumer service). */
export const acsPath = '/v1/sso/acs';

export const signOnRequest = connectorId.extend({
  /** The port of 127.0.0.1 on which the client waits. */
  port: z.number().int().min(1024).max(65_535),
  /** Comes back with the redirect, so that the client knows its own. */
  state: token,
  /** SHA-256 of the verifier, base64url. */
  challenge: token,
});
export type SignOnRequest = z.infer<typeof signOnRequest>;

export const signOnStart = z.strictObject({ id: token, expiresAt: timestamp });
export type SignOnStart = z.infer<typeof signOnStart>;

export const finishSignOnRequest = z.strictObject({ code: token, verifier: token });
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
