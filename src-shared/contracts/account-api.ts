import { z } from 'zod';
import { authenticatorCode, line, timestamp } from './common.ts';
import type { LoginGrant } from './service-api.ts';
import { browserHome, connectorId, finishSignOnRequest, type SignOnStart } from './sign-on-api.ts';

/** Passwords and second factors: what people do with their own account, and how it begins. */

const password = z.string().min(1).max(1024);
const invitationToken = z.string().regex(/^[\w-]{43}$/, 'This is no invitation.');
const totpSecret = z.string().regex(/^[A-Z2-7]{32,104}$/, 'This is no secret of an authenticator.');

/** A secret for an authenticator app, as text and as the address that a QR code holds. */
export const authenticatorOffer = z.strictObject({
  secret: totpSecret,
  url: line.startsWith('otpauth://totp/'),
});
export type AuthenticatorOffer = z.infer<typeof authenticatorOffer>;

/** A passkey as its owner sees it. */
export const passkeyInfo = z.strictObject({
  id: z.string().regex(/^[\w-]{22}$/),
  name: line.min(1).max(64),
  createdAt: timestamp,
  usedAt: timestamp.optional(),
});
export type PasskeyInfo = z.infer<typeof passkeyInfo>;

/** How one logs in oneself. */
export const accountInfo = z.strictObject({
  /** The connector by which one has signed on; absent for those who have a password here. */
  connector: connectorId.optional(),
  /** Whether one has an authenticator app. */
  authenticator: z.boolean(),
  passkeys: z.array(passkeyInfo).max(100).default([]),
  /** Whether this cluster wants one along with a password. */
  secondFactor: z.enum(['off', 'optional', 'required']),
});
export type AccountInfo = z.infer<typeof accountInfo>;

export const invitationRequest = z.strictObject({ invitation: invitationToken });
export type InvitationRequest = z.infer<typeof invitationRequest>;

export const invitationInfo = z.strictObject({
  /** Absent for the first administrator, who chooses a user name as well. */
  user: line.max(256).optional(),
  cluster: line.max(128),
  expiresAt: timestamp,
  /** Whether this cluster wants an authenticator along with a password. */
  secondFactor: z.enum(['off', 'optional', 'required']),
  authenticator: authenticatorOffer,
});
export type InvitationInfo = z.infer<typeof invitationInfo>;

export const acceptInvitationRequest = z.strictObject({
  invitation: invitationToken,
  /** The name that is chosen, where the invitation is for nobody by name. */
  user: line.min(1).max(256).optional(),
  password,
  /** A code of the offered authenticator, to enrol it. */
  code: authenticatorCode.optional(),
});
export type AcceptInvitationRequest = z.infer<typeof acceptInvitationRequest>;

export const changePasswordRequest = z.strictObject({
  password,
  newPassword: password,
  code: authenticatorCode.optional(),
});
export type ChangePasswordRequest = z.infer<typeof changePasswordRequest>;

export const addAuthenticatorRequest = z.strictObject({ password, secret: totpSecret, code: authenticatorCode });
export type AddAuthenticatorRequest = z.infer<typeof addAuthenticatorRequest>;

export const removeAuthenticatorRequest = z.strictObject({ password, code: authenticatorCode });
export type RemoveAuthenticatorRequest = z.infer<typeof removeAuthenticatorRequest>;

const passkeyName = line.trim().min(1, 'A passkey needs a name.').max(64, 'The name has 64 characters at most.');
/** What a passkey is added with. */
export const newPasskey = z.strictObject({ name: passkeyName, password, code: authenticatorCode.optional() });
export type NewPasskey = z.infer<typeof newPasskey>;

export const startPasskeyRequest = newPasskey.extend(browserHome.shape);
export type StartPasskeyRequest = z.infer<typeof startPasskeyRequest>;

export const renamePasskeyRequest = z.strictObject({ id: passkeyInfo.shape.id, name: passkeyName });
export type RenamePasskeyRequest = z.infer<typeof renamePasskeyRequest>;

export const removePasskeyRequest = z.strictObject({
  id: passkeyInfo.shape.id,
  password,
  code: authenticatorCode.optional(),
});
export type RemovePasskeyRequest = z.infer<typeof removePasskeyRequest>;

export const finishPasskeyRequest = finishSignOnRequest;
export type FinishPasskeyRequest = z.infer<typeof finishPasskeyRequest>;

/** One's own account. Rejects with a RolegateError, `needs_code` where a code of the authenticator is missing. */
export interface AccountApi {
  account(token: string): Promise<AccountInfo>;
  lookAtInvitation(request: InvitationRequest): Promise<InvitationInfo>;
  /** Sets the password that the invited user has chosen, and logs in. */
  acceptInvitation(request: AcceptInvitationRequest): Promise<LoginGrant>;
  /** Ends every other login of the user. */
  changePassword(token: string, request: ChangePasswordRequest): Promise<void>;
  /** A new secret to be put into an authenticator app. Nothing is enrolled yet. */
  newAuthenticator(token: string): Promise<AuthenticatorOffer>;
  addAuthenticator(token: string, request: AddAuthenticatorRequest): Promise<void>;
  removeAuthenticator(token: string, request: RemoveAuthenticatorRequest): Promise<void>;
  /** Begins to make a passkey in the browser, which goes to the sign-on page with the id. */
  startPasskey(token: string, request: StartPasskeyRequest): Promise<SignOnStart>;
  /** Keeps the passkey that the browser has made. */
  finishPasskey(token: string, request: FinishPasskeyRequest): Promise<void>;
  renamePasskey(token: string, request: RenamePasskeyRequest): Promise<void>;
  removePasskey(token: string, request: RemovePasskeyRequest): Promise<void>;
}
